/* SPDX-License-Identifier: MIT */
/* Grids of themes as CSV, a line a cell, so that a spreadsheet can turn and filter them. */
#include <stdlib.h>
#include <string.h>

#include "cli/csv.h"
#include "query/render_themes.h"

static const char *const header[] = {
    "theme",          "group",     "label",           "visit_kind", "ordinal",  "visit_start",
    "visit_end",      "judgement", "judgement_state", "scope",      "passages", "rate_per_1000",
    "at_second_hand", "tone",      "tone_score",      "sentence",   "citation"};
enum { COLUMNS = sizeof header / sizeof header[0] };

static const char *day(cs_date date, int last, char out[CS_DATE_SIZE])
{
    int32_t number = last ? date.last : date.first;
    if (date.precision == CS_PRECISION_UNKNOWN)
        return NULL;
    return cs_date_print((cs_date){number, number, CS_PRECISION_DAY}, out);
}

static int print_cell(FILE *out, const cs_grid_theme *theme, const cs_timeline_row *cell)
{
    const cs_visit *visit = cell->visit;
    char first[CS_DATE_SIZE], last[CS_DATE_SIZE], ordinal[16] = "", passages[16], rate[32], score[32] = "";
    char *sentence = cell->best != NULL ? strndup(cell->best->text + cell->sentence.start,
                                                  cell->sentence.end - cell->sentence.start)
                                        : NULL;
    if (cell->best != NULL && sentence == NULL)
        return -1;
    if (visit != NULL && visit->ordinal > 0)
        snprintf(ordinal, sizeof ordinal, "%d", visit->ordinal);
    snprintf(passages, sizeof passages, "%u", cell->passages);
    snprintf(rate, sizeof rate, "%.4f", cell->rate_per_1000);
    if (cell->passages > 0)
        snprintf(score, sizeof score, "%.4f", cell->tone_score);
    const char *cells[COLUMNS] = {
        theme->name,
        theme->group,
        cell->label,
        visit != NULL ? cs_visit_kind_name(visit->kind) : NULL,
        ordinal,
        visit != NULL ? day(visit->date, 0, first) : NULL,
        visit != NULL ? day(visit->date, 1, last) : NULL,
        cs_judgement_name(cell->judgement.value),
        cell->judgement.state != CS_STATE_UNKNOWN ? cs_state_name(cell->judgement.state) : NULL,
        visit != NULL ? cs_scope_name(cell->scope) : NULL,
        passages,
        rate,
        cell->at_second_hand ? "1" : "0",
        cs_tone_name(cell->tone),
        score,
        sentence,
        cell->best != NULL ? cell->best->citation : NULL,
    };
    cs__csv_row(out, cells, COLUMNS);
    free(sentence);
    return 0;
}

int cs__render_themes_csv(const struct cs__themes_render *render)
{
    cs__csv_row(render->out, header, COLUMNS);
    for (size_t i = 0; i < cs_grid_themes(render->grid); i++) {
        const cs_grid_theme *theme = cs_grid_theme_get(render->grid, i);
        for (size_t j = 0; j < cs_grid_columns(render->grid); j++) {
            if (print_cell(render->out, theme, &theme->cells[j]) != 0)
                return -1;
        }
    }
    return ferror(render->out) ? -1 : 0;
}
