/* SPDX-License-Identifier: MIT */
/* Comparisons as CSV: with a query a row a pair, without a row a theme. */
#include <stdlib.h>
#include <string.h>

#include "cli/csv.h"
#include "query/render_compare.h"

static const char *const pair_header[] = {"section",     "change",      "similarity",      "before_visit",
                                          "before_tone", "before_text", "before_citation", "after_visit",
                                          "after_tone",  "after_text",  "after_citation"};
enum { PAIR_COLUMNS = sizeof pair_header / sizeof pair_header[0] };

static const char *const theme_header[] = {"name",
                                           "kind",
                                           "change",
                                           "log_likelihood",
                                           "before_visit",
                                           "before_scope",
                                           "before_passages",
                                           "before_said",
                                           "before_tone",
                                           "before_sentence",
                                           "after_visit",
                                           "after_scope",
                                           "after_passages",
                                           "after_said",
                                           "after_tone",
                                           "after_sentence"};
enum { THEME_COLUMNS = sizeof theme_header / sizeof theme_header[0] };

static void print_pair(const struct cs__compare_render *render, const cs_compared_section *section,
                       const cs_compared_pair *pair)
{
    char similarity[32];
    const cs_hit *before = pair->before.hit, *after = pair->after.hit;
    snprintf(similarity, sizeof similarity, "%.3f", pair->similarity);
    const char *cells[PAIR_COLUMNS] = {
        section->name,
        cs_change_name(pair->change),
        before != NULL && after != NULL ? similarity : NULL,
        cs_comparison_side(render->comparison, 0)->label,
        cs_tone_name(pair->before.tone),
        before != NULL ? before->text : NULL,
        before != NULL ? before->citation : NULL,
        cs_comparison_side(render->comparison, 1)->label,
        cs_tone_name(pair->after.tone),
        after != NULL ? after->text : NULL,
        after != NULL ? after->citation : NULL,
    };
    cs__csv_row(render->out, cells, PAIR_COLUMNS);
}

static int print_pairs(const struct cs__compare_render *render)
{
    cs__csv_row(render->out, pair_header, PAIR_COLUMNS);
    for (size_t i = 0; i < cs_comparison_sections(render->comparison); i++) {
        const cs_compared_section *section = cs_comparison_section(render->comparison, i);
        for (size_t j = 0; j < section->pair_count; j++)
            print_pair(render, section, &section->pairs[j]);
    }
    return ferror(render->out) ? -1 : 0;
}

/* The six cells of one visit; `*sentence` is to be freed. Returns 0 when memory is out. */
static int fill_side(const cs_timeline_row *row, uint32_t times, const char **cells, char numbers[2][32],
                     char **sentence)
{
    *sentence = NULL;
    if (row->best != NULL && (*sentence = strndup(row->best->text + row->sentence.start,
                                                  row->sentence.end - row->sentence.start)) == NULL)
        return 0;
    snprintf(numbers[0], 32, "%u", row->passages);
    snprintf(numbers[1], 32, "%u", times);
    cells[0] = row->label;
    cells[1] = cs_scope_name(row->scope);
    cells[2] = numbers[0];
    cells[3] = numbers[1];
    cells[4] = cs_tone_name(row->tone);
    cells[5] = *sentence;
    return 1;
}

static int print_theme(FILE *out, const cs_compared_theme *theme)
{
    char likelihood[32], numbers[4][32], *sentences[2] = {NULL, NULL};
    const char *cells[THEME_COLUMNS] = {theme->name, theme->is_named ? "theme" : "phrase",
                                        cs_change_name(theme->change), likelihood};
    snprintf(likelihood, sizeof likelihood, "%.2f", theme->log_likelihood);
    int ok = fill_side(theme->before, theme->before_said, cells + 4, numbers, &sentences[0]) &&
             fill_side(theme->after, theme->after_said, cells + 10, numbers + 2, &sentences[1]);
    if (ok)
        cs__csv_row(out, cells, THEME_COLUMNS);
    free(sentences[0]);
    free(sentences[1]);
    return ok;
}

int cs__render_compare_csv(const struct cs__compare_render *render)
{
    if (*render->query != '\0')
        return print_pairs(render);
    cs__csv_row(render->out, theme_header, THEME_COLUMNS);
    for (size_t i = 0; i < cs_comparison_themes(render->comparison); i++) {
        if (!print_theme(render->out, cs_comparison_theme(render->comparison, i)))
            return -1;
    }
    return ferror(render->out) ? -1 : 0;
}
