/* SPDX-License-Identifier: MIT */
/* Days, months, seasons and years as spans of days, and printing them as EDTF. */
#include "core/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

int32_t cs__day_from_civil(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)(era * 146097 + day_of_era - 719468);
}

void cs__day_to_civil(int32_t day, int *year, int *month, int *day_of_month)
{
    int64_t z = (int64_t)day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    *day_of_month = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int cs__day_of_week(int32_t day)
{
    return (int)((((int64_t)day + 3) % 7 + 7) % 7);
}

int cs__month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static int valid_month(int year, int month)
{
    return year >= CS__YEAR_MIN && year <= CS__YEAR_MAX && month >= 1 && month <= 12;
}

cs_date cs__date_day(int year, int month, int day)
{
    if (!valid_month(year, month) || day < 1 || day > cs__month_days(year, month))
        return (cs_date){0};
    int32_t number = cs__day_from_civil(year, month, day);
    return (cs_date){number, number, CS_PRECISION_DAY};
}

cs_date cs__date_month(int year, int month)
{
    if (!valid_month(year, month))
        return (cs_date){0};
    return (cs_date){cs__day_from_civil(year, month, 1),
                     cs__day_from_civil(year, month, cs__month_days(year, month)), CS_PRECISION_MONTH};
}

cs_date cs__date_season(int year, int season)
{
    if (!valid_month(year, 1) || season < 21 || season > 24)
        return (cs_date){0};
    int first_month = 3 + (season - 21) * 3;
    int last_year = season == 24 ? year + 1 : year;
    int last_month = season == 24 ? 2 : first_month + 2;
    return (cs_date){cs__day_from_civil(year, first_month, 1),
                     cs__day_from_civil(last_year, last_month, cs__month_days(last_year, last_month)),
                     CS_PRECISION_SEASON};
}

cs_date cs__date_year(int year)
{
    if (!valid_month(year, 1))
        return (cs_date){0};
    return (cs_date){cs__day_from_civil(year, 1, 1), cs__day_from_civil(year, 12, 31), CS_PRECISION_YEAR};
}

cs_date cs__date_span(cs_date a, cs_date b)
{
    if (a.precision == CS_PRECISION_UNKNOWN || b.precision == CS_PRECISION_UNKNOWN || a.first > b.last)
        return (cs_date){0};
    return (cs_date){a.first, b.last, a.precision < b.precision ? a.precision : b.precision};
}

/* One end of an interval, at the date's own precision: the span that `day` lies in. */
static int print_point(char *out, size_t size, int32_t day, cs_precision precision)
{
    int year, month, day_of_month;
    cs__day_to_civil(day, &year, &month, &day_of_month);
    switch (precision) {
    case CS_PRECISION_YEAR:
        return snprintf(out, size, "%04d", year);
    case CS_PRECISION_SEASON:
        /* January and February belong to the winter that began the year before. */
        return snprintf(out, size, "%04d-%d", month <= 2 ? year - 1 : year, month <= 2 ? 24 : 20 + month / 3);
    case CS_PRECISION_MONTH:
        return snprintf(out, size, "%04d-%02d", year, month);
    default:
        return snprintf(out, size, "%04d-%02d-%02d", year, month, day_of_month);
    }
}

char *cs_date_print(cs_date date, char out[CS_DATE_SIZE])
{
    char first[CS_DATE_SIZE / 2] = "", last[CS_DATE_SIZE / 2] = "";
    out[0] = '\0';
    if (date.precision == CS_PRECISION_UNKNOWN)
        return out;
    print_point(first, sizeof first, date.first, date.precision);
    print_point(last, sizeof last, date.last, date.precision);
    if (strcmp(first, last) == 0)
        snprintf(out, CS_DATE_SIZE, "%s", first);
    else
        snprintf(out, CS_DATE_SIZE, "%s/%s", first, last);
    return out;
}

static int same_letters(const char *name, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (name[i] == '\0' || name[i] != tolower((unsigned char)text[i]))
            return 0;
    return 1;
}

int cs__month_parse(const char *text, size_t size)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    if (size < 3)
        return 0;
    for (int i = 0; i < 12; i++) {
        size_t whole = strlen(names[i]);
        if (same_letters(names[i], text, size) && (size == 3 || size == whole || (i == 8 && size == 4)))
            return i + 1;
    }
    return 0;
}

int cs__season_parse(const char *text, size_t size)
{
    static const struct {
        const char *name;
        int season;
    } names[] = {{"spring", 21}, {"summer", 22}, {"autumn", 23}, {"fall", 23}, {"winter", 24}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i].name) == size && same_letters(names[i].name, text, size))
            return names[i].season;
    return 0;
}
