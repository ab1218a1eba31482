/* SPDX-License-Identifier: MIT */
/* Tone of passages and of rows: passages that count -> one of the five tones, with the words and the sentence
 * that show it, and the passages in the order in which a reader should see them. */
#ifndef QUERY_TIMELINE_TONE_H
#define QUERY_TIMELINE_TONE_H

#include <csearch/timeline.h>

#include "core/tone_theme.h"
#include "query/match_text.h"
#include "query/source.h"
#include "query/tree.h"

/** One passage that was looked at. */
struct cs__toned {
    int64_t id;
    double weight; /**< how much of it is on the theme */
    struct cs__tone_theme theme;
};

/** Passages that were looked at, by id. */
struct cs__toned_list {
    struct cs__toned *items;
    size_t count;
};

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
 * Read the tone of what `tree` (NULL: everything) matches in each of the passages `ids` (ascending).
 *
 * `sources` is shared by all rows; everything in `*out` lives in its arena, here and below. Returns CS_OK,
 * CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__toned_read(struct cs__sources *sources, const struct cs__node *tree, const struct cs__ids *ids,
                         struct cs__toned_list *out, cs_error *error);
/** The tone of one sentence of a passage, and of what goes on from it. Returns as cs__toned_read(). */
cs_status cs__toned_sentence(struct cs__sources *sources, int64_t id, cs_range sentence,
                             struct cs__toned *out, cs_error *error);
/** The passage of this id; NULL when it was not looked at. */
const struct cs__toned *cs__toned_find(const struct cs__toned_list *list, int64_t id);

/** The tone of a row from those of its passages (`ids`, ascending) that were looked at. Returns as above. */
cs_status cs__row_tone_make(struct cs__sources *sources, const struct cs__toned_list *toned,
                            const struct cs__ids *ids, struct cs__row_tone *out, cs_error *error);

/** The public name of a tone. */
cs_tone cs__tone_public(enum cs__tone tone);

#endif
