/* SPDX-License-Identifier: MIT */
/* Days, months, seasons and years as spans of days. Public part: cs_date_parse(), cs_date_print() in
 * csearch/types.h. */
#ifndef CORE_DATE_H
#define CORE_DATE_H

#include <csearch/types.h>

/** Years outside are no dates of this field (and keep the arithmetic within int32_t). */
#define CS__YEAR_MIN 1000
#define CS__YEAR_MAX 9999

/**
 * The day number of a calendar day; days are counted from 1970-01-01. `month` is 1..12; `day` may be out of
 * the month's range. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
int32_t cs__day_from_civil(int year, int month, int day);
/** The calendar day of a day number. */
void cs__day_to_civil(int32_t day, int *year, int *month, int *day_of_month);
/** Monday 0 … Sunday 6. */
int cs__day_of_week(int32_t day);
/** Days in a month, 28..31. */
int cs__month_days(int year, int month);

/** Spans; an impossible date (30 February, month 13, year 99) gives the unknown date. */
cs_date cs__date_day(int year, int month, int day);
cs_date cs__date_month(int year, int month);
/** `season` 21 spring (March to May), 22 summer, 23 autumn, 24 winter (December to February of the next
 * year), as EDTF numbers them. */
cs_date cs__date_season(int year, int season);
cs_date cs__date_year(int year);
/** From the first day of `a` to the last of `b`, with the lesser precision; unknown when either is or they
 * are out of order. */
cs_date cs__date_span(cs_date a, cs_date b);

/** The month (1..12) that `size` letters name, in full or by three letters ("Sept" too), in any letter case;
 * 0 when none. */
int cs__month_parse(const char *text, size_t size);
/** The EDTF season (21..24) that `size` letters name ("autumn", "fall"); 0 when none. */
int cs__season_parse(const char *text, size_t size);

#endif
