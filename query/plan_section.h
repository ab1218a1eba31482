/* SPDX-License-Identifier: MIT */
/* Sections that have all words of a bag between their passages. */
#ifndef QUERY_PLAN_SECTION_H
#define QUERY_PLAN_SECTION_H

#include "core/arena.h"
#include "query/filter.h"
#include "query/tree.h"

/** When even the rarest word is in more passages than this, sections are not looked for. */
#define CS__SECTION_PASSAGES_MAX 20000
/** Nor are they sought for more words: each is counted, and a pasted page stands in no section anew. */
#define CS__SECTION_WORDS_MAX 64

/**
 * The passages of those sections in which, among what `filter` lets pass, each child of `bag` occurs.
 *
 * `*out` lives in `arena` and is empty where there are none. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO,
 * CS_ERR_CORRUPT.
 */
cs_status cs__plan_sections(cs_reader *reader, const struct cs__node *bag, const struct cs__filter *filter,
                            struct cs__arena *arena, struct cs__filter **out, cs_error *error);

#endif
