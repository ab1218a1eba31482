/* SPDX-License-Identifier: MIT */
/* Fold: matches that only repeat another match go under it. Input and output: matches, best first. */
#ifndef QUERY_FOLD_H
#define QUERY_FOLD_H

#include <csearch/query.h>

#include "query/match.h"

/** How many more matches than wanted to ask for, so that enough are left when echoes are folded. */
#define CS__FOLD_MARGIN 40

/** Whether the index has any echo at all. */
int cs__fold_has_echoes(cs_reader *reader);

/**
 * Take out each match that is the echo of another match, and count it in that one's `folded`; an echo whose
 * source does not match stays.
 *
 * `matches->total` still counts all. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO.
 */
cs_status cs__fold_echoes(cs_reader *reader, struct cs__matches *matches, cs_error *error);

#endif
