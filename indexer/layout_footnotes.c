/* SPDX-License-Identifier: MIT */
/* Footnotes: the small print below the last line of a page's body. */
#include "indexer/layout_draft.h"

#include "indexer/layout_signs.h"

/* Small print is below this share of the body's size. */
static const float SMALL = 0.93f;

static int is_small(const struct cs__drafting *drafting, uint32_t line)
{
    return drafting->text->lines[line].font_size < SMALL * drafting->measures.body_size;
}

static void find_on_page(struct cs__drafting *drafting, uint32_t begin, uint32_t end)
{
    uint32_t first = end;
    for (uint32_t i = end; i-- > begin;) {
        if (drafting->lines[i].use != CS__USE_BODY)
            continue;
        if (!is_small(drafting, i))
            break;
        size_t size;
        const char *text = cs__draft_text(drafting, i, &size);
        if (cs__footnote_mark(text, size) > 0)
            first = i;
    }
    for (uint32_t i = first; i < end; i++)
        if (drafting->lines[i].use == CS__USE_BODY)
            drafting->lines[i].use = CS__USE_FOOTNOTE;
}

void cs__layout_footnotes(struct cs__drafting *drafting)
{
    const struct cs__text *text = drafting->text;
    uint32_t end;
    for (uint32_t begin = 0; begin < text->line_count; begin = end) {
        for (end = begin; end < text->line_count && text->lines[end].page == text->lines[begin].page; end++)
            continue;
        find_on_page(drafting, begin, end);
    }
}
