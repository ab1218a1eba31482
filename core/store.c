/* SPDX-License-Identifier: MIT */
/* Store: opening an index file, for reading or writing. */
#include "core/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/schema.h"

enum { DEFAULT_BUSY_TIMEOUT_MS = 5000 };

#define MEMORY "in memory"

/* The write cache holds what a batch touches again and again. */
#define READ_PRAGMAS "PRAGMA query_only = 1; PRAGMA cell_size_check = 1;"
#define WRITE_PRAGMAS                                                                                        \
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768;"                    \
    "PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = 67108864;"

/* For messages; memory has no name. */
static const char *name_of(sqlite3 *db)
{
    const char *path = sqlite3_db_filename(db, "main");
    return path != NULL && path[0] != '\0' ? path : MEMORY;
}

static cs_status full(sqlite3 *db, cs_error *error)
{
    return cs__error_set(error, CS_ERR_FULL,
                         "no space is left for the index %s: what was written before stays whole",
                         name_of(db));
}

cs_status cs__store_failed(sqlite3 *db, cs_error *error)
{
    const char *path = name_of(db), *why = sqlite3_errmsg(db);
    int system_error = sqlite3_system_errno(db);
    switch (sqlite3_errcode(db) & 0xFF) {
    case SQLITE_NOMEM:
        return cs__error_nomem(error);
    case SQLITE_FULL:
        return full(db, error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return cs__error_set(error, CS_ERR_BUSY, "the index %s is in use by another program: try again later",
                             path);
    case SQLITE_READONLY:
        return cs__error_set(error, CS_ERR_READ_ONLY, "the index %s can't be written: %s", path, why);
    case SQLITE_INTERRUPT:
        return cs__error_set(error, CS_ERR_CANCELLED, "stopped");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return cs__error_set(error, CS_ERR_CORRUPT,
                             "the index %s is damaged (%s): `cs-index --verify` tells more", path, why);
    case SQLITE_IOERR:
        if (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG)
            return full(db, error);
        break;
    default:
        break;
    }
    return cs__error_set(error, CS_ERR_IO, "the index %s can't be used: %s%s%s", path, why,
                         system_error ? ": " : "", system_error ? strerror(system_error) : "");
}

/* A path as a file: URI, https://sqlite.org/uri.html; so no path means anything special to SQLite. */
static void append_uri(struct cs__buffer *uri, const char *path, const char *parameters)
{
    cs__buffer_string(uri, path[0] == '/' ? "file:" : "file:./");
    for (; *path != '\0'; path++) {
        if (strchr("%?#", *path) != NULL)
            cs__buffer_printf(uri, "%%%02X", (unsigned char)*path);
        else
            cs__buffer_char(uri, *path);
    }
    cs__buffer_string(uri, parameters);
}

/* On CS_OK `*out` is set; on an error it may be, for its message, and is to be closed. */
static cs_status open_database(const char *path, int flags, const char *parameters, sqlite3 **out,
                               cs_error *error)
{
    struct cs__buffer uri = {0};
    append_uri(&uri, path, parameters);
    int status = uri.failed
                     ? SQLITE_NOMEM
                     : sqlite3_open_v2(uri.data, out, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    cs__buffer_free(&uri);
    if (status == SQLITE_OK)
        return CS_OK;
    if (status == SQLITE_NOMEM || *out == NULL)
        return cs__error_nomem(error);
    int why = sqlite3_system_errno(*out);
    return cs__error_set(error, CS_ERR_IO, "the index %s can't be opened: %s", path,
                         why ? strerror(why) : sqlite3_errmsg(*out));
}

static cs_status run(sqlite3 *db, const char *sql, cs_error *error)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? CS_OK : cs__store_failed(db, error);
}

/* What SQLite would report less clearly, or only later. */
cs_status cs__store_check_path(const char *path, int writing, cs_error *error)
{
    struct stat about;
    if (path == NULL || path[0] == '\0')
        return cs__error_set(error, CS_ERR_ARGUMENT, "the path of the index is empty");
    if (stat(path, &about) != 0) {
        if (errno != ENOENT)
            return cs__error_set(error, CS_ERR_IO, "the index %s can't be opened: %s", path, strerror(errno));
        return writing ? CS_OK
                       : cs__error_set(error, CS_ERR_NOT_FOUND,
                                       "there is no index at %s: make one with `cs-index -d %s PATH...`",
                                       path, path);
    }
    if (S_ISDIR(about.st_mode))
        return cs__error_set(error, CS_ERR_FORMAT, "%s is a folder, not a cs-search index: name a file",
                             path);
    if (!S_ISREG(about.st_mode))
        return cs__error_set(error, CS_ERR_FORMAT, "%s is not a regular file, so no cs-search index", path);
    if (access(path, R_OK) != 0)
        return cs__error_set(error, CS_ERR_IO, "the index %s can't be read: %s", path, strerror(errno));
    if (writing && access(path, W_OK) != 0)
        return cs__error_set(error, CS_ERR_READ_ONLY, "the index %s can't be written: %s", path,
                             strerror(errno));
    if (!writing && about.st_size == 0)
        return cs__error_set(error, CS_ERR_FORMAT, "%s is an empty file, not a cs-search index", path);
    return CS_OK;
}

/* Both kinds of connection: the tokenizer, the pragmas, and whether this is an index at all. */
static cs_status set_up(sqlite3 *db, const char *path, unsigned busy_timeout_ms, const char *pragmas,
                        const struct cs__token_tap *tap, int *is_empty, cs_error *error)
{
    sqlite3_busy_timeout(db, busy_timeout_ms ? (int)busy_timeout_ms : DEFAULT_BUSY_TIMEOUT_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    cs_status status = cs__tokenizer_register(db, tap, error);
    if (status == CS_OK)
        status = cs__schema_check(db, path, is_empty, error);
    if (status == CS_ERR_CORRUPT && sqlite3_errcode(db) == SQLITE_NOTADB)
        return cs__error_set(error, CS_ERR_FORMAT, "%s is not a cs-search index (nor any SQLite database)",
                             path);
    return status == CS_OK ? run(db, pragmas, error) : status;
}

static int beside_holds_something(const char *path, const char *ending)
{
    struct cs__buffer name = {0};
    struct stat about;
    cs__buffer_printf(&name, "%s%s", path, ending);
    int holds = name.failed || (stat(name.data, &about) == 0 && about.st_size > 0);
    cs__buffer_free(&name);
    return holds;
}

static cs_status open_read(const char *path, unsigned busy_timeout_ms, const char *parameters, sqlite3 **out,
                           cs_error *error)
{
    int is_empty = 0;
    cs_status status = open_database(path, SQLITE_OPEN_READONLY, parameters, out, error);
    if (status == CS_OK)
        status = set_up(*out, path, busy_timeout_ms, READ_PRAGMAS, NULL, &is_empty, error);
    if (status == CS_OK && is_empty)
        status = cs__error_set(error, CS_ERR_FORMAT, "%s is an empty SQLite database, not a cs-search index",
                               path);
    if (status != CS_OK) {
        cs__store_close(*out);
        *out = NULL;
    }
    return status;
}

/* A writer was killed while its file was in rollback mode: whoever may write brings it back to its last whole
 * state. */
static void recover(const char *path)
{
    sqlite3 *db = NULL;
    if (open_database(path, SQLITE_OPEN_READWRITE, "", &db, NULL) == CS_OK)
        sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    sqlite3_close_v2(db);
}

cs_status cs__store_open_read(const char *path, unsigned busy_timeout_ms, sqlite3 **out, cs_error *error)
{
    *out = NULL;
    cs_status status = cs__store_check_path(path, 0, error);
    if (status != CS_OK)
        return status;
    status = open_read(path, busy_timeout_ms, "", out, error);
    if (status != CS_ERR_IO && status != CS_ERR_READ_ONLY)
        return status;
    if (beside_holds_something(path, "-journal")) {
        recover(path);
        status = open_read(path, busy_timeout_ms, "", out, error);
    } else if (!beside_holds_something(path, "-wal")) { /* it wants shared memory that can't be made here */
        status = open_read(path, busy_timeout_ms, "?immutable=1", out, error);
    }
    if (status != CS_ERR_READ_ONLY)
        return status;
    return cs__error_set(
        error, CS_ERR_IO,
        "the index %s was left half written, and its folder can't be written to mend it: run cs-index "
        "on it where it can",
        path);
}

/* The file format's two version bytes, https://sqlite.org/fileformat2.html: 2 is WAL, which needs a file
 * beside it, 1 is a rollback journal. */
enum { VERSIONS_AT = 18, VERSION_ROLLBACK = 1, VERSION_WAL = 2, HEADER_BYTES = 100 };

/* A copy that says of itself that it is in rollback mode, as all of it is here; NULL when memory is out. */
static unsigned char *without_wal(const unsigned char *bytes, size_t size)
{
    unsigned char *copy = sqlite3_malloc64(size);
    if (copy == NULL)
        return NULL;
    memcpy(copy, bytes, size);
    copy[VERSIONS_AT] = copy[VERSIONS_AT + 1] = VERSION_ROLLBACK;
    return copy;
}

static cs_status load_memory(sqlite3 *db, const void *bytes, size_t size, cs_error *error)
{
    unsigned char *data = (unsigned char *)(uintptr_t)bytes; /* which SQLITE_DESERIALIZE_READONLY keeps */
    unsigned flags = SQLITE_DESERIALIZE_READONLY;
    if (size < HEADER_BYTES)
        return cs__error_set(error, CS_ERR_FORMAT, "what is " MEMORY " is not a cs-search index");
    if (data[VERSIONS_AT] == VERSION_WAL) {
        if ((data = without_wal(bytes, size)) == NULL)
            return cs__error_nomem(error);
        flags |= SQLITE_DESERIALIZE_FREEONCLOSE; /* also where it fails */
    }
    if (sqlite3_deserialize(db, "main", data, (sqlite3_int64)size, (sqlite3_int64)size, flags) != SQLITE_OK)
        return cs__error_nomem(error);
    return CS_OK;
}

cs_status cs__store_open_memory(const void *bytes, size_t size, sqlite3 **out, cs_error *error)
{
    int is_empty = 0;
    cs_status status = CS_OK;
    *out = NULL;
    if (sqlite3_open_v2(":memory:", out, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        status = cs__error_nomem(error);
    if (status == CS_OK)
        status = load_memory(*out, bytes, size, error);
    if (status == CS_OK)
        status = set_up(*out, MEMORY, 0, READ_PRAGMAS, NULL, &is_empty, error);
    if (status == CS_OK && is_empty)
        status = cs__error_set(error, CS_ERR_FORMAT, "what is " MEMORY " is not a cs-search index");
    if (status != CS_OK) {
        cs__store_close(*out);
        *out = NULL;
    }
    return status;
}

/* A new index must be seen whole or not at all: its first transaction makes all tables. */
static cs_status create(sqlite3 *db, cs_error *error)
{
    /* In pages of 4 KB a fifth of each is left over by packs of some 1.4 KB; in these a twelfth. */
    /* With auto_vacuum pages that merging leaves over can be given back a few at a time. */
    cs_status status = run(db, "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL", error);
    if (status == CS_OK)
        status = run(db, WRITE_PRAGMAS, error);
    return status == CS_OK ? cs__schema_create(db, error) : status;
}

cs_status cs__store_open_write(const char *path, unsigned busy_timeout_ms, const struct cs__token_tap *tap,
                               sqlite3 **out, int *created, cs_error *error)
{
    int is_empty = 0;
    *out = NULL;
    *created = 0;
    cs_status status = cs__store_check_path(path, 1, error);
    if (status != CS_OK)
        return status;
    int is_new = access(path, F_OK) != 0;
    status = open_database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "", out, error);
    if (status == CS_OK)
        status = set_up(*out, path, busy_timeout_ms, "", tap, &is_empty, error);
    if (status == CS_OK)
        status = is_empty ? create(*out, error) : run(*out, WRITE_PRAGMAS, error);
    if (status != CS_OK) {
        cs__store_close(*out);
        *out = NULL;
        if (is_new)
            unlink(path);
        return status;
    }
    *created = is_empty;
    return CS_OK;
}

void cs__store_settle(sqlite3 *db)
{
    sqlite3_busy_timeout(db, 0);
    sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
}

void cs__store_close(sqlite3 *db)
{
    sqlite3_close_v2(db);
}

cs_status cs__store_unpacker(sqlite3 *db, struct cs__unpacker **out, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    *out = NULL;
    int status =
        sqlite3_prepare_v2(db, "SELECT value FROM meta WHERE key = 'dictionary'", -1, &statement, NULL);
    if (status == SQLITE_OK)
        status = sqlite3_step(statement);
    cs_status result = CS_OK;
    if (status == SQLITE_ROW || status == SQLITE_DONE) {
        int found = status == SQLITE_ROW;
        const void *bytes = found ? sqlite3_column_blob(statement, 0) : NULL;
        size_t size = bytes != NULL ? (size_t)sqlite3_column_bytes(statement, 0) : 0;
        if (cs__unpacker_new(bytes, size, out) != CS_OK)
            result = cs__error_nomem(error);
    } else {
        result = cs__store_failed(db, error);
    }
    sqlite3_finalize(statement);
    return result;
}

cs_status cs__statements_init(struct cs__statements *statements, sqlite3 *db, const char *const *sql,
                              size_t count)
{
    *statements = (struct cs__statements){.db = db, .sql = sql, .count = count};
    statements->prepared = calloc(count, sizeof *statements->prepared);
    return statements->prepared != NULL ? CS_OK : CS_ERR_NOMEM;
}

sqlite3_stmt *cs__statements_get(struct cs__statements *statements, size_t which)
{
    sqlite3_stmt **statement = &statements->prepared[which];
    if (*statement == NULL && sqlite3_prepare_v3(statements->db, statements->sql[which], -1,
                                                 SQLITE_PREPARE_PERSISTENT, statement, NULL) != SQLITE_OK)
        return NULL;
    sqlite3_reset(*statement);
    sqlite3_clear_bindings(*statement);
    return *statement;
}

void cs__statements_free(struct cs__statements *statements)
{
    for (size_t i = 0; statements->prepared != NULL && i < statements->count; i++)
        sqlite3_finalize(statements->prepared[i]);
    free(statements->prepared);
    *statements = (struct cs__statements){0};
}
