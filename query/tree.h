/* SPDX-License-Identifier: MIT */
/* The query as a tree, before it is anything else. Output of parse (and of expand), input of plan. Owned by
 * an arena.
 *
 * Which passages match, and with what score (query/match_score.h has the formula):
 *
 * TERM, PHRASE, PREFIX: where they occur, in the text or the heading. Score: weight x idf x what frequency
 * and length make of it, as if a phrase, or all the terms that begin so, were one term. A phrase is as rare
 * as its rarest term; a prefix as frequent as its terms together.
 *
 * NEAR: where all children occur near enough, in one field. Score: the sum of theirs, occurrences far off not
 * counted.
 *
 * AND, OR, NOT: as they say. Score: the sum over the children that match, what NOT excludes left out.
 *
 * BAG: all children, or at least `minimum` of them (struct cs__plan). Score: the sum over those that match.
 *
 * GROUP: any child (under ANY its BAG too matches by any word). Score: the sum over the words typed that
 * occur, also where only some do, plus the best single variant's.
 *
 * THEME: `theme:NAME`. Of a parsed tree only: cs__themes_resolve() says which theme it is, or makes words of
 * it, and expand puts the theme's own words in its place.
 *
 * ALL: every passage; score 0. Only as first child of a NOT at the root; cs__match() never sees it.
 *
 * A leaf with `forms` matches where the text itself has these forms: the index knows stems only, so a matcher
 * goes by the terms, and who asked looks at the text afterwards (query/verify.h). A subtree never has
 * children of the same AND or OR kind as itself, and no AND, OR or BAG of one child. */
#ifndef QUERY_TREE_H
#define QUERY_TREE_H

#include <csearch/query.h>

#include "core/arena.h"

struct cs__theme;

enum cs__node_kind {
    CS__NODE_TERM = 1, /**< one word; a word that tokenizes to several terms ("asylum-seeking") is a PHRASE */
    CS__NODE_PHRASE,   /**< terms in order, next to each other */
    CS__NODE_PREFIX,   /**< as PHRASE, but the last term, not stemmed, is one that others begin with */
    CS__NODE_NEAR, /**< children (TERM, PHRASE, PREFIX) in any order, at most `distance` other words between
                        the end of the first and the start of the last, as FTS5 counts */
    CS__NODE_AND,
    CS__NODE_OR,
    CS__NODE_NOT,   /**< first child and not second */
    CS__NODE_BAG,   /**< words side by side without operators: `match` decides how they combine */
    CS__NODE_GROUP, /**< alternatives: first child (TERM, PHRASE, PREFIX, or BAG of TERM and PHRASE that are
                       all needed) is what was typed, the others (TERM, PHRASE) are its variants */
    CS__NODE_ALL,   /**< every passage */
    CS__NODE_THEME  /**< a theme by its name: `typed` */
};

struct cs__node {
    enum cs__node_kind kind;
    struct cs__node **children;
    size_t child_count;
    const char **terms; /**< TERM, PHRASE, PREFIX: as the tokenizer gives them; none before expand */
    size_t term_count;
    const char **forms; /**< NULL, or a form for each term (NULL for any) that the word of the text must have:
                           as the tokenizer gives it under CS__TOKENIZE_EXACT */
    int form_is_prefix; /**< the last form need only be a beginning */
    const char *typed;  /**< as the user typed it, for read_as and messages */
    uint32_t distance;  /**< NEAR */
    int exact;          /**< `=word`: no stemming, no vocabulary */
    int quoted;         /**< PHRASE that stood in quotation marks: a compound word did not */
    const struct cs__theme *theme; /**< THEME, once resolved; borrowed */
    double weight;                 /**< 1 for what was typed, less for a variant */
};

#endif
