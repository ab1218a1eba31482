/* SPDX-License-Identifier: MIT */
/* Hits as a page: the passages that answer, best first, each with where it stands, its citation and the
 * judgement it stands under. */
#include <stdlib.h>
#include <string.h>

#include "query/render_hits.h"
#include "query/render_html.h"
#include "query/render_words.h"

static void print_part(FILE *out, const char *before, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    fputs(before, out);
    cs__html_text(out, text);
}

/* "Herefordshire · third monitoring visit · 28–29 June 2023 · inadequate (overall, standing)" */
static void print_head(FILE *out, const cs_hit *hit)
{
    static const char dot[] = " \xC2\xB7 ";
    char visit[128], judgement[96], date[CS_DATE_WORDS_SIZE];
    const cs_document *document = hit->document;
    const char *authority = hit->visit != NULL ? hit->visit->authority : document->authority;
    const char *name = document->title != NULL ? document->title : document->path;
    int visited = hit->visit != NULL && hit->visit->date.precision != CS_PRECISION_UNKNOWN;
    cs__hit_visit_words(hit, visit, sizeof visit);
    cs__hit_judgement_words(hit, judgement, sizeof judgement);
    fputs("<h2>", out);
    cs__html_text(out, authority != NULL ? authority : name);
    print_part(out, dot, visit);
    if (visited)
        print_part(out, dot, cs_date_words(hit->visit->date, date));
    else if (document->published.precision != CS_PRECISION_UNKNOWN)
        print_part(out, " \xC2\xB7 published ", cs_date_words(document->published, date));
    print_part(out, dot, judgement);
    fputs("</h2>\n", out);
}

static void print_hit(FILE *out, const cs_hit *hit)
{
    fprintf(out, "<li value=\"%u\"><article class=\"passage\">\n", hit->rank);
    print_head(out, hit);
    cs__html_paragraph(out, "faint", hit->section);
    fputs("<blockquote>", out);
    cs__html_lead_in(out, hit);
    cs__html_marked(out, hit->text, 0, hit->text_size, hit->marks, hit->mark_count);
    fputs("</blockquote>\n<p><cite>", out);
    cs__html_text(out, hit->citation);
    fputs("</cite></p>\n", out);
    if (hit->continues)
        cs__html_paragraph(out, "faint", "Goes on about a passage that stands before it.");
    if (hit->is_echo)
        cs__html_paragraph(out, "faint", "Repeats its source.");
    if (hit->folded > 0)
        fprintf(out, "<p class=\"faint\">%u more like it; --no-fold shows them.</p>\n", hit->folded);
    if (hit->more_in_document > 0)
        fprintf(out, "<p class=\"faint\">%u more in this document; --no-fold shows them in order.</p>\n",
                hit->more_in_document);
    cs__html_paragraph(out, "faint", hit->explanation);
    fputs("</article></li>\n", out);
}

static void print_total(FILE *out, const cs_hits *hits)
{
    size_t count = cs_hits_count(hits);
    unsigned long long total = cs_hits_total(hits);
    if (count == 0)
        fputs("<p class=\"lead\" id=\"content\">Nothing found.</p>\n", out);
    else if (total > count)
        fprintf(out, "<p class=\"lead\">%zu of %s%llu passages, best first.</p>\n", count,
                cs_hits_total_is_bound(hits) ? "more than " : "", total);
    else
        fprintf(out, "<p class=\"lead\">%zu passage%s, best first.</p>\n", count, count == 1 ? "" : "s");
}

static int print_end(const struct cs__render *render)
{
    const cs_hits *hits = render->hits;
    struct cs__evidence evidence = {0};
    size_t count = 0;
    while (cs_hits_also_searched(hits, count) != NULL)
        count++;
    const char **also = calloc(count + 1, sizeof *also);
    for (size_t i = 0; also != NULL && i < count; i++)
        also[i] = cs_hits_also_searched(hits, i);
    for (size_t i = 0; i < cs_hits_count(hits); i++)
        cs__evidence_add(&evidence, cs_hits_get(hits, i)->document);
    struct cs__html_end end = {.query = render->query,
                               .read_as = cs_hits_read_as(hits),
                               .also = also,
                               .also_count = also != NULL ? count : 0,
                               .evidence = &evidence,
                               .identity = render->identity};
    cs__html_end(render->out, &end);
    int failed = also == NULL || evidence.failed;
    cs__evidence_free(&evidence);
    free(also);
    return failed ? -1 : 0;
}

int cs__render_html(const struct cs__render *render)
{
    FILE *out = render->out;
    char title[256];
    const char *read_as = cs_hits_read_as(render->hits);
    snprintf(title, sizeof title, "%.200s", *read_as != '\0' ? read_as : render->query);
    cs__html_begin(out, *title != '\0' ? title : "All passages");
    print_total(out, render->hits);
    for (size_t i = 0; cs_hits_note(render->hits, i) != NULL; i++)
        cs__html_paragraph(out, "faint", cs_hits_note(render->hits, i));
    if (cs_hits_count(render->hits) > 0)
        fputs("<ol class=\"results\" id=\"content\">\n", out);
    for (size_t i = 0; i < cs_hits_count(render->hits); i++)
        print_hit(out, cs_hits_get(render->hits, i));
    if (cs_hits_count(render->hits) > 0)
        fputs("</ol>\n", out);
    int status = print_end(render);
    return ferror(out) ? -1 : status;
}
