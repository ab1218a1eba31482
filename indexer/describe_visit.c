/* SPDX-License-Identifier: MIT */
/* The visit that a letter, an article or minutes are about: its kind and its dates. Texts name several dates
 * (the judgement's, the letter's, a meeting's, the next visit's); each is weighed by the words before it. */
#include "indexer/describe_visit.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"

/* Words that tell what a date is of, when they stand before it in its sentence. The nearest counts double. */
static const struct {
    const char *word;
    int weight;
} cues[] = {
    {"visit", 3},        {"visited", 4},     {"carried", 4},       {"place", 4},      {"held", 3},
    {"undertaken", 4},   {"conducted", 4},   {"site", 3},          {"inspectors", 2}, {"inspector", 1},
    {"there", 3},        {"were", 1},        {"came", 3},          {"went", 3},       {"looked", 2},
    {"spent", 3},        {"session", 3},     {"latest", 5},        {"recent", 5},     {"inspection", 1},
    {"inspected", 2},    {"inspections", 1}, {"findings", 2},      {"made", 1},       {"published", -8},
    {"publication", -8}, {"released", -8},   {"issued", -8},       {"dated", -8},     {"letter", -2},
    {"report", -4},      {"judged", -6},     {"rated", -6},        {"graded", -6},    {"rating", -6},
    {"judgement", -6},   {"inadequate", -6}, {"since", -5},        {"meeting", -8},   {"briefing", -8},
    {"briefings", -8},   {"committee", -6},  {"cabinet", -4},      {"members", -4},   {"next", -6},
    {"will", -6},        {"likely", -8},     {"expected", -8},     {"planned", -6},   {"due", -6},
    {"previous", -6},    {"earlier", -5},    {"reinspection", -4}, {"post", -4},      {"appointed", -6},
    {"until", -4},       {"today", -9},      {"yesterday", -9},    {"morning", -9},   {"updated", -9},
    {"follow", -5},      {"agreed", -5},     {"last", -3},         {"online", -8},    {"took", 2},
    {"posted", -9},      {"before", -3},     {"further", -2},      {"ended", -4},     {"established", -4},
};

enum { CUE_DISTANCE = 12, CANDIDATES_MAX = 96, AFTER_DISTANCE = 8 };

static int cue_weight(const struct cs__prose *prose, size_t i)
{
    for (size_t k = 0; k < sizeof cues / sizeof cues[0]; k++)
        if (cs__prose_word_is(prose, i, cues[k].word, strlen(cues[k].word)))
            return cues[k].weight;
    return 0;
}

static int score_before(const struct cs__prose *prose, size_t first)
{
    int score = 0, nearest = 1;
    for (size_t back = 1; back <= CUE_DISTANCE && back <= first; back++) {
        size_t i = first - back;
        int weight = cue_weight(prose, i);
        if (weight != 0) {
            score += nearest ? 2 * weight : weight / 2;
            nearest = 0;
        }
        if (prose->words[i].breaks & CS__BREAK_SENTENCE)
            break;
    }
    return score;
}

/* "In October 2020 Ofsted made a focused visit": what follows a date that begins its sentence. */
static int score_after(const struct cs__prose *prose, size_t first, size_t last)
{
    static const char *const words[] = {"visit", "visited", "inspectors", "inspection"};
    int begins = first < 4;
    for (size_t i = first; i > 0 && i + 4 > first; i--)
        begins |= prose->words[i].breaks & CS__BREAK_SENTENCE;
    for (size_t i = last; i < prose->count && i < last + AFTER_DISTANCE; i++) {
        if (prose->words[i].breaks & CS__BREAK_SENTENCE)
            break;
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            if (cs__prose_word_is(prose, i, words[k], strlen(words[k])))
                return begins ? 5 : 1;
    }
    return 0;
}

static int score_form(const struct cs__date_phrase *phrase)
{
    const struct cs__date_window *window = &phrase->windows[0];
    if (window->first.day == 0)
        return window->first.month == 0 ? -6 : 0;
    return window->first.day != window->last.day || window->first.month != window->last.month ? 4 : 1;
}

/* A block that is a date and little else heads a letter or a page. */
static int is_dateline(const struct cs__prose *prose, size_t first, size_t last)
{
    return last - first + 4 >= prose->count && cue_weight(prose, first > 0 ? first - 1 : 0) <= 0;
}

/* "The first on 4 May, the second on 5 June, the latest on ...": of a list, not the latest. */
static int is_listed(const struct cs__prose *prose, size_t first)
{
    int ordinal;
    return first > 1 && cs__prose_word_is(prose, first - 1, "on", 2) &&
           cs__prose_ordinal(prose, first - 2, &ordinal) > 0;
}

/* "Good by June 2019" is an aim. */
static int is_aim(const struct cs__prose *prose, size_t first)
{
    return first > 0 && cs__prose_word_is(prose, first - 1, "by", 2);
}

static int score(const struct cs__prose *prose, const struct cs__visit_candidate *c)
{
    int total = score_before(prose, c->first) + score_after(prose, c->first, c->last) + score_form(c->phrase);
    if (is_listed(prose, c->first))
        total -= 6;
    return is_dateline(prose, c->first, c->last) || is_aim(prose, c->first) ? total - 12 : total;
}

static void words_of(const struct cs__prose *prose, const struct cs__date_phrase *phrase, size_t *first,
                     size_t *last)
{
    size_t i = 0;
    while (i < prose->count && prose->words[i].start < phrase->start)
        i++;
    *first = i;
    while (i < prose->count && prose->words[i].start < phrase->end)
        i++;
    *last = i;
}

static size_t collect(struct cs__describer *d, struct cs__visit_candidate *candidates)
{
    size_t count = 0;
    for (size_t block = 0; block < d->blocks->count; block++) {
        if (!cs__describer_is_text(d, block))
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        for (size_t i = 0; i < prose->date_count && count < CANDIDATES_MAX; i++) {
            struct cs__visit_candidate *c = &candidates[count++];
            *c = (struct cs__visit_candidate){.phrase = &prose->dates[i], .block = block};
            words_of(prose, c->phrase, &c->first, &c->last);
            c->score = score(prose, c);
        }
    }
    return count;
}

static int same_days(const struct cs__date_phrase *a, const struct cs__date_phrase *b)
{
    const struct cs__date_part *x = &a->windows[0].first, *y = &b->windows[0].first;
    return x->month == y->month && x->day == y->day && (x->year == y->year || x->year == 0 || y->year == 0);
}

/* A date told twice counts twice: the best score, and half of each other's. */
static const struct cs__visit_candidate *choose(struct cs__visit_candidate *candidates, size_t count)
{
    const struct cs__visit_candidate *best = NULL;
    int best_total = 0;
    for (size_t i = 0; i < count; i++) {
        int total = candidates[i].score;
        for (size_t j = 0; total > 0 && j < count; j++)
            if (j != i && candidates[j].score > 0 && same_days(candidates[i].phrase, candidates[j].phrase))
                total += candidates[j].score / 2;
        if (total > best_total) {
            best = &candidates[i];
            best_total = total;
        }
    }
    return best;
}

/* Days without a year, for those who know it from other documents: "--06-07/--06-08", "--06". */
static void put_partial(struct cs__describer *d, const struct cs__date_window *window,
                        struct cs__evidence evidence)
{
    char value[32];
    const struct cs__date_part *a = &window->first, *b = &window->last;
    if (a->day == 0)
        snprintf(value, sizeof value, "--%02d", a->month);
    else
        snprintf(value, sizeof value, "--%02d-%02d/--%02d-%02d", a->month, a->day, b->month, b->day);
    cs__describer_add(d, "visit_days", value, CS_STATE_STATED, evidence, "visit.days-without-year");
}

static void put_windows(struct cs__describer *d, const struct cs__visit_candidate *c)
{
    const char *rule = "visit.date";
    struct cs__evidence evidence = cs__evidence_words(d, c->block, c->first, c->last);
    int year = 0;
    cs_state state = CS_STATE_STATED;
    if (!cs__date_phrase_has_year(c->phrase)) {
        put_partial(d, &c->phrase->windows[0], evidence);
        year = cs__year_of(d, c, &rule);
        state = CS_STATE_DERIVED;
    }
    for (size_t i = 0; i < c->phrase->window_count; i++)
        cs__describer_add_window(d, cs__date_window_span(&c->phrase->windows[i], year), state, evidence,
                                 rule);
}

/* Kinds of visit by their names; the first that a text gives counts. */
static const struct {
    const char *pattern;
    cs_visit_kind kind;
    const char *rule;
} kinds[] = {
    {"monitoring visit|session|report|letter|inspection|feedback", CS_VISIT_MONITORING,
     "visit-kind.monitoring"},
    {"focused|focussed assurance? visit|inspection", CS_VISIT_FOCUSED, "visit-kind.focused"},
    {"outcome of monitoring", CS_VISIT_MONITORING, "visit-kind.monitoring"},
    {"monitoring visits", CS_VISIT_MONITORING, "visit-kind.monitoring"},
    {"focused|focussed visits", CS_VISIT_FOCUSED, "visit-kind.focused"},
};

static int kind_by_name(struct cs__describer *d, size_t block)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    struct cs__prose_match match, first = {.first = SIZE_MAX};
    size_t row = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (cs__prose_find(prose, 0, kinds[i].pattern, &match) && match.first < first.first) {
            first = match;
            row = i;
        }
    if (first.first == SIZE_MAX)
        return 0;
    d->visit_kind = kinds[row].kind;
    cs__describer_add(d, "visit_kind", cs_visit_kind_name(d->visit_kind), CS_STATE_STATED,
                      cs__evidence_words(d, block, first.first, first.last), kinds[row].rule);
    return 1;
}

static void put_kind(struct cs__describer *d, cs_visit_kind kind, const char *rule)
{
    d->visit_kind = kind;
    cs__describer_add(d, "visit_kind", cs_visit_kind_name(kind), CS_STATE_DERIVED, CS__NO_EVIDENCE, rule);
}

static void read_kind(struct cs__describer *d)
{
    if (d->visit_kind != CS_VISIT_UNKNOWN)
        return;
    if (d->out->kind == CS_KIND_MONITORING_LETTER) {
        put_kind(d, CS_VISIT_MONITORING, "visit-kind.letter");
        return;
    }
    if (d->out->kind == CS_KIND_FOCUSED_VISIT_LETTER) {
        put_kind(d, CS_VISIT_FOCUSED, "visit-kind.letter");
        return;
    }
    for (size_t block = 0; block < d->blocks->count; block++)
        if (cs__describer_is_body(d, block) && kind_by_name(d, block))
            return;
    /* What comes after an inadequate judgement and is no inspection is a monitoring visit. */
    if (d->standing == CS_JUDGEMENT_INADEQUATE)
        put_kind(d, CS_VISIT_MONITORING, "visit-kind.after-inadequate");
}

static cs_date stated_span(const struct cs__visit_candidate *c)
{
    if (c == NULL || !cs__date_phrase_has_year(c->phrase))
        return (cs_date){0};
    return cs__date_window_span(&c->phrase->windows[0], 0);
}

void cs__describe_visit(struct cs__describer *d)
{
    struct cs__visit_candidate candidates[CANDIDATES_MAX];
    const struct cs__visit_candidate *best = NULL;
    read_kind(d);
    if (!cs__describer_has(d, "visit_window"))
        best = choose(candidates, collect(d, candidates));
    if (best != NULL)
        cs__describer_add(d, "about", NULL, CS_STATE_STATED,
                          cs__evidence_words(d, best->block, best->first, best->last), "about.date");
    cs__describe_ordinal(d, best != NULL ? stated_span(best) : d->visit);
    if (best != NULL)
        put_windows(d, best);
}
