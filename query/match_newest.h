/* SPDX-License-Identifier: MIT */
/* Queries without words: every passage that passes the filter and is not excluded, newest visit (else
 * publication) first; within a document in its order. */
#ifndef QUERY_MATCH_NEWEST_H
#define QUERY_MATCH_NEWEST_H

#include "query/match.h"

/**
 * The first `limit` passages, with score 0, but for those that `excluded` (NULL for none) matches.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. On any error `*out` is empty.
 */
cs_status cs__match_newest(cs_reader *reader, const struct cs__node *excluded,
                           const struct cs__filter *filter, uint32_t limit, struct cs__matches *out,
                           cs_error *error);

#endif
