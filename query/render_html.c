/* SPDX-License-Identifier: MIT */
/* Pages: what every page that cs-search prints is put together from. */
#include "query/render_html.h"

#include <string.h>

#include "query/render_timeline.h"

/* Generated from query/render_html.css, a string a line. */
static const char *const style[] = {
#include "query/render_html_css.h"
};

void cs__html_bytes(FILE *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '<')
            fputs("&lt;", out);
        else if (c == '>')
            fputs("&gt;", out);
        else if (c == '&')
            fputs("&amp;", out);
        else if (c == '"')
            fputs("&quot;", out);
        else if (c == '\'')
            fputs("&#39;", out);
        else if (c == '\t' || c == '\n')
            putc(' ', out);
        else if (c < 0x20 || c == 0x7F)
            fputs("\xEF\xBF\xBD", out);
        else
            putc((char)c, out);
    }
}

void cs__html_text(FILE *out, const char *text)
{
    if (text != NULL)
        cs__html_bytes(out, text, strlen(text));
}

void cs__html_marked(FILE *out, const char *text, size_t from, size_t to, const cs_range *marks, size_t count)
{
    size_t at = from;
    for (size_t i = 0; i < count; i++) {
        if (marks[i].start < at || marks[i].end > to)
            continue;
        cs__html_bytes(out, text + at, marks[i].start - at);
        fputs("<mark>", out);
        cs__html_bytes(out, text + marks[i].start, marks[i].end - marks[i].start);
        fputs("</mark>", out);
        at = marks[i].end;
    }
    cs__html_bytes(out, text + at, to - at);
}

void cs__html_begin(FILE *out, const char *title)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
          "'unsafe-inline'\">\n"
          "<meta name=\"generator\" content=\"cs-search ",
          out);
    cs__html_text(out, cs_version());
    fputs("\">\n<title>", out);
    cs__html_text(out, title);
    fputs("</title>\n<style>\n", out);
    for (size_t i = 0; i < sizeof style / sizeof style[0]; i++)
        fprintf(out, "%s\n", style[i]);
    fputs(
        "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the table</a>\n<main>\n<h1>",
        out);
    cs__html_text(out, title);
    fputs("</h1>\n", out);
}

static void print_fact(FILE *out, const char *name, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    fprintf(out, "<p>%s: ", name);
    cs__html_text(out, value);
    fputs("</p>\n", out);
}

static void print_sources(FILE *out, const struct cs__evidence *evidence)
{
    if (evidence->count == 0)
        return;
    fputs("<div class=\"wide\" role=\"region\" aria-label=\"Sources\" "
          "tabindex=\"0\"><table><caption>Sources</caption>"
          "<thead><tr><th scope=\"col\">Paper</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>\n",
          out);
    for (size_t i = 0; i < evidence->count; i++) {
        fputs("<tr><td>", out);
        cs__html_text(out, evidence->documents[i]->path);
        fputs("</td><td>", out);
        cs__html_text(out, evidence->documents[i]->sha256);
        fputs("</td></tr>\n", out);
    }
    fputs("</tbody></table></div>\n", out);
}

void cs__html_end(FILE *out, const struct cs__html_end *end)
{
    fputs("</main>\n<footer class=\"evidence\">\n<h2>Evidence</h2>\n", out);
    print_fact(out, "Query", end->query);
    print_fact(out, "Read as", end->read_as);
    for (size_t i = 0; i < end->also_count; i++) {
        fputs(i == 0 ? "<p>Also searched: " : "; ", out);
        cs__html_text(out, end->also[i]);
    }
    if (end->also_count > 0)
        fputs("</p>\n", out);
    fputs("<p>Made by cs-search ", out);
    cs__html_text(out, cs_version());
    fputs(" from the index ", out);
    cs__html_text(out, end->identity->uuid);
    fprintf(out, " (schema %d, words %d, rules %d). ", end->identity->schema_version,
            end->identity->tokenizer_version, end->identity->rules_version);
    fputs("The tone is an estimate from the words of the papers; read the passages before you rely on "
          "it.</p>\n",
          out);
    print_sources(out, end->evidence);
    fputs("</footer>\n</body>\n</html>\n", out);
}

void cs__html_tone(FILE *out, cs_tone tone)
{
    const char *name = cs_tone_name(tone);
    if (*name != '\0')
        fprintf(out, "<span class=\"tone tone-%s\">%s</span>", name, name);
}

void cs__html_passage(FILE *out, const cs_hit *hit, cs_tone tone)
{
    const char *name = cs_tone_name(tone);
    fprintf(out, "<article class=\"passage%s%s\">\n<blockquote>", *name != '\0' ? " tone-" : "", name);
    if (hit->lead_in != NULL) {
        fputs("<span class=\"faint\">", out);
        cs__html_text(out, hit->lead_in);
        fputs("</span> ", out);
    }
    cs__html_marked(out, hit->text, 0, hit->text_size, hit->marks, hit->mark_count);
    fputs("</blockquote>\n<p><cite>", out);
    cs__html_text(out, hit->citation);
    fputs("</cite> ", out);
    cs__html_tone(out, tone);
    fputs("</p>\n</article>\n", out);
}

void cs__html_said(FILE *out, const cs_timeline_row *row)
{
    if (row->passages == 0) {
        fputs(cs__silence_name(row), out);
        return;
    }
    fprintf(out, "%u passage%s, %.1f per 1,000 words ", row->passages, row->passages == 1 ? "" : "s",
            row->rate_per_1000);
    cs__html_tone(out, row->tone);
}

void cs__html_row_name(FILE *out, const cs_timeline_row *row)
{
    char date[CS_DATE_WORDS_SIZE];
    const cs_visit *visit = row->visit;
    if (visit == NULL) {
        cs__html_text(out, row->label);
        return;
    }
    const char *kind = cs_visit_kind_name(visit->kind);
    const char *words = cs_date_words(visit->date, date);
    fputs(*words != '\0' ? words : "date unknown", out);
    if (visit->kind == CS_VISIT_INSPECTION)
        fprintf(out, ", inspection");
    else if (visit->ordinal > 0)
        fprintf(out, ", %s visit %d", kind, visit->ordinal);
    else
        fprintf(out, ", %s%svisit", kind, *kind != '\0' ? " " : "");
}
