/* SPDX-License-Identifier: MIT */
/* cs_timeline('index.db', 'query'): one row a visit, oldest first. Columns are those of
 * `cs-search --timeline --format csv`, and more. */
#include "sqlite/table.h"

SQLITE_EXTENSION_INIT3

enum column {
    LABEL,
    AUTHORITY,
    ROW,
    VISIT,
    VISIT_KIND,
    ORDINAL,
    VISIT_START,
    VISIT_END,
    PRECISION,
    JUDGEMENT,
    JUDGEMENT_STATE,
    SCOPE,
    PASSAGES,
    WORDS,
    RATE_PER_1000,
    REPORTS,
    REPORTS_WITH,
    AT_SECOND_HAND,
    TONE,
    TONE_SCORE,
    CUES,
    SENTENCE,
    CITATION,
    PASSAGE,
    INDEX_FILE,
    QUERY,
    SINCE,
    UNTIL,
    PUBLISHED_SINCE,
    PUBLISHED_UNTIL,
    OVERALL,
    KIND,
    SECTION,
    AREA,
    MATCH,
    EXACT,
    BY,
    THEMES,
    VOCABULARY,
    LIFE,
    THEME,
    READ_AS,
    ALSO_SEARCHED,
    NOTES,
    COLUMNS
};

static const struct cs__column columns[COLUMNS] = {
    [LABEL] = {"label", CS__OUTPUT},
    [AUTHORITY] = {"authority", CS__FILTERED},
    [ROW] = {"row", CS__OUTPUT},
    [VISIT] = {"visit", CS__FILTERED},
    [VISIT_KIND] = {"visit_kind", CS__OUTPUT},
    [ORDINAL] = {"ordinal", CS__OUTPUT},
    [VISIT_START] = {"visit_start", CS__OUTPUT},
    [VISIT_END] = {"visit_end", CS__OUTPUT},
    [PRECISION] = {"precision", CS__OUTPUT},
    [JUDGEMENT] = {"judgement", CS__OUTPUT},
    [JUDGEMENT_STATE] = {"judgement_state", CS__OUTPUT},
    [SCOPE] = {"scope", CS__OUTPUT},
    [PASSAGES] = {"passages", CS__OUTPUT},
    [WORDS] = {"words", CS__OUTPUT},
    [RATE_PER_1000] = {"rate_per_1000", CS__OUTPUT},
    [REPORTS] = {"reports", CS__OUTPUT},
    [REPORTS_WITH] = {"reports_with", CS__OUTPUT},
    [AT_SECOND_HAND] = {"at_second_hand", CS__OUTPUT},
    [TONE] = {"tone", CS__OUTPUT},
    [TONE_SCORE] = {"tone_score", CS__OUTPUT},
    [CUES] = {"cues", CS__OUTPUT},
    [SENTENCE] = {"sentence", CS__OUTPUT},
    [CITATION] = {"citation", CS__OUTPUT},
    [PASSAGE] = {"passage", CS__OUTPUT},
    [INDEX_FILE] = {"index_file", CS__ARGUMENT},
    [QUERY] = {"query", CS__ARGUMENT},
    [SINCE] = {"since", CS__ARGUMENT},
    [UNTIL] = {"until", CS__ARGUMENT},
    [PUBLISHED_SINCE] = {"published_since", CS__ARGUMENT},
    [PUBLISHED_UNTIL] = {"published_until", CS__ARGUMENT},
    [OVERALL] = {"overall", CS__ARGUMENT},
    [KIND] = {"kind", CS__ARGUMENT},
    [SECTION] = {"section", CS__ARGUMENT},
    [AREA] = {"area", CS__ARGUMENT},
    [MATCH] = {"match", CS__ARGUMENT},
    [EXACT] = {"exact", CS__ARGUMENT},
    [BY] = {"by", CS__ARGUMENT},
    [THEMES] = {"themes", CS__ARGUMENT},
    [VOCABULARY] = {"vocabulary", CS__ARGUMENT},
    [LIFE] = {"life", CS__FACT},
    [THEME] = {"theme", CS__FACT},
    [READ_AS] = {"read_as", CS__FACT},
    [ALSO_SEARCHED] = {"also_searched", CS__FACT},
    [NOTES] = {"notes", CS__FACT},
};

static void release(struct cs__cursor *cursor)
{
    cs_timeline_free(cursor->rows);
}

static cs_status run(struct cs__cursor *cursor, cs_error *error)
{
    static const char *const groupings[3] = {"auto", "visit", "year"};
    sqlite3_value *query = cursor->arguments[QUERY];
    cs_search_options search = CS_SEARCH_OPTIONS_INIT;
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    cs_timeline *timeline = NULL;
    int by = 0;
    const char *text = (const char *)sqlite3_value_text(query);
    if (text == NULL)
        return CS_ERR_NOMEM;
    cs_status status = cs__argument_filters(cursor, &search, error);
    if (status == CS_OK)
        status = cs__argument_choice(cursor, "by", groupings, &by, error);
    if (status != CS_OK)
        return status;
    search.limit = 1;
    options.search = &search;
    options.by = (cs_timeline_by)by;
    options.themes_file = cs__argument_text(cursor, "themes");
    status = cs_timeline_build(cursor->reader, text, (size_t)sqlite3_value_bytes(query), &options, &timeline,
                               error);
    cursor->rows = timeline;
    cursor->count = timeline != NULL ? cs_timeline_count(timeline) : 0;
    return status;
}

static void give_visit(sqlite3_context *out, const cs_timeline_row *row, enum column column)
{
    const cs_visit *visit = row->visit;
    if (visit == NULL)
        return;
    switch (column) {
    case AUTHORITY:
        cs__give_text(out, visit->authority);
        break;
    case VISIT:
        cs__give_text(out, visit->id);
        break;
    case VISIT_KIND:
        cs__give_text(out, cs_visit_kind_name(visit->kind));
        break;
    case ORDINAL:
        cs__give_number(out, visit->ordinal);
        break;
    case PRECISION:
        cs__give_text(out, cs_precision_name(visit->date.precision));
        break;
    case SCOPE:
        cs__give_text(out, cs_scope_name(row->scope));
        break;
    default:
        cs__give_day(out, visit->date, column == VISIT_END);
    }
}

static void give_counts(sqlite3_context *out, const cs_timeline_row *row, enum column column)
{
    switch (column) {
    case PASSAGES:
        sqlite3_result_int64(out, row->passages);
        break;
    case WORDS:
        sqlite3_result_int64(out, (sqlite3_int64)row->words);
        break;
    case RATE_PER_1000:
        sqlite3_result_double(out, row->rate_per_1000);
        break;
    case REPORTS:
        sqlite3_result_int64(out, row->reports);
        break;
    case REPORTS_WITH:
        sqlite3_result_int64(out, row->reports_with);
        break;
    default:
        sqlite3_result_int(out, row->at_second_hand);
    }
}

static void give_cues(sqlite3_context *out, const cs_timeline_row *row)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendchar(text, 1, '[');
    for (size_t i = 0; i < row->cue_count; i++) {
        sqlite3_str_appendall(text, i > 0 ? ",{\"words\":" : "{\"words\":");
        cs__json_string(text, row->cues[i].words);
        sqlite3_str_appendall(text, ",\"reason\":");
        cs__json_string(text, row->cues[i].reason);
        sqlite3_str_appendf(text, ",\"weight\":%.4f}", row->cues[i].weight);
    }
    sqlite3_str_appendchar(text, 1, ']');
    cs__give_string(out, text);
}

static void give_tone(sqlite3_context *out, const cs_timeline_row *row, enum column column)
{
    if (column == CUES)
        give_cues(out, row);
    else if (column == TONE)
        cs__give_text(out, cs_tone_name(row->tone));
    else if (column == TONE_SCORE && row->passages > 0)
        sqlite3_result_double(out, row->tone_score);
    else if (column == SENTENCE && row->best != NULL)
        cs__give_bytes(out, row->best->text + row->sentence.start, row->sentence.end - row->sentence.start);
    else if (column == CITATION && row->best != NULL)
        cs__give_text(out, row->best->citation);
    else if (column == PASSAGE && row->best != NULL)
        sqlite3_result_int64(out, row->best->passage);
}

static void give_head(sqlite3_context *out, const cs_timeline_row *row, enum column column)
{
    static const char *const kinds[] = {[CS_ROW_VISIT] = "visit",
                                        [CS_ROW_DOCUMENT] = "document",
                                        [CS_ROW_YEAR] = "year",
                                        [CS_ROW_JUDGEMENT] = "judgement"};
    if (column == LABEL)
        cs__give_text(out, row->label);
    else if (column == ROW)
        cs__give_text(out, kinds[row->kind]);
    else if (column == JUDGEMENT)
        cs__give_text(out, cs_judgement_name(row->judgement.value));
    else if (row->judgement.state != CS_STATE_UNKNOWN)
        cs__give_text(out, cs_state_name(row->judgement.state));
}

static const char *also(const void *timeline, size_t i)
{
    return cs_timeline_also_searched(timeline, i);
}

static const char *note(const void *timeline, size_t i)
{
    return cs_timeline_note(timeline, i);
}

static void give_fact(sqlite3_context *out, const cs_timeline *timeline, enum column column)
{
    if (column == LIFE)
        cs__give_text(out, cs_timeline_life(timeline));
    else if (column == THEME)
        cs__give_text(out, cs_timeline_theme(timeline));
    else if (column == READ_AS)
        cs__give_text(out, cs_timeline_read_as(timeline));
    else
        cs__give_strings(out, column == NOTES ? note : also, timeline);
}

static void value(sqlite3_context *out, const struct cs__cursor *cursor, int column)
{
    const cs_timeline_row *row = cs_timeline_get(cursor->rows, cursor->at);
    enum column which = (enum column)column;
    if (which >= LIFE)
        give_fact(out, cursor->rows, which);
    else if (which >= TONE)
        give_tone(out, row, which);
    else if (which >= PASSAGES)
        give_counts(out, row, which);
    else if (which == LABEL || which == ROW || which == JUDGEMENT || which == JUDGEMENT_STATE)
        give_head(out, row, which);
    else
        give_visit(out, row, which);
}

const struct cs__table cs__table_timeline = {
    .name = "cs_timeline",
    .columns = columns,
    .column_count = COLUMNS,
    .required = 2,
    .run = run,
    .value = value,
    .release = release,
};
