/* SPDX-License-Identifier: MIT */
/* A growing string of bytes with a sticky error. */
#include "core/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

char *cs__buffer_reserve(struct cs__buffer *buffer, size_t size)
{
    if (buffer->failed || size > SIZE_MAX / 2 - buffer->size - 1) {
        buffer->failed = 1;
        return NULL;
    }
    size_t wanted = buffer->size + size + 1;
    if (wanted > buffer->capacity) {
        size_t capacity = buffer->capacity ? buffer->capacity : FIRST_CAPACITY;
        while (capacity < wanted)
            capacity *= 2;
        char *data = realloc(buffer->data, capacity);
        if (data == NULL) {
            buffer->failed = 1;
            return NULL;
        }
        buffer->data = data;
        buffer->capacity = capacity;
        buffer->data[buffer->size] = '\0';
    }
    return buffer->data + buffer->size;
}

void cs__buffer_append(struct cs__buffer *buffer, const void *bytes, size_t size)
{
    char *to = cs__buffer_reserve(buffer, size);
    if (to == NULL)
        return;
    if (size > 0)
        memcpy(to, bytes, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void cs__buffer_string(struct cs__buffer *buffer, const char *text)
{
    cs__buffer_append(buffer, text, strlen(text));
}

void cs__buffer_char(struct cs__buffer *buffer, char c)
{
    cs__buffer_append(buffer, &c, 1);
}

void cs__buffer_printf(struct cs__buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *to = size < 0 ? NULL : cs__buffer_reserve(buffer, (size_t)size);
    if (to != NULL) {
        vsnprintf(to, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

void cs__buffer_varint(struct cs__buffer *buffer, uint64_t value)
{
    unsigned char bytes[10];
    size_t size = 0;
    do {
        bytes[size++] = (unsigned char)((value & 0x7F) | (value > 0x7F ? 0x80 : 0));
        value >>= 7;
    } while (value != 0);
    cs__buffer_append(buffer, bytes, size);
}

void cs__buffer_clear(struct cs__buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = 0;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

void cs__buffer_free(struct cs__buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct cs__buffer){0};
}

int cs__varint_read(const unsigned char **at, const unsigned char *end, uint64_t *out)
{
    uint64_t value = 0;
    const unsigned char *p = *at;
    for (unsigned shift = 0; p < end && shift < 64; shift += 7) {
        value |= (uint64_t)(*p & 0x7F) << shift;
        if ((*p++ & 0x80) == 0) {
            *at = p;
            *out = value;
            return 1;
        }
    }
    return 0;
}
