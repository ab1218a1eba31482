/* SPDX-License-Identifier: MIT */
/* Character sets: the bytes of a text file -> UTF-8. */
#ifndef INDEXER_EXTRACT_CHARSET_H
#define INDEXER_EXTRACT_CHARSET_H

#include <stddef.h>

#include "core/buffer.h"

enum cs__charset {
    CS__CHARSET_UNKNOWN = 0,
    CS__CHARSET_UTF8,
    CS__CHARSET_UTF16LE,
    CS__CHARSET_UTF16BE,
    CS__CHARSET_WINDOWS_1252 /**< and ISO 8859-1, its subset in the wild */
};

/** What was found and done. */
struct cs__decoded {
    enum cs__charset charset;
    size_t broken; /**< characters that were none, now U+FFFD */
    size_t nuls;   /**< NUL bytes left out */
};

/**
 * Which character set `bytes` are in: by the byte order mark; else UTF-8 if they are valid, or nearly; else
 * `declared`, if it is one that bytes can be in; else Windows-1252.
 */
enum cs__charset cs__charset_of(const char *bytes, size_t size, enum cs__charset declared);

/** The character set that a document calls `label` (WHATWG Encoding); CS__CHARSET_UNKNOWN for one not read
 * here. */
enum cs__charset cs__charset_named(const char *label, size_t size);

/** Append `bytes` to `out` as UTF-8, without byte order mark and NULs. */
struct cs__decoded cs__charset_decode(const char *bytes, size_t size, enum cs__charset charset,
                                      struct cs__buffer *out);

#endif
