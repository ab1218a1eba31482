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

/**
 * Which segments to merge next, given how many passages each holds (not removed / in all), oldest first.
 *
 * `*first` and `*count` are set; `*count` is 0 where nothing is due. The rule keeps a transaction's work in
 * proportion to what it wrote, and the segments few: see CS__SMALL_SEGMENT and CS__SEGMENTS_MAX.
 */
struct cs__segment_load {
    uint32_t live, all;
};
void cs__merge_choose(const struct cs__segment_load *loads, size_t segment_count, size_t *first,
                      size_t *count);

/** Below so many passages, a segment is merged with newer ones as soon as they are as large as it. */
#define CS__SMALL_SEGMENT 32768u
/** With more segments, the cheapest neighbours are merged. */
#define CS__SEGMENTS_MAX 10u

#endif
