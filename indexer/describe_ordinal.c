/* SPDX-License-Identifier: MIT */
/* The how-manieth visit of its kind it was. A text may count in two ways ("second since the trust took over,
 * ninth since the judgement") and count other things too; what is counted from the judgement wins. */
#include <stdio.h>
#include <string.h>

#include "indexer/describe_visit.h"

/* `weight` of what the words around an ordinal say. */
static const struct {
    const char *pattern;
    int weight;
    const char *rule;
} forms[] = {
    {"<ordinal> and? final? such? formal? ofsted? monitoring|focused|focussed assurance? "
     "visit|session|inspection|letter|report",
     6, "ordinal.nth-visit"},
    {"monitoring|focused|focussed visit number? <number>", 6, "ordinal.visit-n"},
    {"monitoring visit|report|letter ~2 its|the <ordinal>", 5, "ordinal.its-nth"},
    {"<ordinal> such visit|one|inspection|since|after|report|session|monitoring", 5, "ordinal.nth-such"},
    {"<ordinal> one ~6 since|after", 5, "ordinal.nth-one"},
    {"the <ordinal> one ~2 took|was|came|on", 3, "ordinal.nth-one"},
    {"for the <ordinal> time ~3 since|after", 4, "ordinal.nth-time"},
    {"visited|back ~4 for the|a <ordinal> time", 4, "ordinal.nth-time"},
    {"<ordinal> and? final? ofsted? visit", 4, "ordinal.nth-visit"},
    {"was|is|being|marked ~3 the <ordinal> since|after", 4, "ordinal.nth-since"},
    {"the <ordinal> since|after", 3, "ordinal.nth-since"},
    {"was|is|being the <ordinal> $", 3, "ordinal.was-the-nth"},
};

static int has_word(const struct cs__prose *prose, size_t first, size_t last, const char *word)
{
    for (size_t i = first; i < last && i < prose->count; i++)
        if (cs__prose_word_is(prose, i, word, strlen(word)))
            return 1;
    return 0;
}

/* What the sentence counts from. */
static int weigh_baseline(const struct cs__prose *prose, const struct cs__prose_match *match)
{
    static const char *const judgement[] = {"judged",    "rated",  "graded", "inadequate",
                                            "judgement", "rating", "deemed"};
    static const char *const other[] = {"took", "company", "takeover", "trust", "established", "row"};
    size_t first, last;
    int weight = 0;
    cs__prose_sentence(prose, match->first, &first, &last);
    for (size_t i = 0; i < sizeof judgement / sizeof judgement[0] && weight == 0; i++)
        weight = has_word(prose, first, last, judgement[i]) ? 4 : 0;
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        if (has_word(prose, match->last, match->last + 8, other[i]))
            return weight - 5;
    return weight;
}

/* Ordinals of another visit: planned, earlier, or in the plural. */
static int is_of_another(const struct cs__prose *prose, const struct cs__prose_match *match)
{
    static const char *const before[] = {"next", "previous", "earlier", "will", "planned", "expected"};
    static const char *const after[] = {"planned", "expected", "pencilled", "scheduled",
                                        "likely",  "due",      "will"};
    size_t from = match->first > 4 ? match->first - 4 : 0;
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (has_word(prose, from, match->last, before[i]))
            return 1;
    for (size_t i = 0; i < sizeof after / sizeof after[0]; i++)
        if (has_word(prose, match->last, match->last + 3, after[i]))
            return 1;
    return 0;
}

/* A sentence that dates its visit to other days is about another visit. */
static int is_dated_otherwise(const struct cs__prose *prose, const struct cs__prose_match *match,
                              cs_date window)
{
    size_t first, last;
    if (window.precision != CS_PRECISION_DAY)
        return 0;
    cs__prose_sentence(prose, match->first, &first, &last);
    uint32_t start = prose->words[first].start;
    uint32_t end = last < prose->count ? prose->words[last].start : (uint32_t)prose->size;
    int other = 0;
    for (size_t i = 0; i < prose->date_count; i++) {
        const struct cs__date_phrase *phrase = &prose->dates[i];
        if (phrase->start < start || phrase->end > end || !cs__date_phrase_has_day(phrase))
            continue;
        cs_date span = cs__date_window_span(&phrase->windows[0], 0);
        if (span.precision == CS_PRECISION_UNKNOWN)
            continue;
        if (span.first <= window.last && span.last >= window.first)
            return 0;
        other |= span.first != span.last;
    }
    return other;
}

struct best {
    int weight;
    int ordinal;
    struct cs__evidence evidence;
    const char *rule;
};

static void read_block(struct cs__describer *d, size_t block, cs_date window, struct best *best)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    struct cs__prose_match match;
    for (size_t row = 0; row < sizeof forms / sizeof forms[0]; row++)
        for (size_t at = 0; cs__prose_find(prose, at, forms[row].pattern, &match); at = match.first + 1) {
            int weight = forms[row].weight + weigh_baseline(prose, &match);
            if (weight <= best->weight || is_of_another(prose, &match) ||
                is_dated_otherwise(prose, &match, window))
                continue;
            *best = (struct best){weight, match.ordinal != 0 ? match.ordinal : match.number,
                                  cs__evidence_words(d, block, match.first, match.last), forms[row].rule};
        }
}

void cs__describe_ordinal(struct cs__describer *d, cs_date window)
{
    struct best best = {.weight = 0};
    char value[16];
    for (size_t block = 0; block < d->blocks->count && !d->failed; block++)
        if (cs__describer_is_text(d, block))
            read_block(d, block, window, &best);
    if (best.ordinal <= 0)
        return;
    d->ordinal = best.ordinal;
    snprintf(value, sizeof value, "%d", best.ordinal);
    cs__describer_add(d, "ordinal", value, CS_STATE_STATED, best.evidence, best.rule);
    if (!cs__describer_has(d, "about"))
        cs__describer_add(d, "about", NULL, CS_STATE_STATED, best.evidence, "about.ordinal");
}
