/* SPDX-License-Identifier: MIT */
/* Expand: a parsed tree -> the tree that is matched: words as terms, stop words left out of bags, the
 * beginnings of words and vocabulary groups with their alternatives. */
#ifndef QUERY_EXPAND_H
#define QUERY_EXPAND_H

#include <csearch/types.h>

#include "core/arena.h"
#include "core/tokenizer.h"
#include "query/notes.h"
#include "query/tree.h"

struct cs__vocabulary;

/** More words than this in one query are left out, and a note says so. */
#define CS__EXPAND_LEAVES_MAX 512
/** Terms of one phrase. */
#define CS__PHRASE_TERMS_MAX 64

struct cs__expand_options {
    struct cs__tokenizer *tokenizer;
    struct cs__vocabulary *vocabulary; /**< NULL for none */
    cs_reader *reader; /**< whose documents may say what a short form stands for; NULL for none */
    int exact;         /**< every word as it was typed */
};

/** Release with cs__expanded_free(); zero-initialised is empty and valid. */
struct cs__expanded {
    struct cs__arena arena;
    struct cs__node *tree; /**< NULL where no word is left */
    const char **also;     /**< what is searched beside the words typed, as a reader would write it */
    size_t also_count;
    struct cs__notes notes;
};

/** Nothing is borrowed from `tree`, which may be NULL. Returns CS_OK or CS_ERR_NOMEM (`*out` is then empty).
 */
cs_status cs__expand(const struct cs__node *tree, const struct cs__expand_options *options,
                     struct cs__expanded *out, cs_error *error);
void cs__expanded_free(struct cs__expanded *expanded);

/** The inner side, shared by expand.c, expand_leaf.c and expand_vocabulary.c. */
struct cs__expander {
    const struct cs__expand_options *options;
    struct cs__expanded *out;
    size_t leaves;
    size_t also_capacity;
    int nomem;
    cs_status status; /**< of what was read from the index; sticky */
    cs_error *error;
};

/**
 * A leaf (TERM, PHRASE, PREFIX as parsed) with its terms, and a GROUP around it where it has alternatives and
 * `alone` is zero. NULL when it has no terms, and on memory running out (`nomem`).
 */
struct cs__node *cs__expand_leaf(struct cs__expander *expander, const struct cs__node *leaf, int alone);
/** A TERM or PHRASE of the words of `text`, of this weight; NULL as above. */
struct cs__node *cs__expand_text(struct cs__expander *expander, const char *text, double weight);
/** The terms of typed text, for a query; at most CS__PHRASE_TERMS_MAX. NULL when memory is out. */
const char **cs__expand_terms(struct cs__expander *expander, const char *text, size_t *count);
/**
 * A GROUP for the first of `nodes` (as parsed), and as many behind them as are one name in the vocabulary.
 *
 * `*taken` is how many nodes it stands for. NULL where the vocabulary has no such name, and on memory running
 * out.
 */
struct cs__node *cs__expand_words(struct cs__expander *expander, struct cs__node *const *nodes, size_t count,
                                  size_t *taken);
/** Add to what is searched beside the words typed, once. */
void cs__expand_also(struct cs__expander *expander, const char *text);
/** A BAG without its stop words (unless there is nothing else); one child stands for itself, none is NULL. */
struct cs__node *cs__expand_tidy(struct cs__node *bag);
struct cs__node *cs__expand_node(struct cs__expander *expander, enum cs__node_kind kind, size_t child_count);

#endif
