/* SPDX-License-Identifier: MIT */
/* UTF-8: reading characters, checking and repairing text. Source of the forms: Unicode 15, table 3-7. */
#include "core/utf8.h"

#include <string.h>

uint32_t cs__utf8_next(const char **at, const char *end)
{
    const unsigned char *p = (const unsigned char *)*at;
    size_t left = (size_t)(end - *at);
    uint32_t first = *p;
    size_t length = first < 0x80   ? 1
                    : first < 0xC2 ? 0
                    : first < 0xE0 ? 2
                    : first < 0xF0 ? 3
                    : first < 0xF5 ? 4
                                   : 0;
    if (length == 1) {
        *at += 1;
        return first;
    }
    if (length == 0 || length > left)
        goto broken;
    uint32_t character = first & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80)
            goto broken;
        character = character << 6 | (p[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (character < least[length] || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        goto broken;
    *at += length;
    return character;
broken:
    *at += 1;
    return CS__UTF8_BROKEN;
}

size_t cs__utf8_put(uint32_t character, char out[4])
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (char)(0xC0 | character >> 6);
        out[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (char)(0xE0 | character >> 12);
        out[1] = (char)(0x80 | (character >> 6 & 0x3F));
        out[2] = (char)(0x80 | (character & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | character >> 18);
    out[1] = (char)(0x80 | (character >> 12 & 0x3F));
    out[2] = (char)(0x80 | (character >> 6 & 0x3F));
    out[3] = (char)(0x80 | (character & 0x3F));
    return 4;
}

/* U+FFFD itself is valid text, so a broken byte is told by its length of one. */
static int broken_between(const char *before, const char *after, uint32_t character)
{
    return character == CS__UTF8_BROKEN && after - before == 1;
}

/* Eight bytes of ASCII at once: most text is nothing else. */
static const char *skip_ascii(const char *text, const char *end)
{
    uint64_t eight;
    for (; end - text >= (ptrdiff_t)sizeof eight; text += sizeof eight) {
        memcpy(&eight, text, sizeof eight);
        if ((eight & 0x8080808080808080u) != 0)
            break;
    }
    return text;
}

int cs__utf8_valid(const char *text, size_t size)
{
    const char *end = text + size;
    while ((text = skip_ascii(text, end)) < end) {
        const char *before = text;
        uint32_t character = cs__utf8_next(&text, end);
        if (broken_between(before, text, character))
            return 0;
    }
    return 1;
}

size_t cs__utf8_repair(const char *text, size_t size, struct cs__buffer *out)
{
    const char *end = text + size, *clean = text;
    size_t repaired = 0;
    while (text < end) {
        const char *before = text;
        uint32_t character = cs__utf8_next(&text, end);
        if (character != 0 && !broken_between(before, text, character))
            continue;
        cs__buffer_append(out, clean, (size_t)(before - clean));
        cs__buffer_string(out, "\xEF\xBF\xBD");
        clean = text;
        repaired++;
    }
    cs__buffer_append(out, clean, (size_t)(end - clean));
    return repaired;
}

size_t cs__utf8_cut(const char *text, size_t size, size_t limit)
{
    if (size <= limit)
        return size;
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}
