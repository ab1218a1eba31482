/* SPDX-License-Identifier: MIT */
/* Filters: the fields of a query and its options -> the passages that count, as ranges of passage ids.
 *
 * Passages of one document, and within it of one section, have neighbouring ids, so a filter is a short list
 * of ranges that a matcher can skip by, whatever it filters on. */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include <csearch/query.h>

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "query/notes.h"

struct cs__query;

/** Passage ids `first` to `last`, both included. */
struct cs__id_range {
    int64_t first, last;
};

/** Ranges in order, not overlapping. None at all means that no passage passes. */
struct cs__filter {
    struct cs__id_range *ranges;
    size_t count;
};

/**
 * The smallest id of at least `id` that passes; INT64_MAX when there is none.
 *
 * `*cursor` starts at 0 and is the caller's memory between calls; ids of one walk must not go down. Amortised
 * logarithmic in the ranges skipped.
 */
int64_t cs__filter_seek(const struct cs__filter *filter, size_t *cursor, int64_t id);

/**
 * Resolve what the fields of `query` and `options` ask for. Both must hold; of one field in a query, one
 * value must (of since and until, all), and none of those negated.
 *
 *   judgement  of the passage's section; where that states none, the document's overall; else the visit's
 *   dates      any day in common with the visit, else with the publication; unknown dates do not pass
 *
 * `*out` is NULL when nothing is asked, so that all passages pass; else it lives in `arena`.
 *
 * Returns CS_OK, CS_ERR_ARGUMENT (an option can't be read: the message names it), CS_ERR_NOMEM, CS_ERR_IO,
 * CS_ERR_CORRUPT.
 */
cs_status cs__filter_resolve(cs_reader *reader, const struct cs__query *query,
                             const cs_search_options *options, struct cs__arena *arena,
                             struct cs__notes *notes, struct cs__filter **out, cs_error *error);

/**
 * The ranges of both. Either may be NULL (all passages); `*out` is NULL when both are.
 *
 * Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__filter_intersect(const struct cs__filter *a, const struct cs__filter *b,
                               struct cs__arena *arena, struct cs__filter **out);

#endif
