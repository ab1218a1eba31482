/* SPDX-License-Identifier: MIT */
/* Link, between steps 1 and 2: years of visits that a document dates without one, from what the other
 * documents on the same authority say. Depends on the set of claims alone, never on their order. */
#include "indexer/link_claims.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"

/* Visits are some four months apart, and are counted for at most so many years after a judgement. "September"
 * as a judgement's month is often its report's: the inspection was up to so many months before. */
enum { DAYS_BETWEEN_VISITS = 120, YEARS_AFTER = 5, MONTHS_TO_REPORT = 4 };

static int known(cs_date date)
{
    return date.precision != CS_PRECISION_UNKNOWN;
}

static void civil(int32_t day, int *year, int *month)
{
    int day_of_month;
    cs__day_to_civil(day, year, month, &day_of_month);
}

/* The span of a claim's days in a year; unknown when they do not exist in it. */
static cs_date span_in(const struct cs__link_days *days, int year)
{
    if (days->day == 0)
        return cs__date_month(year, days->month);
    int last_year = days->last_month < days->month ? year + 1 : year;
    return cs__date_span(cs__date_day(year, days->month, days->day),
                         cs__date_day(last_year, days->last_month, days->last_day));
}

static int is_working(cs_date span)
{
    return span.precision != CS_PRECISION_DAY ||
           (cs__day_of_week(span.first) < 5 && cs__day_of_week(span.last) < 5);
}

static int same_authority(const struct cs__link_claim *a, const struct cs__link_claim *b)
{
    return a != b && a->authority[0] != '\0' && strcmp(a->authority, b->authority) == 0;
}

static int could_be_one(const struct cs__link_claim *a, const struct cs__link_claim *b)
{
    return (a->visit_kind == b->visit_kind || a->visit_kind == CS_VISIT_UNKNOWN ||
            b->visit_kind == CS_VISIT_UNKNOWN) &&
           (a->ordinal == b->ordinal || a->ordinal == 0 || b->ordinal == 0);
}

/* Another document dates its visit to the same days of a year; unknown when none, or two years do. */
static cs_date from_same_days(const struct cs__link_claims *claims, const struct cs__link_claim *claim)
{
    cs_date found = {0};
    for (size_t i = 0; i < claims->count; i++) {
        const struct cs__link_claim *other = &claims->items[i];
        int year, month;
        if (!same_authority(claim, other) || !known(other->date) ||
            other->date.precision < CS_PRECISION_MONTH || !could_be_one(claim, other))
            continue;
        civil(other->date.first, &year, &month);
        cs_date span = span_in(&claim->days, year);
        if (!known(span) || span.first > other->date.last || other->date.first > span.last)
            continue;
        if (known(found) && found.first != span.first)
            return (cs_date){0};
        found = span;
    }
    return found;
}

/* When a judgement was given from which a claim's visits may be counted; unknown when the document states
 * none. */
static cs_date judged_on(const struct cs__link_claim *other, cs_judgement standing)
{
    if (other->visit_kind == CS_VISIT_INSPECTION && known(other->date))
        return other->judgements[CS_AREA_OVERALL].value == standing ? other->date : (cs_date){0};
    return other->standing == standing ? other->baseline : (cs_date){0};
}

/* The year whose days come after a judgement at the time at which such a visit is due; distance in days. */
static cs_date due_after(const struct cs__link_claim *claim, cs_date judged, int32_t *distance)
{
    cs_date best = {0};
    int year, month;
    int32_t due = judged.last + DAYS_BETWEEN_VISITS * (claim->ordinal > 0 ? claim->ordinal : 1);
    civil(judged.first, &year, &month);
    for (int later = 0; later <= YEARS_AFTER; later++) {
        cs_date span = span_in(&claim->days, year + later);
        int32_t off = (int32_t)abs(span.first - due);
        if (!known(span) || span.last <= judged.last || !is_working(span) ||
            (known(best) && off >= *distance))
            continue;
        best = span;
        *distance = off;
    }
    return best;
}

static cs_date from_judgement(const struct cs__link_claims *claims, const struct cs__link_claim *claim)
{
    cs_date best = {0};
    int32_t best_distance = 0;
    if (claim->standing == CS_JUDGEMENT_NONE)
        return best;
    for (size_t i = 0; i < claims->count; i++) {
        const struct cs__link_claim *other = &claims->items[i];
        cs_date judged = same_authority(claim, other) ? judged_on(other, claim->standing) : (cs_date){0};
        int32_t distance = 0;
        cs_date span = known(judged) ? due_after(claim, judged, &distance) : (cs_date){0};
        if (!known(span) || (known(best) && (distance > best_distance ||
                                             (distance == best_distance && span.first >= best.first))))
            continue;
        best = span;
        best_distance = distance;
    }
    return best;
}

/* "Inadequate in September last year": the year of that judgement tells the document's, and so the visit's.
 */
static cs_date from_baseline_month(const struct cs__link_claims *claims, const struct cs__link_claim *claim)
{
    cs_date found = {0};
    for (size_t i = 0; i < claims->count; i++) {
        const struct cs__link_claim *other = &claims->items[i];
        cs_date judged = same_authority(claim, other) ? judged_on(other, claim->standing) : (cs_date){0};
        int year, month;
        if (!known(judged))
            continue;
        civil(judged.first, &year, &month);
        int before = claim->baseline_month - month;
        if (before < 0 || before > MONTHS_TO_REPORT)
            continue;
        cs_date span = cs__date_year(year - claim->baseline_year_offset);
        if (!known(found) || span.first > found.first)
            found = span;
    }
    return found;
}

static int set_date(struct cs__link_claims *claims, struct cs__link_claim *claim, cs_date date)
{
    cs_date *window = cs__arena_alloc(&claims->arena, sizeof *window);
    if (window == NULL)
        return 0;
    *window = date;
    claim->windows = window;
    claim->window_count = 1;
    claim->date = date;
    return 1;
}

static cs_date find(const struct cs__link_claims *claims, const struct cs__link_claim *claim)
{
    cs_date date = {0};
    if (claim->days.month > 0)
        date = from_same_days(claims, claim);
    if (!known(date) && claim->days.month > 0)
        date = from_judgement(claims, claim);
    if (!known(date) && claim->days.month == 0 && claim->baseline_month > 0 &&
        claim->baseline_year_offset < 0)
        date = from_baseline_month(claims, claim);
    return date;
}

int cs__link_years(struct cs__link_claims *claims)
{
    cs_date *found = calloc(claims->count + 1, sizeof *found);
    if (found == NULL)
        return 0;
    /* First all, then set: what one claim is given must not tell another. */
    for (size_t i = 0; i < claims->count; i++)
        if (claims->items[i].window_count == 0)
            found[i] = find(claims, &claims->items[i]);
    int ok = 1;
    for (size_t i = 0; i < claims->count; i++)
        if (known(found[i]))
            ok &= set_date(claims, &claims->items[i], found[i]);
    free(found);
    return ok;
}
