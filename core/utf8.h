/* SPDX-License-Identifier: MIT */
/* UTF-8: reading characters, checking and repairing text. */
#ifndef CORE_UTF8_H
#define CORE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"

/** What cs__utf8_next() gives for a byte that starts no character. */
#define CS__UTF8_BROKEN 0xFFFDu

/**
 * The character at `*at`, before `end`; moves `*at` behind it.
 *
 * A byte that starts no valid sequence (overlong forms, surrogates and values above U+10FFFF are none) gives
 * CS__UTF8_BROKEN and moves one byte. Call with `*at < end` only.
 */
uint32_t cs__utf8_next(const char **at, const char *end);

/** Write `character` to `out` (4 bytes of room); returns the bytes written. */
size_t cs__utf8_put(uint32_t character, char out[4]);

/** Whether all `size` bytes are valid UTF-8. */
int cs__utf8_valid(const char *text, size_t size);

/** Append `text` with each broken byte (and each NUL) replaced by U+FFFD; returns how many were. */
size_t cs__utf8_repair(const char *text, size_t size, struct cs__buffer *out);

/** The largest size of at most `limit` that does not cut a character of `text`. */
size_t cs__utf8_cut(const char *text, size_t size, size_t limit);

#endif
