/* SPDX-License-Identifier: MIT */
/* Remove a source's documents: first the words of their passages, which need the old texts, then all rows. */
#include "core/error.h"
#include "indexer/write_internal.h"

/* A source's passages stand together: from `first` to `last`. */
struct range {
    int64_t source, first, last;
};

static cs_status find_range(struct cs__write *write, struct range *range, cs_error *error)
{
    sqlite3_stmt *statement = cs__write_statement(write, CS__WRITE_RANGE, error);
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_int64(statement, 1, range->source);
    int status = sqlite3_step(statement);
    if (status != SQLITE_ROW)
        return cs__store_failed(write->db, error);
    range->first = sqlite3_column_int64(statement, 0); /* 0 where it has no documents */
    range->last = sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    return CS_OK;
}

static cs_status contradiction(struct cs__write *write, int64_t passage, cs_error *error)
{
    return cs__error_set(
        error, CS_ERR_CORRUPT,
        "the index %s is damaged (the text of passage %lld is missing): `cs-index --verify` tells more",
        write->path, (long long)passage);
}

/* Take away the searchable passages of one pack; `headings` stands at the first of them, and is moved on. */
static cs_status remove_pack(struct cs__write *write, sqlite3_stmt *pack, sqlite3_stmt *headings, int *more,
                             cs_error *error)
{
    struct cs__arena arena = {0};
    const char **texts;
    uint32_t *sizes;
    size_t count;
    int64_t first = sqlite3_column_int64(pack, 0);
    cs_status status = cs__unpack(write->unpacker, sqlite3_column_blob(pack, 1),
                                  (size_t)sqlite3_column_bytes(pack, 1), &arena, &texts, &sizes, &count);
    if (status == CS_ERR_CORRUPT)
        status = contradiction(write, first, error);
    while (status == CS_OK && *more && sqlite3_column_int64(headings, 0) < first + (int64_t)count) {
        int64_t passage = sqlite3_column_int64(headings, 0);
        if (passage < first) {
            status = contradiction(write, passage, error);
            break;
        }
        status = cs__write_passage_words(write, CS__WRITE_REMOVE, passage,
                                         (const char *)sqlite3_column_text(headings, 1),
                                         texts[passage - first], sizes[passage - first], error);
        *more = sqlite3_step(headings) == SQLITE_ROW;
    }
    cs__arena_free(&arena);
    return status;
}

static cs_status remove_words(struct cs__write *write, const struct range *range, cs_error *error)
{
    sqlite3_stmt *headings = cs__write_statement(write, CS__WRITE_HEADINGS, error);
    sqlite3_stmt *packs = cs__write_statement(write, CS__WRITE_PACKS, error);
    if (headings == NULL || packs == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_int64(headings, 1, range->first);
    sqlite3_bind_int64(headings, 2, range->last);
    sqlite3_bind_int64(packs, 1, range->first);
    sqlite3_bind_int64(packs, 2, range->last);
    int more = sqlite3_step(headings) == SQLITE_ROW;
    cs_status status = CS_OK;
    while (status == CS_OK && more && sqlite3_step(packs) == SQLITE_ROW)
        status = remove_pack(write, packs, headings, &more, error);
    if (status == CS_OK && more)
        status = contradiction(write, sqlite3_column_int64(headings, 0), error);
    sqlite3_reset(headings);
    sqlite3_reset(packs);
    return status;
}

static cs_status remove_rows(struct cs__write *write, const struct range *range, cs_error *error)
{
    cs_status status = CS_OK;
    for (int which = CS__WRITE_DELETE_FIRST; which <= CS__WRITE_DELETE_DOCUMENTS && status == CS_OK;
         which++) {
        sqlite3_stmt *statement = cs__write_statement(write, (enum cs__write_sql)which, error);
        if (statement == NULL)
            return error != NULL ? error->status : CS_ERR_IO;
        sqlite3_bind_int64(statement, 1, range->first);
        sqlite3_bind_int64(statement, 2, range->last);
        sqlite3_bind_int64(statement, 3, range->source);
        status = cs__write_run(write, statement, error);
    }
    return status;
}

cs_status cs__write_empty_source(struct cs__write *write, int64_t source, cs_error *error)
{
    struct range range = {.source = source};
    /* What was added in this transaction may still be on its way. */
    cs_status status = cs__packing_flush(write->packing, error);
    if (status == CS_OK)
        status = find_range(write, &range, error);
    if (status != CS_OK || range.first == 0)
        return status;
    if (write->unpacker == NULL)
        status = cs__store_unpacker(write->db, &write->unpacker, error);
    if (status == CS_OK)
        status = remove_words(write, &range, error);
    return status == CS_OK ? remove_rows(write, &range, error) : status;
}

cs_status cs__write_remove_source(struct cs__write *write, int64_t source, cs_error *error)
{
    cs_status status = cs__write_empty_source(write, source, error);
    if (status != CS_OK)
        return status;
    sqlite3_stmt *statement = cs__write_statement(write, CS__WRITE_DELETE_SOURCE, error);
    if (statement != NULL)
        sqlite3_bind_int64(statement, 1, source);
    return cs__write_run(write, statement, error);
}
