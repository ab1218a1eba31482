/* SPDX-License-Identifier: MIT */
/* Visits by name: what a person types -> the visit that is meant. */
#ifndef QUERY_VISIT_NAMED_H
#define QUERY_VISIT_NAMED_H

#include <csearch/types.h>

#include "core/arena.h"
#include "query/reader.h"

/** A row of `visit`. */
struct cs__visit_row {
    int64_t id;
    const char *name, *authority; /**< NULL for none */
    cs_date date;
};

/**
 * The visits that two names mean. Each is an id, the beginning of one, or authority and date, or one of them;
 * a name that may mean several means the one to the authority that is asked for (NULL for none), or to that
 * of the other name.
 *
 * `out` borrows from `arena`. Returns CS_OK, CS_ERR_NOT_FOUND (the message says which are near),
 * CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__visits_named(cs_reader *reader, const char *const names[2], const char *authority,
                           struct cs__arena *arena, struct cs__visit_row out[2], cs_error *error);

#endif
