/* SPDX-License-Identifier: MIT */
/* Packs: the texts of a few neighbouring passages, compressed together by zlib with a preset dictionary.
 *
 * Format of a pack's bytes (version 1): varint count; count varints of text sizes; then a raw deflate stream
 * of all texts, made with the dictionary (RFC 1950/1951; zlib's deflateSetDictionary). Showing a hit inflates
 * one pack, not a document. */
#ifndef CORE_PACK_H
#define CORE_PACK_H

#include <csearch/types.h>

#include "core/arena.h"
#include "core/buffer.h"

struct cs__packer;
struct cs__unpacker;

/** A packer closes a pack when its texts reach about this many bytes. */
#define CS__PACK_TEXT_BYTES 4096
/** No pack inflates to more: a larger one is damaged. */
#define CS__PACK_TEXT_MAX (1u << 26)

/** `dictionary` is copied. The caller owns `*out`; release it with cs__packer_free(). Returns CS_OK or
 * CS_ERR_NOMEM. */
cs_status cs__packer_new(const void *dictionary, size_t size, struct cs__packer **out);
void cs__packer_free(struct cs__packer *packer);
/** Append one text to the open pack. Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__packer_add(struct cs__packer *packer, const char *text, size_t size);
/** Whether the open pack is full, and how many texts it holds. */
int cs__packer_full(const struct cs__packer *packer);
size_t cs__packer_count(const struct cs__packer *packer);
/** Close the open pack into `out` (emptied first) and begin a new one. Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__packer_finish(struct cs__packer *packer, struct cs__buffer *out);

cs_status cs__unpacker_new(const void *dictionary, size_t size, struct cs__unpacker **out);
void cs__unpacker_free(struct cs__unpacker *unpacker);
/**
 * Inflate a pack. `*texts` and `*sizes` have `*count` items, borrowed from `arena`.
 *
 * Returns CS_OK, CS_ERR_NOMEM, or CS_ERR_CORRUPT for bytes that are no pack (bounds are checked; no input
 * makes it read outside).
 */
cs_status cs__unpack(struct cs__unpacker *unpacker, const void *bytes, size_t size, struct cs__arena *arena,
                     const char ***texts, uint32_t **sizes, size_t *count);

#endif
