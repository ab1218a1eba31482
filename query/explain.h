/* SPDX-License-Identifier: MIT */
/* Explain: a match -> the parts of its score, in words. */
#ifndef QUERY_EXPLAIN_H
#define QUERY_EXPLAIN_H

#include "core/arena.h"
#include "query/match.h"

/**
 * What each part of the tree (a word, a phrase, a group) gives to the score of one match, largest first:
 * "score 7.31: unaccompanied 4.20 + asylum 3.11". Each part is asked for alone, so that what is said is what
 * was added.
 *
 * `*out` lives in `arena`. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__explain(cs_reader *reader, const struct cs__node *tree, const struct cs__match *match,
                      struct cs__arena *arena, const char **out, cs_error *error);

#endif
