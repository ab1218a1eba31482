/* SPDX-License-Identifier: MIT */
/* From a query's tree to scorers. */
#include "query/match_scorer.h"

static struct cs__scorer *new_scorer(const struct cs__node *node, struct cs__quorum *quorum,
                                     struct cs__scorer_place *place);

/* Scorers of nodes, appended to `out`; 0 when memory is out. */
static int add_scorers(struct cs__node *const *nodes, size_t count, struct cs__quorum *quorum,
                       struct cs__scorer_place *place, struct cs__scorer **out, size_t *out_count)
{
    for (size_t i = 0; i < count; i++) {
        struct cs__scorer *scorer = new_scorer(nodes[i], quorum, place);
        if (scorer == NULL)
            return 0;
        out[(*out_count)++] = scorer;
    }
    return 1;
}

static struct cs__scorer *new_group(const struct cs__node *group, struct cs__scorer_place *place,
                                    struct cs__scorer **children, size_t *count)
{
    const struct cs__node *typed = group->children[0];
    int is_bag = typed->kind == CS__NODE_BAG;
    if (!add_scorers(is_bag ? typed->children : group->children, is_bag ? typed->child_count : 1, NULL, place,
                     children, count))
        return NULL;
    size_t typed_count = *count;
    if (!add_scorers(group->children + 1, group->child_count - 1, NULL, place, children, count))
        return NULL;
    return cs__scorer_group(children, typed_count, *count, place->match != CS_MATCH_ANY, place);
}

static struct cs__scorer *combine(const struct cs__node *node, struct cs__quorum *quorum,
                                  struct cs__scorer_place *place, struct cs__scorer **children, size_t *count)
{
    struct cs__quorum *for_children =
        node->kind == CS__NODE_AND || node->kind == CS__NODE_NOT ? quorum : NULL;
    if (node->kind == CS__NODE_GROUP)
        return new_group(node, place, children, count);
    size_t most =
        node->kind == CS__NODE_NOT ? 1 : node->child_count; /* what is taken away counts by itself */
    if (!add_scorers(node->children, most, for_children, place, children, count) ||
        !add_scorers(node->children + most, node->child_count - most, NULL, place, children, count))
        return NULL;
    if (node->kind == CS__NODE_NOT)
        return cs__scorer_not(children, place);
    if (node->kind == CS__NODE_OR)
        return cs__scorer_any(children, *count, NULL, place);
    if (node->kind == CS__NODE_BAG && place->match == CS_MATCH_ANY)
        return cs__scorer_any(children, *count, quorum, place);
    return cs__scorer_all(children, *count, place);
}

static struct cs__scorer *new_scorer(const struct cs__node *node, struct cs__quorum *quorum,
                                     struct cs__scorer_place *place)
{
    if (node->kind == CS__NODE_NEAR)
        return cs__scorer_near(node, place);
    if (node->child_count == 0)
        return cs__scorer_leaf(node, place);
    size_t most = node->child_count + node->children[0]->child_count, count = 0;
    struct cs__scorer **children = cs__arena_array(place->text.arena, most, sizeof *children);
    struct cs__scorer *scorer = children == NULL ? NULL : combine(node, quorum, place, children, &count);
    if (scorer != NULL)
        return scorer;
    place->status = CS_ERR_NOMEM;
    while (count > 0)
        cs__scorer_close(children[--count]);
    return NULL;
}

struct cs__scorer *cs__scorer_new(const struct cs__node *tree, struct cs__scorer_place *place)
{
    return new_scorer(tree, place->quorum, place);
}
