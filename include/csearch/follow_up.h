/* SPDX-License-Identifier: MIT */
/**
 * Areas for improvement followed up: each bullet under "What needs to improve" of each visit, and what the
 * later visits to the same authority said of it.
 *
 * A bullet is held against each later passage by the words that tell what it is about (with the vocabulary's
 * other names for them): those that stand close together there count, words of every such bullet ("ensure",
 * "quality", "timely") hardly do. Where nothing answers, it says whether the visit looked at it: silence
 * never reads as "done".
 *
 * Every struct here is a view into what it came from and is valid until that is freed; strings are UTF-8, NUL
 * terminated, and NULL where there is no value.
 */
#ifndef CSEARCH_FOLLOW_UP_H
#define CSEARCH_FOLLOW_UP_H

#include <csearch/timeline.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A later passage that answers. */
typedef struct cs_answer {
    const cs_hit *hit;  /**< marks: the words of the bullet that it has */
    cs_range sentence;  /**< where they stand closest, in the text of `hit` */
    double score;       /**< how much of what the bullet is about it has, 0 .. 1 and a little more */
    cs_tone tone;       /**< of that sentence and what goes on from it */
    int is_improvement; /**< it is an area for improvement again */
} cs_answer;

/** One later visit. */
typedef struct cs_answering_visit {
    const cs_visit *visit;
    cs_scope scope;           /**< whether it looked at what the bullet is about */
    cs_tone tone;             /**< of all its answers; none where it has none */
    int at_second_hand;       /**< only articles or minutes tell of it */
    const cs_answer *answers; /**< best first; at most `limit` */
    size_t answer_count;
    int has_traces;        /**< words of the bullet stand there, too few or too far apart to be an answer */
    uint32_t answer_total; /**< passages that answer, also those beyond `limit` */
} cs_answering_visit;

/** How a bullet stands. */
typedef enum cs_bullet_outcome {
    CS_BULLET_NO_LATER_VISIT = 0, /**< in the index */
    CS_BULLET_ANSWERED,           /**< by the visit `last` */
    CS_BULLET_NOT_CLEAR,          /**< words of it stand in a later paper, but nothing that answers */
    CS_BULLET_NOT_MENTIONED,      /**< a later visit looked at it and says nothing of it */
    CS_BULLET_NOT_LOOKED_AT,      /**< no later visit looked at it */
    CS_BULLET_NOT_KNOWN           /**< nothing is said, and no paper tells whether anybody looked */
} cs_bullet_outcome;

/** "no later visit", "answered", "no clear answer", "looked at, not mentioned", "not looked at since", "not
 * mentioned; scope unknown". Static; never NULL. */
CS_API const char *cs_bullet_outcome_name(cs_bullet_outcome outcome);

/** One area for improvement. */
typedef struct cs_bullet {
    const cs_hit *hit;     /**< the bullet; marks: the words that tell what it is about */
    const cs_visit *visit; /**< that asked for it */
    cs_area area;          /**< that it is about; none where that is not known */
    cs_bullet_outcome outcome;
    const cs_answering_visit *last;  /**< the last visit with an answer; NULL when there is none */
    const cs_answering_visit *later; /**< all later visits to the authority, oldest first */
    size_t later_count;
} cs_bullet;

typedef struct cs_follow_up cs_follow_up;

/**
 * Follow the areas for improvement of all visits that pass the filters; with words in `query` (`size` bytes,
 * any bytes at all), those bullets that have them.
 *
 * Filters are on the bullets: answers come from all later visits to the authority. Of `options`, limit is the
 * answers listed a visit (2). The caller owns `*out`; release it with cs_follow_up_free() before the reader
 * is closed. `options` may be NULL.
 *
 * Returns:
 *   CS_OK            `*out` is set, and may have no bullets
 *   CS_ERR_ARGUMENT  a filter can't be read: the message names it
 *   CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT, CS_ERR_CANCELLED
 * On any error `*out` is NULL.
 */
CS_API cs_status cs_follow_up_build(cs_reader *reader, const char *query, size_t size,
                                    const cs_timeline_options *options, cs_follow_up **out, cs_error *error);
CS_API size_t cs_follow_up_count(const cs_follow_up *follow_up);
/** By authority, oldest visit first, in the order of the document. Borrowed; NULL when `i` is past the end.
 */
CS_API const cs_bullet *cs_follow_up_get(const cs_follow_up *follow_up, size_t i);
/** As cs_hits_read_as() and cs_hits_note(). */
CS_API const char *cs_follow_up_read_as(const cs_follow_up *follow_up);
CS_API const char *cs_follow_up_note(const cs_follow_up *follow_up, size_t i);
CS_API void cs_follow_up_free(cs_follow_up *follow_up);

#ifdef __cplusplus
}
#endif
#endif
