/* SPDX-License-Identifier: MIT */
/* Reader: an index file open for reading; texts from it. */
#include "query/reader.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/options.h"
#include "query/listing.h"
#include "query/match.h"
#include "query/themes.h"
#include "query/vocabulary.h"

/* The texts of one pack: hits of one document stand close together. */
struct pack {
    struct cs__arena arena;
    int64_t first;
    const char **texts;
    uint32_t *sizes;
    size_t count;
};

/* Packs read last, since timelines and comparisons come back to the same passages; some 4 KB each. */
enum { PACKS_KEPT = 64 };

struct cs__text_cache {
    struct pack packs[PACKS_KEPT];
    size_t next; /* to be replaced */
};

enum { ASK_EVERY = 64, STEPS_OF_SQLITE = 4096 };

/* SQLite's own loops are long, too. */
static int on_sqlite_steps(void *context)
{
    cs_reader *reader = context;
    if (!reader->is_cancelled)
        reader->is_cancelled = reader->cancel(reader->cancel_context) != 0;
    return reader->is_cancelled;
}

int cs__reader_stops(cs_reader *reader)
{
    if (reader->cancel == NULL || reader->is_cancelled || ++reader->asks % ASK_EVERY != 0)
        return reader->is_cancelled;
    return on_sqlite_steps(reader);
}

/* What is the same for files and memory: `*out` is NULL on an error. */
static cs_status new_reader(const cs_reader_options *options, cs_reader **out, cs_error *error)
{
    cs_reader_options own;
    cs_status status = cs__options_copy(&own, sizeof own, options, "CS_READER_OPTIONS_INIT", error);
    *out = NULL;
    if (status != CS_OK)
        return status;
    cs_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return cs__error_nomem(error);
    if (own.vocabulary_file != NULL)
        reader->vocabulary_file = strdup(own.vocabulary_file);
    if (own.themes_file != NULL)
        reader->themes_file = strdup(own.themes_file);
    if ((own.vocabulary_file != NULL && reader->vocabulary_file == NULL) ||
        (own.themes_file != NULL && reader->themes_file == NULL) ||
        cs__tokenizer_new(&reader->tokenizer) != CS_OK) {
        cs_reader_close(reader);
        return cs__error_nomem(error);
    }
    reader->cancel = own.cancel;
    reader->cancel_context = own.cancel_context;
    reader->busy_timeout_ms = own.busy_timeout_ms;
    *out = reader;
    return CS_OK;
}

/* `status` is that of opening `reader->db`. */
static cs_status finish_open(cs_reader *reader, cs_status status, cs_reader **out, cs_error *error)
{
    if (status == CS_OK &&
        cs__statements_init(&reader->statements, reader->db, cs__reader_sql, CS__SQL_COUNT) != CS_OK)
        status = cs__error_nomem(error);
    if (status != CS_OK) {
        cs_reader_close(reader);
        return status;
    }
    if (reader->cancel != NULL)
        sqlite3_progress_handler(reader->db, STEPS_OF_SQLITE, on_sqlite_steps, reader);
    *out = reader;
    return CS_OK;
}

cs_status cs_reader_open(const char *path, const cs_reader_options *options, cs_reader **out, cs_error *error)
{
    cs_reader *reader;
    cs_status status = new_reader(options, &reader, error);
    *out = NULL;
    if (status != CS_OK)
        return status;
    status = cs__store_open_read(path, reader->busy_timeout_ms, &reader->db, error);
    return finish_open(reader, status, out, error);
}

cs_status cs_reader_open_memory(const void *bytes, size_t size, const cs_reader_options *options,
                                cs_reader **out, cs_error *error)
{
    cs_reader *reader;
    cs_status status = new_reader(options, &reader, error);
    *out = NULL;
    if (status != CS_OK)
        return status;
    status = cs__store_open_memory(bytes, size, &reader->db, error);
    return finish_open(reader, status, out, error);
}

void cs_reader_close(cs_reader *reader)
{
    if (reader == NULL)
        return;
    cs__engine_free(reader->engine);
    cs__statements_free(&reader->statements);
    cs__text_cache_free(reader->texts);
    cs__vocabulary_free(reader->vocabulary);
    cs__unpacker_free(reader->unpacker);
    cs__tokenizer_free(reader->tokenizer);
    cs__store_close(reader->db);
    cs__themes_free(reader->themes);
    free(reader->vocabulary_file);
    free(reader->themes_file);
    free(reader);
}

cs_status cs_documents_list(cs_reader *reader, const cs_list_options *options, cs_documents **out,
                            cs_error *error)
{
    *out = NULL;
    cs_status status = cs__reader_begin(reader, error);
    if (status != CS_OK)
        return status;
    cs_list_options own;
    status = cs__options_copy(&own, sizeof own, options, "CS_LIST_OPTIONS_INIT", error);
    if (status == CS_OK)
        status = cs__documents_load(reader->db, &own, out, error);
    status = cs__reader_finish(reader, status, error);
    if (status != CS_OK) {
        cs_documents_free(*out);
        *out = NULL;
    }
    return status;
}

cs_status cs_visits_list(cs_reader *reader, const cs_list_options *options, cs_visits **out, cs_error *error)
{
    *out = NULL;
    cs_status status = cs__reader_begin(reader, error);
    if (status != CS_OK)
        return status;
    cs_list_options own;
    status = cs__options_copy(&own, sizeof own, options, "CS_LIST_OPTIONS_INIT", error);
    if (status == CS_OK)
        status = cs__visits_load(reader->db, &own, out, error);
    status = cs__reader_finish(reader, status, error);
    if (status != CS_OK) {
        cs_visits_free(*out);
        *out = NULL;
    }
    return status;
}

/* The statuses of a search know no busy: a reader that waited long enough could not read. */
cs_status cs__reader_failed(cs_reader *reader, cs_error *error)
{
    cs_status status = cs__store_failed(reader->db, error);
    if (status == CS_ERR_NOMEM || status == CS_ERR_CORRUPT)
        return status;
    if (error != NULL)
        error->status = CS_ERR_IO;
    return CS_ERR_IO;
}

cs_status cs__reader_missing(cs_reader *reader, const char *what, int64_t id, cs_error *error)
{
    return cs__error_set(error, CS_ERR_CORRUPT,
                         "the index %s is damaged, it has no %s %lld: `cs-index --verify` tells more",
                         sqlite3_db_filename(reader->db, "main"), what, (long long)id);
}

static cs_status stopped(cs_error *error)
{
    return cs__error_set(error, CS_ERR_CANCELLED, "stopped, as was asked for");
}

sqlite3_stmt *cs__reader_statement(cs_reader *reader, enum cs__sql which, cs_status *status, cs_error *error)
{
    if (cs__reader_stops(reader)) {
        *status = stopped(error);
        return NULL;
    }
    sqlite3_stmt *statement = cs__statements_get(&reader->statements, which);
    *status = statement != NULL ? CS_OK : cs__reader_failed(reader, error);
    return statement;
}

static cs_status run(cs_reader *reader, enum cs__sql which, cs_error *error)
{
    cs_status status;
    sqlite3_stmt *statement = cs__reader_statement(reader, which, &status, error);
    if (statement == NULL)
        return status;
    int step = sqlite3_step(statement);
    if (step != SQLITE_DONE && step != SQLITE_ROW)
        status = cs__reader_failed(reader, error);
    sqlite3_reset(statement);
    return status;
}

static void forget_texts(struct cs__text_cache *cache)
{
    for (size_t i = 0; cache != NULL && i < PACKS_KEPT; i++) {
        cs__arena_free(&cache->packs[i].arena);
        cache->packs[i].count = 0;
    }
}

cs_status cs__reader_begin(cs_reader *reader, cs_error *error)
{
    cs_status status = CS_OK;
    reader->is_cancelled = 0;
    if (reader->is_held)
        return CS_OK;
    /* Prepared now, the end needs no memory. */
    if (cs__reader_statement(reader, CS__SQL_END, &status, error) == NULL)
        return status;
    return run(reader, CS__SQL_BEGIN, error);
}

void cs__reader_end(cs_reader *reader)
{
    for (size_t i = 0; i < reader->statements.count; i++)
        sqlite3_reset(reader->statements.prepared[i]);
    if (!reader->is_held && !sqlite3_get_autocommit(reader->db))
        sqlite3_step(reader->statements.prepared[CS__SQL_END]);
    /* A writer may give a removed passage's id to another one. */
    if (!reader->is_held)
        forget_texts(reader->texts);
}

/* What a failed call left half read must not be what the next one finds. */
cs_status cs__reader_finish(cs_reader *reader, cs_status status, cs_error *error)
{
    if (reader->is_cancelled) /* also where nobody minded that a step of it failed */
        status = stopped(error);
    reader->is_cancelled = 0;
    cs__reader_end(reader);
    if (status == CS_ERR_NOMEM || status == CS_ERR_IO || status == CS_ERR_CANCELLED) {
        cs__engine_free(reader->engine);
        reader->engine = NULL;
    }
    return status;
}

cs_status cs_reader_hold(cs_reader *reader, cs_error *error)
{
    cs_status status = cs__reader_begin(reader, error);
    if (status == CS_OK)
        status = run(reader, CS__SQL_TOUCH, error);
    if (status == CS_OK)
        reader->is_held = 1;
    return status == CS_OK ? CS_OK : cs__reader_finish(reader, status, error);
}

void cs_reader_release(cs_reader *reader)
{
    reader->is_held = 0;
    cs__reader_end(reader);
}

void cs__text_cache_free(struct cs__text_cache *cache)
{
    forget_texts(cache);
    free(cache);
}

static cs_status load_pack(cs_reader *reader, int64_t passage, struct pack *pack, cs_error *error)
{
    cs_status status;
    sqlite3_stmt *statement = cs__reader_statement(reader, CS__SQL_PACK, &status, error);
    if (statement == NULL)
        return status;
    cs__arena_free(&pack->arena);
    pack->count = 0;
    sqlite3_bind_int64(statement, 1, passage);
    int step = sqlite3_step(statement);
    if (step != SQLITE_ROW)
        return step == SQLITE_DONE ? CS_OK : cs__reader_failed(reader, error);
    pack->first = sqlite3_column_int64(statement, 0);
    const void *bytes = sqlite3_column_blob(statement, 1);
    status = cs__unpack(reader->unpacker, bytes, (size_t)sqlite3_column_bytes(statement, 1), &pack->arena,
                        &pack->texts, &pack->sizes, &pack->count);
    sqlite3_reset(statement);
    if (status != CS_OK)
        pack->count = 0; /* some of it may have been unpacked */
    if (status == CS_ERR_NOMEM)
        return cs__error_nomem(error);
    return status == CS_OK ? CS_OK : cs__reader_missing(reader, "readable pack", passage, error);
}

static struct pack *find_pack(struct cs__text_cache *cache, int64_t passage)
{
    for (size_t i = 0; i < PACKS_KEPT; i++) {
        struct pack *pack = &cache->packs[i];
        if (passage >= pack->first && (uint64_t)(passage - pack->first) < pack->count)
            return pack;
    }
    return NULL;
}

cs_status cs__reader_text(cs_reader *reader, int64_t passage, const char **text, size_t *size,
                          cs_error *error)
{
    cs_status status = CS_OK;
    *text = NULL;
    *size = 0;
    if (cs__reader_stops(reader))
        return stopped(error);
    if (reader->texts == NULL && (reader->texts = calloc(1, sizeof *reader->texts)) == NULL)
        return cs__error_nomem(error);
    if (reader->unpacker == NULL)
        status = cs__store_unpacker(reader->db, &reader->unpacker, error);
    struct cs__text_cache *cache = reader->texts;
    struct pack *pack = find_pack(cache, passage);
    if (status == CS_OK && pack == NULL) {
        status = load_pack(reader, passage, &cache->packs[cache->next++ % PACKS_KEPT], error);
        pack = find_pack(cache, passage);
    }
    if (status == CS_OK && pack == NULL)
        status = cs__reader_missing(reader, "text of passage", passage, error);
    if (status != CS_OK)
        return status;
    *text = pack->texts[passage - pack->first];
    *size = pack->sizes[passage - pack->first];
    return CS_OK;
}
