/* SPDX-License-Identifier: MIT */
/* Link: claims -> visits, standing judgements, echoes, written back into the index in the caller's
 * transaction. */
#include "indexer/link.h"

#include "core/error.h"
#include "core/store.h"
#include "indexer/link_claims.h"

enum statement { INSERT_VISIT, INSERT_WINDOW, INSERT_JUDGEMENT, INSERT_SCOPE, SET_VISIT, STATEMENT_COUNT };

static const char *const statement_sql[STATEMENT_COUNT] = {
    [INSERT_VISIT] =
        ("INSERT INTO visit(id, name, authority, kind, ordinal, first, last, precision, scope_known)"
         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
    [INSERT_WINDOW] =
        "INSERT INTO visit_window(visit, seq, first, last, precision) VALUES (?1, ?2, ?3, ?4, ?5)",
    [INSERT_JUDGEMENT] =
        "INSERT INTO visit_judgement(visit, area, judgement, state, source) VALUES (?1, ?2, ?3, ?4, ?5)",
    [INSERT_SCOPE] = "INSERT INTO visit_scope(visit, seq, words) VALUES (?1, ?2, ?3)",
    [SET_VISIT] = "UPDATE document SET visit = ?2 WHERE id = ?1",
};

/* What is known of an authority's visits, visits last. */
#define ITS_VISITS "(SELECT id FROM visit WHERE authority IS nullif(?1, ''))"
static const char *const clear_sql[] = {
    "UPDATE document SET visit = NULL WHERE visit IN " ITS_VISITS,
    "DELETE FROM visit_window WHERE visit IN " ITS_VISITS,
    "DELETE FROM visit_judgement WHERE visit IN " ITS_VISITS,
    "DELETE FROM visit_scope WHERE visit IN " ITS_VISITS,
    "DELETE FROM echoed WHERE visit IN " ITS_VISITS,
    "DELETE FROM visit WHERE authority IS nullif(?1, '')",
};

struct output {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    int failed;
};

static void run(struct output *output, enum statement which)
{
    sqlite3_stmt *statement = output->statements[which];
    output->failed |= sqlite3_step(statement) != SQLITE_DONE;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

static void bind_date(sqlite3_stmt *statement, int at, cs_date date)
{
    if (date.precision == CS_PRECISION_UNKNOWN)
        return;
    sqlite3_bind_int(statement, at, date.first);
    sqlite3_bind_int(statement, at + 1, date.last);
    sqlite3_bind_int(statement, at + 2, (int)date.precision);
}

/* The claim that tells the scope: official papers come first. */
static const struct cs__link_claim *scope_claim(const struct cs__link_visit *visit)
{
    for (size_t i = 0; i < visit->claim_count; i++)
        if (visit->claims[i]->scope_count > 0)
            return visit->claims[i];
    return NULL;
}

static void write_visit(struct output *output, const struct cs__link_visit *visit)
{
    sqlite3_stmt *statement = output->statements[INSERT_VISIT];
    cs_scope scope =
        visit->kind == CS_VISIT_INSPECTION || scope_claim(visit) != NULL ? CS_SCOPE_IN : CS_SCOPE_UNKNOWN;
    sqlite3_bind_int64(statement, 1, visit->id);
    sqlite3_bind_text(statement, 2, visit->name, -1, SQLITE_STATIC);
    if (visit->authority[0] != '\0')
        sqlite3_bind_text(statement, 3, visit->authority, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 4, (int)visit->kind);
    if (visit->ordinal > 0)
        sqlite3_bind_int(statement, 5, visit->ordinal);
    bind_date(statement, 6, visit->date);
    sqlite3_bind_int(statement, 9, (int)scope);
    run(output, INSERT_VISIT);
}

/* Windows come from the claim that dates the visit best; a narrowed span (see narrow() in link_cluster.c) is
 * its own window. */
static void write_windows(struct output *output, const struct cs__link_visit *visit)
{
    const struct cs__link_claim *best = NULL;
    for (size_t i = 0; i < visit->claim_count; i++)
        if (best == NULL || visit->claims[i]->date.precision > best->date.precision)
            best = visit->claims[i];
    int exact = best->date.precision == CS_PRECISION_DAY;
    size_t count = exact ? best->window_count : visit->date.precision != CS_PRECISION_UNKNOWN;
    for (size_t i = 0; i < count; i++) {
        sqlite3_stmt *statement = output->statements[INSERT_WINDOW];
        sqlite3_bind_int64(statement, 1, visit->id);
        sqlite3_bind_int64(statement, 2, (sqlite3_int64)i);
        bind_date(statement, 3, exact ? best->windows[i] : visit->date);
        run(output, INSERT_WINDOW);
    }
}

static void write_judgements(struct output *output, const struct cs__link_visit *visit)
{
    for (int area = 1; area < CS_AREA_COUNT; area++) {
        struct cs__link_judged judged = visit->judgements[area];
        sqlite3_stmt *statement = output->statements[INSERT_JUDGEMENT];
        if (judged.state == CS_STATE_UNKNOWN)
            continue;
        sqlite3_bind_int64(statement, 1, visit->id);
        sqlite3_bind_int(statement, 2, area);
        sqlite3_bind_int(statement, 3, (int)judged.value);
        sqlite3_bind_int(statement, 4, (int)judged.state);
        if (judged.source != NULL)
            sqlite3_bind_int64(statement, 5, judged.source->id);
        run(output, INSERT_JUDGEMENT);
    }
}

static void write_scope(struct output *output, const struct cs__link_visit *visit)
{
    const struct cs__link_claim *claim = scope_claim(visit);
    for (size_t i = 0; claim != NULL && i < claim->scope_count; i++) {
        sqlite3_stmt *statement = output->statements[INSERT_SCOPE];
        sqlite3_bind_int64(statement, 1, visit->id);
        sqlite3_bind_int64(statement, 2, (sqlite3_int64)i);
        sqlite3_bind_text(statement, 3, claim->scope[i], -1, SQLITE_STATIC);
        run(output, INSERT_SCOPE);
    }
}

static void write_documents(struct output *output, const struct cs__link_visit *visit)
{
    for (size_t i = 0; i < visit->claim_count; i++) {
        sqlite3_bind_int64(output->statements[SET_VISIT], 1, visit->claims[i]->document);
        sqlite3_bind_int64(output->statements[SET_VISIT], 2, visit->id);
        run(output, SET_VISIT);
    }
}

static void clear_visits(struct output *output, const char *const *authorities, size_t count)
{
    for (size_t which = 0; which < sizeof clear_sql / sizeof clear_sql[0]; which++) {
        sqlite3_stmt *statement = NULL;
        output->failed |= sqlite3_prepare_v2(output->db, clear_sql[which], -1, &statement, NULL) != SQLITE_OK;
        for (size_t i = 0; i < count && !output->failed; i++) {
            output->failed |=
                sqlite3_bind_text(statement, 1, authorities[i], -1, SQLITE_STATIC) != SQLITE_OK ||
                sqlite3_step(statement) != SQLITE_DONE;
            sqlite3_reset(statement);
        }
        sqlite3_finalize(statement);
    }
}

static int64_t next_id(struct output *output)
{
    sqlite3_stmt *statement = NULL;
    int64_t id = 0;
    if (sqlite3_prepare_v2(output->db, "SELECT coalesce(max(id), 0) + 1 FROM visit", -1, &statement, NULL) ==
            SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        id = sqlite3_column_int64(statement, 0);
    output->failed |= id == 0;
    sqlite3_finalize(statement);
    return id;
}

static void write_all(struct output *output, struct cs__link_visits *visits)
{
    int64_t id = next_id(output);
    for (size_t i = 0; i < visits->count; i++)
        visits->items[i]->id = id + (int64_t)i;
    for (size_t i = 0; i < visits->count && !output->failed; i++) {
        write_visit(output, visits->items[i]);
        write_windows(output, visits->items[i]);
        write_judgements(output, visits->items[i]);
        write_scope(output, visits->items[i]);
        write_documents(output, visits->items[i]);
    }
}

static cs_status write_visits(sqlite3 *db, const char *const *authorities, size_t count,
                              struct cs__link_visits *visits, cs_error *error)
{
    struct output output = {.db = db};
    clear_visits(&output, authorities, count);
    for (int i = 0; i < STATEMENT_COUNT && !output.failed; i++)
        output.failed =
            sqlite3_prepare_v2(db, statement_sql[i], -1, &output.statements[i], NULL) != SQLITE_OK;
    if (!output.failed)
        write_all(&output, visits);
    int code = sqlite3_errcode(db);
    cs_status status = CS_OK;
    if (output.failed)
        status = cs__error_set(error, code == SQLITE_FULL ? CS_ERR_FULL : CS_ERR_IO,
                               "writing visits failed: %s", sqlite3_errmsg(db));
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(output.statements[i]);
    return status;
}

static cs_status link_authorities(sqlite3 *db, const char *const *authorities, size_t count,
                                  struct cs__arena *arena, cs_error *error)
{
    struct cs__link_claims claims = {.items = NULL};
    struct cs__link_visits visits = {0};
    struct cs__link_echoed *echoed = NULL;
    cs_status status = CS_OK;
    for (size_t i = 0; i < count && status == CS_OK; i++)
        status = cs__link_echoed_load(db, authorities[i], arena, &echoed, error);
    if (status == CS_OK)
        status = cs__link_claims_load(db, authorities, count, &claims, error);
    if (status == CS_OK)
        status = cs__link_cluster(&claims, &visits, error);
    if (status == CS_OK) {
        cs__link_standing(&visits);
        status = write_visits(db, authorities, count, &visits, error);
    }
    if (status == CS_OK)
        status = cs__link_echo(db, &visits, echoed, error);
    cs__link_claims_free(&claims);
    return status;
}

cs_status cs__link(sqlite3 *db, cs_error *error)
{
    struct cs__arena arena = {0};
    const char **authorities;
    size_t count;
    cs_status status = cs__link_changed(db, &arena, &authorities, &count, error);
    if (status == CS_OK && count > 0)
        status = link_authorities(db, authorities, count, &arena, error);
    if (status == CS_OK && sqlite3_exec(db, "DELETE FROM unlinked", NULL, NULL, NULL) != SQLITE_OK)
        status = cs__store_failed(db, error);
    cs__arena_free(&arena);
    return status;
}
