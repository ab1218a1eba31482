/* SPDX-License-Identifier: MIT */
/* Feedback: words that the best passages share, and the query lacks, count a little for the others. Input: a
 * bag of words and its matches, best first; output: the same matches with new scores.
 *
 * Only where documents are asked for by any of some words: then the question is what a document is about. A
 * reader of passages is shown those that have the words typed.
 *
 *     weight of a word = sum over the best passages: share x saturated(frequency) x log(1 + passages / those
 * with it)
 *
 * share: the square of the passage's score, of the sum of these squares. The best few words are added to the
 * query, together FEEDBACK of its own weight. A relevance model (Lavrenko and Croft, "Relevance-Based
 * Language Models", 2001) in BM25's terms. */
#ifndef QUERY_FEEDBACK_H
#define QUERY_FEEDBACK_H

#include "query/match.h"

/** Matches that get new scores: the best ones. Those behind keep theirs, which are lower. */
#define CS__FEEDBACK_DEPTH 300

/**
 * Score the first CS__FEEDBACK_DEPTH of `matches` again and sort them. A tree that is no bag stays as it is.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__feedback(cs_reader *reader, const struct cs__node *tree, struct cs__matches *matches,
                       cs_error *error);

#endif
