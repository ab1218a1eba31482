/* SPDX-License-Identifier: MIT */
/* The chart of a timeline, as SVG: a true time axis, judgements in force as bands behind, the theme's rate as
 * bars coloured and patterned by tone, articles as marks. What the picture shows stands in the table too. */
#include <string.h>

#include "query/render_html.h"
#include "query/render_timeline.h"

enum { WIDTH = 960, HEIGHT = 330, LEFT = 52, RIGHT = 16, TOP = 34, BOTTOM = 62, BAR = 14 };

struct chart {
    FILE *out;
    const cs_timeline *timeline;
    int32_t first, last; /* days of the axis */
    double most;         /* the highest rate, rounded up */
};

static const double baseline = HEIGHT - BOTTOM;

/* Days from 1970 to the first of January of a year (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
static int32_t new_year(int year)
{
    cs_date date = {0};
    char text[16];
    snprintf(text, sizeof text, "%04d", year);
    cs_date_parse(text, strlen(text), &date);
    return date.first;
}

static int year_of(int32_t day)
{
    char text[CS_DATE_SIZE];
    int year = 0;
    cs_date_print((cs_date){day, day, CS_PRECISION_DAY}, text);
    sscanf(text, "%d", &year);
    return year;
}

/* Where a row stands: the middle of its visit, or of its year; 0 when it has no place. */
static int day_of(const cs_timeline_row *row, int32_t *day)
{
    cs_date date = {0};
    if (row->kind == CS_ROW_VISIT)
        date = row->visit->date;
    else if (row->kind == CS_ROW_YEAR)
        cs_date_parse(row->label, strlen(row->label), &date);
    *day = date.first + (date.last - date.first) / 2;
    return date.precision != CS_PRECISION_UNKNOWN;
}

static double x_of(const struct chart *chart, int32_t day)
{
    double share = (double)(day - chart->first) / (double)(chart->last - chart->first);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
}

static double y_of(const struct chart *chart, double rate)
{
    return baseline - rate / chart->most * (baseline - TOP);
}

static int measure(struct chart *chart)
{
    int found = 0, first = 0, last = 0;
    int32_t day;
    for (size_t i = 0; i < cs_timeline_count(chart->timeline); i++) {
        const cs_timeline_row *row = cs_timeline_get(chart->timeline, i);
        if (!day_of(row, &day))
            continue;
        int year = year_of(day);
        first = !found || year < first ? year : first;
        last = !found || year > last ? year : last;
        chart->most = row->rate_per_1000 > chart->most ? row->rate_per_1000 : chart->most;
        found = 1;
    }
    chart->first = new_year(first);
    chart->last = new_year(last + 1);
    chart->most = chart->most > 0 ? chart->most * 1.1 : 1;
    return found;
}

/* Patterns over the colour, so that tones are told apart without it. */
static void print_patterns(FILE *out)
{
    static const char *const inner[] = {
        [CS_TONE_CONCERN] = "<path class=\"stripe\" d=\"M-2 2 2 -2M0 8 8 0M6 10 10 6\"/>",
        [CS_TONE_MIXED] = "<path class=\"stripe\" d=\"M0 8 8 0M0 0 8 8\"/>",
        [CS_TONE_PROGRESS] = "<path class=\"stripe\" d=\"M0 6 4 2 8 6\" fill=\"none\"/>",
        [CS_TONE_STRENGTH] = "",
        [CS_TONE_NEUTRAL] = "<circle class=\"dot\" cx=\"4\" cy=\"4\" r=\"1.5\"/>"};
    fputs("<defs>", out);
    for (int tone = CS_TONE_CONCERN; tone <= CS_TONE_NEUTRAL; tone++)
        fprintf(out,
                "<pattern id=\"%s\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
                "<rect class=\"fill-%s\" width=\"8\" height=\"8\"/>%s</pattern>",
                cs_tone_name((cs_tone)tone), cs_tone_name((cs_tone)tone), inner[tone]);
    fputs("</defs>\n", out);
}

static void print_band(const struct chart *chart, int32_t from, int32_t to, cs_judgement judgement)
{
    const char *name = cs_judgement_name(judgement);
    double left = x_of(chart, from), right = x_of(chart, to);
    if (right <= left || *name == '\0')
        return;
    fprintf(chart->out, "<rect class=\"band-%.*s%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%.1f\"/>\n",
            (int)strcspn(name, " "), name, strchr(name, ' ') != NULL ? "-improvement" : "", left, TOP,
            right - left, baseline - TOP);
    if (to == chart->last && right - left < 7.0 * (double)strlen(name))
        fprintf(chart->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\">%s</text>\n", right, TOP - 6,
                name);
    else if (right - left > 7.0 * (double)strlen(name))
        fprintf(chart->out, "<text x=\"%.1f\" y=\"%d\">%s</text>\n", left + 4, TOP - 6, name);
}

/* From each visit on, its overall judgement is in force until the next one states another. */
static void print_bands(const struct chart *chart)
{
    cs_judgement judgement = CS_JUDGEMENT_NONE;
    int32_t from = chart->first;
    for (size_t i = 0; i < cs_timeline_count(chart->timeline); i++) {
        const cs_timeline_row *row = cs_timeline_get(chart->timeline, i);
        if (row->kind != CS_ROW_VISIT || row->visit->date.precision == CS_PRECISION_UNKNOWN ||
            row->judgement.value == CS_JUDGEMENT_NONE || row->judgement.value == judgement)
            continue;
        print_band(chart, from, row->visit->date.first, judgement);
        from = row->visit->date.first;
        judgement = row->judgement.value;
    }
    print_band(chart, from, chart->last, judgement);
}

static void print_axes(const struct chart *chart)
{
    int first = year_of(chart->first), last = year_of(chart->last), step = last - first > 16 ? 2 : 1;
    for (int i = 0; i <= 2; i++) {
        double rate = chart->most / 1.1 * i / 2, y = y_of(chart, rate);
        fprintf(chart->out,
                "<path class=\"axis\" d=\"M%d %.1fH%d\"/><text class=\"faint\" x=\"%d\" y=\"%.1f\""
                " text-anchor=\"end\">%.1f</text>\n",
                LEFT, y, WIDTH - RIGHT, LEFT - 6, y + 4, rate);
    }
    fprintf(chart->out, "<text class=\"faint\" x=\"4\" y=\"%d\">per 1,000 words</text>\n", TOP - 20);
    for (int year = first; year < last; year += step) {
        double x = x_of(chart, new_year(year));
        fprintf(chart->out,
                "<path class=\"axis\" d=\"M%.1f %.1fv6\"/><text class=\"faint\" x=\"%.1f\" "
                "y=\"%.1f\">%d</text>\n",
                x, baseline, x + 3, baseline + 16, year);
    }
}

/* What a bar or sign stands for, in words. */
static void print_title(FILE *out, const cs_timeline_row *row)
{
    fputs("<title>", out);
    cs__html_row_name(out, row);
    if (row->passages > 0)
        fprintf(out, ": %u passage%s, %.1f per 1,000 words, %s", row->passages, row->passages == 1 ? "" : "s",
                row->rate_per_1000, cs_tone_name(row->tone));
    else
        fprintf(out, ": %s", cs__silence_name(row));
    fputs("</title>", out);
}

/* A ring: in scope, not mentioned. A cross: not looked at. A question mark: nobody says. */
static void print_silence(const struct chart *chart, const cs_timeline_row *row, double x)
{
    double y = baseline - 9;
    if (row->kind != CS_ROW_VISIT || row->scope == CS_SCOPE_IN)
        fprintf(chart->out, "<circle class=\"outline\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", x, y);
    else if (row->scope == CS_SCOPE_OUT)
        fprintf(chart->out, "<path class=\"outline\" d=\"M%.1f %.1fl8 8m0 -8l-8 8\"/>", x - 4, y - 4);
    else
        fprintf(chart->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">?</text>", x, y + 4);
}

static void print_bars(const struct chart *chart)
{
    int32_t day;
    for (size_t i = 0; i < cs_timeline_count(chart->timeline); i++) {
        const cs_timeline_row *row = cs_timeline_get(chart->timeline, i);
        if (!day_of(row, &day))
            continue;
        double x = x_of(chart, day), y = y_of(chart, row->rate_per_1000);
        double width = row->kind == CS_ROW_YEAR ? 2 * BAR : BAR;
        fprintf(chart->out, "<a href=\"#row-%zu\">", i + 1);
        print_title(chart->out, row);
        if (row->passages > 0)
            fprintf(chart->out,
                    "<rect class=\"bar\" fill=\"url(#%s)\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                    "height=\"%.1f\"/>",
                    cs_tone_name(row->tone), x - width / 2, y, width, baseline - y);
        else
            print_silence(chart, row, x);
        fputs("</a>\n", chart->out);
    }
}

/* Where an article stands: by its own date, else by its visit's; 0 when neither is in the picture. */
static int article_day(const struct chart *chart, const cs_timeline_row *row, const cs_document *document,
                       int32_t *day)
{
    cs_date date =
        document->published.precision != CS_PRECISION_UNKNOWN ? document->published : row->visit->date;
    *day = date.first + (date.last - date.first) / 2;
    return document->kind == CS_KIND_ARTICLE && date.precision != CS_PRECISION_UNKNOWN &&
           *day >= chart->first && *day < chart->last;
}

static void print_articles(const struct chart *chart)
{
    double y = baseline + 26;
    int32_t day;
    for (size_t i = 0; i < cs_timeline_count(chart->timeline); i++) {
        const cs_timeline_row *row = cs_timeline_get(chart->timeline, i);
        for (size_t j = 0; j < row->document_count && row->visit != NULL; j++) {
            const cs_document *document = row->documents[j].document;
            if (!article_day(chart, row, document, &day))
                continue;
            fprintf(chart->out,
                    "<path class=\"outline\" d=\"M%.1f %.1fl5 9h-10z\"><title>article: ", x_of(chart, day),
                    y);
            cs__html_text(chart->out, document->title != NULL ? document->title : document->path);
            fputs("</title></path>\n", chart->out);
        }
    }
}

static void print_caption(FILE *out)
{
    fputs(
        "<figcaption>Passages on the theme for each 1,000 words of the visit's papers. Bars: striped, "
        "concern; "
        "crossed, mixed; chevrons, progress; plain, strength; dotted, neutral. Ring: in scope, not "
        "mentioned. Cross: "
        "not looked at. Question mark: scope unknown. Triangles: articles. The colour behind is the overall "
        "judgement in force.</figcaption>\n",
        out);
}

void cs__html_chart(FILE *out, const cs_timeline *timeline)
{
    struct chart chart = {.out = out, .timeline = timeline};
    if (!measure(&chart))
        return;
    fputs("<figure>\n<div class=\"wide\" role=\"region\" aria-label=\"Chart\" tabindex=\"0\">\n", out);
    fprintf(out,
            "<svg viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"Chart of the theme over time; the table "
            "below "
            "has the same figures\">\n",
            WIDTH, HEIGHT);
    print_patterns(out);
    print_bands(&chart);
    print_axes(&chart);
    print_bars(&chart);
    print_articles(&chart);
    fputs("</svg>\n</div>\n", out);
    print_caption(out);
    fputs("</figure>\n", out);
}
