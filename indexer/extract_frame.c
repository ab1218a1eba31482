/* SPDX-License-Identifier: MIT */
/* Frames: texts and sentences to bytes, and back with every promise checked. */
#include "indexer/extract_frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/utf8.h"

/* Formats are named by number, so that the receiver's strings are its own. */
static const char *const formats[] = {"pdf", "html", "text", "markdown", "jsonl"};
enum { FORMAT_COUNT = sizeof formats / sizeof formats[0] };

/* The part of a payload that is read by name; then come strings, lines and text. */
struct fixed {
    uint32_t format;
    uint32_t pages;
    float page_width, page_height;
    uint32_t has_record;
    uint32_t property_count;
    uint32_t warning_count;
    uint32_t line_count;
    uint32_t text_size;
    uint32_t strings_size; /* record, then keys and values, then warnings; each ended by NUL */
};

static void put_string(struct cs__buffer *out, const char *text)
{
    cs__buffer_append(out, text, strlen(text) + 1);
}

static void put_strings(struct cs__buffer *out, const struct cs__text *text)
{
    if (text->record != NULL)
        put_string(out, text->record);
    for (size_t i = 0; i < text->property_count; i++) {
        put_string(out, text->properties[i].key);
        put_string(out, text->properties[i].value);
    }
    for (size_t i = 0; i < text->warning_count; i++)
        put_string(out, text->warnings[i]);
}

static uint32_t format_number(const char *format)
{
    uint32_t i = 0;
    while (i < FORMAT_COUNT && strcmp(formats[i], format) != 0)
        i++;
    return i;
}

void cs__frame_put_text(struct cs__buffer *out, const struct cs__text *text)
{
    size_t begin = out->size;
    struct cs__frame_header header = {.type = CS__FRAME_TEXT};
    struct fixed fixed = {
        .format = format_number(text->format),
        .pages = text->pages,
        .page_width = text->page_width,
        .page_height = text->page_height,
        .has_record = text->record != NULL,
        .property_count = (uint32_t)text->property_count,
        .warning_count = (uint32_t)text->warning_count,
        .line_count = (uint32_t)text->line_count,
        .text_size = (uint32_t)text->size,
    };
    cs__buffer_append(out, &header, sizeof header);
    cs__buffer_append(out, &fixed, sizeof fixed);
    size_t strings = out->size;
    put_strings(out, text);
    fixed.strings_size = (uint32_t)(out->size - strings);
    cs__buffer_append(out, text->lines, text->line_count * sizeof *text->lines);
    cs__buffer_append(out, text->utf8, text->size);
    if (out->failed)
        return;
    header.size = (uint32_t)(out->size - begin - sizeof header);
    memcpy(out->data + begin, &header, sizeof header);
    memcpy(out->data + begin + sizeof header, &fixed, sizeof fixed);
}

void cs__frame_put_message(struct cs__buffer *out, enum cs__frame_type type, const char *message)
{
    size_t size = message == NULL ? 0 : strlen(message);
    struct cs__frame_header header = {.type = type, .size = (uint32_t)size};
    cs__buffer_append(out, &header, sizeof header);
    if (size > 0)
        cs__buffer_append(out, message, size);
}

/* The next NUL-ended string between `*at` and `end`; NULL where there is none or it is no UTF-8. */
static const char *take_string(const char **at, const char *end)
{
    const char *text = *at;
    const char *nul = memchr(text, '\0', (size_t)(end - text));
    if (nul == NULL || !cs__utf8_valid(text, (size_t)(nul - text)))
        return NULL;
    *at = nul + 1;
    return text;
}

/* Copies the strings at once and points into the copy. Returns 0 when one is missing or memory is out. */
static int take_strings(struct cs__text *text, const struct fixed *fixed, const char *strings)
{
    size_t size = fixed->strings_size;
    const char *at = cs__arena_copy(&text->arena, strings, size);
    text->properties = cs__arena_array(&text->arena, fixed->property_count, sizeof *text->properties);
    text->warnings = cs__arena_array(&text->arena, fixed->warning_count, sizeof *text->warnings);
    if (at == NULL || text->properties == NULL || text->warnings == NULL)
        return 0;
    const char *end = at + size;
    if (fixed->has_record && (text->record = take_string(&at, end)) == NULL)
        return 0;
    for (; text->property_count < fixed->property_count; text->property_count++) {
        struct cs__property *property = &text->properties[text->property_count];
        property->key = take_string(&at, end);
        property->value = property->key == NULL ? NULL : take_string(&at, end);
        if (property->value == NULL)
            return 0;
    }
    for (; text->warning_count < fixed->warning_count; text->warning_count++)
        if ((text->warnings[text->warning_count] = take_string(&at, end)) == NULL)
            return 0;
    return at == end;
}

static int line_keeps_promises(const struct cs__line *line, const struct cs__text *text, uint32_t least,
                               uint16_t page)
{
    return line->start >= least && line->start <= line->end && line->end < text->size &&
           text->utf8[line->end] == '\n' && line->role <= CS__ROLE_SITE && line->level <= 64 &&
           line->page >= page && line->page <= text->pages && isfinite(line->x0) && isfinite(line->y0) &&
           isfinite(line->x1) && isfinite(line->y1) && isfinite(line->font_size);
}

/* Lines follow each other, end at a '\n', and have nothing between them but page breaks. */
static int lines_keep_promises(const struct cs__text *text)
{
    uint32_t least = 0;
    uint16_t page = 0;
    for (size_t i = 0; i < text->line_count; i++) {
        const struct cs__line *line = &text->lines[i];
        if (!line_keeps_promises(line, text, least, page) ||
            memchr(text->utf8 + line->start, '\n', line->end - line->start) != NULL)
            return 0;
        for (uint32_t at = least; at < line->start; at++)
            if (text->utf8[at] != '\f')
                return 0;
        least = line->end + 1;
        page = line->page;
    }
    for (size_t at = least; at < text->size; at++)
        if (text->utf8[at] != '\f')
            return 0;
    return 1;
}

/* `rest` is what follows the fixed part. Returns 0 when a promise is broken or memory is out. */
static int take_text(struct cs__text *text, const struct fixed *fixed, const char *rest)
{
    if (!take_strings(text, fixed, rest))
        return 0;
    rest += fixed->strings_size;
    size_t lines_size = fixed->line_count * sizeof *text->lines;
    text->lines = cs__arena_array(&text->arena, fixed->line_count, sizeof *text->lines);
    text->utf8 = cs__arena_copy(&text->arena, rest + lines_size, fixed->text_size);
    if (text->lines == NULL || text->utf8 == NULL)
        return 0;
    if (lines_size > 0)
        memcpy(text->lines, rest, lines_size);
    text->line_count = fixed->line_count;
    text->size = fixed->text_size;
    text->pages = fixed->pages;
    text->page_width = fixed->page_width;
    text->page_height = fixed->page_height;
    text->format = formats[fixed->format];
    return memchr(text->utf8, '\0', text->size) == NULL && cs__utf8_valid(text->utf8, text->size) &&
           lines_keep_promises(text);
}

static int fixed_keeps_promises(const struct fixed *fixed, size_t rest)
{
    uint64_t sum = (uint64_t)fixed->strings_size + (uint64_t)fixed->line_count * sizeof(struct cs__line) +
                   fixed->text_size;
    return fixed->format < FORMAT_COUNT && fixed->pages <= UINT16_MAX && isfinite(fixed->page_width) &&
           isfinite(fixed->page_height) && fixed->property_count <= CS__FRAME_STRINGS_MAX &&
           fixed->warning_count <= CS__FRAME_STRINGS_MAX && sum == rest;
}

cs_status cs__frame_get_text(const char *payload, size_t size, struct cs__text **out, cs_error *error)
{
    static const char broken[] = "what the extraction process sent is no text: it may have been taken over";
    struct fixed fixed;
    *out = NULL;
    if (size < sizeof fixed)
        return cs__error_set(error, CS_ERR_DOCUMENT, broken);
    memcpy(&fixed, payload, sizeof fixed);
    if (!fixed_keeps_promises(&fixed, size - sizeof fixed))
        return cs__error_set(error, CS_ERR_DOCUMENT, broken);
    struct cs__text *text = calloc(1, sizeof *text);
    if (text == NULL)
        return cs__error_nomem(error);
    if (!take_text(text, &fixed, payload + sizeof fixed)) {
        cs__text_free(text);
        free(text);
        return cs__error_set(error, CS_ERR_DOCUMENT, broken);
    }
    *out = text;
    return CS_OK;
}

void cs__frame_get_message(const char *payload, size_t size, char out[CS_ERROR_SIZE])
{
    const char *end = payload + size;
    size_t used = 0;
    while (payload < end) {
        uint32_t character = cs__utf8_next(&payload, end);
        char bytes[4];
        size_t width = cs__utf8_put(
            character < 0x20 || (character >= 0x7F && character < 0xA0) ? ' ' : character, bytes);
        if (used + width >= CS_ERROR_SIZE)
            break;
        memcpy(out + used, bytes, width);
        used += width;
    }
    out[used] = '\0';
}
