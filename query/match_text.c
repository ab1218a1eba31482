/* SPDX-License-Identifier: MIT */
/* Match by text: the segments tell what matches; forms are looked up in the text itself. */
#include "query/match_text.h"

#include <stdlib.h>

#include "core/error.h"
#include "query/match.h"
#include "query/reader.h"
#include "query/verify.h"

int cs__ids_add(struct cs__ids *ids, int64_t id)
{
    if (ids->count == ids->capacity) {
        size_t capacity = ids->capacity ? ids->capacity * 2 : 256;
        int64_t *items = realloc(ids->items, capacity * sizeof *items);
        if (items == NULL)
            return 0;
        ids->items = items;
        ids->capacity = capacity;
    }
    ids->items[ids->count++] = id;
    return 1;
}

void cs__ids_free(struct cs__ids *ids)
{
    free(ids->items);
    *ids = (struct cs__ids){0};
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static cs_status match(cs_reader *reader, const struct cs__plan *plan, struct cs__ids *out, cs_error *error)
{
    struct cs__matches matches;
    cs_status status = cs__tree_has_forms(plan->tree) ? cs__match_verified(reader, plan, &matches, error)
                                                      : cs__match(reader, plan, &matches, error);
    for (size_t i = 0; i < matches.count && status == CS_OK; i++) {
        if (!cs__ids_add(out, matches.items[i].passage))
            status = cs__error_nomem(error);
    }
    out->is_bound |= matches.total_is_bound;
    cs__matches_free(&matches);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_id);
    return status;
}

static cs_status all_of(cs_reader *reader, int64_t first, int64_t last, struct cs__ids *out, cs_error *error)
{
    cs_status status;
    int step = SQLITE_DONE;
    sqlite3_stmt *row = cs__reader_statement(reader, CS__SQL_SEARCHABLE, &status, error);
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, first);
    sqlite3_bind_int64(row, 2, last);
    while (status == CS_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        if (!cs__ids_add(out, sqlite3_column_int64(row, 0)))
            status = cs__error_nomem(error);
    }
    if (status == CS_OK && step != SQLITE_DONE)
        status = cs__reader_failed(reader, error);
    sqlite3_reset(row);
    return status;
}

static cs_status everything(cs_reader *reader, const struct cs__filter *filter, struct cs__ids *out,
                            cs_error *error)
{
    cs_status status = CS_OK;
    if (filter == NULL)
        return all_of(reader, INT64_MIN, INT64_MAX, out, error);
    for (size_t i = 0; i < filter->count && status == CS_OK; i++)
        status = all_of(reader, filter->ranges[i].first, filter->ranges[i].last, out, error);
    return status;
}

/* Both ascend. */
static void leave_out(struct cs__ids *ids, const struct cs__ids *excluded)
{
    size_t kept = 0;
    for (size_t i = 0, j = 0; i < ids->count; i++) {
        while (j < excluded->count && excluded->items[j] < ids->items[i])
            j++;
        if (j == excluded->count || excluded->items[j] != ids->items[i])
            ids->items[kept++] = ids->items[i];
    }
    ids->count = kept;
}

cs_status cs__match_text(cs_reader *reader, const struct cs__node *tree, cs_match_mode how,
                         const struct cs__filter *filter, struct cs__ids *out, cs_error *error)
{
    struct cs__plan plan = {
        .tree = tree, .match = how, .filter = filter, .limit = UINT32_MAX, .count_all = 1, .text_only = 1};
    struct cs__ids excluded = {0};
    cs_status status = CS_OK;
    *out = (struct cs__ids){0};
    if (filter != NULL && filter->count == 0)
        return CS_OK;
    if (tree == NULL || tree->kind == CS__NODE_ALL) {
        status = everything(reader, filter, out, error);
    } else if (tree->kind == CS__NODE_NOT && tree->children[0]->kind == CS__NODE_ALL) {
        plan.tree = tree->children[1];
        status = match(reader, &plan, &excluded, error);
        if (status == CS_OK)
            status = everything(reader, filter, out, error);
        leave_out(out, &excluded);
    } else {
        status = match(reader, &plan, out, error);
    }
    cs__ids_free(&excluded);
    if (status != CS_OK)
        cs__ids_free(out);
    return status;
}
