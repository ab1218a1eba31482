/* SPDX-License-Identifier: MIT */
/**
 * Tone: whether what inspectors wrote tells of a concern or of a strength.
 *
 * The tone is an estimate. It is read from the inspectors' own words by a table of cues, and those that led
 * to it are given with it, so that a reader can disagree. No index is needed.
 *
 * Every struct here is a view into what it came from and is valid until that is freed; strings are UTF-8, NUL
 * terminated, and NULL where there is no value.
 */
#ifndef CSEARCH_TONE_H
#define CSEARCH_TONE_H

#include <csearch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The tone of what was said. A single sentence is never `progress`. */
typedef enum cs_tone {
    CS_TONE_NONE = 0, /**< nothing was said */
    CS_TONE_CONCERN,
    CS_TONE_MIXED,    /**< strengths and weaknesses both carry weight */
    CS_TONE_PROGRESS, /**< said to have improved, not (yet) to be good */
    CS_TONE_STRENGTH,
    CS_TONE_NEUTRAL /**< description, statistic, plan */
} cs_tone;

/** "concern", "mixed", "progress", "strength", "neutral"; "" for none. Static; never NULL. */
CS_API const char *cs_tone_name(cs_tone tone);

/** Words that led to a tone. */
typedef struct cs_cue {
    const char *words;  /**< as they stand in the text; NULL for the grade of a section */
    const char *reason; /**< "cue", "negated", "hedge", "section grade", …; see csearch(5). Static */
    double weight;      /**< log-odds: above 0 towards strength, below 0 towards concern; of the reasons
                             "variable" and "description", towards mixed and neutral */
} cs_cue;

/** What one sentence says. */
typedef struct cs_sentence_tone {
    const char *sentence;   /**< as it was given; bytes that are no UTF-8, and NULs, are replaced by U+FFFD */
    size_t size;            /**< of `sentence`, in bytes */
    cs_tone label;          /**< concern, mixed, strength or neutral */
    double score;           /**< -1 (concern) .. 1 (strength) */
    const cs_cue *cues;     /**< in the order of the words; at most 32, the first ones */
    const cs_range *ranges; /**< where each cue stands, in bytes of `sentence` */
    size_t cue_count;
} cs_sentence_tone;

/**
 * Read the tone of one sentence (`size` bytes, any bytes at all), taken alone.
 *
 * Words after the 255th are not looked at. The caller owns `*out`; release it with cs_sentence_tone_free().
 *
 * Returns:
 *   CS_OK            `*out` is set; an empty sentence is neutral
 *   CS_ERR_ARGUMENT  `size` is 1 GiB or more
 *   CS_ERR_NOMEM
 * On any error `*out` is NULL.
 */
CS_API cs_status cs_sentence_tone_read(const char *sentence, size_t size, cs_sentence_tone **out,
                                       cs_error *error);
CS_API void cs_sentence_tone_free(cs_sentence_tone *tone);

#ifdef __cplusplus
}
#endif
#endif
