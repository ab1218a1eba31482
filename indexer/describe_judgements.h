/* SPDX-License-Identifier: MIT */
/* Judgements of a report: each rule puts down what it found, then one decides. */
#ifndef INDEXER_DESCRIBE_JUDGEMENTS_H
#define INDEXER_DESCRIBE_JUDGEMENTS_H

#include "indexer/describer.h"

/** What a rule found; in the order of finding. */
struct cs__judgement_found {
    struct cs__judgement_found *next;
    cs_area area;
    cs_judgement judgement;
    struct cs__evidence evidence, grade; /**< `grade`: where the grade stands apart; else no evidence */
    int alone;                           /**< a table of this one judgement, at the head of its section */
    const char *rule;
};

/** Put down that `evidence` gives an area a judgement. The first put down for an area is its value; a later
 * one that differs makes it a conflict. */
void cs__judgements_add(struct cs__describer *d, cs_area area, cs_judgement judgement,
                        struct cs__evidence evidence, const char *rule);

/** The same, of a table whose label and grade may stand in two blocks: both are quoted, " | " between them.
 * `alone`: see above. */
void cs__judgements_add_cells(struct cs__describer *d, cs_area area, cs_judgement judgement, size_t label,
                              size_t grade, int alone, const char *rule);

/** Runs of blocks that hold nothing but labels and grades. */
void cs__judgements_from_tables(struct cs__describer *d);
/** Sentences of the first pages that state the overall judgement, or the safeguarding board's. */
void cs__judgements_from_front(struct cs__describer *d);
/** The overall judgement from a title page that came out as one paragraph. */
void cs__judgements_from_title_page(struct cs__describer *d);
/** Headings, and lines that are like them, that end in their own grade. */
void cs__judgements_from_headings(struct cs__describer *d);

/**
 * The judgement that a heading-like block states of its area: 1, or 0 when it states none. `*label_last` is
 * the first word that is not of the heading proper (a colon, "is", the grade).
 */
int cs__judgements_read_heading(const struct cs__prose *prose, cs_area *area, cs_judgement *judgement,
                                size_t *label_last);

/** The area that a heading names and nothing else ("Adoption", not "Adoption in this area"); CS_AREA_NONE
 * else. */
cs_area cs__judgements_heading_area(const struct cs__prose *prose);

#endif
