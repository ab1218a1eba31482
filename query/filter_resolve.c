/* SPDX-License-Identifier: MIT */
/* Resolving filters: conditions on documents and sections -> ranges of passage ids. Values are compared or
 * bound, never part of SQL. */
#include <stdlib.h>
#include <string.h>

#include "core/authority.h"
#include "core/error.h"
#include "query/filter.h"
#include "query/parse.h"
#include "query/reader.h"
#include "query/spelling.h"

/* Fields of a query, and the two options that have no field. */
enum { PUBLISHED_SINCE = CS__FIELD_COUNT, PUBLISHED_UNTIL, KEY_COUNT };

/* One condition. What it is compared with depends on `key`. */
struct condition {
    int key;
    int negated;
    int is_option;
    int is_met; /* by any document */
    const char *text;
    cs_kind kind;
    cs_area area;
    cs_judgement low, high;
    cs_date date;
};

struct conditions {
    struct condition *items;
    size_t count;
    int on_sections, on_overall; /**< whether any asks for a section, or for a judgement */
};

/* A document as filters see it. */
struct candidate {
    int64_t id, first, count;
    const char *authority, *visit;
    cs_kind kind;
    cs_date date, published;
    cs_judgement overall;
};

struct resolver {
    cs_reader *reader;
    struct conditions conditions;
    struct cs__arena *arena;
    struct cs__filter *filter;
    size_t capacity;
    uint64_t undated;
    int nomem;
};

static int read_value(struct condition *condition)
{
    size_t size = strlen(condition->text);
    switch (condition->key) {
    case CS__FIELD_KIND:
        return cs_kind_parse(condition->text, size, &condition->kind) == CS_OK;
    case CS__FIELD_AREA:
        return cs_area_parse(condition->text, size, &condition->area) == CS_OK;
    case CS__FIELD_JUDGEMENT:
    case CS__FIELD_OVERALL:
        return cs__judgement_range_parse(condition->text, &condition->low, &condition->high) == CS_OK;
    case CS__FIELD_SINCE:
    case CS__FIELD_UNTIL:
    case PUBLISHED_SINCE:
    case PUBLISHED_UNTIL:
        return cs_date_parse(condition->text, size, &condition->date) == CS_OK;
    case CS__FIELD_AUTHORITY: {
        const struct cs__authority *authority = cs__authority_named(condition->text, size);
        if (authority != NULL)
            condition->text = authority->name;
        return 1;
    }
    default:
        return 1;
    }
}

static cs_status add_option(struct conditions *conditions, int key, const char *name, const char *value,
                            cs_error *error)
{
    if (value == NULL)
        return CS_OK;
    struct condition condition = {.key = key, .is_option = 1, .text = value};
    if (!read_value(&condition))
        return cs__error_set(
            error, CS_ERR_ARGUMENT, "--%s: \"%s\" is no value for it%s", name, value,
            key == CS__FIELD_SINCE || key == CS__FIELD_UNTIL || key >= PUBLISHED_SINCE
                ? "; a date is written like 2023-06-28, 2023-06, 2023 or \"June 2023\""
            : key == CS__FIELD_JUDGEMENT || key == CS__FIELD_OVERALL
                ? "; judgements are inadequate, requires improvement, adequate, good, "
                  "outstanding, or a range like inadequate..good"
            : key == CS__FIELD_KIND
                ? "; kinds are inspection-report, monitoring-letter, focused-visit-letter, "
                  "article, minutes, other"
                : "; areas are overall, leadership, help and protection, care, care leavers, "
                  "adoption, lscb");
    conditions->items[conditions->count++] = condition;
    return CS_OK;
}

static cs_status add_options(struct conditions *conditions, const cs_search_options *options, cs_error *error)
{
    const struct {
        int key;
        const char *name, *value;
    } given[] = {
        {CS__FIELD_AUTHORITY, "authority", options->authority},
        {CS__FIELD_KIND, "kind", options->kind},
        {CS__FIELD_VISIT, "visit", options->visit},
        {CS__FIELD_SECTION, "section", options->section},
        {CS__FIELD_AREA, "area", options->area},
        {CS__FIELD_JUDGEMENT, "judgement", options->judgement},
        {CS__FIELD_OVERALL, "overall", options->overall},
        {CS__FIELD_SINCE, "since", options->since},
        {CS__FIELD_UNTIL, "until", options->until},
        {PUBLISHED_SINCE, "published-since", options->published_since},
        {PUBLISHED_UNTIL, "published-until", options->published_until},
    };
    cs_status status = CS_OK;
    for (size_t i = 0; i < sizeof given / sizeof given[0] && status == CS_OK; i++)
        status = add_option(conditions, given[i].key, given[i].name, given[i].value, error);
    return status;
}

static void add_fields(struct conditions *conditions, const struct cs__query *query)
{
    for (size_t i = 0; i < query->field_count; i++) {
        const struct cs__field_value *field = &query->fields[i];
        struct condition condition = {
            .key = (int)field->field, .negated = field->negated, .text = field->value};
        if (read_value(&condition))
            conditions->items[conditions->count++] = condition;
    }
}

static cs_status collect(struct resolver *resolver, const struct cs__query *query,
                         const cs_search_options *options, cs_error *error)
{
    struct conditions *conditions = &resolver->conditions;
    conditions->items =
        cs__arena_array(resolver->arena, query->field_count + KEY_COUNT, sizeof *conditions->items);
    if (conditions->items == NULL)
        return cs__error_nomem(error);
    add_fields(conditions, query);
    cs_status status = add_options(conditions, options, error);
    for (size_t i = 0; i < conditions->count; i++) {
        int key = conditions->items[i].key;
        conditions->on_sections |=
            key == CS__FIELD_JUDGEMENT || key == CS__FIELD_AREA || key == CS__FIELD_SECTION;
        conditions->on_overall |= key == CS__FIELD_JUDGEMENT || key == CS__FIELD_OVERALL;
    }
    return status;
}

/* A date passes when it has a day in common with what is asked. */
static int date_holds(const struct condition *condition, cs_date date)
{
    if (date.precision == CS_PRECISION_UNKNOWN)
        return 0;
    if (condition->key == CS__FIELD_SINCE || condition->key == PUBLISHED_SINCE)
        return date.last >= condition->date.first;
    return date.first <= condition->date.last;
}

/* `herefordshire/2023` names all visits of that year. */
static int visit_holds(const char *wanted, const char *visit)
{
    size_t size = strlen(wanted);
    return visit != NULL && strncasecmp(visit, wanted, size) == 0 &&
           (visit[size] == '\0' || visit[size] == '-' || visit[size] == '/');
}

static int document_holds(const struct condition *condition, const struct candidate *candidate)
{
    switch (condition->key) {
    case CS__FIELD_AUTHORITY:
        return candidate->authority != NULL && strcasecmp(candidate->authority, condition->text) == 0;
    case CS__FIELD_KIND:
        return candidate->kind == condition->kind;
    case CS__FIELD_VISIT:
        return visit_holds(condition->text, candidate->visit);
    case CS__FIELD_OVERALL:
        return candidate->overall >= condition->low && candidate->overall <= condition->high;
    case CS__FIELD_SINCE:
    case CS__FIELD_UNTIL:
        return date_holds(condition, candidate->date);
    default:
        return date_holds(condition, candidate->published);
    }
}

struct section {
    const char *heading;
    cs_area area;
    cs_judgement judgement;
};

static int section_holds(const struct condition *condition, const struct section *section)
{
    switch (condition->key) {
    case CS__FIELD_AREA:
        return section->area == condition->area;
    case CS__FIELD_SECTION:
        return section->heading != NULL && strcasestr(section->heading, condition->text) != NULL;
    default:
        return section->judgement >= condition->low && section->judgement <= condition->high;
    }
}

static int is_date(int key)
{
    return key == CS__FIELD_SINCE || key == CS__FIELD_UNTIL || key >= PUBLISHED_SINCE;
}

static int is_on_sections(int key)
{
    return key == CS__FIELD_JUDGEMENT || key == CS__FIELD_AREA || key == CS__FIELD_SECTION;
}

/* Of the conditions on one key from one place (query or options) one must hold; of dates and negated ones,
 * each must. `section` NULL: those on documents; else those on sections. */
static int all_hold(const struct conditions *conditions, const struct candidate *candidate,
                    const struct section *section, int but_for_dates)
{
    unsigned wanted[2] = {0, 0}, held[2] = {0, 0};
    for (size_t i = 0; i < conditions->count; i++) {
        const struct condition *condition = &conditions->items[i];
        if (is_on_sections(condition->key) != (section != NULL) || (but_for_dates && is_date(condition->key)))
            continue;
        int holds =
            section != NULL ? section_holds(condition, section) : document_holds(condition, candidate);
        if (condition->negated || is_date(condition->key)) {
            if (holds == condition->negated)
                return 0;
            continue;
        }
        wanted[condition->is_option] |= 1u << condition->key;
        held[condition->is_option] |= (unsigned)holds << condition->key;
    }
    return wanted[0] == held[0] && wanted[1] == held[1];
}

static void add_range(struct resolver *resolver, int64_t first, int64_t count)
{
    struct cs__filter *filter = resolver->filter;
    if (count <= 0)
        return;
    if (filter->count > 0 && filter->ranges[filter->count - 1].last + 1 == first) {
        filter->ranges[filter->count - 1].last = first + count - 1;
        return;
    }
    if (filter->count == resolver->capacity) {
        size_t capacity = resolver->capacity ? resolver->capacity * 2 : 64;
        struct cs__id_range *ranges = cs__arena_array(resolver->arena, capacity, sizeof *ranges);
        if (ranges == NULL) {
            resolver->nomem = 1;
            return;
        }
        if (filter->count > 0)
            memcpy(ranges, filter->ranges, filter->count * sizeof *ranges);
        filter->ranges = ranges;
        resolver->capacity = capacity;
    }
    filter->ranges[filter->count++] = (struct cs__id_range){first, first + count - 1};
}

static cs_status add_sections(struct resolver *resolver, const struct candidate *candidate, cs_error *error)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(resolver->reader, CS__SQL_FILTER_SECTIONS, &status, error);
    int step = SQLITE_DONE;
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, candidate->id);
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        struct section section = {(const char *)sqlite3_column_text(row, 2),
                                  (cs_area)sqlite3_column_int(row, 3),
                                  (cs_judgement)sqlite3_column_int(row, 4)};
        if (section.judgement == CS_JUDGEMENT_NONE)
            section.judgement = candidate->overall;
        if (all_hold(&resolver->conditions, candidate, &section, 0))
            add_range(resolver, sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1));
    }
    return step == SQLITE_DONE ? CS_OK : cs__reader_failed(resolver->reader, error);
}

static cs_judgement judgement_at(sqlite3_stmt *row, int own, int standing)
{
    const char *stated = (const char *)sqlite3_column_text(row, own);
    cs_judgement judgement = CS_JUDGEMENT_NONE;
    if (stated != NULL && cs_judgement_parse(stated, strlen(stated), &judgement) == CS_OK)
        return judgement;
    return (cs_judgement)sqlite3_column_int(row, standing);
}

static struct candidate read_candidate(sqlite3_stmt *row)
{
    return (struct candidate){
        .id = sqlite3_column_int64(row, 0),
        .first = sqlite3_column_int64(row, 1),
        .count = sqlite3_column_int64(row, 2),
        .authority = (const char *)sqlite3_column_text(row, 3),
        .kind = (cs_kind)sqlite3_column_int(row, 4),
        .visit = (const char *)sqlite3_column_text(row, 5),
        .date = {sqlite3_column_int(row, 6), sqlite3_column_int(row, 7),
                 (cs_precision)sqlite3_column_int(row, 8)},
        .published = {sqlite3_column_int(row, 9), sqlite3_column_int(row, 10),
                      (cs_precision)sqlite3_column_int(row, 11)},
        .overall = judgement_at(row, 12, 13),
    };
}

/* Which names are those of any document. */
static void meet(struct conditions *conditions, const struct candidate *candidate)
{
    for (size_t i = 0; i < conditions->count; i++) {
        struct condition *condition = &conditions->items[i];
        if (condition->key == CS__FIELD_AUTHORITY || condition->key == CS__FIELD_VISIT)
            condition->is_met = condition->is_met || document_holds(condition, candidate);
    }
}

/* The authority that is spelt most like `name`; NULL when none is near. */
static const char *authority_like(const char *name)
{
    const char *best = NULL;
    unsigned least = strlen(name) < 6 ? 2 : 4;
    for (size_t i = 0; i < cs__authority_count; i++) {
        const char *other = cs__authorities[i].name;
        unsigned distance = cs__edit_distance(name, strlen(name), other, strlen(other));
        if (distance < least) {
            least = distance;
            best = other;
        }
    }
    return best;
}

/* A name that no document has is most likely misspelt: silence would read as "nothing was found". */
static void note_unmet(struct resolver *resolver, struct cs__notes *notes)
{
    for (size_t i = 0; i < resolver->conditions.count; i++) {
        const struct condition *condition = &resolver->conditions.items[i];
        int is_authority = condition->key == CS__FIELD_AUTHORITY;
        if (condition->is_met || (!is_authority && condition->key != CS__FIELD_VISIT))
            continue;
        const char *like =
            is_authority && cs__authority_named(condition->text, strlen(condition->text)) == NULL
                ? authority_like(condition->text)
                : NULL;
        resolver->nomem |= !cs__notes_add(
            notes, resolver->arena, "No document in the index is %s %.100s%s%s%s.",
            is_authority ? "on the authority" : "about the visit", condition->text,
            like != NULL ? " (did you mean " : "", like != NULL ? like : "", like != NULL ? "?)" : "");
    }
}

/* Documents that a date kept out only because they have none: a reader must know that they were not looked
 * at. */
static void count_undated(struct resolver *resolver, const struct candidate *candidate)
{
    for (size_t i = 0; i < resolver->conditions.count; i++) {
        int key = resolver->conditions.items[i].key;
        const cs_date *date = key >= PUBLISHED_SINCE ? &candidate->published : &candidate->date;
        if (is_date(key) && date->precision == CS_PRECISION_UNKNOWN) {
            resolver->undated += (uint64_t)all_hold(&resolver->conditions, candidate, NULL, 1);
            return;
        }
    }
}

/* The one authority asked for, if there is just one: it is in SQLite's index. */
static const char *only_authority(const struct conditions *conditions)
{
    const char *name = NULL;
    for (size_t i = 0; i < conditions->count; i++) {
        const struct condition *condition = &conditions->items[i];
        if (condition->key == CS__FIELD_VISIT) /* whether any document is about it, all must tell */
            return NULL;
        if (condition->key != CS__FIELD_AUTHORITY)
            continue;
        if (name != NULL || condition->negated ||
            cs__authority_named(condition->text, strlen(condition->text)) == NULL)
            return NULL;
        name = condition->text;
    }
    return name;
}

static cs_status add_documents(struct resolver *resolver, cs_error *error)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(resolver->reader, CS__SQL_FILTER_DOCUMENTS, &status, error);
    const char *authority = only_authority(&resolver->conditions);
    int step = SQLITE_DONE;
    if (row == NULL)
        return status;
    sqlite3_bind_int(row, 1, resolver->conditions.on_overall);
    if (authority != NULL)
        sqlite3_bind_text(row, 2, authority, -1, SQLITE_STATIC);
    while (status == CS_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        struct candidate candidate = read_candidate(row);
        meet(&resolver->conditions, &candidate);
        if (!all_hold(&resolver->conditions, &candidate, NULL, 0))
            count_undated(resolver, &candidate);
        else if (resolver->conditions.on_sections)
            status = add_sections(resolver, &candidate, error);
        else
            add_range(resolver, candidate.first, candidate.count);
    }
    sqlite3_reset(row);
    if (status == CS_OK && step != SQLITE_DONE)
        return cs__reader_failed(resolver->reader, error);
    return status;
}

/* Of all dates of one kind the tightest; NULL where none is asked. */
static const struct condition *tightest(const struct conditions *conditions, int key, int is_since)
{
    const struct condition *found = NULL;
    for (size_t i = 0; i < conditions->count; i++) {
        const struct condition *condition = &conditions->items[i];
        if (condition->key != key || condition->negated)
            continue;
        if (found == NULL ||
            (is_since ? condition->date.first > found->date.first : condition->date.last < found->date.last))
            found = condition;
    }
    return found;
}

/* A zero must not look like an answer where the dates let nothing pass. */
static void note_dates(struct resolver *resolver, int since_key, int until_key, struct cs__notes *notes)
{
    const struct condition *since = tightest(&resolver->conditions, since_key, 1);
    const struct condition *until = tightest(&resolver->conditions, until_key, 0);
    if (since != NULL && until != NULL && since->date.first > until->date.last)
        resolver->nomem |=
            !cs__notes_add(notes, resolver->arena, "No day is since %s and until %s: the first is later.",
                           since->text, until->text);
}

cs_status cs__filter_resolve(cs_reader *reader, const struct cs__query *query,
                             const cs_search_options *options, struct cs__arena *arena,
                             struct cs__notes *notes, struct cs__filter **out, cs_error *error)
{
    struct resolver resolver = {.reader = reader, .arena = arena};
    *out = NULL;
    cs_status status = collect(&resolver, query, options, error);
    if (status != CS_OK || resolver.conditions.count == 0)
        return status;
    resolver.filter = cs__arena_alloc(arena, sizeof *resolver.filter);
    if (resolver.filter == NULL)
        return cs__error_nomem(error);
    status = add_documents(&resolver, error);
    if (status == CS_OK)
        note_unmet(&resolver, notes);
    note_dates(&resolver, CS__FIELD_SINCE, CS__FIELD_UNTIL, notes);
    note_dates(&resolver, PUBLISHED_SINCE, PUBLISHED_UNTIL, notes);
    if (status == CS_OK && resolver.undated > 0)
        resolver.nomem |= !cs__notes_add(notes, arena, "%llu documents of unknown date were left out.",
                                         (unsigned long long)resolver.undated);
    if (status == CS_OK && resolver.nomem)
        return cs__error_nomem(error);
    if (status == CS_OK)
        *out = resolver.filter;
    return status;
}
