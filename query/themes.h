/* SPDX-License-Identifier: MIT */
/* Themes: queries with a name. Input: query/themes.txt (compiled in; its head explains the format) and a file
 * of the user's own; output: the theme that some words name, and its words as a tree. */
#ifndef QUERY_THEMES_H
#define QUERY_THEMES_H

#include <csearch/types.h>

#include "core/arena.h"
#include "core/tokenizer.h"
#include "query/tree.h"

/** Strings, in the order of the file. */
struct cs__theme_items {
    const char **items;
    size_t count, capacity;
};

struct cs__theme {
    const char *name;
    const char *group;            /**< heading that it stands under; NULL for none */
    struct cs__theme_items names; /**< the name first, then the others */
    struct cs__theme_items words;
    struct cs__theme_items scope;
    int any_scope; /**< any visit may look at it */
};

struct cs__themes;

/**
 * Read the built-in themes, and `user_file` (NULL for none) after them; a theme of the user's replaces one of
 * the same name.
 *
 * The caller owns `*out`; release it with cs__themes_free(). Returns CS_OK, CS_ERR_NOMEM, CS_ERR_ARGUMENT
 * (the file can't be read, or is no list of themes: the message names file and line).
 */
cs_status cs__themes_load(struct cs__tokenizer *tokenizer, const char *user_file, struct cs__themes **out,
                          cs_error *error);
void cs__themes_free(struct cs__themes *themes);

size_t cs__themes_count(const struct cs__themes *themes);
/** Borrowed from `themes`; NULL when `i` is past the end. */
const struct cs__theme *cs__themes_get(const struct cs__themes *themes, size_t i);

/**
 * The theme that `size` bytes at `text` name: by one of its names, in any form and order of the words; very
 * common words don't count. Where there is none so, words that say nothing of their own ("quality of",
 * "arrangements for") are left out.
 *
 * NULL when they name none, or memory is out.
 */
const struct cs__theme *cs__themes_find(const struct cs__themes *themes, struct cs__tokenizer *tokenizer,
                                        const char *text, size_t size);

/**
 * Items of a theme as a tree without terms, for cs__expand(): an OR of phrases and NEARs.
 *
 * It lives in `arena`. Returns NULL when memory is out, or there are no items.
 */
struct cs__node *cs__themes_tree(const struct cs__theme_items *items, struct cs__arena *arena);

#endif
