/* SPDX-License-Identifier: MIT */
/* Timelines as CSV, a row each, for spreadsheets. */
#include <stdlib.h>
#include <string.h>

#include "cli/csv.h"
#include "query/render_timeline.h"

static const char *const header[] = {
    "label",         "authority", "visit_kind",      "ordinal",        "visit_start", "visit_end",
    "precision",     "judgement", "judgement_state", "scope",          "passages",    "words",
    "rate_per_1000", "reports",   "reports_with",    "at_second_hand", "tone",        "tone_score",
    "cues",          "sentence",  "citation"};
enum { COLUMNS = sizeof header / sizeof header[0], CUES_SIZE = 1024 };

static const char *day(cs_date date, int last, char out[CS_DATE_SIZE])
{
    int32_t number = last ? date.last : date.first;
    if (date.precision == CS_PRECISION_UNKNOWN)
        return NULL;
    return cs_date_print((cs_date){number, number, CS_PRECISION_DAY}, out);
}

static const char *number(char out[32], unsigned long long value)
{
    snprintf(out, 32, "%llu", value);
    return out;
}

static const char *real(char out[32], double value)
{
    snprintf(out, 32, "%.4f", value);
    return out;
}

static const char *cues(const cs_timeline_row *row, char out[CUES_SIZE])
{
    size_t size = 0;
    *out = '\0';
    for (size_t i = 0; i < row->cue_count && size < CUES_SIZE; i++) {
        const char *words = row->cues[i].words != NULL ? row->cues[i].words : row->cues[i].reason;
        int wrote = snprintf(out + size, CUES_SIZE - size, "%s%s", size > 0 ? "; " : "", words);
        size += wrote > 0 ? (size_t)wrote : 0;
    }
    return out;
}

static int print_row(FILE *out, const cs_timeline_row *row)
{
    const cs_visit *visit = row->visit;
    char first[CS_DATE_SIZE], last[CS_DATE_SIZE], numbers[8][32], cue_words[CUES_SIZE];
    char *sentence = row->best != NULL ? strndup(row->best->text + row->sentence.start,
                                                 row->sentence.end - row->sentence.start)
                                       : NULL;
    if (row->best != NULL && sentence == NULL)
        return -1;
    const char *cells[COLUMNS] = {
        row->label,
        visit != NULL ? visit->authority : NULL,
        visit != NULL ? cs_visit_kind_name(visit->kind) : NULL,
        visit != NULL && visit->ordinal > 0 ? number(numbers[0], (unsigned)visit->ordinal) : NULL,
        visit != NULL ? day(visit->date, 0, first) : NULL,
        visit != NULL ? day(visit->date, 1, last) : NULL,
        visit != NULL ? cs_precision_name(visit->date.precision) : NULL,
        cs_judgement_name(row->judgement.value),
        row->judgement.state != CS_STATE_UNKNOWN ? cs_state_name(row->judgement.state) : NULL,
        visit != NULL ? cs_scope_name(row->scope) : NULL,
        number(numbers[1], row->passages),
        number(numbers[2], row->words),
        real(numbers[3], row->rate_per_1000),
        number(numbers[4], row->reports),
        number(numbers[5], row->reports_with),
        row->at_second_hand ? "1" : "0",
        cs_tone_name(row->tone),
        row->passages > 0 ? real(numbers[6], row->tone_score) : NULL,
        cues(row, cue_words),
        sentence,
        row->best != NULL ? row->best->citation : NULL,
    };
    cs__csv_row(out, cells, COLUMNS);
    free(sentence);
    return 0;
}

int cs__render_timeline_csv(const struct cs__timeline_render *render)
{
    cs__csv_row(render->out, header, COLUMNS);
    for (size_t i = 0; i < cs_timeline_count(render->timeline); i++) {
        if (print_row(render->out, cs_timeline_get(render->timeline, i)) != 0)
            return -1;
    }
    return ferror(render->out) ? -1 : 0;
}
