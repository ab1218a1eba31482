/* SPDX-License-Identifier: MIT */
/* Page flow: how the next line stands to those before it, by pitch, edges, fonts, fullness and by how lines
 * end and begin. */
#include "indexer/layout_page_flow.h"

#include <math.h>
#include <string.h>

/* Fonts are one size up to this difference. */
static const float SAME_SIZE = 0.7f;
/* Within a sentence they may differ by this. */
static const float SENTENCE_SIZE = 1.6f;
/* Lines that all end before this share of a full line are a list of short lines, one a thing. */
static const float NARROW = 0.6f;
/* Bytes of a label before its colon. */
enum { LABEL_MAX = 40 };

const struct cs__line *cs__flow_looks(const struct cs__page_flow *flow, uint32_t line)
{
    return &flow->drafting->text->lines[line];
}

enum cs__line_end cs__flow_ends(const struct cs__page_flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    return cs__line_ends(text, size);
}

static int begins_small(const struct cs__page_flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    return cs__begins_small(text, size);
}

/* Whether the first word of `line` would have found room at the end of `before`: then the line was broken on
 * purpose. `spare` is the room, in font sizes, that a ragged edge may leave anyway. */
static int broken_early(const struct cs__page_flow *flow, uint32_t before, uint32_t line, float spare)
{
    const struct cs__line *a = cs__flow_looks(flow, before), *b = cs__flow_looks(flow, line);
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    float all = (float)cs__drawn_width(text, size);
    float word = (float)(cs__drawn_width(text, cs__first_word(text, size)) + cs__drawn_width(" ", 1));
    float width = all > 0 ? (b->x1 - b->x0) * word / all : 0;
    float right = fmaxf(flow->drafting->lines[before].run_right, flow->drafting->lines[line].run_right);
    return right - a->x1 > width + spare * a->font_size;
}

float cs__flow_pitch(const struct cs__page_flow *flow, uint32_t before, uint32_t line)
{
    const struct cs__line *a = cs__flow_looks(flow, before), *b = cs__flow_looks(flow, line);
    float size = fmaxf(fminf(a->font_size, b->font_size), 1);
    return (b->y1 - a->y1) / (size * flow->drafting->measures.leading);
}

int cs__flow_same_looks(const struct cs__page_flow *flow, uint32_t line)
{
    const struct cs__line *looks = cs__flow_looks(flow, line);
    return fabsf(looks->font_size - flow->open->font_size) < SAME_SIZE &&
           ((looks->flags & CS__LINE_BOLD) != 0) == flow->open->bold;
}

/* A sentence may go on in another weight, or with a note's small letters. */
static int sentence_goes_on(const struct cs__page_flow *flow, uint32_t line)
{
    const struct cs__line *a = cs__flow_looks(flow, flow->before), *b = cs__flow_looks(flow, line);
    return fabsf(a->font_size - b->font_size) < SENTENCE_SIZE &&
           cs__flow_ends(flow, flow->before) == CS__END_OPEN && begins_small(flow, line);
}

int cs__flow_same_page(const struct cs__page_flow *flow, uint32_t line)
{
    return cs__flow_looks(flow, flow->before)->page == cs__flow_looks(flow, line)->page;
}

int cs__flow_in_hang(const struct cs__page_flow *flow, uint32_t line)
{
    return flow->open->hang > flow->open->x0 + CS__EDGE &&
           fabsf(cs__flow_looks(flow, line)->x0 - flow->open->hang) <= CS__EDGE;
}

/* "Lead inspector: A Name" and below the name, at its edge, what else is said of it. */
static int is_below_value(const struct cs__page_flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, flow->open->first, &size);
    const char *colon = memchr(text, ':', size < LABEL_MAX ? size : LABEL_MAX);
    const struct cs__line *a = cs__flow_looks(flow, flow->open->first), *b = cs__flow_looks(flow, line);
    return colon != NULL && colon + 1 < text + size && b->x0 > a->x0 + CS__EDGE && b->x0 < a->x1 &&
           cs__flow_ends(flow, flow->before) == CS__END_OPEN;
}

/* Whether the left edge of `line` fits the open draft; learns the hanging edge from its second line. */
static int edge_fits(const struct cs__page_flow *flow, uint32_t line)
{
    struct cs__draft *open = flow->open;
    const struct cs__line *b = cs__flow_looks(flow, line);
    float shift = b->x0 - open->hang;
    if (fabsf(shift) <= CS__EDGE)
        return !open->marked || open->hang > open->x0 + CS__EDGE ||
               !broken_early(flow, flow->before, line, 1) ||
               cs__flow_ends(flow, flow->before) == CS__END_OPEN;
    if (open->first != open->last || fabsf(shift) > CS__HANG_MAX * b->font_size)
        return 0;
    int fits = open->marked ? shift > 0 : shift < 0 && !broken_early(flow, flow->before, line, 1);
    if (fits)
        open->hang = b->x0;
    return fits;
}

int cs__flow_in_heading(const struct cs__page_flow *flow)
{
    return flow->open->bold || flow->open->font_size > flow->drafting->measures.body_size + SAME_SIZE;
}

/* A heading in letters larger than the body's may turn bold within. */
static int heading_goes_on(const struct cs__page_flow *flow, uint32_t line)
{
    float size = cs__flow_looks(flow, line)->font_size;
    return fabsf(size - flow->open->font_size) < SAME_SIZE &&
           size > flow->drafting->measures.body_size + SAME_SIZE &&
           cs__flow_ends(flow, flow->before) == CS__END_OPEN && !broken_early(flow, flow->before, line, 1);
}

/* Addresses and lists of names: lines that were never long enough to be wrapped. */
static int in_narrow_lines(const struct cs__page_flow *flow, uint32_t line)
{
    const struct cs__line *a = cs__flow_looks(flow, flow->before);
    float right = fmaxf(flow->drafting->lines[flow->before].run_right, flow->drafting->lines[line].run_right);
    return right - a->x0 < NARROW * flow->drafting->measures.width && !cs__flow_in_heading(flow);
}

/* A comma, or a hyphen that divides a word: what follows belongs to it, also after a short line. */
static int ends_in_mid_phrase(const struct cs__page_flow *flow)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, flow->before, &size);
    return size > 1 && (text[size - 1] == ',' || (text[size - 1] == '-' && text[size - 2] != ' '));
}

static int continues_on_page(const struct cs__page_flow *flow, uint32_t line)
{
    float pitch = cs__flow_pitch(flow, flow->before, line);
    if (pitch > CS__PARAGRAPH_PITCH || pitch < 0.3f)
        return 0;
    if (!cs__flow_same_looks(flow, line))
        return sentence_goes_on(flow, line) || heading_goes_on(flow, line);
    if (is_below_value(flow, line))
        return 1;
    if (!edge_fits(flow, line))
        return sentence_goes_on(flow, line);
    enum cs__line_end end = cs__flow_ends(flow, flow->before);
    if (end == CS__END_OPEN && begins_small(flow, line))
        return 1;
    if (in_narrow_lines(flow, line))
        return 0;
    if (end == CS__END_OPEN)
        return ends_in_mid_phrase(flow) || !broken_early(flow, flow->before, line, 3);
    return !broken_early(flow, flow->before, line, 0.5f);
}

static int continues_on_next_page(const struct cs__page_flow *flow, uint32_t line)
{
    const struct cs__line *b = cs__flow_looks(flow, line);
    if (!cs__flow_same_looks(flow, line))
        return sentence_goes_on(flow, line);
    if (cs__flow_ends(flow, flow->before) == CS__END_OPEN) {
        int outdented = b->x0 < flow->open->hang - CS__EDGE && flow->open->first != flow->open->last;
        return begins_small(flow, line) || (!cs__flow_in_heading(flow) && !outdented);
    }
    if (begins_small(flow, line))
        return 1;
    int edge =
        cs__flow_in_hang(flow, line) || (!flow->open->marked && fabsf(b->x0 - flow->open->hang) <= CS__EDGE);
    return edge && cs__flow_ends(flow, flow->before) == CS__END_SENTENCE && !cs__flow_in_heading(flow) &&
           !broken_early(flow, flow->before, line, 0.5f);
}

/* The next column begins above and beside the end of the one before. */
static int same_column(const struct cs__page_flow *flow, uint32_t line)
{
    const struct cs__line *a = cs__flow_looks(flow, flow->before), *b = cs__flow_looks(flow, line);
    return cs__flow_same_page(flow, line) &&
           !(b->y1 < a->y0 && b->x0 > a->x0 + 2 * CS__HANG_MAX * a->font_size);
}

int cs__flow_continues(const struct cs__page_flow *flow, uint32_t line)
{
    if (flow->open == NULL || flow->row.cell_count > 1)
        return 0;
    return same_column(flow, line) ? continues_on_page(flow, line) : continues_on_next_page(flow, line);
}
