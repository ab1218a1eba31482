/* SPDX-License-Identifier: MIT */
/* Sort: matches by the date of their visit (else of publication), newest first. */
#ifndef QUERY_SORT_H
#define QUERY_SORT_H

#include "query/match.h"

/** Those of one date stay in their order; those of unknown date come last. Returns CS_OK, CS_ERR_NOMEM,
 * CS_ERR_IO, CS_ERR_CORRUPT. */
cs_status cs__sort_by_date(cs_reader *reader, struct cs__matches *matches, cs_error *error);

#endif
