/* SPDX-License-Identifier: MIT */
/* Plan: an expanded tree and a filter -> matches, by way of as many questions as it takes. */
#include "query/plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "query/match_newest.h"
#include "query/plan_section.h"
#include "query/verify.h"

struct planner {
    cs_reader *reader;
    const struct cs__plan_request *request;
    struct cs__arena *arena;
    struct cs__notes *notes;
    struct cs__planned *out;
};

static cs_status ask(struct planner *planner, const struct cs__node *tree, const struct cs__filter *filter,
                     cs_match_mode match, uint32_t minimum, cs_error *error)
{
    struct cs__planned *out = planner->out;
    struct cs__plan plan = {
        .tree = tree, .match = match, .minimum = minimum, .filter = filter, .limit = planner->request->limit};
    cs__matches_free(&out->matches);
    out->match = match;
    out->minimum = minimum;
    if (cs__tree_has_forms(tree))
        return cs__match_verified(planner->reader, &plan, &out->matches, error);
    return cs__match(planner->reader, &plan, &out->matches, error);
}

/* The bag whose words may be asked for less strictly: the root, or what a NOT at the root takes from. */
static const struct cs__node *loose_bag(const struct cs__node *tree)
{
    if (tree->kind == CS__NODE_NOT)
        tree = tree->children[0];
    return tree->kind == CS__NODE_BAG ? tree : NULL;
}

/* Words of a bag may be missing; what was put in quotation marks, brackets or under an operator may not. */
static int may_be_missing(const struct cs__node *child)
{
    if (child->kind == CS__NODE_GROUP)
        return may_be_missing(child->children[0]);
    return child->kind == CS__NODE_BAG || ((child->kind == CS__NODE_TERM || child->kind == CS__NODE_PHRASE) &&
                                           !child->quoted && !child->exact);
}

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

/* The bag as an AND of what must be there and a BAG of what may be missing. `*loose` counts the latter. */
static struct cs__node *split_bag(const struct cs__node *bag, struct cs__arena *arena, size_t *loose)
{
    size_t most = 1;
    for (size_t i = 0; i < bag->child_count; i++)
        most += 1 + bag->children[i]->child_count;
    struct cs__node *all = new_node(arena, CS__NODE_AND, most);
    struct cs__node *words = new_node(arena, CS__NODE_BAG, bag->child_count);
    *loose = 0;
    if (all == NULL || words == NULL)
        return NULL;
    for (size_t i = 0; i < bag->child_count; i++) {
        struct cs__node *child = bag->children[i];
        if (may_be_missing(child)) {
            words->children[words->child_count++] = child;
            continue;
        }
        size_t inner = child->kind == CS__NODE_AND ? child->child_count : 0;
        for (size_t j = 0; j < inner; j++)
            all->children[all->child_count++] = child->children[j];
        if (inner == 0)
            all->children[all->child_count++] = child;
    }
    *loose = words->child_count;
    if (words->child_count > 0)
        all->children[all->child_count++] = words->child_count == 1 ? words->children[0] : words;
    return all->child_count == 1 ? all->children[0] : all;
}

/* The tree with another bag in the place of its own. */
static struct cs__node *with_bag(const struct cs__node *tree, struct cs__node *bag, struct cs__arena *arena)
{
    if (tree->kind != CS__NODE_NOT || bag == NULL)
        return bag;
    struct cs__node *node = new_node(arena, CS__NODE_NOT, 2);
    if (node == NULL)
        return NULL;
    node->child_count = 2;
    node->children[0] = bag;
    node->children[1] = tree->children[1];
    return node;
}

/* Bags whose children are counted. */
static size_t count_bags(const struct cs__node *tree)
{
    size_t bags = tree->kind == CS__NODE_BAG;
    size_t children = tree->kind == CS__NODE_AND ? tree->child_count : tree->kind == CS__NODE_NOT;
    for (size_t i = 0; i < children; i++)
        bags += count_bags(tree->children[i]);
    return bags;
}

/* As many of the words as some passage has, up to `most`; `*found` is how many, 0 where none has any. */
static cs_status ask_up_to(struct planner *planner, const struct cs__node *tree, uint32_t most,
                           uint32_t *found, cs_error *error)
{
    struct cs__planned *out = planner->out;
    struct cs__plan plan = {.tree = tree,
                            .match = CS_MATCH_ANY,
                            .minimum = 1,
                            .most = most,
                            .filter = planner->request->filter,
                            .limit = planner->request->limit};
    cs__matches_free(&out->matches);
    out->match = CS_MATCH_ANY;
    cs_status status = cs__match(planner->reader, &plan, &out->matches, error);
    *found = out->minimum = out->matches.count > 0 ? out->matches.minimum : 0;
    return status;
}

/* The same where only the texts tell what matches: by halving. */
static cs_status ask_by_halves(struct planner *planner, const struct cs__node *tree, uint32_t most,
                               uint32_t *found, cs_error *error)
{
    uint32_t failed = most + 1;
    *found = 0;
    while (*found + 1 < failed) {
        uint32_t middle = *found == 0 && failed > most ? most : *found + (failed - *found) / 2;
        cs_status status = ask(planner, tree, planner->request->filter, CS_MATCH_ANY, middle, error);
        if (status != CS_OK)
            return status;
        if (planner->out->matches.count > 0)
            *found = middle;
        else
            failed = middle;
    }
    return *found > 0 && planner->out->minimum != *found
               ? ask(planner, tree, planner->request->filter, CS_MATCH_ANY, *found, error)
               : CS_OK;
}

/* As many of the words as some passage has, but no more than most of them: one word more in one passage is no
 * reason to hide all others. */
static cs_status ask_most(struct planner *planner, const struct cs__node *bag, cs_error *error)
{
    const struct cs__plan_request *request = planner->request;
    size_t loose;
    struct cs__node *split = split_bag(bag, planner->arena, &loose);
    struct cs__node *tree = with_bag(request->tree, split, planner->arena);
    cs_status status = CS_OK;
    if (tree == NULL)
        return cs__error_nomem(error);
    if (loose < 2)
        return CS_OK;
    uint32_t found = 0, most = (uint32_t)loose / 2 + 1;
    most = most < loose ? most : (uint32_t)loose - 1; /* no passage has all */
    status = cs__tree_has_forms(tree) || count_bags(tree) != 1
                 ? ask_by_halves(planner, tree, most, &found, error)
                 : ask_up_to(planner, tree, most, &found, error);
    planner->out->how = "most";
    if (status == CS_OK && found > 0 &&
        !cs__notes_add(planner->notes, planner->arena,
                       "No passage and no section has all %zu words; these passages have %u of them or more.",
                       loose, found))
        return cs__error_nomem(error);
    return status;
}

static cs_status ask_sections(struct planner *planner, const struct cs__node *bag, cs_error *error)
{
    const struct cs__plan_request *request = planner->request;
    struct cs__filter *sections;
    cs_status status =
        cs__plan_sections(planner->reader, bag, request->filter, planner->arena, &sections, error);
    if (status != CS_OK || sections->count == 0)
        return status;
    planner->out->how = "section";
    return ask(planner, request->tree, sections, CS_MATCH_ANY, 1, error);
}

static const char *how_of(const struct cs__node *tree, cs_match_mode match)
{
    switch (tree->kind) {
    case CS__NODE_BAG:
        return match == CS_MATCH_ANY ? "any" : "all";
    case CS__NODE_TERM:
    case CS__NODE_PREFIX:
        return match == CS_MATCH_ANY ? "any" : "all";
    case CS__NODE_GROUP:
        return how_of(tree->children[0], match);
    case CS__NODE_PHRASE:
        return tree->quoted ? "phrase" : match == CS_MATCH_ANY ? "any" : "all";
    case CS__NODE_NOT:
        return tree->children[0]->kind == CS__NODE_BAG ? how_of(tree->children[0], match) : "boolean";
    default:
        return "boolean";
    }
}

/* All words in a passage; else in a section; else most of them. */
static cs_status ask_auto(struct planner *planner, cs_error *error)
{
    const struct cs__plan_request *request = planner->request;
    struct cs__planned *out = planner->out;
    const struct cs__node *bag = loose_bag(request->tree);
    cs_status status = ask(planner, request->tree, request->filter, CS_MATCH_ALL, 0, error);
    if (status != CS_OK || out->matches.count > 0 || bag == NULL)
        return status;
    status = ask_sections(planner, bag, error);
    if (status == CS_OK && out->matches.count > 0) {
        int ok = cs__notes_add(planner->notes, planner->arena,
                               "No passage has all the words; these stand in sections that have them all.");
        return ok ? CS_OK : cs__error_nomem(error);
    }
    if (status == CS_OK)
        status = ask_most(planner, bag, error);
    if (out->matches.count == 0)
        out->how = "all";
    return status;
}

static cs_status ask_newest(struct planner *planner, cs_error *error)
{
    const struct cs__plan_request *request = planner->request;
    const struct cs__node *excluded = request->tree != NULL ? request->tree->children[1] : NULL;
    planner->out->how = "all";
    return cs__match_newest(planner->reader, excluded, request->filter, request->limit,
                            &planner->out->matches, error);
}

cs_status cs__plan_run(cs_reader *reader, const struct cs__plan_request *request, struct cs__arena *arena,
                       struct cs__notes *notes, struct cs__planned *out, cs_error *error)
{
    struct planner planner = {reader, request, arena, notes, out};
    const struct cs__node *tree = request->tree;
    cs_status status;
    *out = (struct cs__planned){.how = "all"};
    if (tree == NULL || (tree->kind == CS__NODE_NOT && tree->children[0]->kind == CS__NODE_ALL)) {
        status = ask_newest(&planner, error);
    } else {
        out->how = how_of(tree, request->match);
        status = request->match == CS_MATCH_AUTO
                     ? ask_auto(&planner, error)
                     : ask(&planner, tree, request->filter, request->match, 0, error);
    }
    if (status != CS_OK)
        cs__matches_free(&out->matches);
    return status;
}
