/* SPDX-License-Identifier: MIT */
/* Patterns over prose: a backtracking matcher that reads the pattern as it goes. Patterns are short and fixed
 * (never a user's), gaps are bounded, so a match costs little. */
#include "indexer/prose.h"

#include <ctype.h>
#include <string.h>

static int match_rest(const struct cs__prose *prose, size_t at, const char *pattern,
                      struct cs__prose_match *out);

/* Whether a word may follow the one before it in a match: it begins no sentence and follows no semicolon. */
static int goes_on(const struct cs__prose *prose, size_t at, const struct cs__prose_match *out)
{
    return at < prose->count &&
           (at == out->first || !(prose->words[at].breaks & (CS__BREAK_SENTENCE | CS__BREAK_SEMICOLON)));
}

/* Words that one element takes at `at`; 0 for no match. Captures are written to `out`. */
static size_t take_alternatives(const struct cs__prose *prose, size_t at, const char *element, size_t size)
{
    while (size > 0) {
        size_t n = 0;
        while (n < size && element[n] != '|')
            n++;
        if (cs__prose_word_is(prose, at, element, n))
            return 1;
        n += n < size;
        element += n;
        size -= n;
    }
    return 0;
}

/* The date that begins at a byte; NULL when none does. */
static const struct cs__date_phrase *date_at(const struct cs__prose *prose, uint32_t start)
{
    size_t low = 0, high = prose->date_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (prose->dates[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < prose->date_count && prose->dates[low].start == start ? &prose->dates[low] : NULL;
}

static size_t words_of_date(const struct cs__prose *prose, size_t at, struct cs__prose_match *out)
{
    const struct cs__date_phrase *date = date_at(prose, prose->words[at].start);
    size_t last = at;
    while (date != NULL && last < prose->count && prose->words[last].start < date->end)
        last++;
    if (date != NULL)
        out->date = date;
    return last - at;
}

static int is_element(const char *element, size_t size, const char *name)
{
    return strlen(name) == size && memcmp(element, name, size) == 0;
}

static size_t take_element(const struct cs__prose *prose, size_t at, const char *element, size_t size,
                           struct cs__prose_match *out)
{
    if (element[0] != '<')
        return take_alternatives(prose, at, element, size);
    if (is_element(element, size, "<judgement>")) {
        out->judgement_first = at;
        return cs__prose_judgement(prose, at, &out->judgement);
    }
    if (is_element(element, size, "<ordinal>"))
        return cs__prose_ordinal(prose, at, &out->ordinal);
    if (is_element(element, size, "<number>"))
        return cs__prose_number(prose, at, &out->number);
    if (is_element(element, size, "<date>"))
        return words_of_date(prose, at, out);
    return is_element(element, size, "<capital>") && cs__prose_is_capital(prose, at) ? 1 : 0;
}

static int match_gap(const struct cs__prose *prose, size_t at, unsigned most, const char *rest,
                     struct cs__prose_match *out)
{
    for (unsigned skipped = 0;; skipped++) {
        if (match_rest(prose, at, rest, out))
            return 1;
        if (skipped == most || !goes_on(prose, at, out))
            return 0;
        at++;
    }
}

static int at_edge(const struct cs__prose *prose, size_t at)
{
    return at >= prose->count || (prose->words[at].breaks & CS__BREAK_SENTENCE);
}

static int match_element(const struct cs__prose *prose, size_t at, const char *element, size_t size,
                         const char *rest, struct cs__prose_match *out)
{
    int optional = element[size - 1] == '?';
    struct cs__prose_match saved = *out;
    if (goes_on(prose, at, out)) {
        size_t taken = take_element(prose, at, element, size - (size_t)optional, out);
        if (taken > 0 && match_rest(prose, at + taken, rest, out))
            return 1;
    }
    *out = saved; /* drops what a failed branch captured */
    return optional && match_rest(prose, at, rest, out);
}

static int match_rest(const struct cs__prose *prose, size_t at, const char *pattern,
                      struct cs__prose_match *out)
{
    size_t size = strcspn(pattern, " ");
    const char *rest = pattern + size + (pattern[size] == ' ');
    if (size == 0) {
        out->last = at;
        return 1;
    }
    switch (pattern[0]) {
    case '~': {
        unsigned most = 0;
        for (size_t i = 1; i < size; i++)
            most = most * 10 + (unsigned)(pattern[i] - '0');
        return match_gap(prose, at, most, rest, out);
    }
    case '^':
    case '$':
        return at_edge(prose, at) && match_rest(prose, at, rest, out);
    case ':':
        return at < prose->count && (prose->words[at].breaks & CS__BREAK_COLON) &&
               match_rest(prose, at, rest, out);
    default:
        return match_element(prose, at, pattern, size, rest, out);
    }
}

int cs__prose_match_at(const struct cs__prose *prose, size_t at, const char *pattern,
                       struct cs__prose_match *out)
{
    *out = (struct cs__prose_match){.first = at};
    return match_rest(prose, at, pattern, out);
}

/* The bytes that a match's first word may begin with, as bits; 0 when the pattern's begin leaves it open.
 * Nearly all words are none that a pattern begins with, and finding is most of what describing a document
 * costs. */
static uint32_t first_letters(const char *pattern)
{
    size_t size = strcspn(pattern, " ");
    uint32_t letters = 0;
    if (size == 0 || pattern[size - 1] == '?')
        return 0;
    for (size_t i = 0; i < size; i++) {
        if (i > 0 && pattern[i - 1] != '|')
            continue;
        if (pattern[i] < 'a' || pattern[i] > 'z')
            return 0;
        letters |= UINT32_C(1) << (pattern[i] - 'a');
    }
    return letters;
}

static int begins_with(const struct cs__prose *prose, size_t at, uint32_t letters)
{
    int letter = tolower((unsigned char)prose->text[prose->words[at].start]);
    return letter >= 'a' && letter <= 'z' && (letters >> (letter - 'a') & 1);
}

int cs__prose_find(const struct cs__prose *prose, size_t from, const char *pattern,
                   struct cs__prose_match *out)
{
    uint32_t letters = first_letters(pattern);
    for (size_t at = from; at < prose->count; at++)
        if ((letters == 0 || begins_with(prose, at, letters)) && cs__prose_match_at(prose, at, pattern, out))
            return 1;
    return 0;
}
