/* SPDX-License-Identifier: MIT */
/* Areas for improvement as CSV: a row for each answer, and for each later visit without one. */
#include <stdlib.h>
#include <string.h>

#include "cli/csv.h"
#include "query/render_follow_up.h"

static const char *const header[] = {
    "authority", "visit", "area_for_improvement", "page",  "area",  "outcome",  "later_visit", "later_kind",
    "scope",     "tone",  "answer_tone",          "again", "score", "sentence", "citation"};
enum { COLUMNS = sizeof header / sizeof header[0], BULLET_COLUMNS = 6 };

/* The first cells of each row of one bullet. */
static void fill_bullet(const cs_bullet *bullet, const char **cells, char page[16])
{
    const cs_visit *visit = bullet->visit;
    snprintf(page, 16, "%u", bullet->hit->page);
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = NULL;
    cells[0] = visit != NULL ? visit->authority : NULL;
    cells[1] = visit != NULL ? visit->id : NULL;
    cells[2] = bullet->hit->text;
    cells[3] = bullet->hit->page > 0 ? page : NULL;
    cells[4] = cs_area_name(bullet->area);
    cells[5] = cs_bullet_outcome_name(bullet->outcome);
}

static int print_answer(FILE *out, const char **cells, const cs_answer *answer)
{
    char score[32];
    char *sentence =
        strndup(answer->hit->text + answer->sentence.start, answer->sentence.end - answer->sentence.start);
    if (sentence == NULL)
        return -1;
    snprintf(score, sizeof score, "%.3f", answer->score);
    cells[10] = cs_tone_name(answer->tone);
    cells[11] = answer->is_improvement ? "1" : "0";
    cells[12] = score;
    cells[13] = sentence;
    cells[14] = answer->hit->citation;
    cs__csv_row(out, cells, COLUMNS);
    free(sentence);
    return 0;
}

static int print_visit(FILE *out, const char **cells, const cs_answering_visit *visit)
{
    for (size_t i = BULLET_COLUMNS; i < COLUMNS; i++)
        cells[i] = NULL;
    cells[6] = visit->visit->id;
    cells[7] = cs_visit_kind_name(visit->visit->kind);
    cells[8] = cs_scope_name(visit->scope);
    cells[9] = cs_tone_name(visit->tone);
    if (visit->answer_count == 0) {
        cells[13] = NULL;
        cs__csv_row(out, cells, COLUMNS);
        return 0;
    }
    for (size_t i = 0; i < visit->answer_count; i++) {
        if (print_answer(out, cells, &visit->answers[i]) != 0)
            return -1;
    }
    return 0;
}

int cs__render_follow_up_csv(const struct cs__follow_up_render *render)
{
    const char *cells[COLUMNS];
    char page[16];
    cs__csv_row(render->out, header, COLUMNS);
    for (size_t i = 0; i < cs_follow_up_count(render->follow_up); i++) {
        const cs_bullet *bullet = cs_follow_up_get(render->follow_up, i);
        fill_bullet(bullet, cells, page);
        if (bullet->later_count == 0)
            cs__csv_row(render->out, cells, COLUMNS);
        for (size_t j = 0; j < bullet->later_count; j++) {
            if (print_visit(render->out, cells, &bullet->later[j]) != 0)
                return -1;
        }
    }
    return ferror(render->out) ? -1 : 0;
}
