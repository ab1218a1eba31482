/* SPDX-License-Identifier: MIT */
/* Words of a sentence and the cue phrases among them. Input: UTF-8; output: cues by place. Used by
 * core/tone*.c alone. */
#ifndef CORE_TONE_WORDS_H
#define CORE_TONE_WORDS_H

#include "core/tone.h"
#include "core/tone_table.h"

/** A word, or a mark that parts clauses. */
struct cs__tone_word {
    uint32_t start, end;
    char text[24]; /**< lower case; "," for any mark, "0" for a number, "^" before the first; longer words are
                      cut */
};

/** The words of `text`, at most CS__TONE_WORDS_MAX; the first is "^". Returns how many. */
uint32_t cs__tone_words(const char *text, size_t size, struct cs__tone_word words[CS__TONE_WORDS_MAX]);

/** The longest phrase of the table that starts at word `at`, and its count of words in `*length`; NULL for
 * none. */
const struct cs__tone_entry *cs__tone_phrase(const struct cs__tone_word *words, uint32_t count, uint32_t at,
                                             uint32_t *length);

#endif
