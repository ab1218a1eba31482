/* SPDX-License-Identifier: MIT */
/* When a document was published: what it prints; else what its container, file name or copyright line lets
 * one conclude. A file's modification time says nothing and is not asked. */
#include "indexer/describer.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/date.h"

enum { HEAD_BLOCKS = 40, HEAD_SIZE_MAX = 1200 };

static void settle(struct cs__describer *d, cs_date date, cs_state state, struct cs__evidence evidence,
                   const char *rule)
{
    if (date.precision == CS_PRECISION_UNKNOWN || cs__describer_has(d, "published"))
        return;
    d->published = date;
    cs__describer_add_date(d, "published", date, state, evidence, rule);
}

/* Labels with the date after them. */
static const struct {
    const char *pattern;
    const char *rule;
} labels[] = {
    {"report published <date>", "published.label"},
    {"^ published : <date>", "published.label"},
    {"^ published on? <date>", "published.label"},
    {"publication|published date : <date>", "published.label"},
    {"published : <date>", "published.label"},
    {"^ posted on? <date>", "published.label"},
    {"^ meeting : ~2 <date>", "published.meeting"},
    {"meeting held on|at ~4 <date>", "published.meeting"},
    {"^ meeting of ~14 <date>", "published.meeting"},
    {"^ minutes of ~16 <date>", "published.meeting"},
    {"today|morning <date>", "published.today"},
    {"today|morning on? <date>", "published.today"},
};

static cs_date span_of(const struct cs__date_phrase *phrase)
{
    if (!cs__date_phrase_has_year(phrase))
        return (cs_date){0};
    return cs__date_window_span(&phrase->windows[0], 0);
}

/* Labels in a prose; the quotation is of `quoted`. */
static void read_labels(struct cs__describer *d, const struct cs__prose *prose, size_t quoted)
{
    struct cs__prose_match match;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (cs__prose_find(prose, 0, labels[i].pattern, &match))
            settle(d, span_of(match.date),
                   strcmp(labels[i].rule, "published.label") == 0 ? CS_STATE_STATED : CS_STATE_DERIVED,
                   cs__evidence_block(d, quoted), labels[i].rule);
}

static void from_labels(struct cs__describer *d)
{
    for (size_t block = 0, seen = 0; block < d->blocks->count && seen < HEAD_BLOCKS; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (!cs__describer_is_text(d, block) || b->page > 2 || b->size > HEAD_SIZE_MAX)
            continue;
        seen++;
        read_labels(d, cs__describer_prose(d, block), block);
        /* The date may stand in the block after its label. */
        size_t next = cs__describer_next(d, block);
        if (b->size > 0 && b->text[b->size - 1] == ':' && next < d->blocks->count)
            read_labels(d, cs__describer_joined(d, block), next);
    }
}

/* A letter or page that begins with a date, alone on its line or before the addressee. */
static void from_dateline(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t block = 0, seen = 0; block < d->blocks->count && seen < 10; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (!cs__describer_is_text(d, block))
            continue;
        seen++;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        int letter =
            d->out->kind == CS_KIND_MONITORING_LETTER || d->out->kind == CS_KIND_FOCUSED_VISIT_LETTER;
        size_t most = letter ? 40 : 8;
        if (b->size > 300 || prose->count > most || !cs__prose_find(prose, 0, "^ ~3 <date>", &match) ||
            !cs__date_phrase_has_day(match.date) || match.last - match.first > 8)
            continue;
        if (letter || match.last == prose->count)
            settle(d, span_of(match.date), CS_STATE_STATED, cs__evidence_block(d, block),
                   "published.dateline");
    }
}

static void from_property(struct cs__describer *d, const char *key, cs_state state, const char *rule)
{
    const char *value = cs__describer_property(d, key);
    cs_date date;
    size_t size = value != NULL ? strlen(value) : 0;
    /* "2023-06-15T09:12:00Z": the day is enough. */
    if (size >= 10 && cs_date_parse(value, 10, &date) == CS_OK)
        settle(d, date, state, CS__NO_EVIDENCE, rule);
    else if (size > 0 && cs_date_parse(value, size, &date) == CS_OK)
        settle(d, date, state, CS__NO_EVIDENCE, rule);
}

void cs__describe_published(struct cs__describer *d)
{
    if (d->out->kind != CS_KIND_OTHER) {
        from_labels(d);
        if (d->out->kind != CS_KIND_INSPECTION_REPORT)
            from_dateline(d);
    }
    from_property(d, "published", CS_STATE_STATED, "published.metadata");
}

/* ---- what is concluded, once the visit is known ---- */

/* Dates that place the document's own day: `days` is what to add to the date named. */
static const struct {
    const char *pattern;
    int days;
    const char *rule;
} placed[] = {
    {"a week today <date>", -7, "published.week-before"},
    {"a week today on? <date>", -7, "published.week-before"},
    {"a fortnight today <date>", -14, "published.fortnight-before"},
    {"tomorrow <date>", -1, "published.day-before"},
    {"yesterday <date>", 1, "published.day-after"},
    {"today|morning ~2 <date>", 0, "published.today"},
};

/* The first such day after the visit, of the weekday that it names if it names one. */
static int year_after(const struct cs__describer *d, const struct cs__date_phrase *phrase)
{
    int year, month, day;
    if (d->visit.precision == CS_PRECISION_UNKNOWN)
        return 0;
    cs__day_to_civil(d->visit.first, &year, &month, &day);
    int by_weekday = cs__date_phrase_weekday_year(phrase, year, year + 1);
    if (by_weekday != 0)
        return by_weekday;
    return cs__date_window_span(&phrase->windows[0], year).first < d->visit.first ? year + 1 : year;
}

static void from_placed(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t block = 0; block < d->blocks->count; block++) {
        if (!cs__describer_is_body(d, block))
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        for (size_t i = 0; i < sizeof placed / sizeof placed[0]; i++) {
            if (!cs__prose_find(prose, 0, placed[i].pattern, &match) || !cs__date_phrase_has_day(match.date))
                continue;
            int year = cs__date_phrase_has_year(match.date) ? 0 : year_after(d, match.date);
            cs_date date = cs__date_window_span(&match.date->windows[0], year);
            date.first += placed[i].days;
            date.last += placed[i].days;
            settle(d, date, CS_STATE_DERIVED, cs__evidence_words(d, block, match.first, match.last),
                   placed[i].rule);
        }
    }
}

/* A date in the file's name: "2023-05-09", "20230509". */
static void from_name(struct cs__describer *d)
{
    const char *name = d->input->name;
    for (size_t i = 0; name != NULL && name[i] != '\0'; i++) {
        if ((i > 0 && isdigit((unsigned char)name[i - 1])) || name[i] != '2' || name[i + 1] != '0')
            continue;
        char digits[11];
        size_t n = strspn(name + i, "0123456789"), size = n == 8 ? 8 : 10;
        if ((n != 8 && n != 4) || strlen(name + i) < size || isdigit((unsigned char)name[i + size]))
            continue;
        memcpy(digits, name + i, size);
        digits[size] = '\0';
        if (n == 8) {
            memmove(digits + 5, digits + 4, 2);
            memcpy(digits + 8, name + i + 6, 2);
            digits[4] = digits[7] = '-';
        }
        cs_date date;
        if (cs_date_parse(digits, 10, &date) == CS_OK && date.precision == CS_PRECISION_DAY)
            settle(d, date, CS_STATE_DERIVED, CS__NO_EVIDENCE, "published.file-name");
    }
}

/* The day on which the PDF was made, when that is after the visit and within the time reports take. */
static void from_container(struct cs__describer *d)
{
    enum { LONGEST_DELAY = 400 };
    const char *created = cs__describer_property(d, "created");
    cs_date date;
    if (created == NULL || strlen(created) < 10 || cs_date_parse(created, 10, &date) != CS_OK)
        return;
    if (d->visit.precision != CS_PRECISION_UNKNOWN &&
        (date.first < d->visit.last || date.first > d->visit.last + LONGEST_DELAY))
        return;
    settle(d, date, CS_STATE_DERIVED, CS__NO_EVIDENCE, "published.pdf-created");
}

static void from_copyright(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t block = d->blocks->count; block-- > 0;) {
        const struct cs__block *b = &d->blocks->items[block];
        if (b->size > HEAD_SIZE_MAX || strcasestr(b->text, "copyright") == NULL)
            continue;
        if (cs__prose_find(cs__describer_prose(d, block), 0, "copyright <date>", &match))
            settle(d, span_of(match.date), CS_STATE_DERIVED,
                   cs__evidence_words(d, block, match.first, match.last), "published.copyright");
    }
}

void cs__describe_published_derived(struct cs__describer *d)
{
    if (cs__describer_has(d, "published"))
        return;
    if (d->out->kind != CS_KIND_OTHER && d->out->kind != CS_KIND_INSPECTION_REPORT)
        from_placed(d);
    from_name(d);
    if (strcmp(d->input->format, "pdf") == 0)
        from_container(d);
    from_copyright(d);
}
