/* SPDX-License-Identifier: MIT */
/* Pages: lines with geometry -> drafts. Which line goes on in which paragraph, list item, heading or row of a
 * table; also from one page to the next, around footers and footnotes. */
#include "indexer/layout_draft.h"

#include <math.h>
#include <string.h>

#include "indexer/layout_rows.h"
#include "indexer/layout_signs.h"

/* In multiples of what lines of a paragraph have from one to the next. */
static const float PARAGRAPH_PITCH = 1.27f;
/* Points by which lines of one edge may differ. */
static const float EDGE = 3;
/* A marker stands at most this many font sizes before what it marks. */
static const float HANG_MAX = 6;
/* Fonts are one size up to this difference. */
static const float SAME_SIZE = 0.7f;
/* Within a sentence they may differ by this. */
static const float SENTENCE_SIZE = 1.6f;
/* Lines that all end before this share of a full line are a list of short lines, one a thing. */
static const float NARROW = 0.6f;
/* What stands beside a number in the margin fills this share of a full line, or is no paragraph. */
static const float MARGIN_TEXT = 0.4f;
/* Bytes of a label before its colon. */
enum { LABEL_MAX = 40 };

struct flow {
    struct cs__drafting *drafting;
    struct cs__draft *open; /* may be continued; NULL at the beginning */
    uint32_t before;        /* the body line put down last */
    uint32_t last_number;   /* of the numbered paragraphs so far */
    struct cs__row row;     /* where `open` may be, or is, a row of a table */
    uint32_t footnote;      /* draft; CS__NO_BLOCK for none */
};

static const struct cs__line *looks_of(const struct flow *flow, uint32_t line)
{
    return &flow->drafting->text->lines[line];
}

static enum cs__line_end how_ends(const struct flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    return cs__line_ends(text, size);
}

static int begins_small(const struct flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    return cs__begins_small(text, size);
}

/* Whether the first word of `line` would have found room at the end of `before`: then the line was broken on
 * purpose. `spare` is the room, in font sizes, that a ragged edge may leave anyway. */
static int broken_early(const struct flow *flow, uint32_t before, uint32_t line, float spare)
{
    const struct cs__line *a = looks_of(flow, before), *b = looks_of(flow, line);
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    float all = (float)cs__drawn_width(text, size);
    float word = (float)(cs__drawn_width(text, cs__first_word(text, size)) + cs__drawn_width(" ", 1));
    float width = all > 0 ? (b->x1 - b->x0) * word / all : 0;
    float right = fmaxf(flow->drafting->lines[before].run_right, flow->drafting->lines[line].run_right);
    return right - a->x1 > width + spare * a->font_size;
}

static float pitch_of(const struct flow *flow, uint32_t before, uint32_t line)
{
    const struct cs__line *a = looks_of(flow, before), *b = looks_of(flow, line);
    float size = fmaxf(fminf(a->font_size, b->font_size), 1);
    return (b->y1 - a->y1) / (size * flow->drafting->measures.leading);
}

static int same_looks(const struct flow *flow, uint32_t line)
{
    const struct cs__line *looks = looks_of(flow, line);
    return fabsf(looks->font_size - flow->open->font_size) < SAME_SIZE &&
           ((looks->flags & CS__LINE_BOLD) != 0) == flow->open->bold;
}

/* A sentence may go on in another weight, or with a note's small letters. */
static int sentence_goes_on(const struct flow *flow, uint32_t line)
{
    const struct cs__line *a = looks_of(flow, flow->before), *b = looks_of(flow, line);
    return fabsf(a->font_size - b->font_size) < SENTENCE_SIZE &&
           how_ends(flow, flow->before) == CS__END_OPEN && begins_small(flow, line);
}

static int same_page(const struct flow *flow, uint32_t line)
{
    return looks_of(flow, flow->before)->page == looks_of(flow, line)->page;
}

/* Whether the line stands where the open item's own lines stand, not where its marker does. */
static int in_hang(const struct flow *flow, uint32_t line)
{
    return flow->open->hang > flow->open->x0 + EDGE &&
           fabsf(looks_of(flow, line)->x0 - flow->open->hang) <= EDGE;
}

/* The items of a list begin alike, at one edge. */
static int is_sibling(const struct flow *flow, uint32_t line, const struct cs__marker *marker)
{
    return flow->open->marked == marker->kind && fabsf(looks_of(flow, line)->x0 - flow->open->x0) <= EDGE;
}

/* "29" in the margin: its text stands beside it, or begins behind it and hangs to the right of it. */
static int is_margin_number(const struct flow *flow, uint32_t line, const struct cs__marker *marker)
{
    const struct cs__line *a = looks_of(flow, line), *b = a + 1;
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    if (line + 1 >= flow->drafting->text->line_count || b->page != a->page)
        return 0;
    if (marker->size == size)
        return fabsf(b->y1 - a->y1) < EDGE && b->x0 > a->x1 &&
               b->x1 - b->x0 > MARGIN_TEXT * flow->drafting->measures.width;
    float pitch = pitch_of(flow, line, line + 1);
    return cs__begins_capital(text + marker->size, size - marker->size) && pitch > 0.3f &&
           pitch < PARAGRAPH_PITCH && b->x0 > a->x0 + EDGE && b->x0 < a->x0 + HANG_MAX * a->font_size;
}

/* Sets apart "29. Children" from a sentence whose line begins with a year or a dash. */
static int is_item(const struct flow *flow, uint32_t line, const struct cs__marker *marker)
{
    if (marker->kind == CS__MARKER_NONE)
        return 0;
    if (flow->open == NULL)
        return marker->kind != CS__MARKER_BARE || is_margin_number(flow, line, marker);
    if (marker->kind == CS__MARKER_BULLET)
        return 1;
    int ended = how_ends(flow, flow->before) != CS__END_OPEN;
    int apart = same_page(flow, line) ? fabsf(pitch_of(flow, flow->before, line)) > PARAGRAPH_PITCH : ended;
    int outdented = flow->open->marked && looks_of(flow, line)->x0 < flow->open->hang - EDGE;
    int expected = marker->value == flow->last_number + 1;
    if (in_hang(flow, line) && !apart)
        return 0;
    switch (marker->kind) {
    case CS__MARKER_NUMBER:
        return apart || outdented || !same_looks(flow, line) ||
               (expected && (ended || !same_page(flow, line) || is_sibling(flow, line, marker)));
    case CS__MARKER_BARE:
        return (apart || outdented) && (expected || is_margin_number(flow, line, marker));
    case CS__MARKER_DASH:
    case CS__MARKER_LETTER:
        return apart || ended || outdented || is_sibling(flow, line, marker);
    default:
        return 0;
    }
}

/* "Lead inspector: A Name" and below the name, at its edge, what else is said of it. */
static int is_below_value(const struct flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, flow->open->first, &size);
    const char *colon = memchr(text, ':', size < LABEL_MAX ? size : LABEL_MAX);
    const struct cs__line *a = looks_of(flow, flow->open->first), *b = looks_of(flow, line);
    return colon != NULL && colon + 1 < text + size && b->x0 > a->x0 + EDGE && b->x0 < a->x1 &&
           how_ends(flow, flow->before) == CS__END_OPEN;
}

/* Whether the left edge of `line` fits the open draft; learns the hanging edge from its second line. */
static int edge_fits(const struct flow *flow, uint32_t line)
{
    struct cs__draft *open = flow->open;
    const struct cs__line *b = looks_of(flow, line);
    float shift = b->x0 - open->hang;
    if (fabsf(shift) <= EDGE)
        return !open->marked || open->hang > open->x0 + EDGE || !broken_early(flow, flow->before, line, 1) ||
               how_ends(flow, flow->before) == CS__END_OPEN;
    if (open->first != open->last || fabsf(shift) > HANG_MAX * b->font_size)
        return 0;
    int fits = open->marked ? shift > 0 : shift < 0 && !broken_early(flow, flow->before, line, 1);
    if (fits)
        open->hang = b->x0;
    return fits;
}

static int is_heading_like(const struct flow *flow)
{
    return flow->open->bold || flow->open->font_size > flow->drafting->measures.body_size + SAME_SIZE;
}

/* A heading in letters larger than the body's may turn bold within. */
static int heading_goes_on(const struct flow *flow, uint32_t line)
{
    float size = looks_of(flow, line)->font_size;
    return fabsf(size - flow->open->font_size) < SAME_SIZE &&
           size > flow->drafting->measures.body_size + SAME_SIZE &&
           how_ends(flow, flow->before) == CS__END_OPEN && !broken_early(flow, flow->before, line, 1);
}

/* Addresses and lists of names: lines that were never long enough to be wrapped. */
static int in_narrow_lines(const struct flow *flow, uint32_t line)
{
    const struct cs__line *a = looks_of(flow, flow->before);
    float right = fmaxf(flow->drafting->lines[flow->before].run_right, flow->drafting->lines[line].run_right);
    return right - a->x0 < NARROW * flow->drafting->measures.width && !is_heading_like(flow);
}

/* A comma, or a hyphen that divides a word: what follows belongs to it, also after a short line. */
static int ends_in_mid_phrase(const struct flow *flow)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, flow->before, &size);
    return size > 1 && (text[size - 1] == ',' || (text[size - 1] == '-' && text[size - 2] != ' '));
}

static int continues_on_page(const struct flow *flow, uint32_t line)
{
    float pitch = pitch_of(flow, flow->before, line);
    if (pitch > PARAGRAPH_PITCH || pitch < 0.3f)
        return 0;
    if (!same_looks(flow, line))
        return sentence_goes_on(flow, line) || heading_goes_on(flow, line);
    if (is_below_value(flow, line))
        return 1;
    if (!edge_fits(flow, line))
        return sentence_goes_on(flow, line);
    enum cs__line_end end = how_ends(flow, flow->before);
    if (end == CS__END_OPEN && begins_small(flow, line))
        return 1;
    if (in_narrow_lines(flow, line))
        return 0;
    if (end == CS__END_OPEN)
        return ends_in_mid_phrase(flow) || !broken_early(flow, flow->before, line, 3);
    return !broken_early(flow, flow->before, line, 0.5f);
}

static int continues_on_next_page(const struct flow *flow, uint32_t line)
{
    const struct cs__line *b = looks_of(flow, line);
    if (!same_looks(flow, line))
        return sentence_goes_on(flow, line);
    if (how_ends(flow, flow->before) == CS__END_OPEN) {
        int outdented = b->x0 < flow->open->hang - EDGE && flow->open->first != flow->open->last;
        return begins_small(flow, line) || (!is_heading_like(flow) && !outdented);
    }
    if (begins_small(flow, line))
        return 1;
    int edge = in_hang(flow, line) || (!flow->open->marked && fabsf(b->x0 - flow->open->hang) <= EDGE);
    return edge && how_ends(flow, flow->before) == CS__END_SENTENCE && !is_heading_like(flow) &&
           !broken_early(flow, flow->before, line, 0.5f);
}

/* The next column begins above and beside the end of the one before. */
static int same_column(const struct flow *flow, uint32_t line)
{
    const struct cs__line *a = looks_of(flow, flow->before), *b = looks_of(flow, line);
    return same_page(flow, line) && !(b->y1 < a->y0 && b->x0 > a->x0 + 2 * HANG_MAX * a->font_size);
}

static int continues(const struct flow *flow, uint32_t line)
{
    if (flow->open == NULL || flow->row.cell_count > 1)
        return 0;
    return same_column(flow, line) ? continues_on_page(flow, line) : continues_on_next_page(flow, line);
}

static void mark(struct flow *flow, uint32_t line, const struct cs__marker *marker)
{
    struct cs__draft_line *at = &flow->drafting->lines[line];
    flow->open->marked = (uint8_t)marker->kind;
    flow->open->number_start = at->start + marker->number_start;
    flow->open->number_end = at->start + marker->number_end;
    at->start += marker->size;
    if (marker->kind == CS__MARKER_BULLET || marker->kind == CS__MARKER_DASH ||
        marker->kind == CS__MARKER_LETTER)
        flow->open->kind = CS__BLOCK_BULLET;
    else if (marker->value > 0)
        flow->last_number = marker->value;
}

/* A bullet whose font draws nothing: what it marks is set in below a line that leads it in. */
static int has_lost_bullet(const struct flow *flow, uint32_t line)
{
    if (flow->open == NULL)
        return 0;
    float x0 = looks_of(flow, line)->x0;
    if (flow->open->kind == CS__BLOCK_BULLET && flow->open->marked == CS__MARKER_NONE)
        return fabsf(x0 - flow->open->x0) <= EDGE;
    return same_page(flow, line) && how_ends(flow, flow->before) == CS__END_COLON &&
           x0 > flow->open->hang + 2 * EDGE && !is_heading_like(flow);
}

static cs_status begin_draft(struct flow *flow, uint32_t line, const struct cs__marker *marker)
{
    int lost = has_lost_bullet(flow, line);
    int alone = flow->open == NULL || !same_page(flow, line) ||
                fabsf(pitch_of(flow, flow->before, line)) > PARAGRAPH_PITCH;
    flow->open = cs__draft_add(flow->drafting, line, CS__BLOCK_PARAGRAPH);
    if (flow->open == NULL)
        return CS_ERR_NOMEM;
    flow->open->alone = (uint8_t)alone;
    cs__row_begin(&flow->row, flow->drafting, line);
    if (marker != NULL)
        mark(flow, line, marker);
    else if (lost)
        flow->open->kind = CS__BLOCK_BULLET;
    return CS_OK;
}

static cs_status put_body(struct flow *flow, uint32_t line)
{
    struct cs__drafting *drafting = flow->drafting;
    cs_status status = CS_OK;
    size_t size;
    const char *text = cs__draft_text(drafting, line, &size);
    struct cs__marker marker = cs__marker_find(text, size);
    int item = is_item(flow, line, &marker);
    if (flow->open != NULL && same_page(flow, line) && cs__row_take(&flow->row, drafting, flow->open, line)) {
        /* it is in the row now */
    } else if (!item && continues(flow, line)) {
        cs__draft_append(drafting, flow->open, line, ' ');
        cs__row_extend(&flow->row, drafting, line);
    } else {
        status = begin_draft(flow, line, item ? &marker : NULL);
    }
    flow->before = line;
    return status;
}

/* Adding a draft moves the others. */
static cs_status put_apart(struct flow *flow, uint32_t line, enum cs__block_kind kind)
{
    size_t open = flow->open != NULL ? (size_t)(flow->open - flow->drafting->drafts) : 0;
    int is_open = flow->open != NULL;
    if (cs__draft_add(flow->drafting, line, kind) == NULL)
        return CS_ERR_NOMEM;
    if (is_open)
        flow->open = &flow->drafting->drafts[open];
    return CS_OK;
}

/* A footnote begins with its mark; its other lines follow. */
static cs_status put_footnote(struct flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    if (flow->footnote != CS__NO_BLOCK && cs__footnote_mark(text, size) == 0) {
        cs__draft_append(flow->drafting, &flow->drafting->drafts[flow->footnote], line, ' ');
        return CS_OK;
    }
    flow->footnote = flow->drafting->count;
    return put_apart(flow, line, CS__BLOCK_FOOTNOTE);
}

static cs_status put(struct flow *flow, uint32_t line)
{
    switch (flow->drafting->lines[line].use) {
    case CS__USE_HEADER:
        return put_apart(flow, line, CS__BLOCK_RUNNING_HEADER);
    case CS__USE_FOOTER:
        return put_apart(flow, line, CS__BLOCK_RUNNING_FOOTER);
    case CS__USE_PAGE_NUMBER:
        return put_apart(flow, line, CS__BLOCK_PAGE_NUMBER);
    case CS__USE_RULE:
        return put_apart(flow, line, CS__BLOCK_RUNNING_FOOTER);
    case CS__USE_FOOTNOTE:
        return put_footnote(flow, line);
    default:
        return put_body(flow, line);
    }
}

cs_status cs__layout_pages(struct cs__drafting *drafting)
{
    struct flow flow = {.drafting = drafting, .footnote = CS__NO_BLOCK};
    cs_status status = CS_OK;
    for (uint32_t i = 0; i < drafting->text->line_count && status == CS_OK; i++)
        status = put(&flow, i);
    return status;
}
