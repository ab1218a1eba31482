/* SPDX-License-Identifier: MIT */
/* Writing the index of ranked words beside the texts, inside the caller's transactions. Input: passages added
 * and removed, with their tokens; output: rows of segment, segment_chunk and segment_removed. */
#ifndef INDEXER_POSTINGS_WRITE_H
#define INDEXER_POSTINGS_WRITE_H

#include <csearch/types.h>

#include <sqlite3.h>

#include "core/tokenizer.h"
#include "indexer/write.h"

struct cs__postings_writer;

/** Postings gathered in memory become a segment when they take so many bytes, or the transaction ends. */
#define CS__POSTINGS_MEMORY_DEFAULT (64u << 20)

/**
 * A writer on `db` (borrowed); `memory_bytes` 0 means the default.
 *
 * The caller owns `*out`; release it with cs__postings_writer_free(). Returns CS_OK, CS_ERR_NOMEM, or as
 * cs__store_failed().
 */
cs_status cs__postings_writer_new(sqlite3 *db, size_t memory_bytes, struct cs__postings_writer **out,
                                  cs_error *error);
void cs__postings_writer_free(struct cs__postings_writer *writer);

/**
 * How much merging a commit does. Work is counted in postings and positions copied, some 20 ns each: at most
 * about work_min + work_a_token for each token that the commit wrote, and what it takes to merge segments of
 * merged_at_once passages; the rest is left to the commits that follow.
 */
struct cs__postings_pace {
    uint64_t work_min, work_a_token;
    uint32_t merged_at_once;
};
void cs__postings_set_pace(struct cs__postings_writer *writer, const struct cs__postings_pace *pace);

/** Ids of added passages rise from one to the next, over the whole life of an index: the least that may come
 * next. Call it inside a transaction. Returns CS_OK or as cs__store_failed(). */
cs_status cs__postings_next_passage(struct cs__postings_writer *writer, int64_t *out, cs_error *error);

/**
 * Begin a passage that is added, or removed: then come the tokens of its heading and of its text, then
 * cs__postings_end(). Removing needs the same tokens as adding did.
 *
 * Returns CS_OK; CS_ERR_INTERNAL (the id is not behind the last), CS_ERR_CORRUPT (there is no such passage to
 * remove), CS_ERR_NOMEM, or as cs__store_failed().
 */
cs_status cs__postings_begin(struct cs__postings_writer *writer, enum cs__write_change change,
                             int64_t passage, cs_error *error);
void cs__postings_token(struct cs__postings_writer *writer, enum cs__write_field field,
                        const struct cs__token *token);
/** End the passage, `lengths` words long in each field. Returns CS_OK, CS_ERR_NOMEM, or as
 * cs__store_failed(). */
cs_status cs__postings_end(struct cs__postings_writer *writer, const uint32_t lengths[CS__FIELD_COUNT],
                           cs_error *error);

/** All of the above for a passage as two texts. `heading` may be NULL (no bytes). */
cs_status cs__postings_passage(struct cs__postings_writer *writer, enum cs__write_change change,
                               int64_t passage, const char *heading, size_t heading_size, const char *text,
                               size_t text_size, cs_error *error);

/** Write what is in memory, and merge segments as far as a step allows. Call it before each COMMIT. Returns
 * CS_OK, CS_ERR_NOMEM, CS_ERR_CORRUPT, or as cs__store_failed(). */
cs_status cs__postings_flush(struct cs__postings_writer *writer, cs_error *error);
/** Forget what was not flushed, and what is known of the tables. Call it behind each ROLLBACK. */
void cs__postings_rollback(struct cs__postings_writer *writer);
/** Merge all segments into one without removed passages. Returns as cs__postings_flush(). */
cs_status cs__postings_optimize(struct cs__postings_writer *writer, cs_error *error);

#endif
