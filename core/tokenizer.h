/* SPDX-License-Identifier: MIT */
/* One definition of a word, for indexing and for queries. Input: UTF-8 (any bytes are safe); output: terms
 * with their byte ranges.
 *
 *   word        letters, marks and digits (utf8proc's categories); an ideograph is a word of its own
 *   apostrophe  curly is straight; possessive 's dropped; kept inside a word ("don't")
 *   compound    one term a part, at successive positions: "asylum-seeking", "16-17", "s.47" (and "s47"),
 *               "Covid19"
 *   joined      "1,000" is 1000, "e.g." is eg, a soft hyphen is nothing
 *   kept        "C++", "C#"
 *   case        lower; but a word that is an acronym in capitals (SEND, PA) gives its capitals too, at the
 *               same position: asked for in capitals, it finds nothing else. "IROs" is iro
 *   stem        Snowball `english`, with a list of exceptions and spellings (tokenizer_words.c);
 *               "-ize" is "-ise"; no stem for what holds a digit
 *   accents     folded after stemming
 *
 * The version is stored in the index: raise it with any change of what a term is. */
#ifndef CORE_TOKENIZER_H
#define CORE_TOKENIZER_H

#include <csearch/types.h>

#include <sqlite3.h>

#define CS__TOKENIZER_VERSION 2
/** A longer term is cut to this many bytes, at a character. */
#define CS__TERM_SIZE_MAX 64
/** With CS__TOKENIZE_QUERY: the bytes after this one, up to the next or the end, are a term as they are. */
#define CS__TERM_MARK '\x01'

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
    CS__TOKENIZE_EXACT = 1, /**< no stemming, spellings or acronyms: lower case and accents only */
    CS__TOKENIZE_QUERY = 2  /**< an acronym in capitals gives its capitals only; CS__TERM_MARK is obeyed */
};

/** The caller owns `*out`; release it with cs__tokenizer_free(). One a thread. Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__tokenizer_new(struct cs__tokenizer **out);
void cs__tokenizer_free(struct cs__tokenizer *tokenizer);

/** Start on `size` bytes at `text`, borrowed until the last cs__tokenizer_next(). At most UINT32_MAX bytes
 * are read. */
void cs__tokenizer_start(struct cs__tokenizer *tokenizer, const char *text, size_t size, int flags);
/** The next token: 1 and `*out` is set, or 0 at the end. */
int cs__tokenizer_next(struct cs__tokenizer *tokenizer, struct cs__token *out);

/** Whether a term (as the tokenizer gives it) is a stop word: counted in phrases, not in ranking. */
int cs__term_is_stop(const char *term, size_t size);

/** Sees what FTS5 is given: each text as it begins, then its tokens. A nonzero return fails the statement. */
struct cs__token_tap {
    int (*text)(void *context);
    int (*token)(void *context, const struct cs__token *token);
    void *context;
};

/**
 * Register the tokenizer `csearch` on a connection.
 *
 * `tap` (NULL for none; copied) is called for texts of documents, not of queries, so that a writer tokenizes
 * once. In queries to FTS5 quote each term behind CS__TERM_MARK: a stem is not stemmed again.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_INTERNAL (no FTS5).
 */
cs_status cs__tokenizer_register(sqlite3 *db, const struct cs__token_tap *tap, cs_error *error);

#endif
