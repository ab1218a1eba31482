/* SPDX-License-Identifier: MIT */
/* A report's title, framework and form, and the dates of the inspection. */
#include "indexer/describer.h"

#include <string.h>

#include "core/date.h"

enum { HEAD_BLOCKS = 40, TITLE_BLOCKS = 12, HEAD_SIZE_MAX = 1200 };

/* The first page's words, by the framework that they are of. */
static const struct {
    const char *pattern;
    const char *framework;
    const char *rule;
} frameworks[] = {
    {"inspection of services for children in need of help", "SIF", "framework.title-sif"},
    {"inspection of ~6 looked after childrens|children services", "pre-SIF", "framework.title-2013"},
    {"inspection of ~6 arrangements for the protection of children", "pre-SIF", "framework.title-2013"},
    {"inspection of childrens social care services", "ILACS", "framework.title-ilacs"},
    {"inspection of ~12 childrens services|service", "ILACS", "framework.title-ilacs"},
    {"impact of leaders on social? work? practice", "ILACS", "framework.table"},
    {"children looked after and achieving permanence", "SIF", "framework.table"},
};

static int is_head(const struct cs__describer *d, size_t block)
{
    const struct cs__block *b = &d->blocks->items[block];
    return cs__describer_is_body(d, block) && b->page <= 2 && b->size <= HEAD_SIZE_MAX;
}

static void set_framework(struct cs__describer *d, size_t block, size_t row,
                          const struct cs__prose_match *match)
{
    cs__describer_add(d, "framework", frameworks[row].framework, CS_STATE_STATED,
                      cs__evidence_words(d, block, match->first, match->last), frameworks[row].rule);
    d->ilacs = strcmp(frameworks[row].framework, "ILACS") == 0;
    d->pre_sif = strcmp(frameworks[row].framework, "pre-SIF") == 0;
}

static void read_framework(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t block = 0, seen = 0; block < d->blocks->count && seen < HEAD_BLOCKS; block++) {
        if (!is_head(d, block))
            continue;
        seen++;
        const struct cs__prose *prose = cs__describer_title(d, block);
        for (size_t row = 0; row < sizeof frameworks / sizeof frameworks[0]; row++)
            if (cs__prose_find(prose, 0, frameworks[row].pattern, &match)) {
                set_framework(d, block, row, &match);
                return;
            }
    }
}

static int working_days(cs_date window)
{
    int days = 0;
    for (int32_t day = window.first; day <= window.last && day < window.first + 366; day++)
        days += cs__day_of_week(day) < 5;
    return days;
}

/* A short ILACS inspection is one week on site, a standard one two; what the report does not say outright. */
static void read_form(struct cs__describer *d, int days, struct cs__evidence evidence)
{
    struct cs__prose_match match;
    for (size_t block = 0, seen = 0; block < d->blocks->count && seen < TITLE_BLOCKS; block++) {
        if (!is_head(d, block))
            continue;
        seen++;
        if (cs__prose_find(cs__describer_prose(d, block), 0, "re inspection of", &match) ||
            cs__prose_find(cs__describer_prose(d, block), 0, "reinspection of", &match)) {
            cs__describer_add(d, "form", "re-inspection", CS_STATE_STATED, cs__evidence_block(d, block),
                              "form.title");
            return;
        }
    }
    if (d->ilacs && days > 0)
        cs__describer_add(d, "form", days <= 7 ? "short" : "standard", CS_STATE_DERIVED, evidence,
                          "form.days");
    else if (!d->ilacs && !d->pre_sif)
        cs__describer_add(d, "form", "standard", CS_STATE_DERIVED, CS__NO_EVIDENCE, "form.title");
}

/* The dates after a label, as long as no other words than "and" part them. */
static int add_windows(struct cs__describer *d, const struct cs__prose *prose, size_t at,
                       struct cs__evidence evidence)
{
    int days = 0, any = 0;
    struct cs__prose_match date;
    while (cs__prose_match_at(prose, at, any ? "and? <date>" : "~2 <date>", &date)) {
        for (size_t i = 0; i < date.date->window_count; i++) {
            cs_date window = cs__date_window_span(&date.date->windows[i], 0);
            cs__describer_add_window(d, window, CS_STATE_STATED, evidence, "dates.label");
            days += window.precision == CS_PRECISION_DAY ? working_days(window) : 0;
            any |= window.precision != CS_PRECISION_UNKNOWN;
        }
        at = date.last;
        if (at < prose->count && prose->words[at].breaks & CS__BREAK_SENTENCE)
            break;
    }
    if (any)
        read_form(d, days, evidence);
    return any;
}

/* The dates may stand in the block after their label. */
static int read_label(struct cs__describer *d, size_t block, const char *label)
{
    struct cs__prose_match match;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    if (!cs__prose_find(prose, 0, label, &match))
        return 0;
    if (match.last < prose->count)
        return add_windows(d, prose, match.last, cs__evidence_words(d, block, match.first, prose->count));
    size_t next = cs__describer_next(d, block);
    prose = cs__describer_joined(d, block);
    return next < d->blocks->count && add_windows(d, prose, match.last, cs__evidence_block(d, next));
}

/* Dates that no label of the first page gives may stand in the running footer. */
static int from_footers(struct cs__describer *d)
{
    for (size_t block = 0; block < d->blocks->count; block++) {
        enum cs__block_kind kind = d->blocks->items[block].kind;
        if (kind != CS__BLOCK_RUNNING_FOOTER && kind != CS__BLOCK_RUNNING_HEADER)
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        if (prose->date_count != 1 || !cs__date_phrase_has_day(&prose->dates[0]))
            continue;
        cs_date window = cs__date_window_span(&prose->dates[0].windows[0], 0);
        if (window.precision != CS_PRECISION_DAY || window.first == window.last)
            continue;
        cs__describer_add_window(d, window, CS_STATE_STATED, cs__evidence_block(d, block), "dates.footer");
        read_form(d, working_days(window), cs__evidence_block(d, block));
        return 1;
    }
    return 0;
}

/* A running footer repeats the dates; where it says others, both are shown. */
static void check_footers(struct cs__describer *d, size_t header)
{
    for (size_t block = 0; block < d->blocks->count; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (b->kind != CS__BLOCK_RUNNING_FOOTER && b->kind != CS__BLOCK_RUNNING_HEADER)
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        if (prose->date_count != 1 || !cs__date_phrase_has_day(&prose->dates[0]))
            continue;
        cs_date other = cs__date_window_span(&prose->dates[0].windows[0], 0);
        if (other.precision != CS_PRECISION_DAY ||
            (other.first >= d->visit.first && other.last <= d->visit.last))
            continue;
        cs__describer_contradict(d, "visit_window", cs__evidence_block(d, header),
                                 cs__evidence_block(d, block));
        return;
    }
}

static void read_dates(struct cs__describer *d)
{
    static const char *const labels[] = {"inspection dates|date", "dates|date of inspection", "inspected on"};
    if (cs__describer_has(d, "visit_window"))
        return;
    for (size_t block = 0, seen = 0; block < d->blocks->count && seen < HEAD_BLOCKS; block++) {
        if (!is_head(d, block))
            continue;
        seen++;
        for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
            if (read_label(d, block, labels[i])) {
                check_footers(d, block);
                return;
            }
    }
    if (!from_footers(d))
        cs__describer_add(d, "visit_window", NULL, CS_STATE_UNREADABLE, CS__NO_EVIDENCE, "dates.label");
}

static void read_title(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t block = 0, seen = 0; block < d->blocks->count && seen < TITLE_BLOCKS; block++) {
        if (!is_head(d, block))
            continue;
        seen++;
        const struct cs__prose *prose = cs__describer_title(d, block);
        if (cs__prose_find(prose, 0, "inspection of", &match)) {
            cs__describer_add_text(d, "title", prose->text, prose->size, CS_STATE_STATED,
                                   cs__evidence_block(d, block), "title.inspection-of");
            return;
        }
    }
}

void cs__describe_report(struct cs__describer *d)
{
    d->visit_kind = CS_VISIT_INSPECTION;
    cs__describer_add(d, "visit_kind", cs_visit_kind_name(CS_VISIT_INSPECTION), CS_STATE_DERIVED,
                      CS__NO_EVIDENCE, "visit-kind.report");
    read_title(d);
    read_framework(d);
    read_dates(d);
}
