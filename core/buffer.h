/* SPDX-License-Identifier: MIT */
/* A growing string of bytes with a sticky error: append freely, look once at the end. */
#ifndef CORE_BUFFER_H
#define CORE_BUFFER_H

#include <stddef.h>
#include <stdint.h>

/** Zero-initialised is empty and valid. `data` is NUL-terminated once anything was appended; NULL before. */
struct cs__buffer {
    char *data;
    size_t size;
    size_t capacity;
    int failed; /**< an append ran out of memory; all later ones do nothing */
};

void cs__buffer_append(struct cs__buffer *buffer, const void *bytes, size_t size);
void cs__buffer_string(struct cs__buffer *buffer, const char *text);
void cs__buffer_char(struct cs__buffer *buffer, char c);
void cs__buffer_printf(struct cs__buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** LEB128, as in protocol buffers: seven bits a byte, low first. */
void cs__buffer_varint(struct cs__buffer *buffer, uint64_t value);
/** Room for `size` more bytes; returns where they start, or NULL when memory is out. Does not change `size`.
 */
char *cs__buffer_reserve(struct cs__buffer *buffer, size_t size);
/** Empty it and keep its memory; clears `failed`. */
void cs__buffer_clear(struct cs__buffer *buffer);
void cs__buffer_free(struct cs__buffer *buffer);

/**
 * Read a LEB128 at `*at`, before `end`, and move `*at` behind it.
 *
 * Returns 0 and leaves `*at` alone when it is cut off or longer than 64 bits; 1 else.
 */
int cs__varint_read(const unsigned char **at, const unsigned char *end, uint64_t *out);

#endif
