/* SPDX-License-Identifier: MIT */
/* Listing: index -> documents with their fields, in the order of their paths and records.
 *
 * What a document itself states comes from its fields; what stands from its visit is added, and says so. */
#include "query/listing.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/store.h"

static const char documents_sql[] =
    "SELECT d.id, s.path, d.record, d.format, d.title, d.url, d.authority, d.framework, d.form, d.kind,"
    " d.published_first, d.published_last, d.published_precision, d.pages, d.words, d.passages, s.status, "
    "s.message,"
    " nullif(lower(hex(s.sha256)), ''), d.visit"
    " FROM source s LEFT JOIN document d ON d.source = s.id"
    " WHERE (d.id IS NOT NULL OR ?2) AND (?1 IS NULL OR d.authority = ?1 COLLATE NOCASE)"
    " ORDER BY s.path, d.id";

/* Conflicts and what can't be read come first: that is what a person must look at. */
static const char fields_sql[] =
    "SELECT name, value, state, quotation, page, rule FROM field WHERE document = ?1"
    " AND (?2 OR name = 'lead_inspector' OR name LIKE 'judgement.%')"
    " ORDER BY state NOT IN (7, 8), seq";

struct load {
    sqlite3_stmt *documents, *fields;
    cs_documents *out;
    cs_visits *visits;
    size_t capacity;
    int with_fields;
    int nomem;
    cs_status status; /* of reading fields; sticky */
    cs_error *error;
};

static const char *copy(struct load *load, const char *text)
{
    const char *out = cs__arena_string(&load->out->arena, text);
    load->nomem |= text != NULL && out == NULL;
    return out;
}

static const char *copy_at(struct load *load, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    load->nomem |= text == NULL && sqlite3_column_type(row, column) != SQLITE_NULL;
    return copy(load, text);
}

/* "judgement." and the area's key name the field of a judgement. */
static void take_judgement(cs_document *document, const cs_field *field)
{
    cs_area area;
    if (strncmp(field->name, "judgement.", 10) != 0 ||
        cs_area_parse(field->name + 10, strlen(field->name + 10), &area) != CS_OK)
        return;
    cs_judged *judged = &document->judgements[area];
    if (field->value != NULL)
        cs_judgement_parse(field->value, strlen(field->value), &judged->value);
    judged->state = field->state;
}

static void load_field(struct load *load, cs_document *document, cs_field *field)
{
    sqlite3_stmt *row = load->fields;
    *field = (cs_field){
        .name = copy_at(load, row, 0),
        .value = copy_at(load, row, 1),
        .state = (cs_state)sqlite3_column_int(row, 2),
        .quotation = copy_at(load, row, 3),
        .page = (uint32_t)sqlite3_column_int(row, 4),
        .rule = copy_at(load, row, 5),
    };
    if (field->name == NULL)
        return;
    take_judgement(document, field);
    if (document->lead_inspector == NULL && strcmp(field->name, "lead_inspector") == 0)
        document->lead_inspector = field->value;
}

/* 1, or 0 at the end, also where there is an error. */
static int next_field(struct load *load)
{
    int step = load->status == CS_OK ? sqlite3_step(load->fields) : SQLITE_DONE;
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        load->status = cs__store_failed(sqlite3_db_handle(load->fields), load->error);
    return step == SQLITE_ROW;
}

static void load_fields(struct load *load, cs_document *document)
{
    size_t count = 0;
    cs_field *fields = NULL;
    sqlite3_reset(load->fields);
    sqlite3_bind_int64(load->fields, 1, document->id);
    while (next_field(load))
        count++;
    fields = cs__arena_array(&load->out->arena, count, sizeof *fields);
    load->nomem |= fields == NULL;
    sqlite3_reset(load->fields);
    for (size_t i = 0; fields != NULL && i < count && next_field(load); i++)
        load_field(load, document, &fields[i]);
    document->fields = load->with_fields ? fields : NULL;
    document->field_count = load->with_fields && fields != NULL ? count : 0;
}

/* A letter or an article states no grade: the visit's stands, or is derived from the visit that it is about.
 */
static void add_standing(struct load *load, cs_document *document, const cs_visit *visit)
{
    document->visit = copy(load, visit->id);
    for (int area = 1; area < CS_AREA_COUNT; area++) {
        cs_judged *own = &document->judgements[area];
        if (own->state != CS_STATE_UNKNOWN || visit->judgements[area].state == CS_STATE_UNKNOWN)
            continue;
        *own = visit->judgements[area];
        own->source = copy(load, own->source);
        if (own->state == CS_STATE_STATED)
            own->state = CS_STATE_DERIVED;
    }
}

static cs_document *add_document(struct load *load)
{
    cs_documents *out = load->out;
    if (out->count == load->capacity) {
        size_t capacity = load->capacity ? load->capacity * 2 : 64;
        cs_document *items = realloc(out->items, capacity * sizeof *items);
        if (items == NULL)
            return NULL;
        out->items = items;
        load->capacity = capacity;
    }
    cs_document *document = &out->items[out->count++];
    *document = (cs_document){.id = 0};
    return document;
}

static int load_document(struct load *load)
{
    sqlite3_stmt *row = load->documents;
    cs_document *document = add_document(load);
    if (document == NULL)
        return 0;
    document->id = sqlite3_column_int64(row, 0);
    const char **strings[] = {&document->path, &document->record,    &document->format,    &document->title,
                              &document->url,  &document->authority, &document->framework, &document->form};
    for (int i = 0; i < 8; i++)
        *strings[i] = copy_at(load, row, 1 + i);
    document->kind = (cs_kind)sqlite3_column_int(row, 9);
    document->published = (cs_date){sqlite3_column_int(row, 10), sqlite3_column_int(row, 11),
                                    (cs_precision)sqlite3_column_int(row, 12)};
    document->pages = (uint32_t)sqlite3_column_int(row, 13);
    document->words = (uint32_t)sqlite3_column_int(row, 14);
    document->passages = (uint32_t)sqlite3_column_int(row, 15);
    document->status = copy_at(load, row, 16);
    document->message = copy_at(load, row, 17);
    document->sha256 = copy_at(load, row, 18);
    if (document->id != 0)
        load_fields(load, document);
    const cs_visit *visit = cs__visits_by_row(load->visits, sqlite3_column_int64(row, 19));
    if (visit != NULL)
        add_standing(load, document, visit);
    return !load->nomem && load->status == CS_OK;
}

/* Whether `path` is one of the paths asked for, or below one. */
static int is_asked_for(const cs_list_options *options, const char *path)
{
    for (size_t i = 0; path != NULL && i < options->path_count; i++) {
        size_t size = strlen(options->paths[i]);
        while (size > 0 && options->paths[i][size - 1] == '/')
            size--;
        if (strncmp(path, options->paths[i], size) == 0 && (path[size] == '\0' || path[size] == '/'))
            return 1;
    }
    return options->path_count == 0;
}

static cs_status load_all(sqlite3 *db, struct load *load, const cs_list_options *options, cs_error *error)
{
    int step = SQLITE_ROW;
    if (sqlite3_prepare_v2(db, documents_sql, -1, &load->documents, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, fields_sql, -1, &load->fields, NULL) != SQLITE_OK)
        return cs__store_failed(db, error);
    if (options->authority != NULL)
        sqlite3_bind_text(load->documents, 1, options->authority, -1, SQLITE_STATIC);
    sqlite3_bind_int(load->documents, 2, options->with_failed);
    sqlite3_bind_int(load->fields, 2, options->with_fields);
    while ((step = sqlite3_step(load->documents)) == SQLITE_ROW)
        if (is_asked_for(options, (const char *)sqlite3_column_text(load->documents, 1)) &&
            !load_document(load))
            return load->status != CS_OK ? load->status : cs__error_nomem(error);
    if (step != SQLITE_DONE)
        return cs__store_failed(db, error);
    return CS_OK;
}

cs_status cs__documents_load(sqlite3 *db, const cs_list_options *options, cs_documents **out, cs_error *error)
{
    static const cs_list_options everything = CS_LIST_OPTIONS_INIT;
    struct load load = {.out = calloc(1, sizeof *load.out), .error = error};
    *out = NULL;
    if (load.out == NULL)
        return cs__error_nomem(error);
    options = options != NULL ? options : &everything;
    load.with_fields = options->with_fields;
    cs_status status = cs__visits_load(db, NULL, &load.visits, error);
    if (status == CS_OK)
        status = load_all(db, &load, options, error);
    sqlite3_finalize(load.documents);
    sqlite3_finalize(load.fields);
    cs_visits_free(load.visits);
    if (status == CS_OK)
        *out = load.out;
    else
        cs_documents_free(load.out);
    return status;
}

size_t cs_documents_count(const cs_documents *documents)
{
    return documents->count;
}

const cs_document *cs_documents_get(const cs_documents *documents, size_t i)
{
    return i < documents->count ? &documents->items[i] : NULL;
}

void cs_documents_free(cs_documents *documents)
{
    if (documents == NULL)
        return;
    cs__arena_free(&documents->arena);
    free(documents->items);
    free(documents);
}
