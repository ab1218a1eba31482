/* SPDX-License-Identifier: MIT */
/* Link, step 4: which passages of a visit's papers only repeat another of them. Input: visits with their
 * claims, best source first; output: the table `echo` and the flag of each such passage. */
#include "indexer/link_claims.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/store.h"
#include "indexer/echo.h"
#include "indexer/split.h"

enum statement {
    PACKS,
    PASSAGE_FLAGS,
    INSERT_ECHO,
    SET_FLAG,
    CLEAR_FLAGS,
    CLEAR_ECHOES,
    INSERT_ECHOED,
    STATEMENT_COUNT
};

static const char *const statement_sql[STATEMENT_COUNT] = {
    [PACKS] = "SELECT first, data FROM pack WHERE first >= coalesce((SELECT max(first) FROM pack WHERE first "
              "<= ?1), ?1)"
              " AND first <= ?2 ORDER BY first",
    [PASSAGE_FLAGS] = "SELECT flags FROM passage WHERE id = ?1",
    [INSERT_ECHO] = "INSERT INTO echo(passage, source) VALUES (?1, ?2)",
    [SET_FLAG] = "UPDATE passage SET flags = flags | ?2 WHERE id = ?1",
    [CLEAR_FLAGS] = ("UPDATE passage SET flags = flags & ~4 WHERE id IN (SELECT passage FROM echo WHERE"
                     " passage BETWEEN ?1 AND ?2)"),
    [CLEAR_ECHOES] = "DELETE FROM echo WHERE passage BETWEEN ?1 AND ?2",
    [INSERT_ECHOED] = "INSERT INTO echoed(visit, ranges) VALUES (?1, ?2)",
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

static cs_status take_document(struct pass *pass, const struct cs__link_claim *claim)
{
    int64_t first = claim->first_passage, last = claim->last_passage;
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
    cs_status status = CS_OK;
    if (pass->unpacker == NULL)
        status = cs__store_unpacker(pass->db, &pass->unpacker, pass->error);
    if (status != CS_OK)
        return status;
    status = cs__echoes_new(&pass->echoes);
    if (status != CS_OK)
        return cs__error_nomem(pass->error);
    for (size_t i = 0; i < visit->claim_count && status == CS_OK; i++) {
        pass->is_source = i == 0;
        status = take_document(pass, visit->claims[i]);
    }
    cs__echoes_free(pass->echoes);
    pass->echoes = NULL;
    return status;
}

/* The passages of a visit's documents in their order, "12-40,3-11": ids are never given twice, so the same
 * line stands for the same texts. */
static cs_status ranges_of(const struct cs__link_visit *visit, struct cs__buffer *out, cs_error *error)
{
    cs__buffer_clear(out);
    for (size_t i = 0; i < visit->claim_count; i++)
        cs__buffer_printf(out, "%s%lld-%lld", i > 0 ? "," : "", (long long)visit->claims[i]->first_passage,
                          (long long)visit->claims[i]->last_passage);
    return out->failed ? cs__error_nomem(error) : CS_OK;
}

static struct cs__link_echoed *find(struct cs__link_echoed *echoed, const char *ranges)
{
    while (echoed != NULL && strcmp(echoed->ranges, ranges) != 0)
        echoed = echoed->next;
    return echoed;
}

/* What was found among passages that are together no more. */
static cs_status clear(struct pass *pass, const char *ranges)
{
    cs_status status = CS_OK;
    for (const char *at = ranges; status == CS_OK && *at != '\0';) {
        char *end;
        int64_t first = strtoll(at, &end, 10), last = strtoll(*end == '-' ? end + 1 : end, &end, 10);
        status = run(pass, CLEAR_FLAGS, first, last);
        if (status == CS_OK)
            status = run(pass, CLEAR_ECHOES, first, last);
        at = *end == ',' ? end + 1 : "";
    }
    return status;
}

static cs_status put_echoed(struct pass *pass, const struct cs__link_visit *visit, const char *ranges)
{
    sqlite3_stmt *statement = cs__statements_get(&pass->statements, INSERT_ECHOED);
    if (statement == NULL || sqlite3_bind_int64(statement, 1, visit->id) != SQLITE_OK ||
        sqlite3_bind_text(statement, 2, ranges, -1, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_DONE)
        return cs__store_failed(pass->db, pass->error);
    sqlite3_reset(statement);
    return CS_OK;
}

/* First which lines stay; then, with `looks`, the others are looked at. */
static cs_status take_visits(struct pass *pass, const struct cs__link_visits *visits,
                             struct cs__link_echoed *echoed, int looks)
{
    struct cs__buffer ranges = {0};
    cs_status status = CS_OK;
    for (size_t i = 0; i < visits->count && status == CS_OK; i++) {
        const struct cs__link_visit *visit = visits->items[i];
        if (visit->claim_count < 2)
            continue;
        status = ranges_of(visit, &ranges, pass->error);
        if (status != CS_OK)
            break;
        struct cs__link_echoed *same = find(echoed, ranges.data);
        if (same != NULL)
            same->stays = 1;
        if (looks && same == NULL)
            status = take_visit(pass, visit);
        if (looks && status == CS_OK)
            status = put_echoed(pass, visit, ranges.data);
    }
    cs__buffer_free(&ranges);
    return status;
}

cs_status cs__link_echo(sqlite3 *db, const struct cs__link_visits *visits, struct cs__link_echoed *echoed,
                        cs_error *error)
{
    struct pass pass = {.db = db, .error = error};
    if (cs__statements_init(&pass.statements, db, statement_sql, STATEMENT_COUNT) != CS_OK)
        return cs__error_nomem(error);
    cs_status status = take_visits(&pass, visits, echoed, 0);
    for (const struct cs__link_echoed *line = echoed; line != NULL && status == CS_OK; line = line->next)
        if (!line->stays)
            status = clear(&pass, line->ranges);
    if (status == CS_OK)
        status = take_visits(&pass, visits, echoed, 1);
    cs__unpacker_free(pass.unpacker);
    cs__statements_free(&pass.statements);
    return status;
}

cs_status cs__link_echoed_load(sqlite3 *db, const char *authority, struct cs__arena *arena,
                               struct cs__link_echoed **first, cs_error *error)
{
    static const char sql[] = "SELECT e.ranges FROM visit v JOIN echoed e ON e.visit = v.id"
                              " WHERE v.authority IS nullif(?1, '')";
    sqlite3_stmt *rows = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &rows, NULL), nomem = 0;
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(rows, 1, authority, -1, SQLITE_STATIC);
    while ((code == SQLITE_OK || code == SQLITE_ROW) && !nomem) {
        code = sqlite3_step(rows);
        if (code != SQLITE_ROW)
            break;
        struct cs__link_echoed *line = cs__arena_alloc(arena, sizeof *line);
        const char *ranges = cs__arena_string(arena, (const char *)sqlite3_column_text(rows, 0));
        nomem = line == NULL || ranges == NULL;
        if (nomem)
            break;
        *line = (struct cs__link_echoed){*first, ranges, 0};
        *first = line;
    }
    cs_status status = CS_OK;
    if (nomem)
        status = cs__error_nomem(error);
    else if (code != SQLITE_DONE)
        status = cs__store_failed(db, error);
    sqlite3_finalize(rows);
    return status;
}
