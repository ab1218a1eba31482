/* SPDX-License-Identifier: MIT */
/* Rows of segment, segment_chunk, segment_removed, segment_merge and segment_dropped: adding and dropping
 * segments, marking passages, keeping a merge from one commit to the next. */
#ifndef INDEXER_POSTINGS_WRITE_TABLES_H
#define INDEXER_POSTINGS_WRITE_TABLES_H

#include <csearch/types.h>

#include "core/segment_store.h"
#include "core/store.h"
#include "indexer/postings_write_segment.h"

struct cs__segment_tables {
    struct cs__statements statements;
    int64_t open_segment; /**< whose chunks are being written */
    int in_transaction;   /**< a flush began in one, and must not write on where SQLite ended it */
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
/** That id will not be given again, also where the segment has no row for a while. */
cs_status cs__segment_tables_keep_id(struct cs__segment_tables *tables, int64_t *out, cs_error *error);
/** End it: its header and its row. */
cs_status cs__segment_tables_end(struct cs__segment_tables *tables, const struct cs__segment_row *row,
                                 const struct cs__buffer *header, cs_error *error);
/** Drop a segment; its chunks go by cs__segment_tables_sweep(). */
cs_status cs__segment_tables_drop(struct cs__segment_tables *tables, int64_t segment, cs_error *error);
/** Delete at most `limit` chunks of dropped segments. */
cs_status cs__segment_tables_sweep(struct cs__segment_tables *tables, uint32_t limit, cs_error *error);

/** Passages removed from a segment, and their words as length codes say. */
struct cs__removed_counts {
    uint32_t passages;
    uint64_t words;
};
/** Write a page of a segment's bitmap of removed passages (CS__REMOVED_PAGE bits), and its counts. */
cs_status cs__segment_tables_remove(struct cs__segment_tables *tables, int64_t segment, uint32_t page,
                                    const unsigned char *bits, const struct cs__removed_counts *counts,
                                    cs_error *error);

/** A merge under way, as its row says. */
struct cs__merge_row {
    int64_t segment;     /**< the one to be; 0: no merge is under way */
    int64_t first_input; /**< id of the oldest of its inputs */
    uint32_t inputs;     /**< how many, next to each other */
    struct cs__segment_row result;
    struct cs__builder_mark mark;
    uint32_t pieces; /**< of the dictionary's index so far, each a chunk below the header's number */
    char term[256];  /**< the last one copied */
    uint32_t term_size;
};

/** Read the merge that is under way. */
cs_status cs__merge_row_read(struct cs__segment_tables *tables, struct cs__merge_row *out, cs_error *error);
/** Keep `row`, with a further piece of the dictionary's index. */
cs_status cs__merge_row_write(struct cs__segment_tables *tables, struct cs__merge_row *row,
                              const struct cs__buffer *piece, cs_error *error);
/** Forget the row, and the pieces. The chunks stay. */
cs_status cs__merge_row_delete(struct cs__segment_tables *tables, const struct cs__merge_row *row,
                               cs_error *error);
/** Chunks of the segment of `row` go to `*sink` next. */
void cs__merge_row_resume(struct cs__segment_tables *tables, const struct cs__merge_row *row,
                          struct cs__chunk_sink *sink);
/** The chunk number of a piece. */
static inline uint32_t cs__merge_piece(uint32_t piece)
{
    return CS__CHUNK_HEADER - 1 - piece;
}

#endif
