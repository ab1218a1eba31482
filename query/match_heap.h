/* SPDX-License-Identifier: MIT */
/* The best matches so far, in a heap with the worst on top. */
#ifndef QUERY_MATCH_HEAP_H
#define QUERY_MATCH_HEAP_H

#include "query/match.h"

/** Fill in `limit`; the rest zero. `items` is owned: free() it, or take it over. */
struct cs__match_heap {
    struct cs__match *items;
    size_t count, capacity, limit;
};

/** Offer a match; it is kept if it is among the best `limit` so far. Of equal scores the smaller passage is
 * better. Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__match_heap_offer(struct cs__match_heap *heap, struct cs__match match);
/** Scores up to this will not be kept, of passages behind those offered; 0 while there is room. */
double cs__match_heap_least(const struct cs__match_heap *heap);
/** Put `items` in order, best first; it is no heap after that. */
void cs__match_heap_sort(struct cs__match_heap *heap);

#endif
