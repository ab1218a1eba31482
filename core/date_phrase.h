/* SPDX-License-Identifier: MIT */
/* Dates in English prose. Input: UTF-8 (any bytes are safe); output: one phrase at a time, with its windows
 * of days as far as the words fix them. "29 to 30 March 2023" is one window, "2 to 6 December 2024 and 13 to
 * 15 January 2025" are two; a year that the words don't give stays 0 for the caller to find out. */
#ifndef CORE_DATE_PHRASE_H
#define CORE_DATE_PHRASE_H

#include <csearch/types.h>

/** A day, month or year as the words give it; 0 for a part that they don't. */
struct cs__date_part {
    int year;
    int month; /**< 1..12 */
    int day;   /**< 1..31; the month may have fewer */
};

/** First and last day, month or year of one stay. */
struct cs__date_window {
    struct cs__date_part first, last;
};

enum cs__date_vague {
    CS__DATE_EXACT = 0,
    CS__DATE_EARLY, /**< "in early March", "at the start of March" */
    CS__DATE_MID,
    CS__DATE_LATE /**< "in late March", "at the end of March" */
};

/** A longer list of days is cut. */
#define CS__DATE_WINDOWS_MAX 8

struct cs__date_phrase {
    size_t start, end; /**< bytes of the text, half open */
    struct cs__date_window windows[CS__DATE_WINDOWS_MAX];
    size_t window_count; /**< at least 1 */
    int season;          /**< 21..24 as EDTF numbers them, 0 where it is none: "autumn 2023" */
    enum cs__date_vague vague;
    int weekday;     /**< of the first day: Monday 0 … Sunday 6; -1 where it is not said */
    int year_offset; /**< "this year" 0, "last year" -1, "next year" 1; see `has_year_offset` */
    int has_year_offset;
};

/**
 * The next phrase that starts at `from` or later; 1 and `*out` is set, or 0 when there is none.
 *
 * Read are days ("4 and 5 October 2022", "June 7 and June 8", "20/21st", "18th and 19th of February 2025",
 * "12.03.2020", "(19/7/19)", "2023-06-28"), months ("in early May", "June 2023"), seasons with a year, and
 * bare years from 1990 to 2099. A month alone counts when a word before it makes it one ("in May"). Numbers
 * that only look like dates ("section 47", "16- and 17-year-olds", "2016/17") do not.
 */
int cs__date_phrase_next(const char *text, size_t size, size_t from, struct cs__date_phrase *out);

/**
 * A window as a span, at the precision that it has; `year` stands in for a year that it lacks.
 *
 * Unknown when neither gives a year or the day does not exist.
 */
cs_date cs__date_window_span(const struct cs__date_window *window, int year);

/** Whether the words give the year of each window. */
int cs__date_phrase_has_year(const struct cs__date_phrase *phrase);
/** Whether it gives days (not only a month, season or year). */
int cs__date_phrase_has_day(const struct cs__date_phrase *phrase);

/** The year in `from`..`to` nearest to `to` in which the phrase's first day is its weekday; 0 when none, or
 * when it says no weekday. */
int cs__date_phrase_weekday_year(const struct cs__date_phrase *phrase, int from, int to);

#endif
