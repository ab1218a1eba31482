/* SPDX-License-Identifier: MIT */
/* Queries without words: every passage that passes the filter and is not excluded, newest visit (else
 * publication) first. */
#include "query/match_newest.h"

#include <stdlib.h>

#include "core/error.h"
#include "query/reader.h"

struct walk {
    cs_reader *reader;
    const struct cs__filter *filter;
    int64_t *excluded; /**< in rising order */
    size_t excluded_count;
    uint32_t limit;
    size_t capacity;
    struct cs__matches *out;
};

static int by_id(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int is_excluded(const struct walk *walk, int64_t id)
{
    return walk->excluded_count > 0 &&
           bsearch(&id, walk->excluded, walk->excluded_count, sizeof id, by_id) != NULL;
}

static cs_status add(struct walk *walk, int64_t id, cs_error *error)
{
    struct cs__matches *out = walk->out;
    out->total++;
    if (out->count == walk->limit)
        return CS_OK;
    if (out->count == walk->capacity) {
        size_t capacity = walk->capacity ? walk->capacity * 2 : 64;
        struct cs__match *items = realloc(out->items, capacity * sizeof *items);
        if (items == NULL)
            return cs__error_nomem(error);
        out->items = items;
        walk->capacity = capacity;
    }
    out->items[out->count++] = (struct cs__match){.passage = id, .score = 0};
    return CS_OK;
}

static cs_status add_searchable(struct walk *walk, int64_t first, int64_t last, cs_error *error)
{
    cs_status status;
    int step = SQLITE_DONE;
    sqlite3_stmt *row = cs__reader_statement(walk->reader, CS__SQL_SEARCHABLE, &status, error);
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, first);
    sqlite3_bind_int64(row, 2, last);
    while (status == CS_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(row, 0);
        if (!is_excluded(walk, id))
            status = add(walk, id, error);
    }
    sqlite3_reset(row);
    if (status == CS_OK && step != SQLITE_DONE)
        return cs__reader_failed(walk->reader, error);
    return status;
}

/* The passages of one document, as far as they pass. */
static cs_status add_document(struct walk *walk, int64_t first, int64_t last, cs_error *error)
{
    cs_status status = CS_OK;
    size_t cursor = 0;
    if (walk->filter == NULL)
        return add_searchable(walk, first, last, error);
    int64_t at = cs__filter_seek(walk->filter, &cursor, first);
    while (status == CS_OK && at <= last) {
        int64_t end = walk->filter->ranges[cursor].last;
        status = add_searchable(walk, at, end < last ? end : last, error);
        at = end == INT64_MAX ? INT64_MAX : cs__filter_seek(walk->filter, &cursor, end + 1);
    }
    return status;
}

static cs_status read_excluded(struct walk *walk, const struct cs__node *excluded, cs_error *error)
{
    struct cs__matches matches;
    struct cs__plan plan = {
        .tree = excluded, .match = CS_MATCH_ALL, .filter = walk->filter, .limit = UINT32_MAX};
    cs_status status = cs__match(walk->reader, &plan, &matches, error);
    if (status != CS_OK)
        return status;
    walk->excluded = malloc((matches.count + 1) * sizeof *walk->excluded);
    if (walk->excluded == NULL)
        status = cs__error_nomem(error);
    for (size_t i = 0; status == CS_OK && i < matches.count; i++)
        walk->excluded[walk->excluded_count++] = matches.items[i].passage;
    if (status == CS_OK)
        qsort(walk->excluded, walk->excluded_count, sizeof *walk->excluded, by_id);
    cs__matches_free(&matches);
    return status;
}

cs_status cs__match_newest(cs_reader *reader, const struct cs__node *excluded,
                           const struct cs__filter *filter, uint32_t limit, struct cs__matches *out,
                           cs_error *error)
{
    struct walk walk = {.reader = reader, .filter = filter, .limit = limit, .out = out};
    cs_status status = CS_OK;
    int step = SQLITE_DONE;
    *out = (struct cs__matches){0};
    if (excluded != NULL)
        status = read_excluded(&walk, excluded, error);
    sqlite3_stmt *row = status == CS_OK ? cs__reader_statement(reader, CS__SQL_NEWEST, &status, error) : NULL;
    while (row != NULL && status == CS_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        int64_t first = sqlite3_column_int64(row, 0);
        status = add_document(&walk, first, first + sqlite3_column_int64(row, 1) - 1, error);
    }
    if (status == CS_OK && step != SQLITE_DONE)
        status = cs__reader_failed(reader, error);
    sqlite3_reset(row);
    free(walk.excluded);
    if (status != CS_OK)
        cs__matches_free(out);
    return status;
}
