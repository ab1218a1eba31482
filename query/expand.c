/* SPDX-License-Identifier: MIT */
/* Expand: a parsed tree -> the tree that is matched. */
#include "query/expand.h"

#include <string.h>

#include "core/error.h"
#include "query/themes.h"

static struct cs__node *expand(struct cs__expander *expander, const struct cs__node *node, int negated);

/* What is left of a node with `count` children; one stands for itself. */
static struct cs__node *reduced(struct cs__node *node, size_t count)
{
    node->child_count = count;
    if (count == 0)
        return NULL;
    return count == 1 ? node->children[0] : node;
}

static struct cs__node *expand_children(struct cs__expander *expander, const struct cs__node *node,
                                        int negated)
{
    struct cs__node *out = cs__expand_node(expander, node->kind, node->child_count);
    size_t count = 0;
    if (out == NULL)
        return NULL;
    out->distance = node->distance;
    for (size_t i = 0; i < node->child_count; i++) {
        struct cs__node *child = node->kind == CS__NODE_NEAR ? cs__expand_leaf(expander, node->children[i], 1)
                                                             : expand(expander, node->children[i], negated);
        if (child != NULL)
            out->children[count++] = child;
    }
    return reduced(out, count);
}

static struct cs__node *expand_not(struct cs__expander *expander, const struct cs__node *node, int negated)
{
    struct cs__node *from = expand(expander, node->children[0], negated);
    struct cs__node *what = expand(expander, node->children[1], 1);
    if (from == NULL || what == NULL)
        return from != NULL && from->kind == CS__NODE_ALL ? NULL : from;
    struct cs__node *out = cs__expand_node(expander, CS__NODE_NOT, 2);
    if (out == NULL)
        return NULL;
    out->children[0] = from;
    out->children[1] = what;
    return out;
}

static int same_form(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static int same_leaf(const struct cs__node *a, const struct cs__node *b)
{
    if (a->kind != b->kind || a->term_count != b->term_count || a->term_count == 0 ||
        (a->forms == NULL) != (b->forms == NULL))
        return 0;
    for (size_t i = 0; i < a->term_count; i++) {
        if (strcmp(a->terms[i], b->terms[i]) != 0 ||
            (a->forms != NULL && !same_form(a->forms[i], b->forms[i])))
            return 0;
    }
    return 1;
}

/* A word typed twice counts twice, once. */
static int merged(struct cs__node *const *children, size_t count, const struct cs__node *child)
{
    for (size_t i = 0; i < count; i++) {
        if (same_leaf(children[i], child)) {
            children[i]->weight += child->weight;
            return 1;
        }
    }
    return 0;
}

static int is_stop(const struct cs__node *node)
{
    return node->kind == CS__NODE_TERM && !node->exact &&
           cs__term_is_stop(node->terms[0], strlen(node->terms[0]));
}

/* Stop words go, unless there is nothing else. */
static size_t drop_stop_words(struct cs__node **children, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        kept += !is_stop(children[i]);
    if (kept == 0 || kept == count)
        return count;
    kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_stop(children[i]))
            children[kept++] = children[i];
    }
    return kept;
}

struct cs__node *cs__expand_tidy(struct cs__node *bag)
{
    return reduced(bag, drop_stop_words(bag->children, bag->child_count));
}

static int is_leaf(const struct cs__node *node)
{
    return node->kind == CS__NODE_TERM || node->kind == CS__NODE_PHRASE || node->kind == CS__NODE_PREFIX;
}

/* The node for the first of `nodes`, and for those behind it that are one name with it. */
static struct cs__node *expand_first(struct cs__expander *expander, struct cs__node *const *nodes,
                                     size_t count, int negated, size_t *taken)
{
    struct cs__node *group = negated ? NULL : cs__expand_words(expander, nodes, count, taken);
    if (group != NULL)
        return group;
    *taken = 1;
    return is_leaf(nodes[0]) ? cs__expand_leaf(expander, nodes[0], negated)
                             : expand(expander, nodes[0], negated);
}

static struct cs__node *expand_bag(struct cs__expander *expander, const struct cs__node *node, int negated)
{
    struct cs__node *out = cs__expand_node(expander, CS__NODE_BAG, node->child_count);
    size_t count = 0, taken;
    if (out == NULL)
        return NULL;
    for (size_t i = 0; i < node->child_count; i += taken) {
        if (expander->leaves >= CS__EXPAND_LEAVES_MAX) {
            expander->nomem |= !cs__notes_add(
                &expander->out->notes, &expander->out->arena,
                "The query is very long: only its first %d words were searched.", CS__EXPAND_LEAVES_MAX);
            break;
        }
        struct cs__node *child =
            expand_first(expander, node->children + i, node->child_count - i, negated, &taken);
        if (child != NULL && !merged(out->children, count, child))
            out->children[count++] = child;
    }
    out->child_count = count;
    return cs__expand_tidy(out);
}

/* The words of a theme are all it takes: no other names for them. */
static struct cs__node *expand_theme(struct cs__expander *expander, const struct cs__node *node, int negated)
{
    const struct cs__expand_options *before = expander->options;
    struct cs__expand_options options = {.tokenizer = before->tokenizer};
    struct cs__arena work = {0};
    struct cs__node *out = NULL,
                    *tree = node->theme != NULL ? cs__themes_tree(&node->theme->words, &work) : NULL;
    expander->nomem |= tree == NULL && node->theme != NULL;
    expander->options = &options;
    if (tree != NULL)
        out = expand(expander, tree, negated);
    expander->options = before;
    for (size_t i = 0; tree != NULL && !negated && i < node->theme->words.count; i++)
        cs__expand_also(expander, node->theme->words.items[i]);
    cs__arena_free(&work);
    return out;
}

static struct cs__node *expand(struct cs__expander *expander, const struct cs__node *node, int negated)
{
    size_t taken;
    if (expander->nomem || expander->status != CS_OK)
        return NULL;
    switch (node->kind) {
    case CS__NODE_ALL:
        return cs__expand_node(expander, CS__NODE_ALL, 0);
    case CS__NODE_NOT:
        return expand_not(expander, node, negated);
    case CS__NODE_BAG:
        return expand_bag(expander, node, negated);
    case CS__NODE_NEAR:
    case CS__NODE_AND:
    case CS__NODE_OR:
        return expand_children(expander, node, negated);
    case CS__NODE_THEME:
        return expand_theme(expander, node, negated);
    default:
        return expand_first(expander, (struct cs__node *const[]){(struct cs__node *)node}, 1, negated,
                            &taken);
    }
}

cs_status cs__expand(const struct cs__node *tree, const struct cs__expand_options *options,
                     struct cs__expanded *out, cs_error *error)
{
    *out = (struct cs__expanded){0};
    struct cs__expander expander = {.options = options, .out = out, .error = error};
    if (tree != NULL)
        out->tree = expand(&expander, tree, 0);
    if (!expander.nomem && expander.status == CS_OK)
        return CS_OK;
    cs__expanded_free(out);
    return expander.nomem ? cs__error_nomem(error) : expander.status;
}

void cs__expanded_free(struct cs__expanded *expanded)
{
    cs__arena_free(&expanded->arena);
    *expanded = (struct cs__expanded){0};
}
