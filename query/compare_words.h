/* SPDX-License-Identifier: MIT */
/* Words and phrases of two visits -> those of which the one says more than the other, by log-likelihood. */
#ifndef QUERY_COMPARE_WORDS_H
#define QUERY_COMPARE_WORDS_H

#include "core/arena.h"
#include "query/general_words.h"
#include "query/passage_words.h"

/** What one visit says: its passages that count, in the order of the index. */
struct cs__told {
    const struct cs__passage_read **items;
    size_t count;
    uint64_t words; /**< in all of them, as the tokenizer cuts them */
};

/** Words of a phrase at most. */
#define CS__PHRASE_WORDS_MAX 3

/** A word, or words next to each other. */
struct cs__phrase {
    const char *terms[CS__PHRASE_WORDS_MAX];
    size_t term_count;
    const char *surface; /**< as it stands in the text, not NUL-terminated */
    size_t surface_size;
    uint32_t said[2], passages[2];
    double log_likelihood;
};

/** The value of G2 that one word looked at alone passes by chance once in a hundred (chi-squared, one degree
 * of freedom). */
#define CS__G2_LEAST 6.63
/** The same, once in a thousand: single words are many, and say less than phrases. */
#define CS__G2_LEAST_WORD 10.83

/**
 * G2 of a word that is said `a` times in `a_words` and `b` times in `b_words`:
 *
 *     2 (a ln(a / Ea) + b ln(b / Eb)),  Ea = a_words (a + b) / (a_words + b_words), Eb likewise
 *
 * Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993, in the form of Rayson and
 * Garside, "Comparing Corpora using Frequency Profiling", 2000. 0 where there are no words.
 */
double cs__log_likelihood(uint64_t a, uint64_t b, uint64_t a_words, uint64_t b_words);

/** Phrases, what changed most first. */
struct cs__phrases {
    struct cs__phrase *items;
    size_t count;
};

/**
 * The words and phrases of which one of the two says more: at most `limit` of which the first does, and as
 * many of which the second does, none sharing a word with a better one of its kind.
 *
 * What is said in one passage only is left out, as are general words, numbers, and those of `left_out`.
 * Everything lives in `arena`, terms and surfaces in the passages. Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__phrases_compare(const struct cs__told told[2], const struct cs__term_list *general,
                              const struct cs__term_list *left_out, size_t limit, struct cs__arena *arena,
                              struct cs__phrases *out);

#endif
