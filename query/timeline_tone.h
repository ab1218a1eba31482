/* SPDX-License-Identifier: MIT */
/* Tone of a row: the passages that count -> one of the five tones, with the words and the sentence that show
 * it, and the passages in the order in which a reader should see them. */
#ifndef QUERY_TIMELINE_TONE_H
#define QUERY_TIMELINE_TONE_H

#include <csearch/timeline.h>

#include "core/tone_theme.h"
#include "query/match_text.h"
#include "query/source.h"
#include "query/tree.h"

/** The tone of a row with more passages than this is read from so many of them, spread evenly. */
#define CS__TONE_SAMPLE 80

struct cs__row_tone {
    enum cs__tone label;
    double score;
    const cs_cue *cues;
    size_t cue_count;
    int64_t best; /**< passage of the sentence that shows the tone best; 0 for none */
    cs_range sentence;
    uint32_t sampled;  /**< passages looked at */
    int64_t *passages; /**< all: the best first, then those that have most to say on the theme */
    size_t passage_count;
};

/**
 * Read the tone of what `tree` (NULL: everything) matches in the passages `ids`.
 *
 * `sources` is shared by all rows; everything in `*out` lives in its arena. Returns CS_OK, CS_ERR_NOMEM,
 * CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__row_tone_read(struct cs__sources *sources, const struct cs__node *tree,
                            const struct cs__ids *ids, struct cs__row_tone *out, cs_error *error);

/** The public name of a tone. */
cs_tone cs__tone_public(enum cs__tone tone);

#endif
