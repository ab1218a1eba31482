/* SPDX-License-Identifier: MIT */
/* Sections that have all words of a bag: the rarest word's sections, less those without the next, and so on.
 */
#include "query/plan_section.h"

#include <stdlib.h>

#include "core/error.h"
#include "query/match.h"
#include "query/reader.h"
#include "query/verify.h"

struct child {
    const struct cs__node *node;
    uint64_t total;
};

static cs_status ask(cs_reader *reader, const struct cs__node *tree, const struct cs__filter *filter,
                     uint32_t limit, struct cs__matches *out, cs_error *error)
{
    struct cs__plan plan = {
        .tree = tree, .match = CS_MATCH_ALL, .filter = filter, .limit = limit, .count_all = 1};
    if (cs__tree_has_forms(tree))
        return cs__match_verified(reader, &plan, out, error);
    return cs__match(reader, &plan, out, error);
}

static int by_total(const void *a, const void *b)
{
    const struct child *x = a, *y = b;
    return x->total < y->total ? -1 : x->total > y->total;
}

static int by_id(const void *a, const void *b)
{
    const struct cs__match *x = a, *y = b;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

/* How many passages each child is in, rarest first. `*missing` when one is in none. */
static cs_status count_children(cs_reader *reader, const struct cs__node *bag,
                                const struct cs__filter *filter, struct child *children, int *missing,
                                cs_error *error)
{
    *missing = 0;
    for (size_t i = 0; i < bag->child_count && !*missing; i++) {
        struct cs__matches matches;
        cs_status status = ask(reader, bag->children[i], filter, 1, &matches, error);
        if (status != CS_OK)
            return status;
        children[i] = (struct child){bag->children[i], matches.total};
        *missing = matches.total == 0;
        cs__matches_free(&matches);
    }
    qsort(children, bag->child_count, sizeof *children, by_total);
    return CS_OK;
}

/* The sections of passages, given in the order of their ids. */
static cs_status sections_of(cs_reader *reader, const struct cs__matches *matches, struct cs__filter *out,
                             cs_error *error)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(reader, CS__SQL_SECTION_OF, &status, error);
    for (size_t i = 0; row != NULL && i < matches->count; i++) {
        int64_t id = matches->items[i].passage;
        if (out->count > 0 && id <= out->ranges[out->count - 1].last)
            continue;
        sqlite3_reset(row);
        sqlite3_bind_int64(row, 1, id);
        int step = sqlite3_step(row);
        if (step != SQLITE_ROW)
            return step == SQLITE_DONE ? cs__reader_missing(reader, "passage", id, error)
                                       : cs__reader_failed(reader, error);
        out->ranges[out->count++] =
            (struct cs__id_range){sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1)};
    }
    return status;
}

/* Of what `filter` lets pass, the sections where `node` occurs. */
static cs_status narrow(cs_reader *reader, const struct cs__node *node, const struct cs__filter *filter,
                        struct cs__arena *arena, struct cs__filter **out, cs_error *error)
{
    struct cs__matches matches;
    struct cs__filter sections = {0};
    cs_status status = ask(reader, node, filter, UINT32_MAX, &matches, error);
    if (status != CS_OK)
        return status;
    sections.ranges = cs__arena_array(arena, matches.count + 1, sizeof *sections.ranges);
    if (sections.ranges == NULL)
        status = cs__error_nomem(error);
    if (matches.count > 1)
        qsort(matches.items, matches.count, sizeof *matches.items, by_id);
    if (status == CS_OK)
        status = sections_of(reader, &matches, &sections, error);
    if (status == CS_OK && cs__filter_intersect(&sections, NULL, arena, out) != CS_OK)
        status = cs__error_nomem(error);
    cs__matches_free(&matches);
    return status;
}

cs_status cs__plan_sections(cs_reader *reader, const struct cs__node *bag, const struct cs__filter *filter,
                            struct cs__arena *arena, struct cs__filter **out, cs_error *error)
{
    struct cs__filter none = {0}, *sections = NULL, *passing = NULL;
    int missing = 0;
    struct child *children = cs__arena_array(arena, bag->child_count, sizeof *children);
    if (children == NULL || cs__filter_intersect(&none, NULL, arena, out) != CS_OK)
        return cs__error_nomem(error);
    if (bag->child_count > CS__SECTION_WORDS_MAX)
        return CS_OK;
    cs_status status = count_children(reader, bag, filter, children, &missing, error);
    if (status != CS_OK || missing || children[0].total > CS__SECTION_PASSAGES_MAX)
        return status;
    for (size_t i = 0; i < bag->child_count; i++) {
        const struct cs__filter *from = i == 0 ? filter : passing;
        status = narrow(reader, children[i].node, from, arena, &sections, error);
        if (status == CS_OK && cs__filter_intersect(sections, filter, arena, &passing) != CS_OK)
            status = cs__error_nomem(error);
        if (status != CS_OK || passing->count == 0)
            return status;
    }
    *out = passing;
    return CS_OK;
}
