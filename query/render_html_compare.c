/* SPDX-License-Identifier: MIT */
/* Comparisons as a page: the two visits, their sections with pairs of passages beside each other, and what
 * changed most. */
#include <string.h>

#include "query/render_compare.h"
#include "query/render_follow_up.h"
#include "query/render_html.h"

static void print_sides(const struct cs__compare_render *render)
{
    FILE *out = render->out;
    fputs("<ul>\n", out);
    for (int i = 0; i < 2; i++) {
        const cs_timeline_row *side = cs_comparison_side(render->comparison, i);
        const char *judgement = cs_judgement_name(side->judgement.value);
        fputs("<li>", out);
        cs__html_text(out, side->visit->authority);
        fputs(", ", out);
        cs__html_row_name(out, side);
        if (*judgement != '\0')
            fprintf(out, ", %s%s", judgement,
                    side->judgement.state == CS_STATE_STANDING ? " (standing)" : "");
        if (*render->query != '\0') {
            fputs(": ", out);
            cs__html_said(out, side);
        }
        fputs("</li>\n", out);
    }
    fputs("</ul>\n", out);
}

static void print_cell(FILE *out, const cs_compared_passage *passage, const char *silence)
{
    fputs("<td>", out);
    if (passage->hit != NULL)
        cs__html_passage(out, passage->hit, passage->tone);
    else
        fprintf(out, "<span class=\"faint\">%s</span>", silence);
    fputs("</td>", out);
}

static const char *silence(cs_change change)
{
    switch (change) {
    case CS_CHANGE_NOT_LOOKED_AT:
    case CS_CHANGE_NOT_LOOKED_AT_BEFORE:
        return "not looked at";
    case CS_CHANGE_NOT_KNOWN:
        return "not mentioned; scope unknown";
    default:
        return "no counterpart";
    }
}

static void print_pairs(FILE *out, const cs_compared_section *section)
{
    for (size_t i = 0; i < section->pair_count; i++) {
        const cs_compared_pair *pair = &section->pairs[i];
        fprintf(out, "<tr><th scope=\"row\">%s</th>", cs_change_name(pair->change));
        print_cell(out, &pair->before, silence(pair->change));
        print_cell(out, &pair->after, silence(pair->change));
        fputs("</tr>\n", out);
    }
}

static void print_heads(const struct cs__compare_render *render)
{
    fputs("<thead><tr><th scope=\"col\">Change</th>", render->out);
    for (int i = 0; i < 2; i++) {
        fputs("<th scope=\"col\">", render->out);
        cs__html_row_name(render->out, cs_comparison_side(render->comparison, i));
        fputs("</th>", render->out);
    }
    fputs("</tr></thead>\n<tbody>\n", render->out);
}

static void print_judged(FILE *out, const cs_compared_side *side)
{
    const char *judgement = cs_judgement_name(side->judgement.value);
    if (side->scope == CS_SCOPE_OUT)
        fputs("not looked at", out);
    else if (*judgement != '\0')
        fprintf(out, "%s%s", judgement, side->judgement.state == CS_STATE_STANDING ? " (standing)" : "");
    else
        fputs("not judged apart", out);
}

static void print_section(const struct cs__compare_render *render, const cs_compared_section *section)
{
    FILE *out = render->out;
    fputs("<section>\n<h2>", out);
    cs__html_text(out, section->name);
    fputs("</h2>\n<p>", out);
    if (section->area != CS_AREA_NONE) {
        print_judged(out, &section->before);
        fputs(", then ", out);
        print_judged(out, &section->after);
        fputs(". ", out);
    }
    for (int i = CS_CHANGE_SAME, told = 0; i <= CS_CHANGE_NOT_KNOWN; i++) {
        if (section->counts[i] > 0)
            fprintf(out, "%s%zu %s", told++ > 0 ? ", " : "", section->counts[i],
                    cs_change_name((cs_change)i));
    }
    fputs("</p>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"", out);
    cs__html_text(out, section->name);
    fputs("\"><table class=\"pairs\">\n", out);
    print_heads(render);
    print_pairs(out, section);
    fputs("</tbody></table></div>\n</section>\n", out);
}

static void print_best(FILE *out, const cs_timeline_row *row)
{
    fprintf(out, "<article class=\"passage tone-%s\">\n<h4>", cs_tone_name(row->tone));
    cs__html_row_name(out, row);
    fputs(": ", out);
    cs__html_said(out, row);
    fputs("</h4>\n", out);
    if (row->best != NULL) {
        fputs("<blockquote>", out);
        cs__html_marked(out, row->best->text, row->sentence.start, row->sentence.end, row->best->marks,
                        row->best->mark_count);
        fputs("</blockquote>\n<p><cite>", out);
        cs__html_text(out, row->best->citation);
        fputs("</cite></p>\n", out);
    }
    fputs("</article>\n", out);
}

static void print_themes(const struct cs__compare_render *render)
{
    FILE *out = render->out;
    for (int kind = CS__IN_ANOTHER_TONE; kind < CS__CHANGE_KINDS; kind++) {
        const cs_compared_theme *theme;
        for (size_t i = 0; (theme = cs__changed_theme(render, (enum cs__change_kind)kind, i)) != NULL; i++) {
            if (i == 0)
                fprintf(out, "<section>\n<h2>%s</h2>\n", cs__change_kind_name((enum cs__change_kind)kind));
            fputs("<h3>", out);
            cs__html_text(out, theme->name);
            fprintf(out, "</h3>\n<p>%s; said %u times, then %u times (G2 %.1f)</p>\n",
                    cs_change_name(theme->change), theme->before_said, theme->after_said,
                    theme->log_likelihood);
            print_best(out, theme->before);
            print_best(out, theme->after);
        }
        if (cs__changed_theme(render, (enum cs__change_kind)kind, 0) != NULL)
            fputs("</section>\n", out);
    }
}

int cs__render_compare_html(const struct cs__compare_render *render)
{
    const cs_comparison *comparison = render->comparison;
    struct cs__evidence evidence = {0};
    char title[256];
    snprintf(title, sizeof title, "Two visits compared%s%.200s", *render->query != '\0' ? ": " : "",
             render->query);
    cs__html_begin(render->out, title);
    fputs("<div id=\"content\">\n", render->out);
    print_sides(render);
    print_themes(render);
    for (size_t i = 0; i < cs_comparison_sections(comparison); i++)
        print_section(render, cs_comparison_section(comparison, i));
    fputs("</div>\n", render->out);
    for (int i = 0; i < 2; i++)
        cs__evidence_add_row(&evidence, cs_comparison_side(comparison, i));
    struct cs__html_end end = {.query = render->query,
                               .read_as = cs_comparison_read_as(comparison),
                               .evidence = &evidence,
                               .identity = &render->identity,
                               .has_tones = 1};
    cs__html_end(render->out, &end);
    int status = evidence.failed ? -1 : 0;
    cs__evidence_free(&evidence);
    return ferror(render->out) ? -1 : status;
}
