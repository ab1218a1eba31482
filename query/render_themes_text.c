/* SPDX-License-Identifier: MIT */
/* Grids of themes for people: a line a theme, a column a visit, a sign in each cell. */
#include <string.h>

#include "cli/terminal.h"
#include "query/render_themes.h"
#include "query/render_wrap.h"

/* Wide where all columns fit, else narrow. */
struct layout {
    unsigned name, cell; /* columns of a theme's name, and of a cell */
};
static const struct layout wide = {34, 5}, narrow = {30, 4};

/* The part of the grid that is printed, and how. */
struct table {
    const struct cs__themes_render *render;
    struct layout layout;
    size_t first, count; /* of the grid's columns */
};

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
static void print_cell(const struct table *table, const char *word, const char *style)
{
    const struct cs__themes_render *render = table->render;
    size_t fits = cs__terminal_fit(word, strlen(word), table->layout.cell - 1);
    int styled = render->color && *style != '\0';
    fprintf(render->out, "%*s", (int)(table->layout.cell - cs__terminal_columns(word, fits)), "");
    if (styled)
        fputs(style, render->out);
    cs__terminal_print(render->out, word, fits);
    if (styled)
        fputs(CS__STYLE_END, render->out);
}

static void print_name(const struct table *table, const char *name, unsigned indent)
{
    FILE *out = table->render->out;
    size_t fits = cs__terminal_fit(name, strlen(name), table->layout.name - indent);
    fprintf(out, "%*s", (int)indent, "");
    cs__terminal_print(out, name, fits);
    fprintf(out, "%*s", (int)(table->layout.name - indent - cs__terminal_columns(name, fits)), "");
}

/* The lines of a column's head. */
enum head_line { MONTH = 0, YEAR, KIND, JUDGEMENT, HEAD_LINES };

static void print_date(cs_date date, enum head_line line, int is_narrow, char out[16])
{
    char words[CS_DATE_WORDS_SIZE], edtf[CS_DATE_SIZE];
    int has_month = date.precision == CS_PRECISION_DAY || date.precision == CS_PRECISION_MONTH;
    int has_year = date.precision != CS_PRECISION_UNKNOWN;
    date.last = date.first;
    date.precision = CS_PRECISION_DAY;
    cs_date_print(date, edtf);
    date.precision = CS_PRECISION_MONTH;
    if (line == MONTH)
        snprintf(out, 16, "%.3s", has_month ? cs_date_words(date, words) : "");
    else
        snprintf(out, 16, "%s%.4s", has_year && is_narrow ? "'" : "",
                 has_year ? edtf + (is_narrow ? 2 : 0) : "");
    if (line == YEAR && has_year && is_narrow)
        out[3] = '\0';
}

/* "insp", "m 2", "pap." for a paper of no visit. */
static void print_kind(const cs_timeline_row *column, int is_narrow, char out[16])
{
    const char *kind = column->visit != NULL ? cs_visit_kind_name(column->visit->kind) : "pap.";
    if (column->visit != NULL && column->visit->ordinal > 0)
        snprintf(out, 16, "%.1s%s%d", kind, is_narrow ? "" : " ", column->visit->ordinal);
    else
        snprintf(out, 16, "%.*s", is_narrow ? 3 : 4, kind);
}

/* "RI", "in*": short forms of judgements, a star where they stand from the inspection before. */
static void print_judgement(const cs_timeline_row *column, char out[16])
{
    static const char *const names[] = {[CS_JUDGEMENT_NONE] = "",
                                        [CS_JUDGEMENT_INADEQUATE] = "in",
                                        [CS_JUDGEMENT_REQUIRES_IMPROVEMENT] = "RI",
                                        [CS_JUDGEMENT_ADEQUATE] = "ad",
                                        [CS_JUDGEMENT_GOOD] = "gd",
                                        [CS_JUDGEMENT_OUTSTANDING] = "out",
                                        [CS_JUDGEMENT_NOT_JUDGED] = ""};
    int standing =
        column->judgement.state == CS_STATE_STANDING && column->judgement.value != CS_JUDGEMENT_NONE;
    snprintf(out, 16, "%s%s", names[column->judgement.value], standing ? "*" : "");
}

/* A year, or a judgement, and below it how many papers stand behind it. */
static void print_group_head(const cs_timeline_row *column, enum head_line line, int is_narrow, char out[16])
{
    int is_year = column->kind == CS_ROW_YEAR && *column->label >= '0' && *column->label <= '9';
    if (line == KIND)
        snprintf(out, 16, "%u", column->reports);
    else if (line == YEAR && is_year)
        snprintf(out, 16, is_narrow ? "'%.2s" : "%.4s", column->label + (is_narrow ? 2 : 0));
    else if (line == YEAR && column->kind == CS_ROW_JUDGEMENT && column->judgement.value != CS_JUDGEMENT_NONE)
        print_judgement(column, out);
    else if (line == YEAR)
        snprintf(out, 16, "n/k");
}

static void head_of(const cs_timeline_row *column, enum head_line line, int is_narrow, char out[16])
{
    *out = '\0';
    if (column->kind == CS_ROW_YEAR || column->kind == CS_ROW_JUDGEMENT)
        print_group_head(column, line, is_narrow, out);
    else if (line == KIND)
        print_kind(column, is_narrow, out);
    else if (line == JUDGEMENT)
        print_judgement(column, out);
    else if (column->visit != NULL)
        print_date(column->visit->date, line, is_narrow, out);
}

static int is_by_visit(const struct cs__themes_render *render)
{
    cs_row_kind kind = cs_grid_column(render->grid, 0)->kind;
    return kind == CS_ROW_VISIT || kind == CS_ROW_DOCUMENT;
}

static void print_heads(const struct table *table)
{
    const struct cs__themes_render *render = table->render;
    char word[16];
    int by_visit = is_by_visit(render);
    for (enum head_line line = MONTH; line < HEAD_LINES; line++) {
        if (!by_visit && line != YEAR && line != KIND)
            continue;
        print_name(table, !by_visit && line == KIND ? "papers" : "", 2);
        for (size_t i = 0; i < table->count; i++) {
            head_of(cs_grid_column(render->grid, table->first + i), line, table->layout.cell < wide.cell,
                    word);
            print_cell(table, word, CS__STYLE_BOLD);
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

static void print_theme(const struct table *table, const cs_grid_theme *theme)
{
    print_name(table, theme->name, 2);
    for (size_t i = 0; i < table->count; i++) {
        const cs_timeline_row *cell = &theme->cells[table->first + i];
        print_cell(table, cs__cell_sign(cell), style_of(cell));
    }
    putc('\n', table->render->out);
}

static void print_themes(const struct table *table)
{
    const struct cs__themes_render *render = table->render;
    const char *group = NULL;
    for (size_t i = 0; i < cs_grid_themes(render->grid); i++) {
        const cs_grid_theme *theme = cs_grid_theme_get(render->grid, i);
        if (theme->passages == 0)
            continue;
        if (theme->group != NULL && (group == NULL || strcmp(group, theme->group) != 0))
            print_group(render, theme->group);
        group = theme->group;
        print_theme(table, theme);
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
        &line,
        "\xE2\x88\x92 concern, \xC2\xB1 mixed, \xE2\x86\x91 progress, + strength, o neutral; \xC2\xB7");
    if (is_by_visit(render))
        cs__wrap_string(&line,
                        "in scope and not mentioned, \xC3\x97 not looked at, ? scope unknown; * judgement "
                        "standing from the inspection before");
    else
        cs__wrap_string(&line, "not mentioned; n/k: no known date, or no overall judgement");
    cs__wrap_end(&line);
}

static size_t columns_that_fit(unsigned width, struct layout layout)
{
    return width > layout.name + layout.cell ? (width - layout.name) / layout.cell : 1;
}

int cs__render_themes_text(const struct cs__themes_render *render)
{
    struct table table = {.render = render, .layout = wide, .count = cs_grid_columns(render->grid)};
    if (table.count == 0 || cs_grid_themes(render->grid) == 0)
        return 0;
    if (columns_that_fit(render->width, wide) < table.count)
        table.layout = narrow;
    size_t fit = columns_that_fit(render->width, table.layout);
    table.first = table.count > fit ? table.count - fit : 0;
    table.count -= table.first;
    print_heads(&table);
    print_themes(&table);
    print_legend(render);
    if (table.first > 0)
        fprintf(render->out, "%zu earlier column%s; use a wider terminal, --until, or another format\n",
                table.first, table.first == 1 ? " doesn't fit" : "s don't fit");
    return ferror(render->out) ? -1 : 0;
}
