/* SPDX-License-Identifier: MIT */
/* One definition of a word, for indexing and for queries. Input: UTF-8; output: terms with their byte ranges.
 *
 * Unicode words (utf8proc's categories), curly apostrophe to straight and possessive 's dropped, lower case,
 * Snowball `english` with a no-stem list and a fold list, accents folded after stemming. A compound
 * ("asylum-seeking") gives one term a part, at successive positions. The version is stored in the index:
 * raise it with any change of what a term is. */
#ifndef CORE_TOKENIZER_H
#define CORE_TOKENIZER_H

#include <csearch/types.h>

#include <sqlite3.h>

#define CS__TOKENIZER_VERSION 1
/** A longer term is cut to this many bytes, at a character. */
#define CS__TERM_SIZE_MAX 64

struct cs__tokenizer;

/** One word of a text. `term` is borrowed and valid until the next call. */
struct cs__token {
    const char *term;
    uint32_t term_size;
    uint32_t start, end; /**< bytes of the text, half open */
    uint32_t position;   /**< 0, 1, 2, …; FTS5 "colocated" tokens share one */
};

enum cs__tokenizer_flags {
    CS__TOKENIZE_STEM = 0,
    CS__TOKENIZE_EXACT = 1 /**< no stemming and no fold list: lower case and accents only */
};

/** The caller owns `*out`; release it with cs__tokenizer_free(). One a thread. Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__tokenizer_new(struct cs__tokenizer **out);
void cs__tokenizer_free(struct cs__tokenizer *tokenizer);

/** Start on `size` bytes at `text`, borrowed until the last cs__tokenizer_next(). */
void cs__tokenizer_start(struct cs__tokenizer *tokenizer, const char *text, size_t size, int flags);
/** The next token: 1 and `*out` is set, or 0 at the end. */
int cs__tokenizer_next(struct cs__tokenizer *tokenizer, struct cs__token *out);

/** Whether a term (as the tokenizer gives it) is a stop word: counted in phrases, not in ranking. */
int cs__term_is_stop(const char *term, size_t size);

/** Register the tokenizer `csearch` on a connection. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_INTERNAL (no FTS5).
 */
cs_status cs__tokenizer_register(sqlite3 *db, cs_error *error);

#endif
