/* SPDX-License-Identifier: MIT */
/* Places: where a query's words stand in some passages -> how near to each other. Read from the segments'
 * positions, so that no text is unpacked. */
#ifndef QUERY_MATCH_PLACES_H
#define QUERY_MATCH_PLACES_H

#include <csearch/types.h>

#include "core/arena.h"
#include "query/tree.h"

/** Words of a query that count; those behind are left out. */
#define CS__PLACES_WORDS_MAX 32
/** Places of one word in one field of a passage that count: the first ones. */
#define CS__PLACES_MAX 64
/** Words farther apart than this are not near. */
#define CS__PLACES_WINDOW 8

/** One word at one position. */
struct cs__place {
    uint32_t position;
    uint32_t word; /**< number in the query */
};

/**
 * How near the words of a query stand in one text (query/rerank.h has the formula).
 *
 * `places` come in order of positions, `weights` by word. Time is linear in `count`.
 */
double cs__place_nearness(const struct cs__place *places, size_t count, const double *weights,
                          size_t word_count);

/**
 * The nearness of the words of `tree` in each of `passages` (ids in order): in `out`, `count` of them.
 *
 * A GROUP's variants count as what was typed; what NOT excludes does not count. Returns CS_OK, CS_ERR_NOMEM,
 * CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__places_nearness(cs_reader *reader, const struct cs__node *tree, const int64_t *passages,
                              size_t count, double *out, cs_error *error);

#endif
