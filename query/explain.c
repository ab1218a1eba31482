/* SPDX-License-Identifier: MIT */
/* Explain: a match -> the parts of its score, in words. */
#include "query/explain.h"

#include <stdlib.h>

#include "core/buffer.h"
#include "core/error.h"
#include "query/parse.h"

struct part {
    const struct cs__node *node;
    double score;
    size_t order;
};

struct parts {
    struct part *items;
    size_t count, capacity;
    struct cs__arena *arena;
    int nomem;
};

static void add(struct parts *parts, const struct cs__node *node)
{
    if (parts->count == parts->capacity) {
        size_t capacity = parts->capacity ? parts->capacity * 2 : 16;
        struct part *items = cs__arena_array(parts->arena, capacity, sizeof *items);
        if (items == NULL) {
            parts->nomem = 1;
            return;
        }
        for (size_t i = 0; i < parts->count; i++)
            items[i] = parts->items[i];
        parts->items = items;
        parts->capacity = capacity;
    }
    parts->items[parts->count] = (struct part){node, 0, parts->count};
    parts->count++;
}

/* The parts whose scores add up: children of what sums, and what a NOT takes from. */
static void collect(struct parts *parts, const struct cs__node *node)
{
    switch (node->kind) {
    case CS__NODE_AND:
    case CS__NODE_OR:
    case CS__NODE_BAG:
        for (size_t i = 0; i < node->child_count; i++)
            collect(parts, node->children[i]);
        break;
    case CS__NODE_NOT:
        collect(parts, node->children[0]);
        break;
    case CS__NODE_ALL:
        break;
    default:
        add(parts, node);
        break;
    }
}

static cs_status score_part(cs_reader *reader, int64_t passage, struct part *part, cs_error *error)
{
    struct cs__id_range range = {passage, passage};
    struct cs__filter only = {&range, 1};
    struct cs__plan plan = {.tree = part->node, .match = CS_MATCH_ANY, .filter = &only, .limit = 1};
    struct cs__matches matches;
    cs_status status = cs__match(reader, &plan, &matches, error);
    if (status != CS_OK)
        return status;
    part->score = matches.count > 0 ? matches.items[0].score : 0;
    cs__matches_free(&matches);
    return CS_OK;
}

static int by_score(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void print(const struct parts *parts, double score, struct cs__buffer *out)
{
    double rest = score;
    cs__buffer_printf(out, "score %.2f:", score);
    for (size_t i = 0; i < parts->count && parts->items[i].score > 0; i++) {
        cs__buffer_string(out, i > 0 ? " + " : " ");
        cs__tree_print(parts->items[i].node, out);
        cs__buffer_printf(out, " %.2f", parts->items[i].score);
        rest -= parts->items[i].score;
    }
    /* What a second look at the best adds or takes is not a word's. */
    if (rest > 0.005 || rest < -0.005)
        cs__buffer_printf(out, " %c order and place %.2f", rest < 0 ? '-' : '+', rest < 0 ? -rest : rest);
}

cs_status cs__explain(cs_reader *reader, const struct cs__node *tree, const struct cs__match *match,
                      struct cs__arena *arena, const char **out, cs_error *error)
{
    struct parts parts = {.arena = arena};
    struct cs__buffer text = {0};
    cs_status status = CS_OK;
    *out = NULL;
    if (tree == NULL)
        return CS_OK;
    collect(&parts, tree);
    for (size_t i = 0; i < parts.count && status == CS_OK; i++)
        status = score_part(reader, match->passage, &parts.items[i], error);
    if (status != CS_OK)
        return status;
    if (parts.count > 1)
        qsort(parts.items, parts.count, sizeof *parts.items, by_score);
    print(&parts, match->score, &text);
    *out = text.failed || parts.nomem ? NULL : cs__arena_copy(arena, text.data, text.size);
    cs__buffer_free(&text);
    return *out != NULL ? CS_OK : cs__error_nomem(error);
}
