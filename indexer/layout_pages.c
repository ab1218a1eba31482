/* SPDX-License-Identifier: MIT */
/* Pages: lines with geometry -> drafts. Which line goes on in which paragraph, list item, heading or row of a
 * table; also from one page to the next, around footers and footnotes. */
#include "indexer/layout_draft.h"

#include <math.h>

#include "indexer/layout_page_flow.h"

static void mark(struct cs__page_flow *flow, uint32_t line, const struct cs__marker *marker)
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

static cs_status begin_draft(struct cs__page_flow *flow, uint32_t line, const struct cs__marker *marker)
{
    int lost = cs__flow_has_lost_bullet(flow, line);
    int alone = flow->open == NULL || !cs__flow_same_page(flow, line) ||
                fabsf(cs__flow_pitch(flow, flow->before, line)) > CS__PARAGRAPH_PITCH;
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

static cs_status put_body(struct cs__page_flow *flow, uint32_t line)
{
    struct cs__drafting *drafting = flow->drafting;
    cs_status status = CS_OK;
    size_t size;
    const char *text = cs__draft_text(drafting, line, &size);
    struct cs__marker marker = cs__marker_find(text, size);
    int item = cs__flow_is_item(flow, line, &marker);
    if (flow->open != NULL && cs__flow_same_page(flow, line) &&
        cs__row_take(&flow->row, drafting, flow->open, line)) {
        /* it is in the row now */
    } else if (!item && cs__flow_continues(flow, line)) {
        cs__draft_append(drafting, flow->open, line, ' ');
        cs__row_extend(&flow->row, drafting, line);
    } else {
        status = begin_draft(flow, line, item ? &marker : NULL);
    }
    flow->before = line;
    return status;
}

/* Adding a draft moves the others. */
static cs_status put_apart(struct cs__page_flow *flow, uint32_t line, enum cs__block_kind kind)
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
static cs_status put_footnote(struct cs__page_flow *flow, uint32_t line)
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

static cs_status put(struct cs__page_flow *flow, uint32_t line)
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
    struct cs__page_flow flow = {.drafting = drafting, .footnote = CS__NO_BLOCK};
    cs_status status = CS_OK;
    for (uint32_t i = 0; i < drafting->text->line_count && status == CS_OK; i++)
        status = put(&flow, i);
    return status;
}
