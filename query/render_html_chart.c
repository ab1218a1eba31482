/* SPDX-License-Identifier: MIT */
/* The chart of a timeline, as SVG: a true time axis, judgements in force as bands behind, the theme's rate as
 * bars coloured and patterned by tone, articles as marks. What the picture shows stands in the table too. */
#include <stdlib.h>
#include <string.h>

#include "query/render_html.h"
#include "query/render_timeline.h"

enum {
    WIDTH = 960,
    HEIGHT = 340,
    LEFT = 52,
    RIGHT = 16,
    TOP = 40,
    BOTTOM = 70,
    BAR = 16,
    GAP = 4,
    LEADER = 8
};
enum { BAR_HEIGHT_MIN = 4, ARTICLE_GAP = 13, LETTER_WIDTH = 7 };

/* A row that has a place on the axis. */
struct place {
    const cs_timeline_row *row;
    size_t number; /* of its section on the page */
    double true_x; /* where its date is */
    double x;      /* where its bar is: near visits stand side by side */
};

struct chart {
    FILE *out;
    const cs_timeline *timeline;
    struct place *places;
    size_t count;
    int32_t first, last; /* days of the axis */
    double most;         /* the highest rate */
};

static const double baseline = HEIGHT - BOTTOM;

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

/* A tenth of the height is left above the highest bar, for its number. */
static double y_of(const struct chart *chart, double rate)
{
    return baseline - rate / (chart->most * 1.12) * (baseline - TOP);
}

static double bar_width(const cs_timeline_row *row)
{
    return row->kind == CS_ROW_YEAR ? 2 * BAR : BAR;
}

static int measure(struct chart *chart)
{
    int first = 0, last = 0;
    int32_t day;
    for (size_t i = 0; i < cs_timeline_count(chart->timeline); i++) {
        const cs_timeline_row *row = cs_timeline_get(chart->timeline, i);
        if (!day_of(row, &day))
            continue;
        int year = year_of(day);
        first = chart->count == 0 || year < first ? year : first;
        last = chart->count == 0 || year > last ? year : last;
        chart->most = row->rate_per_1000 > chart->most ? row->rate_per_1000 : chart->most;
        chart->places[chart->count++] = (struct place){.row = row, .number = i + 1};
    }
    chart->first = new_year(first);
    chart->last = new_year(last + 1);
    chart->most = chart->most > 0 ? chart->most : 1;
    return chart->count > 0;
}

static int by_x(const void *a, const void *b)
{
    const struct place *one = a, *other = b;
    return (one->true_x > other->true_x) - (one->true_x < other->true_x);
}

/* Bars of near visits are pushed apart, to the right, and back where they would leave the picture. */
static void lay_out(struct chart *chart)
{
    int32_t day = 0;
    for (size_t i = 0; i < chart->count; i++) {
        day_of(chart->places[i].row, &day);
        chart->places[i].x = chart->places[i].true_x = x_of(chart, day);
    }
    qsort(chart->places, chart->count, sizeof *chart->places, by_x);
    double left = LEFT;
    for (size_t i = 0; i < chart->count; i++) {
        double half = bar_width(chart->places[i].row) / 2;
        chart->places[i].x = chart->places[i].x < left + half ? left + half : chart->places[i].x;
        left = chart->places[i].x + half + GAP;
    }
    double right = WIDTH - RIGHT;
    for (size_t i = chart->count; i-- > 0;) {
        double half = bar_width(chart->places[i].row) / 2;
        chart->places[i].x = chart->places[i].x > right - half ? right - half : chart->places[i].x;
        right = chart->places[i].x - half - GAP;
    }
}

static void print_band(const struct chart *chart, int32_t from, int32_t to, cs_judgement judgement)
{
    const char *name = cs_judgement_name(judgement);
    double left = x_of(chart, from), right = x_of(chart, to), wide = LETTER_WIDTH * (double)strlen(name);
    if (right <= left || *name == '\0')
        return;
    fprintf(chart->out, "<rect class=\"band-%.*s%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%.1f\"/>\n",
            (int)strcspn(name, " "), name, strchr(name, ' ') != NULL ? "-improvement" : "", left, TOP,
            right - left, baseline - TOP);
    if (to == chart->last && right - left < wide)
        fprintf(chart->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\">%s</text>\n", right, TOP - 7,
                name);
    else if (right - left > wide)
        fprintf(chart->out, "<text x=\"%.1f\" y=\"%d\">%s</text>\n", left + 1, TOP - 7, name);
}

/* From each visit on, its overall judgement is in force until the next one states another. */
static void print_bands(const struct chart *chart)
{
    cs_judgement judgement = CS_JUDGEMENT_NONE;
    int32_t from = chart->first;
    for (size_t i = 0; i < chart->count; i++) {
        const cs_timeline_row *row = chart->places[i].row;
        if (row->kind != CS_ROW_VISIT || row->judgement.value == CS_JUDGEMENT_NONE ||
            row->judgement.value == judgement)
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
        double rate = chart->most * i / 2, y = y_of(chart, rate);
        fprintf(chart->out,
                "<path class=\"axis\" d=\"M%d %.1fH%d\"/><text class=\"faint\" x=\"%d\" y=\"%.1f\""
                " text-anchor=\"end\">%.1f</text>\n",
                LEFT, y, WIDTH - RIGHT, LEFT - 6, y + 4, rate);
    }
    fprintf(chart->out, "<text class=\"faint\" x=\"0\" y=\"12\">passages per 1,000 words</text>\n");
    for (int year = first; year < last; year += step) {
        double x = x_of(chart, new_year(year)), next = x_of(chart, new_year(year + 1));
        fprintf(chart->out,
                "<path class=\"axis\" d=\"M%.1f %.1fv%d\"/><text class=\"faint\" x=\"%.1f\" "
                "y=\"%.1f\" text-anchor=\"middle\">%d</text>\n",
                x, baseline, LEADER + 6, (x + next) / 2, baseline + LEADER + 14, year);
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

static void print_silence(const struct chart *chart, const struct place *place)
{
    double x = place->x, y = baseline - 10;
    if (place->row->kind != CS_ROW_VISIT || place->row->scope == CS_SCOPE_IN)
        fprintf(chart->out, "<circle class=\"outline\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>", x, y);
    else if (place->row->scope == CS_SCOPE_OUT)
        fprintf(chart->out, "<path class=\"outline\" d=\"M%.1f %.1fl9 9m0 -9l-9 9\"/>", x - 4.5, y - 4.5);
    else
        fprintf(chart->out, "<text class=\"strong\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">?</text>", x,
                y + 4);
}

static void print_bar(const struct chart *chart, const struct place *place)
{
    const cs_timeline_row *row = place->row;
    const char *tone = row->tone != CS_TONE_NONE ? cs_tone_name(row->tone) : "neutral";
    double width = bar_width(row), height = baseline - y_of(chart, row->rate_per_1000);
    height = height < BAR_HEIGHT_MIN ? BAR_HEIGHT_MIN : height;
    fprintf(chart->out,
            "<rect class=\"bar edge-%s\" fill=\"url(#fill-%s)\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
            "height=\"%.1f\"/><text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%u</text>",
            tone, tone, place->x - width / 2, baseline - height, width, height, place->x,
            baseline - height - 5, row->passages);
}

static void print_bars(const struct chart *chart)
{
    for (size_t i = 0; i < chart->count; i++) {
        const struct place *place = &chart->places[i];
        /* Where a bar had to move, a line leads to its date. */
        fprintf(chart->out, "<path class=\"leader\" d=\"M%.1f %.1fL%.1f %.1f\"/>", place->x, baseline,
                place->true_x, baseline + LEADER);
        fprintf(chart->out, "<a href=\"#row-%zu\">", place->number);
        print_title(chart->out, place->row);
        if (place->row->passages > 0)
            print_bar(chart, place);
        else
            print_silence(chart, place);
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

static void print_article(const struct chart *chart, const cs_document *document, double x)
{
    fprintf(chart->out, "<path class=\"article\" d=\"M%.1f %.1fl5.5 10h-11z\"><title>article: ", x,
            baseline + 34);
    cs__html_text(chart->out, document->title != NULL ? document->title : document->path);
    fputs("</title></path>\n", chart->out);
}

/* In the order of the rows; those of one time stand side by side. */
static void print_articles(const struct chart *chart)
{
    double free_from = 0;
    size_t count = 0;
    int32_t day;
    for (size_t i = 0; i < chart->count; i++) {
        const cs_timeline_row *row = chart->places[i].row;
        for (size_t j = 0; j < row->document_count && row->visit != NULL; j++) {
            const cs_document *document = row->documents[j].document;
            if (!article_day(chart, row, document, &day))
                continue;
            double x = x_of(chart, day);
            x = x < free_from ? free_from : x;
            print_article(chart, document, x);
            free_from = x + ARTICLE_GAP;
            count++;
        }
    }
    if (count > 0)
        fprintf(chart->out, "<text class=\"faint\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">articles</text>\n",
                LEFT - 6, baseline + 43);
}

static void print_caption(const struct chart *chart, int by_visit)
{
    FILE *out = chart->out;
    fputs("<figcaption>Bars: passages on the theme for each 1,000 words, with their number above.", out);
    if (by_visit)
        fputs(
            " \xE2\x97\x8B in scope, not mentioned; \xC3\x97 not looked at; ? not mentioned, scope unknown. "
            "Behind: the overall judgement in force.",
            out);
    fputs("</figcaption>\n", out);
}

static void print(struct chart *chart)
{
    FILE *out = chart->out;
    int by_visit = chart->places[0].row->kind == CS_ROW_VISIT;
    lay_out(chart);
    fputs("<figure>\n<div class=\"wide\" role=\"region\" aria-label=\"Chart\" tabindex=\"0\">\n", out);
    fprintf(out,
            "<svg viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"Chart of the theme over time; the table "
            "below has the same figures\">\n",
            WIDTH, HEIGHT);
    print_bands(chart);
    print_axes(chart);
    print_bars(chart);
    print_articles(chart);
    fputs("</svg>\n</div>\n", out);
    cs__html_legend(out);
    print_caption(chart, by_visit);
    fputs("</figure>\n", out);
}

int cs__html_chart(FILE *out, const cs_timeline *timeline)
{
    struct chart chart = {.out = out, .timeline = timeline};
    chart.places = calloc(cs_timeline_count(timeline) + 1, sizeof *chart.places);
    if (chart.places == NULL)
        return -1;
    if (measure(&chart))
        print(&chart);
    free(chart.places);
    return 0;
}
