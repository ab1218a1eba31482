/* SPDX-License-Identifier: MIT */
/* A cache of segment chunks, read through one connection. Chunks never change, so nothing in it goes stale;
 * what is not in use goes, least recently used first, when it holds more than its bound. */
#ifndef CORE_SEGMENT_CACHE_H
#define CORE_SEGMENT_CACHE_H

#include <csearch/types.h>

#include <sqlite3.h>

#include "core/segment.h"

struct cs__chunk_cache;

/** The caller owns `*out`; release it with cs__chunk_cache_free() when no chunk is in use. Returns CS_OK or
 * CS_ERR_NOMEM. */
cs_status cs__chunk_cache_new(sqlite3 *db, size_t bytes, struct cs__chunk_cache **out);
void cs__chunk_cache_free(struct cs__chunk_cache *cache);

/** Drop every chunk; none may be in use. For ids that a rollback made free to be given again. */
void cs__chunk_cache_clear(struct cs__chunk_cache *cache);

/** The cache as a source of a segment's chunks; it must outlive the segment. */
struct cs__chunk_source cs__chunk_cache_source(struct cs__chunk_cache *cache, int64_t segment);

#endif
