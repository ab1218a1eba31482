/* SPDX-License-Identifier: MIT */
/* Dates as an English reader writes them. */
#include <stdio.h>
#include <string.h>

#include "core/date.h"

#define DASH "\xE2\x80\x93"

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

struct day {
    int year, month, day;
};

static struct day civil(int32_t number)
{
    struct day out;
    cs__day_to_civil(number, &out.year, &out.month, &out.day);
    return out;
}

static void print_days(struct day first, struct day last, char *out)
{
    const char *first_month = months[first.month - 1], *last_month = months[last.month - 1];
    size_t size = CS_DATE_WORDS_SIZE;
    if (first.year != last.year)
        snprintf(out, size, "%d %s %d " DASH " %d %s %d", first.day, first_month, first.year, last.day,
                 last_month, last.year);
    else if (first.month != last.month)
        snprintf(out, size, "%d %s " DASH " %d %s %d", first.day, first_month, last.day, last_month,
                 last.year);
    else if (first.day != last.day)
        snprintf(out, size, "%d" DASH "%d %s %d", first.day, last.day, last_month, last.year);
    else
        snprintf(out, size, "%d %s %d", last.day, last_month, last.year);
}

static void print_months(struct day first, struct day last, char *out)
{
    const char *first_month = months[first.month - 1], *last_month = months[last.month - 1];
    size_t size = CS_DATE_WORDS_SIZE;
    if (first.year != last.year)
        snprintf(out, size, "%s %d " DASH " %s %d", first_month, first.year, last_month, last.year);
    else if (first.month != last.month)
        snprintf(out, size, "%s " DASH " %s %d", first_month, last_month, last.year);
    else
        snprintf(out, size, "%s %d", last_month, last.year);
}

/* A season has the year it begins in. */
static int print_season(struct day day, char *out, size_t size)
{
    static const char *const names[] = {"winter", "spring", "summer", "autumn"};
    int season = day.month % 12 / 3;
    return snprintf(out, size, "%s %d", names[season], day.month <= 2 ? day.year - 1 : day.year);
}

static void print_seasons(struct day first, struct day last, char *out)
{
    char a[CS_DATE_WORDS_SIZE / 3], b[CS_DATE_WORDS_SIZE / 3];
    print_season(first, a, sizeof a);
    print_season(last, b, sizeof b);
    if (strcmp(a, b) == 0)
        snprintf(out, CS_DATE_WORDS_SIZE, "%s", a);
    else
        snprintf(out, CS_DATE_WORDS_SIZE, "%s " DASH " %s", a, b);
}

char *cs_date_words(cs_date date, char out[CS_DATE_WORDS_SIZE])
{
    struct day first = civil(date.first), last = civil(date.last);
    out[0] = '\0';
    switch (date.precision) {
    case CS_PRECISION_UNKNOWN:
        break;
    case CS_PRECISION_YEAR:
        if (first.year != last.year)
            snprintf(out, CS_DATE_WORDS_SIZE, "%d" DASH "%d", first.year, last.year);
        else
            snprintf(out, CS_DATE_WORDS_SIZE, "%d", last.year);
        break;
    case CS_PRECISION_SEASON:
        print_seasons(first, last, out);
        break;
    case CS_PRECISION_MONTH:
        print_months(first, last, out);
        break;
    case CS_PRECISION_DAY:
        print_days(first, last, out);
        break;
    }
    return out;
}
