/* SPDX-License-Identifier: MIT */
/* Packing: texts of passages -> rows of `pack`, compressed in a thread of its own beside the writer's.
 *
 * The first texts of a new index wait until there are enough of them to make its dictionary from
 * (core/dictionary.h), which is then kept in `meta`. */
#ifndef INDEXER_WRITE_PACK_H
#define INDEXER_WRITE_PACK_H

#include <csearch/types.h>

#include <sqlite3.h>

struct cs__packing;

/** The caller owns `*out`; release it with cs__packing_close() before `db`. Returns CS_OK, or as
 * cs__store_failed(). */
cs_status cs__packing_open(sqlite3 *db, struct cs__packing **out, cs_error *error);
/** What was not flushed is dropped. NULL is allowed. */
void cs__packing_close(struct cs__packing *packing);

/**
 * Add the text (copied) of the passage `id`. Within a pack ids follow each other without a gap: call
 * cs__packing_break() before one that does not. Inserts packs that are ready. Returns CS_OK, or as
 * cs__store_failed().
 */
cs_status cs__packing_add(struct cs__packing *packing, int64_t id, const char *text, size_t size,
                          cs_error *error);
/** Close the open pack. Returns as cs__packing_add(). */
cs_status cs__packing_break(struct cs__packing *packing, cs_error *error);
/** Close the open pack, wait for all, and insert them. Returns as cs__packing_add(). */
cs_status cs__packing_flush(struct cs__packing *packing, cs_error *error);
/** The transaction was rolled back: forget all texts, and the dictionary if it was made in it. Waits for the
 * thread. */
void cs__packing_forget(struct cs__packing *packing);
/** The transaction was committed. */
void cs__packing_committed(struct cs__packing *packing);

#endif
