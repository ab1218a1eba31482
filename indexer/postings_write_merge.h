/* SPDX-License-Identifier: MIT */
/* Merging: neighbouring segments to one, without their removed passages; and which to merge when. */
#ifndef INDEXER_POSTINGS_WRITE_MERGE_H
#define INDEXER_POSTINGS_WRITE_MERGE_H

#include <csearch/types.h>

#include "core/segment_store.h"
#include "indexer/postings_write_tables.h"

/**
 * Merge segments `first .. first + count - 1` of `segments` into one, and drop them. With no passage and no
 * adjustment left they are only dropped. `segments` is to be refreshed behind it.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_CORRUPT, or as cs__store_failed().
 */
cs_status cs__segments_merge(struct cs__segments *segments, size_t first, size_t count,
                             struct cs__segment_tables *tables, cs_error *error);

/** How many passages a segment holds: those not removed, and all. */
struct cs__segment_load {
    uint32_t live, all;
};

/**
 * Which segments to merge next, oldest first: `*first` and `*count` are set; `*count` is 0 where nothing is
 * due.
 *
 * Segments have levels by their size. Two of one small level (below CS__SMALL_SEGMENT), or four of a large
 * one, are merged with all that are newer; so a passage is rewritten a logarithmic number of times, and the
 * segments stay a logarithmic number. A segment half of whose passages were removed is written again alone.
 */
void cs__merge_choose(const struct cs__segment_load *loads, size_t segment_count, size_t *first,
                      size_t *count);

#define CS__SMALL_SEGMENT 32768u

#endif
