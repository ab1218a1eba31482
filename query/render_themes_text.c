/* SPDX-License-Identifier: MIT */
/* Grids of themes for people: a line a theme, a column a visit, a sign in each cell. */
#include <string.h>

#include "cli/terminal.h"
#include "query/render_themes.h"
#include "query/render_wrap.h"

enum { NAME_COLUMNS = 34, CELL_COLUMNS = 5 };

static const char *style_of(const cs_timeline_row *cell)
{
    static const char *const styles[] = {[CS_TONE_NONE] = "",
                                         [CS_TONE_CONCERN] = "\x1b[31m",
                                         [CS_TONE_MIXED] = "\x1b[33m",
                                         [CS_TONE_PROGRESS] = "\x1b[36m",
                                         [CS_TONE_STRENGTH] = "\x1b[32m",
                                         [CS_TONE_NEUTRAL] = ""};
    return cell->passages > 0 ? styles[cell->tone] : CS__STYLE_DIM;
}

/* A word right-aligned in a cell, cut to fit. */
static void print_cell(const struct cs__themes_render *render, const char *word, const char *style)
{
    size_t fits = cs__terminal_fit(word, strlen(word), CELL_COLUMNS - 1);
    int styled = render->color && *style != '\0';
    fprintf(render->out, "%*s", (int)(CELL_COLUMNS - cs__terminal_columns(word, fits)), "");
    if (styled)
        fputs(style, render->out);
    cs__terminal_print(render->out, word, fits);
    if (styled)
        fputs(CS__STYLE_END, render->out);
}

static void print_name(FILE *out, const char *name, unsigned indent)
{
    size_t fits = cs__terminal_fit(name, strlen(name), NAME_COLUMNS - indent);
    fprintf(out, "%*s", (int)indent, "");
    cs__terminal_print(out, name, fits);
    fprintf(out, "%*s", (int)(NAME_COLUMNS - indent - cs__terminal_columns(name, fits)), "");
}

/* The three lines of a column's head: year, kind of visit, judgement. */
static void head_of(const cs_timeline_row *column, int line, char out[16])
{
    char date[CS_DATE_SIZE];
    *out = '\0';
    if (column->kind == CS_ROW_YEAR || column->kind == CS_ROW_JUDGEMENT) {
        snprintf(out, 16, "%.4s", line == 0 ? column->label : "");
        return;
    }
    cs_date day = column->visit != NULL ? column->visit->date : (cs_date){0};
    day.last = day.first;
    if (line == 0)
        snprintf(out, 16, "%.4s", cs_date_print(day, date));
    else if (line == 1 && column->visit != NULL && column->visit->ordinal > 0)
        snprintf(out, 16, "%.1s %d", cs_visit_kind_name(column->visit->kind), column->visit->ordinal);
    else if (line == 1)
        snprintf(out, 16, "%.4s", column->visit != NULL ? cs_visit_kind_name(column->visit->kind) : "pap.");
}

/* "RI", "in*": short forms of judgements, a star where they stand from the inspection before. */
static void judgement_of(const cs_timeline_row *column, char out[16])
{
    static const char *const names[] = {[CS_JUDGEMENT_NONE] = "",
                                        [CS_JUDGEMENT_INADEQUATE] = "in.",
                                        [CS_JUDGEMENT_REQUIRES_IMPROVEMENT] = "RI",
                                        [CS_JUDGEMENT_ADEQUATE] = "ad.",
                                        [CS_JUDGEMENT_GOOD] = "gd.",
                                        [CS_JUDGEMENT_OUTSTANDING] = "out.",
                                        [CS_JUDGEMENT_NOT_JUDGED] = ""};
    int standing =
        column->judgement.state == CS_STATE_STANDING && column->judgement.value != CS_JUDGEMENT_NONE;
    snprintf(out, 16, "%s%s", names[column->judgement.value], standing ? "*" : "");
}

struct span {
    size_t first, count; /* of columns */
};

static void print_heads(const struct cs__themes_render *render, struct span span)
{
    char word[16];
    int by_visit = cs_grid_column(render->grid, span.first)->kind == CS_ROW_VISIT;
    for (int line = 0; line < (by_visit ? 3 : 1); line++) {
        fprintf(render->out, "%*s", NAME_COLUMNS, "");
        for (size_t i = 0; i < span.count; i++) {
            const cs_timeline_row *column = cs_grid_column(render->grid, span.first + i);
            if (line < 2)
                head_of(column, line, word);
            else
                judgement_of(column, word);
            print_cell(render, word, CS__STYLE_BOLD);
        }
        putc('\n', render->out);
    }
}

static void print_group(const struct cs__themes_render *render, const char *group)
{
    putc('\n', render->out);
    if (render->color)
        fputs(CS__STYLE_BOLD, render->out);
    cs__terminal_print(render->out, group, strlen(group));
    if (render->color)
        fputs(CS__STYLE_END, render->out);
    putc('\n', render->out);
}

static void print_theme(const struct cs__themes_render *render, const cs_grid_theme *theme, struct span span)
{
    print_name(render->out, theme->name, 2);
    for (size_t i = 0; i < span.count; i++)
        print_cell(render, cs__cell_sign(&theme->cells[span.first + i]),
                   style_of(&theme->cells[span.first + i]));
    putc('\n', render->out);
}

static void print_themes(const struct cs__themes_render *render, struct span span)
{
    const char *group = NULL;
    for (size_t i = 0; i < cs_grid_themes(render->grid); i++) {
        const cs_grid_theme *theme = cs_grid_theme_get(render->grid, i);
        if (theme->passages == 0)
            continue;
        if (theme->group != NULL && (group == NULL || strcmp(group, theme->group) != 0))
            print_group(render, theme->group);
        group = theme->group;
        print_theme(render, theme, span);
    }
}

/* Themes that nobody mentions are worth a line, not a row each. */
static void print_unmentioned(const struct cs__themes_render *render, const struct cs__wrap *wrap)
{
    struct cs__wrap line = *wrap;
    char text[128];
    size_t left = 0;
    for (size_t i = 0; i < cs_grid_themes(render->grid); i++)
        left += cs_grid_theme_get(render->grid, i)->passages == 0;
    for (size_t i = 0, told = 0; i < cs_grid_themes(render->grid); i++) {
        const cs_grid_theme *theme = cs_grid_theme_get(render->grid, i);
        if (theme->passages > 0)
            continue;
        told++;
        snprintf(text, sizeof text, "%s%s%s", told == 1 ? "never mentioned: " : "", theme->name,
                 told < left ? ";" : "");
        cs__wrap_string(&line, text);
    }
    cs__wrap_end(&line);
}

static void print_legend(const struct cs__themes_render *render)
{
    struct cs__wrap line = {
        .out = render->out, .width = render->width, .color = render->color, .style = CS__STYLE_DIM};
    putc('\n', render->out);
    print_unmentioned(render, &line);
    cs__wrap_string(
        &line, "- concern, \xC2\xB1 mixed, \xE2\x86\x91 progress, + strength, o neutral; . in scope and not "
               "mentioned, \xC3\x97 not looked at, ? scope unknown; * judgement standing from the inspection "
               "before");
    cs__wrap_end(&line);
}

int cs__render_themes_text(const struct cs__themes_render *render)
{
    size_t columns = cs_grid_columns(render->grid);
    size_t most =
        render->width > NAME_COLUMNS + CELL_COLUMNS ? (render->width - NAME_COLUMNS) / CELL_COLUMNS : 1;
    struct span span = {.first = columns > most ? columns - most : 0};
    span.count = columns - span.first;
    if (columns == 0 || cs_grid_themes(render->grid) == 0)
        return 0;
    print_heads(render, span);
    print_themes(render, span);
    print_legend(render);
    if (span.first > 0)
        fprintf(render->out,
                "%zu earlier columns don't fit; use a wider terminal, --until, or another format\n",
                span.first);
    return ferror(render->out) ? -1 : 0;
}
