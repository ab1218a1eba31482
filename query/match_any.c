/* SPDX-License-Identifier: MIT */
/* Any of some: block-max MaxScore, document at a time.
 *
 * Passages are walked in windows, in which each child's scores have a bound. Children whose bounds together
 * do not exceed the least useful score are not essential there: passages that only they match need not be
 * visited, and they are asked only where the essential ones have come near it. After Turtle and Flood, "Query
 * Evaluation: Strategies and Optimizations" (1995); Dimopoulos, Nepomnyachiy and Suel, "Optimizing Top-k
 * Document Retrieval Strategies for Block-Max Indexes" (2013). */
#include <string.h>

#include "query/match_scorer.h"

/* A child, with what is known of it in the window. */
struct clause {
    struct cs__scorer *scorer;
    double bound;
    double before; /* the sum of the bounds of all clauses before it */
    size_t child;  /* its number among the children */
};

struct any {
    struct cs__scorer base;
    struct cs__quorum *quorum; /* NULL: one will do */
    struct clause *clauses;    /* in rising order of bounds */
    double *scores;            /* of the children at the candidate; 0 where one does not stand there */
    size_t essential;          /* the first essential one */
    uint32_t window_last;
    int window_is_open;
};

/* Insertion sort: the order changes little from window to window. */
static void sort_clauses(struct any *any)
{
    for (size_t i = 1; i < any->base.count; i++) {
        struct clause clause = any->clauses[i];
        size_t at = i;
        for (; at > 0 && any->clauses[at - 1].bound > clause.bound; at--)
            any->clauses[at] = any->clauses[at - 1];
        any->clauses[at] = clause;
    }
}

/* Open the window that begins at `passage`, as wide as the blocks of what was essential before. 0 when no
 * passage in it can be of use. */
static int open_window(struct any *any, uint32_t passage)
{
    size_t count = any->base.count, leading = any->essential < count ? any->essential : count - 1;
    double sum = 0, least = any->base.least * CS__SCORE_SLACK;
    any->window_is_open = 1;
    any->window_last = CS__NO_PASSAGE;
    for (size_t i = 0; i < count; i++) {
        struct cs__scorer *scorer = any->clauses[i].scorer;
        uint32_t last = scorer->methods->block_end(scorer, passage);
        if (i >= leading && last < any->window_last)
            any->window_last = last;
    }
    for (size_t i = 0; i < count; i++) {
        struct cs__scorer *scorer = any->clauses[i].scorer;
        any->clauses[i].bound = scorer->methods->bound(scorer, any->window_last);
    }
    sort_clauses(any);
    any->essential = 0;
    for (size_t i = 0; i < count; i++) {
        any->clauses[i].before = sum;
        sum += any->clauses[i].bound;
        if (sum <= least)
            any->essential = i + 1;
    }
    return any->essential < count;
}

/* The first passage, from `passage`, that an essential clause matches in the window. */
static uint32_t next_candidate(struct any *any, uint32_t passage)
{
    uint32_t candidate = CS__NO_PASSAGE;
    if (any->essential + 1 == any->base.count) {
        const struct clause *only = &any->clauses[any->essential];
        cs__scorer_advance_above(only->scorer, passage, any->window_last,
                                 any->base.least * CS__SCORE_SLACK - only->before);
        return only->scorer->passage;
    }
    for (size_t i = any->essential; i < any->base.count; i++) {
        struct cs__scorer *scorer = any->clauses[i].scorer;
        cs__scorer_advance(scorer, passage);
        if (scorer->passage < candidate)
            candidate = scorer->passage;
    }
    return candidate;
}

/* Whether the candidate matches and may be of use: clauses are asked from the highest bound down, until what
 * is left can't help. */
static int is_useful(struct any *any, uint32_t candidate)
{
    double sum = 0, least = any->base.least * CS__SCORE_SLACK;
    uint32_t matched = 0;
    for (size_t i = any->base.count; i-- > 0;) {
        struct clause *clause = &any->clauses[i];
        if (i < any->essential && sum + clause->before + clause->bound <= least)
            return 0;
        cs__scorer_advance(clause->scorer, candidate);
        any->scores[clause->child] = 0;
        if (clause->scorer->passage != candidate)
            continue;
        sum += any->scores[clause->child] = clause->scorer->methods->score(clause->scorer);
        matched++;
    }
    if (least > 0 && sum <= least)
        return 0;
    return matched >= (any->quorum != NULL ? any->quorum->minimum : 1);
}

static void any_advance(struct cs__scorer *scorer, uint32_t passage)
{
    struct any *any = (struct any *)scorer;
    for (;;) {
        if (!any->window_is_open || passage > any->window_last) {
            if (passage == CS__NO_PASSAGE)
                break;
            if (!open_window(any, passage)) {
                passage = any->window_last == CS__NO_PASSAGE ? CS__NO_PASSAGE : any->window_last + 1;
                continue;
            }
        }
        uint32_t candidate = next_candidate(any, passage);
        if (candidate > any->window_last) {
            passage = any->window_last + 1;
            continue;
        }
        passage = candidate;
        if (candidate == CS__NO_PASSAGE || is_useful(any, candidate))
            break;
        passage++;
    }
    scorer->passage = passage;
}

static double any_score(struct cs__scorer *scorer)
{
    const struct any *any = (const struct any *)scorer;
    double score = 0;
    for (size_t i = 0; i < scorer->count; i++)
        score += any->scores[i];
    return score;
}

struct cs__scorer *cs__scorer_any(struct cs__scorer **children, size_t count, struct cs__quorum *quorum,
                                  struct cs__scorer_place *place)
{
    static const struct cs__scorer_methods methods = {
        any_advance, NULL, any_score, cs__children_block_end, cs__children_bound, cs__children_close};
    if (count >= CS__SCORER_MANY || (quorum != NULL && quorum->counts))
        return cs__scorer_many(children, count, quorum, place);
    struct any *any = cs__scorer_alloc(place, sizeof *any, &methods, children, count);
    if (any == NULL)
        return NULL;
    any->quorum = quorum;
    any->clauses = cs__arena_array(place->text.arena, count, sizeof *any->clauses);
    any->scores = cs__arena_array(place->text.arena, count, sizeof *any->scores);
    if (any->clauses == NULL || any->scores == NULL) {
        place->status = CS_ERR_NOMEM;
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        any->clauses[i] = (struct clause){.scorer = children[i], .child = i};
        any->base.cost += children[i]->cost;
    }
    any_advance(&any->base, 0);
    return &any->base;
}
