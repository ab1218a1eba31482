/* SPDX-License-Identifier: MIT */
/* Rows of segment, segment_chunk and segment_removed: adding and dropping segments, marking passages. */
#ifndef INDEXER_POSTINGS_WRITE_TABLES_H
#define INDEXER_POSTINGS_WRITE_TABLES_H

#include <csearch/types.h>

#include "core/segment_store.h"
#include "core/store.h"
#include "indexer/postings_write_segment.h"

struct cs__segment_tables {
    struct cs__statements statements;
    int64_t open_segment; /**< whose chunks are being written */
};

/** Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__segment_tables_init(struct cs__segment_tables *tables, sqlite3 *db);
void cs__segment_tables_free(struct cs__segment_tables *tables);

/** What a segment's row says. */
struct cs__segment_row {
    int64_t first;
    uint32_t span, passages;
    uint64_t words;
};

/** Take a new id for a segment whose chunks go to `*sink` next. Returns CS_OK or as cs__store_failed(). */
cs_status cs__segment_tables_begin(struct cs__segment_tables *tables, struct cs__chunk_sink *sink,
                                   cs_error *error);
/** End it: its header and its row. */
cs_status cs__segment_tables_end(struct cs__segment_tables *tables, const struct cs__segment_row *row,
                                 const struct cs__buffer *header, cs_error *error);
/** Drop a segment with all that is its. */
cs_status cs__segment_tables_drop(struct cs__segment_tables *tables, int64_t segment, cs_error *error);
/** Write a page of a segment's bitmap, and its counts. */
cs_status cs__segment_tables_remove(struct cs__segment_tables *tables,
                                    const struct cs__stored_segment *stored, uint32_t page, cs_error *error);

#endif
