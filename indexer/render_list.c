/* SPDX-License-Identifier: MIT */
/* Documents and visits as text, JSON, JSON Lines and CSV. */
#include "indexer/render_list.h"

#include <inttypes.h>
#include <string.h>

#include "cli/csv.h"
#include "cli/json.h"
#include "cli/terminal.h"

const cs_visit *cs__visit_of(const cs_visits *visits, const cs_document *document)
{
    for (size_t i = 0; document->visit != NULL && i < cs_visits_count(visits); i++)
        if (strcmp(cs_visits_get(visits, i)->id, document->visit) == 0)
            return cs_visits_get(visits, i);
    return NULL;
}

static json_t *strings_json(const char *const *strings, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, cs__json_text(strings[i]));
    return array;
}

static json_t *visit_json(const cs_visit *visit)
{
    json_t *object = cs__json_visit(visit);
    cs_judged stated[CS_AREA_COUNT] = {{CS_JUDGEMENT_NONE, CS_STATE_UNKNOWN, NULL}};
    cs_judged standing[CS_AREA_COUNT] = {{CS_JUDGEMENT_NONE, CS_STATE_UNKNOWN, NULL}};
    for (int area = 1; area < CS_AREA_COUNT; area++) {
        int stands = visit->judgements[area].state == CS_STATE_STANDING;
        *(stands ? &standing[area] : &stated[area]) = visit->judgements[area];
    }
    json_object_set_new(object, "windows", cs__json_windows(visit->windows, visit->window_count));
    json_object_set_new(object, "judgements", cs__json_judgements(stated));
    json_object_set_new(object, "standing", cs__json_judgements(standing));
    json_object_set_new(object, "scope", strings_json(visit->scope, visit->scope_count));
    json_object_set_new(object, "documents", strings_json(visit->documents, visit->document_count));
    return object;
}

/* One object a line, or all in one array. */
static int print_json(FILE *out, enum cs__list_format format, json_t *array, json_t *object)
{
    if (format == CS__LIST_JSONL)
        return cs__json_print(out, object, 0);
    return json_array_append_new(array, object);
}

static const char *last_part(const char *path)
{
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    return slash != NULL ? slash + 1 : path != NULL ? path : "";
}

static const char *or_dash(const char *text)
{
    return text != NULL && *text != '\0' ? text : "-";
}

static void print_clean(FILE *out, const char *text)
{
    cs__terminal_print(out, text, strlen(text));
}

static void document_text(FILE *out, const cs_document *document, const cs_visit *visit)
{
    char date[CS_DATE_WORDS_SIZE], published[CS_DATE_SIZE];
    print_clean(out, last_part(document->path));
    if (document->record != NULL) {
        fputs(" # ", out);
        print_clean(out, document->record);
    }
    if (document->id == 0) {
        fputs("\n    not indexed: ", out);
        print_clean(out, or_dash(document->message));
        fputs("\n", out);
        return;
    }
    const char *overall = cs_judgement_name(document->judgements[CS_AREA_OVERALL].value);
    fprintf(out, "\n    %s, %s", cs_kind_name(document->kind), or_dash(document->authority));
    if (visit != NULL)
        fprintf(out, ", visit %s", or_dash(*cs_date_words(visit->date, date) != '\0' ? date : visit->id));
    cs_date_print(document->published, published);
    if (*published != '\0')
        fprintf(out, ", published %s", published);
    if (*overall != '\0')
        fprintf(out, ", overall %s (%s)", overall,
                cs_state_name(document->judgements[CS_AREA_OVERALL].state));
    fprintf(out, "\n    %" PRIu32 " passage%s, %" PRIu32 " words", document->passages,
            document->passages == 1 ? "" : "s", document->words);
    if (document->pages > 0)
        fprintf(out, ", %" PRIu32 " pages", document->pages);
    fputs("\n", out);
}

/* The columns that a spreadsheet user knows from the inspectorate's own tables. */
static const char *const document_columns[] = {"urn",
                                               "local_authority",
                                               "framework",
                                               "inspection_start_date",
                                               "inspection_end_date",
                                               "publication_date",
                                               "lead_inspector",
                                               "overall_effectiveness_grade",
                                               "impact_of_leaders_grade",
                                               "help_and_protection_grade",
                                               "in_care_grade",
                                               "care_leavers_grade",
                                               "path"};
enum { DOCUMENT_COLUMNS = sizeof document_columns / sizeof document_columns[0] };

static void document_csv(FILE *out, const cs_document *document, const cs_visit *visit)
{
    static const cs_area areas[] = {CS_AREA_OVERALL, CS_AREA_LEADERSHIP, CS_AREA_HELP_AND_PROTECTION,
                                    CS_AREA_CARE, CS_AREA_CARE_LEAVERS};
    char urn[16] = "", start[CS_DATE_SIZE] = "", end[CS_DATE_SIZE] = "", published[CS_DATE_SIZE];
    const char *cells[DOCUMENT_COLUMNS] = {urn, document->authority, document->framework,     start,
                                           end, published,           document->lead_inspector};
    cs_authority authority;
    if (document->authority != NULL &&
        cs_authority_find(document->authority, strlen(document->authority), &authority) == CS_OK &&
        authority.urn != 0)
        snprintf(urn, sizeof urn, "%" PRIu32, authority.urn);
    if (visit != NULL && visit->date.precision != CS_PRECISION_UNKNOWN) {
        cs_date_print((cs_date){visit->date.first, visit->date.first, CS_PRECISION_DAY}, start);
        cs_date_print((cs_date){visit->date.last, visit->date.last, CS_PRECISION_DAY}, end);
    }
    cs_date_print(document->published, published);
    for (size_t i = 0; i < 5; i++)
        cells[7 + i] = cs_judgement_name(document->judgements[areas[i]].value);
    cells[12] = document->path;
    cs__csv_row(out, cells, DOCUMENT_COLUMNS);
}

static int finish(FILE *out, enum cs__list_format format, json_t *array, int failed)
{
    if (format == CS__LIST_JSON && !failed)
        return cs__json_print(out, array, 1);
    json_decref(array);
    return failed || ferror(out) ? -1 : 0;
}

int cs__render_documents(FILE *out, enum cs__list_format format, const cs_documents *documents,
                         const cs_visits *visits)
{
    json_t *array = json_array();
    int failed = array == NULL;
    if (format == CS__LIST_CSV)
        cs__csv_row(out, document_columns, DOCUMENT_COLUMNS);
    for (size_t i = 0; !failed && i < cs_documents_count(documents); i++) {
        const cs_document *document = cs_documents_get(documents, i);
        const cs_visit *visit = cs__visit_of(visits, document);
        if (format == CS__LIST_TEXT)
            document_text(out, document, visit);
        else if (format != CS__LIST_CSV)
            failed = print_json(out, format, array, cs__json_document(document, visit)) != 0;
        else if (document->kind == CS_KIND_INSPECTION_REPORT)
            document_csv(out, document, visit);
    }
    return finish(out, format, array, failed);
}

static void visit_text(FILE *out, const cs_visit *visit)
{
    char date[CS_DATE_WORDS_SIZE];
    const cs_judged *overall = &visit->judgements[CS_AREA_OVERALL];
    const char *judgement = cs_judgement_name(overall->value);
    fprintf(out, "%s\n    %s, %s", visit->id, or_dash(visit->authority),
            visit->kind != CS_VISIT_UNKNOWN ? cs_visit_kind_name(visit->kind) : "visit");
    if (visit->ordinal > 0)
        fprintf(out, " %d", visit->ordinal);
    fprintf(out, ", %s", *cs_date_words(visit->date, date) != '\0' ? date : "date not known");
    if (*judgement != '\0')
        fprintf(out, ", %s %s", overall->state == CS_STATE_STANDING ? "standing" : "overall", judgement);
    else if (overall->state != CS_STATE_UNKNOWN)
        fprintf(out, ", overall %s", cs_state_name(overall->state));
    fputs("\n", out);
    for (size_t i = 0; i < visit->scope_count; i++) {
        fputs("    looked at: ", out);
        print_clean(out, visit->scope[i]);
        fputs("\n", out);
    }
    for (size_t i = 0; i < visit->document_count; i++) {
        fputs("    ", out);
        print_clean(out, last_part(visit->documents[i]));
        fputs("\n", out);
    }
}

static void visit_csv(FILE *out, const cs_visit *visit)
{
    char ordinal[12] = "", start[CS_DATE_SIZE] = "", end[CS_DATE_SIZE] = "";
    const cs_judged *overall = &visit->judgements[CS_AREA_OVERALL];
    if (visit->ordinal > 0)
        snprintf(ordinal, sizeof ordinal, "%d", visit->ordinal);
    if (visit->date.precision != CS_PRECISION_UNKNOWN) {
        cs_date_print((cs_date){visit->date.first, visit->date.first, CS_PRECISION_DAY}, start);
        cs_date_print((cs_date){visit->date.last, visit->date.last, CS_PRECISION_DAY}, end);
    }
    const char *cells[] = {visit->id,
                           visit->authority,
                           cs_visit_kind_name(visit->kind),
                           ordinal,
                           start,
                           end,
                           cs_precision_name(visit->date.precision),
                           cs_judgement_name(overall->value),
                           cs_state_name(overall->state)};
    cs__csv_row(out, cells, sizeof cells / sizeof cells[0]);
}

int cs__render_visits(FILE *out, enum cs__list_format format, const cs_visits *visits)
{
    static const char *const columns[] = {"visit", "authority", "kind",    "ordinal", "start",
                                          "end",   "precision", "overall", "state"};
    json_t *array = json_array();
    int failed = array == NULL;
    if (format == CS__LIST_CSV)
        cs__csv_row(out, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; !failed && i < cs_visits_count(visits); i++) {
        const cs_visit *visit = cs_visits_get(visits, i);
        if (format == CS__LIST_TEXT)
            visit_text(out, visit);
        else if (format == CS__LIST_CSV)
            visit_csv(out, visit);
        else
            failed = print_json(out, format, array, visit_json(visit)) != 0;
    }
    return finish(out, format, array, failed);
}
