/* SPDX-License-Identifier: MIT */
/* All segments of one index, through one connection: chunks are read when first needed and kept in a bounded
 * cache. Tables: segment, segment_chunk, segment_removed (schema.sql). */
#ifndef CORE_SEGMENT_STORE_H
#define CORE_SEGMENT_STORE_H

#include <csearch/types.h>

#include <sqlite3.h>

#include "core/segment.h"
#include "core/store.h"

/** Row ids of segment_chunk and segment_removed are segment << CS__CHUNK_BITS | number. */
#define CS__CHUNK_BITS 24
/** The number under which a segment's header stands among its chunks. */
#define CS__CHUNK_HEADER ((1u << CS__CHUNK_BITS) - 1)
/** Passages in one page of the bitmap of removed passages. */
#define CS__REMOVED_PAGE 32768u

struct cs__segments;

/** One segment with what has changed since it was written. */
struct cs__stored_segment {
    int64_t id;
    struct cs__segment *segment;
    struct cs__segments *store;
    uint32_t removed;       /**< passages removed since it was written */
    uint64_t removed_words; /**< and their words, as their length codes say */
    unsigned char **pages;  /**< of the bitmap of removed passages; NULL until loaded */
    uint32_t page_count;
};

/** Fields are for reading; the rest is the module's own. */
struct cs__segments {
    struct cs__stored_segment *items; /**< in order of passage ids, which never overlap */
    size_t count;
    uint64_t passages; /**< not removed, over all segments */
    uint64_t words;    /**< of these, as their length codes say */
    sqlite3 *db;
    struct cs__chunk_cache *cache;
    struct cs__statements statements;
    int64_t version;
    int is_stale;
};

/** What a reader's chunk cache holds at most, beside what is in use. */
#define CS__CACHE_BYTES_DEFAULT (48u << 20)

/**
 * Segments of the index that `db` (borrowed) has open. Nothing is read yet: call cs__segments_refresh().
 *
 * The caller owns `*out`; release it with cs__segments_free(). Returns CS_OK, CS_ERR_NOMEM.
 */
cs_status cs__segments_new(sqlite3 *db, size_t cache_bytes, struct cs__segments **out);
void cs__segments_free(struct cs__segments *segments);

/**
 * Bring `items` up to date. Call it at the start of each read transaction; it costs next to nothing where no
 * one has written. Pointers into `items` are invalid after it. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO,
 * CS_ERR_CORRUPT.
 */
cs_status cs__segments_refresh(struct cs__segments *segments);
/** This connection has written to the tables itself: the next refresh reads them again. */
void cs__segments_touch(struct cs__segments *segments);

/** Forget all that was read: pages of bitmaps may have been changed in vain. `items` is empty after it. */
void cs__segments_forget(struct cs__segments *segments);

/** Load one page of a bitmap; used by cs__passage_is_removed(). */
void cs__segments_load_page(struct cs__stored_segment *stored, uint32_t page);

/** Whether a local number's passage was removed after its segment was written. */
static inline int cs__passage_is_removed(struct cs__stored_segment *stored, uint32_t passage)
{
    if (stored->removed == 0)
        return 0;
    uint32_t page = passage / CS__REMOVED_PAGE, bit = passage % CS__REMOVED_PAGE;
    if (stored->pages[page] == NULL)
        cs__segments_load_page(stored, page);
    return stored->pages[page][bit / 8] >> (bit % 8) & 1;
}

/** How many passages have a term, in text and in headings, over all segments, without the removed ones. */
struct cs__term_counts {
    uint64_t text, heading;
};
/** Returns as cs__segment_find(). */
cs_status cs__segments_count(struct cs__segments *segments, const char *term, size_t size,
                             struct cs__term_counts *out);

#endif
