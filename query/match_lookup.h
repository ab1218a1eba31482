/* SPDX-License-Identifier: MIT */
/* Lookup: the terms of a query's leaves -> their lists in every segment, and how many passages have them. */
#ifndef QUERY_MATCH_LOOKUP_H
#define QUERY_MATCH_LOOKUP_H

#include "core/segment_store.h"
#include "query/match_score.h"
#include "query/tree.h"

/** The lists of one term, or of all that begin with it, in one segment. */
struct cs__lookup_lists {
    const struct cs__list **text, **heading;
    size_t text_count, heading_count;
};

struct cs__lookup_term {
    const char *term;
    int is_prefix;
    uint64_t count; /**< passages that have it in the field where more have it (a prefix: summed over its
                         terms, so that it is an upper bound) */
    struct cs__lookup_lists *segments; /**< by number of the segment */
};

struct cs__lookup {
    struct cs__lookup_term *terms; /**< in order, each once */
    size_t count;
};

/**
 * Look up all terms of the leaves of `tree`. `out` borrows from `arena`.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__lookup_tree(const struct cs__node *tree, struct cs__segments *segments, struct cs__arena *arena,
                          struct cs__lookup *out);

/** The entry of a leaf's term number `i`. */
const struct cs__lookup_term *cs__lookup_term(const struct cs__lookup *lookup, const struct cs__node *leaf,
                                              size_t i);

/** The idf of a leaf: a phrase is as rare as its rarest term. */
double cs__lookup_idf(const struct cs__lookup *lookup, const struct cs__score_model *model,
                      const struct cs__node *leaf);

#endif
