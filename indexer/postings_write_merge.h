/* SPDX-License-Identifier: MIT */
/* Merging: neighbouring segments to one, without their removed passages; and which to merge when. */
#ifndef INDEXER_POSTINGS_WRITE_MERGE_H
#define INDEXER_POSTINGS_WRITE_MERGE_H

#include <csearch/types.h>

#include "core/segment_store.h"
#include "indexer/postings_write_tables.h"

/**
 * Merge segments `first .. first + count - 1` of `segments` into one, and drop them. `segments` is to be
 * refreshed behind it. Postings and positions copied are added to `*work`.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_CORRUPT, or as cs__store_failed().
 */
cs_status cs__segments_merge(struct cs__segments *segments, size_t first, size_t count,
                             struct cs__segment_tables *tables, uint64_t *work, cs_error *error);

/* A merge in several transactions: begun once, gone on with until its row is no more. Meanwhile its inputs
 * serve readers, and passages may be removed from them. */

/** As cs__segments_merge(), but stop at the first term behind which `limit` of work is done, and leave a row
 * (cs__merge_row_read()) where terms are left. */
cs_status cs__merge_begin(struct cs__segments *segments, size_t first, size_t count,
                          struct cs__segment_tables *tables, uint64_t limit, uint64_t *work, cs_error *error);
/** Go on with the merge of `row`. */
cs_status cs__merge_continue(struct cs__segments *segments, const struct cs__merge_row *row,
                             struct cs__segment_tables *tables, uint64_t limit, uint64_t *work,
                             cs_error *error);
/** Drop what was done of it; its inputs stay. */
cs_status cs__merge_abandon(struct cs__segment_tables *tables, const struct cs__merge_row *row,
                            cs_error *error);
/** Where its inputs begin in `segments`. Returns CS_OK or CS_ERR_CORRUPT (they are not there). */
cs_status cs__merge_inputs(const struct cs__segments *segments, const struct cs__merge_row *row,
                           size_t *first);

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
 * segments stay a logarithmic number. A segment of which more than one in CS__REMOVED_SHARE was removed is
 * written again alone: what matching passes over stays a small part of its work.
 */
void cs__merge_choose(const struct cs__segment_load *loads, size_t segment_count, size_t *first,
                      size_t *count);

#define CS__SMALL_SEGMENT 32768u
#define CS__REMOVED_SHARE 4u

#endif
