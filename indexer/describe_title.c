/* SPDX-License-Identifier: MIT */
/* The title of what is no report: its own first heading, a letter's subject, what its container calls it, or
 * the words it opens with. */
#include "indexer/describer.h"

#include <string.h>

#include "core/sentence.h"

/* OPENING_SIZE is some 24 words: of 8, 16 and 24 of them the best headings for the untitled abstracts of
 * ../shared/ir/med. */
enum { TITLE_SIZE_MAX = 300, HEAD_BLOCKS = 30, OPENING_SIZE = 160 };

static int is_letter(const struct cs__describer *d)
{
    return d->out->kind == CS_KIND_MONITORING_LETTER || d->out->kind == CS_KIND_FOCUSED_VISIT_LETTER;
}

static int from_subject(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t block = 0; block < d->blocks->count && block < HEAD_BLOCKS; block++)
        if (cs__describer_is_text(d, block) && d->blocks->items[block].size <= TITLE_SIZE_MAX &&
            cs__prose_find(cs__describer_prose(d, block), 0,
                           "^ ofsted? monitoring|focused|focussed assurance? visit", &match)) {
            cs__describer_add(d, "title", d->blocks->items[block].text, CS_STATE_STATED,
                              cs__evidence_block(d, block), "title.subject");
            return 1;
        }
    return 0;
}

/* What a page of a council's site is, not what it is about. */
static int says_nothing(struct cs__describer *d, size_t block)
{
    struct cs__prose_match match;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    return cs__prose_match_at(prose, 0,
                              "^ agenda|issue|minutes|meeting|decision|home items|item|meetings|details? $",
                              &match) ||
           (prose->count <= 2 && cs__prose_match_at(prose, 0, "^ minutes|agenda|issue", &match));
}

static int from_blocks(struct cs__describer *d, enum cs__block_kind kind)
{
    for (size_t block = 0; block < d->blocks->count && block < HEAD_BLOCKS; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (b->kind != kind || b->size == 0 || b->size > TITLE_SIZE_MAX || says_nothing(d, block))
            continue;
        cs__describer_add(d, "title", b->text, CS_STATE_STATED, cs__evidence_block(d, block),
                          "title.heading");
        return 1;
    }
    return 0;
}

/* The first sentence, as many whole words of it as have room; 0 when not even one has. */
static size_t opening_size(const char *text, size_t size)
{
    struct cs__sentence_walk walk = cs__sentence_begin(text, size);
    struct cs__sentence sentence = {0, 0};
    if (!cs__sentence_next(&walk, &sentence))
        return 0;
    if (sentence.end <= OPENING_SIZE)
        return sentence.end;
    size_t end = OPENING_SIZE;
    while (end > 0 && strchr(" \t\n", text[end]) == NULL)
        end--;
    return end;
}

/* A document without a title begins, more often than not, with what it is about. */
static void from_opening(struct cs__describer *d)
{
    for (size_t block = 0; block < d->blocks->count && block < HEAD_BLOCKS; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (b->kind != CS__BLOCK_PARAGRAPH || !cs__describer_is_body(d, block))
            continue;
        size_t size = opening_size(b->text, b->size);
        if (size > 0)
            cs__describer_add_text(d, "title", b->text, size, CS_STATE_DERIVED,
                                   (struct cs__evidence){(uint32_t)block, 0, (uint32_t)size},
                                   "title.opening");
        return;
    }
}

void cs__describe_title(struct cs__describer *d)
{
    if (cs__describer_has(d, "title") || (is_letter(d) && from_subject(d)) || from_blocks(d, CS__BLOCK_TITLE))
        return;
    /* Titles embedded in PDFs are often a template's or another report's. */
    const char *title = strcmp(d->input->format, "pdf") != 0 ? cs__describer_property(d, "title") : NULL;
    if (title != NULL && title[0] != '\0')
        cs__describer_add(d, "title", title, CS_STATE_STATED, CS__NO_EVIDENCE, "title.metadata");
    else if (!from_blocks(d, CS__BLOCK_HEADING))
        from_opening(d);
}
