/* SPDX-License-Identifier: MIT */
/**
 * What a word is: the one tokenizer that indexing and queries share, for those who build something beside.
 *
 * A word is made of letters, marks and digits. Curly apostrophes are straight and a possessive is dropped;
 * compounds give a term a part ("asylum-seeking"); letters are lower case, stemmed (Snowball `english`, with
 * exceptions of this field) and without accents. An acronym in capitals that is a word, too (SEND, PA), gives
 * its capitals beside its stem.
 */
#ifndef CSEARCH_TOKENIZER_H
#define CSEARCH_TOKENIZER_H

#include <csearch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cs_tokenizer cs_tokenizer;

/** How to cut. */
typedef enum cs_tokenize_mode {
    CS_TOKENIZE_DOCUMENT = 0, /**< as documents are indexed */
    CS_TOKENIZE_EXACT,        /**< no stems, spellings or acronyms: lower case and accents only */
    CS_TOKENIZE_QUERY         /**< as queries are read: an acronym in capitals gives its capitals only */
} cs_tokenize_mode;

/** One term. This struct does not grow. */
typedef struct cs_token {
    const char *term;    /**< UTF-8, not NUL-terminated; borrowed until the next call on its tokenizer */
    uint32_t term_size;  /**< bytes, 64 at most */
    uint32_t start, end; /**< the bytes of the text that it was read from, half open */
    uint32_t position;   /**< 0, 1, 2, …; terms that stand for one word share theirs */
} cs_token;

/** The caller owns `*out`; release it with cs_tokenizer_free(). Use it from one thread at a time.
 *
 * Returns CS_OK or CS_ERR_NOMEM (`*out` is then NULL). */
CS_API cs_status cs_tokenizer_new(cs_tokenizer **out);
CS_API void cs_tokenizer_free(cs_tokenizer *tokenizer);
/** Start on `size` bytes at `text`, any bytes at all; they are borrowed until the last cs_tokenizer_next().
 */
CS_API void cs_tokenizer_start(cs_tokenizer *tokenizer, const char *text, size_t size, cs_tokenize_mode mode);
/** The next term: 1 and `*out` is set, or 0 at the end. */
CS_API int cs_tokenizer_next(cs_tokenizer *tokenizer, cs_token *out);

#ifdef __cplusplus
}
#endif
#endif
