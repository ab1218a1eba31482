/* SPDX-License-Identifier: MIT */
/* Postings gathered in memory until they become a segment. Input: passages with their tokens, in order of
 * passage ids; output: a segment through a builder. */
#ifndef INDEXER_POSTINGS_WRITE_MEMORY_H
#define INDEXER_POSTINGS_WRITE_MEMORY_H

#include <csearch/types.h>

#include "core/tokenizer.h"
#include "indexer/postings_write_segment.h"
#include "indexer/write.h"

struct cs__memory_postings;

/** The caller owns `*out`; release it with cs__memory_postings_free(). Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__memory_postings_new(struct cs__memory_postings **out);
void cs__memory_postings_free(struct cs__memory_postings *memory);
/** Forget everything, keep the memory. */
void cs__memory_postings_clear(struct cs__memory_postings *memory);

/** Begin a passage; ids rise. A heading equal to that of the passage before is kept once for both. */
void cs__memory_postings_passage(struct cs__memory_postings *memory, int64_t passage);
/** One token of the passage at hand: first those of its heading, then those of its text, positions rising
 * in each. */
void cs__memory_postings_token(struct cs__memory_postings *memory, enum cs__write_field field,
                               const struct cs__token *token);
/** End the passage at hand, `lengths` words long in each field. */
void cs__memory_postings_end(struct cs__memory_postings *memory, const uint32_t lengths[CS__FIELD_COUNT]);
/** Begin a removed passage, whose tokens then come by cs__memory_postings_unword(): each of its terms counts
 * once a field as an adjustment (core/segment.h). */
void cs__memory_postings_removal(struct cs__memory_postings *memory);
void cs__memory_postings_unword(struct cs__memory_postings *memory, enum cs__write_field field,
                                const struct cs__token *token);

/** What it holds. `first` is the id of local number 0. */
struct cs__memory_size {
    int64_t first;
    uint32_t span;
    uint32_t passages;
    uint64_t words; /**< as length codes say */
    size_t terms;   /**< adjusted ones count */
    size_t bytes;   /**< of memory */
};
struct cs__memory_size cs__memory_postings_size(const struct cs__memory_postings *memory);

/** Write everything to a segment, and clear the memory: chunks to `sink`, the header to `header`. Returns
 * CS_OK, CS_ERR_NOMEM (now or in an earlier call), or what the sink returned. */
cs_status cs__memory_postings_write(struct cs__memory_postings *memory, struct cs__chunk_sink sink,
                                    struct cs__buffer *header);

#endif
