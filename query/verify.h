/* SPDX-License-Identifier: MIT */
/* Verify: matches by terms -> those whose text has the forms asked for (`=care`, `exploitat*`). The index
 * knows stems; the text knows the rest. */
#ifndef QUERY_VERIFY_H
#define QUERY_VERIFY_H

#include "core/arena.h"
#include "query/match.h"
#include "query/occur.h"

/** At most this many matches are looked at; with more, the total is a lower bound. */
#define CS__VERIFY_MAX 5000

/**
 * As cs__match(), for a tree with forms.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT; on any error `*out` is empty.
 */
cs_status cs__match_verified(cs_reader *reader, const struct cs__plan *plan, struct cs__matches *out,
                             cs_error *error);

#endif
