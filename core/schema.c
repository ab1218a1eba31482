/* SPDX-License-Identifier: MIT */
/* Schema: creating and recognising an index. The tables themselves stand in schema.sql. */
#include "core/schema.h"

#include <stdio.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/store.h"
#include "core/tokenizer.h"

static const char *const schema_lines[] = {
#include "core/schema_sql.h"
};

static cs_status run(sqlite3 *db, const char *sql, cs_error *error)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? CS_OK : cs__store_failed(db, error);
}

static cs_status create_tables(sqlite3 *db, cs_error *error)
{
    struct cs__buffer sql = {0};
    for (size_t i = 0; i < sizeof schema_lines / sizeof schema_lines[0]; i++)
        cs__buffer_string(&sql, schema_lines[i]);
    cs_status status = sql.failed ? cs__error_nomem(error) : run(db, sql.data, error);
    cs__buffer_free(&sql);
    return status;
}

/* A random UUID (RFC 9562, version 4). */
static cs_status make_identity(char out[37], cs_error *error)
{
    unsigned char bytes[16];
    if (getentropy(bytes, sizeof bytes) != 0)
        return cs__error_set(error, CS_ERR_IO, "the system gives no random bytes");
    bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
    size_t at = 0;
    for (size_t i = 0; i < sizeof bytes; i++) {
        int dash = i == 4 || i == 6 || i == 8 || i == 10;
        at += (size_t)snprintf(out + at, 37 - at, "%s%02x", dash ? "-" : "", bytes[i]);
    }
    return CS_OK;
}

static cs_status fill_meta(sqlite3 *db, cs_error *error)
{
    char identity[37], sql[512];
    cs_status status = make_identity(identity, error);
    if (status != CS_OK)
        return status;
    snprintf(sql, sizeof sql,
             "INSERT INTO meta(key, value) VALUES ('identity', '%s'), ('tokenizer_version', %d),"
             " ('created', strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', 'now'));"
             "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             identity, CS__TOKENIZER_VERSION, CS__APPLICATION_ID, CS__SCHEMA_VERSION);
    return run(db, sql, error);
}

cs_status cs__schema_create(sqlite3 *db, cs_error *error)
{
    cs_status status = run(db, "BEGIN IMMEDIATE", error);
    if (status != CS_OK)
        return status;
    status = create_tables(db, error);
    if (status == CS_OK)
        status = fill_meta(db, error);
    if (status == CS_OK)
        status = run(db, "COMMIT", error);
    if (status != CS_OK)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* The first column of the first row; `otherwise` when there is none. */
static cs_status read_number(sqlite3 *db, const char *sql, int otherwise, int *out, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    *out = otherwise;
    int status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (status == SQLITE_OK)
        status = sqlite3_step(statement);
    if (status == SQLITE_ROW)
        *out = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return status == SQLITE_ROW || status == SQLITE_DONE ? CS_OK : cs__store_failed(db, error);
}

static cs_status check_versions(const char *path, int application, int schema, int tokenizer, cs_error *error)
{
    if (application != CS__APPLICATION_ID)
        return cs__error_set(error, CS_ERR_FORMAT, "%s is a SQLite database but not a cs-search index", path);
    if (schema != CS__SCHEMA_VERSION)
        return cs__error_set(error, CS_ERR_FORMAT,
                             "%s was made by %s version of cs-search (schema %d; this program reads %d): %s",
                             path, schema > CS__SCHEMA_VERSION ? "a newer" : "an older", schema,
                             CS__SCHEMA_VERSION,
                             schema > CS__SCHEMA_VERSION ? "use that version, or index into a new file"
                                                         : "index the documents again into a new file");
    if (tokenizer != CS__TOKENIZER_VERSION)
        return cs__error_set(
            error, CS_ERR_FORMAT,
            "%s was made with another definition of a word (tokenizer %d; this program has %d): "
            "index the documents again into a new file",
            path, tokenizer, CS__TOKENIZER_VERSION);
    return CS_OK;
}

cs_status cs__schema_check(sqlite3 *db, const char *path, int *is_empty, cs_error *error)
{
    static const char tokenizer_sql[] = "SELECT value FROM meta WHERE key = 'tokenizer_version'";
    int application = 0, schema = 0, tables = 0, tokenizer = 0;
    cs_status status = read_number(db, "PRAGMA application_id", 0, &application, error);
    if (status == CS_OK)
        status = read_number(db, "PRAGMA user_version", 0, &schema, error);
    if (status == CS_OK)
        status = read_number(db, "SELECT count(*) FROM sqlite_schema", 0, &tables, error);
    *is_empty = status == CS_OK && tables == 0 && application == 0;
    if (status != CS_OK || *is_empty)
        return status;
    if (application == CS__APPLICATION_ID && schema == CS__SCHEMA_VERSION)
        status = read_number(db, tokenizer_sql, -1, &tokenizer, error);
    return status != CS_OK ? status : check_versions(path, application, schema, tokenizer, error);
}
