/* SPDX-License-Identifier: MIT */
/* The judgement that a letter, an article or minutes say is in force, and when it was given. */
#include "indexer/describer.h"

#include <stdio.h>
#include <string.h>

/* `dated`: the date in it is the judgement's (its inspection or its report). `lowest`: the grade is not
 * named. */
static const struct {
    const char *pattern;
    int dated, lowest;
    const char *rule;
} patterns[] = {
    {"judged|rated|graded|deemed|found|declared|branded|given ~3 <judgement> ~8 in|on|of|during <date>", 1, 0,
     "standing.judged-in"},
    {"since <date> ~6 judged|rated|graded|deemed|found|given ~3 <judgement>", 1, 0, "standing.since-when"},
    {"since <date> ~3 when ~10 judged|rated|graded|deemed|found|given ~3 <judgement>", 1, 0,
     "standing.since-when"},
    {"inspection|report|review|judgement|rating of|in|from <date> ~8 judged|rated|graded|deemed|found ~6 "
     "<judgement>",
     1, 0, "standing.report-of"},
    {"in|on <date> ~6 judged|rated|graded|deemed|found|branded ~6 <judgement>", 1, 0, "standing.report-of"},
    {"<judgement> ~1 judgement|judgment|rating|grade|verdict|grading ~4 of|in|from|on <date>", 1, 0,
     "standing.rating-of"},
    {"<judgement> ~5 published in|on <date>", 1, 0, "standing.published"},
    {"<date> ~1 <judgement> judgement|judgment|rating|grade|verdict|grading|report", 1, 0,
     "standing.dated-rating"},
    {"their|its|the|since|after|from <date> <judgement>", 1, 0, "standing.dated-rating"},
    {"<judgement> since <date>", 1, 0, "standing.since"},
    {"lowest ~1 rating|grade|judgement|judgment ~8 in <date>", 1, 1, "standing.lowest"},
    {"judged|rated|graded|deemed|declared|branded ~6 <judgement>", 0, 0, "standing.judged"},
    {"was|were|been found ~3 <judgement>", 0, 0, "standing.judged"},
    {"<judgement> judgement|judgment|rating|grade|verdict|grading", 0, 0, "standing.rating"},
    {"lowest ~1 rating|grade|judgement|judgment", 0, 1, "standing.lowest"},
};

enum { PATTERN_COUNT = sizeof patterns / sizeof patterns[0] };

/* Words right before a grade, or in what was matched, that make it another's than a council's services'. */
static int is_of_others(const struct cs__prose *prose, const struct cs__prose_match *match)
{
    enum { REACH = 6 };
    static const char *const others[] = {"school", "schools", "nursery",  "academy",   "college",
                                         "home",   "homes",   "hospital", "hospitals", "neighbouring"};
    size_t sentence, last;
    cs__prose_sentence(prose, match->first, &sentence, &last);
    size_t first = match->first > sentence + REACH ? match->first - REACH : sentence;
    for (size_t i = first; i < match->last; i++)
        for (size_t k = 0; k < sizeof others / sizeof others[0]; k++)
            if (cs__prose_word_is(prose, i, others[k], strlen(others[k])))
                return 1;
    return 0;
}

struct standing {
    cs_judgement judgement;
    cs_date date;
    struct cs__date_phrase phrase; /* of a date without a year */
    int has_phrase;
    struct cs__evidence evidence;
    const char *rule;
};

/* A later dated judgement replaces an earlier one; a dated one an undated one; an inadequate one any other
 * undated. */
static int is_better(const struct standing *a, const struct standing *b)
{
    if (b->judgement == CS_JUDGEMENT_NONE)
        return 1;
    int known_a = a->date.precision != CS_PRECISION_UNKNOWN,
        known_b = b->date.precision != CS_PRECISION_UNKNOWN;
    if (known_a != known_b)
        return known_a;
    if (known_a)
        return a->date.first > b->date.last ||
               (a->date.precision > b->date.precision && a->date.first >= b->date.first);
    if (a->has_phrase != b->has_phrase)
        return a->has_phrase;
    return a->judgement == CS_JUDGEMENT_INADEQUATE && b->judgement != CS_JUDGEMENT_INADEQUATE;
}

static void take_match(struct cs__describer *d, size_t block, size_t row, const struct cs__prose_match *match,
                       struct standing *best)
{
    struct standing found = {.judgement = patterns[row].lowest ? CS_JUDGEMENT_INADEQUATE : match->judgement,
                             .evidence = cs__evidence_words(d, block, match->first, match->last),
                             .rule = patterns[row].rule};
    if (patterns[row].dated && match->date != NULL) {
        found.date = cs__date_window_span(&match->date->windows[0], 0);
        found.has_phrase = found.date.precision == CS_PRECISION_UNKNOWN;
        found.phrase = *match->date;
    }
    if (is_better(&found, best))
        *best = found;
}

static void read_block(struct cs__describer *d, size_t block, struct standing *best)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    struct cs__prose_match match;
    for (size_t row = 0; row < PATTERN_COUNT; row++)
        for (size_t at = 0; cs__prose_find(prose, at, patterns[row].pattern, &match); at = match.first + 1)
            if (match.judgement != CS_JUDGEMENT_NOT_JUDGED && !is_of_others(prose, &match))
                take_match(d, block, row, &match, best);
}

/* "September last year": the month, and how many years before the document. */
static void put_partial(struct cs__describer *d, const struct standing *standing)
{
    char value[16];
    const struct cs__date_part *part = &standing->phrase.windows[0].first;
    if (!standing->has_phrase || part->month == 0)
        return;
    snprintf(value, sizeof value, "--%02u", (unsigned)part->month % 13u);
    cs__describer_add(d, "standing_month", value, CS_STATE_STATED, standing->evidence, standing->rule);
    if (!standing->phrase.has_year_offset)
        return;
    snprintf(value, sizeof value, "%d", standing->phrase.year_offset);
    cs__describer_add(d, "standing_year_offset", value, CS_STATE_STATED, standing->evidence, standing->rule);
}

/* The rating's date may stand in a sentence of its own: "The rating was published on 16 May 2018." */
static void read_publication(struct cs__describer *d, struct standing *best)
{
    struct cs__prose_match match;
    for (size_t block = 0; block < d->blocks->count; block++) {
        if (!cs__describer_is_body(d, block) ||
            !cs__prose_find(cs__describer_prose(d, block), 0,
                            "rating|judgement|judgment|grade|verdict was|were published in|on <date>",
                            &match))
            continue;
        cs_date date = cs__date_window_span(&match.date->windows[0], 0);
        if (date.precision == CS_PRECISION_UNKNOWN)
            continue;
        best->date = date;
        best->evidence = cs__evidence_words(d, block, match.first, match.last);
        best->rule = "standing.rating-published";
        return;
    }
}

void cs__describe_standing(struct cs__describer *d)
{
    struct standing best = {.judgement = CS_JUDGEMENT_NONE};
    for (size_t block = 0; block < d->blocks->count && !d->failed; block++)
        if (cs__describer_is_body(d, block))
            read_block(d, block, &best);
    if (best.judgement == CS_JUDGEMENT_NONE)
        return;
    if (best.date.precision == CS_PRECISION_UNKNOWN)
        read_publication(d, &best);
    d->standing = best.judgement;
    d->standing_date = best.date;
    cs__describer_add(d, "standing_overall", cs_judgement_name(best.judgement), CS_STATE_STATED,
                      best.evidence, best.rule);
    if (best.date.precision != CS_PRECISION_UNKNOWN)
        cs__describer_add_date(d, "standing_date", best.date, CS_STATE_STATED, best.evidence, best.rule);
    else
        put_partial(d, &best);
}
