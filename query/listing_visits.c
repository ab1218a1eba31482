/* SPDX-License-Identifier: MIT */
/* Listing: index -> visits, oldest first, those of unknown date last. */
#include "query/listing.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/store.h"

/* Each part comes by visit row and is laid beside its visit in one pass. */
static const char count_sql[] = "SELECT count(*) FROM visit";
static const char visits_sql[] =
    "SELECT id, name, authority, kind, ordinal, first, last, precision, scope_known FROM visit"
    " WHERE ?1 IS NULL OR authority = ?1 COLLATE NOCASE ORDER BY first IS NULL, first, last, name";
static const char windows_sql[] =
    "SELECT first, last, precision FROM visit_window WHERE visit = ?1 ORDER BY seq";
static const char judgements_sql[] = "SELECT j.area, j.judgement, j.state, s.name FROM visit_judgement j "
                                     "LEFT JOIN visit s ON s.id = j.source WHERE j.visit = ?1";
static const char scope_sql[] = "SELECT words FROM visit_scope WHERE visit = ?1 ORDER BY seq";
static const char documents_sql[] = "SELECT s.path FROM document d JOIN source s ON s.id = d.source WHERE "
                                    "d.visit = ?1 ORDER BY d.kind = 0, d.kind, s.path";

enum part { WINDOWS, JUDGEMENTS, SCOPE, DOCUMENTS, PART_COUNT };
static const char *const part_sql[PART_COUNT] = {windows_sql, judgements_sql, scope_sql, documents_sql};

struct load {
    sqlite3_stmt *visits, *parts[PART_COUNT];
    cs_visits *out;
    int nomem;
    cs_status status; /* of reading rows; sticky */
    cs_error *error;
};

static cs_date date_at(sqlite3_stmt *row, int column)
{
    return (cs_date){sqlite3_column_int(row, column), sqlite3_column_int(row, column + 1),
                     (cs_precision)sqlite3_column_int(row, column + 2)};
}

static const char *copy_at(struct load *load, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    const char *copy = cs__arena_string(&load->out->arena, text);
    load->nomem |= copy == NULL && sqlite3_column_type(row, column) != SQLITE_NULL;
    return copy;
}

/* The next row: 1, or 0 at the end, also where there is an error. */
static int next(struct load *load, sqlite3_stmt *statement)
{
    int step = load->status == CS_OK ? sqlite3_step(statement) : SQLITE_DONE;
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        load->status = cs__store_failed(sqlite3_db_handle(statement), load->error);
    return step == SQLITE_ROW;
}

static size_t rows_of(struct load *load, sqlite3_stmt *statement, int64_t visit)
{
    size_t count = 0;
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, visit);
    while (next(load, statement))
        count++;
    sqlite3_reset(statement);
    return count;
}

static void load_windows(struct load *load, cs_visit *visit, int64_t row)
{
    sqlite3_stmt *statement = load->parts[WINDOWS];
    size_t count = rows_of(load, statement, row);
    cs_date *windows = cs__arena_array(&load->out->arena, count, sizeof *windows);
    load->nomem |= windows == NULL;
    for (size_t i = 0; windows != NULL && i < count && next(load, statement); i++)
        windows[i] = date_at(statement, 0);
    visit->windows = windows;
    visit->window_count = windows != NULL ? count : 0;
}

static void load_judgements(struct load *load, cs_visit *visit, int64_t row)
{
    sqlite3_stmt *statement = load->parts[JUDGEMENTS];
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, row);
    while (next(load, statement)) {
        int area = sqlite3_column_int(statement, 0);
        if (area > 0 && area < CS_AREA_COUNT)
            visit->judgements[area] =
                (cs_judged){(cs_judgement)sqlite3_column_int(statement, 1),
                            (cs_state)sqlite3_column_int(statement, 2), copy_at(load, statement, 3)};
    }
}

static const char **load_strings(struct load *load, enum part part, int64_t row, size_t *count)
{
    sqlite3_stmt *statement = load->parts[part];
    size_t rows = rows_of(load, statement, row);
    const char **strings = cs__arena_array(&load->out->arena, rows, sizeof *strings);
    load->nomem |= strings == NULL;
    for (size_t i = 0; strings != NULL && i < rows && next(load, statement); i++)
        strings[i] = copy_at(load, statement, 0);
    *count = strings != NULL ? rows : 0;
    return strings;
}

static void load_visit(struct load *load)
{
    sqlite3_stmt *row = load->visits;
    cs_visits *out = load->out;
    int64_t id = sqlite3_column_int64(row, 0);
    cs_visit *visit = &out->items[out->count++];
    if (id > 0 && (size_t)id < out->row_count)
        out->by_row[id] = visit;
    visit->id = copy_at(load, row, 1);
    visit->authority = copy_at(load, row, 2);
    visit->kind = (cs_visit_kind)sqlite3_column_int(row, 3);
    visit->ordinal = sqlite3_column_int(row, 4);
    visit->date = date_at(row, 5);
    visit->scope_known = (cs_scope)sqlite3_column_int(row, 8);
    load_windows(load, visit, id);
    load_judgements(load, visit, id);
    visit->scope = load_strings(load, SCOPE, id, &visit->scope_count);
    visit->documents = load_strings(load, DOCUMENTS, id, &visit->document_count);
}

static int prepare(sqlite3 *db, struct load *load, size_t *capacity)
{
    sqlite3_stmt *count = NULL;
    int ok =
        sqlite3_prepare_v2(db, count_sql, -1, &count, NULL) == SQLITE_OK && sqlite3_step(count) == SQLITE_ROW;
    *capacity = ok ? (size_t)sqlite3_column_int64(count, 0) : 0;
    sqlite3_finalize(count);
    ok = ok && sqlite3_prepare_v2(db, visits_sql, -1, &load->visits, NULL) == SQLITE_OK;
    for (int i = 0; i < PART_COUNT && ok; i++)
        ok = sqlite3_prepare_v2(db, part_sql[i], -1, &load->parts[i], NULL) == SQLITE_OK;
    return ok;
}

static cs_status load_all(sqlite3 *db, struct load *load, const char *authority, cs_error *error)
{
    size_t capacity = 0;
    int step = SQLITE_DONE;
    if (!prepare(db, load, &capacity))
        return cs__store_failed(db, error);
    load->out->items = cs__arena_array(&load->out->arena, capacity, sizeof *load->out->items);
    load->out->by_row = cs__arena_array(&load->out->arena, capacity + 1, sizeof *load->out->by_row);
    load->out->row_count = capacity + 1;
    load->nomem = load->out->items == NULL || load->out->by_row == NULL;
    if (authority != NULL)
        sqlite3_bind_text(load->visits, 1, authority, -1, SQLITE_STATIC);
    while (!load->nomem && load->status == CS_OK && load->out->count < capacity &&
           (step = sqlite3_step(load->visits)) == SQLITE_ROW)
        load_visit(load);
    if (load->nomem)
        return cs__error_nomem(error);
    if (load->status != CS_OK)
        return load->status;
    if (step != SQLITE_DONE && step != SQLITE_ROW)
        return cs__store_failed(db, error);
    return CS_OK;
}

cs_status cs__visits_load(sqlite3 *db, const cs_list_options *options, cs_visits **out, cs_error *error)
{
    struct load load = {.out = calloc(1, sizeof *load.out), .error = error};
    *out = NULL;
    if (load.out == NULL)
        return cs__error_nomem(error);
    cs_status status = load_all(db, &load, options != NULL ? options->authority : NULL, error);
    sqlite3_finalize(load.visits);
    for (int i = 0; i < PART_COUNT; i++)
        sqlite3_finalize(load.parts[i]);
    if (status == CS_OK)
        *out = load.out;
    else
        cs_visits_free(load.out);
    return status;
}

const cs_visit *cs__visits_by_row(const cs_visits *visits, int64_t row)
{
    return row > 0 && (size_t)row < visits->row_count ? visits->by_row[row] : NULL;
}

size_t cs_visits_count(const cs_visits *visits)
{
    return visits->count;
}

const cs_visit *cs_visits_get(const cs_visits *visits, size_t i)
{
    return i < visits->count ? &visits->items[i] : NULL;
}

void cs_visits_free(cs_visits *visits)
{
    if (visits == NULL)
        return;
    cs__arena_free(&visits->arena);
    free(visits);
}
