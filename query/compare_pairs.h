/* SPDX-License-Identifier: MIT */
/* Pairs: the passages of two visits -> counterparts, by the words that they share. */
#ifndef QUERY_COMPARE_PAIRS_H
#define QUERY_COMPARE_PAIRS_H

#include "core/arena.h"
#include "query/compare_words.h"

#define CS__NO_COUNTERPART SIZE_MAX

/** A passage of the first and its counterpart of the second, as indices; one of them may be none. */
struct cs__pair {
    size_t before, after;
    double similarity; /**< 0 .. 1 */
};

struct cs__pairs {
    struct cs__pair *items; /**< in the order of the second visit; those missing there behind, in order */
    size_t count;
};

/**
 * Match each passage to the one of the other visit that is most like it: the cosine of their words and of
 * words next to each other, weighed by how rare they are in both visits together; less for sections on
 * different areas. Best pairs first, each passage once, none below `least`.
 *
 * Everything lives in `arena`. Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__pairs_match(const struct cs__told told[2], double least, struct cs__arena *arena,
                          struct cs__pairs *out);

#endif
