/* SPDX-License-Identifier: MIT */
/* Grids of themes as a page: a heat map of themes by visit, whose cells lead to the sentence that shows the
 * tone best. */
#include <string.h>

#include "query/render_html.h"
#include "query/render_themes.h"
#include "query/render_timeline.h"

/* "June 2023", "monitoring 2", "inadequate*": the star says that it stands from the inspection before. */
static void print_visit_head(FILE *out, const cs_timeline_row *column)
{
    char date[CS_DATE_WORDS_SIZE];
    const cs_visit *visit = column->visit;
    cs_date first = visit->date;
    const char *judgement = cs_judgement_name(column->judgement.value);
    const char *kind = visit->kind != CS_VISIT_UNKNOWN ? cs_visit_kind_name(visit->kind) : "visit";
    if (first.precision == CS_PRECISION_DAY)
        first = (cs_date){first.first, first.first, CS_PRECISION_MONTH};
    cs__html_text(out, first.precision != CS_PRECISION_UNKNOWN ? cs_date_words(first, date) : "no date");
    fprintf(out, "<br>%s", kind);
    if (visit->ordinal > 0)
        fprintf(out, " %d", visit->ordinal);
    if (*judgement != '\0')
        fprintf(out, "<br>%s%s", judgement, column->judgement.state == CS_STATE_STANDING ? "*" : "");
}

static void print_group_head(FILE *out, const cs_timeline_row *column)
{
    cs__html_row_name(out, column);
    if (column->kind == CS_ROW_YEAR || column->kind == CS_ROW_JUDGEMENT)
        fprintf(out, "<br>%u paper%s", column->reports, column->reports == 1 ? "" : "s");
}

static void print_heads(const struct cs__themes_render *render)
{
    FILE *out = render->out;
    fputs("<thead><tr><th scope=\"col\">Theme</th>", out);
    for (size_t i = 0; i < cs_grid_columns(render->grid); i++) {
        const cs_timeline_row *column = cs_grid_column(render->grid, i);
        fputs("<th scope=\"col\">", out);
        if (column->visit != NULL)
            print_visit_head(out, column);
        else
            print_group_head(out, column);
        fputs("</th>", out);
    }
    fputs("</tr></thead>\n", out);
}

static void print_cell(FILE *out, const cs_timeline_row *cell, size_t theme, size_t column)
{
    if (cell->passages == 0) {
        fprintf(out,
                "<td class=\"silent%s\"><span title=\"%s\"><span aria-hidden=\"true\">%s</span><span "
                "class=\"unseen\">%s</span></span></td>",
                cell->kind == CS_ROW_VISIT && cell->scope == CS_SCOPE_OUT ? " out" : "",
                cs__silence_name(cell), cs__cell_sign(cell), cs__silence_name(cell));
        return;
    }
    fprintf(out,
            "<td class=\"tone-%s\"><a href=\"#cell-%zu-%zu\" title=\"%s, %u passage%s\"><span "
            "aria-hidden=\"true\">%s</span>"
            "<span class=\"unseen\">%s, %u passage%s</span></a></td>",
            cs_tone_name(cell->tone), theme, column, cs_tone_name(cell->tone), cell->passages,
            cell->passages == 1 ? "" : "s", cs__cell_sign(cell), cs_tone_name(cell->tone), cell->passages,
            cell->passages == 1 ? "" : "s");
}

static void print_group(const struct cs__themes_render *render, const char *group)
{
    fprintf(render->out, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%zu\">",
            cs_grid_columns(render->grid) + 1);
    cs__html_text(render->out, group);
    fputs("</th></tr>\n", render->out);
}

static void print_map(const struct cs__themes_render *render)
{
    FILE *out = render->out;
    const char *group = NULL;
    fputs("<div class=\"wide\" id=\"content\" role=\"region\" aria-label=\"Themes by visit\" "
          "tabindex=\"0\"><table class=\"grid\">\n",
          out);
    print_heads(render);
    fputs("<tbody>\n", out);
    for (size_t i = 0; i < cs_grid_themes(render->grid); i++) {
        const cs_grid_theme *theme = cs_grid_theme_get(render->grid, i);
        if (theme->group != NULL && (group == NULL || strcmp(group, theme->group) != 0))
            print_group(render, theme->group);
        group = theme->group;
        fputs("<tr><th scope=\"row\">", out);
        if (theme->passages > 0)
            fprintf(out, "<a href=\"#theme-%zu\">", i + 1);
        cs__html_text(out, theme->name);
        fputs(theme->passages > 0 ? "</a></th>" : "</th>", out);
        for (size_t j = 0; j < cs_grid_columns(render->grid); j++)
            print_cell(out, &theme->cells[j], i + 1, j + 1);
        fputs("</tr>\n", out);
    }
    fputs("</tbody></table></div>\n", out);
}

static void print_legend(FILE *out, int by_visit)
{
    fputs("<ul class=\"legend\"><li><span class=\"tone tone-concern\">\xE2\x88\x92 concern</span></li>"
          "<li><span class=\"tone tone-mixed\">\xC2\xB1 mixed</span></li>"
          "<li><span class=\"tone tone-progress\">\xE2\x86\x91 progress</span></li>"
          "<li><span class=\"tone tone-strength\">+ strength</span></li>"
          "<li><span class=\"tone tone-neutral\">o neutral</span></li>",
          out);
    fputs(by_visit
              ? "<li>\xC2\xB7 in scope, not mentioned</li><li>\xC3\x97 not looked at</li><li>? not "
                "mentioned, scope unknown</li><li>* judgement standing from the inspection before</li></ul>\n"
              : "<li>\xC2\xB7 not mentioned</li></ul>\n",
          out);
}

static void print_theme(const struct cs__themes_render *render, const cs_grid_theme *theme, size_t number)
{
    FILE *out = render->out;
    if (theme->passages == 0)
        return;
    fprintf(out, "<section id=\"theme-%zu\">\n<h2>", number);
    cs__html_text(out, theme->name);
    fputs("</h2>\n", out);
    cs__html_paragraph(out, "faint", theme->life);
    for (size_t j = 0; j < cs_grid_columns(render->grid); j++) {
        const cs_timeline_row *cell = &theme->cells[j];
        if (cell->best == NULL)
            continue;
        fprintf(out, "<article id=\"cell-%zu-%zu\" class=\"passage tone-%s\">\n<h3>", number, j + 1,
                cs_tone_name(cell->tone));
        cs__html_row_name(out, cell);
        fputs(": ", out);
        cs__html_said(out, cell);
        fputs("</h3>\n<blockquote>", out);
        cs__html_marked(out, cell->best->text, cell->sentence.start, cell->sentence.end, cell->best->marks,
                        cell->best->mark_count);
        fputs("</blockquote>\n<p><cite>", out);
        cs__html_text(out, cell->best->citation);
        fputs("</cite></p>\n</article>\n", out);
    }
    fputs("</section>\n", out);
}

static int print_end(const struct cs__themes_render *render)
{
    struct cs__evidence evidence = {0};
    for (size_t i = 0; i < cs_grid_columns(render->grid); i++)
        cs__evidence_add_row(&evidence, cs_grid_column(render->grid, i));
    struct cs__html_end end = {
        .query = render->query, .evidence = &evidence, .identity = &render->identity, .has_tones = 1};
    cs__html_end(render->out, &end);
    int failed = evidence.failed;
    cs__evidence_free(&evidence);
    return failed ? -1 : 0;
}

int cs__render_themes_html(const struct cs__themes_render *render)
{
    char title[256];
    snprintf(title, sizeof title, "Themes by visit%s%.200s", render->authority != NULL ? " · " : "",
             render->authority != NULL ? render->authority : "");
    cs__html_begin(render->out, title);
    const cs_timeline_row *first = cs_grid_column(render->grid, 0);
    print_legend(render->out, first == NULL || first->visit != NULL || first->kind == CS_ROW_DOCUMENT);
    print_map(render);
    for (size_t i = 0; i < cs_grid_themes(render->grid); i++)
        print_theme(render, cs_grid_theme_get(render->grid, i), i + 1);
    int status = print_end(render);
    return ferror(render->out) ? -1 : status;
}
