/* SPDX-License-Identifier: MIT */
/* A vocabulary group: what was typed, or any of its variants. The score is that of the words typed that stand
 * there, plus the best single variant's. */
#include "query/match_scorer.h"

struct group {
    struct cs__scorer base; /* its first children are what was typed */
    size_t typed;
    int needs_all;
};

/* The first passage, from `passage` and before `end`, where all that was typed stands; else `end`. No child
 * is moved behind `end` but the first, so that at `end` each can still tell whether it stands there. */
static uint32_t find_typed(struct group *group, uint32_t passage, uint32_t end)
{
    struct cs__scorer **typed = group->base.children;
    for (;;) {
        size_t i = 1;
        cs__scorer_advance(typed[0], passage);
        passage = typed[0]->passage;
        if (passage >= end)
            return end;
        for (; i < group->typed; i++) {
            cs__scorer_advance(typed[i], passage);
            if (typed[i]->passage != passage)
                break;
        }
        if (i == group->typed)
            return passage;
        passage = typed[i]->passage;
        if (passage >= end)
            return end;
    }
}

static uint32_t find_any(struct cs__scorer **children, size_t count, uint32_t passage)
{
    uint32_t least = CS__NO_PASSAGE;
    for (size_t i = 0; i < count; i++) {
        cs__scorer_advance(children[i], passage);
        if (children[i]->passage < least)
            least = children[i]->passage;
    }
    return least;
}

static void group_advance(struct cs__scorer *scorer, uint32_t passage)
{
    struct group *group = (struct group *)scorer;
    do {
        passage = cs__scorer_skip(scorer, passage);
        uint32_t variant = find_any(scorer->children + group->typed, scorer->count - group->typed, passage);
        uint32_t typed = group->needs_all ? find_typed(group, passage, variant)
                                          : find_any(scorer->children, group->typed, passage);
        passage = typed < variant ? typed : variant;
    } while (scorer->least > 0 && passage > scorer->window_last && passage != CS__NO_PASSAGE);
    scorer->passage = passage;
}

static double group_score(struct cs__scorer *scorer)
{
    struct group *group = (struct group *)scorer;
    double score = 0, best = 0;
    for (size_t i = 0; i < scorer->count; i++) {
        struct cs__scorer *child = scorer->children[i];
        cs__scorer_advance(child, scorer->passage);
        double part = child->passage == scorer->passage ? child->methods->score(child) : 0;
        if (i < group->typed)
            score += part;
        else if (part > best)
            best = part;
    }
    return score + best;
}

static double group_bound(struct cs__scorer *scorer, uint32_t last)
{
    struct group *group = (struct group *)scorer;
    double bound = 0, best = 0;
    for (size_t i = 0; i < scorer->count; i++) {
        double part = scorer->children[i]->methods->bound(scorer->children[i], last);
        if (i < group->typed)
            bound += part;
        else if (part > best)
            best = part;
    }
    return bound + best;
}

struct cs__scorer *cs__scorer_group(struct cs__scorer **children, size_t typed_count, size_t count,
                                    int needs_all, struct cs__scorer_place *place)
{
    static const struct cs__scorer_methods methods = {
        group_advance, NULL, group_score, cs__children_block_end, group_bound, cs__children_close};
    struct group *group = cs__scorer_alloc(place, sizeof *group, &methods, children, count);
    if (group == NULL)
        return NULL;
    group->typed = typed_count;
    group->needs_all = needs_all;
    for (size_t i = 0; i < count; i++)
        group->base.cost += children[i]->cost;
    group_advance(&group->base, 0);
    return &group->base;
}
