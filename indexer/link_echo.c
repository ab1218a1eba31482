/* SPDX-License-Identifier: MIT */
/* Link, step 4: which passages of a visit's papers only repeat another of them. Input: visits with their
 * claims, best source first; output: the table `echo` and the flag of each such passage. */
#include "indexer/link_claims.h"

#include "core/error.h"
#include "core/store.h"
#include "indexer/echo.h"
#include "indexer/split.h"

enum statement { DOCUMENT_RANGE, PACKS, PASSAGE_FLAGS, INSERT_ECHO, SET_FLAG, STATEMENT_COUNT };

static const char *const statement_sql[STATEMENT_COUNT] = {
    [DOCUMENT_RANGE] = "SELECT first_passage, block_count FROM document WHERE id = ?1",
    [PACKS] = "SELECT first, data FROM pack WHERE first >= coalesce((SELECT max(first) FROM pack WHERE first "
              "<= ?1), ?1)"
              " AND first <= ?2 ORDER BY first",
    [PASSAGE_FLAGS] = "SELECT flags FROM passage WHERE id = ?1",
    [INSERT_ECHO] = "INSERT INTO echo(passage, source) VALUES (?1, ?2)",
    [SET_FLAG] = "UPDATE passage SET flags = flags | ?2 WHERE id = ?1",
};

struct pass {
    sqlite3 *db;
    struct cs__statements statements;
    struct cs__unpacker *unpacker;
    struct cs__echoes *echoes; /**< of the visit at hand */
    int is_source;             /**< the document at hand comes first: nothing stands before it to repeat */
    cs_error *error;
};

static cs_status run(struct pass *pass, enum statement which, int64_t a, int64_t b)
{
    sqlite3_stmt *statement = cs__statements_get(&pass->statements, which);
    if (statement == NULL || sqlite3_bind_int64(statement, 1, a) != SQLITE_OK ||
        sqlite3_bind_int64(statement, 2, b) != SQLITE_OK || sqlite3_step(statement) != SQLITE_DONE)
        return cs__store_failed(pass->db, pass->error);
    return CS_OK;
}

static int is_searchable(struct pass *pass, int64_t passage)
{
    sqlite3_stmt *statement = cs__statements_get(&pass->statements, PASSAGE_FLAGS);
    int flags = 0;
    if (statement != NULL && sqlite3_bind_int64(statement, 1, passage) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        flags = sqlite3_column_int(statement, 0);
    return flags & CS__PASSAGE_SEARCHABLE;
}

/* A passage is an echo, or a source for those that come later. */
static cs_status take_passage(struct pass *pass, int64_t passage, const char *text, size_t size)
{
    int64_t source = 0;
    cs_status status = CS_OK;
    if (!pass->is_source)
        status = cs__echoes_find(pass->echoes, text, size, &source);
    if (status == CS_OK && source == 0)
        status = cs__echoes_add(pass->echoes, passage, text, size);
    if (status != CS_OK)
        return cs__error_nomem(pass->error);
    if (source == 0)
        return CS_OK;
    status = run(pass, INSERT_ECHO, passage, source);
    return status != CS_OK ? status : run(pass, SET_FLAG, passage, CS__PASSAGE_ECHO);
}

static cs_status take_pack(struct pass *pass, sqlite3_stmt *row, int64_t first, int64_t last)
{
    struct cs__arena arena = {0};
    const char **texts;
    uint32_t *sizes;
    size_t count;
    int64_t pack = sqlite3_column_int64(row, 0);
    cs_status status = cs__unpack(pass->unpacker, sqlite3_column_blob(row, 1),
                                  (size_t)sqlite3_column_bytes(row, 1), &arena, &texts, &sizes, &count);
    if (status != CS_OK)
        cs__error_set(pass->error, status, "pack %lld of the index can't be read", (long long)pack);
    for (size_t i = 0; status == CS_OK && i < count; i++) {
        int64_t passage = pack + (int64_t)i;
        if (passage >= first && passage <= last && is_searchable(pass, passage))
            status = take_passage(pass, passage, texts[i], sizes[i]);
    }
    cs__arena_free(&arena);
    return status;
}

static cs_status take_document(struct pass *pass, int64_t document)
{
    sqlite3_stmt *range = cs__statements_get(&pass->statements, DOCUMENT_RANGE);
    if (range == NULL || sqlite3_bind_int64(range, 1, document) != SQLITE_OK ||
        sqlite3_step(range) != SQLITE_ROW)
        return cs__store_failed(pass->db, pass->error);
    int64_t first = sqlite3_column_int64(range, 0), last = first + sqlite3_column_int64(range, 1) - 1;
    sqlite3_stmt *packs = cs__statements_get(&pass->statements, PACKS);
    if (packs == NULL || sqlite3_bind_int64(packs, 1, first) != SQLITE_OK ||
        sqlite3_bind_int64(packs, 2, last) != SQLITE_OK)
        return cs__store_failed(pass->db, pass->error);
    cs_status status = CS_OK;
    int step;
    while (status == CS_OK && (step = sqlite3_step(packs)) != SQLITE_DONE)
        status = step == SQLITE_ROW ? take_pack(pass, packs, first, last)
                                    : cs__store_failed(pass->db, pass->error);
    return status;
}

static cs_status take_visit(struct pass *pass, const struct cs__link_visit *visit)
{
    cs_status status = cs__echoes_new(&pass->echoes);
    if (status != CS_OK)
        return cs__error_nomem(pass->error);
    for (size_t i = 0; i < visit->claim_count && status == CS_OK; i++) {
        pass->is_source = i == 0;
        status = take_document(pass, visit->claims[i]->document);
    }
    cs__echoes_free(pass->echoes);
    pass->echoes = NULL;
    return status;
}

cs_status cs__link_echo(sqlite3 *db, const struct cs__link_visits *visits, cs_error *error)
{
    static const char clear_sql[] =
        "UPDATE passage SET flags = flags & ~4 WHERE id IN (SELECT passage FROM echo); DELETE FROM echo";
    struct pass pass = {.db = db, .error = error};
    cs_status status = CS_OK;
    if (sqlite3_exec(db, clear_sql, NULL, NULL, NULL) != SQLITE_OK)
        return cs__store_failed(db, error);
    if (cs__statements_init(&pass.statements, db, statement_sql, STATEMENT_COUNT) != CS_OK)
        return cs__error_nomem(error);
    for (size_t i = 0; i < visits->count && status == CS_OK; i++) {
        if (visits->items[i]->claim_count < 2)
            continue;
        if (pass.unpacker == NULL)
            status = cs__store_unpacker(db, &pass.unpacker, error);
        if (status == CS_OK)
            status = take_visit(&pass, visits->items[i]);
    }
    cs__unpacker_free(pass.unpacker);
    cs__statements_free(&pass.statements);
    return status;
}
