/* SPDX-License-Identifier: MIT */
/* Segment: an immutable part of the index of words, covering the passages of one range of ids. Input: its
 * header and its chunks as bytes; output: terms, and cursors over their postings.
 *
 * A segment numbers its passages from its base: local number = passage id - base, 0 .. span - 1. Numbers may
 * be vacant. It is a header and some number of chunks of about 16 KB, each read when first needed. All
 * integers are varints (buffer.h) unless said otherwise; arrays of numbers are packed arrays (postings.h).
 *
 * Header
 *     version (1), span, passages, words (sum of decoded length codes)
 *     first length chunk, count of length chunks
 *     dictionary: count of its blocks; for each its first term (size, bytes), chunk and offset of the block
 * Length chunk
 *     the length codes of 16,384 local numbers, a byte each; 0 is a vacant number. Cut after the last
 * passage. Dictionary block (about 2 KB; a chunk holds several), terms in order of their bytes entry: size of
 * what it shares with the term before (0 for the first), size and bytes of the rest, size and bytes of the
 * entry's body body:  flags (1 text list, 2 heading list, 4 adjustment); the lists; the adjustment: two
 * zigzag numbers An adjustment counts passages with the term, in text and in headings, that were removed from
 * any segment while this one was written, less those that merging has dropped since: document frequency is
 *     the sum of list sizes less the sum of adjustments, over all segments.
 * List
 *     count of postings; for headings the count of passages they cover; count of parts
 *     no part:  its postings stand here: size and bytes of postings, size and bytes of positions, impacts
 *     else for each part: count of blocks, chunk, offset, chunk of positions, offset of positions, last
 *     passage (less that of the part before), impacts
 * Part, a run of blocks of 128 postings (the list's last block may be shorter), all in one chunk
 *     of one block: its body. Else: size of the heads; the heads; the bodies
 *     head: last passage (less that of the block before), size of the body, size of the positions, impacts
 *     body: packed array of gaps; of frequencies less 1; for headings between these the array of run lengths
 *           less 1, and after them the array of the headings' length codes
 *     gap:  passage less the last one that the posting before covers, less 1
 *     positions: of all postings of a block, one after the other: the first as it is, others less the one
 *           before, less 1; in packed arrays of 128
 *
 * A posting of a text is one passage. A posting of a heading is a run of passages: all that stand under it,
 * so that a section's heading is written once. */
#ifndef CORE_SEGMENT_H
#define CORE_SEGMENT_H

#include <csearch/types.h>

#include "core/arena.h"
#include "core/postings.h"

#define CS__SEGMENT_VERSION 1
#define CS__LENGTH_CHUNK 16384u
/** No local number: the end of a cursor. Spans are below it. */
#define CS__NO_PASSAGE UINT32_MAX

/** Where a segment's chunks come from. */
struct cs__chunk_source {
    void *context;
    int64_t segment; /**< given back to get() and put() */
    /**
     * The bytes of a chunk, with CS__PACKED_SLACK readable bytes behind them; borrowed until put().
     *
     * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT (there is no such chunk).
     */
    cs_status (*get)(void *context, int64_t segment, uint32_t chunk, const unsigned char **bytes,
                     size_t *size);
    void (*put)(void *context, int64_t segment, uint32_t chunk);
};

static inline cs_status cs__chunk_get(const struct cs__chunk_source *source, uint32_t chunk,
                                      const unsigned char **bytes, size_t *size)
{
    return source->get(source->context, source->segment, chunk, bytes, size);
}

static inline void cs__chunk_put(const struct cs__chunk_source *source, uint32_t chunk)
{
    source->put(source->context, source->segment, chunk);
}

/** A block of the dictionary: its first term and where it stands. */
struct cs__dictionary_block {
    const unsigned char *term;
    uint32_t term_size;
    uint32_t chunk;
    uint32_t offset;
};

struct cs__segment {
    int64_t base; /**< id of the passage with local number 0 */
    uint32_t span;
    uint32_t passages; /**< when it was written: removed ones count */
    uint64_t words;
    struct cs__chunk_source source;
    struct cs__dictionary_block *blocks;
    uint32_t block_count;
    uint32_t length_chunk;
    uint32_t length_count;
    const unsigned char **lengths; /**< a pointer a length chunk; NULL until loaded */
    uint32_t *length_sizes;
    unsigned char *header; /**< own copy */
    cs_status status;      /**< sticky: the first failure of a call that could not return one */
};

/**
 * Open a segment from its header. `source` must outlive it.
 *
 * The caller owns `*out`; release it with cs__segment_close(). Returns CS_OK, CS_ERR_NOMEM, CS_ERR_CORRUPT.
 */
cs_status cs__segment_open(const void *header, size_t size, int64_t base, struct cs__chunk_source source,
                           struct cs__segment **out);
void cs__segment_close(struct cs__segment *segment);

/** Load one length chunk; used by cs__segment_length(). Sets `status` on failure, where all codes are 0. */
void cs__segment_load_lengths(struct cs__segment *segment, uint32_t number);

/** The length code of a passage; 0 for a vacant number, and for any number after a failure. */
static inline uint8_t cs__segment_length(struct cs__segment *segment, uint32_t passage)
{
    uint32_t number = passage / CS__LENGTH_CHUNK;
    if (number >= segment->length_count)
        return 0;
    if (segment->lengths[number] == NULL)
        cs__segment_load_lengths(segment, number);
    uint32_t at = passage % CS__LENGTH_CHUNK;
    return at < segment->length_sizes[number] ? segment->lengths[number][at] : 0;
}

/** A run of blocks of one list. */
struct cs__list_part {
    uint32_t chunk, offset;
    uint32_t position_chunk, position_offset;
    uint32_t blocks;
    uint32_t last; /**< its last passage; unknown (CS__NO_PASSAGE) in a list of one block */
    const unsigned char *bytes, *positions; /**< of a list without parts in chunks; else NULL */
    size_t size, position_size;
    struct cs__impacts impacts;
};

/** The postings of a term in one field. Zero-initialised is an empty list. */
struct cs__list {
    uint32_t count;    /**< postings */
    uint32_t passages; /**< that they cover */
    int is_heading;
    struct cs__list_part *parts;
    uint32_t part_count;
};

struct cs__term_lists {
    struct cs__list text, heading;
    int64_t text_adjustment, heading_adjustment;
};

/**
 * Find a term. Where the segment has none, `*out` is zeroed.
 *
 * `out` borrows from `arena`. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__segment_find(struct cs__segment *segment, const char *term, size_t size,
                           struct cs__arena *arena, struct cs__term_lists *out);

/** A walk over a segment's terms in order of their bytes. */
struct cs__term_walk {
    struct cs__segment *segment;
    const char *from; /**< where to begin; NULL once there */
    size_t from_size;
    uint32_t block; /**< the dictionary block at hand */
    uint32_t chunk;
    const unsigned char *chunk_bytes; /**< NULL when none is held */
    const unsigned char *at, *end;
    const unsigned char *body, *body_end;
    char *term; /**< the current term, NUL-terminated; NULL before the first and after the last */
    size_t term_size;
    char term_bytes[256];
};

/** Stand before the first term that is not less than `size` bytes at `from`. Nothing is read yet, and `from`
 * is borrowed until the first step. Finish every walk with cs__term_walk_end(). */
void cs__term_walk_begin(struct cs__term_walk *walk, struct cs__segment *segment, const char *from,
                         size_t size);
/** Step to the next term; `term` is NULL behind the last. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO,
 * CS_ERR_CORRUPT. */
cs_status cs__term_walk_next(struct cs__term_walk *walk);
/** The lists of the current term, borrowed from `arena`. Returns as cs__segment_find(). */
cs_status cs__term_walk_lists(const struct cs__term_walk *walk, struct cs__arena *arena,
                              struct cs__term_lists *out);
void cs__term_walk_end(struct cs__term_walk *walk);

/** A cursor over one list: where it stands, and what is known of the block there. Zero-initialised is closed;
 * the fields behind `status` are the module's own, but for cs__cursor_pick(). */
struct cs__cursor {
    uint32_t passage;           /**< local number; CS__NO_PASSAGE at the end */
    uint32_t frequency;         /**< of the posting at hand */
    uint8_t length;             /**< headings: the heading's length code */
    uint32_t block_last;        /**< the block at hand ends here; CS__NO_PASSAGE behind the last block */
    struct cs__impacts impacts; /**< of that block */
    cs_status status;           /**< sticky; a cursor that fails is at its end */

    struct cs__segment *segment;
    const struct cs__list *list;
    uint32_t part, block; /**< of the list; of the part */
    uint32_t held_chunk;
    const unsigned char *chunk, *chunk_end; /**< `chunk` is NULL when none is held */
    const unsigned char *head, *heads_end;
    const unsigned char *body, *body_end;
    uint32_t block_before; /**< the last passage before the block */
    size_t position_at;    /**< where the block's positions begin, from the part's */
    size_t position_size;
    int is_unpacked;
    uint32_t i, n;    /**< the posting at hand, and postings in the block */
    uint32_t run_end; /**< the last passage that the posting at hand covers */
    uint32_t passages[CS__BLOCK_SIZE], frequencies[CS__BLOCK_SIZE];
    uint32_t *runs, *lengths;              /**< of headings; own */
    struct cs__position_reader *positions; /**< NULL until asked for; own */
};

/** Open a cursor on `list` and stand on its first passage. `list` must outlive it. Release with
 * cs__cursor_close(). */
void cs__cursor_open(struct cs__cursor *cursor, struct cs__segment *segment, const struct cs__list *list);
void cs__cursor_close(struct cs__cursor *cursor);
/** Step to the next passage. */
void cs__cursor_next(struct cs__cursor *cursor);
/** Step to the first passage that is at least `passage`; never back. */
void cs__cursor_advance(struct cs__cursor *cursor, uint32_t passage);
/** Of a text's list: step to posting number `i` of the block at hand, not before the one at hand. The block's
 * `passages` and `frequencies` (less 1), `n` of them, are there to be searched when `is_unpacked`. */
static inline void cs__cursor_pick(struct cs__cursor *cursor, uint32_t i)
{
    cursor->i = i;
    cursor->passage = cursor->passages[i];
    cursor->frequency = cursor->frequencies[i] + 1;
}
/** Look ahead: bring `block_last` and `impacts` to the block that holds the first posting at or behind
 * `passage`, without unpacking it. `passage` must not fall in later calls; `cursor->passage` does not move.
 */
void cs__cursor_look(struct cs__cursor *cursor, uint32_t passage);
/** The positions of the posting at hand, in rising order, `cursor->frequency` of them; NULL on failure (see
 * `status`). Borrowed until the cursor moves. */
const uint32_t *cs__cursor_positions(struct cs__cursor *cursor);

#endif
