/* SPDX-License-Identifier: MIT */
/* Match: plan -> the best passages with their scores, exact, ties broken by passage id (smaller first).
 *
 * Bags of words are answered by the own postings, all else by FTS5 with the own scorer; both give what an
 * exhaustive scorer would. What matches and scores how is said in query/tree.h. */
#ifndef QUERY_MATCH_H
#define QUERY_MATCH_H

#include <csearch/types.h>

#include "query/filter.h"
#include "query/tree.h"

struct cs__engine;

struct cs__plan {
    const struct cs__node *tree; /**< NULL: everything that passes the filter, newest first */
    cs_match_mode match;         /**< for BAG nodes: ALL or ANY (AUTO is resolved by the caller, who asks
                                      again) */
    uint32_t minimum; /**< for a BAG at the root (or a child of an AND there) under ANY: how many of
                           its children must match; 0 means 1 */
    const struct cs__filter *filter; /**< NULL: all passages */
    uint32_t limit;                  /**< best passages wanted */
};

struct cs__match {
    int64_t passage;
    double score;
};

struct cs__matches {
    struct cs__match *items; /**< best first; owned, free with cs__matches_free() */
    size_t count;
    uint64_t total; /**< passages that match; a lower bound when total_is_bound */
    int total_is_bound;
};

/** Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. On any error `*out` is empty. */
cs_status cs__match(cs_reader *reader, const struct cs__plan *plan, struct cs__matches *out, cs_error *error);
void cs__matches_free(struct cs__matches *matches);

/** As cs__match(), by FTS5 alone, every match scored: the reference that tests hold cs__match() against. */
cs_status cs__match_exhaustive(cs_reader *reader, const struct cs__plan *plan, struct cs__matches *out,
                               cs_error *error);

/** What cs__match() keeps in a reader between queries. NULL is allowed. */
void cs__engine_free(struct cs__engine *engine);

#endif
