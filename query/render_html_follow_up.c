/* SPDX-License-Identifier: MIT */
/* Areas for improvement as a page: a section a visit, and under each bullet what the later visits said. */
#include <string.h>

#include "query/render_follow_up.h"
#include "query/render_html.h"

static void print_answer(FILE *out, const cs_answer *answer)
{
    fprintf(out, "<article class=\"passage tone-%s\">\n<blockquote>", cs_tone_name(answer->tone));
    cs__html_marked(out, answer->hit->text, answer->sentence.start, answer->sentence.end, answer->hit->marks,
                    answer->hit->mark_count);
    fputs("</blockquote>\n<p><cite>", out);
    cs__html_text(out, answer->hit->citation);
    fputs("</cite> ", out);
    cs__html_tone(out, answer->tone);
    fputs(answer->is_improvement ? " an area for improvement again</p>\n</article>\n" : "</p>\n</article>\n",
          out);
}

static void print_visit(FILE *out, const cs_answering_visit *visit)
{
    char words[CS__VISIT_LINE_SIZE];
    fputs("<h4>", out);
    cs__html_text(out, cs__visit_line(visit->visit, words));
    fprintf(out, "%s: ", visit->at_second_hand ? " (at second hand)" : "");
    if (visit->answer_count > 0)
        cs__html_tone(out, visit->tone);
    else
        fprintf(out, "<span class=\"faint\">%s</span>", cs__silent_visit_name(visit));
    fputs("</h4>\n", out);
    for (size_t i = 0; i < visit->answer_count; i++)
        print_answer(out, &visit->answers[i]);
}

static void print_bullet(FILE *out, const cs_bullet *bullet)
{
    fputs("<h3>", out);
    cs__html_text(out, bullet->hit->text);
    fputs("</h3>\n<p><cite>", out);
    cs__html_text(out, bullet->hit->citation);
    fprintf(out, "</cite>. %s</p>\n",
            bullet->outcome != CS_BULLET_ANSWERED ? cs_bullet_outcome_name(bullet->outcome) : "");
    for (size_t i = 0; i < bullet->later_count; i++)
        print_visit(out, &bullet->later[i]);
}

static void begin_visit(FILE *out, const cs_visit *visit, int is_first)
{
    char words[CS__VISIT_LINE_SIZE];
    const char *judgement = cs_judgement_name(visit->judgements[CS_AREA_OVERALL].value);
    fputs(is_first ? "<section id=\"content\">\n<h2>" : "</section>\n<section>\n<h2>", out);
    cs__html_text(out, visit->authority);
    fputs(", ", out);
    cs__html_text(out, cs__visit_line(visit, words));
    fprintf(out, "%s%s</h2>\n", *judgement != '\0' ? ", " : "", judgement);
}

static void add_evidence(struct cs__evidence *evidence, const cs_bullet *bullet)
{
    cs__evidence_add(evidence, bullet->hit->document);
    for (size_t i = 0; i < bullet->later_count; i++) {
        for (size_t j = 0; j < bullet->later[i].answer_count; j++)
            cs__evidence_add(evidence, bullet->later[i].answers[j].hit->document);
    }
}

int cs__render_follow_up_html(const struct cs__follow_up_render *render)
{
    struct cs__evidence evidence = {0};
    const cs_visit *visit = NULL;
    char title[256];
    snprintf(title, sizeof title, "Areas for improvement%s%.200s", render->authority != NULL ? " · " : "",
             render->authority != NULL ? render->authority : "");
    cs__html_begin(render->out, title);
    for (size_t i = 0; i < cs_follow_up_count(render->follow_up); i++) {
        const cs_bullet *bullet = cs_follow_up_get(render->follow_up, i);
        add_evidence(&evidence, bullet);
        if (bullet->visit == NULL)
            continue;
        if (visit == NULL || strcmp(visit->id, bullet->visit->id) != 0)
            begin_visit(render->out, bullet->visit, visit == NULL);
        visit = bullet->visit;
        print_bullet(render->out, bullet);
    }
    fputs(visit != NULL ? "</section>\n" : "<p id=\"content\">No area for improvement found.</p>\n",
          render->out);
    struct cs__html_end end = {.query = render->query,
                               .read_as = cs_follow_up_read_as(render->follow_up),
                               .evidence = &evidence,
                               .identity = &render->identity,
                               .has_tones = 1};
    cs__html_end(render->out, &end);
    int status = evidence.failed ? -1 : 0;
    cs__evidence_free(&evidence);
    return ferror(render->out) ? -1 : status;
}
