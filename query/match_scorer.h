/* SPDX-License-Identifier: MIT */
/* Scorer: a node of the query's tree over one segment: the passages that match it, in order, with their
 * scores. What matches and scores how is said in query/tree.h.
 *
 * A scorer may be told the least score that is of use: it then steps over passages that can't have more,
 * as far as it knows cheaply; each it stops at is to be scored still. */
#ifndef QUERY_MATCH_SCORER_H
#define QUERY_MATCH_SCORER_H

#include "query/match.h"
#include "query/match_lookup.h"
#include "query/match_stream.h"

struct cs__scorer;

struct cs__scorer_methods {
    /** Step to the first passage at or behind `passage` that matches (and may score more than `least`). */
    void (*advance)(struct cs__scorer *scorer, uint32_t passage);
    /** As advance(), and on to the first passage that scores above `score`; but not beyond the first match
     * behind `last`. May stop at others too. NULL where that is no help. */
    void (*advance_above)(struct cs__scorer *scorer, uint32_t passage, uint32_t last, double score);
    /** The score of the passage at hand. */
    double (*score)(struct cs__scorer *scorer);
    /** Up to which passage one bound holds, and that bound: see cs__stream_block_end(). */
    uint32_t (*block_end)(struct cs__scorer *scorer, uint32_t passage);
    double (*bound)(struct cs__scorer *scorer, uint32_t last);
    void (*close)(struct cs__scorer *scorer);
};

/** What all scorers begin with. They live in an arena; close them all the same. */
struct cs__scorer {
    const struct cs__scorer_methods *methods;
    uint32_t passage;     /**< CS__NO_PASSAGE at the end */
    uint64_t cost;        /**< passages it may stop at, at most */
    double least;         /**< scores up to this are of no use; 0 at first. The root's owner sets it, and only
                               raises it */
    uint32_t window_last; /**< up to here no score is above */
    double window_bound;  /**< this; both set by cs__scorer_skip() */
    struct cs__scorer **children; /**< of all kinds but leaves, in the order in which their scores add up */
    size_t count;
    cs_status *status; /**< of the whole match; sticky */
};

static inline void cs__scorer_advance(struct cs__scorer *scorer, uint32_t passage)
{
    if (scorer->passage < passage)
        scorer->methods->advance(scorer, passage);
}

static inline void cs__scorer_advance_above(struct cs__scorer *scorer, uint32_t passage, uint32_t last,
                                            double score)
{
    if (scorer->methods->advance_above != NULL)
        scorer->methods->advance_above(scorer, passage, last, score);
    else
        cs__scorer_advance(scorer, passage);
}

/** The first passage, from `passage`, whose block may hold a score above `least`. */
uint32_t cs__scorer_skip(struct cs__scorer *scorer, uint32_t passage);

/** Methods that many kinds share: the sum over the children that stand at the passage at hand, and so on. */
double cs__children_score(struct cs__scorer *scorer);
uint32_t cs__children_block_end(struct cs__scorer *scorer, uint32_t passage);
double cs__children_bound(struct cs__scorer *scorer, uint32_t last);
void cs__children_close(struct cs__scorer *scorer);

/** What a sum of scores may be off when its terms are added in another order, as a factor below 1. */
#define CS__SCORE_SLACK (1 - 1e-12)

/** How many of its children the bag at the root must match, shared by the scorers of a whole match. */
struct cs__quorum {
    uint32_t minimum; /**< may be raised while passages are walked */
    uint32_t matched; /**< by the passage that the bag stands at; 0 where it does not count */
    int counts;       /**< whether `matched` is asked for */
};

/** The reader's segments and score model, brought up to date; borrowed until the next call. Returns CS_OK,
 * CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. */
cs_status cs__engine_ready(cs_reader *reader, struct cs__segments **segments,
                           const struct cs__score_model **model);

/** What scorers are built from, for one segment. */
struct cs__scorer_place {
    struct cs__stream_place text, heading; /**< where streams of either field are */
    const struct cs__lookup *lookup;
    size_t segment;      /**< number of the segment */
    cs_match_mode match; /**< as in struct cs__plan */
    struct cs__quorum *quorum;
    cs_status status; /**< sticky */
};

/**
 * The scorer of a tree. Advance it to passage 0 first. `place` must outlive it.
 *
 * NULL when memory is out (see `place->status`).
 */
struct cs__scorer *cs__scorer_new(const struct cs__node *tree, struct cs__scorer_place *place);
static inline void cs__scorer_close(struct cs__scorer *scorer)
{
    if (scorer != NULL)
        scorer->methods->close(scorer);
}

/** --- The kinds it is put together from; each returns NULL when memory is out. */

/** Room for a scorer of `size` bytes, with what all have filled in. */
void *cs__scorer_alloc(struct cs__scorer_place *place, size_t size, const struct cs__scorer_methods *methods,
                       struct cs__scorer **children, size_t count);
struct cs__scorer *cs__scorer_leaf(const struct cs__node *leaf, struct cs__scorer_place *place);
struct cs__scorer *cs__scorer_near(const struct cs__node *near, struct cs__scorer_place *place);
/** All of the children, in the order in which their scores add up. */
struct cs__scorer *cs__scorer_all(struct cs__scorer **children, size_t count, struct cs__scorer_place *place);
/** At least one of the children, or the quorum of them where it is not NULL. */
struct cs__scorer *cs__scorer_any(struct cs__scorer **children, size_t count, struct cs__quorum *quorum,
                                  struct cs__scorer_place *place);
/** The same for many children, or where the quorum counts: each child walks alone through a window of
 * passages, and adds to the sums there. */
struct cs__scorer *cs__scorer_many(struct cs__scorer **children, size_t count, struct cs__quorum *quorum,
                                   struct cs__scorer_place *place);
/** From so many children on, asking each at each candidate costs more than walking all of them. */
#define CS__SCORER_MANY 24
/** The first `typed_count` children are what was typed, the others variants: any variant, or all (any, when
 * not `needs_all`) of what was typed. */
struct cs__scorer *cs__scorer_group(struct cs__scorer **children, size_t typed_count, size_t count,
                                    int needs_all, struct cs__scorer_place *place);
/** The first child without the second. */
struct cs__scorer *cs__scorer_not(struct cs__scorer **from_and_what, struct cs__scorer_place *place);

/** Open a leaf's stream in the field of `where`, and what its score is multiplied by. */
void cs__leaf_open(const struct cs__node *leaf, const struct cs__stream_place *where,
                   const struct cs__scorer_place *place, struct cs__stream *out);
double cs__leaf_factor(const struct cs__node *leaf, const struct cs__scorer_place *place);

#endif
