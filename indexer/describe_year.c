/* SPDX-License-Identifier: MIT */
/* Years of dates that have none. Always a conclusion, never a statement. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "indexer/describe_visit.h"

/* Monitoring visits and focused visits are made since 2016; later years than this one are not guessed. */
enum { YEAR_FIRST = 2016, YEAR_LAST = 2026, YEARS_AFTER_JUDGEMENT = 5, DAYS_BETWEEN_VISITS = 120 };

static cs_date span_in(const struct cs__visit_candidate *c, int year)
{
    return cs__date_window_span(&c->phrase->windows[0], year);
}

/* Inspectors come on working days. */
static int is_working(cs_date span)
{
    if (span.precision != CS_PRECISION_DAY)
        return span.precision != CS_PRECISION_UNKNOWN;
    return cs__day_of_week(span.first) < 5 && cs__day_of_week(span.last) < 5;
}

static int year_of_day(int32_t day)
{
    int year, month, day_of_month;
    cs__day_to_civil(day, &year, &month, &day_of_month);
    return year;
}

/* The date before it in the sentence has a year: "the first on 28 February 2023, the second on 25 July". */
static int from_sentence(struct cs__describer *d, const struct cs__visit_candidate *c)
{
    const struct cs__prose *prose = cs__describer_prose(d, c->block);
    size_t first, last;
    cs__prose_sentence(prose, c->first, &first, &last);
    int year = 0, month = 0;
    for (size_t i = 0; i < prose->date_count; i++) {
        const struct cs__date_phrase *before = &prose->dates[i];
        if (before->start < prose->words[first].start || before->end > c->phrase->start)
            continue;
        const struct cs__date_part *part = &before->windows[before->window_count - 1].last;
        if (part->month == 0 || (part->year == 0 && year == 0))
            continue;
        year = part->year != 0 ? part->year : year + (part->month < month);
        month = part->month;
    }
    return year == 0 ? 0 : year + (c->phrase->windows[0].first.month < month);
}

/* The last such day before publication. */
static int from_published(struct cs__describer *d, const struct cs__visit_candidate *c)
{
    if (d->published.precision == CS_PRECISION_UNKNOWN)
        return 0;
    int year = year_of_day(d->published.last);
    cs_date span = span_in(c, year);
    return span.precision != CS_PRECISION_UNKNOWN && span.first > d->published.last ? year - 1 : year;
}

/* The latest date that the text gives with a year (`months`: and a month), but for aims ("good by 2019"). */
static cs_date latest_dated(struct cs__describer *d, int months)
{
    cs_date latest = {0};
    for (size_t block = 0; block < d->blocks->count; block++) {
        if (!cs__describer_is_body(d, block))
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        for (size_t i = 0; i < prose->date_count; i++) {
            cs_date span = cs__date_window_span(&prose->dates[i].windows[0], 0);
            size_t start = prose->dates[i].start;
            int aim = start >= 3 && memcmp(prose->text + start - 3, "by ", 3) == 0;
            if (span.precision == CS_PRECISION_UNKNOWN || aim ||
                (months && span.precision < CS_PRECISION_MONTH))
                continue;
            if (latest.precision == CS_PRECISION_UNKNOWN || span.first > latest.first)
                latest = span;
        }
    }
    return latest;
}

/* The year whose days are nearest to a month that the text dates: news is of one time. */
static int nearest_to(const struct cs__visit_candidate *c, cs_date dated)
{
    int best = 0;
    int32_t best_off = 0;
    for (int year = year_of_day(dated.first) - 1; year <= year_of_day(dated.first) + 1; year++) {
        cs_date span = span_in(c, year);
        int32_t off = (int32_t)abs(span.first - dated.first);
        if (span.precision == CS_PRECISION_UNKNOWN || !is_working(span) || (best != 0 && off >= best_off))
            continue;
        best = year;
        best_off = off;
    }
    return best;
}

/* A weekday beside a date of the text ("today (Friday, August 2)") fixes the year of all. */
static int from_weekdays(struct cs__describer *d, const struct cs__visit_candidate *c, int from)
{
    for (size_t block = 0; block < d->blocks->count; block++) {
        if (!cs__describer_is_text(d, block))
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        for (size_t i = 0; i < prose->date_count; i++) {
            const struct cs__date_phrase *phrase = &prose->dates[i];
            if (phrase->windows[0].first.year != 0 || phrase->weekday < 0)
                continue;
            for (int year = from; year <= YEAR_LAST; year++)
                if (cs__date_phrase_weekday_year(phrase, year, year) == year) {
                    int later = phrase->windows[0].first.month >= c->phrase->windows[0].first.month;
                    return later ? year : year - 1;
                }
        }
    }
    return 0;
}

/* The year whose days come when such a visit is due: visits are some four months apart. */
static int due_after(struct cs__describer *d, const struct cs__visit_candidate *c, int32_t day)
{
    int from = year_of_day(day), best = 0;
    int32_t due = day + DAYS_BETWEEN_VISITS * (d->ordinal > 0 ? d->ordinal : 1), best_off = 0;
    for (int year = from; year <= from + YEARS_AFTER_JUDGEMENT && year <= YEAR_LAST; year++) {
        cs_date span = span_in(c, year);
        int32_t off = (int32_t)abs(span.first - due);
        if (span.precision == CS_PRECISION_UNKNOWN || span.last <= day || !is_working(span) ||
            (best != 0 && off >= best_off))
            continue;
        best = year;
        best_off = off;
    }
    return best;
}

/* Years that a judgement, or any other date of the text, lets one conclude. */
static int from_dates(struct cs__describer *d, const struct cs__visit_candidate *c, const char **rule)
{
    cs_date month = latest_dated(d, 1), any = latest_dated(d, 0);
    if (d->standing_date.precision != CS_PRECISION_UNKNOWN) {
        *rule = "year.after-judgement";
        return due_after(d, c, d->standing_date.first);
    }
    if (month.precision != CS_PRECISION_UNKNOWN) {
        *rule = "year.nearest-month";
        return nearest_to(c, month);
    }
    *rule = "year.after-latest";
    return any.precision != CS_PRECISION_UNKNOWN ? due_after(d, c, any.last) : 0;
}

int cs__year_of(struct cs__describer *d, const struct cs__visit_candidate *c, const char **rule)
{
    cs_date from = d->standing_date.precision != CS_PRECISION_UNKNOWN ? d->standing_date : latest_dated(d, 0);
    int year = from_sentence(d, c);
    *rule = "year.same-sentence";
    if (year == 0) {
        year = from_published(d, c);
        *rule = "year.before-publication";
    }
    if (year == 0) {
        year = from_weekdays(d, c,
                             from.precision != CS_PRECISION_UNKNOWN ? year_of_day(from.first) : YEAR_FIRST);
        *rule = "year.weekday";
    }
    return year != 0 ? year : from_dates(d, c, rule);
}
