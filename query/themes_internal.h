/* SPDX-License-Identifier: MIT */
/* The inner side of themes, shared by reading them (themes.c) and finding them (themes_find.c). */
#ifndef QUERY_THEMES_INTERNAL_H
#define QUERY_THEMES_INTERNAL_H

#include "query/themes.h"

/** A name as it is looked up: its terms in order, each once, with blanks between; once without the words that
 * say nothing of their own. */
struct cs__theme_key {
    const char *full, *bare;
    size_t theme;
};

#define CS__THEME_BARE_MAX 32

struct cs__themes {
    struct cs__arena arena;
    struct cs__theme *items;
    size_t count, capacity;
    struct cs__theme_key *keys; /**< in the order of the themes and their names */
    size_t key_count;
    const char *bare[CS__THEME_BARE_MAX]; /**< terms that say nothing of their own, sorted */
    size_t bare_count;
};

/** Make the keys of all names. Returns 0 when memory is out. */
int cs__themes_key(struct cs__themes *themes, struct cs__tokenizer *tokenizer);

#endif
