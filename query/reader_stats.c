/* SPDX-License-Identifier: MIT */
/* Numbers about an index: rows counted, bytes added up. */
#include <string.h>
#include <sys/stat.h>

#include "core/error.h"
#include "core/schema.h"
#include "core/store.h"
#include "query/reader.h"

/* A number of cs_stats and where it comes from. */
static const struct number {
    size_t offset;
    const char *sql;
} numbers[] = {
    {offsetof(cs_stats, sources), "SELECT count(*) FROM source"},
    {offsetof(cs_stats, failed), "SELECT count(*) FROM source WHERE status <> 'ok'"},
    {offsetof(cs_stats, documents), "SELECT count(*) FROM document"},
    {offsetof(cs_stats, visits), "SELECT count(*) FROM visit"},
    {offsetof(cs_stats, passages), "SELECT coalesce(sum(passages), 0) FROM document"},
    {offsetof(cs_stats, words), "SELECT coalesce(sum(words), 0) FROM document"},
    {offsetof(cs_stats, pack_bytes), "SELECT coalesce(sum(length(data)), 0) FROM pack"},
    {offsetof(cs_stats, fts_bytes), "SELECT coalesce(sum(length(block)), 0) FROM passage_fts_data"},
    {offsetof(cs_stats, postings_bytes), "SELECT (SELECT coalesce(sum(length(data)), 0) FROM segment_chunk)"
                                         " + (SELECT coalesce(sum(length(bits)), 0) FROM segment_removed)"},
};

static const char page_bytes_sql[] = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";

static const struct version {
    size_t offset;
    const char *sql;
} versions[] = {
    {offsetof(cs_stats, schema_version), "PRAGMA user_version"},
    {offsetof(cs_stats, tokenizer_version), "SELECT value FROM meta WHERE key = 'tokenizer_version'"},
    {offsetof(cs_stats, rules_version), "SELECT value FROM meta WHERE key = 'rules_version'"},
};

static cs_status read_number(sqlite3 *db, const char *sql, int64_t *out, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    *out = 0;
    int status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (status == SQLITE_OK)
        status = sqlite3_step(statement);
    if (status == SQLITE_ROW)
        *out = sqlite3_column_int64(statement, 0);
    cs_status result = status == SQLITE_ROW || status == SQLITE_DONE ? CS_OK : cs__store_failed(db, error);
    sqlite3_finalize(statement);
    return result;
}

static cs_status read_identity(sqlite3 *db, cs_stats *out, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    int status =
        sqlite3_prepare_v2(db, "SELECT value FROM meta WHERE key = 'identity'", -1, &statement, NULL);
    if (status == SQLITE_OK)
        status = sqlite3_step(statement);
    const unsigned char *text = status == SQLITE_ROW ? sqlite3_column_text(statement, 0) : NULL;
    if (text != NULL)
        strncpy(out->identity, (const char *)text, sizeof out->identity - 1);
    cs_status result = status == SQLITE_ROW || status == SQLITE_DONE ? CS_OK : cs__store_failed(db, error);
    sqlite3_finalize(statement);
    return result;
}

/* The sizes of a pack's texts stand before what is compressed. */
static uint64_t text_bytes_of(const unsigned char *at, size_t size)
{
    const unsigned char *end = at + size;
    uint64_t count, bytes, total = 0;
    if (at == NULL || !cs__varint_read(&at, end, &count))
        return 0;
    for (; count > 0 && cs__varint_read(&at, end, &bytes); count--)
        total += bytes;
    return total;
}

static cs_status add_text_bytes(sqlite3 *db, cs_stats *out, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    int status = sqlite3_prepare_v2(db, "SELECT data FROM pack", -1, &statement, NULL);
    while (status == SQLITE_OK || status == SQLITE_ROW) {
        status = sqlite3_step(statement);
        if (status == SQLITE_ROW)
            out->text_bytes +=
                text_bytes_of(sqlite3_column_blob(statement, 0), (size_t)sqlite3_column_bytes(statement, 0));
    }
    cs_status result = status == SQLITE_DONE ? CS_OK : cs__store_failed(db, error);
    sqlite3_finalize(statement);
    return result;
}

cs_status cs_reader_stats(cs_reader *reader, cs_stats *out, cs_error *error)
{
    sqlite3 *db = reader->db;
    struct stat about;
    int64_t value;
    *out = (cs_stats){0};
    cs_status status = cs__reader_begin(reader, error);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0] && status == CS_OK; i++) {
        status = read_number(db, numbers[i].sql, &value, error);
        *(uint64_t *)(void *)((char *)out + numbers[i].offset) = (uint64_t)value;
    }
    for (size_t i = 0; i < sizeof versions / sizeof versions[0] && status == CS_OK; i++) {
        status = read_number(db, versions[i].sql, &value, error);
        *(int *)(void *)((char *)out + versions[i].offset) = (int)value;
    }
    if (status == CS_OK)
        status = read_identity(db, out, error);
    if (status == CS_OK)
        status = add_text_bytes(db, out, error);
    if (status == CS_OK && stat(sqlite3_db_filename(db, "main"), &about) == 0)
        out->file_bytes = (uint64_t)about.st_size;
    else if (status == CS_OK && (status = read_number(db, page_bytes_sql, &value, error)) == CS_OK)
        out->file_bytes = (uint64_t)value; /* in memory */
    return cs__reader_finish(reader, status, error);
}
