/* SPDX-License-Identifier: MIT */
/* Timelines for people: the life of the theme in a line, a table with a bar a row, then for each row the
 * sentence that shows the tone best, with its citation. */
#include <stdlib.h>
#include <string.h>

#include "cli/terminal.h"
#include "query/render_quote.h"
#include "query/render_timeline.h"
#include "query/render_wrap.h"

/* Longer lines are hard to read, however wide the terminal is. */
enum { WIDTH_MAX = 100, INDENT = 3, DATE_COLUMNS = 14, BAR_COLUMNS = 10, GAP = 2, CUES_SHOWN = 4 };

struct table {
    const struct cs__timeline_render *render;
    unsigned label_columns, what_columns;
    double most; /* the highest rate */
};

/* A cell of the table, padded to `columns`. */
static void print_cell(FILE *out, const char *text, unsigned columns)
{
    size_t size = strlen(text), fits = cs__terminal_fit(text, size, columns);
    cs__terminal_print(out, text, fits);
    unsigned wide = cs__terminal_columns(text, fits);
    fprintf(out, "%*s", (int)(columns + GAP - (wide < columns ? wide : columns)), "");
}

/* "Apr–May 2014", "Jun 2023", "autumn 2023": the months of a visit, as short as they can be. */
static const char *months_of(cs_date date, char out[CS_DATE_WORDS_SIZE])
{
    char first[CS_DATE_WORDS_SIZE], last[CS_DATE_WORDS_SIZE];
    if (date.precision != CS_PRECISION_DAY)
        return cs_date_words(date, out);
    cs_date_words((cs_date){date.first, date.first, CS_PRECISION_MONTH}, first);
    cs_date_words((cs_date){date.last, date.last, CS_PRECISION_MONTH}, last);
    const char *year = strchr(first, ' '), *last_year = strchr(last, ' ');
    if (year == NULL || last_year == NULL)
        return cs_date_words(date, out);
    if (strcmp(first, last) == 0)
        snprintf(out, CS_DATE_WORDS_SIZE, "%.3s%s", first, year);
    else if (strcmp(year, last_year) == 0)
        snprintf(out, CS_DATE_WORDS_SIZE, "%.3s\xE2\x80\x93%.3s%s", first, last, year);
    else
        snprintf(out, CS_DATE_WORDS_SIZE, "%.3s%s\xE2\x80\x93%.3s%s", first, year, last, last_year);
    return out;
}

static const char *label_of(const cs_timeline_row *row, char out[CS_DATE_WORDS_SIZE])
{
    cs_date date = {0};
    if (row->kind == CS_ROW_YEAR || row->kind == CS_ROW_JUDGEMENT)
        return row->label;
    if (row->visit != NULL)
        date = row->visit->date;
    else if (row->document_count > 0)
        date = row->documents[0].document->published;
    return date.precision != CS_PRECISION_UNKNOWN ? months_of(date, out) : "date unknown";
}

/* "inspection", "monitoring 2"; "9 of 12 reports" for rows across authorities. */
static void describe(const cs_timeline_row *row, char *out, size_t size)
{
    if (row->kind == CS_ROW_YEAR || row->kind == CS_ROW_JUDGEMENT)
        snprintf(out, size, "%u of %u papers", row->reports_with, row->reports);
    else if (row->kind == CS_ROW_DOCUMENT)
        snprintf(out, size, "%s", cs_kind_name(row->documents[0].document->kind));
    else if (row->visit->ordinal > 0)
        snprintf(out, size, "%s %d", cs_visit_kind_name(row->visit->kind), row->visit->ordinal);
    else
        snprintf(out, size, "%s",
                 row->visit->kind != CS_VISIT_UNKNOWN ? cs_visit_kind_name(row->visit->kind) : "visit");
}

/* "inadequate*": the star says that it stands from an earlier visit. */
static void judgement_of(const cs_timeline_row *row, char *out, size_t size)
{
    const char *value = cs_judgement_name(row->judgement.value);
    int standing = row->judgement.state == CS_STATE_STANDING;
    if (*value == '\0' && row->judgement.state == CS_STATE_NOT_REPORTED)
        value = "no overall";
    snprintf(out, size, "%s%s", value, standing && *value != '\0' ? "*" : "");
}

/* A bar of eighths of a column on a terminal; of number signs elsewhere. */
static void print_bar(const struct table *table, const cs_timeline_row *row)
{
    static const char *const eighths[] = {"",
                                          "\xE2\x96\x8F",
                                          "\xE2\x96\x8E",
                                          "\xE2\x96\x8D",
                                          "\xE2\x96\x8C",
                                          "\xE2\x96\x8B",
                                          "\xE2\x96\x8A",
                                          "\xE2\x96\x89"};
    FILE *out = table->render->out;
    double share = table->most > 0 ? row->rate_per_1000 / table->most : 0;
    unsigned parts = (unsigned)(share * BAR_COLUMNS * 8 + 0.5), columns;
    parts = parts == 0 ? 1 : parts;
    if (table->render->is_terminal) {
        for (unsigned i = 0; i < parts / 8; i++)
            fputs("\xE2\x96\x88", out);
        fputs(eighths[parts % 8], out);
        columns = (parts + 7) / 8;
    } else {
        columns = (parts + 4) / 8 > 0 ? (parts + 4) / 8 : 1;
        for (unsigned i = 0; i < columns; i++)
            putc('#', out);
    }
    fprintf(out, "%*s", (int)(BAR_COLUMNS - columns), "");
}

static const char *style_of(cs_tone tone)
{
    static const char *const styles[] = {[CS_TONE_NONE] = "",
                                         [CS_TONE_CONCERN] = "\x1b[31m",
                                         [CS_TONE_MIXED] = "\x1b[33m",
                                         [CS_TONE_PROGRESS] = "\x1b[36m",
                                         [CS_TONE_STRENGTH] = "\x1b[32m",
                                         [CS_TONE_NEUTRAL] = ""};
    return styles[tone];
}

static void print_said(const struct table *table, const cs_timeline_row *row)
{
    FILE *out = table->render->out;
    int color = table->render->color && *style_of(row->tone) != '\0';
    if (color)
        fputs(style_of(row->tone), out);
    print_bar(table, row);
    fprintf(out, " %4u %5.1f  %s", row->passages, row->rate_per_1000, cs_tone_name(row->tone));
    if (color)
        fputs(CS__STYLE_END, out);
}

static void print_table_row(const struct table *table, const cs_timeline_row *row)
{
    FILE *out = table->render->out;
    char date[CS_DATE_WORDS_SIZE], what[64], judgement[64];
    int dim = table->render->color && row->passages == 0;
    describe(row, what, sizeof what);
    judgement_of(row, judgement, sizeof judgement);
    if (dim)
        fputs(CS__STYLE_DIM, out);
    print_cell(out, label_of(row, date), table->label_columns);
    print_cell(out, what, table->what_columns);
    if (row->kind == CS_ROW_VISIT || row->kind == CS_ROW_DOCUMENT)
        print_cell(out, judgement, 20);
    if (row->passages > 0)
        print_said(table, row);
    else
        fputs(cs__silence_name(row), out);
    if (dim)
        fputs(CS__STYLE_END, out);
    putc('\n', out);
}

static int has_standing(const cs_timeline *timeline)
{
    for (size_t i = 0; i < cs_timeline_count(timeline); i++) {
        if (cs_timeline_get(timeline, i)->judgement.state == CS_STATE_STANDING)
            return 1;
    }
    return 0;
}

static void print_table(const struct cs__timeline_render *render)
{
    struct table table = {.render = render, .label_columns = DATE_COLUMNS, .what_columns = 12};
    cs_row_kind kind = CS_ROW_VISIT;
    for (size_t i = 0; i < cs_timeline_count(render->timeline); i++) {
        const cs_timeline_row *row = cs_timeline_get(render->timeline, i);
        table.most = row->rate_per_1000 > table.most ? row->rate_per_1000 : table.most;
        if (row->kind == CS_ROW_YEAR || row->kind == CS_ROW_JUDGEMENT) {
            table.label_columns = 20;
            table.what_columns = 20;
        }
    }
    fprintf(render->out, "%*spassages, and per 1,000 words\n",
            (int)(table.label_columns + table.what_columns + 2 * GAP +
                  (table.label_columns == 20 ? 0 : 20 + GAP)),
            "");
    for (size_t i = 0; i < cs_timeline_count(render->timeline); i++) {
        const cs_timeline_row *row = cs_timeline_get(render->timeline, i);
        if (i > 0 && row->kind == CS_ROW_JUDGEMENT && kind == CS_ROW_YEAR)
            putc('\n', render->out);
        kind = row->kind;
        print_table_row(&table, row);
    }
    if (has_standing(render->timeline))
        fputs("* judgement standing from the inspection before\n", render->out);
}

static void print_line(const struct cs__wrap *wrap, const char *style, const char *text)
{
    struct cs__wrap line = *wrap;
    if (text == NULL || *text == '\0')
        return;
    line.style = style;
    cs__wrap_string(&line, text);
    cs__wrap_end(&line);
}

/* "shown by: failed to (-), delays in (-)" */
static void print_cues(const struct cs__wrap *wrap, const cs_timeline_row *row)
{
    char text[512] = "";
    size_t size = 0;
    for (size_t i = 0; i < row->cue_count && i < CUES_SHOWN && size < sizeof text; i++) {
        const char *words = row->cues[i].words != NULL ? row->cues[i].words : row->cues[i].reason;
        int wrote = snprintf(text + size, sizeof text - size, "%s%.100s (%s)", i == 0 ? "shown by: " : ", ",
                             words, cs__cue_sign(&row->cues[i]));
        size += wrote > 0 ? (size_t)wrote : 0;
    }
    print_line(wrap, CS__STYLE_DIM, text);
}

/* Papers that tell of the visit and are not in its counts. */
static void print_apart(const struct cs__wrap *wrap, const cs_timeline_row *row)
{
    char text[512];
    for (size_t i = 0; i < row->document_count; i++) {
        const cs_row_document *from = &row->documents[i];
        const char *title = from->document->title != NULL ? from->document->title : from->document->path;
        if (!from->apart || from->passages == 0)
            continue;
        snprintf(text, sizeof text, "besides, %u passage%s of %s %s: %s", from->passages,
                 from->passages == 1 ? "" : "s", from->document->kind == CS_KIND_ARTICLE ? "an" : "the",
                 cs_kind_name(from->document->kind), title);
        print_line(wrap, NULL, text);
    }
    if (row->at_second_hand && row->visit != NULL)
        print_line(wrap, CS__STYLE_DIM, "at second hand: no paper of the visit itself is in the index");
}

static void print_row(const struct cs__wrap *wrap, const cs_timeline_row *row)
{
    struct cs__wrap head = *wrap, quote = *wrap;
    char date[CS_DATE_WORDS_SIZE], what[64], text[256];
    if (row->best == NULL)
        return;
    int dated = row->visit != NULL && row->visit->date.precision != CS_PRECISION_UNKNOWN;
    describe(row, what, sizeof what);
    snprintf(text, sizeof text, "%s, %s: %s",
             dated ? cs_date_words(row->visit->date, date) : label_of(row, date), what,
             cs_tone_name(row->tone));
    head.indent = 0;
    putc('\n', wrap->out);
    print_line(&head, CS__STYLE_BOLD, text);
    cs__wrap_quote(&quote, row->best, row->sentence);
    print_line(wrap, CS__STYLE_DIM, row->best->citation);
    print_cues(wrap, row);
    print_apart(wrap, row);
}

static void print_head(const struct cs__timeline_render *render, const struct cs__wrap *wrap)
{
    struct cs__wrap head = *wrap;
    const char *theme = cs_timeline_theme(render->timeline), *life = cs_timeline_life(render->timeline);
    char text[512];
    snprintf(text, sizeof text, "%s%s%s", theme != NULL ? theme : cs_timeline_read_as(render->timeline),
             render->authority != NULL ? " \xC2\xB7 " : "",
             render->authority != NULL ? render->authority : "");
    head.indent = 0;
    print_line(&head, CS__STYLE_BOLD, text);
    print_line(&head, NULL, life);
    putc('\n', render->out);
}

int cs__render_timeline_text(const struct cs__timeline_render *render)
{
    struct cs__wrap wrap = {.out = render->out, .indent = INDENT, .color = render->color};
    wrap.width = render->width < WIDTH_MAX ? render->width : WIDTH_MAX;
    print_head(render, &wrap);
    print_table(render);
    for (size_t i = 0; i < cs_timeline_count(render->timeline); i++)
        print_row(&wrap, cs_timeline_get(render->timeline, i));
    return ferror(render->out) ? -1 : 0;
}
