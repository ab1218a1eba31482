/* SPDX-License-Identifier: MIT */
/* Listing: index -> documents and visits with all that is known of them. The public lists of
 * csearch/document.h stand on these. */
#ifndef QUERY_LISTING_H
#define QUERY_LISTING_H

#include <csearch/document.h>

#include <sqlite3.h>

#include "core/arena.h"

struct cs_visits {
    struct cs__arena arena;
    cs_visit *items;
    const cs_visit **by_row; /**< by row, 0 .. row_count - 1; rows are numbered from 1 without gaps by link */
    size_t row_count;
    size_t count;
};

struct cs_documents {
    struct cs__arena arena;
    cs_document *items;
    size_t count;
};

/** As cs_visits_list(), on a connection. */
cs_status cs__visits_load(sqlite3 *db, const cs_list_options *options, cs_visits **out, cs_error *error);
/** As cs_documents_list(), on a connection. */
cs_status cs__documents_load(sqlite3 *db, const cs_list_options *options, cs_documents **out,
                             cs_error *error);
/** The visit of a row; NULL when there is none. */
const cs_visit *cs__visits_by_row(const cs_visits *visits, int64_t row);

#endif
