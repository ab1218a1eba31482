/* SPDX-License-Identifier: MIT */
/* Flow: lines without geometry -> drafts. Lines whose format says what they are (HTML, Markdown, JSON Lines)
 * are taken at their word; plain lines are joined by blank lines, by how full they are, and by how they end.
 *
 * In some texts each line is followed by an empty one, and a paragraph ends at a line of blanks. That is
 * found out line by line, for it may change within a text. */
#include "indexer/layout_draft.h"

#include <string.h>

#include "indexer/layout_signs.h"

enum {
    WIDTH_MAX = 256,        /* longer lines were never wrapped */
    PARTED_MIN = 2,         /* so many aren't page ends */
    SIBLING_WITHIN = 6,     /* lines */
    WRAPPED_WIDTH_MAX = 140 /* a text whose long lines are longer than this is not wrapped */
};

struct flow {
    struct cs__drafting *drafting;
    struct cs__draft *open;
    uint32_t before;
    uint32_t last_number;
    uint32_t width;  /* of full lines, in characters; 0: the text isn't wrapped */
    int spaced;      /* blank lines stand in it */
    uint32_t parted; /* empty lines that stand in mid-sentence */
};

static const struct cs__line *line_at(const struct flow *flow, uint32_t line)
{
    return &flow->drafting->text->lines[line];
}

static size_t length_of(const struct flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    return size > 4 * WIDTH_MAX ? size : cs__characters(text, size);
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

static size_t first_word_of(const struct flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    return cs__characters(text, cs__first_word(text, size));
}

/* How much of the width the line before fills together with the first word of this, in percent. */
static unsigned room_taken(const struct flow *flow, uint32_t line)
{
    size_t taken = length_of(flow, flow->before) + first_word_of(flow, line) + 1;
    return (unsigned)(taken < WIDTH_MAX ? taken * 100 / flow->width : 200);
}

/* The width that a tenth of the lines reach. */
static uint32_t wrap_width(const struct flow *flow)
{
    uint32_t counts[WIDTH_MAX + 1] = {0}, plain = 0, seen = 0, width = WIDTH_MAX;
    for (uint32_t i = 0; i < flow->drafting->text->line_count; i++) {
        size_t length = line_at(flow, i)->role == CS__ROLE_NONE ? length_of(flow, i) : 0;
        plain += length > 0;
        counts[length < WIDTH_MAX ? length : WIDTH_MAX] += length > 0;
    }
    while (width > 0 && (seen += counts[width]) * 10 < plain)
        width--;
    return width <= WRAPPED_WIDTH_MAX ? width : 0;
}

static int is_apart(const struct flow *flow, uint32_t line)
{
    if (line > 0 && line_at(flow, line)->page != line_at(flow, line - 1)->page)
        return 1;
    return (line_at(flow, line)->flags & (CS__LINE_BLANK_BEFORE | CS__LINE_WRAPPED_BLANK)) != 0;
}

/* Whether one of the next lines begins with such a marker, too. */
static int has_siblings(const struct flow *flow, uint32_t line, enum cs__marker_kind kind)
{
    uint32_t count = (uint32_t)flow->drafting->text->line_count;
    for (uint32_t i = line + 1; i < count && i <= line + SIBLING_WITHIN && !is_apart(flow, i); i++) {
        size_t size;
        const char *text = cs__draft_text(flow->drafting, i, &size);
        if (cs__marker_find(text, size).kind == kind)
            return 1;
    }
    return 0;
}

static int is_item(const struct flow *flow, uint32_t line, const struct cs__marker *marker)
{
    if (marker->kind == CS__MARKER_NONE)
        return 0;
    if (marker->kind == CS__MARKER_BULLET || flow->open == NULL || is_apart(flow, line))
        return marker->kind != CS__MARKER_BARE;
    int ended = how_ends(flow, flow->before) != CS__END_OPEN;
    int unwrapped = flow->width == 0;
    switch (marker->kind) {
    case CS__MARKER_NUMBER:
        return unwrapped || ((marker->value == flow->last_number + 1 || marker->value == 1) &&
                             (ended || room_taken(flow, line) <= 85));
    case CS__MARKER_DASH:
    case CS__MARKER_LETTER:
        return ended || unwrapped || flow->open->marked == marker->kind ||
               has_siblings(flow, line, marker->kind);
    default:
        return 0;
    }
}

/* A line that was wrapped: in mid-sentence, and nearly full. */
static int is_wrapped(const struct flow *flow, uint32_t line)
{
    return how_ends(flow, line) == CS__END_OPEN && length_of(flow, line) * 10 >= flow->width * 6;
}

/* Between two lines with an empty one between them: is it the kind of text where that means nothing? */
static int is_double_spaced(const struct flow *flow, uint32_t line)
{
    uint32_t count = (uint32_t)flow->drafting->text->line_count;
    if (flow->parted < PARTED_MIN || (line_at(flow, line)->flags & CS__LINE_WRAPPED_BLANK) != 0)
        return 0;
    int alone_before = flow->before == 0 || is_apart(flow, flow->before);
    int alone = line + 1 == count || is_apart(flow, line + 1);
    if (!alone_before || !alone)
        return 0;
    if (is_wrapped(flow, flow->before))
        return 1;
    int near = flow->open->first != flow->open->last || is_wrapped(flow, line);
    return near && room_taken(flow, line) > 90;
}

/* Blank space in mid-sentence is a page's end. */
static int is_page_break(const struct flow *flow, uint32_t line)
{
    int turned = line_at(flow, line)->page != line_at(flow, flow->before)->page;
    if (how_ends(flow, flow->before) != CS__END_OPEN || (!turned && !begins_small(flow, line)))
        return 0;
    return flow->width > 0 ? room_taken(flow, line) > 80 : length_of(flow, flow->before) > 80;
}

static int continues(const struct flow *flow, uint32_t line)
{
    if (flow->open == NULL || flow->open->kind == CS__BLOCK_TABLE_ROW)
        return 0;
    int turned = line_at(flow, line)->page != line_at(flow, flow->before)->page;
    if (turned || (is_apart(flow, line) && !is_double_spaced(flow, line)))
        return is_page_break(flow, line);
    int small = begins_small(flow, line), ended = how_ends(flow, flow->before) != CS__END_OPEN;
    if (flow->width == 0)
        return small && !ended;
    return ended ? room_taken(flow, line) > 85 : small || room_taken(flow, line) > 70;
}

static void mark(struct flow *flow, uint32_t line, const struct cs__marker *marker)
{
    struct cs__draft_line *at = &flow->drafting->lines[line];
    flow->open->marked = (uint8_t)marker->kind;
    flow->open->number_start = at->start + marker->number_start;
    flow->open->number_end = at->start + marker->number_end;
    at->start += marker->size;
    if (marker->kind != CS__MARKER_NUMBER)
        flow->open->kind = CS__BLOCK_BULLET;
    else if (marker->value > 0)
        flow->last_number = marker->value;
}

/* A copy may have lost its bullets, but for the blank that stood after each. */
static int has_lost_bullet(const struct flow *flow, uint32_t line)
{
    if (flow->open == NULL || line_at(flow, line)->x0 <= 0)
        return 0;
    if (flow->open->kind == CS__BLOCK_BULLET && flow->open->marked == CS__MARKER_NONE)
        return 1;
    return flow->open->kind == CS__BLOCK_PARAGRAPH && flow->open->x0 <= 0 &&
           how_ends(flow, flow->before) == CS__END_COLON;
}

/* A raised digit, that is, one of Unicode's. */
static int is_raised_mark(const char *text, size_t size)
{
    return size > 0 && (unsigned char)text[0] >= 0x80 && cs__footnote_mark(text, size) > 0;
}

static cs_status put_plain(struct flow *flow, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    struct cs__marker marker = cs__marker_find(text, size);
    int item = is_item(flow, line, &marker);
    int is_row = memchr(text + marker.size, '\t', size - marker.size) != NULL;
    int starts = (line_at(flow, line)->flags & CS__LINE_STARTS_BLOCK) != 0;
    if (!item && !is_row && !starts && continues(flow, line)) {
        cs__draft_append(flow->drafting, flow->open, line, ' ');
        flow->before = line;
        return CS_OK;
    }
    int unspaced = flow->width == 0 && !flow->spaced;
    int apart = flow->open == NULL || is_apart(flow, line) || unspaced, lost = has_lost_bullet(flow, line);
    if (!apart && !item)
        flow->open->alone = 0;
    flow->open = cs__draft_add(flow->drafting, line, CS__BLOCK_PARAGRAPH);
    if (flow->open == NULL)
        return CS_ERR_NOMEM;
    flow->open->alone = (uint8_t)apart;
    if (is_row)
        flow->open->kind = CS__BLOCK_TABLE_ROW;
    else if (item)
        mark(flow, line, &marker);
    else if (lost)
        flow->open->kind = CS__BLOCK_BULLET;
    else if (is_raised_mark(text, size))
        flow->open->kind = CS__BLOCK_FOOTNOTE;
    flow->before = line;
    return CS_OK;
}

static cs_status put_furniture(struct flow *flow, uint32_t line, enum cs__line_use use)
{
    size_t open = flow->open != NULL ? (size_t)(flow->open - flow->drafting->drafts) : 0;
    int is_open = flow->open != NULL;
    enum cs__block_kind kind = use == CS__USE_HEADER        ? CS__BLOCK_RUNNING_HEADER
                               : use == CS__USE_PAGE_NUMBER ? CS__BLOCK_PAGE_NUMBER
                                                            : CS__BLOCK_RUNNING_FOOTER;
    if (cs__draft_add(flow->drafting, line, kind) == NULL)
        return CS_ERR_NOMEM;
    flow->open = is_open ? &flow->drafting->drafts[open] : NULL;
    return CS_OK;
}

static enum cs__block_kind kind_of(enum cs__role role)
{
    static const uint8_t kinds[] = {
        [CS__ROLE_NONE] = CS__BLOCK_PARAGRAPH,      [CS__ROLE_HEADING] = CS__BLOCK_HEADING,
        [CS__ROLE_PARAGRAPH] = CS__BLOCK_PARAGRAPH, [CS__ROLE_BULLET] = CS__BLOCK_BULLET,
        [CS__ROLE_NUMBERED] = CS__BLOCK_PARAGRAPH,  [CS__ROLE_TABLE_ROW] = CS__BLOCK_TABLE_ROW,
        [CS__ROLE_FOOTNOTE] = CS__BLOCK_FOOTNOTE,   [CS__ROLE_SITE] = CS__BLOCK_SITE};
    return role <= CS__ROLE_SITE ? kinds[role] : CS__BLOCK_PARAGRAPH;
}

/* A copied page's end can part a paragraph in mid-sentence, also from the number it has in Markdown. */
static int is_parted(const struct flow *flow, uint32_t line)
{
    const struct cs__line *looks = line_at(flow, line);
    if (flow->open == NULL || looks->role != CS__ROLE_PARAGRAPH || flow->open->kind != CS__BLOCK_PARAGRAPH ||
        strcmp(flow->drafting->text->format, "markdown") != 0)
        return 0;
    return length_of(flow, flow->before) > 80 && how_ends(flow, flow->before) == CS__END_OPEN &&
           begins_small(flow, line);
}

static cs_status put_role(struct flow *flow, uint32_t line)
{
    const struct cs__line *looks = line_at(flow, line);
    int goes_on = flow->open != NULL && (looks->flags & CS__LINE_STARTS_BLOCK) == 0 &&
                  line_at(flow, flow->before)->role == looks->role;
    if (goes_on || is_parted(flow, line)) {
        cs__draft_append(flow->drafting, flow->open, line, ' ');
    } else {
        flow->open = cs__draft_add(flow->drafting, line, kind_of(looks->role));
        if (flow->open == NULL)
            return CS_ERR_NOMEM;
        if (looks->role == CS__ROLE_NUMBERED) {
            flow->open->number_value = looks->number;
            flow->open->marked = CS__MARKER_NUMBER;
        }
    }
    flow->before = line;
    return CS_OK;
}

static void survey(struct flow *flow)
{
    uint32_t count = (uint32_t)flow->drafting->text->line_count;
    flow->width = wrap_width(flow);
    for (uint32_t i = 0; i < count; i++) {
        int apart = is_apart(flow, i);
        flow->spaced |= apart;
        flow->parted += apart && i > 0 && flow->width > 0 && is_wrapped(flow, i - 1) && begins_small(flow, i);
    }
}

cs_status cs__layout_flow(struct cs__drafting *drafting)
{
    struct flow flow = {.drafting = drafting};
    cs_status status = CS_OK;
    survey(&flow);
    for (uint32_t i = 0; i < drafting->text->line_count && status == CS_OK; i++) {
        const struct cs__line *line = &drafting->text->lines[i];
        enum cs__line_use use = drafting->lines[i].use;
        if (line->role == CS__ROLE_NONE && use == CS__USE_BODY && cs__layout_is_rule(drafting, i))
            use = CS__USE_RULE;
        if (use != CS__USE_BODY)
            status = put_furniture(&flow, i, use);
        else if (line->role != CS__ROLE_NONE)
            status = put_role(&flow, i);
        else if (line->start < line->end)
            status = put_plain(&flow, i);
    }
    return status;
}
