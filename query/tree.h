/* SPDX-License-Identifier: MIT */
/* The query as a tree, before it is anything else. Output of parse (and of expand), input of plan. Owned by
 * an arena. */
#ifndef QUERY_TREE_H
#define QUERY_TREE_H

#include <csearch/query.h>

#include "core/arena.h"

enum cs__node_kind {
    CS__NODE_TERM = 1, /**< one word; a word that tokenizes to several terms ("asylum-seeking") is a PHRASE */
    CS__NODE_PHRASE,   /**< terms in order, next to each other */
    CS__NODE_PREFIX,   /**< one term, not stemmed, that others begin with */
    CS__NODE_NEAR,     /**< children (terms or phrases) within `distance` words of each other, in any order */
    CS__NODE_AND,
    CS__NODE_OR,
    CS__NODE_NOT,  /**< first child and not second */
    CS__NODE_BAG,  /**< words side by side without operators: `match` decides how they combine */
    CS__NODE_GROUP /**< a vocabulary group: first child is what was typed, the others its variants */
};

struct cs__node {
    enum cs__node_kind kind;
    struct cs__node **children;
    size_t child_count;
    const char **terms; /**< TERM, PHRASE, PREFIX: as the tokenizer gives them */
    size_t term_count;
    const char *typed; /**< as the user typed it, for read_as */
    uint32_t distance; /**< NEAR */
    int exact;         /**< `=word`: no stemming, no vocabulary */
    double weight;     /**< 1 for what was typed, less for a variant */
};

#endif
