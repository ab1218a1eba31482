/* SPDX-License-Identifier: MIT */
/* cs_visits('index.db'): a row a visit, oldest first. */
#include "sqlite/table.h"

SQLITE_EXTENSION_INIT3

enum column {
    VISIT,
    AUTHORITY,
    VISIT_KIND,
    ORDINAL,
    VISIT_START,
    VISIT_END,
    PRECISION,
    JUDGEMENTS, /* one an area */
    STATES = JUDGEMENTS + CS_AREA_COUNT - 1,
    WINDOWS = STATES + CS_AREA_COUNT - 1,
    AREAS_COVERED,
    DOCUMENTS,
    INDEX_FILE,
    COLUMNS
};

static const struct cs__column columns[COLUMNS] = {
    [VISIT] = {"visit", CS__OUTPUT},
    [AUTHORITY] = {"authority", CS__OUTPUT},
    [VISIT_KIND] = {"visit_kind", CS__OUTPUT},
    [ORDINAL] = {"ordinal", CS__OUTPUT},
    [VISIT_START] = {"visit_start", CS__OUTPUT},
    [VISIT_END] = {"visit_end", CS__OUTPUT},
    [PRECISION] = {"precision", CS__OUTPUT},
    [JUDGEMENTS] = {"overall", CS__OUTPUT},
    {"leadership", CS__OUTPUT},
    {"help_and_protection", CS__OUTPUT},
    {"care", CS__OUTPUT},
    {"care_leavers", CS__OUTPUT},
    {"adoption", CS__OUTPUT},
    {"lscb", CS__OUTPUT},
    [STATES] = {"overall_state", CS__OUTPUT},
    {"leadership_state", CS__OUTPUT},
    {"help_and_protection_state", CS__OUTPUT},
    {"care_state", CS__OUTPUT},
    {"care_leavers_state", CS__OUTPUT},
    {"adoption_state", CS__OUTPUT},
    {"lscb_state", CS__OUTPUT},
    [WINDOWS] = {"windows", CS__OUTPUT},
    [AREAS_COVERED] = {"scope", CS__OUTPUT},
    [DOCUMENTS] = {"documents", CS__OUTPUT},
    [INDEX_FILE] = {"index_file", CS__ARGUMENT},
};

static void release(struct cs__cursor *cursor)
{
    cs_visits_free(cursor->rows);
}

static cs_status run(struct cs__cursor *cursor, cs_error *error)
{
    cs_visits *visits = NULL;
    cs_status status = cs_visits_list(cursor->reader, NULL, &visits, error);
    cursor->rows = visits;
    cursor->count = visits != NULL ? cs_visits_count(visits) : 0;
    return status;
}

static const char *covered(const void *visit, size_t i)
{
    const cs_visit *of = visit;
    return i < of->scope_count ? of->scope[i] : NULL;
}

static const char *path(const void *visit, size_t i)
{
    const cs_visit *of = visit;
    return i < of->document_count ? of->documents[i] : NULL;
}

static void give_windows(sqlite3_context *out, const cs_visit *visit)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendchar(text, 1, '[');
    for (size_t i = 0; i < visit->window_count; i++) {
        char first[CS_DATE_SIZE], last[CS_DATE_SIZE];
        cs_date window = visit->windows[i];
        sqlite3_str_appendf(text, "%s[\"%s\",\"%s\"]", i > 0 ? "," : "",
                            cs_date_print((cs_date){window.first, window.first, CS_PRECISION_DAY}, first),
                            cs_date_print((cs_date){window.last, window.last, CS_PRECISION_DAY}, last));
    }
    sqlite3_str_appendchar(text, 1, ']');
    cs__give_string(out, text);
}

static void value(sqlite3_context *out, const struct cs__cursor *cursor, int column)
{
    const cs_visit *visit = cs_visits_get(cursor->rows, cursor->at);
    enum column which = (enum column)column;
    if (which >= JUDGEMENTS && which < STATES)
        cs__give_text(out, cs_judgement_name(visit->judgements[which - JUDGEMENTS + 1].value));
    else if (which >= STATES && which < WINDOWS)
        cs__give_text(out, cs_state_name(visit->judgements[which - STATES + 1].state));
    else if (which == VISIT || which == AUTHORITY)
        cs__give_text(out, which == VISIT ? visit->id : visit->authority);
    else if (which == VISIT_KIND)
        cs__give_text(out, cs_visit_kind_name(visit->kind));
    else if (which == ORDINAL)
        cs__give_number(out, visit->ordinal);
    else if (which == PRECISION)
        cs__give_text(out, cs_precision_name(visit->date.precision));
    else if (which == WINDOWS)
        give_windows(out, visit);
    else if (which == AREAS_COVERED || which == DOCUMENTS)
        cs__give_strings(out, which == DOCUMENTS ? path : covered, visit);
    else
        cs__give_day(out, visit->date, which == VISIT_END);
}

const struct cs__table cs__table_visits = {
    .name = "cs_visits",
    .columns = columns,
    .column_count = COLUMNS,
    .required = 1,
    .run = run,
    .value = value,
    .release = release,
};
