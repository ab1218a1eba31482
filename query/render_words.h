/* SPDX-License-Identifier: MIT */
/* Visits and judgements as a reader would say them, for text and pages. */
#ifndef QUERY_RENDER_WORDS_H
#define QUERY_RENDER_WORDS_H

#include <csearch.h>

/** Bytes that cs__visit_words() writes at most, NUL included. */
#define CS__VISIT_WORDS_SIZE 64

/** "third monitoring visit", "inspection", "visit". Returns `out`. */
char *cs__visit_words(const cs_visit *visit, char out[CS__VISIT_WORDS_SIZE]);

/** The same for a hit; "article on the third monitoring visit" where the paper is not the visit's own. */
void cs__hit_visit_words(const cs_hit *hit, char *out, size_t size);

/** "good (care)"; "inadequate (overall, standing)"; "overall judgement not-reported"; "" where there is none.
 */
void cs__hit_judgement_words(const cs_hit *hit, char *out, size_t size);

#endif
