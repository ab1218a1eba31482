/* SPDX-License-Identifier: MIT */
/* Pages: what every page that cs-search prints is put together from. */
#include "query/render_html.h"

#include <string.h>

#include "query/render_timeline.h"
#include "query/render_words.h"

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

/* Patterns over the colour, so that tones are told apart without it. */
static void print_patterns(FILE *out)
{
    static const char *const inner[] = {
        [CS_TONE_NONE] = "",
        [CS_TONE_CONCERN] = "<path class=\"stripe\" d=\"M-2 2 2 -2M0 8 8 0M6 10 10 6\"/>",
        [CS_TONE_MIXED] = "<path class=\"stripe\" d=\"M0 8 8 0M0 0 8 8\"/>",
        [CS_TONE_PROGRESS] = "<path class=\"stripe\" d=\"M0 6 4 2 8 6\"/>",
        [CS_TONE_STRENGTH] = "",
        [CS_TONE_NEUTRAL] = "<circle class=\"dot\" cx=\"4\" cy=\"4\" r=\"1.5\"/>"};
    fputs("<svg class=\"unseen\" aria-hidden=\"true\" focusable=\"false\"><defs>", out);
    for (int tone = CS_TONE_CONCERN; tone <= CS_TONE_NEUTRAL; tone++)
        fprintf(out,
                "<pattern id=\"fill-%s\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
                "<rect class=\"fill-%s\" width=\"8\" height=\"8\"/>%s</pattern>",
                cs_tone_name((cs_tone)tone), cs_tone_name((cs_tone)tone), inner[tone]);
    fputs("</defs></svg>\n", out);
}

void cs__html_begin(FILE *out, const char *title)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
          "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"cs-search ",
          out);
    cs__html_text(out, cs_version());
    fputs("\">\n<title>", out);
    cs__html_text(out, title);
    fputs("</title>\n<style>\n", out);
    for (size_t i = 0; i < sizeof style / sizeof style[0]; i++)
        fprintf(out, "%s\n", style[i]);
    fputs("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n", out);
    print_patterns(out);
    fputs("<main>\n<h1>", out);
    cs__html_text(out, title);
    fputs("</h1>\n", out);
}

void cs__html_paragraph(FILE *out, const char *class, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    fprintf(out, "<p class=\"%s\">", class);
    cs__html_text(out, text);
    fputs("</p>\n", out);
}

void cs__html_legend(FILE *out)
{
    fputs("<ul class=\"legend\" aria-label=\"Tones\">\n", out);
    for (int tone = CS_TONE_CONCERN; tone <= CS_TONE_NEUTRAL; tone++)
        fprintf(out,
                "<li><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\"><rect width=\"16\" "
                "height=\"16\" rx=\"2\" fill=\"url(#fill-%s)\"/></svg>%s</li>\n",
                cs_tone_name((cs_tone)tone), cs_tone_name((cs_tone)tone));
    fputs("</ul>\n", out);
}

static void print_fact(FILE *out, const char *name, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    fprintf(out, "<dt>%s</dt><dd>", name);
    cs__html_text(out, value);
    fputs("</dd>\n", out);
}

static void print_also(FILE *out, const struct cs__html_end *end)
{
    for (size_t i = 0; i < end->also_count; i++) {
        fputs(i == 0 ? "<dt>Also searched</dt><dd>" : "; ", out);
        cs__html_text(out, end->also[i]);
    }
    if (end->also_count > 0)
        fputs("</dd>\n", out);
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
        fputs("</td><td class=\"hash\">", out);
        cs__html_text(out, evidence->documents[i]->sha256);
        fputs("</td></tr>\n", out);
    }
    fputs("</tbody></table></div>\n", out);
}

void cs__html_end(FILE *out, const struct cs__html_end *end)
{
    char made[128], index[160];
    snprintf(made, sizeof made, "cs-search %s", cs_version());
    snprintf(index, sizeof index, "%s (schema %d, tokenizer %d, rules %d)", end->identity->uuid,
             end->identity->schema_version, end->identity->tokenizer_version, end->identity->rules_version);
    fputs("</main>\n<footer class=\"evidence\">\n<h2>Evidence</h2>\n"
          "<p>What it takes to check this page, or to make it again.</p>\n<dl>\n",
          out);
    print_fact(out, "Query", end->query);
    print_fact(out, "Read as", end->read_as);
    print_also(out, end);
    print_fact(out, "Made by", made);
    print_fact(out, "Index", index);
    fputs("</dl>\n", out);
    if (end->has_tones)
        fputs("<p>A tone is an estimate from the words of the papers; read the passages before you rely on "
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

void cs__html_lead_in(FILE *out, const cs_hit *hit)
{
    if (hit->lead_in == NULL)
        return;
    fputs("<span class=\"lead-in\">", out);
    cs__html_text(out, hit->lead_in);
    fputs("</span>", out);
}

void cs__html_passage(FILE *out, const cs_hit *hit, cs_tone tone)
{
    const char *name = cs_tone_name(tone);
    fprintf(out, "<article class=\"passage%s%s\">\n<blockquote>", *name != '\0' ? " tone-" : "", name);
    cs__html_lead_in(out, hit);
    cs__html_marked(out, hit->text, 0, hit->text_size, hit->marks, hit->mark_count);
    fputs("</blockquote>\n<p>", out);
    cs__html_tone(out, tone);
    fputs(*name != '\0' ? " <cite>" : "<cite>", out);
    cs__html_text(out, hit->citation);
    fputs("</cite></p>\n</article>\n", out);
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
    char date[CS_DATE_WORDS_SIZE], words[CS__VISIT_WORDS_SIZE];
    const cs_visit *visit = row->visit;
    if (visit == NULL) {
        cs__html_text(out, row->label);
        return;
    }
    const char *date_words = cs_date_words(visit->date, date);
    fputs(*date_words != '\0' ? date_words : "date unknown", out);
    fputs(", ", out);
    fputs(cs__visit_words(visit, words), out);
}
