/* SPDX-License-Identifier: MIT */
/* One group of a date phrase: a small recursive-descent reader over words, numbers and dashes.
 *
 *     group  := days ["of"] month [year] | month days [year] | month [year] | season year | year | numeric
 *     days   := [weekday] day ((dash | "and" | "/" | ",") [weekday] day)*
 */
#include "core/date_group.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/date.h"

#define YEAR_FIRST 1990
#define YEAR_LAST 2099

static int at_end(const struct cs__date_cursor *c)
{
    return c->at >= c->size;
}

static unsigned char peek(const struct cs__date_cursor *c, size_t ahead)
{
    return c->at + ahead < c->size ? (unsigned char)c->text[c->at + ahead] : 0;
}

static int starts_with(const struct cs__date_cursor *c, const char *word)
{
    size_t size = strlen(word);
    return c->size - c->at >= size && memcmp(c->text + c->at, word, size) == 0;
}

/* Spaces, also the no-break and thin ones that PDFs hold. */
static void skip_space(struct cs__date_cursor *c)
{
    static const char *const spaces[] = {"\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\xA8"};
    for (;;) {
        size_t before = c->at;
        while (!at_end(c) && isspace(peek(c, 0)))
            c->at++;
        for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
            if (starts_with(c, spaces[i]))
                c->at += strlen(spaces[i]);
        if (c->at == before)
            return;
    }
}

int cs__date_word_byte(unsigned char byte)
{
    return isalnum(byte) || (byte >= 0xC3 && byte <= 0xDF);
}

/* Letters at the cursor; 0 bytes when there are none. */
static size_t letters(const struct cs__date_cursor *c)
{
    size_t n = 0;
    while (isalpha(peek(c, n)))
        n++;
    return n;
}

static int take_word(struct cs__date_cursor *c, const char *word)
{
    size_t size = strlen(word);
    if (letters(c) != size || strncasecmp(c->text + c->at, word, size) != 0)
        return 0;
    c->at += size;
    return 1;
}

/* A run of digits of 1 to 4 places that no letter, digit or currency sign touches; -1 when it is none. */
static int take_digits(struct cs__date_cursor *c, size_t *places)
{
    size_t n = 0;
    int value = 0;
    while (isdigit(peek(c, n)) && n < 5) {
        value = value * 10 + (peek(c, n) - '0');
        n++;
    }
    if (n == 0 || n > 4)
        return -1;
    c->at += n;
    *places = n;
    return value;
}

static int is_ordinal_suffix(const struct cs__date_cursor *c)
{
    static const char *const suffixes[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++)
        if (letters(c) == 2 && strncasecmp(c->text + c->at, suffixes[i], 2) == 0)
            return 1;
    return 0;
}

/* A day of a month, "4", "04", "4th"; 0 when it is none. */
static int take_day(struct cs__date_cursor *c)
{
    struct cs__date_cursor saved = *c;
    size_t places = 0;
    int day = take_digits(c, &places);
    if (day >= 1 && day <= 31 && places <= 2) {
        if (is_ordinal_suffix(c)) {
            c->at += 2;
            return day;
        }
        if (!isalpha(peek(c, 0)) && peek(c, 0) != '%')
            return day;
    }
    *c = saved;
    return 0;
}

/* A month's name; 0 when it is none. In small letters only after a day, and never "may" and "march". */
static int take_month(struct cs__date_cursor *c, int after_day)
{
    size_t n = letters(c);
    int month = n > 0 ? cs__month_parse(c->text + c->at, n) : 0;
    int small = islower(peek(c, 0));
    if (month == 0 || (small && (!after_day || month == 5 || month == 3)) || cs__date_word_byte(peek(c, n)))
        return 0;
    c->at += n;
    if (n == 3 && peek(c, 0) == '.')
        c->at++;
    return month;
}

static int take_weekday(struct cs__date_cursor *c)
{
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    size_t n = letters(c);
    for (int i = 0; i < 7; i++)
        if (n >= 3 && (n == strlen(names[i]) || n <= 4) && strncasecmp(names[i], c->text + c->at, n) == 0) {
            c->at += n;
            if (n <= 4 && peek(c, 0) == '.')
                c->at++;
            return i;
        }
    return -1;
}

/* A weekday and what ties it to the date after it: "Friday, ", "Tuesday the ". */
static int take_weekday_of(struct cs__date_cursor *c)
{
    struct cs__date_cursor saved = *c;
    int weekday = take_weekday(c);
    if (weekday < 0)
        return -1;
    if (peek(c, 0) == ',')
        c->at++;
    skip_space(c);
    take_word(c, "the");
    skip_space(c);
    if (isdigit(peek(c, 0)) || isupper(peek(c, 0)))
        return weekday;
    *c = saved;
    return -1;
}

/* Four digits that are a year of this field: not "2016/17", "2016-17", "£2016", "2014 children". */
static int take_year(struct cs__date_cursor *c)
{
    struct cs__date_cursor saved = *c;
    size_t places = 0;
    int year = take_digits(c, &places);
    int academic = (peek(c, 0) == '/' || peek(c, 0) == '-') && isdigit(peek(c, 1)) && isdigit(peek(c, 2)) &&
                   !isdigit(peek(c, 3));
    if (places == 4 && year >= YEAR_FIRST && year <= YEAR_LAST && !academic &&
        !cs__date_word_byte(peek(c, 0)))
        return year;
    *c = saved;
    return 0;
}

/* "2023", ", 2023", "of 2023", "this year". */
static void take_year_after(struct cs__date_cursor *c, struct cs__date_group *group, int *year)
{
    static const struct {
        const char *word;
        int offset;
    } relative[] = {{"this", 0}, {"last", -1}, {"next", 1}};
    struct cs__date_cursor saved = *c;
    if (peek(c, 0) == ',')
        c->at++;
    skip_space(c);
    take_word(c, "of");
    skip_space(c);
    *year = take_year(c);
    if (*year != 0)
        return;
    for (size_t i = 0; i < 3; i++)
        if (take_word(c, relative[i].word)) {
            skip_space(c);
            if (take_word(c, "year")) {
                group->year_offset = relative[i].offset;
                group->has_year_offset = 1;
                return;
            }
            break;
        }
    *c = saved;
}

static int take_dash(struct cs__date_cursor *c)
{
    static const char *const dashes[] = {
        "-", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92"};
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
        if (starts_with(c, dashes[i])) {
            c->at += strlen(dashes[i]);
            return 1;
        }
    return 0;
}

static int take_range_word(struct cs__date_cursor *c)
{
    return take_word(c, "to") || take_word(c, "until") || take_word(c, "till") || take_word(c, "through");
}

/* What ties the next day or group to the one before; CS__DATE_TIE_NONE leaves the cursor where it was. */
enum cs__date_tie cs__date_tie_take(struct cs__date_cursor *c)
{
    struct cs__date_cursor saved = *c;
    enum cs__date_tie tie = CS__DATE_TIE_NONE;
    skip_space(c);
    if (take_dash(c) || take_range_word(c)) {
        tie = CS__DATE_TIE_RANGE;
    } else if (peek(c, 0) == '/') {
        c->at++;
        tie = CS__DATE_TIE_RANGE;
    } else if (peek(c, 0) == '&') {
        c->at++;
        tie = CS__DATE_TIE_LIST;
    } else if (peek(c, 0) == ',') {
        c->at++;
        skip_space(c);
        take_word(c, "and");
        tie = CS__DATE_TIE_LIST;
    } else if (take_word(c, "and")) {
        tie = CS__DATE_TIE_LIST;
    }
    skip_space(c);
    if (tie == CS__DATE_TIE_NONE)
        *c = saved;
    else
        take_word(c, "the"), skip_space(c);
    return tie;
}

static void add_day(struct cs__date_group *group, int day, enum cs__date_tie tie)
{
    struct cs__date_window *last = group->count > 0 ? &group->windows[group->count - 1] : NULL;
    if (last != NULL && (tie == CS__DATE_TIE_RANGE || day == last->last.day + 1)) {
        last->last.day = day;
        return;
    }
    if (group->count == CS__DATE_WINDOWS_MAX)
        return;
    group->windows[group->count++] = (struct cs__date_window){.first.day = day, .last.day = day};
}

/* "20 and 21", "6th to 30th", "Tuesday 2, Wednesday 3"; `between` makes "and" a range, `commas` allows lists
 * that a comma may end too ("June 7, 12 of them"). */
static int take_days(struct cs__date_cursor *c, struct cs__date_group *group, int between, int commas)
{
    group->weekday = take_weekday_of(c);
    int day = take_day(c);
    if (day == 0)
        return 0;
    add_day(group, day, CS__DATE_TIE_NONE);
    for (;;) {
        struct cs__date_cursor saved = *c;
        skip_space(c);
        int comma = peek(c, 0) == ',';
        enum cs__date_tie tie = comma && !commas ? CS__DATE_TIE_NONE : cs__date_tie_take(c);
        if (tie != CS__DATE_TIE_NONE)
            take_weekday_of(c);
        day = tie == CS__DATE_TIE_NONE ? 0 : take_day(c);
        if (day == 0) {
            *c = saved;
            return 1;
        }
        add_day(group, day, between && tie == CS__DATE_TIE_LIST ? CS__DATE_TIE_RANGE : tie);
    }
}

static void set_month_year(struct cs__date_group *group, int month, int year)
{
    for (size_t i = 0; i < group->count; i++) {
        struct cs__date_window *window = &group->windows[i];
        window->first.month = window->last.month = month;
        window->first.year = window->last.year = year;
    }
}

static int take_day_first(struct cs__date_cursor *c, struct cs__date_group *group, int between)
{
    struct cs__date_cursor saved = *c;
    int year = 0;
    if (take_days(c, group, between, 1)) {
        skip_space(c);
        if (take_word(c, "of"))
            skip_space(c);
        if (peek(c, 0) == '-' || peek(c, 0) == '/')
            c->at++;
        int month = take_month(c, 1);
        if (month != 0) {
            take_year_after(c, group, &year);
            set_month_year(group, month, year);
            return 1;
        }
    }
    *c = saved;
    *group = (struct cs__date_group){.weekday = -1};
    return 0;
}

static int take_month_first(struct cs__date_cursor *c, struct cs__date_group *group, int between)
{
    struct cs__date_cursor saved = *c;
    int weekday = take_weekday_of(c);
    int year = 0;
    int month = take_month(c, 0);
    if (month == 0) {
        *c = saved;
        return 0;
    }
    struct cs__date_cursor after_month = *c;
    skip_space(c);
    if (take_word(c, "the"))
        skip_space(c);
    if (!take_days(c, group, between, 0)) {
        *c = after_month;
        *group = (struct cs__date_group){.count = 1};
    }
    group->weekday = weekday;
    take_year_after(c, group, &year);
    set_month_year(group, month, year);
    return 1;
}

static int take_season(struct cs__date_cursor *c, struct cs__date_group *group)
{
    struct cs__date_cursor saved = *c;
    int year = 0;
    size_t n = letters(c);
    group->season = n > 0 ? cs__season_parse(c->text + c->at, n) : 0;
    if (group->season != 0) {
        c->at += n;
        take_year_after(c, group, &year);
        group->count = 1;
        set_month_year(group, 0, year);
        if (year != 0)
            return 1;
    }
    *c = saved;
    *group = (struct cs__date_group){.weekday = -1};
    return 0;
}

/* 28/06/2023, 12.03.2020, 19/7/19, 2023-06-28; `*out` is set. */
static int take_numeric(struct cs__date_cursor *c, struct cs__date_part *out)
{
    struct cs__date_cursor saved = *c;
    size_t places[3] = {0};
    int value[3] = {0};
    unsigned char mark = 0;
    for (int i = 0; i < 3; i++) {
        value[i] = take_digits(c, &places[i]);
        if (value[i] < 0 || (i < 2 && (peek(c, 0) == 0 || strchr("/.-", peek(c, 0)) == NULL)) ||
            (i == 1 && peek(c, 0) != mark)) {
            *c = saved;
            return 0;
        }
        if (i < 2) {
            mark = peek(c, 0);
            c->at++;
        }
    }
    if (places[0] == 4)
        *out = (struct cs__date_part){value[0], value[1], value[2]};
    else
        *out = (struct cs__date_part){places[2] == 2 ? 2000 + value[2] : value[2], value[1], value[0]};
    /* "2.1.14" is a paragraph, "1.2.3" a version. */
    int shaped = places[0] == 4 || places[2] == 4 || (mark == '/' && places[2] == 2) ||
                 (places[0] == 2 && places[1] == 2 && places[2] == 2);
    if (shaped && !cs__date_word_byte(peek(c, 0)) && out->year >= YEAR_FIRST && out->year <= YEAR_LAST &&
        cs__date_day(out->year, out->month, out->day).precision == CS_PRECISION_DAY)
        return 1;
    *c = saved;
    return 0;
}

static int take_numeric_group(struct cs__date_cursor *c, struct cs__date_group *group)
{
    struct cs__date_part part;
    struct cs__date_cursor saved = *c;
    int weekday = take_weekday_of(c);
    if (!take_numeric(c, &part)) {
        *c = saved;
        return 0;
    }
    group->weekday = weekday;
    group->windows[0] = (struct cs__date_window){part, part};
    group->count = 1;
    return 1;
}

static int take_year_group(struct cs__date_cursor *c, struct cs__date_group *group)
{
    int year = take_year(c);
    if (year == 0)
        return 0;
    group->windows[0] = (struct cs__date_window){{year, 0, 0}, {year, 0, 0}};
    group->count = 1;
    group->year_only = 1;
    return 1;
}

int cs__date_group_take(struct cs__date_cursor *c, struct cs__date_group *group, int between)
{
    *group = (struct cs__date_group){.weekday = -1};
    return take_numeric_group(c, group) || take_day_first(c, group, between) ||
           take_month_first(c, group, between) || take_season(c, group) || take_year_group(c, group);
}
