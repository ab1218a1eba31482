/* SPDX-License-Identifier: MIT */
/* Sentences of a text. Input: UTF-8 (any bytes are safe); output: byte ranges, one sentence at a time. */
#ifndef CORE_SENTENCE_H
#define CORE_SENTENCE_H

#include <stddef.h>

/** One sentence: the bytes `text[start..end)`, without the white space and the bullet sign around it. */
struct cs__sentence {
    size_t start;
    size_t end;
};

/** Where a walk over a text stands. Fill it with cs__sentence_begin(); the fields are the module's own. */
struct cs__sentence_walk {
    const char *text;
    size_t size;
    size_t at;
};

/**
 * A walk over `text[0..size)` that stands before the first sentence.
 *
 * The text is borrowed: it must outlive the walk. Nothing is allocated, nothing is to be freed.
 */
struct cs__sentence_walk cs__sentence_begin(const char *text, size_t size);

/**
 * The next sentence in `*out`: 1, or 0 when there is none left (`*out` is then untouched).
 *
 * A sentence ends
 *   - at `.`, `!`, `?` or an ellipsis, with the quotes, brackets and footnote numbers that close it, when
 * what follows may begin one: a capital, a digit, an opening quote or bracket, the end. Not after an
 * abbreviation ("e.g.", "Dr.", "s. 47", initials), in a number ("2.1"), or after the number of a paragraph or
 * list ("29. Children ...");
 *   - at an empty line, and before a bullet sign. A single line break is white space.
 *
 * The ranges are in order, do not overlap, are never empty, and all but white space and bullet signs is in
 * one of them. Time is linear in `size` over the whole walk.
 */
int cs__sentence_next(struct cs__sentence_walk *walk, struct cs__sentence *out);

#endif
