/* SPDX-License-Identifier: MIT */
/* An arena: many small allocations that live and die together. Each stage's output struct owns one. */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include <stddef.h>

struct cs__arena_chunk;

/** Zero-initialised is empty and valid. */
struct cs__arena {
    struct cs__arena_chunk *chunks;
    size_t bytes; /**< handed out so far */
};

/** `size` zeroed bytes, aligned for any type, valid until cs__arena_free(); NULL when memory is out. */
void *cs__arena_alloc(struct cs__arena *arena, size_t size);
/** `count` zeroed items of `size` bytes; NULL also when the product overflows. */
void *cs__arena_array(struct cs__arena *arena, size_t count, size_t size);
/** A NUL-terminated copy of `size` bytes at `text`; NULL when memory is out. */
char *cs__arena_copy(struct cs__arena *arena, const char *text, size_t size);
/** A copy of a string; NULL for NULL, and when memory is out. */
char *cs__arena_string(struct cs__arena *arena, const char *text);
/** A formatted string; NULL when memory is out. */
char *cs__arena_printf(struct cs__arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** Release everything; the arena is empty and valid again. */
void cs__arena_free(struct cs__arena *arena);

#endif
