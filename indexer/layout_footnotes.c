/* SPDX-License-Identifier: MIT */
/* Footnotes: the small print below the last line of a page's body. */
#include "indexer/layout_draft.h"

#include "indexer/layout_signs.h"

/* Small print is below this share of the body's size. */
static const float SMALL = 0.93f;
/* Notes between the last one that was found and the next. */
enum { MISSED_MAX = 3 };

static int is_small(const struct cs__drafting *drafting, uint32_t line)
{
    return drafting->text->lines[line].font_size < SMALL * drafting->measures.body_size;
}

/* A raised mark says it; a number says it where it goes on counting. */
static int is_marked(const struct cs__drafting *drafting, uint32_t line, uint32_t last)
{
    size_t size;
    const char *text = cs__draft_text(drafting, line, &size);
    if (cs__footnote_mark(text, size) == 0)
        return 0;
    struct cs__marker number = cs__marker_find(text, size);
    int is_number = text[0] >= '0' && text[0] <= '9';
    return !is_number || (number.value > 0 && number.value <= last + MISSED_MAX);
}

/* The first line of the page's notes, or `end`. */
static uint32_t first_note(const struct cs__drafting *drafting, uint32_t begin, uint32_t end, uint32_t last)
{
    uint32_t first = end;
    for (uint32_t i = end; i-- > begin;) {
        if (drafting->lines[i].use != CS__USE_BODY)
            continue;
        if (!is_small(drafting, i))
            break;
        if (is_marked(drafting, i, last))
            first = i;
    }
    return first;
}

void cs__layout_footnotes(struct cs__drafting *drafting)
{
    const struct cs__text *text = drafting->text;
    uint32_t end, last = 0;
    for (uint32_t begin = 0; begin < text->line_count; begin = end) {
        for (end = begin; end < text->line_count && text->lines[end].page == text->lines[begin].page; end++)
            continue;
        for (uint32_t i = first_note(drafting, begin, end, last); i < end; i++) {
            if (drafting->lines[i].use != CS__USE_BODY)
                continue;
            drafting->lines[i].use = CS__USE_FOOTNOTE;
            last += (uint32_t)is_marked(drafting, i, last);
        }
    }
}
