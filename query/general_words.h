/* SPDX-License-Identifier: MIT */
/* Words of every inspection report that say how, or that something be done, and name nothing: "ensure",
 * "quality", "timely", "children"; and texts as words. Output: terms, to be looked up; trees without terms.
 */
#ifndef QUERY_GENERAL_WORDS_H
#define QUERY_GENERAL_WORDS_H

#include "core/arena.h"
#include "core/tokenizer.h"
#include "query/tree.h"

/** Terms, sorted; they live in the arena given. Zero-initialised is empty. */
struct cs__term_list {
    const char **items;
    size_t count;
};

/** The terms of `size` bytes at `text`. Returns 0 when memory is out. */
int cs__term_list_read(struct cs__tokenizer *tokenizer, const char *text, size_t size,
                       struct cs__arena *arena, struct cs__term_list *out);
/** The general words. Returns 0 when memory is out. */
int cs__general_words(struct cs__tokenizer *tokenizer, struct cs__arena *arena, struct cs__term_list *out);
int cs__term_list_has(const struct cs__term_list *list, const char *term);

/**
 * The words of a text side by side, as parse would give them, but for signs, which stand for nothing here.
 *
 * It lives in `arena`; NULL when memory is out.
 */
struct cs__node *cs__words_bag(struct cs__tokenizer *tokenizer, const char *text, size_t size,
                               struct cs__arena *arena);

#endif
