/* SPDX-License-Identifier: MIT */
/* Timelines as a page: the life of the theme, a chart, a table with the same figures, and for each row the
 * passages with their citations. */
#include <stdlib.h>
#include <string.h>

#include "query/render_html.h"
#include "query/render_timeline.h"

/* Passages of a row that are shown at once; the others can be unfolded. */
enum { PASSAGES_OPEN = 5 };

static void print_notes(const struct cs__timeline_render *render)
{
    for (size_t i = 0; cs_timeline_note(render->timeline, i) != NULL; i++)
        cs__html_paragraph(render->out, "faint", cs_timeline_note(render->timeline, i));
}

static void print_judgement(FILE *out, const cs_timeline_row *row)
{
    const char *value = cs_judgement_name(row->judgement.value);
    cs_state state = row->judgement.state;
    if (*value == '\0' && state == CS_STATE_NOT_REPORTED)
        value = "no overall judgement";
    cs__html_text(out, value);
    if (*value != '\0' && state != CS_STATE_STATED && state != CS_STATE_UNKNOWN)
        fprintf(out, " <span class=\"faint\">(%s)</span>", cs_state_name(state));
}

static void print_table_row(FILE *out, const cs_timeline_row *row, size_t number)
{
    fprintf(out, "<tr><th scope=\"row\"><a href=\"#row-%zu\">", number);
    cs__html_row_name(out, row);
    fputs("</a></th>", out);
    if (row->kind == CS_ROW_YEAR || row->kind == CS_ROW_JUDGEMENT) {
        fprintf(out, "<td class=\"number\">%u of %u</td>", row->reports_with, row->reports);
    } else {
        fputs("<td>", out);
        print_judgement(out, row);
        fputs("</td>", out);
    }
    if (row->passages == 0) {
        fprintf(out, "<td class=\"silent\" colspan=\"3\">%s</td></tr>\n", cs__silence_name(row));
        return;
    }
    fprintf(out, "<td class=\"number\">%u</td><td class=\"number\">%.1f</td><td>", row->passages,
            row->rate_per_1000);
    cs__html_tone(out, row->tone);
    fputs("</td></tr>\n", out);
}

static void print_table(const struct cs__timeline_render *render)
{
    FILE *out = render->out;
    const cs_timeline_row *first = cs_timeline_get(render->timeline, 0);
    int by_visit = first == NULL || first->kind == CS_ROW_VISIT || first->kind == CS_ROW_DOCUMENT;
    fputs("<div class=\"wide\" id=\"content\" role=\"region\" aria-label=\"Table\" "
          "tabindex=\"0\"><table>\n<thead><tr>",
          out);
    fputs(by_visit ? "<th scope=\"col\">Visit</th><th scope=\"col\">Overall judgement</th>"
                   : "<th scope=\"col\">Year or judgement</th><th scope=\"col\" "
                     "class=\"number\">Papers that mention it</th>",
          out);
    fputs("<th scope=\"col\" class=\"number\">Passages</th><th scope=\"col\" class=\"number\">Per 1,000 "
          "words</th>"
          "<th scope=\"col\">Tone</th></tr></thead>\n<tbody>\n",
          out);
    cs_row_kind kind = CS_ROW_VISIT;
    for (size_t i = 0; i < cs_timeline_count(render->timeline); i++) {
        const cs_timeline_row *row = cs_timeline_get(render->timeline, i);
        if (row->kind != kind && (row->kind == CS_ROW_YEAR || row->kind == CS_ROW_JUDGEMENT))
            fprintf(out, "%s<tr><th scope=\"rowgroup\" colspan=\"5\">%s</th></tr>\n",
                    i > 0 ? "</tbody>\n<tbody>" : "",
                    row->kind == CS_ROW_YEAR ? "By year" : "By overall judgement");
        kind = row->kind;
        print_table_row(out, row, i + 1);
    }
    fputs("</tbody>\n</table></div>\n", out);
}

static void print_cues(FILE *out, const cs_timeline_row *row)
{
    if (row->cue_count == 0)
        return;
    fputs("<h3>Words that led to the tone</h3>\n<ul class=\"chips\">\n", out);
    for (size_t i = 0; i < row->cue_count; i++) {
        fputs("<li>", out);
        cs__html_text(out, row->cues[i].words != NULL ? row->cues[i].words : row->cues[i].reason);
        fprintf(out, " <span class=\"faint\">%s</span></li>\n", cs__cue_sign(&row->cues[i]));
    }
    fputs("</ul>\n", out);
}

static void print_documents(FILE *out, const cs_timeline_row *row)
{
    if (row->document_count == 0)
        return;
    fputs("<h3>Papers</h3>\n<ul>\n", out);
    for (size_t i = 0; i < row->document_count; i++) {
        const cs_row_document *from = &row->documents[i];
        fputs("<li>", out);
        cs__html_text(out, from->document->title != NULL ? from->document->title : from->document->path);
        fprintf(out, " <span class=\"faint\">(%s; %u passage%s, %llu words%s)</span></li>\n",
                cs_kind_name(from->document->kind), from->passages, from->passages == 1 ? "" : "s",
                (unsigned long long)from->words, from->apart ? "; not in the counts" : "");
    }
    fputs("</ul>\n", out);
}

static void print_scope(FILE *out, const cs_visit *visit)
{
    if (visit == NULL || visit->scope_count == 0)
        return;
    fputs("<p class=\"faint\">Areas covered by the visit: ", out);
    for (size_t i = 0; i < visit->scope_count; i++) {
        cs__html_text(out, visit->scope[i]);
        fputs(i + 1 < visit->scope_count ? " · " : "</p>\n", out);
    }
}

static void print_passages(FILE *out, const cs_timeline_row *row)
{
    size_t open = row->hit_count > PASSAGES_OPEN + 1 ? PASSAGES_OPEN : row->hit_count;
    for (size_t i = 0; i < row->hit_count; i++) {
        if (i == open)
            fprintf(out, "<details><summary>%zu more passages</summary>\n", row->hit_count - open);
        cs__html_passage(out, &row->hits[i], row->hit_tones[i]);
    }
    if (open < row->hit_count)
        fputs("</details>\n", out);
    if (row->hit_count < row->passages)
        fprintf(out, "<p class=\"faint\">%zu of %u passages are listed; --limit lists more.</p>\n",
                row->hit_count, row->passages);
}

static void print_row(const struct cs__timeline_render *render, const cs_timeline_row *row, size_t number)
{
    FILE *out = render->out;
    fprintf(out, "<section id=\"row-%zu\">\n<h2>", number);
    cs__html_row_name(out, row);
    fputs("</h2>\n<p>", out);
    cs__html_said(out, row);
    fputs("</p>\n", out);
    print_scope(out, row->visit);
    if (row->at_second_hand && row->visit != NULL && row->passages > 0)
        cs__html_paragraph(out, "faint", "At second hand: no paper of the visit itself is in the index.");
    print_passages(out, row);
    print_cues(out, row);
    print_documents(out, row);
    fputs("</section>\n", out);
}

static int print_end(const struct cs__timeline_render *render)
{
    const cs_timeline *timeline = render->timeline;
    struct cs__evidence evidence = {0};
    size_t count = 0;
    while (cs_timeline_also_searched(timeline, count) != NULL)
        count++;
    const char **also = calloc(count + 1, sizeof *also);
    for (size_t i = 0; also != NULL && i < count; i++)
        also[i] = cs_timeline_also_searched(timeline, i);
    for (size_t i = 0; i < cs_timeline_count(timeline); i++)
        cs__evidence_add_row(&evidence, cs_timeline_get(timeline, i));
    struct cs__html_end end = {.query = render->query,
                               .read_as = cs_timeline_read_as(timeline),
                               .also = also,
                               .also_count = also != NULL ? count : 0,
                               .evidence = &evidence,
                               .identity = &render->identity,
                               .has_tones = 1};
    cs__html_end(render->out, &end);
    int failed = also == NULL || evidence.failed;
    cs__evidence_free(&evidence);
    free(also);
    return failed ? -1 : 0;
}

int cs__render_timeline_html(const struct cs__timeline_render *render)
{
    char title[256];
    const char *theme = cs_timeline_theme(render->timeline);
    snprintf(
        title, sizeof title, "%.150s%s%.80s", theme != NULL ? theme : cs_timeline_read_as(render->timeline),
        render->authority != NULL ? " \xC2\xB7 " : "", render->authority != NULL ? render->authority : "");
    cs__html_begin(render->out, title);
    cs__html_paragraph(render->out, "lead", cs_timeline_life(render->timeline));
    print_notes(render);
    int status = cs__html_chart(render->out, render->timeline);
    print_table(render);
    for (size_t i = 0; i < cs_timeline_count(render->timeline); i++)
        print_row(render, cs_timeline_get(render->timeline, i), i + 1);
    status |= print_end(render);
    return ferror(render->out) ? -1 : status;
}
