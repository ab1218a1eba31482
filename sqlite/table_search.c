/* SPDX-License-Identifier: MIT */
/* cs_search('index.db', 'query'): hits, best first. Columns are those of `cs-search --format csv`, and more.
 */
#include "sqlite/hit.h"

SQLITE_EXTENSION_INIT3

/* Without a limit hits come in portions: the first is small, for who takes only a few of them. */
enum { FIRST_PORTION = 200, GROWTH = 10, GREATEST_PORTION = 20000 };

enum column {
    BEFORE = CS__HIT_COUNT - 1,
    INDEX_FILE,
    QUERY,
    MAX_HITS,
    SINCE,
    UNTIL,
    PUBLISHED_SINCE,
    PUBLISHED_UNTIL,
    OVERALL,
    AREA,
    MATCH,
    SORT,
    EXACT,
    NO_FOLD,
    CONTEXT,
    VOCABULARY,
    EXPLAIN,
    TOTAL,
    READ_AS,
    MATCHED,
    ALSO_SEARCHED,
    NOTES,
    COLUMNS
};

#define HIT_COLUMN(id, name, role) {name, CS__##role},
static const struct cs__column columns[COLUMNS] = {
    CS__HIT_COLUMNS(HIT_COLUMN)[INDEX_FILE] = {"index_file", CS__ARGUMENT},
    [QUERY] = {"query", CS__ARGUMENT},
    [MAX_HITS] = {"max_hits", CS__ARGUMENT},
    [SINCE] = {"since", CS__ARGUMENT},
    [UNTIL] = {"until", CS__ARGUMENT},
    [PUBLISHED_SINCE] = {"published_since", CS__ARGUMENT},
    [PUBLISHED_UNTIL] = {"published_until", CS__ARGUMENT},
    [OVERALL] = {"overall", CS__ARGUMENT},
    [AREA] = {"area", CS__ARGUMENT},
    [MATCH] = {"match", CS__ARGUMENT},
    [SORT] = {"sort", CS__ARGUMENT},
    [EXACT] = {"exact", CS__ARGUMENT},
    [NO_FOLD] = {"no_fold", CS__ARGUMENT},
    [CONTEXT] = {"context", CS__ARGUMENT},
    [VOCABULARY] = {"vocabulary", CS__ARGUMENT},
    [EXPLAIN] = {"explain", CS__ARGUMENT},
    [TOTAL] = {"total", CS__FACT},
    [READ_AS] = {"read_as", CS__FACT},
    [MATCHED] = {"matched", CS__FACT},
    [ALSO_SEARCHED] = {"also_searched", CS__FACT},
    [NOTES] = {"notes", CS__FACT},
};

static void release(struct cs__cursor *cursor)
{
    cs_hits_free(cursor->rows);
}

/* How many rows may still be given; -1: all. */
static int64_t wanted(const struct cs__cursor *cursor)
{
    int64_t limit = cursor->limit;
    int64_t most = cs__argument_number(cursor, "max_hits", -1);
    if (most >= 0) {
        most = most > cursor->offset ? most - cursor->offset : 0;
        limit = limit < 0 || most < limit ? most : limit;
    }
    return limit < 0 ? -1 : limit - cursor->row;
}

static cs_status ask(struct cs__cursor *cursor, int64_t count, cs_error *error)
{
    sqlite3_value *query = cursor->arguments[QUERY];
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    cs_hits *hits = NULL;
    cs_status status = cs__argument_filters(cursor, &options, error);
    int64_t offset = cursor->offset + cursor->row;
    if (status != CS_OK || offset > INT32_MAX)
        return status;
    options.offset = (uint32_t)offset;
    options.limit = (uint32_t)(count < INT32_MAX ? count : INT32_MAX);
    options.explain = cs__argument_number(cursor, "explain", 0) != 0;
    const char *text = (const char *)sqlite3_value_text(query);
    if (text == NULL)
        return CS_ERR_NOMEM;
    status = cs_search(cursor->reader, text, (size_t)sqlite3_value_bytes(query), &options, &hits, error);
    if (status != CS_OK)
        return status;
    release(cursor);
    cursor->rows = hits;
    cursor->asked = count;
    /* What goes on about a hit matches nothing, and stands behind all that does. */
    for (cursor->count = cs_hits_count(hits);
         cursor->count > 0 && cs_hits_get(hits, cursor->count - 1)->continues;)
        cursor->count--;
    return CS_OK;
}

static cs_status portion(struct cs__cursor *cursor, int64_t count, cs_error *error)
{
    int64_t left = wanted(cursor);
    cursor->count = 0;
    if (left == 0)
        return CS_OK;
    return ask(cursor, left > 0 && left < count ? left : count, error);
}

static cs_status run(struct cs__cursor *cursor, cs_error *error)
{
    int64_t left = wanted(cursor);
    return portion(cursor, left > 0 ? left : FIRST_PORTION, error);
}

/* Echoes fold away from a portion: a short one is no sign of the end. */
static cs_status more(struct cs__cursor *cursor, cs_error *error)
{
    int64_t asked = cursor->asked * GROWTH;
    if (!cs_hits_total_is_bound(cursor->rows) &&
        cs_hits_total(cursor->rows) <= (uint64_t)(cursor->offset + cursor->row))
        return CS_OK;
    return portion(cursor, asked < GREATEST_PORTION ? asked : GREATEST_PORTION, error);
}

static const char *also(const void *hits, size_t i)
{
    return cs_hits_also_searched(hits, i);
}

static const char *note(const void *hits, size_t i)
{
    return cs_hits_note(hits, i);
}

static void give_fact(sqlite3_context *out, const cs_hits *hits, int column)
{
    switch ((enum column)column) {
    case TOTAL:
        sqlite3_result_int64(out, (sqlite3_int64)cs_hits_total(hits));
        break;
    case READ_AS:
        cs__give_text(out, cs_hits_read_as(hits));
        break;
    case MATCHED:
        cs__give_text(out, cs_hits_match(hits));
        break;
    case ALSO_SEARCHED:
        cs__give_strings(out, also, hits);
        break;
    default:
        cs__give_strings(out, note, hits);
    }
}

static void value(sqlite3_context *out, const struct cs__cursor *cursor, int column)
{
    if (column >= TOTAL)
        give_fact(out, cursor->rows, column);
    else
        cs__give_hit(out, cs_hits_get(cursor->rows, cursor->at), (enum cs__hit_column)column);
}

const struct cs__table cs__table_search = {
    .name = "cs_search",
    .columns = columns,
    .column_count = COLUMNS,
    .required = 2,
    .ranked = 1,
    .run = run,
    .more = more,
    .value = value,
    .release = release,
};
