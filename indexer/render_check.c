/* SPDX-License-Identifier: MIT */
/* What documents say of themselves, with the words that say so: --check and --recommendations. */
#include "indexer/render_list.h"

#include <inttypes.h>
#include <string.h>

#include "cli/csv.h"
#include "cli/json.h"
#include "cli/terminal.h"

static void print_clean(FILE *out, const char *text)
{
    cs__terminal_print(out, text, strlen(text));
}

static json_t *document_json(const cs_document *document)
{
    json_t *object = json_object(), *fields = json_array();
    json_object_set_new(object, "path", cs__json_text(document->path));
    if (document->record != NULL)
        json_object_set_new(object, "record", cs__json_text(document->record));
    json_object_set_new(object, "status", cs__json_text(document->status));
    json_object_set_new(object, "message", cs__json_text(document->message));
    for (size_t i = 0; i < document->field_count; i++)
        json_array_append_new(fields, cs__json_field(&document->fields[i]));
    json_object_set_new(object, "fields", fields);
    return object;
}

static void field_text(FILE *out, const cs_field *field)
{
    fprintf(out, "    %-28s ", field->name);
    print_clean(out, field->value != NULL && *field->value != '\0' ? field->value : "-");
    fprintf(out, "  [%s", cs_state_name(field->state));
    if (field->rule != NULL)
        fprintf(out, ", %s", field->rule);
    if (field->page > 0)
        fprintf(out, ", page %" PRIu32, field->page);
    fputs("]\n", out);
    if (field->quotation != NULL && (field->value == NULL || strcmp(field->quotation, field->value) != 0)) {
        fprintf(out, "    %-28s   \"", "");
        print_clean(out, field->quotation);
        fputs("\"\n", out);
    }
}

static void document_text(FILE *out, const cs_document *document)
{
    print_clean(out, document->path);
    if (document->record != NULL)
        fprintf(out, " # %s", document->record);
    fputs("\n", out);
    if (document->message != NULL) {
        fprintf(out, "    %s: ", document->id == 0 ? "not indexed" : "note");
        print_clean(out, document->message);
        fputs("\n", out);
    }
    for (size_t i = 0; i < document->field_count; i++)
        field_text(out, &document->fields[i]);
}

static void field_csv(FILE *out, const cs_document *document, const cs_field *field)
{
    char page[12] = "";
    if (field->page > 0)
        snprintf(page, sizeof page, "%" PRIu32, field->page);
    const char *cells[] = {document->path,
                           document->record,
                           field->name,
                           field->value,
                           cs_state_name(field->state),
                           field->quotation,
                           page,
                           field->rule};
    cs__csv_row(out, cells, sizeof cells / sizeof cells[0]);
}

/* What a person must look at first: 0 a conflict, 1 something unreadable, 2 the rest. */
static int urgency(const cs_document *document)
{
    int worst = document->id == 0 ? 1 : 2;
    for (size_t i = 0; i < document->field_count; i++) {
        if (document->fields[i].state == CS_STATE_CONFLICT)
            return 0;
        if (document->fields[i].state == CS_STATE_UNREADABLE)
            worst = 1;
    }
    return worst;
}

static int check_document(FILE *out, enum cs__list_format format, const cs_document *document, json_t *array)
{
    if (format == CS__LIST_TEXT)
        document_text(out, document);
    else if (format == CS__LIST_JSON)
        return json_array_append_new(array, document_json(document));
    else if (format == CS__LIST_JSONL)
        return cs__json_print(out, document_json(document), 0);
    for (size_t i = 0; format == CS__LIST_CSV && i < document->field_count; i++)
        field_csv(out, document, &document->fields[i]);
    return 0;
}

int cs__render_check(FILE *out, enum cs__list_format format, const cs_documents *documents, size_t *conflicts)
{
    static const char *const columns[] = {"path",  "record",    "field", "value",
                                          "state", "quotation", "page",  "rule"};
    json_t *array = json_array();
    int failed = array == NULL;
    *conflicts = 0;
    if (format == CS__LIST_CSV)
        cs__csv_row(out, columns, sizeof columns / sizeof columns[0]);
    for (int level = 0; level <= 2; level++)
        for (size_t i = 0; !failed && i < cs_documents_count(documents); i++) {
            const cs_document *document = cs_documents_get(documents, i);
            if (urgency(document) != level)
                continue;
            *conflicts += level == 0;
            failed = check_document(out, format, document, array) != 0;
        }
    if (format == CS__LIST_JSON && !failed)
        return cs__json_print(out, array, 1);
    json_decref(array);
    return failed || ferror(out) ? -1 : 0;
}

static json_t *recommendation_json(const cs_document *document, const cs_field *field)
{
    json_t *object = json_object();
    json_object_set_new(object, "authority", cs__json_text(document->authority));
    json_object_set_new(object, "visit", cs__json_text(document->visit));
    json_object_set_new(object, "text", cs__json_text(field->value));
    json_object_set_new(object, "page", field->page > 0 ? json_integer(field->page) : json_null());
    json_object_set_new(object, "path", cs__json_text(document->path));
    return object;
}

static int recommendation(FILE *out, enum cs__list_format format, const cs_document *document,
                          const cs_field *field, json_t *array)
{
    char page[12] = "";
    if (field->page > 0)
        snprintf(page, sizeof page, "%" PRIu32, field->page);
    if (format == CS__LIST_JSON)
        return json_array_append_new(array, recommendation_json(document, field));
    if (format == CS__LIST_JSONL)
        return cs__json_print(out, recommendation_json(document, field), 0);
    if (format == CS__LIST_CSV) {
        const char *cells[] = {document->authority, document->visit, field->value, page, document->path};
        cs__csv_row(out, cells, sizeof cells / sizeof cells[0]);
        return 0;
    }
    fputs("  - ", out);
    print_clean(out, field->value != NULL ? field->value : "");
    fprintf(out, *page != '\0' ? " (page %s)\n" : "\n", page);
    return 0;
}

int cs__render_recommendations(FILE *out, enum cs__list_format format, const cs_documents *documents)
{
    static const char *const columns[] = {"authority", "visit", "text", "page", "path"};
    json_t *array = json_array();
    int failed = array == NULL;
    if (format == CS__LIST_CSV)
        cs__csv_row(out, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; !failed && i < cs_documents_count(documents); i++) {
        const cs_document *document = cs_documents_get(documents, i);
        int headed = format != CS__LIST_TEXT;
        for (size_t j = 0; !failed && j < document->field_count; j++) {
            if (strcmp(document->fields[j].name, "improvement") != 0)
                continue;
            if (!headed)
                fprintf(out, "%s\n", document->visit != NULL ? document->visit : document->path);
            headed = 1;
            failed = recommendation(out, format, document, &document->fields[j], array) != 0;
        }
    }
    if (format == CS__LIST_JSON && !failed)
        return cs__json_print(out, array, 1);
    json_decref(array);
    return failed || ferror(out) ? -1 : 0;
}
