/* SPDX-License-Identifier: MIT */
/* Dates in English prose.
 *
 *     phrase := group ((dash | "and" | ",") group)*
 */
#include "core/date_phrase.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/date.h"
#include "core/date_group.h"

/* A list's year stands once: "29 April – 21 May 2014" backwards, "28 February 2023 and 1 March" forwards. */
static void share_year(struct cs__date_part *a, struct cs__date_part *b)
{
    if (a->year == 0 && b->year != 0)
        a->year = a->month > b->month ? b->year - 1 : b->year;
    else if (b->year == 0 && a->year != 0)
        b->year = b->month < a->month ? a->year + 1 : a->year;
}

static int is_next_day(const struct cs__date_part *a, const struct cs__date_part *b)
{
    if (a->day == 0 || b->day == 0)
        return 0;
    int year = a->year != 0 ? a->year : 2001;
    int later = b->year != 0 ? b->year : (b->month < a->month ? year + 1 : year);
    return cs__day_from_civil(later, b->month, b->day) == cs__day_from_civil(year, a->month, a->day) + 1;
}

/* Join a group to the phrase before it; 0 when they do not belong together ("2018 and 1 March"). */
static int join(struct cs__date_phrase *phrase, struct cs__date_group *group, enum cs__date_tie tie)
{
    struct cs__date_window *last = &phrase->windows[phrase->window_count - 1];
    struct cs__date_window *first = &group->windows[0];
    if ((last->last.day != 0) != (first->first.day != 0) || phrase->season != 0 || group->season != 0)
        return 0;
    if (last->last.month == 0 && (tie != CS__DATE_TIE_RANGE || first->first.month != 0))
        return 0;
    if (tie == CS__DATE_TIE_RANGE &&
        (last->first.day != last->last.day || first->first.day != first->last.day))
        return 0;
    share_year(&last->last, &first->first);
    first->last.year = first->last.year == 0 ? first->first.year : first->last.year;
    if (last->first.year == 0)
        last->first.year = last->last.year;
    if (tie == CS__DATE_TIE_RANGE || is_next_day(&last->last, &first->first)) {
        last->last = first->last;
        first++;
    }
    for (; first < group->windows + group->count && phrase->window_count < CS__DATE_WINDOWS_MAX; first++)
        phrase->windows[phrase->window_count++] = *first;
    /* Windows further back in the list take the same year. */
    for (size_t i = phrase->window_count - 1; i > 0; i--) {
        share_year(&phrase->windows[i - 1].last, &phrase->windows[i].first);
        if (phrase->windows[i - 1].first.year == 0)
            phrase->windows[i - 1].first.year = phrase->windows[i - 1].last.year;
    }
    return 1;
}

static void begin_phrase(struct cs__date_phrase *out, const struct cs__date_group *group)
{
    memcpy(out->windows, group->windows, sizeof out->windows);
    out->window_count = group->count;
    out->season = group->season;
    out->weekday = group->weekday;
    out->year_offset = group->year_offset;
    out->has_year_offset = group->has_year_offset;
}

static void read_more_groups(struct cs__date_cursor *c, struct cs__date_phrase *out, int between)
{
    for (;;) {
        struct cs__date_cursor saved = *c;
        struct cs__date_group group;
        enum cs__date_tie tie = cs__date_tie_take(c);
        if (between && tie == CS__DATE_TIE_LIST)
            tie = CS__DATE_TIE_RANGE;
        if (tie == CS__DATE_TIE_NONE || !cs__date_group_take(c, &group, 0) ||
            group.year_only != (out->windows[0].first.month == 0) || !join(out, &group, tie)) {
            *c = saved;
            return;
        }
        if (group.has_year_offset) {
            out->has_year_offset = 1;
            out->year_offset = group.year_offset;
        }
    }
}

/* The word that ends right before `at`, skipping spaces; its start. */
static size_t word_before(const char *text, size_t at, size_t *end)
{
    while (at > 0 && isspace((unsigned char)text[at - 1]))
        at--;
    *end = at;
    while (at > 0 && isalpha((unsigned char)text[at - 1]))
        at--;
    return at;
}

static int is_one_of(const char *text, size_t size, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == size && strncasecmp(*words, text, size) == 0)
            return 1;
    return 0;
}

static int follows_one_of(const char *text, size_t at, const char *const *words)
{
    size_t end, start = word_before(text, at, &end);
    return is_one_of(text + start, end - start, words);
}

/* "early", "at the end of", "mid-" before a month. */
static enum cs__date_vague vague_before(const char *text, size_t at, size_t *start)
{
    static const char *const early[] = {"early", "start", "beginning", NULL};
    static const char *const mid[] = {"mid", "middle", NULL};
    static const char *const late[] = {"late", "end", NULL};
    static const char *const of[] = {"of", NULL};
    if (at > 0 && text[at - 1] == '-')
        at--;
    if (follows_one_of(text, at, of)) {
        size_t end;
        at = word_before(text, at, &end);
    }
    size_t end, begin = word_before(text, at, &end);
    enum cs__date_vague vague = is_one_of(text + begin, end - begin, early)  ? CS__DATE_EARLY
                                : is_one_of(text + begin, end - begin, mid)  ? CS__DATE_MID
                                : is_one_of(text + begin, end - begin, late) ? CS__DATE_LATE
                                                                             : CS__DATE_EXACT;
    if (vague != CS__DATE_EXACT)
        *start = begin;
    return vague;
}

/* A month alone is a date only after a word that makes it one: "in May", "since March", "last April". */
static int month_alone_counts(const char *text, size_t at)
{
    static const char *const words[] = {
        "in",   "early", "mid",    "late", "of", "since", "until",   "by",     "from",  "last",     "this",
        "next", "and",   "during", "till", "to", "the",   "between", "before", "after", "previous", NULL};
    if (at > 0 && text[at - 1] == '-')
        at--;
    return follows_one_of(text, at, words);
}

/* Whether a phrase may begin at `at`: nothing before it makes it part of a longer word or number. */
static int may_begin(const char *text, size_t at)
{
    if (at == 0)
        return 1;
    unsigned char before = (unsigned char)text[at - 1];
    if (cs__date_word_byte(before) || before == '.' || before == '#')
        return before == '.' && !isdigit((unsigned char)text[at]);
    /* "£14 May", "2016-17 June", "3/4 May" are no starts; "mid-May" is one. */
    if ((before == '-' || before == '/') && at > 1 && isdigit((unsigned char)text[at - 2]))
        return 0;
    return !(at > 1 && (unsigned char)text[at - 2] == 0xC2 && before == 0xA3);
}

static int read_phrase(const char *text, size_t size, size_t at, struct cs__date_phrase *out)
{
    static const char *const between_words[] = {"between", NULL};
    struct cs__date_cursor c = {text, size, at};
    struct cs__date_group group;
    int between = follows_one_of(text, at, between_words);
    if (!cs__date_group_take(&c, &group, between))
        return 0;
    *out = (struct cs__date_phrase){.start = at, .weekday = -1};
    begin_phrase(out, &group);
    read_more_groups(&c, out, between);
    out->end = c.at;
    const struct cs__date_part *first = &out->windows[0].first;
    if (first->day == 0 && first->month != 0) {
        out->vague = vague_before(text, at, &out->start);
        if (first->year == 0 && out->vague == CS__DATE_EXACT && !out->has_year_offset &&
            !month_alone_counts(text, at))
            return 0;
    }
    return 1;
}

/* Whether a word is a number, or begins as a month, a weekday or a season does. Nearly none is, and reading
 * all words as dates was a third of what it cost to describe a document. */
static int may_be_first_word(const char *text, size_t size, size_t at)
{
    static const char beginnings[][4] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
                                         "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu",
                                         "fri", "sat", "sun", "spr", "sum", "aut", "fal", "win"};
    char word[3];
    if (isdigit((unsigned char)text[at]))
        return 1;
    if (size - at < sizeof word)
        return 0;
    for (size_t i = 0; i < sizeof word; i++)
        word[i] = (char)tolower((unsigned char)text[at + i]);
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        if (word[0] == beginnings[i][0] && memcmp(word, beginnings[i], sizeof word) == 0)
            return 1;
    return 0;
}

int cs__date_phrase_next(const char *text, size_t size, size_t from, struct cs__date_phrase *out)
{
    for (size_t at = from; at < size;) {
        if (may_be_first_word(text, size, at) && may_begin(text, at) && read_phrase(text, size, at, out))
            return 1;
        int in_word = cs__date_word_byte((unsigned char)text[at]);
        at++;
        while (in_word && at < size && cs__date_word_byte((unsigned char)text[at]))
            at++;
    }
    return 0;
}

static cs_date part_span(const struct cs__date_part *part, int year)
{
    year = part->year != 0 ? part->year : year;
    if (part->day != 0)
        return cs__date_day(year, part->month, part->day);
    return part->month != 0 ? cs__date_month(year, part->month) : cs__date_year(year);
}

cs_date cs__date_window_span(const struct cs__date_window *window, int year)
{
    int crosses = window->last.year == 0 && window->last.month < window->first.month;
    cs_date first = part_span(&window->first, year);
    cs_date last = part_span(&window->last, year != 0 && crosses ? year + 1 : year);
    return cs__date_span(first, last);
}

int cs__date_phrase_has_year(const struct cs__date_phrase *phrase)
{
    for (size_t i = 0; i < phrase->window_count; i++)
        if (phrase->windows[i].first.year == 0)
            return 0;
    return 1;
}

int cs__date_phrase_has_day(const struct cs__date_phrase *phrase)
{
    return phrase->windows[0].first.day != 0;
}

int cs__date_phrase_weekday_year(const struct cs__date_phrase *phrase, int from, int to)
{
    const struct cs__date_part *first = &phrase->windows[0].first;
    if (phrase->weekday < 0 || first->day == 0)
        return 0;
    for (int year = to; year >= from; year--) {
        cs_date day = cs__date_day(year, first->month, first->day);
        if (day.precision == CS_PRECISION_DAY && cs__day_of_week(day.first) == phrase->weekday)
            return year;
    }
    return 0;
}
