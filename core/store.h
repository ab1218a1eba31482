/* SPDX-License-Identifier: MIT */
/* Store: an index file as a database connection, opened and checked in one place for both programs. Input: a
 * path; output: a connection with the tokenizer registered and the pragmas set.
 *
 * A writer works in WAL mode, so that readers go on beside it, and leaves the file in rollback mode when it
 * closes and nobody reads: such a file can be read on a read-only medium as it is. One that a killed writer
 * or a busy reader left in WAL mode is read as immutable where its folder can't be written and no WAL is
 * beside it. */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include <csearch/types.h>

#include <sqlite3.h>

#include "core/pack.h"
#include "core/tokenizer.h"

/**
 * Open an index for reading; file, folder or medium may be read-only. `busy_timeout_ms` 0 means 5000.
 *
 * The caller owns `*out`; release it with cs__store_close(). Returns CS_OK; CS_ERR_NOT_FOUND, CS_ERR_FORMAT,
 * CS_ERR_IO, CS_ERR_CORRUPT, CS_ERR_NOMEM, CS_ERR_BUSY, each with a sentence that names `path`.
 */
cs_status cs__store_open_read(const char *path, unsigned busy_timeout_ms, sqlite3 **out, cs_error *error);

/**
 * Open an index of `size` bytes in memory for reading; they are borrowed until cs__store_close() and not
 * written.
 *
 * The caller owns `*out`. Returns CS_OK, CS_ERR_FORMAT, CS_ERR_CORRUPT, CS_ERR_NOMEM.
 */
cs_status cs__store_open_memory(const void *bytes, size_t size, sqlite3 **out, cs_error *error);

/**
 * Open an index for writing, and create it where there is no file, or an empty one.
 *
 * `tap` sees the tokens of what is inserted; NULL for none. `*created` tells whether it was made. It does not
 * take the write lock: see store_lock.h. Returns as cs__store_open_read(), and CS_ERR_READ_ONLY, CS_ERR_FULL;
 * not CS_ERR_NOT_FOUND.
 */
cs_status cs__store_open_write(const char *path, unsigned busy_timeout_ms, const struct cs__token_tap *tap,
                               sqlite3 **out, int *created, cs_error *error);

/** What is wrong with `path` as an index, as far as the file system tells: CS_OK, CS_ERR_ARGUMENT,
 * CS_ERR_FORMAT, CS_ERR_IO; for reading CS_ERR_NOT_FOUND, for writing CS_ERR_READ_ONLY. */
cs_status cs__store_check_path(const char *path, int writing, cs_error *error);

/** Close; all statements must have been finalized. NULL is allowed. */
void cs__store_close(sqlite3 *db);

/** Bring a writer's file back to rollback mode, all in one file. Where readers are busy it stays in WAL mode:
 * no error. */
void cs__store_settle(sqlite3 *db);

/**
 * Set `error` from the connection's last failure, naming its file: CS_ERR_NOMEM, CS_ERR_FULL, CS_ERR_BUSY,
 * CS_ERR_READ_ONLY, CS_ERR_CORRUPT, CS_ERR_CANCELLED (interrupted), else CS_ERR_IO. Returns the status; never
 * CS_OK.
 */
cs_status cs__store_failed(sqlite3 *db, cs_error *error);

/** An unpacker with the index's dictionary. The caller owns `*out`. Returns CS_OK, or as cs__store_failed().
 */
cs_status cs__store_unpacker(sqlite3 *db, struct cs__unpacker **out, cs_error *error);

/** Statements of one module, prepared when first used. Fill in `sql` (one text a number, static) and `db`. */
struct cs__statements {
    sqlite3 *db;
    const char *const *sql;
    sqlite3_stmt **prepared; /**< owned; free with cs__statements_free() */
    size_t count;
};

/** Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__statements_init(struct cs__statements *statements, sqlite3 *db, const char *const *sql,
                              size_t count);
/** Statement `which`, reset and without bindings; NULL when it can't be prepared (see cs__store_failed()). */
sqlite3_stmt *cs__statements_get(struct cs__statements *statements, size_t which);
/** Finalize all. A zeroed struct is allowed. */
void cs__statements_free(struct cs__statements *statements);

#endif
