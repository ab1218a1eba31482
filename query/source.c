/* SPDX-License-Identifier: MIT */
/* Sources: the documents, sections and visits of hits, each read once a search. */
#include "query/source.h"

#include <string.h>

#include "core/error.h"

/* What was read already. A search shows tens of documents, so a list will do. */
struct cs__source_entry {
    struct cs__source_entry *next;
    int64_t id;
    union {
        struct cs__section_row section;
        struct cs__source_document document;
        cs_visit visit;
    };
};

static struct cs__source_entry *find(struct cs__source_entry *list, int64_t id)
{
    while (list != NULL && list->id != id)
        list = list->next;
    return list;
}

static struct cs__source_entry *add(struct cs__sources *sources, struct cs__source_entry **list, int64_t id)
{
    struct cs__source_entry *entry = cs__arena_alloc(sources->arena, sizeof *entry);
    if (entry == NULL)
        return NULL;
    entry->id = id;
    entry->next = *list;
    *list = entry;
    return entry;
}

/* The one row of `id`; NULL, with `*status` set, when it is not there. */
static sqlite3_stmt *row_of(struct cs__sources *sources, enum cs__sql which, const char *what, int64_t id,
                            cs_status *status, cs_error *error)
{
    sqlite3_stmt *statement = cs__reader_statement(sources->reader, which, status, error);
    if (statement == NULL)
        return NULL;
    sqlite3_bind_int64(statement, 1, id);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        return statement;
    *status = step == SQLITE_DONE ? cs__reader_missing(sources->reader, what, id, error)
                                  : cs__reader_failed(sources->reader, error);
    return NULL;
}

/* The first failure of all that is read; what comes after it is not looked at. */
static void fail(struct cs__sources *sources, cs_status status)
{
    if (sources->status == CS_OK)
        sources->status = status;
}

/* The next row: 1, or 0 at the end, also where there is an error. */
static int next(struct cs__sources *sources, sqlite3_stmt *statement)
{
    if (statement == NULL || sources->status != CS_OK)
        return 0;
    int step = sqlite3_step(statement);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        fail(sources, cs__reader_failed(sources->reader, sources->error));
    return step == SQLITE_ROW;
}

/* A statement bound to `id`; NULL where it failed. `rows` (or NULL) tells how many rows it gives; it stands
 * before the first. */
static sqlite3_stmt *rows_of(struct cs__sources *sources, enum cs__sql which, int64_t id, size_t *rows)
{
    cs_status status;
    if (rows != NULL)
        *rows = 0;
    sqlite3_stmt *statement = cs__reader_statement(sources->reader, which, &status, sources->error);
    if (statement == NULL) {
        fail(sources, status);
        return NULL;
    }
    sqlite3_bind_int64(statement, 1, id);
    while (rows != NULL && next(sources, statement))
        ++*rows;
    if (rows != NULL)
        sqlite3_reset(statement);
    return statement;
}

static const char *text_at(struct cs__sources *sources, sqlite3_stmt *row, int column)
{
    int is_null = sqlite3_column_type(row, column) == SQLITE_NULL;
    const char *copy =
        is_null ? NULL : cs__arena_string(sources->arena, (const char *)sqlite3_column_text(row, column));
    if (!is_null && copy == NULL)
        fail(sources, cs__error_nomem(sources->error));
    return copy;
}

static cs_date date_at(sqlite3_stmt *row, int column)
{
    return (cs_date){sqlite3_column_int(row, column), sqlite3_column_int(row, column + 1),
                     (cs_precision)sqlite3_column_int(row, column + 2)};
}

cs_status cs__source_passage(struct cs__sources *sources, int64_t id, struct cs__passage_row *out,
                             cs_error *error)
{
    cs_status status;
    *out = (struct cs__passage_row){0};
    sources->error = error;
    sqlite3_stmt *row = row_of(sources, CS__SQL_PASSAGE, "passage", id, &status, error);
    if (row == NULL)
        return status;
    out->document = sqlite3_column_int64(row, 0);
    out->section = sqlite3_column_int64(row, 1);
    out->kind = sqlite3_column_int(row, 2);
    out->flags = sqlite3_column_int(row, 3);
    out->page = (uint32_t)sqlite3_column_int(row, 4);
    out->number = text_at(sources, row, 5);
    out->lead = sqlite3_column_int64(row, 6);
    sqlite3_reset(row);
    return sources->status;
}

cs_status cs__source_section(struct cs__sources *sources, int64_t id, const struct cs__section_row **out,
                             cs_error *error)
{
    struct cs__source_entry *entry = find(sources->sections, id);
    cs_status status = CS_OK;
    sources->error = error;
    *out = NULL;
    if (entry == NULL) {
        sqlite3_stmt *row = row_of(sources, CS__SQL_SECTION, "section", id, &status, error);
        if (row == NULL)
            return status;
        entry = add(sources, &sources->sections, id);
        if (entry == NULL)
            return cs__error_nomem(error);
        entry->section = (struct cs__section_row){
            .heading = text_at(sources, row, 0),
            .area = (cs_area)sqlite3_column_int(row, 1),
            .judgement = (cs_judgement)sqlite3_column_int(row, 2),
            .state = (cs_state)sqlite3_column_int(row, 3),
            .first_passage = sqlite3_column_int64(row, 4),
            .block_count = sqlite3_column_int64(row, 5),
        };
        sqlite3_reset(row);
    }
    *out = &entry->section;
    return sources->status;
}

static const char **load_strings(struct cs__sources *sources, enum cs__sql which, int64_t id, size_t *count)
{
    sqlite3_stmt *statement = rows_of(sources, which, id, count);
    const char **strings =
        statement == NULL ? NULL : cs__arena_array(sources->arena, *count, sizeof *strings);
    if (statement != NULL && strings == NULL)
        fail(sources, cs__error_nomem(sources->error));
    for (size_t i = 0; strings != NULL && i < *count && next(sources, statement); i++)
        strings[i] = text_at(sources, statement, 0);
    if (strings == NULL)
        *count = 0;
    return strings;
}

static void load_windows(struct cs__sources *sources, int64_t id, cs_visit *visit)
{
    sqlite3_stmt *statement = rows_of(sources, CS__SQL_VISIT_WINDOWS, id, &visit->window_count);
    cs_date *windows =
        statement == NULL ? NULL : cs__arena_array(sources->arena, visit->window_count, sizeof *windows);
    if (statement != NULL && windows == NULL)
        fail(sources, cs__error_nomem(sources->error));
    for (size_t i = 0; windows != NULL && i < visit->window_count && next(sources, statement); i++)
        windows[i] = date_at(statement, 0);
    visit->windows = windows;
    if (windows == NULL)
        visit->window_count = 0;
}

static void load_visit_judgements(struct cs__sources *sources, int64_t id, cs_visit *visit)
{
    sqlite3_stmt *statement = rows_of(sources, CS__SQL_VISIT_JUDGEMENTS, id, NULL);
    while (next(sources, statement)) {
        int area = sqlite3_column_int(statement, 0);
        if (area > 0 && area < CS_AREA_COUNT)
            visit->judgements[area] =
                (cs_judged){(cs_judgement)sqlite3_column_int(statement, 1),
                            (cs_state)sqlite3_column_int(statement, 2), text_at(sources, statement, 3)};
    }
}

static cs_status load_visit(struct cs__sources *sources, int64_t id, const cs_visit **out, cs_error *error)
{
    struct cs__source_entry *entry = find(sources->visits, id);
    cs_status status = CS_OK;
    *out = NULL;
    if (entry == NULL) {
        sqlite3_stmt *row = row_of(sources, CS__SQL_VISIT, "visit", id, &status, error);
        if (row == NULL)
            return status;
        entry = add(sources, &sources->visits, id);
        if (entry == NULL)
            return cs__error_nomem(error);
        cs_visit *visit = &entry->visit;
        visit->id = text_at(sources, row, 0);
        visit->authority = text_at(sources, row, 1);
        visit->kind = (cs_visit_kind)sqlite3_column_int(row, 2);
        visit->ordinal = sqlite3_column_int(row, 3);
        visit->date = date_at(row, 4);
        visit->scope_known = (cs_scope)sqlite3_column_int(row, 7);
        sqlite3_reset(row);
        load_windows(sources, id, visit);
        load_visit_judgements(sources, id, visit);
        visit->scope = load_strings(sources, CS__SQL_VISIT_SCOPE, id, &visit->scope_count);
        visit->documents = load_strings(sources, CS__SQL_VISIT_DOCUMENTS, id, &visit->document_count);
    }
    *out = &entry->visit;
    return sources->status;
}

/* "judgement." and the area's key name the field of a judgement. */
static void load_judgements(struct cs__sources *sources, cs_document *document)
{
    sqlite3_stmt *statement = rows_of(sources, CS__SQL_DOCUMENT_JUDGEMENTS, document->id, NULL);
    while (next(sources, statement)) {
        const char *name = text_at(sources, statement, 0), *value = text_at(sources, statement, 1);
        cs_area area;
        if (name == NULL)
            continue;
        if (strcmp(name, "lead_inspector") == 0) {
            if (document->lead_inspector == NULL)
                document->lead_inspector = value;
            continue;
        }
        name += strlen("judgement.");
        if (cs_area_parse(name, strlen(name), &area) != CS_OK)
            continue;
        cs_judged *judged = &document->judgements[area];
        if (value != NULL)
            cs_judgement_parse(value, strlen(value), &judged->value);
        judged->state = (cs_state)sqlite3_column_int(statement, 2);
    }
}

/* A letter or an article states no grade: the visit's stands, or is derived from the visit that it is about.
 */
static void add_standing(cs_document *document, const cs_visit *visit)
{
    document->visit = visit->id;
    for (int area = 1; area < CS_AREA_COUNT; area++) {
        cs_judged *own = &document->judgements[area];
        if (own->state != CS_STATE_UNKNOWN || visit->judgements[area].state == CS_STATE_UNKNOWN)
            continue;
        *own = visit->judgements[area];
        if (own->state == CS_STATE_STATED)
            own->state = CS_STATE_DERIVED;
    }
}

static int64_t read_document(struct cs__sources *sources, sqlite3_stmt *row, cs_document *document)
{
    const char **strings[] = {&document->path, &document->record,    &document->format,    &document->title,
                              &document->url,  &document->authority, &document->framework, &document->form};
    for (int i = 0; i < 8; i++)
        *strings[i] = text_at(sources, row, i);
    document->kind = (cs_kind)sqlite3_column_int(row, 8);
    document->published = date_at(row, 9);
    document->pages = (uint32_t)sqlite3_column_int(row, 12);
    document->words = (uint32_t)sqlite3_column_int(row, 13);
    document->passages = (uint32_t)sqlite3_column_int(row, 14);
    document->status = text_at(sources, row, 15);
    document->message = text_at(sources, row, 16);
    document->sha256 = text_at(sources, row, 17);
    return sqlite3_column_int64(row, 18);
}

cs_status cs__source_document(struct cs__sources *sources, int64_t id, const struct cs__source_document **out,
                              cs_error *error)
{
    struct cs__source_entry *entry = find(sources->documents, id);
    cs_status status = CS_OK;
    sources->error = error;
    *out = NULL;
    if (entry == NULL) {
        sqlite3_stmt *row = row_of(sources, CS__SQL_DOCUMENT, "document", id, &status, error);
        if (row == NULL)
            return status;
        entry = add(sources, &sources->documents, id);
        if (entry == NULL)
            return cs__error_nomem(error);
        cs_document *document = &entry->document.document;
        document->id = id;
        int64_t visit = read_document(sources, row, document);
        sqlite3_reset(row);
        load_judgements(sources, document);
        if (visit != 0)
            status = load_visit(sources, visit, &entry->document.visit, error);
        if (entry->document.visit != NULL)
            add_standing(document, entry->document.visit);
    }
    *out = &entry->document;
    return status == CS_OK ? sources->status : status;
}
