/* SPDX-License-Identifier: MIT */
/* Explain: a match -> the parts of its score, in words and as numbers. */
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

static void add_part(struct cs__explained *out, cs_score_part *parts, const char *name, double score)
{
    if (score > 0.005 || score < -0.005)
        parts[out->part_count++] = (cs_score_part){name, score};
}

/* What the second look added and took; what is left comes of the document: its other passages, or whose it
 * is. */
static void add_second(struct cs__explained *out, cs_score_part *parts, const struct cs__rerank_parts *second,
                       double rest)
{
    if (second != NULL) {
        add_part(out, parts, "near each other", second->near);
        add_part(out, parts, "others in its section", second->context);
        add_part(out, parts, "repeats another", second->echo);
        add_part(out, parts, "said in every document", second->boilerplate);
        rest -= second->near + second->context + second->echo + second->boilerplate;
    }
    add_part(out, parts, "its document", rest);
}

/* At most so many parts that are no part of the tree. */
enum { SECOND_PARTS = 5 };

static cs_status list(const struct parts *words, const struct cs__rerank_parts *second, double score,
                      struct cs__explained *out)
{
    cs_score_part *parts = cs__arena_array(words->arena, words->count + SECOND_PARTS, sizeof *parts);
    double rest = score;
    if (parts == NULL)
        return CS_ERR_NOMEM;
    out->parts = parts;
    for (size_t i = 0; i < words->count && words->items[i].score > 0; i++) {
        struct cs__buffer name = {0};
        cs__tree_print(words->items[i].node, &name);
        const char *copy = name.failed ? NULL : cs__arena_copy(words->arena, name.data, name.size);
        cs__buffer_free(&name);
        if (copy == NULL)
            return CS_ERR_NOMEM;
        parts[out->part_count++] = (cs_score_part){copy, words->items[i].score};
        rest -= words->items[i].score;
    }
    add_second(out, parts, second, rest);
    return CS_OK;
}

static cs_status print(struct cs__explained *out, double score, struct cs__arena *arena)
{
    struct cs__buffer text = {0};
    cs__buffer_printf(&text, "score %.2f:", score);
    for (size_t i = 0; i < out->part_count; i++) {
        double part = out->parts[i].score;
        cs__buffer_string(&text, part < 0 ? " - " : i > 0 ? " + " : " ");
        cs__buffer_printf(&text, "%s %.2f", out->parts[i].name, part < 0 ? -part : part);
    }
    out->text = text.failed ? NULL : cs__arena_copy(arena, text.data, text.size);
    cs__buffer_free(&text);
    return out->text != NULL ? CS_OK : CS_ERR_NOMEM;
}

cs_status cs__explain(cs_reader *reader, const struct cs__node *tree, const struct cs__match *match,
                      const struct cs__reranking *reranking, struct cs__arena *arena,
                      struct cs__explained *out, cs_error *error)
{
    struct parts parts = {.arena = arena};
    const struct cs__reranked *second = NULL;
    cs_status status = CS_OK;
    *out = (struct cs__explained){0};
    if (tree == NULL)
        return CS_OK;
    collect(&parts, tree);
    if (parts.nomem)
        return cs__error_nomem(error);
    for (size_t i = 0; i < parts.count && status == CS_OK; i++)
        status = score_part(reader, match->passage, &parts.items[i], error);
    if (status != CS_OK)
        return status;
    if (parts.count > 1)
        qsort(parts.items, parts.count, sizeof *parts.items, by_score);
    if (reranking != NULL)
        second = cs__reranking_find(reranking, match->passage);
    status = list(&parts, second != NULL ? &second->parts : NULL, match->score, out);
    if (status == CS_OK)
        status = print(out, match->score, arena);
    return status == CS_OK ? CS_OK : cs__error_nomem(error);
}
