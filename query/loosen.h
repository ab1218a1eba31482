/* SPDX-License-Identifier: MIT */
/* Loosen: where any word may match, a compound ("high-speed") is its words too. Input: an expanded tree;
 * output: the tree to match by. */
#ifndef QUERY_LOOSEN_H
#define QUERY_LOOSEN_H

#include "core/arena.h"
#include "query/tree.h"

/**
 * The tree with each compound word of its bag (or the compound that it is) as the compound and its words,
 * each at CS__RANK_COMPOUND of its weight. What was put in quotation marks or is to be exact stays.
 *
 * What is new lives in `arena`; what is not loosened is shared with `tree`. Returns NULL when memory is out.
 */
struct cs__node *cs__loosen(struct cs__node *tree, struct cs__arena *arena);

#endif
