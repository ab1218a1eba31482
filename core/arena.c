/* SPDX-License-Identifier: MIT */
/* An arena: chunks in a list, the newest in front. */
#include "core/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cs__arena_chunk {
    struct cs__arena_chunk *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

static struct cs__arena_chunk *add_chunk(struct cs__arena *arena, size_t wanted)
{
    size_t size = arena->chunks ? arena->chunks->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    if (size < wanted)
        size = wanted;
    if (size > SIZE_MAX - sizeof(struct cs__arena_chunk))
        return NULL;
    struct cs__arena_chunk *chunk = malloc(sizeof *chunk + size);
    if (chunk == NULL)
        return NULL;
    *chunk = (struct cs__arena_chunk){.next = arena->chunks, .size = size};
    arena->chunks = chunk;
    return chunk;
}

void *cs__arena_alloc(struct cs__arena *arena, size_t size)
{
    size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX - alignment)
        return NULL;
    size = (size + alignment - 1) / alignment * alignment;
    struct cs__arena_chunk *chunk = arena->chunks;
    if (chunk == NULL || chunk->size - chunk->used < size)
        chunk = add_chunk(arena, size);
    if (chunk == NULL)
        return NULL;
    void *out = chunk->bytes + chunk->used;
    chunk->used += size;
    arena->bytes += size;
    return memset(out, 0, size);
}

void *cs__arena_array(struct cs__arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return cs__arena_alloc(arena, count * size);
}

char *cs__arena_copy(struct cs__arena *arena, const char *text, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *out = cs__arena_alloc(arena, size + 1);
    if (out != NULL && size > 0)
        memcpy(out, text, size);
    return out;
}

char *cs__arena_string(struct cs__arena *arena, const char *text)
{
    return text == NULL ? NULL : cs__arena_copy(arena, text, strlen(text));
}

char *cs__arena_printf(struct cs__arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *out = size < 0 ? NULL : cs__arena_alloc(arena, (size_t)size + 1);
    if (out != NULL)
        vsnprintf(out, (size_t)size + 1, format, again);
    va_end(again);
    return out;
}

void cs__arena_free(struct cs__arena *arena)
{
    while (arena->chunks != NULL) {
        struct cs__arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        free(chunk);
    }
    *arena = (struct cs__arena){0};
}
