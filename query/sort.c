/* SPDX-License-Identifier: MIT */
/* Sort: matches by the date of their visit (else of publication), newest first. */
#include "query/sort.h"

#include <stdlib.h>

#include "core/arena.h"
#include "core/error.h"
#include "query/reader.h"

struct document {
    int64_t first, last, day;
};

struct dated {
    struct cs__match match;
    int64_t day;
    size_t order;
};

static cs_status read_documents(cs_reader *reader, struct cs__arena *arena, struct document **out,
                                size_t *count, cs_error *error)
{
    cs_status status;
    size_t capacity = 0;
    int step = SQLITE_DONE;
    *count = 0;
    *out = NULL;
    sqlite3_stmt *row = cs__reader_statement(reader, CS__SQL_DATES, &status, error);
    while (row != NULL && (step = sqlite3_step(row)) == SQLITE_ROW) {
        if (*count == capacity) {
            size_t more = capacity ? capacity * 2 : 256;
            struct document *items = cs__arena_array(arena, more, sizeof *items);
            if (items == NULL)
                return cs__error_nomem(error);
            for (size_t i = 0; i < *count; i++)
                items[i] = (*out)[i];
            *out = items;
            capacity = more;
        }
        int64_t first = sqlite3_column_int64(row, 0);
        int unknown = sqlite3_column_type(row, 2) == SQLITE_NULL;
        (*out)[(*count)++] = (struct document){first, first + sqlite3_column_int64(row, 1) - 1,
                                               unknown ? INT64_MIN : sqlite3_column_int64(row, 2)};
    }
    if (row != NULL && step != SQLITE_DONE)
        status = cs__reader_failed(reader, error);
    return status;
}

static int64_t day_of(const struct document *documents, size_t count, int64_t passage)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (documents[middle].last < passage)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && documents[low].first <= passage ? documents[low].day : INT64_MIN;
}

static int by_day(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;
    if (x->day != y->day)
        return x->day > y->day ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

cs_status cs__sort_by_date(cs_reader *reader, struct cs__matches *matches, cs_error *error)
{
    struct cs__arena arena = {0};
    struct document *documents;
    size_t count;
    cs_status status = read_documents(reader, &arena, &documents, &count, error);
    struct dated *dated = status == CS_OK ? cs__arena_array(&arena, matches->count, sizeof *dated) : NULL;
    if (status == CS_OK && dated == NULL)
        status = cs__error_nomem(error);
    for (size_t i = 0; status == CS_OK && i < matches->count; i++)
        dated[i] = (struct dated){matches->items[i], day_of(documents, count, matches->items[i].passage), i};
    if (status == CS_OK && matches->count > 1)
        qsort(dated, matches->count, sizeof *dated, by_day);
    for (size_t i = 0; status == CS_OK && i < matches->count; i++)
        matches->items[i] = dated[i].match;
    cs__arena_free(&arena);
    return status;
}
