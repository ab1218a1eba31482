/* SPDX-License-Identifier: MIT */
/* Writing one segment: terms in order, with their postings, to a header and chunks (format: core/segment.h).
 */
#ifndef INDEXER_POSTINGS_WRITE_SEGMENT_H
#define INDEXER_POSTINGS_WRITE_SEGMENT_H

#include <csearch/types.h>

#include "core/buffer.h"

/** Where a segment's chunks go. `put` returns CS_OK or why it could not store the chunk. */
struct cs__chunk_sink {
    void *context;
    cs_status (*put)(void *context, uint32_t chunk, const void *bytes, size_t size);
};

struct cs__segment_builder;

/**
 * Begin a segment whose passages have the length codes `lengths[0..span)`, 0 where a number is vacant.
 *
 * `lengths` is borrowed until the builder is freed. The caller owns `*out`; release it with
 * cs__segment_builder_free(). Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__segment_builder_new(struct cs__chunk_sink sink, const uint8_t *lengths, uint32_t span,
                                  struct cs__segment_builder **out);
void cs__segment_builder_free(struct cs__segment_builder *builder);

/** Begin a term. Terms come in order of their bytes, each once, then its postings in order of passages. */
void cs__segment_builder_term(struct cs__segment_builder *builder, const char *term, size_t size);
/** A posting of the term's text list, with `frequency` rising positions. */
void cs__segment_builder_text(struct cs__segment_builder *builder, uint32_t passage,
                              const uint32_t *positions, uint32_t frequency);
/** A posting of the term's heading list: a heading of length code `length` over passages first .. last. */
void cs__segment_builder_heading(struct cs__segment_builder *builder, uint32_t first, uint32_t last,
                                 uint8_t length, const uint32_t *positions, uint32_t frequency);
/** End the term. One without postings and adjustments leaves no trace. */
void cs__segment_builder_end_term(struct cs__segment_builder *builder, int64_t text_adjustment,
                                  int64_t heading_adjustment);
/**
 * End the segment: write what is open, and the header to `header` (emptied first).
 *
 * Returns CS_OK, CS_ERR_NOMEM, or the first failure of the sink; failures are kept until here.
 */
cs_status cs__segment_builder_finish(struct cs__segment_builder *builder, struct cs__buffer *header);

/** How far a segment has come that is built in several goes. */
struct cs__builder_mark {
    uint32_t chunks; /**< written so far */
    uint32_t blocks; /**< of the dictionary */
};

/**
 * Between two terms: write what is open, say in `mark` how far the segment is, and append to `index` what the
 * header will say of the dictionary blocks since the last pause. Only cs__segment_builder_free() may follow.
 *
 * Returns as cs__segment_builder_finish().
 */
cs_status cs__segment_builder_pause(struct cs__segment_builder *builder, struct cs__builder_mark *mark,
                                    struct cs__buffer *index);
/** Go on from `mark`, with the same lengths; `index` (copied) is all that the pauses before have given.
 * Returns as cs__segment_builder_new(). */
cs_status cs__segment_builder_resume(struct cs__chunk_sink sink, const uint8_t *lengths, uint32_t span,
                                     const struct cs__builder_mark *mark, const struct cs__buffer *index,
                                     struct cs__segment_builder **out);

#endif
