/* SPDX-License-Identifier: MIT */
/* Any of many: term at a time, in windows of passages.
 *
 * Asking each of hundreds of children at each candidate, as match_any.c does, costs their number times the
 * candidates; here each child walks through the window by itself and adds to the sums of the passages it
 * matches, in the order of the children, so that sums come out as there. As in Lucene's BooleanScorer. */
#include <string.h>

#include "query/match_scorer.h"

enum { WINDOW = 4096, WORD_BITS = 64 };

struct many {
    struct cs__scorer base;
    struct cs__quorum *quorum; /* NULL: one will do */
    uint32_t first, last;      /* the window */
    int is_open, looks_inside; /* `looks_inside`: the bound asked for next is that of the window */
    double best;               /* of the sums from `first` on */
    double sums[WINDOW];
    uint32_t counts[WINDOW];
    uint64_t matched[WINDOW / WORD_BITS]; /* a bit a passage that some child matches */
};

/* Where the children, advanced to `passage`, stand first. */
static uint32_t first_match(struct many *many, uint32_t passage)
{
    uint32_t first = CS__NO_PASSAGE;
    for (size_t i = 0; i < many->base.count; i++) {
        cs__scorer_advance(many->base.children[i], passage);
        if (many->base.children[i]->passage < first)
            first = many->base.children[i]->passage;
    }
    return first;
}

static void walk(struct many *many, struct cs__scorer *child)
{
    while (child->passage <= many->last) {
        uint32_t at = child->passage - many->first;
        uint64_t bit = 1ull << (at % WORD_BITS);
        if (!(many->matched[at / WORD_BITS] & bit)) {
            many->matched[at / WORD_BITS] |= bit;
            many->sums[at] = 0;
            many->counts[at] = 0;
        }
        many->sums[at] += child->methods->score(child);
        many->counts[at]++;
        if (many->sums[at] > many->best)
            many->best = many->sums[at];
        cs__scorer_advance(child, child->passage + 1);
    }
}

/* Sum up the window that begins with the first match from `passage` on. 0 when there is none. */
static int open_window(struct many *many, uint32_t passage)
{
    many->first = first_match(many, passage);
    if (many->first == CS__NO_PASSAGE)
        return 0;
    many->last = many->first < CS__NO_PASSAGE - WINDOW ? many->first + WINDOW - 1 : CS__NO_PASSAGE - 1;
    many->is_open = 1;
    many->best = 0;
    memset(many->matched, 0, sizeof many->matched);
    for (size_t i = 0; i < many->base.count; i++)
        walk(many, many->base.children[i]);
    return 1;
}

static int is_useful(const struct many *many, uint32_t at)
{
    uint32_t minimum = many->quorum != NULL ? many->quorum->minimum : 1;
    return many->counts[at] >= minimum && many->sums[at] > many->base.least * CS__SCORE_SLACK;
}

/* The first useful passage of the window from `passage` on; behind `last` when there is none. */
static uint32_t find(const struct many *many, uint32_t passage)
{
    uint32_t at = passage > many->first ? passage - many->first : 0;
    while (at <= many->last - many->first) {
        uint64_t bits = many->matched[at / WORD_BITS] >> (at % WORD_BITS);
        if (bits == 0) {
            at += WORD_BITS - at % WORD_BITS;
            continue;
        }
        at += (uint32_t)__builtin_ctzll(bits);
        if (is_useful(many, at))
            return many->first + at;
        at++;
    }
    return many->last + 1;
}

static void many_advance(struct cs__scorer *scorer, uint32_t passage)
{
    struct many *many = (struct many *)scorer;
    for (;;) {
        if (passage == CS__NO_PASSAGE ||
            ((!many->is_open || passage > many->last) && !open_window(many, passage))) {
            scorer->passage = CS__NO_PASSAGE;
            return;
        }
        passage = find(many, passage);
        if (passage <= many->last)
            break;
    }
    scorer->passage = passage;
    if (many->quorum != NULL)
        many->quorum->matched = many->counts[passage - many->first];
}

static double many_score(struct cs__scorer *scorer)
{
    const struct many *many = (const struct many *)scorer;
    return many->sums[scorer->passage - many->first];
}

/* The children stand behind the window: what is in it, its sums say. */
static uint32_t many_block_end(struct cs__scorer *scorer, uint32_t passage)
{
    struct many *many = (struct many *)scorer;
    many->looks_inside = many->is_open && passage <= many->last;
    return many->looks_inside ? many->last : cs__children_block_end(scorer, passage);
}

static double many_bound(struct cs__scorer *scorer, uint32_t last)
{
    const struct many *many = (const struct many *)scorer;
    return many->looks_inside ? many->best : cs__children_bound(scorer, last);
}

struct cs__scorer *cs__scorer_many(struct cs__scorer **children, size_t count, struct cs__quorum *quorum,
                                   struct cs__scorer_place *place)
{
    static const struct cs__scorer_methods methods = {many_advance,   NULL,       many_score,
                                                      many_block_end, many_bound, cs__children_close};
    struct many *many = cs__scorer_alloc(place, sizeof *many, &methods, children, count);
    if (many == NULL)
        return NULL;
    many->quorum = quorum;
    for (size_t i = 0; i < count; i++)
        many->base.cost += children[i]->cost;
    many_advance(&many->base, 0);
    return &many->base;
}
