/* SPDX-License-Identifier: MIT */
/* Excerpt: a passage and its marks -> the part to show where space is short. */
#ifndef QUERY_EXCERPT_H
#define QUERY_EXCERPT_H

#include <csearch/query.h>

#include "core/arena.h"
#include "query/occur.h"

/** An excerpt is about this long at most, in bytes, unless more context was asked for. */
#define CS__EXCERPT_BYTES 400

/**
 * Choose the sentences of `text` that answer best: those with the most different words of the query, and what
 * stands around them while it fits.
 *
 * `context` is a number of sentences to show on each side of the best one, however long; 0 leaves it to the
 * room. A sentence that is too long itself is cut between words, around its marks. `*out` is never empty
 * unless `text` is, and cuts no character.
 *
 * Returns CS_OK or CS_ERR_NOMEM; `arena` is for its own work.
 */
cs_status cs__excerpt(const char *text, size_t size, const struct cs__occurrences *occurrences,
                      uint32_t context, struct cs__arena *arena, cs_range *out);

#endif
