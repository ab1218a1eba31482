/* SPDX-License-Identifier: MIT */
/* Queries that name an authority: the words without the name, in the authority's papers. */
#include "query/named.h"

#include <stdlib.h>
#include <string.h>

#include "core/authority.h"
#include "core/error.h"
#include "query/match.h"
#include "query/reader.h"

/* Words of a name, with what stands around it ("London Borough of Barking and Dagenham Council"). */
enum { NAME_WORDS_MAX = 8 };

static int is_plain_word(const struct cs__node *node)
{
    return node->kind == CS__NODE_TERM && !node->exact;
}

/* The authority that `count` words at `words` name, or NULL. */
static const struct cs__authority *name_of(struct cs__arena *arena, struct cs__node *const *words,
                                           size_t count, int *nomem)
{
    const char *text = words[0]->typed;
    for (size_t i = 1; i < count && text != NULL; i++)
        text = cs__arena_printf(arena, "%s %s", text, words[i]->typed);
    *nomem |= text == NULL;
    return text != NULL ? cs__authority_named(text, strlen(text)) : NULL;
}

static cs_status has_papers(cs_reader *reader, const char *authority, int *out, cs_error *error)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(reader, CS__SQL_AUTHORITY_EXISTS, &status, error);
    if (row == NULL)
        return status;
    sqlite3_bind_text(row, 1, authority, -1, SQLITE_STATIC);
    int step = sqlite3_step(row);
    *out = step == SQLITE_ROW;
    return step == SQLITE_ROW || step == SQLITE_DONE ? CS_OK : cs__reader_failed(reader, error);
}

/* The longest name that begins with word `at` of a bag; `*taken` is its words, 0 where there is none. */
static cs_status name_at(cs_reader *reader, const struct cs__node *bag, size_t at, struct cs__arena *arena,
                         const struct cs__authority **out, size_t *taken, cs_error *error)
{
    size_t most = 0;
    int nomem = 0, exists = 0;
    while (at + most < bag->child_count && most < NAME_WORDS_MAX && is_plain_word(bag->children[at + most]))
        most++;
    for (*taken = most; *taken > 0 && !nomem; --*taken) {
        const struct cs__authority *found = name_of(arena, bag->children + at, *taken, &nomem);
        char first = bag->children[at]->typed[0];
        if (found == NULL || (found->common_word && *taken == 1 && (at == 0 || first < 'A' || first > 'Z')))
            continue;
        *out = found;
        cs_status status = has_papers(reader, found->name, &exists, error);
        if (status != CS_OK || exists)
            return status;
    }
    *taken = 0;
    return nomem ? cs__error_nomem(error) : CS_OK;
}

static int has_field(const struct cs__query *query, enum cs__query_field field)
{
    for (size_t i = 0; i < query->field_count; i++) {
        if (query->fields[i].field == field)
            return 1;
    }
    return 0;
}

static struct cs__node *new_bag(struct cs__arena *arena, struct cs__node *const *children, size_t count)
{
    struct cs__node *bag = cs__arena_alloc(arena, sizeof *bag);
    if (bag == NULL || (bag->children = cs__arena_array(arena, count + 1, sizeof *children)) == NULL)
        return NULL;
    memcpy(bag->children, children, count * sizeof *children);
    bag->kind = CS__NODE_BAG;
    bag->weight = 1;
    bag->child_count = count;
    return bag;
}

static cs_status find_papers(cs_reader *reader, const struct cs__query *query,
                             const cs_search_options *options, const char *authority, struct cs__arena *arena,
                             struct cs__filter **out, cs_error *error)
{
    struct cs__query with_field = *query;
    struct cs__notes none = {0};
    struct cs__field_value *fields = cs__arena_array(arena, query->field_count + 1, sizeof *fields);
    if (fields == NULL)
        return cs__error_nomem(error);
    if (query->field_count > 0)
        memcpy(fields, query->fields, query->field_count * sizeof *fields);
    fields[query->field_count] = (struct cs__field_value){.field = CS__FIELD_AUTHORITY, .value = authority};
    with_field.fields = fields;
    with_field.field_count = query->field_count + 1;
    return cs__filter_resolve(reader, &with_field, options, arena, &none, out, error);
}

/* Part a bag: `taken` words from `at` on are the name. Without any other word than stop words, it is none. */
static cs_status part(const struct cs__node *bag, size_t at, size_t taken,
                      const struct cs__expand_options *expand, struct cs__arena *arena, struct cs__named *out,
                      cs_error *error)
{
    struct cs__node *words = new_bag(arena, bag->children, bag->child_count);
    struct cs__node *name = new_bag(arena, bag->children + at, taken);
    if (words == NULL || name == NULL)
        return cs__error_nomem(error);
    memmove(words->children + at, words->children + at + taken,
            (bag->child_count - at - taken) * sizeof *words->children);
    words->child_count -= taken;
    cs_status status = cs__expand(words, expand, &out->words, error);
    return status == CS_OK ? cs__expand(name, expand, &out->name, error) : status;
}

static int may_name(const struct cs__query *query, const cs_search_options *options)
{
    return query->tree != NULL && query->tree->kind == CS__NODE_BAG && options->match == CS_MATCH_AUTO &&
           !options->exact && options->authority == NULL && options->visit == NULL &&
           !has_field(query, CS__FIELD_AUTHORITY) && !has_field(query, CS__FIELD_VISIT);
}

cs_status cs__named_find(cs_reader *reader, const struct cs__query *query, const cs_search_options *options,
                         const struct cs__expand_options *expand, struct cs__arena *arena,
                         struct cs__named *out, cs_error *error)
{
    const struct cs__authority *authority = NULL;
    const struct cs__node *bag = query->tree;
    cs_status status = CS_OK;
    size_t taken = 0, at = 0;
    *out = (struct cs__named){0};
    if (!may_name(query, options))
        return CS_OK;
    for (; at < bag->child_count && taken == 0 && status == CS_OK; at += taken == 0)
        status = name_at(reader, bag, at, arena, &authority, &taken, error);
    if (status != CS_OK || taken == 0)
        return status;
    status = part(bag, at, taken, expand, arena, out, error);
    if (status == CS_OK && out->words.tree != NULL && out->name.tree != NULL) {
        status = find_papers(reader, query, options, authority->name, arena, &out->papers, error);
        out->authority = authority->name;
    }
    if (status != CS_OK || out->authority == NULL)
        cs__named_free(out);
    return status;
}

void cs__named_free(struct cs__named *named)
{
    cs__expanded_free(&named->words);
    cs__expanded_free(&named->name);
    *named = (struct cs__named){0};
}

/* --- asking --- */

static int by_score(const void *a, const void *b)
{
    const struct cs__match *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

static int by_passage(const void *a, const void *b)
{
    const struct cs__match *x = a, *y = b;
    if (x->passage != y->passage)
        return x->passage < y->passage ? -1 : 1;
    return x->score > y->score ? -1 : x->score < y->score;
}

/* All of `more` into `into`, each passage once with its better score, best first, at most `limit`. */
static cs_status merge(struct cs__matches *into, const struct cs__matches *more, size_t limit,
                       cs_error *error)
{
    size_t count = into->count + more->count, kept = 0;
    struct cs__match *items = realloc(into->items, (count + 1) * sizeof *items);
    if (items == NULL)
        return cs__error_nomem(error);
    into->items = items;
    if (more->count > 0)
        memcpy(items + into->count, more->items, more->count * sizeof *items);
    qsort(items, count, sizeof *items, by_passage);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || items[kept - 1].passage != items[i].passage)
            items[kept++] = items[i];
    }
    qsort(items, kept, sizeof *items, by_score);
    into->count = kept < limit ? kept : limit;
    return CS_OK;
}

/* All words of `tree` in a passage: how many there are, and the best `limit`. */
static cs_status ask_all(cs_reader *reader, const struct cs__node *tree, const struct cs__filter *filter,
                         uint32_t limit, struct cs__arena *arena, struct cs__matches *out, cs_error *error)
{
    struct cs__plan_request request = {.tree = tree, .filter = filter, .match = CS_MATCH_ALL, .limit = limit};
    struct cs__notes none = {0};
    struct cs__planned planned = {0};
    cs_status status = cs__plan_run(reader, &request, arena, &none, &planned, error);
    *out = planned.matches;
    return status;
}

static cs_status add_score(cs_reader *reader, const struct cs__plan_request *whole,
                           const struct cs__named *named, struct cs__arena *arena,
                           struct cs__matches *matches, cs_error *error)
{
    struct cs__matches best;
    cs_status status = ask_all(reader, named->name.tree, whole->filter, 1, arena, &best, error);
    double score = status == CS_OK && best.count > 0 ? best.items[0].score : 0;
    for (size_t i = 0; i < matches->count; i++)
        matches->items[i].score += score;
    cs__matches_free(&best);
    return status;
}

/* Those that have all words, the name too, wherever they are. */
static cs_status add_whole(cs_reader *reader, const struct cs__plan_request *whole,
                           const struct cs__named *named, struct cs__arena *arena,
                           struct cs__matches *matches, cs_error *error)
{
    struct cs__matches all = {0}, both = {0};
    cs_status status = ask_all(reader, whole->tree, whole->filter, whole->limit, arena, &all, error);
    if (status == CS_OK)
        status = ask_all(reader, whole->tree, named->papers, 1, arena, &both, error);
    if (status == CS_OK)
        status = merge(matches, &all, whole->limit, error);
    matches->total += all.total > both.total ? all.total - both.total : 0;
    matches->total_is_bound |= all.total_is_bound | both.total_is_bound;
    cs__matches_free(&all);
    cs__matches_free(&both);
    return status;
}

cs_status cs__named_run(cs_reader *reader, const struct cs__plan_request *whole,
                        const struct cs__named *named, struct cs__arena *arena, struct cs__notes *notes,
                        struct cs__planned *out, cs_error *error)
{
    struct cs__plan_request request = *whole;
    request.tree = named->words.tree;
    request.filter = named->papers;
    cs_status status = cs__plan_run(reader, &request, arena, notes, out, error);
    if (status != CS_OK || out->matches.count == 0)
        return status;
    status = add_score(reader, whole, named, arena, &out->matches, error);
    if (status == CS_OK)
        status = add_whole(reader, whole, named, arena, &out->matches, error);
    if (status == CS_OK && !cs__notes_add(notes, arena,
                                          "Papers on %s count as having the name; in quotation marks it is a "
                                          "word like others.",
                                          named->authority))
        status = cs__error_nomem(error);
    if (status != CS_OK)
        cs__matches_free(&out->matches);
    return status;
}
