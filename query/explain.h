/* SPDX-License-Identifier: MIT */
/* Explain: a match -> the parts of its score, in words and as numbers. */
#ifndef QUERY_EXPLAIN_H
#define QUERY_EXPLAIN_H

#include <csearch/query.h>

#include "core/arena.h"
#include "query/match.h"
#include "query/rerank.h"

/** Both say the same; they live in the arena given. */
struct cs__explained {
    const char *text;
    const cs_score_part *parts;
    size_t part_count;
};

/**
 * What each part of the tree (a word, a phrase, a group) gives to the score of one match, largest first, and
 * what the second look adds or takes: "score 7.31: unaccompanied 4.20 + asylum 2.61 + near each other 0.50".
 * Each part of the tree is asked for alone, so that what is said is what was added.
 *
 * `tree` may be NULL, and there is nothing to explain; so may `reranking`. Returns CS_OK, CS_ERR_NOMEM,
 * CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__explain(cs_reader *reader, const struct cs__node *tree, const struct cs__match *match,
                      const struct cs__reranking *reranking, struct cs__arena *arena,
                      struct cs__explained *out, cs_error *error);

#endif
