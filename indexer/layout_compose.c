/* SPDX-License-Identifier: MIT */
/* Compose: drafts -> blocks. Lines become text as a reader sees it; what a hyphen at a line's end means is
 * decided by the document's own words. */
#include "indexer/layout_draft.h"

#include <string.h>

#include "indexer/layout_hyphen.h"
#include "indexer/layout_signs.h"

struct writer {
    const struct cs__drafting *drafting;
    struct cs__hyphens hyphens;
    char *to;
};

static void write_line(struct writer *writer, uint32_t line, const char *begin)
{
    size_t size;
    const char *text = cs__draft_text(writer->drafting, line, &size);
    if (size == 0)
        return;
    char join = (char)writer->drafting->lines[line].join;
    if (writer->to > begin && join == '\t')
        *writer->to++ = '\t';
    else if (writer->to > begin)
        writer->to = cs__hyphens_join(&writer->hyphens, begin, writer->to, text, size);
    memcpy(writer->to, text, size);
    writer->to += size;
}

static void write_block(struct writer *writer, const struct cs__draft *draft, struct cs__block *block)
{
    const struct cs__draft_line *lines = writer->drafting->lines;
    const struct cs__line *looks = writer->drafting->text->lines;
    char *begin = writer->to;
    *block = (struct cs__block){.kind = draft->kind,
                                .level = draft->level,
                                .page = looks[draft->first].page,
                                .start = lines[draft->first].start,
                                .lead = CS__NO_BLOCK,
                                .font_size = draft->font_size,
                                .bold = draft->bold};
    for (uint32_t i = draft->first; i != CS__NO_LINE; i = lines[i].next) {
        write_line(writer, i, begin);
        if (lines[i].end > block->end)
            block->end = lines[i].end;
        if (looks[i].page > block->last_page)
            block->last_page = looks[i].page;
    }
    block->text = begin;
    block->size = (uint32_t)(writer->to - begin);
    *writer->to++ = '\0';
}

static const char *number_of(const struct cs__drafting *drafting, const struct cs__draft *draft,
                             struct cs__arena *arena, int *failed)
{
    char *number = NULL;
    if (draft->number_end > draft->number_start)
        number = cs__arena_copy(arena, drafting->text->utf8 + draft->number_start,
                                draft->number_end - draft->number_start);
    else if (draft->number_value > 0)
        number = cs__arena_printf(arena, "%u", (unsigned)draft->number_value);
    else
        return NULL;
    *failed |= number == NULL;
    return number;
}

cs_status cs__layout_compose(struct cs__drafting *drafting, struct cs__blocks *out)
{
    struct writer writer = {.drafting = drafting};
    int failed = 0;
    out->items = cs__arena_array(&out->arena, (size_t)drafting->count + 1, sizeof *out->items);
    writer.to = cs__arena_alloc(&out->arena, drafting->text->size + drafting->text->line_count + 1);
    if (out->items == NULL || writer.to == NULL || cs__hyphens_learn(&writer.hyphens, drafting) != CS_OK)
        return CS_ERR_NOMEM;
    for (uint32_t i = 0; i < drafting->count; i++) {
        write_block(&writer, &drafting->drafts[i], &out->items[i]);
        out->items[i].number = number_of(drafting, &drafting->drafts[i], &out->arena, &failed);
    }
    out->count = drafting->count;
    return failed ? CS_ERR_NOMEM : CS_OK;
}
