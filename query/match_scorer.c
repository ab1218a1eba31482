/* SPDX-License-Identifier: MIT */
/* Scorers: leaves, all-of and not. match_any.c, match_group.c and match_near.c have the other kinds,
 * match_tree.c puts them together. */
#include "query/match_scorer.h"

#include <stdlib.h>
#include <string.h>

void *cs__scorer_alloc(struct cs__scorer_place *place, size_t size, const struct cs__scorer_methods *methods,
                       struct cs__scorer **children, size_t count)
{
    struct cs__scorer *scorer = cs__arena_alloc(place->text.arena, size);
    if (scorer == NULL) {
        place->status = CS_ERR_NOMEM;
        return NULL;
    }
    scorer->methods = methods;
    scorer->status = &place->status;
    scorer->children = children;
    scorer->count = count;
    return scorer;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

uint32_t cs__scorer_skip(struct cs__scorer *scorer, uint32_t passage)
{
    if (scorer->least <= 0)
        return passage;
    while (passage != CS__NO_PASSAGE) {
        if (passage > scorer->window_last || scorer->window_bound == 0) {
            scorer->window_last = scorer->methods->block_end(scorer, passage);
            scorer->window_bound = scorer->methods->bound(scorer, scorer->window_last);
        }
        if (scorer->window_bound > scorer->least * CS__SCORE_SLACK)
            break;
        passage = scorer->window_last == CS__NO_PASSAGE ? CS__NO_PASSAGE : scorer->window_last + 1;
    }
    return passage;
}

/* --- Leaves: one term, phrase or prefix, in text and heading. */

struct leaf {
    struct cs__scorer base;
    struct cs__stream text, heading;
    double factor;
};

static void note(cs_status *all, cs_status status)
{
    if (*all == CS_OK)
        *all = status;
}

/* What the text's part must be above, whatever the heading adds, and the other way round. */
static void set_least(struct leaf *leaf)
{
    double least = leaf->base.least / leaf->factor * CS__SCORE_SLACK;
    leaf->text.least = least - leaf->heading.list_bound;
    leaf->heading.least = least - leaf->text.list_bound;
}

/* Between two passages whose heading has it, only the text's part counts. */
static void leaf_advance_above(struct cs__scorer *scorer, uint32_t passage, uint32_t last, double score)
{
    struct leaf *leaf = (struct leaf *)scorer;
    cs__stream_advance(&leaf->heading, passage);
    if (leaf->heading.passage > passage)
        cs__stream_advance_above(&leaf->text, passage, smaller(last, leaf->heading.passage - 1),
                                 score / leaf->factor * CS__SCORE_SLACK);
    else
        cs__stream_advance(&leaf->text, passage);
    scorer->passage = smaller(leaf->text.passage, leaf->heading.passage);
}

static void leaf_advance(struct cs__scorer *scorer, uint32_t passage)
{
    struct leaf *leaf = (struct leaf *)scorer;
    if (scorer->least <= 0) {
        cs__stream_advance(&leaf->text, passage);
        cs__stream_advance(&leaf->heading, passage);
        scorer->passage = smaller(leaf->text.passage, leaf->heading.passage);
        return;
    }
    set_least(leaf);
    do {
        passage = cs__scorer_skip(scorer, passage);
        leaf_advance_above(scorer, passage, scorer->window_last, scorer->least);
        passage = scorer->passage;
    } while (passage > scorer->window_last && passage != CS__NO_PASSAGE);
}

static double leaf_score(struct cs__scorer *scorer)
{
    struct leaf *leaf = (struct leaf *)scorer;
    double score = 0;
    if (leaf->text.passage == scorer->passage)
        score = cs__stream_score(&leaf->text);
    if (leaf->heading.passage == scorer->passage)
        score += cs__stream_score(&leaf->heading);
    return leaf->factor * score;
}

static uint32_t leaf_block_end(struct cs__scorer *scorer, uint32_t passage)
{
    struct leaf *leaf = (struct leaf *)scorer;
    return smaller(cs__stream_block_end(&leaf->text, passage), cs__stream_block_end(&leaf->heading, passage));
}

static double leaf_bound(struct cs__scorer *scorer, uint32_t last)
{
    struct leaf *leaf = (struct leaf *)scorer;
    return leaf->factor * (cs__stream_bound(&leaf->text, last) + cs__stream_bound(&leaf->heading, last));
}

static void leaf_close(struct cs__scorer *scorer)
{
    struct leaf *leaf = (struct leaf *)scorer;
    note(scorer->status, leaf->text.status);
    note(scorer->status, leaf->heading.status);
    cs__stream_close(&leaf->text);
    cs__stream_close(&leaf->heading);
}

static void open_slot(const struct cs__node *leaf, size_t i, const struct cs__stream_place *where,
                      const struct cs__scorer_place *place, struct cs__stream *out)
{
    static const struct cs__list none;
    const struct cs__lookup_lists *lists = &cs__lookup_term(place->lookup, leaf, i)->segments[place->segment];
    const struct cs__list **items = where->is_heading ? lists->heading : lists->text;
    size_t count = where->is_heading ? lists->heading_count : lists->text_count;
    if (count > 1)
        cs__stream_open_prefix(out, where, items, count);
    else
        cs__stream_open_term(out, where, count > 0 ? items[0] : &none);
}

void cs__leaf_open(const struct cs__node *leaf, const struct cs__stream_place *where,
                   const struct cs__scorer_place *place, struct cs__stream *out)
{
    if (leaf->term_count == 1) {
        open_slot(leaf, 0, where, place, out);
        return;
    }
    struct cs__stream *slots = cs__arena_array(where->arena, leaf->term_count, sizeof *slots);
    if (slots == NULL) {
        *out = (struct cs__stream){.passage = CS__NO_PASSAGE, .status = CS_ERR_NOMEM};
        return;
    }
    for (size_t i = 0; i < leaf->term_count; i++)
        open_slot(leaf, i, where, place, &slots[i]);
    cs__stream_open_phrase(out, where, slots, leaf->term_count);
}

double cs__leaf_factor(const struct cs__node *leaf, const struct cs__scorer_place *place)
{
    return leaf->weight * cs__lookup_idf(place->lookup, place->text.model, leaf);
}

struct cs__scorer *cs__scorer_leaf(const struct cs__node *node, struct cs__scorer_place *place)
{
    static const struct cs__scorer_methods methods = {leaf_advance,   leaf_advance_above, leaf_score,
                                                      leaf_block_end, leaf_bound,         leaf_close};
    struct leaf *leaf = cs__scorer_alloc(place, sizeof *leaf, &methods, NULL, 0);
    if (leaf == NULL)
        return NULL;
    cs__leaf_open(node, &place->text, place, &leaf->text);
    cs__leaf_open(node, &place->heading, place, &leaf->heading);
    leaf->factor = cs__leaf_factor(node, place);
    leaf->base.cost = leaf->text.cost + leaf->heading.cost;
    leaf->base.passage = smaller(leaf->text.passage, leaf->heading.passage);
    return &leaf->base;
}

/* --- What kinds with children share. */

double cs__children_score(struct cs__scorer *scorer)
{
    double score = 0;
    for (size_t i = 0; i < scorer->count; i++)
        if (scorer->children[i]->passage == scorer->passage)
            score += scorer->children[i]->methods->score(scorer->children[i]);
    return score;
}

uint32_t cs__children_block_end(struct cs__scorer *scorer, uint32_t passage)
{
    uint32_t least = CS__NO_PASSAGE;
    for (size_t i = 0; i < scorer->count; i++)
        least = smaller(least, scorer->children[i]->methods->block_end(scorer->children[i], passage));
    return least;
}

double cs__children_bound(struct cs__scorer *scorer, uint32_t last)
{
    double bound = 0;
    for (size_t i = 0; i < scorer->count; i++)
        bound += scorer->children[i]->methods->bound(scorer->children[i], last);
    return bound;
}

void cs__children_close(struct cs__scorer *scorer)
{
    for (size_t i = 0; i < scorer->count; i++)
        cs__scorer_close(scorer->children[i]);
}

/* --- All of some. */

struct all {
    struct cs__scorer base;
    struct cs__scorer **by_cost;
};

static int by_cost(const void *a, const void *b)
{
    const struct cs__scorer *x = *(struct cs__scorer *const *)a, *y = *(struct cs__scorer *const *)b;
    return (x->cost > y->cost) - (x->cost < y->cost);
}

/* Whether the lead's own score at its passage rules it out, whatever the others add in this window. */
static int lead_is_too_low(struct cs__scorer *scorer, struct cs__scorer *lead)
{
    if (scorer->least <= 0)
        return 0;
    double others = scorer->window_bound - lead->methods->bound(lead, scorer->window_last);
    return lead->methods->score(lead) + others <= scorer->least * CS__SCORE_SLACK;
}

/* The first passage from `passage` where all stand; the rarest leads, and its blocks are looked at first. */
static void all_advance(struct cs__scorer *scorer, uint32_t passage)
{
    struct cs__scorer **sorted = ((struct all *)scorer)->by_cost;
    for (;;) {
        cs__scorer_advance(sorted[0], passage);
        passage = sorted[0]->passage;
        uint32_t useful = cs__scorer_skip(scorer, passage);
        if (useful > passage) {
            passage = useful;
            continue;
        }
        if (passage != CS__NO_PASSAGE && lead_is_too_low(scorer, sorted[0])) {
            passage++;
            continue;
        }
        size_t i = 1;
        for (; i < scorer->count && passage != CS__NO_PASSAGE; i++) {
            cs__scorer_advance(sorted[i], passage);
            if (sorted[i]->passage != passage)
                break;
        }
        if (passage == CS__NO_PASSAGE || i == scorer->count)
            break;
        passage = sorted[i]->passage;
    }
    scorer->passage = passage;
}

struct cs__scorer *cs__scorer_all(struct cs__scorer **children, size_t count, struct cs__scorer_place *place)
{
    static const struct cs__scorer_methods methods = {all_advance,        NULL,
                                                      cs__children_score, cs__children_block_end,
                                                      cs__children_bound, cs__children_close};
    struct all *all = cs__scorer_alloc(place, sizeof *all, &methods, children, count);
    struct cs__scorer **sorted = cs__arena_array(place->text.arena, count, sizeof *sorted);
    if (all == NULL || sorted == NULL) {
        place->status = CS_ERR_NOMEM;
        return NULL;
    }
    memcpy(sorted, children, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_cost);
    all->by_cost = sorted;
    all->base.cost = sorted[0]->cost;
    all_advance(&all->base, 0);
    return &all->base;
}

/* --- One without another: the second child only excludes. */

static void not_advance(struct cs__scorer *scorer, uint32_t passage)
{
    struct cs__scorer *from = scorer->children[0], *what = scorer->children[1];
    from->least = scorer->least;
    for (;; passage++) {
        cs__scorer_advance(from, passage);
        passage = from->passage;
        if (passage == CS__NO_PASSAGE)
            break;
        cs__scorer_advance(what, passage);
        if (what->passage != passage)
            break;
    }
    scorer->passage = passage;
}

static double not_score(struct cs__scorer *scorer)
{
    return scorer->children[0]->methods->score(scorer->children[0]);
}

static uint32_t not_block_end(struct cs__scorer *scorer, uint32_t passage)
{
    return scorer->children[0]->methods->block_end(scorer->children[0], passage);
}

static double not_bound(struct cs__scorer *scorer, uint32_t last)
{
    return scorer->children[0]->methods->bound(scorer->children[0], last);
}

struct cs__scorer *cs__scorer_not(struct cs__scorer **from_and_what, struct cs__scorer_place *place)
{
    static const struct cs__scorer_methods methods = {not_advance,   NULL,      not_score,
                                                      not_block_end, not_bound, cs__children_close};
    struct cs__scorer *not = cs__scorer_alloc(place, sizeof *not, &methods, from_and_what, 2);
    if (not == NULL)
        return NULL;
    not ->cost = from_and_what[0]->cost;
    not_advance(not, 0);
    return not ;
}
