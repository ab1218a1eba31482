/* SPDX-License-Identifier: MIT */
/* Areas for improvement for people: under each visit its bullets, under each bullet the later visits, with
 * the sentences that answer. */
#include <stdlib.h>
#include <string.h>

#include "cli/terminal.h"
#include "query/render_follow_up.h"
#include "query/render_quote.h"
#include "query/render_wrap.h"

/* Longer lines are hard to read, however wide the terminal is. */
enum { WIDTH_MAX = 100, BULLET = 3, VISIT = 6, QUOTE = 9 };

static void print_line(const struct cs__wrap *wrap, unsigned indent, const char *style, const char *text)
{
    struct cs__wrap line = *wrap;
    line.indent = indent;
    line.style = style;
    cs__wrap_string(&line, text);
    cs__wrap_end(&line);
}

static void print_answer(const struct cs__wrap *wrap, const cs_answer *answer)
{
    struct cs__wrap quote = *wrap;
    quote.indent = QUOTE;
    cs__wrap_quote(&quote, answer->hit, answer->sentence);
    print_line(wrap, QUOTE, CS__STYLE_DIM, answer->hit->citation);
}

static void print_answers(const struct cs__wrap *wrap, const cs_answering_visit *visit)
{
    char words[CS__VISIT_LINE_SIZE], line[512];
    int again = 0;
    for (size_t i = 0; i < visit->answer_count; i++)
        again |= visit->answers[i].is_improvement;
    snprintf(line, sizeof line, "%s%s: %s%s", cs__visit_line(visit->visit, words),
             visit->at_second_hand ? " (at second hand)" : "", cs_tone_name(visit->tone),
             again ? ", an area for improvement again" : "");
    if (visit->answer_total > visit->answer_count)
        snprintf(line + strlen(line), sizeof line - strlen(line), " (%zu of %u passages)",
                 visit->answer_count, visit->answer_total);
    print_line(wrap, VISIT, NULL, line);
    for (size_t i = 0; i < visit->answer_count; i++)
        print_answer(wrap, &visit->answers[i]);
}

static int is_silent_alike(const cs_answering_visit *a, const cs_answering_visit *b)
{
    return a->answer_count == 0 && b->answer_count == 0 &&
           strcmp(cs__silent_visit_name(a), cs__silent_visit_name(b)) == 0;
}

/* Visits one after the other with the same silence, on one line. Returns how many. */
static size_t print_silence(const struct cs__wrap *wrap, const cs_answering_visit *visits, size_t count)
{
    struct cs__wrap line = *wrap;
    size_t taken = 1;
    while (taken < count && is_silent_alike(visits, &visits[taken]))
        taken++;
    line.indent = VISIT;
    line.style = CS__STYLE_DIM;
    for (size_t i = 0; i < taken; i++) {
        char words[CS__VISIT_LINE_SIZE], named[CS__VISIT_LINE_SIZE + 2];
        snprintf(named, sizeof named, "%s%s", cs__visit_line(visits[i].visit, words),
                 i + 1 < taken ? ";" : ":");
        cs__wrap_string(&line, named);
    }
    cs__wrap_string(&line, cs__silent_visit_name(visits));
    cs__wrap_end(&line);
    return taken;
}

static void print_bullet(const struct cs__wrap *wrap, const cs_bullet *bullet)
{
    struct cs__wrap line = *wrap;
    line.indent = BULLET;
    putc('\n', wrap->out);
    cs__wrap_text(&line, bullet->hit->text, 0, bullet->hit->text_size, bullet->hit->marks,
                  bullet->hit->mark_count);
    cs__wrap_end(&line);
    if (bullet->later_count == 0)
        print_line(wrap, VISIT, CS__STYLE_DIM, cs_bullet_outcome_name(bullet->outcome));
    for (size_t i = 0; i < bullet->later_count;) {
        if (bullet->later[i].answer_count > 0)
            print_answers(wrap, &bullet->later[i++]);
        else
            i += print_silence(wrap, &bullet->later[i], bullet->later_count - i);
    }
}

/* "Herefordshire: inspection, 18–29 July 2022, inadequate" */
static void print_head(const struct cs__wrap *wrap, const cs_visit *visit)
{
    char words[CS__VISIT_LINE_SIZE], line[512];
    const char *judgement = cs_judgement_name(visit->judgements[CS_AREA_OVERALL].value);
    snprintf(line, sizeof line, "%s, %s%s%s", visit->authority != NULL ? visit->authority : "-",
             cs__visit_line(visit, words), *judgement != '\0' ? ", " : "", judgement);
    putc('\n', wrap->out);
    print_line(wrap, 0, CS__STYLE_BOLD, line);
}

/* Where all authorities are asked for, most bullets have nothing behind them: how many is enough. */
static int is_left_out(const struct cs__follow_up_render *render, const cs_bullet *bullet)
{
    return bullet->later_count == 0 && render->authority == NULL && *render->query == '\0';
}

struct counts {
    size_t all, answered, not_clear, not_mentioned, not_looked_at, not_known, no_later_visit;
};

static struct counts count(const cs_follow_up *follow_up)
{
    struct counts counts = {.all = cs_follow_up_count(follow_up)};
    for (size_t i = 0; i < counts.all; i++) {
        switch (cs_follow_up_get(follow_up, i)->outcome) {
        case CS_BULLET_ANSWERED:
            counts.answered++;
            break;
        case CS_BULLET_NOT_CLEAR:
            counts.not_clear++;
            break;
        case CS_BULLET_NOT_MENTIONED:
            counts.not_mentioned++;
            break;
        case CS_BULLET_NOT_LOOKED_AT:
            counts.not_looked_at++;
            break;
        case CS_BULLET_NOT_KNOWN:
            counts.not_known++;
            break;
        default:
            counts.no_later_visit++;
        }
    }
    return counts;
}

static void print_counts(const struct cs__follow_up_render *render, const struct cs__wrap *wrap)
{
    struct counts counts = count(render->follow_up);
    char line[512];
    const size_t numbers[] = {counts.answered,      counts.not_clear, counts.not_mentioned,
                              counts.not_looked_at, counts.not_known, counts.no_later_visit};
    static const char *const names[] = {
        "answered later",      "without a clear answer",           "looked at and not mentioned",
        "not looked at since", "not mentioned with scope unknown", "without a later visit"};
    snprintf(line, sizeof line, "%zu area%s for improvement", counts.all, counts.all == 1 ? "" : "s");
    for (size_t i = 0, told = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (numbers[i] == 0)
            continue;
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s %zu %s", told++ == 0 ? ":" : ",",
                 numbers[i], names[i]);
    }
    print_line(wrap, 0, NULL, line);
}

int cs__render_follow_up_text(const struct cs__follow_up_render *render)
{
    struct cs__wrap wrap = {.out = render->out, .color = render->color};
    const cs_visit *visit = NULL;
    wrap.width = render->width < WIDTH_MAX ? render->width : WIDTH_MAX;
    if (cs_follow_up_count(render->follow_up) == 0)
        return 0;
    print_counts(render, &wrap);
    for (size_t i = 0; i < cs_follow_up_count(render->follow_up); i++) {
        const cs_bullet *bullet = cs_follow_up_get(render->follow_up, i);
        if (is_left_out(render, bullet) || bullet->visit == NULL)
            continue;
        if (visit == NULL || strcmp(bullet->visit->id, visit->id) != 0)
            print_head(&wrap, bullet->visit);
        visit = bullet->visit;
        print_bullet(&wrap, bullet);
    }
    return ferror(render->out) ? -1 : 0;
}
