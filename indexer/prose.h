/* SPDX-License-Identifier: MIT */
/* Prose: a block's text as words and dates, and patterns over them. Input: UTF-8 of one block; output: word
 * ranges, and what a pattern captured. The rules of describe are tables of such patterns. */
#ifndef INDEXER_PROSE_H
#define INDEXER_PROSE_H

#include <csearch/types.h>

#include "core/arena.h"
#include "core/date_phrase.h"

/** What stands before a word. */
enum cs__prose_break {
    CS__BREAK_SENTENCE = 1, /**< the word begins a sentence */
    CS__BREAK_COLON = 2,
    CS__BREAK_CLAUSE = 4,  /**< comma, semicolon, bracket, dash or quotation mark */
    CS__BREAK_BRACKET = 8, /**< an opening bracket */
    CS__BREAK_SEMICOLON = 16
};

/** A run of letters, digits and inner apostrophes; a hyphen parts words. */
struct cs__word {
    uint32_t start, end; /**< bytes, half open */
    uint8_t breaks;      /**< enum cs__prose_break */
};

struct cs__prose {
    const char *text; /**< borrowed */
    size_t size;
    struct cs__word *words;
    size_t count;
    struct cs__date_phrase *dates; /**< in order */
    size_t date_count;
};

/** Words and dates of `text`, allocated from `arena`. Returns 1, or 0 when memory is out. */
int cs__prose_read(struct cs__arena *arena, const char *text, size_t size, struct cs__prose *out);

/** Whether word `i` is `literal` (lower case, without apostrophes), in any letter case. */
int cs__prose_word_is(const struct cs__prose *prose, size_t i, const char *literal, size_t size);
/** Whether word `i` begins with a capital. */
int cs__prose_is_capital(const struct cs__prose *prose, size_t i);
/** The first and last word (half open) of the sentence that word `i` is in. */
void cs__prose_sentence(const struct cs__prose *prose, size_t i, size_t *first, size_t *last);

/** How many words from `i` name a judgement ("requires improvement to be good"), 0 for none. */
size_t cs__prose_judgement(const struct cs__prose *prose, size_t i, cs_judgement *out);
/** How many words from `i` are an ordinal number ("third", "3rd"); 0 for none. */
size_t cs__prose_ordinal(const struct cs__prose *prose, size_t i, int *out);
/** How many words from `i` are a small number ("four", "4"); 0 for none. */
size_t cs__prose_number(const struct cs__prose *prose, size_t i, int *out);

/** What a pattern matched; captures that it has not are zero. */
struct cs__prose_match {
    size_t first, last; /**< words, half open */
    cs_judgement judgement;
    size_t judgement_first; /**< word at which the judgement begins */
    int ordinal;
    int number;
    const struct cs__date_phrase *date; /**< borrowed from the prose */
};

/**
 * Find `pattern` at word `from` or later; 1 and `*out` is set, or 0.
 *
 * A pattern is elements separated by spaces, all within one sentence, and on one side of a semicolon:
 *
 *     word            that word, in any letter case; apostrophes don't count
 *     a|b|c           one of several words
 *     word?           may be missing (also a|b?)
 *     ~5              up to 5 words of any kind, as few as will do
 *     <judgement>  <ordinal>  <number>  <date>      captured
 *     <capital>       any word with a capital
 *     :               a colon stands before the next word
 *     ^               the text, or a sentence, begins here
 *     $               the text, or the sentence, ends here
 */
int cs__prose_find(const struct cs__prose *prose, size_t from, const char *pattern,
                   struct cs__prose_match *out);
/** The same at word `at` only. */
int cs__prose_match_at(const struct cs__prose *prose, size_t at, const char *pattern,
                       struct cs__prose_match *out);

#endif
