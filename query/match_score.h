/* SPDX-License-Identifier: MIT */
/* Score: what one word, phrase or prefix adds to a passage's score. One definition for the matcher, the
 * reference that tests hold it against, and --explain.
 *
 *     weight x idf x ( saturated(text) + HEADING x saturated(heading) )
 *     saturated = (k1 + 1) / (1 + k1 (1 - b + b length / average) / frequency)
 *
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009), once for the
 * text and once for the heading, with the idf of Lucene, never negative. Lengths are length codes
 * (core/postings.h), so that scores are the same wherever they are computed. */
#ifndef QUERY_MATCH_SCORE_H
#define QUERY_MATCH_SCORE_H

#include <stdint.h>

#include "core/postings.h"

/** Frequencies below are looked up, not computed. */
#define CS__SCORE_TABLE 16

/** What scores depend on beside the passage: made from the counts of the whole index, once for each state of
 * it. */
struct cs__score_model {
    uint64_t passages, words;
    double text_norm[256]; /**< k1 (1 - b + b length / average) by length code */
    double heading_norm[256];
    double text[CS__SCORE_TABLE][256]; /**< the text's part by frequency and length code */
};

/** `passages` in the index, with `words` in all as their length codes say. */
void cs__score_model_init(struct cs__score_model *model, uint64_t passages, uint64_t words);

/** Inverse document frequency of what `count` passages have. */
double cs__score_idf(const struct cs__score_model *model, uint64_t count);

/** The text's part, before weight and idf, by the formula. Rises with frequency and falls with length,
 * strictly as doubles are rounded, so that a bound of both bounds it. */
double cs__score_text_formula(const struct cs__score_model *model, uint32_t frequency, uint8_t length);
static inline double cs__score_text(const struct cs__score_model *model, uint32_t frequency, uint8_t length)
{
    return frequency < CS__SCORE_TABLE ? model->text[frequency][length]
                                       : cs__score_text_formula(model, frequency, length);
}
/** The heading's part, likewise. */
double cs__score_heading(const struct cs__score_model *model, uint32_t frequency, uint8_t length);

#endif
