/* SPDX-License-Identifier: MIT */
/* Comparisons for people. With a query: section by section, each passage above its counterpart. Without: the
 * sections with their judgements, then what changed most, each with the sentences that show it. */
#include <stdlib.h>
#include <string.h>

#include "cli/terminal.h"
#include "query/render_compare.h"
#include "query/render_follow_up.h"
#include "query/render_quote.h"
#include "query/render_timeline.h"
#include "query/render_wrap.h"

/* Longer lines are hard to read, however wide the terminal is. The columns of the table make 80 with their
 * gaps. */
enum { WIDTH_MAX = 100, INDENT = 3, QUOTE = 6, NAME = 22, JUDGED = 20, GAP = 1 };

static void print_line(const struct cs__wrap *wrap, unsigned indent, const char *style, const char *text)
{
    struct cs__wrap line = *wrap;
    line.indent = indent;
    line.style = style;
    cs__wrap_string(&line, text);
    cs__wrap_end(&line);
}

static void print_cell(FILE *out, const char *text, unsigned columns)
{
    size_t size = strlen(text), fits = cs__terminal_fit(text, size, columns);
    cs__terminal_print(out, text, fits);
    unsigned wide = cs__terminal_columns(text, fits);
    fprintf(out, "%*s", (int)(columns + GAP - (wide < columns ? wide : columns)), "");
}

/* "Jul 2022", "autumn 2023": when a visit was, in a word or two. */
static const char *when(const cs_timeline_row *side, char out[CS_DATE_WORDS_SIZE])
{
    cs_date date = side->visit->date;
    if (date.precision == CS_PRECISION_DAY) {
        char words[CS_DATE_WORDS_SIZE];
        date.last = date.first;
        date.precision = CS_PRECISION_MONTH;
        cs_date_words(date, words);
        const char *year = strchr(words, ' ');
        snprintf(out, CS_DATE_WORDS_SIZE, "%.3s%s", words, year != NULL ? year : "");
        return out;
    }
    cs_date_words(date, out);
    return *out != '\0' ? out : side->visit->id;
}

/* What is printed above the quotations of a visit: when it was; of two authorities, whose. */
static const char *whose(const struct cs__compare_render *render, int which, char out[CS_DATE_WORDS_SIZE])
{
    const cs_timeline_row *side = cs_comparison_side(render->comparison, which);
    if (!cs_comparison_is_one_authority(render->comparison) && side->visit->authority != NULL) {
        snprintf(out, CS_DATE_WORDS_SIZE, "%.40s", side->visit->authority);
        return out;
    }
    return when(side, out);
}

static void print_side(const struct cs__compare_render *render, const struct cs__wrap *wrap, int which)
{
    const cs_timeline_row *side = cs_comparison_side(render->comparison, which);
    const char *judgement = cs_judgement_name(side->judgement.value);
    const char *standing = side->judgement.state == CS_STATE_STANDING ? " (standing)" : "";
    char words[CS__VISIT_LINE_SIZE], line[512];
    int wrote = snprintf(line, sizeof line, "%s, %s%s%s%s",
                         side->visit->authority != NULL ? side->visit->authority : "-",
                         cs__visit_line(side->visit, words), *judgement != '\0' ? ", " : "", judgement,
                         *judgement != '\0' ? standing : "");
    size_t size = wrote > 0 ? (size_t)wrote : 0;
    if (*render->query != '\0' && side->passages > 0)
        snprintf(line + size, sizeof line - size, ": %u passage%s, %.1f per 1,000 words, %s", side->passages,
                 side->passages == 1 ? "" : "s", side->rate_per_1000, cs_tone_name(side->tone));
    else if (*render->query != '\0')
        snprintf(line + size, sizeof line - size, ": %s", cs__silence_name(side));
    print_line(wrap, 0, NULL, line);
}

static void print_head(const struct cs__compare_render *render, const struct cs__wrap *wrap)
{
    const char *theme = cs_comparison_theme_name(render->comparison);
    if (*render->query != '\0')
        print_line(wrap, 0, CS__STYLE_BOLD,
                   theme != NULL ? theme : cs_comparison_read_as(render->comparison));
    print_side(render, wrap, 0);
    print_side(render, wrap, 1);
}

static const char *judged(const cs_compared_side *side)
{
    const char *judgement = cs_judgement_name(side->judgement.value);
    if (side->scope == CS_SCOPE_OUT)
        return "not looked at";
    if (*judgement != '\0' && side->judgement.state != CS_STATE_STANDING)
        return judgement;
    if (side->passages == 0)
        return side->scope == CS_SCOPE_UNKNOWN ? "scope unknown" : "no section";
    return "not judged apart";
}

static void print_section_row(const struct cs__compare_render *render, const cs_compared_section *section)
{
    FILE *out = render->out;
    const size_t *counts = section->counts;
    char cell[64];
    print_cell(out,
               section->area == CS_AREA_NONE && strncmp(section->name, "summary", 7) == 0 ? "overall"
                                                                                          : section->name,
               NAME);
    if (strcmp(section->name, "areas for improvement") == 0) {
        snprintf(cell, sizeof cell, "%u", section->before.passages);
        print_cell(out, cell, JUDGED);
        snprintf(cell, sizeof cell, "%u", section->after.passages);
        print_cell(out, cell, JUDGED);
    } else {
        print_cell(out, judged(&section->before), JUDGED);
        print_cell(out, judged(&section->after), JUDGED);
    }
    fprintf(out, "%5zu %4zu %4zu\n",
            counts[CS_CHANGE_SAME] + counts[CS_CHANGE_BETTER] + counts[CS_CHANGE_WORSE],
            counts[CS_CHANGE_NEW], counts[CS_CHANGE_GONE]);
}

static void print_sections(const struct cs__compare_render *render)
{
    char before[CS_DATE_WORDS_SIZE], after[CS_DATE_WORDS_SIZE];
    putc('\n', render->out);
    print_cell(render->out, "", NAME);
    print_cell(render->out, whose(render, 0, before), JUDGED);
    print_cell(render->out, whose(render, 1, after), JUDGED);
    fputs(cs_comparison_is_one_authority(render->comparison) ? " both  new gone\n" : " both  2nd  1st\n",
          render->out);
    for (size_t i = 0; i < cs_comparison_sections(render->comparison); i++)
        print_section_row(render, cs_comparison_section(render->comparison, i));
}

static void print_quoted(const struct cs__compare_render *render, const struct cs__wrap *wrap, int which,
                         const cs_hit *hit, cs_range sentence, cs_tone tone)
{
    char date[CS_DATE_WORDS_SIZE], line[128];
    struct cs__wrap quote = *wrap;
    snprintf(line, sizeof line, "%s%s%s", whose(render, which, date), tone != CS_TONE_NONE ? ": " : "",
             cs_tone_name(tone));
    print_line(wrap, INDENT, NULL, line);
    quote.indent = QUOTE;
    cs__wrap_quote(&quote, hit, sentence);
    print_line(wrap, QUOTE, CS__STYLE_DIM, hit->citation);
}

static void print_best(const struct cs__compare_render *render, const struct cs__wrap *wrap, int which,
                       const cs_timeline_row *row)
{
    if (row->best != NULL)
        print_quoted(render, wrap, which, row->best, row->sentence, row->tone);
}

static const char *times(uint32_t said, char out[32])
{
    snprintf(out, 32, said == 1 ? "once" : said == 0 ? "never" : "%u times", said);
    return out;
}

/* "turnover: better; said 12 times, then 3 times (G2 5.2)" */
static void print_theme(const struct cs__compare_render *render, const struct cs__wrap *wrap,
                        const cs_compared_theme *theme)
{
    char line[512], before[32], after[32];
    const char *open = theme->is_named ? "" : "\xE2\x80\x9C", *closed = theme->is_named ? "" : "\xE2\x80\x9D";
    snprintf(line, sizeof line, "%s%.200s%s%s%s; said %s, then %s (G2 %.1f)", open, theme->name, closed,
             theme->change != CS_CHANGE_SAME ? ": " : "",
             theme->change != CS_CHANGE_SAME ? cs_change_name(theme->change) : "",
             times(theme->before_said, before), times(theme->after_said, after), theme->log_likelihood);
    putc('\n', render->out);
    print_line(wrap, 0, CS__STYLE_BOLD, line);
    enum cs__change_kind kind = cs__change_kind_of(theme);
    if (kind != CS__SAID_MORE || theme->after->passages == 0)
        print_best(render, wrap, 0, theme->before);
    if (kind != CS__SAID_LESS || theme->before->passages == 0)
        print_best(render, wrap, 1, theme->after);
}

/* Themes that one visit did not look at: their names are enough. */
static void print_not_compared(const struct cs__compare_render *render, const struct cs__wrap *wrap)
{
    struct cs__wrap line = *wrap;
    const cs_compared_theme *theme;
    line.indent = INDENT;
    for (size_t i = 0; (theme = cs__changed_theme(render, CS__NOT_COMPARED, i)) != NULL; i++) {
        char words[256];
        const char *end = cs__changed_theme(render, CS__NOT_COMPARED, i + 1) != NULL ? ";" : "";
        snprintf(words, sizeof words, "%.150s (%s)%s", theme->name, cs_change_name(theme->change), end);
        cs__wrap_string(&line, words);
    }
    cs__wrap_end(&line);
}

static void print_themes(const struct cs__compare_render *render, const struct cs__wrap *wrap)
{
    for (int kind = CS__IN_ANOTHER_TONE; kind < CS__CHANGE_KINDS; kind++) {
        const cs_compared_theme *theme;
        if (cs__changed_theme(render, (enum cs__change_kind)kind, 0) == NULL)
            continue;
        putc('\n', render->out);
        print_line(wrap, 0, CS__STYLE_BOLD, cs__change_kind_name((enum cs__change_kind)kind));
        if (kind == CS__NOT_COMPARED) {
            print_not_compared(render, wrap);
            continue;
        }
        for (size_t i = 0; (theme = cs__changed_theme(render, (enum cs__change_kind)kind, i)) != NULL; i++)
            print_theme(render, wrap, theme);
    }
}

static void print_pair(const struct cs__compare_render *render, const struct cs__wrap *wrap,
                       const cs_compared_pair *pair)
{
    putc('\n', render->out);
    print_line(wrap, INDENT - 1, CS__STYLE_BOLD, cs_change_name(pair->change));
    if (pair->before.hit != NULL)
        print_quoted(render, wrap, 0, pair->before.hit, pair->before.hit->excerpt, pair->before.tone);
    if (pair->after.hit != NULL)
        print_quoted(render, wrap, 1, pair->after.hit, pair->after.hit->excerpt, pair->after.tone);
}

static void print_pairs(const struct cs__compare_render *render, const struct cs__wrap *wrap)
{
    for (size_t i = 0; i < cs_comparison_sections(render->comparison); i++) {
        const cs_compared_section *section = cs_comparison_section(render->comparison, i);
        char line[256];
        if (section->area != CS_AREA_NONE)
            snprintf(line, sizeof line, "%s (%s, then %s)", section->name, judged(&section->before),
                     judged(&section->after));
        else
            snprintf(line, sizeof line, "%s", section->name);
        putc('\n', render->out);
        print_line(wrap, 0, CS__STYLE_BOLD, line);
        for (size_t j = 0; j < section->pair_count; j++)
            print_pair(render, wrap, &section->pairs[j]);
    }
}

int cs__render_compare_text(const struct cs__compare_render *render)
{
    struct cs__wrap wrap = {.out = render->out, .color = render->color};
    wrap.width = render->width < WIDTH_MAX ? render->width : WIDTH_MAX;
    print_head(render, &wrap);
    if (*render->query != '\0') {
        print_pairs(render, &wrap);
    } else {
        print_sections(render);
        print_themes(render, &wrap);
    }
    return ferror(render->out) ? -1 : 0;
}
