/* SPDX-License-Identifier: MIT */
/* Link, step 1: index -> claims. One pass over documents and one over their fields, joined by document id. */
#include "indexer/link_claims.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/error.h"

enum { LIST_MAX = 64 }; /* windows, scope items: more in one document is noise */

struct field_lists {
    cs_date windows[LIST_MAX];
    size_t window_count;
    const char *scope[LIST_MAX];
    size_t scope_count;
};

struct load {
    sqlite3_stmt *documents, *fields;
    struct cs__link_claims *out;
    size_t capacity;
    int fields_left;
    int failed;
};

static const char *text_of(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text != NULL ? text : "";
}

static cs_date date_of(const char *value)
{
    cs_date date;
    cs_date_parse(value, strlen(value), &date);
    return date;
}

/* The name of a judgement's field is "judgement." and the area's key. */
static int take_judgement(struct cs__link_claim *claim, const char *name, const char *value, cs_state state)
{
    cs_area area;
    if (strncmp(name, "judgement.", 10) != 0 || cs_area_parse(name + 10, strlen(name + 10), &area) != CS_OK)
        return 0;
    cs_judgement_parse(value, strlen(value), &claim->judgements[area].value);
    claim->judgements[area].state = state;
    return 1;
}

/* "--06-07/--06-08", "--06". */
static void take_days(struct cs__link_claim *claim, const char *value)
{
    struct cs__link_days days = {0};
    int count =
        sscanf(value, "--%2d-%2d/--%2d-%2d", &days.month, &days.day, &days.last_month, &days.last_day);
    if (count == 4 || count == 1)
        claim->days = days;
}

static void take_field(struct load *load, struct cs__link_claim *claim, struct field_lists *lists)
{
    const char *name = text_of(load->fields, 1), *value = text_of(load->fields, 2);
    cs_state state = (cs_state)sqlite3_column_int(load->fields, 3);
    if (take_judgement(claim, name, value, state))
        return;
    if (strcmp(name, "visit_kind") == 0)
        cs_visit_kind_parse(value, strlen(value), &claim->visit_kind);
    else if (strcmp(name, "ordinal") == 0 && claim->ordinal == 0)
        claim->ordinal = atoi(value);
    else if (strcmp(name, "visit_window") == 0 && lists->window_count < LIST_MAX) {
        cs_date window = date_of(value);
        if (window.precision != CS_PRECISION_UNKNOWN)
            lists->windows[lists->window_count++] = window;
    } else if (strcmp(name, "standing_overall") == 0 && claim->standing == CS_JUDGEMENT_NONE)
        cs_judgement_parse(value, strlen(value), &claim->standing);
    else if (strcmp(name, "standing_date") == 0 && claim->baseline.precision == CS_PRECISION_UNKNOWN)
        claim->baseline = date_of(value);
    else if (strcmp(name, "visit_days") == 0)
        take_days(claim, value);
    else if (strcmp(name, "standing_month") == 0)
        sscanf(value, "--%2d", &claim->baseline_month);
    else if (strcmp(name, "standing_year_offset") == 0)
        claim->baseline_year_offset = atoi(value);
    else if (strcmp(name, "scope") == 0 && lists->scope_count < LIST_MAX) {
        char *copy = cs__arena_string(&load->out->arena, value);
        load->failed |= copy == NULL;
        lists->scope[lists->scope_count++] = copy;
    } else if (strcmp(name, "visit") == 0 && state == CS_STATE_OVERRIDE)
        claim->forced_visit = cs__arena_string(&load->out->arena, value);
}

static int by_first_day(const void *a, const void *b)
{
    const cs_date *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

static void *keep(struct cs__arena *arena, const void *items, size_t size)
{
    void *copy = cs__arena_alloc(arena, size);
    if (copy != NULL && size > 0)
        memcpy(copy, items, size);
    return copy;
}

static void close_lists(struct load *load, struct cs__link_claim *claim, struct field_lists *lists)
{
    struct cs__arena *arena = &load->out->arena;
    qsort(lists->windows, lists->window_count, sizeof lists->windows[0], by_first_day);
    for (size_t i = 0; i < lists->window_count; i++) {
        cs_date window = lists->windows[i];
        claim->date = i == 0 ? window : cs__date_span(claim->date, window);
    }
    claim->windows = keep(arena, lists->windows, lists->window_count * sizeof lists->windows[0]);
    claim->scope = keep(arena, lists->scope, lists->scope_count * sizeof lists->scope[0]);
    claim->window_count = lists->window_count;
    claim->scope_count = lists->scope_count;
    load->failed |= claim->windows == NULL || claim->scope == NULL;
}

/* Both statements come by document id, so one pass over the fields serves all documents. */
static void take_fields(struct load *load, struct cs__link_claim *claim)
{
    struct field_lists lists = {.window_count = 0};
    while (load->fields_left && sqlite3_column_int64(load->fields, 0) < claim->document)
        load->fields_left = sqlite3_step(load->fields) == SQLITE_ROW;
    while (load->fields_left && sqlite3_column_int64(load->fields, 0) == claim->document) {
        take_field(load, claim, &lists);
        load->fields_left = sqlite3_step(load->fields) == SQLITE_ROW;
    }
    close_lists(load, claim, &lists);
}

/* A kind of document that is written about a visit of one kind says so by itself. */
static cs_visit_kind visit_kind_of(cs_kind kind)
{
    switch (kind) {
    case CS_KIND_INSPECTION_REPORT:
        return CS_VISIT_INSPECTION;
    case CS_KIND_MONITORING_LETTER:
        return CS_VISIT_MONITORING;
    case CS_KIND_FOCUSED_VISIT_LETTER:
        return CS_VISIT_FOCUSED;
    default:
        return CS_VISIT_UNKNOWN;
    }
}

static int names_a_visit(const struct cs__link_claim *claim)
{
    return claim->forced_visit != NULL || claim->window_count > 0 || claim->days.month > 0 ||
           (claim->visit_kind != CS_VISIT_UNKNOWN && claim->ordinal > 0);
}

static struct cs__link_claim *add_claim(struct load *load)
{
    struct cs__link_claims *out = load->out;
    if (out->count == load->capacity) {
        size_t capacity = load->capacity ? load->capacity * 2 : 64;
        struct cs__link_claim *items = realloc(out->items, capacity * sizeof *items);
        if (items == NULL)
            return NULL;
        out->items = items;
        load->capacity = capacity;
    }
    struct cs__link_claim *claim = &out->items[out->count++];
    *claim = (struct cs__link_claim){.document = 0};
    return claim;
}

static int take_document(struct load *load)
{
    struct cs__arena *arena = &load->out->arena;
    sqlite3_stmt *row = load->documents;
    struct cs__link_claim *claim = add_claim(load);
    if (claim == NULL)
        return 0;
    claim->document = sqlite3_column_int64(row, 0);
    claim->path = cs__arena_string(arena, text_of(row, 1));
    claim->record = cs__arena_string(arena, text_of(row, 2));
    claim->authority = cs__arena_string(arena, text_of(row, 3));
    claim->kind = (cs_kind)sqlite3_column_int(row, 4);
    claim->published = (cs_date){sqlite3_column_int(row, 5), sqlite3_column_int(row, 6),
                                 (cs_precision)sqlite3_column_int(row, 7)};
    claim->pages = sqlite3_column_int(row, 8);
    claim->first_passage = sqlite3_column_int64(row, 9);
    claim->last_passage = claim->first_passage + sqlite3_column_int64(row, 10) - 1;
    take_fields(load, claim);
    if (claim->visit_kind == CS_VISIT_UNKNOWN)
        claim->visit_kind = visit_kind_of(claim->kind);
    if (claim->path == NULL || claim->record == NULL || claim->authority == NULL || load->failed)
        return 0;
    if (!names_a_visit(claim))
        load->out->count--;
    return 1;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int stronger_first(const void *a, const void *b)
{
    const struct cs__link_claim *x = a, *y = b;
    int order = strcmp(x->authority, y->authority);
    if (order == 0)
        order = compare_numbers(y->date.precision, x->date.precision);
    if (order == 0)
        order = compare_numbers(x->date.first, y->date.first);
    if (order == 0)
        order = compare_numbers(x->kind == CS_KIND_OTHER ? 99 : (int)x->kind,
                                y->kind == CS_KIND_OTHER ? 99 : (int)y->kind);
    if (order == 0)
        order = compare_numbers(x->ordinal, y->ordinal);
    if (order == 0) /* of two copies the one with pages can be cited better */
        order = compare_numbers(y->pages, x->pages);
    if (order == 0)
        order = strcmp(x->path, y->path);
    return order != 0 ? order : strcmp(x->record, y->record);
}

/* One authority's documents and their fields; then those of documents without an authority, which may be
 * nearly all of an index: the kind tells whether one can be on a visit. */
#define DOCUMENTS                                                                                            \
    "SELECT d.id, s.path, d.record, d.authority, d.kind, d.published_first, d.published_last,"               \
    " d.published_precision, d.pages, d.first_passage, d.block_count"                                        \
    " FROM document d JOIN source s ON s.id = d.source WHERE "
#define FIELDS                                                                                               \
    "SELECT f.document, f.name, f.value, f.state FROM document d JOIN field f ON f.document = d.id WHERE "
#define OF_AUTHORITY "d.authority = ?1"
#define OF_NONE "d.authority IS NULL AND d.kind <> 0"

static const char *const documents_sql[] = {DOCUMENTS OF_NONE " ORDER BY d.id",
                                            DOCUMENTS OF_AUTHORITY " ORDER BY d.id"};
static const char *const fields_sql[] = {FIELDS OF_NONE " ORDER BY d.id, f.seq",
                                         FIELDS OF_AUTHORITY " ORDER BY d.id, f.seq"};

static cs_status load_authority(sqlite3 *db, struct load *load, const char *authority, cs_error *error)
{
    int is_named = authority[0] != '\0', step = SQLITE_ERROR;
    cs_status status = CS_OK;
    load->documents = load->fields = NULL;
    if (sqlite3_prepare_v2(db, documents_sql[is_named], -1, &load->documents, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, fields_sql[is_named], -1, &load->fields, NULL) == SQLITE_OK &&
        (!is_named || (sqlite3_bind_text(load->documents, 1, authority, -1, SQLITE_STATIC) == SQLITE_OK &&
                       sqlite3_bind_text(load->fields, 1, authority, -1, SQLITE_STATIC) == SQLITE_OK))) {
        load->fields_left = sqlite3_step(load->fields) == SQLITE_ROW;
        while (status == CS_OK && (step = sqlite3_step(load->documents)) == SQLITE_ROW)
            if (!take_document(load))
                status = cs__error_nomem(error);
    }
    if (status == CS_OK && step != SQLITE_DONE)
        status = cs__error_set(error, CS_ERR_IO, "reading documents for their visits failed: %s",
                               sqlite3_errmsg(db));
    sqlite3_finalize(load->documents);
    sqlite3_finalize(load->fields);
    return status;
}

cs_status cs__link_claims_load(sqlite3 *db, const char *const *authorities, size_t count,
                               struct cs__link_claims *out, cs_error *error)
{
    struct load load = {.out = out};
    cs_status status = CS_OK;
    *out = (struct cs__link_claims){.items = NULL};
    for (size_t i = 0; i < count && status == CS_OK; i++)
        status = load_authority(db, &load, authorities[i], error);
    if (status == CS_OK && !cs__link_years(out))
        status = cs__error_nomem(error);
    if (status == CS_OK && out->count > 0)
        qsort(out->items, out->count, sizeof *out->items, stronger_first);
    if (status != CS_OK)
        cs__link_claims_free(out);
    return status;
}

void cs__link_claims_free(struct cs__link_claims *claims)
{
    free(claims->items);
    cs__arena_free(&claims->arena);
    *claims = (struct cs__link_claims){.items = NULL};
}
