/* SPDX-License-Identifier: MIT */
/* Filters: the fields of a query and its options -> the passages that count, as ranges of passage ids.
 *
 * Passages of one document, and within it of one section, have neighbouring ids, so a filter is a short list
 * of ranges that a matcher can skip by, whatever it filters on. */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include <stddef.h>
#include <stdint.h>

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

#endif
