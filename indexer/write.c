/* SPDX-License-Identifier: MIT */
/* Write: the handle, transactions, sources, and the words of a passage to the sink. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"
#include "indexer/write_internal.h"

enum { FREE_SHARE = 20, PAGES_A_COMMIT = 256, BYTES_A_PAGE = 1024 };

sqlite3_stmt *cs__write_statement(struct cs__write *write, enum cs__write_sql which, cs_error *error)
{
    sqlite3_stmt *statement = cs__statements_get(&write->statements, which);
    if (statement == NULL)
        cs__store_failed(write->db, error);
    return statement;
}

cs_status cs__write_run(struct cs__write *write, sqlite3_stmt *statement, cs_error *error)
{
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    int status;
    do
        status = sqlite3_step(statement);
    while (status == SQLITE_ROW);
    cs_status result = status == SQLITE_DONE ? CS_OK : cs__store_failed(write->db, error);
    sqlite3_reset(statement);
    return result;
}

static cs_status run(struct cs__write *write, enum cs__write_sql which, cs_error *error)
{
    return cs__write_run(write, cs__write_statement(write, which, error), error);
}

static int tap_text(void *context)
{
    ((struct cs__write *)context)->text_words = 0;
    return 0;
}

/* Tokens that share a position are one word. */
static int tap_token(void *context, const struct cs__token *token)
{
    struct cs__write *write = context;
    write->text_words = token->position + 1;
    if (write->sink.begin == NULL)
        return 0;
    write->sink_status = write->sink.token(write->sink.context, CS__FIELD_TEXT, token);
    return write->sink_status != CS_OK;
}

cs_status cs__write_open(const char *path, unsigned busy_timeout_ms, struct cs__write **out, cs_error *error)
{
    *out = NULL;
    struct cs__write *write = calloc(1, sizeof *write);
    if (write == NULL)
        return cs__error_nomem(error);
    struct cs__token_tap tap = {tap_text, tap_token, write};
    cs_status status = cs__store_open_write(path, busy_timeout_ms, &tap, &write->db, &write->created, error);
    if (status == CS_OK) {
        write->path = strdup(path);
        if (write->path == NULL || cs__tokenizer_new(&write->tokenizer) != CS_OK ||
            cs__statements_init(&write->statements, write->db, cs__write_sql, CS__WRITE_SQL_COUNT) != CS_OK)
            status = cs__error_nomem(error);
    }
    if (status == CS_OK)
        status = cs__packing_open(write->db, &write->packing, error);
    if (status != CS_OK) {
        cs__write_close(write);
        return status;
    }
    *out = write;
    return CS_OK;
}

cs_status cs__write_open_read(const char *path, unsigned busy_timeout_ms, struct cs__write **out,
                              cs_error *error)
{
    *out = NULL;
    struct cs__write *write = calloc(1, sizeof *write);
    if (write == NULL)
        return cs__error_nomem(error);
    cs_status status = cs__store_open_read(path, busy_timeout_ms, &write->db, error);
    if (status == CS_OK &&
        cs__statements_init(&write->statements, write->db, cs__write_sql, CS__WRITE_SQL_COUNT) != CS_OK)
        status = cs__error_nomem(error);
    if (status != CS_OK) {
        cs__write_close(write);
        return status;
    }
    *out = write;
    return CS_OK;
}

void cs__write_close(struct cs__write *write)
{
    if (write == NULL)
        return;
    cs__write_rollback(write);
    cs__packing_close(write->packing);
    cs__unpacker_free(write->unpacker);
    cs__tokenizer_free(write->tokenizer);
    cs__statements_free(&write->statements);
    cs__buffer_free(&write->found_message);
    cs__buffer_free(&write->found_overrides);
    if (write->path != NULL)
        cs__store_settle(write->db);
    cs__store_close(write->db);
    if (write->created && !write->committed && write->path != NULL)
        unlink(write->path);
    free(write->path);
    free(write);
}

sqlite3 *cs__write_db(struct cs__write *write)
{
    return write->db;
}

void cs__write_set_sink(struct cs__write *write, const struct cs__token_sink *sink)
{
    write->sink = sink != NULL ? *sink : (struct cs__token_sink){0};
}

/* Ids are never used twice, so that postings may keep removed ones. */
static cs_status read_next_ids(struct cs__write *write, cs_error *error)
{
    sqlite3_stmt *statement = cs__write_statement(write, CS__WRITE_NEXT_IDS, error);
    if (statement == NULL || sqlite3_step(statement) != SQLITE_ROW)
        return cs__store_failed(write->db, error);
    write->next_passage = sqlite3_column_int64(statement, 0);
    write->next_section = sqlite3_column_int64(statement, 1);
    write->next_document = sqlite3_column_int64(statement, 2);
    sqlite3_reset(statement);
    return CS_OK;
}

cs_status cs__write_begin(struct cs__write *write, cs_error *error)
{
    if (write->in_transaction)
        return CS_OK;
    cs_status status = run(write, CS__WRITE_BEGIN, error);
    if (status != CS_OK)
        return status;
    write->in_transaction = 1;
    write->pending = 0;
    status = read_next_ids(write, error);
    if (status != CS_OK)
        cs__write_rollback(write);
    return status;
}

/* Merging leaves pages over. They are used again, but where they are more than one in FREE_SHARE some are
 * given back: as many as commits have earned by their own size, so that none takes long. */
static cs_status give_back_some(struct cs__write *write, cs_error *error)
{
    char sql[64];
    write->pages_due += PAGES_A_COMMIT + write->pending / BYTES_A_PAGE;
    sqlite3_stmt *statement = cs__write_statement(write, CS__WRITE_FREE_PAGES, error);
    if (statement == NULL || sqlite3_step(statement) != SQLITE_ROW)
        return cs__store_failed(write->db, error);
    int64_t free_pages = sqlite3_column_int64(statement, 0), pages = sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    int64_t over = free_pages - pages / FREE_SHARE;
    if (over <= 0)
        return CS_OK;
    uint64_t count = (uint64_t)over < write->pages_due ? (uint64_t)over : write->pages_due;
    write->pages_due -= count;
    snprintf(sql, sizeof sql, "PRAGMA incremental_vacuum(%llu)", (unsigned long long)count);
    return sqlite3_exec(write->db, sql, NULL, NULL, NULL) == SQLITE_OK ? CS_OK
                                                                       : cs__store_failed(write->db, error);
}

cs_status cs__write_commit(struct cs__write *write, cs_error *error)
{
    if (!write->in_transaction)
        return CS_OK;
    cs_status status = cs__packing_flush(write->packing, error);
    if (status == CS_OK)
        status = cs__write_put_meta(write, "next_passage", write->next_passage, error);
    if (status == CS_OK && write->sink.begin != NULL)
        status = write->sink.commit(write->sink.context, error);
    if (status == CS_OK)
        status = give_back_some(write, error);
    if (status == CS_OK)
        status = run(write, CS__WRITE_COMMIT, error);
    if (status != CS_OK) {
        cs__write_rollback(write);
        return status;
    }
    cs__packing_committed(write->packing);
    write->in_transaction = 0;
    write->committed = 1;
    write->pending = 0;
    return CS_OK;
}

void cs__write_rollback(struct cs__write *write)
{
    if (write == NULL || !write->in_transaction)
        return;
    for (size_t i = 0; i < write->statements.count; i++)
        sqlite3_reset(write->statements.prepared[i]);
    cs__packing_forget(write->packing);
    cs__unpacker_free(write->unpacker); /* its dictionary may be gone */
    write->unpacker = NULL;
    /* A failure may have ended it already. */
    if (!sqlite3_get_autocommit(write->db))
        sqlite3_exec(write->db, "ROLLBACK", NULL, NULL, NULL);
    if (write->sink.begin != NULL)
        write->sink.rollback(write->sink.context);
    write->in_transaction = 0;
    write->pending = 0;
}

int cs__write_is_open(const struct cs__write *write)
{
    return write != NULL && write->in_transaction;
}

/* Free pages are given back where they are more than a tenth: it rewrites the whole file. */
static cs_status give_back_pages(struct cs__write *write, cs_error *error)
{
    sqlite3_stmt *statement = cs__write_statement(write, CS__WRITE_FREE_PAGES, error);
    if (statement == NULL || sqlite3_step(statement) != SQLITE_ROW)
        return cs__store_failed(write->db, error);
    int worth_it = sqlite3_column_int64(statement, 0) * 10 > sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    if (worth_it && sqlite3_exec(write->db, "VACUUM", NULL, NULL, NULL) != SQLITE_OK)
        return cs__store_failed(write->db, error);
    return CS_OK;
}

cs_status cs__write_optimize(struct cs__write *write, cs_error *error)
{
    cs_status status = cs__write_begin(write, error);
    if (status == CS_OK)
        status = run(write, CS__WRITE_FTS_OPTIMIZE, error);
    if (status == CS_OK && write->sink.begin != NULL && write->sink.optimize != NULL)
        status = write->sink.optimize(write->sink.context, error);
    if (status == CS_OK)
        status = cs__write_commit(write, error);
    if (status == CS_OK)
        return give_back_pages(write, error);
    cs__write_rollback(write);
    return status;
}

cs_status cs__write_get_meta(struct cs__write *write, const char *key, int64_t *out, cs_error *error)
{
    sqlite3_stmt *statement = cs__write_statement(write, CS__WRITE_GET_META, error);
    *out = 0;
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
    int status = sqlite3_step(statement);
    if (status == SQLITE_ROW)
        *out = sqlite3_column_int64(statement, 0);
    cs_status result =
        status == SQLITE_ROW || status == SQLITE_DONE ? CS_OK : cs__store_failed(write->db, error);
    sqlite3_reset(statement);
    return result;
}

cs_status cs__write_put_meta(struct cs__write *write, const char *key, int64_t value, cs_error *error)
{
    sqlite3_stmt *statement = cs__write_statement(write, CS__WRITE_PUT_META, error);
    if (statement != NULL) {
        sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 2, value);
    }
    return cs__write_run(write, statement, error);
}

uint64_t cs__write_pending(const struct cs__write *write)
{
    return write->pending;
}

static const char *keep_text(struct cs__buffer *buffer, sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    cs__buffer_clear(buffer);
    if (text == NULL)
        return NULL;
    cs__buffer_string(buffer, text);
    return buffer->failed ? NULL : buffer->data;
}

/* A statement that stands on its row would keep the file's state of that moment alive: it is reset at once.
 */
static void read_row(struct cs__write *write, sqlite3_stmt *statement, struct cs__source_row *out)
{
    out->id = sqlite3_column_int64(statement, 0);
    out->size = sqlite3_column_int64(statement, 1);
    out->mtime_ns = sqlite3_column_int64(statement, 2);
    const void *sha256 = sqlite3_column_blob(statement, 3);
    out->has_sha256 = sha256 != NULL && sqlite3_column_bytes(statement, 3) == (int)sizeof out->sha256;
    if (out->has_sha256)
        memcpy(out->sha256, sha256, sizeof out->sha256);
    const char *outcome = (const char *)sqlite3_column_text(statement, 4);
    out->failed = outcome == NULL || strcmp(outcome, "ok") != 0;
    out->message = keep_text(&write->found_message, statement, 5);
    out->overrides = keep_text(&write->found_overrides, statement, 6);
}

cs_status cs__write_find_source(struct cs__write *write, const char *path, struct cs__source_row *out,
                                cs_error *error)
{
    sqlite3_stmt *statement = cs__write_statement(write, CS__WRITE_FIND_SOURCE, error);
    *out = (struct cs__source_row){.path = path};
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
    int status = sqlite3_step(statement);
    if (status == SQLITE_ROW)
        read_row(write, statement, out);
    cs_status result = status == SQLITE_ROW    ? CS_OK
                       : status == SQLITE_DONE ? CS_ERR_NOT_FOUND
                                               : cs__store_failed(write->db, error);
    sqlite3_reset(statement);
    return result;
}

cs_status cs__write_put_source(struct cs__write *write, struct cs__source_row *row, cs_error *error)
{
    sqlite3_stmt *statement =
        cs__write_statement(write, row->id != 0 ? CS__WRITE_CHANGE_SOURCE : CS__WRITE_PUT_SOURCE, error);
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_text(statement, 1, row->path, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, row->size);
    sqlite3_bind_int64(statement, 3, row->mtime_ns);
    if (row->has_sha256)
        sqlite3_bind_blob(statement, 4, row->sha256, sizeof row->sha256, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, row->failed ? "failed" : "ok", -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 6, row->message, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 7, row->overrides, -1, SQLITE_STATIC);
    if (row->id != 0)
        sqlite3_bind_int64(statement, 8, row->id);
    cs_status status = cs__write_run(write, statement, error);
    if (status == CS_OK && row->id == 0)
        row->id = sqlite3_last_insert_rowid(write->db);
    return status;
}

static cs_status give_heading(struct cs__write *write, const char *heading, uint32_t *words)
{
    struct cs__token token;
    cs_status status = CS_OK;
    *words = 0;
    if (heading == NULL)
        return CS_OK;
    cs__tokenizer_start(write->tokenizer, heading, strlen(heading), CS__TOKENIZE_STEM);
    while (status == CS_OK && cs__tokenizer_next(write->tokenizer, &token)) {
        status = write->sink.token(write->sink.context, CS__FIELD_HEADING, &token);
        *words = token.position + 1;
    }
    return status;
}

static cs_status refused(cs_status status, cs_error *error)
{
    return cs__error_set(error, status, "the words of a passage can't be kept: %s", cs_status_name(status));
}

/* FTS5 cuts the text into words, and the tap hands them on. */
static cs_status give_text(struct cs__write *write, enum cs__write_change change, int64_t passage,
                           const char *text, size_t size, cs_error *error)
{
    sqlite3_stmt *statement =
        cs__write_statement(write, change == CS__WRITE_ADD ? CS__WRITE_FTS : CS__WRITE_FTS_DELETE, error);
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    write->sink_status = CS_OK;
    sqlite3_bind_int64(statement, 1, passage);
    sqlite3_bind_text(statement, 2, text, (int)size, SQLITE_STATIC);
    cs_status status = cs__write_run(write, statement, error);
    return write->sink_status != CS_OK ? refused(write->sink_status, error) : status;
}

cs_status cs__write_passage_words(struct cs__write *write, enum cs__write_change change, int64_t passage,
                                  const char *heading, const char *text, size_t size, cs_error *error)
{
    int has_sink = write->sink.begin != NULL;
    uint32_t lengths[CS__FIELD_COUNT] = {0, 0};
    cs_status status = CS_OK;
    if (has_sink)
        status = write->sink.begin(write->sink.context, change, passage, error);
    if (has_sink && status == CS_OK) {
        status = give_heading(write, heading, &lengths[CS__FIELD_HEADING]);
        if (status != CS_OK)
            return refused(status, error);
    }
    if (status == CS_OK)
        status = give_text(write, change, passage, text, size, error);
    lengths[CS__FIELD_TEXT] = write->text_words;
    if (has_sink && status == CS_OK)
        status = write->sink.end(write->sink.context, lengths, error);
    if (status == CS_OK)
        status = cs__write_short_forms(write, change, text, size, error);
    return status;
}
