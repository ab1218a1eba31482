/* SPDX-License-Identifier: MIT */
/* The title of what is no report: its own first heading, a letter's subject, or what its container calls it.
 */
#include "indexer/describer.h"

#include <string.h>

enum { TITLE_SIZE_MAX = 300, HEAD_BLOCKS = 30 };

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

void cs__describe_title(struct cs__describer *d)
{
    if (cs__describer_has(d, "title") || (is_letter(d) && from_subject(d)) || from_blocks(d, CS__BLOCK_TITLE))
        return;
    /* Titles embedded in PDFs are often a template's or another report's. */
    const char *title = strcmp(d->input->format, "pdf") != 0 ? cs__describer_property(d, "title") : NULL;
    if (title != NULL && title[0] != '\0')
        cs__describer_add(d, "title", title, CS_STATE_STATED, CS__NO_EVIDENCE, "title.metadata");
    else
        from_blocks(d, CS__BLOCK_HEADING);
}
