/* SPDX-License-Identifier: MIT */
/* Drafts: adding one, and adding lines to it. */
#include "indexer/layout_draft.h"

#include <stdlib.h>

struct cs__draft *cs__draft_add(struct cs__drafting *drafting, uint32_t line, enum cs__block_kind kind)
{
    if (drafting->count == drafting->capacity) {
        uint32_t capacity = drafting->capacity ? drafting->capacity * 2 : 64;
        struct cs__draft *drafts = realloc(drafting->drafts, capacity * sizeof *drafts);
        if (drafts == NULL)
            return NULL;
        drafting->drafts = drafts;
        drafting->capacity = capacity;
    }
    const struct cs__line *looks = &drafting->text->lines[line];
    struct cs__draft *draft = &drafting->drafts[drafting->count++];
    *draft = (struct cs__draft){.first = line,
                                .last = line,
                                .x0 = looks->x0,
                                .hang = looks->x0,
                                .font_size = looks->font_size,
                                .kind = (uint8_t)kind,
                                .level = looks->level,
                                .bold = (looks->flags & CS__LINE_BOLD) != 0};
    drafting->lines[line].next = CS__NO_LINE;
    return draft;
}

void cs__draft_append(struct cs__drafting *drafting, struct cs__draft *draft, uint32_t line, char join)
{
    drafting->lines[line].next = CS__NO_LINE;
    drafting->lines[line].join = (uint8_t)join;
    drafting->lines[draft->last].next = line;
    draft->last = line;
}

const char *cs__draft_text(const struct cs__drafting *drafting, uint32_t line, size_t *size)
{
    *size = drafting->lines[line].end - drafting->lines[line].start;
    return drafting->text->utf8 + drafting->lines[line].start;
}
