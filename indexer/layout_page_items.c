/* SPDX-License-Identifier: MIT */
/* Page items: whether what a line begins with marks an item of a list, or a numbered paragraph. */
#include "indexer/layout_page_flow.h"

#include <math.h>

/* What stands beside a number in the margin fills this share of a full line, or is no paragraph. */
static const float MARGIN_TEXT = 0.4f;

/* The items of a list begin alike, at one edge. */
static int is_sibling(const struct cs__page_flow *flow, uint32_t line, const struct cs__marker *marker)
{
    return flow->open->marked == marker->kind &&
           fabsf(cs__flow_looks(flow, line)->x0 - flow->open->x0) <= CS__EDGE;
}

/* "29" in the margin: its text stands beside it, or begins behind it and hangs to the right of it. */
static int is_margin_number(const struct cs__page_flow *flow, uint32_t line, const struct cs__marker *marker)
{
    const struct cs__line *a = cs__flow_looks(flow, line), *b = a + 1;
    size_t size;
    const char *text = cs__draft_text(flow->drafting, line, &size);
    if (line + 1 >= flow->drafting->text->line_count || b->page != a->page)
        return 0;
    if (marker->size == size)
        return fabsf(b->y1 - a->y1) < CS__EDGE && b->x0 > a->x1 &&
               b->x1 - b->x0 > MARGIN_TEXT * flow->drafting->measures.width;
    float pitch = cs__flow_pitch(flow, line, line + 1);
    return cs__begins_capital(text + marker->size, size - marker->size) && pitch > 0.3f &&
           pitch < CS__PARAGRAPH_PITCH && b->x0 > a->x0 + CS__EDGE &&
           b->x0 < a->x0 + CS__HANG_MAX * a->font_size;
}

int cs__flow_is_item(const struct cs__page_flow *flow, uint32_t line, const struct cs__marker *marker)
{
    if (marker->kind == CS__MARKER_NONE)
        return 0;
    if (flow->open == NULL)
        return marker->kind != CS__MARKER_BARE || is_margin_number(flow, line, marker);
    if (marker->kind == CS__MARKER_BULLET)
        return 1;
    int ended = cs__flow_ends(flow, flow->before) != CS__END_OPEN;
    int apart = cs__flow_same_page(flow, line)
                    ? fabsf(cs__flow_pitch(flow, flow->before, line)) > CS__PARAGRAPH_PITCH
                    : ended;
    int outdented = flow->open->marked && cs__flow_looks(flow, line)->x0 < flow->open->hang - CS__EDGE;
    int expected = marker->value == flow->last_number + 1;
    if (cs__flow_in_hang(flow, line) && !apart)
        return 0;
    switch (marker->kind) {
    case CS__MARKER_NUMBER:
        return apart || outdented || !cs__flow_same_looks(flow, line) ||
               (expected && (ended || !cs__flow_same_page(flow, line) || is_sibling(flow, line, marker)));
    case CS__MARKER_BARE:
        return (apart || outdented) && (expected || is_margin_number(flow, line, marker));
    case CS__MARKER_DASH:
    case CS__MARKER_LETTER:
        return apart || ended || outdented || is_sibling(flow, line, marker);
    default:
        return 0;
    }
}

int cs__flow_has_lost_bullet(const struct cs__page_flow *flow, uint32_t line)
{
    if (flow->open == NULL)
        return 0;
    float x0 = cs__flow_looks(flow, line)->x0;
    if (flow->open->kind == CS__BLOCK_BULLET && flow->open->marked == CS__MARKER_NONE)
        return fabsf(x0 - flow->open->x0) <= CS__EDGE;
    return cs__flow_same_page(flow, line) && cs__flow_ends(flow, flow->before) == CS__END_COLON &&
           x0 > flow->open->hang + 2 * CS__EDGE && !cs__flow_in_heading(flow);
}
