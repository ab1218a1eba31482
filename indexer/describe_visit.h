/* SPDX-License-Identifier: MIT */
/* Shared by the rules that find the visit of a letter, an article or minutes. */
#ifndef INDEXER_DESCRIBE_VISIT_H
#define INDEXER_DESCRIBE_VISIT_H

#include "indexer/describer.h"

/** A date of the text that may be the visit's. */
struct cs__visit_candidate {
    const struct cs__date_phrase *phrase;
    size_t block;
    size_t first, last; /**< words */
    int score;
};

/**
 * The year that a phrase without one most likely has, and how that is known; 0 when nothing tells.
 *
 * In falling order of weight: a year that the same sentence gave before it; the last such day before the
 * document was published; a weekday beside a date of the text; the first such day after the judgement in
 * force, on working days.
 */
int cs__year_of(struct cs__describer *d, const struct cs__visit_candidate *candidate, const char **rule);

/** The ordinal of the visit ("third monitoring visit"); `window` is the visit's date, unknown where it is
 * not. */
void cs__describe_ordinal(struct cs__describer *d, cs_date window);

#endif
