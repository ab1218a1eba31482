/* SPDX-License-Identifier: MIT */
/* Refresh: documents that older rules described are described again from what the index keeps of them; their
 * files are not read.
 *
 * A source of many documents (JSON Lines) is marked to be read again instead: its records are too many to
 * hold at once. */
#include <string.h>

#include "core/error.h"
#include "core/store.h"
#include "indexer/kept.h"
#include "indexer/writer_internal.h"

struct refresh {
    cs_writer *writer;
    struct cs__unpacker *unpacker;
    uint64_t refreshed, marked;
    cs_error *error;
};

static const char sources_sql[] =
    "SELECT s.id, s.path, count(*), min(d.id) FROM source s JOIN document d ON d.source = s.id"
    " WHERE s.id > ?1 GROUP BY s.id ORDER BY s.id LIMIT 1";

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static cs_status put_again(struct refresh *refresh, int64_t source, const struct cs__kept *kept,
                           const struct cs__described *described)
{
    struct cs__write *write = refresh->writer->write;
    struct cs__passages passages = {0};
    cs_status status = cs__split(&kept->blocks, described, &passages, refresh->error);
    if (status == CS_OK)
        status = cs__write_empty_source(write, source, refresh->error);
    if (status == CS_OK)
        status = cs__write_document(write, source, &kept->text, described, &passages, refresh->error);
    if (status == CS_OK)
        status = cs__write_end_source(write, refresh->error);
    cs__passages_free(&passages);
    return status;
}

static cs_status describe_again(struct refresh *refresh, int64_t source, const char *path, int64_t document)
{
    struct cs__kept kept = {0};
    struct cs__described described = {0};
    sqlite3 *db = cs__write_db(refresh->writer->write);
    cs_status status = cs__kept_read(db, refresh->unpacker, document, &kept, refresh->error);
    if (status == CS_OK) {
        struct cs__describe_input input = {.name =
                                               kept.text.record != NULL ? kept.text.record : file_name(path),
                                           .format = kept.text.format,
                                           .pages = kept.text.pages,
                                           .properties = kept.text.properties,
                                           .property_count = kept.text.property_count,
                                           .overrides = kept.overrides,
                                           .override_count = kept.override_count};
        status = cs__describe(&kept.blocks, &input, &described, refresh->error);
    }
    if (status == CS_OK)
        status = put_again(refresh, source, &kept, &described);
    cs__described_free(&described);
    cs__kept_free(&kept);
    refresh->refreshed += status == CS_OK;
    return status;
}

static cs_status read_again(struct refresh *refresh, int64_t source)
{
    sqlite3 *db = cs__write_db(refresh->writer->write);
    sqlite3_stmt *statement = NULL;
    cs_status status = CS_OK;
    if (sqlite3_prepare_v2(db, "UPDATE source SET size = -1 WHERE id = ?1", -1, &statement, NULL) !=
            SQLITE_OK ||
        sqlite3_bind_int64(statement, 1, source) != SQLITE_OK || sqlite3_step(statement) != SQLITE_DONE)
        status = cs__store_failed(db, refresh->error);
    sqlite3_finalize(statement);
    refresh->marked += status == CS_OK;
    return status;
}

/* The next source after `*source`; `*source` is 0 when there is none any more. */
static cs_status refresh_next(struct refresh *refresh, int64_t *source)
{
    sqlite3 *db = cs__write_db(refresh->writer->write);
    struct cs__arena arena = {0};
    sqlite3_stmt *statement = NULL;
    int64_t count = 0, document = 0;
    const char *path = NULL;
    int step = sqlite3_prepare_v2(db, sources_sql, -1, &statement, NULL) == SQLITE_OK &&
                       sqlite3_bind_int64(statement, 1, *source) == SQLITE_OK
                   ? sqlite3_step(statement)
                   : SQLITE_ERROR;
    cs_status status =
        step == SQLITE_ROW || step == SQLITE_DONE ? CS_OK : cs__store_failed(db, refresh->error);
    *source = 0;
    if (step == SQLITE_ROW) {
        *source = sqlite3_column_int64(statement, 0);
        path = cs__arena_string(&arena, (const char *)sqlite3_column_text(statement, 1));
        count = sqlite3_column_int64(statement, 2);
        document = sqlite3_column_int64(statement, 3);
    }
    sqlite3_finalize(statement);
    if (step == SQLITE_ROW && path == NULL)
        status = cs__error_nomem(refresh->error);
    if (status == CS_OK && step == SQLITE_ROW)
        status = count == 1 ? describe_again(refresh, *source, path, document) : read_again(refresh, *source);
    cs__arena_free(&arena);
    return status;
}

static void tell(const struct refresh *refresh, int64_t version)
{
    char message[CS_ERROR_SIZE];
    cs_error said;
    cs__error_set(
        &said, CS_OK,
        "was described by older rules (version %lld; these are %d): %llu documents are described again,"
        " %llu files with many are read again",
        (long long)version, CS__RULES_VERSION, (unsigned long long)refresh->refreshed,
        (unsigned long long)refresh->marked);
    memcpy(message, said.message, sizeof message);
    cs__writer_report(refresh->writer, CS_OUTCOME_WARNING, refresh->writer->path, message);
}

static cs_status refresh_all(struct refresh *refresh, int64_t version)
{
    struct cs__write *write = refresh->writer->write;
    cs_status status = cs__store_unpacker(cs__write_db(write), &refresh->unpacker, refresh->error);
    int64_t source = 0;
    do {
        if (status == CS_OK)
            status = cs__writer_begin(refresh->writer, refresh->error);
        if (status == CS_OK)
            status = refresh_next(refresh, &source);
        if (status == CS_OK)
            status = cs__writer_commit_batch(refresh->writer, refresh->error);
    } while (status == CS_OK && source != 0);
    cs__unpacker_free(refresh->unpacker);
    if (status == CS_OK && refresh->refreshed + refresh->marked > 0)
        tell(refresh, version);
    return status;
}

cs_status cs__writer_refresh(cs_writer *writer, cs_error *error)
{
    struct refresh refresh = {.writer = writer, .error = error};
    int64_t version = 0;
    if (writer->options.dry_run || writer->write == NULL)
        return CS_OK;
    cs_status status = cs__write_get_meta(writer->write, "rules_version", &version, error);
    if (status != CS_OK || version == CS__RULES_VERSION)
        return status;
    status = refresh_all(&refresh, version);
    if (status == CS_OK)
        status = cs__writer_begin(writer, error);
    return status == CS_OK ? cs__write_put_meta(writer->write, "rules_version", CS__RULES_VERSION, error)
                           : status;
}
