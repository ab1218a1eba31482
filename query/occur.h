/* SPDX-License-Identifier: MIT */
/* Occurrences: a tree and one passage -> whether it matches, and which bytes of the text do. This is the
 * plain reading of query/tree.h, word by word; matchers do the same by way of the index. */
#ifndef QUERY_OCCUR_H
#define QUERY_OCCUR_H

#include <csearch/query.h>

#include "core/arena.h"
#include "core/tokenizer.h"
#include "query/tree.h"

/** A word of a text. A short form in capitals is two, at one position. */
struct cs__word {
    const char *term;
    const char *form; /**< as under CS__TOKENIZE_EXACT; NULL where forms were not asked for */
    uint32_t start, end, position;
};

/** Words of a text, in order; they live in the arena given. */
struct cs__words {
    struct cs__word *items;
    size_t count;
};

/** Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__words_read(struct cs__tokenizer *tokenizer, const char *text, size_t size, int with_forms,
                         struct cs__arena *arena, struct cs__words *out);

/** Whether a leaf, or a NEAR of leaves, occurs. */
int cs__leaf_occurs(const struct cs__node *leaf, const struct cs__words *words);

/**
 * Whether a passage matches: `heading` and `text` are its two parts, and no phrase goes from one to the
 * other.
 *
 * `match` and `minimum` as in struct cs__plan.
 */
int cs__tree_holds(const struct cs__node *tree, cs_match_mode match, uint32_t minimum,
                   const struct cs__words *heading, const struct cs__words *text);

/** Whether any leaf asks for a form, so that matches by terms must be looked at again. */
int cs__tree_has_forms(const struct cs__node *tree);

/** A mark, and the leaf that made it (numbered in the order of the tree). */
struct cs__occurrence {
    uint32_t start, end;
    uint32_t leaf;
};

struct cs__occurrences {
    struct cs__occurrence *items;
    size_t count, capacity;
};

/**
 * All places of `text` that leaves of the tree match, but for those behind a NOT; in order of their start.
 *
 * They live in `arena`. Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__tree_occurrences(const struct cs__node *tree, const struct cs__words *text,
                               struct cs__arena *arena, struct cs__occurrences *out);

/**
 * The ranges of `occurrences`, those that overlap made one. `*out` lives in `arena`.
 *
 * Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__occurrences_merge(const struct cs__occurrences *occurrences, struct cs__arena *arena,
                                cs_range **out, size_t *count);

#endif
