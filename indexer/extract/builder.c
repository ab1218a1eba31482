/* SPDX-License-Identifier: MIT */
/* The text under construction: characters cleaned, lines kept in order and within bounds. */
#include "indexer/extract/builder.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "indexer/extract_frame.h"

enum { SOFT_HYPHEN = 0xAD };

void cs__builder_begin(struct cs__builder *builder, const char *format)
{
    cs__arena_free(&builder->text.arena);
    builder->text = (struct cs__text){.format = format};
    cs__buffer_clear(&builder->utf8);
    cs__buffer_clear(&builder->lines);
    cs__buffer_clear(&builder->properties);
    cs__buffer_clear(&builder->warnings);
    builder->in_line = builder->full = builder->failed = 0;
    builder->broken = 0;
}

void cs__builder_begin_line(struct cs__builder *builder, const struct cs__line *like)
{
    if (builder->in_line)
        cs__builder_end_line(builder);
    builder->line = *like;
    builder->line.start = (uint32_t)builder->utf8.size;
    builder->line.page = (uint16_t)builder->text.pages;
    builder->in_line = 1;
    builder->blank = builder->soft_hyphen = 0;
}

static int line_is_empty(const struct cs__builder *builder)
{
    return builder->utf8.size == builder->line.start;
}

static int is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

/* Characters that have no look: controls, zero-width marks, direction marks, the byte order mark,
 * noncharacters. The joiners U+200C and U+200D stay: they change a word's look. */
static int is_nothing(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200B || c == 0x200E || c == 0x200F ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF0 && c <= 0xFFFC) || (c & 0xFFFE) == 0xFFFE;
}

/* Symbol and Wingdings put their glyphs at U+F000 + code. As the first of a line they are bullets. */
static uint32_t bullet(uint32_t c)
{
    static const struct {
        uint32_t symbol, character;
    } table[] = {{0xF02D, 0x2013}, {0xF06C, 0x25CF}, {0xF06E, 0x25A0}, {0xF06F, 0x25A1},
                 {0xF071, 0x2751}, {0xF076, 0x2756}, {0xF0A7, 0x25AA}, {0xF0A8, 0x25FB},
                 {0xF0B7, 0x2022}, {0xF0D8, 0x27A2}, {0xF0FC, 0x2713}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].symbol == c)
            return table[i].character;
    return 0x2022;
}

static const char *ligature(uint32_t c)
{
    static const char *const spelt[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    return c >= 0xFB00 && c <= 0xFB06 ? spelt[c - 0xFB00] : NULL;
}

/* What was put off is due before a visible character. */
static void write_blank(struct cs__builder *builder)
{
    if (builder->blank && !line_is_empty(builder) && builder->utf8.data[builder->utf8.size - 1] != '\t')
        cs__buffer_char(&builder->utf8, ' ');
    builder->blank = builder->soft_hyphen = 0;
}

void cs__builder_character(struct cs__builder *builder, uint32_t character)
{
    if (builder->utf8.size >= CS__FRAME_TEXT_MAX) {
        builder->full = 1;
        return;
    }
    if (is_blank(character)) {
        builder->blank = 1;
        return;
    }
    if (character == SOFT_HYPHEN)
        builder->soft_hyphen = 1;
    if (character == SOFT_HYPHEN || is_nothing(character))
        return;
    write_blank(builder);
    if (ligature(character) != NULL) {
        cs__buffer_string(&builder->utf8, ligature(character));
        return;
    }
    if (character >= 0xF000 && character <= 0xF0FF && line_is_empty(builder))
        character = bullet(character);
    char bytes[4];
    cs__buffer_append(&builder->utf8, bytes, cs__utf8_put(character, bytes));
}

static size_t plain_run(const char *text, const char *end)
{
    const char *at = text;
    while (at<end && * at> ' ' && *at < 0x7F)
        at++;
    return (size_t)(at - text);
}

void cs__builder_utf8(struct cs__builder *builder, const char *text, size_t size)
{
    const char *end = text + size;
    while (text < end) {
        size_t run = plain_run(text, end);
        if (run == 0) {
            const char *before = text;
            uint32_t character = cs__utf8_next(&text, end);
            builder->broken += character == CS__UTF8_BROKEN && text - before == 1;
            cs__builder_character(builder, character);
            continue;
        }
        if (builder->utf8.size + run > CS__FRAME_TEXT_MAX) {
            builder->full = 1;
            return;
        }
        write_blank(builder);
        cs__buffer_append(&builder->utf8, text, run);
        text += run;
    }
}

void cs__builder_cell(struct cs__builder *builder)
{
    builder->blank = builder->soft_hyphen = 0;
    cs__buffer_char(&builder->utf8, '\t');
}

static int only_tabs(const struct cs__builder *builder)
{
    for (size_t i = builder->line.start; i < builder->utf8.size; i++)
        if (builder->utf8.data[i] != '\t')
            return 0;
    return 1;
}

static void drop_line(struct cs__builder *builder)
{
    builder->utf8.size = builder->line.start;
}

int cs__builder_end_line(struct cs__builder *builder)
{
    builder->in_line = 0;
    if (builder->soft_hyphen && !line_is_empty(builder))
        cs__buffer_string(&builder->utf8, "\xC2\xAD");
    if (builder->utf8.failed || only_tabs(builder)) {
        drop_line(builder);
        return 0;
    }
    if (builder->utf8.size + builder->lines.size + sizeof builder->line >= CS__FRAME_TEXT_MAX) {
        builder->full = 1;
        drop_line(builder);
        return 0;
    }
    builder->line.end = (uint32_t)builder->utf8.size;
    cs__buffer_char(&builder->utf8, '\n');
    cs__buffer_append(&builder->lines, &builder->line, sizeof builder->line);
    return 1;
}

void cs__builder_line(struct cs__builder *builder, const struct cs__line *like, const char *text, size_t size)
{
    cs__builder_begin_line(builder, like);
    cs__builder_utf8(builder, text, size);
    cs__builder_end_line(builder);
}

void cs__builder_begin_page(struct cs__builder *builder)
{
    if (builder->in_line)
        cs__builder_end_line(builder);
    if (builder->text.pages > 0)
        cs__buffer_char(&builder->utf8, '\f');
    builder->text.pages++;
}

char *cs__builder_clean(struct cs__builder *builder, const char *text, size_t size)
{
    struct cs__builder scratch = {0};
    cs__builder_begin_line(&scratch, &(struct cs__line){0});
    cs__builder_utf8(&scratch, text, size);
    builder->failed |= scratch.utf8.failed;
    char *out = scratch.utf8.size == 0
                    ? NULL
                    : cs__arena_copy(&builder->text.arena, scratch.utf8.data, scratch.utf8.size);
    builder->failed |= scratch.utf8.size > 0 && out == NULL;
    cs__builder_free(&scratch);
    return out;
}

static size_t property_count(const struct cs__builder *builder)
{
    return builder->properties.size / sizeof(struct cs__property);
}

static int has_property(const struct cs__builder *builder, const char *key)
{
    const struct cs__property *properties = (const void *)builder->properties.data;
    for (size_t i = 0; i < property_count(builder); i++)
        if (strcmp(properties[i].key, key) == 0)
            return 1;
    return 0;
}

void cs__builder_property(struct cs__builder *builder, const char *key, const char *value, size_t size)
{
    size_t limit = CS__FRAME_STRING_BYTES_MAX / 4;
    int many = strncmp(key, "set.", 4) == 0;
    if ((!many && has_property(builder, key)) || property_count(builder) >= CS__FRAME_STRINGS_MAX ||
        builder->text.arena.bytes + size + strlen(key) > limit)
        return;
    struct cs__property property = {.value = cs__builder_clean(builder, value, size)};
    if (property.value == NULL)
        return;
    property.key = cs__builder_clean(builder, key, strlen(key));
    if (property.key != NULL)
        cs__buffer_append(&builder->properties, &property, sizeof property);
}

void cs__builder_warning(struct cs__builder *builder, const char *format, ...)
{
    char message[CS_ERROR_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (builder->warnings.size / sizeof(char *) >= CS__FRAME_STRINGS_MAX)
        return;
    const char *sentence = cs__builder_clean(builder, message, strlen(message));
    if (sentence != NULL)
        cs__buffer_append(&builder->warnings, &sentence, sizeof sentence);
}

static int has_failed(const struct cs__builder *builder)
{
    return builder->failed || builder->utf8.failed || builder->lines.failed || builder->properties.failed ||
           builder->warnings.failed;
}

int cs__builder_is_empty(const struct cs__builder *builder)
{
    return builder->utf8.size == 0 && !has_failed(builder);
}

const struct cs__text *cs__builder_text(struct cs__builder *builder)
{
    if (builder->in_line)
        cs__builder_end_line(builder);
    if (has_failed(builder))
        return NULL;
    struct cs__text *text = &builder->text;
    text->utf8 = builder->utf8.data;
    text->size = builder->utf8.size;
    text->lines = (void *)builder->lines.data;
    text->line_count = builder->lines.size / sizeof *text->lines;
    text->properties = (void *)builder->properties.data;
    text->property_count = property_count(builder);
    text->warnings = (void *)builder->warnings.data;
    text->warning_count = builder->warnings.size / sizeof *text->warnings;
    return text;
}

void cs__builder_free(struct cs__builder *builder)
{
    cs__arena_free(&builder->text.arena);
    cs__buffer_free(&builder->utf8);
    cs__buffer_free(&builder->lines);
    cs__buffer_free(&builder->properties);
    cs__buffer_free(&builder->warnings);
    *builder = (struct cs__builder){0};
}
