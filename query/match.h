/* SPDX-License-Identifier: MIT */
/* Match: plan -> the best passages with their scores, exact, ties broken by passage id (smaller first).
 *
 * All kinds of nodes are answered by the segments (core/segment.h), without looking at what can't be among
 * the best; the result is that of an exhaustive scorer. What matches and scores how is said in query/tree.h
 * and query/match_score.h. */
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
    uint32_t most;    /**< not 0: only passages that match as many of these children as any passage does, but
                           `most` suffice; `minimum` says how many it takes at least */
    const struct cs__filter *filter; /**< NULL: all passages */
    uint32_t limit;                  /**< best passages wanted */
    int count_all;                   /**< count every match, however many: `total` is exact */
    int text_only;                   /**< words of headings don't count */
};

/** Totals are exact up to this many matches; where there are more, those that can't be among the best need
 * not be looked at, unless the plan says `count_all`. */
#define CS__TOTAL_EXACT 1000

struct cs__match {
    int64_t passage;
    double score;
    uint32_t folded; /**< matches that only repeat this one; see fold.h */
    uint32_t more;   /**< matches of its document that were put behind others; see fold.h */
};

struct cs__matches {
    struct cs__match *items; /**< best first; owned, free with cs__matches_free() */
    size_t count;
    uint64_t total; /**< passages that match; a lower bound when total_is_bound */
    int total_is_bound;
    uint32_t minimum; /**< how many children the matches have at least, where `most` was asked for */
};

/** Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. On any error `*out` is empty. */
cs_status cs__match(cs_reader *reader, const struct cs__plan *plan, struct cs__matches *out, cs_error *error);
void cs__matches_free(struct cs__matches *matches);

/**
 * How rare each child of `bag` is, as the scores of its leaves have it: `idf[i]` for child `i`; of a GROUP or
 * a BAG, its first leaf that is rarest.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__match_idf(cs_reader *reader, const struct cs__node *bag, double *idf, cs_error *error);

/** What cs__match() keeps in a reader between queries. NULL is allowed. */
void cs__engine_free(struct cs__engine *engine);

#endif
