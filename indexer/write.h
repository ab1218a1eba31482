/* SPDX-License-Identifier: MIT */
/* Write: described documents and their passages -> rows, FTS5, packs and postings of an index file, in
 * transactions of whole documents.
 *
 * Text is cut into words once: FTS5 does it, and what it sees is handed on to the token sink, which keeps the
 * own postings in the same transaction. */
#ifndef INDEXER_WRITE_H
#define INDEXER_WRITE_H

#include <csearch/types.h>

#include <sqlite3.h>

#include "core/tokenizer.h"
#include "indexer/describe.h"
#include "indexer/split.h"
#include "indexer/text.h"

/** What of a passage is searched: the heading it stands under, and its text. */
enum cs__write_field { CS__FIELD_HEADING = 0, CS__FIELD_TEXT, CS__FIELD_COUNT };

/** What happens to a passage. */
enum cs__write_change { CS__WRITE_ADD = 1, CS__WRITE_REMOVE };

/**
 * Sees every searchable passage that comes or goes, word by word; whoever keeps postings gives one to
 * cs__write_set_sink().
 *
 * For each passage: begin(), then token() for the words of the heading, then of the text, then end().
 * Passages that are added come with rising ids, higher than any before, also than those removed; a passage
 * that is removed comes with the same words as when it was added. All is called inside the write transaction,
 * from the writer's thread. A status other than CS_OK ends the transaction with a rollback.
 */
struct cs__token_sink {
    void *context;
    cs_status (*begin)(void *context, enum cs__write_change change, int64_t passage, cs_error *error);
    /** `token->position` counts from 0 in each field; two tokens may share one. The token is borrowed. */
    cs_status (*token)(void *context, enum cs__write_field field, const struct cs__token *token);
    /** `lengths`: words a field, tokens that share a position counted once. */
    cs_status (*end)(void *context, const uint32_t lengths[CS__FIELD_COUNT], cs_error *error);
    /** Just before COMMIT: put down in `db` what is still in memory. On failure everything is rolled back. */
    cs_status (*commit)(void *context, cs_error *error);
    /** Merge what is kept in many parts, inside a transaction that commit() ends; may be NULL. */
    cs_status (*optimize)(void *context, cs_error *error);
    /** After ROLLBACK: forget all since the last commit. */
    void (*rollback)(void *context);
};

struct cs__write;

/**
 * Open the index at `path` for writing, and create it if there is none; the caller holds the write lock.
 *
 * The caller owns `*out`; release it with cs__write_close(). Returns as cs__store_open_write().
 */
cs_status cs__write_open(const char *path, unsigned busy_timeout_ms, struct cs__write **out, cs_error *error);
/** Open an index to look at only: cs__write_find_source() alone is allowed. Returns as cs__store_open_read().
 */
cs_status cs__write_open_read(const char *path, unsigned busy_timeout_ms, struct cs__write **out,
                              cs_error *error);
/** Roll back what is not committed, and settle and close the file; an index that was created and never
 * committed to is removed. NULL is allowed. */
void cs__write_close(struct cs__write *write);
/** The connection; borrowed. */
sqlite3 *cs__write_db(struct cs__write *write);
/** `sink` is copied (NULL for none any more); its context stays the caller's. */
void cs__write_set_sink(struct cs__write *write, const struct cs__token_sink *sink);

/** Begin a transaction, unless one is open. Returns CS_OK, or as cs__store_failed(). */
cs_status cs__write_begin(struct cs__write *write, cs_error *error);
/** End it, if one is open: all since cs__write_begin() is in the index, or on failure none. Returns CS_OK, or
 * as cs__store_failed(). */
cs_status cs__write_commit(struct cs__write *write, cs_error *error);
void cs__write_rollback(struct cs__write *write);
/** Whether a transaction is open. */
int cs__write_is_open(const struct cs__write *write);
/** Merge FTS5 and the sink's parts, and give back free space. No transaction may be open. Returns CS_OK, or
 * as cs__store_failed(). */
cs_status cs__write_optimize(struct cs__write *write, cs_error *error);
/** A number in `meta`; 0 where there is none. Return CS_OK, or as cs__store_failed(). */
cs_status cs__write_get_meta(struct cs__write *write, const char *key, int64_t *out, cs_error *error);
cs_status cs__write_put_meta(struct cs__write *write, const char *key, int64_t value, cs_error *error);
/** Bytes of text that the open transaction has added so far. */
uint64_t cs__write_pending(const struct cs__write *write);

/** A row of `source`. Strings that were read are borrowed until the next cs__write_find_source(). */
struct cs__source_row {
    int64_t id; /**< 0: a new one */
    const char *path;
    int64_t size; /**< CS__SIZE_UNKNOWN: to be read again at the next run whatever it says */
    int64_t mtime_ns;
    uint8_t sha256[32];
    int has_sha256;
    int failed;
    const char *message;   /**< NULL for none */
    const char *overrides; /**< a digest; NULL for none */
};
#define CS__SIZE_UNKNOWN (-1)

/** Find a source by its path. Returns CS_OK, CS_ERR_NOT_FOUND (without a sentence), or as cs__store_failed().
 */
cs_status cs__write_find_source(struct cs__write *write, const char *path, struct cs__source_row *out,
                                cs_error *error);
/** Insert or change a source; sets `row->id`. Returns CS_OK, or as cs__store_failed(). */
cs_status cs__write_put_source(struct cs__write *write, struct cs__source_row *row, cs_error *error);
/** Remove the documents of a source. Returns CS_OK, CS_ERR_CORRUPT, or as cs__store_failed(). */
cs_status cs__write_empty_source(struct cs__write *write, int64_t source, cs_error *error);
/** Remove a source with its documents. Returns as cs__write_empty_source(). */
cs_status cs__write_remove_source(struct cs__write *write, int64_t source, cs_error *error);

/**
 * Add a document to a source. Returns CS_OK, CS_ERR_NOMEM, or as cs__store_failed(); on an error the
 * transaction must be rolled back.
 */
cs_status cs__write_document(struct cs__write *write, int64_t source, const struct cs__text *text,
                             const struct cs__described *described, const struct cs__passages *passages,
                             cs_error *error);
/** The source's documents are all there: the next one's share no pack with them. Returns CS_OK or
 * CS_ERR_NOMEM. */
cs_status cs__write_end_source(struct cs__write *write, cs_error *error);

#endif
