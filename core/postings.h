/* SPDX-License-Identifier: MIT */
/* Postings: the small codecs that segments are made of. Input and output: arrays of numbers, bytes.
 *
 * Packed array (at most 128 values): one byte, its low six bits the width w (0..32), bit 6 set where some
 * values are wider; then, where set, a byte with their count; then all values' low w bits, first value in the
 * lowest bits (little endian); then for each wider value its index (a byte) and what is left of it (varint).
 * After Zukowski et al., "Super-Scalar RAM-CPU Cache Compression" (2006), whose exceptions keep one outlier
 * from widening a block.
 *
 * Length code: a passage's length in words as one byte, exact to 62, then in steps of at most 1/32. Code 0 is
 * no passage.
 *
 * Impacts: the pairs (frequency, length) of a block that no other pair of the block beats in both. Whatever
 * k1, b and average length are, BM25 grows with frequency and falls with length, so the best score in the
 * block is that of one of these pairs. After Ding and Suel, "Faster Top-k Document Retrieval Using Block-Max
 * Indexes" (2011), with pairs instead of scores so that the bound outlives a change of the average length. */
#ifndef CORE_POSTINGS_H
#define CORE_POSTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"

/** Values in a full packed array, and postings in a full block. */
#define CS__BLOCK_SIZE 128u
/** Bytes that must be readable behind packed bytes (their content does not matter). */
#define CS__PACKED_SLACK 8u

/** Append a packed array of `count` (at most CS__BLOCK_SIZE) values. */
void cs__packed_write(const uint32_t *values, size_t count, struct cs__buffer *out);
/**
 * Read a packed array of `count` values at `*at` into `out`, and move `*at` behind it.
 *
 * CS__PACKED_SLACK bytes behind `end` must be readable. Returns 1, or 0 for bytes that are no such array
 * (nothing outside is read, whatever they hold).
 */
int cs__packed_read(const unsigned char **at, const unsigned char *end, size_t count, uint32_t *out);
/** As cs__packed_read(), without the values. */
int cs__packed_skip(const unsigned char **at, const unsigned char *end, size_t count);

/** As cs__varint_read(), for values below 2^32; 0 for larger ones too. */
int cs__u32_read(const unsigned char **at, const unsigned char *end, uint32_t *out);

/** The length code of `words`, 1..255; and the fewest words that have this code (0 for code 0). */
uint8_t cs__length_encode(uint32_t words);
uint32_t cs__length_decode(uint8_t code);

struct cs__impact {
    uint32_t frequency;
    uint8_t length; /**< length code */
};

/** More pairs than this are joined, two neighbours into one that is better than both. */
#define CS__IMPACTS_MAX 6

/** In rising order of frequency and length. Zero-initialised is empty and valid. */
struct cs__impacts {
    uint8_t count;
    struct cs__impact items[CS__IMPACTS_MAX + 1];
};

void cs__impacts_add(struct cs__impacts *impacts, struct cs__impact impact);
/** All of `other` as well: the impacts of two blocks taken together. */
void cs__impacts_join(struct cs__impacts *impacts, const struct cs__impacts *other);
void cs__impacts_write(const struct cs__impacts *impacts, struct cs__buffer *out);
/** Returns 1, or 0 for bytes that are no impacts. */
int cs__impacts_read(const unsigned char **at, const unsigned char *end, struct cs__impacts *out);

#endif
