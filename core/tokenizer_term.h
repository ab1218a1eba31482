/* SPDX-License-Identifier: MIT */
/* From a word to its term: spelling, exceptions, stem, accents; with a cache. Input: one word as the
 * tokenizer cut it; output: its term. Used by the tokenizer alone. */
#ifndef CORE_TOKENIZER_TERM_H
#define CORE_TOKENIZER_TERM_H

#include <csearch/types.h>

#include "core/tokenizer.h"

/** Bytes of a word that are looked at; what is longer is cut. */
#define CS__WORD_SIZE_MAX 128
/** Room behind a word that may be read (never meant): words are hashed eight bytes at a time. */
#define CS__WORD_PADDING 8

struct cs__term_maker;

/** The caller owns `*out`; release it with cs__term_maker_free(). Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__term_maker_new(struct cs__term_maker **out);
void cs__term_maker_free(struct cs__term_maker *maker);

/**
 * The term of a word; `*term_size` is at least 1 and at most CS__TERM_SIZE_MAX when `size` is.
 *
 * `word` is in lower case where it is ASCII; with `wide` it may hold any other letters, in any case. It has
 * CS__WORD_PADDING bytes of room behind it. The term is borrowed until the next call.
 */
const char *cs__term_make(struct cs__term_maker *maker, const char *word, size_t size, int wide, int exact,
                          size_t *term_size);

/** One row of a table of words: `word` is read as `as`. */
struct cs__word_pair {
    const char *word;
    const char *as;
};

/** Words whose stem misleads, with the term to use instead; NULL for all others. */
const char *cs__word_exception(const char *word, size_t size);
/** Another spelling of the same word, e.g. "judgment" -> "judgement"; NULL when there is none. */
const char *cs__word_spelling(const char *word, size_t size);
/** As cs__word_spelling(), by how the word begins: returns the pair whose `word` is its beginning, or NULL.
 */
const struct cs__word_pair *cs__word_spelling_prefix(const char *word, size_t size);
/** Whether a word in lower case is, in capitals, an acronym of its own ("send"). */
int cs__word_is_acronym(const char *word, size_t size);
/** Whether all tables are sorted, which looking them up needs; for tests. */
int cs__word_tables_sorted(void);

#endif
