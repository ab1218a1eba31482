/* SPDX-License-Identifier: MIT */
/* Loosen: where any word may match, a compound is its words too. */
#include "query/loosen.h"

#include <string.h>

#include "core/tokenizer.h"
#include "query/rank_constants.h"

static struct cs__node *new_node(struct cs__arena *arena, enum cs__node_kind kind, size_t child_count)
{
    struct cs__node *node = cs__arena_alloc(arena, sizeof *node);
    if (node == NULL ||
        (node->children = cs__arena_array(arena, child_count + 1, sizeof *node->children)) == NULL)
        return NULL;
    node->kind = kind;
    node->weight = 1;
    return node;
}

static int is_compound(const struct cs__node *node)
{
    return node->kind == CS__NODE_PHRASE && !node->quoted && !node->exact && node->forms == NULL &&
           node->term_count > 1;
}

/* The compound and its words, as a bag. */
static struct cs__node *open_compound(const struct cs__node *compound, struct cs__arena *arena)
{
    struct cs__node *bag = new_node(arena, CS__NODE_BAG, compound->term_count + 1);
    struct cs__node *whole = cs__arena_alloc(arena, sizeof *whole);
    if (bag == NULL || whole == NULL)
        return NULL;
    *whole = *compound;
    whole->weight *= CS__RANK_COMPOUND;
    bag->children[bag->child_count++] = whole;
    for (size_t i = 0; i < compound->term_count; i++) {
        const char *term = compound->terms[i];
        if (cs__term_is_stop(term, strlen(term)))
            continue;
        struct cs__node *word = new_node(arena, CS__NODE_TERM, 0);
        if (word == NULL)
            return NULL;
        word->terms = &compound->terms[i];
        word->term_count = 1;
        word->typed = term;
        word->weight = whole->weight;
        bag->children[bag->child_count++] = word;
    }
    return bag;
}

/* A group of what `typed` has become and the variants, if any. */
static struct cs__node *regroup(struct cs__node *const *variants, size_t count, struct cs__node *typed,
                                struct cs__arena *arena)
{
    struct cs__node *group = typed != NULL ? new_node(arena, CS__NODE_GROUP, count + 1) : NULL;
    if (group == NULL)
        return NULL;
    group->children[group->child_count++] = typed;
    for (size_t i = 0; i < count; i++)
        group->children[group->child_count++] = variants[i];
    return group;
}

static struct cs__node *loosen_word(struct cs__node *node, struct cs__arena *arena)
{
    if (is_compound(node))
        return regroup(NULL, 0, open_compound(node, arena), arena);
    if (node->kind == CS__NODE_GROUP && is_compound(node->children[0]))
        return regroup(node->children + 1, node->child_count - 1, open_compound(node->children[0], arena),
                       arena);
    return node;
}

struct cs__node *cs__loosen(struct cs__node *tree, struct cs__arena *arena)
{
    if (tree->kind != CS__NODE_BAG && tree->kind != CS__NODE_NOT)
        return loosen_word(tree, arena);
    struct cs__node *out = new_node(arena, tree->kind, tree->child_count);
    if (out == NULL)
        return NULL;
    out->weight = tree->weight;
    out->child_count = tree->child_count;
    for (size_t i = 0; i < tree->child_count; i++) {
        struct cs__node *child = tree->children[i];
        /* What a NOT takes away stays as it is. */
        if (tree->kind == CS__NODE_BAG)
            out->children[i] = loosen_word(child, arena);
        else
            out->children[i] = i == 0 ? cs__loosen(child, arena) : child;
        if (out->children[i] == NULL)
            return NULL;
    }
    return out;
}
