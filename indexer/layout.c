/* SPDX-License-Identifier: MIT */
/* Layout: text -> blocks, step by step over drafts (layout_draft.h). */
#include "indexer/layout.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "indexer/layout_draft.h"

int cs__block_is_passage(enum cs__block_kind kind)
{
    return kind == CS__BLOCK_PARAGRAPH || kind == CS__BLOCK_BULLET || kind == CS__BLOCK_TABLE_ROW ||
           kind == CS__BLOCK_FOOTNOTE;
}

static cs_status begin(struct cs__drafting *drafting, const struct cs__text *text)
{
    *drafting = (struct cs__drafting){.text = text};
    drafting->lines = cs__arena_array(&drafting->scratch, text->line_count + 1, sizeof *drafting->lines);
    if (drafting->lines == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < text->line_count; i++)
        drafting->lines[i] = (struct cs__draft_line){
            .start = text->lines[i].start, .end = text->lines[i].end, .next = CS__NO_LINE};
    return CS_OK;
}

static int has_geometry(const struct cs__text *text)
{
    return text->page_height > 0 && text->line_count > 0 && text->lines[0].page > 0;
}

/* A record's text was taken out of its document before: it has no furniture, and no form. */
static int is_bare_text(const struct cs__text *text)
{
    return text->record != NULL && strcmp(text->format, "jsonl") == 0;
}

static cs_status draft_pages(struct cs__drafting *drafting)
{
    cs__layout_measure(drafting);
    cs_status status = cs__layout_running(drafting);
    if (status != CS_OK)
        return status;
    cs__layout_footnotes(drafting);
    return cs__layout_pages(drafting);
}

/* Plain text has pages where form feeds part it. */
static cs_status draft_flow(struct cs__drafting *drafting)
{
    cs_status status = drafting->text->pages > 1 ? cs__layout_running(drafting) : CS_OK;
    return status == CS_OK ? cs__layout_flow(drafting) : status;
}

cs_status cs__layout(const struct cs__text *text, struct cs__blocks *out, cs_error *error)
{
    struct cs__drafting drafting;
    *out = (struct cs__blocks){0};
    cs_status status = begin(&drafting, text);
    if (status == CS_OK)
        status = has_geometry(text) ? draft_pages(&drafting) : draft_flow(&drafting);
    if (status == CS_OK)
        status = cs__layout_compose(&drafting, out);
    if (status == CS_OK) {
        cs__layout_headings(&drafting, out);
        if (!is_bare_text(text))
            cs__layout_wording(&drafting, out);
        cs__layout_lists(&drafting, out);
        if (is_bare_text(text))
            cs__layout_gather(out);
    } else {
        cs__blocks_free(out);
        cs__error_nomem(error);
    }
    free(drafting.drafts);
    cs__arena_free(&drafting.scratch);
    return status;
}

void cs__blocks_free(struct cs__blocks *blocks)
{
    if (blocks == NULL)
        return;
    cs__arena_free(&blocks->arena);
    *blocks = (struct cs__blocks){0};
}
