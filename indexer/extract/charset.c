/* SPDX-License-Identifier: MIT */
/* Character sets. Source of the labels and of Windows-1252: WHATWG Encoding. */
#include "indexer/extract/charset.h"

#include <string.h>
#include <strings.h>

#include "core/utf8.h"

/* Bytes 0x80 to 0x9F; the five that Windows leaves open are controls, as in WHATWG's table. */
static const uint16_t windows_1252[32] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                          0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

/* Whole characters of more than one byte, and bytes that belong to none. */
static void count_utf8(const char *bytes, size_t size, size_t *whole, size_t *broken)
{
    const char *at = bytes, *end = bytes + size;
    *whole = *broken = 0;
    while (at < end) {
        const char *before = at;
        uint32_t character = cs__utf8_next(&at, end);
        *whole += at - before > 1;
        *broken += character == CS__UTF8_BROKEN && at - before == 1;
    }
}

enum cs__charset cs__charset_of(const char *bytes, size_t size, enum cs__charset declared)
{
    size_t whole, broken;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return CS__CHARSET_UTF8;
    if (size >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
        return CS__CHARSET_UTF16LE;
    if (size >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
        return CS__CHARSET_UTF16BE;
    count_utf8(bytes, size, &whole, &broken);
    /* Accented letters of Windows-1252 hardly ever look like UTF-8: a few broken bytes among many whole
     * characters are damage, not another character set. */
    if (broken == 0 || whole > 2 * broken)
        return CS__CHARSET_UTF8;
    return declared == CS__CHARSET_UTF8 ? CS__CHARSET_UTF8 : CS__CHARSET_WINDOWS_1252;
}

enum cs__charset cs__charset_named(const char *label, size_t size)
{
    static const struct {
        const char *label;
        enum cs__charset charset;
    } names[] = {{"utf-8", CS__CHARSET_UTF8},
                 {"utf8", CS__CHARSET_UTF8},
                 {"us-ascii", CS__CHARSET_WINDOWS_1252},
                 {"ascii", CS__CHARSET_WINDOWS_1252},
                 {"windows-1252", CS__CHARSET_WINDOWS_1252},
                 {"cp1252", CS__CHARSET_WINDOWS_1252},
                 {"iso-8859-1", CS__CHARSET_WINDOWS_1252},
                 {"iso8859-1", CS__CHARSET_WINDOWS_1252},
                 {"latin1", CS__CHARSET_WINDOWS_1252}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i].label) == size && strncasecmp(names[i].label, label, size) == 0)
            return names[i].charset;
    return CS__CHARSET_UNKNOWN;
}

static void put(struct cs__buffer *out, uint32_t character)
{
    char bytes[4];
    cs__buffer_append(out, bytes, cs__utf8_put(character, bytes));
}

static void decode_utf8(const char *at, const char *end, struct cs__buffer *out, struct cs__decoded *decoded)
{
    const char *clean = at;
    while (at < end) {
        const char *before = at;
        uint32_t character = cs__utf8_next(&at, end);
        int broken = character == CS__UTF8_BROKEN && at - before == 1;
        if (!broken && character != 0)
            continue;
        cs__buffer_append(out, clean, (size_t)(before - clean));
        if (broken)
            put(out, CS__UTF8_BROKEN);
        decoded->broken += (size_t)broken;
        decoded->nuls += character == 0;
        clean = at;
    }
    cs__buffer_append(out, clean, (size_t)(end - clean));
}

static void decode_windows_1252(const char *at, const char *end, struct cs__buffer *out,
                                struct cs__decoded *decoded)
{
    for (; at < end; at++) {
        unsigned char byte = (unsigned char)*at;
        decoded->nuls += byte == 0;
        if (byte >= 0x80)
            put(out, byte < 0xA0 ? windows_1252[byte - 0x80] : byte);
        else if (byte != 0)
            cs__buffer_char(out, (char)byte);
    }
}

static uint32_t unit16(const unsigned char *at, int big_endian)
{
    return big_endian ? (uint32_t)at[0] << 8 | at[1] : (uint32_t)at[1] << 8 | at[0];
}

/* Unpaired surrogates and an odd last byte are broken. */
static void decode_utf16(const char *bytes, const char *end, int big_endian, struct cs__buffer *out,
                         struct cs__decoded *decoded)
{
    const unsigned char *at = (const unsigned char *)bytes, *last = (const unsigned char *)end;
    for (; last - at >= 2; at += 2) {
        uint32_t unit = unit16(at, big_endian), next = last - at >= 4 ? unit16(at + 2, big_endian) : 0;
        if (unit >= 0xD800 && unit < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
            put(out, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
            at += 2;
        } else if (unit >= 0xD800 && unit < 0xE000) {
            put(out, CS__UTF8_BROKEN);
            decoded->broken++;
        } else if (unit != 0) {
            put(out, unit);
        } else {
            decoded->nuls++;
        }
    }
    decoded->broken += at < last;
}

struct cs__decoded cs__charset_decode(const char *bytes, size_t size, enum cs__charset charset,
                                      struct cs__buffer *out)
{
    struct cs__decoded decoded = {.charset = charset};
    const char *end = bytes + size;
    switch (charset) {
    case CS__CHARSET_UTF16LE:
    case CS__CHARSET_UTF16BE:
        decode_utf16(bytes + (size < 2 ? size : 2), end, charset == CS__CHARSET_UTF16BE, out, &decoded);
        break;
    case CS__CHARSET_WINDOWS_1252:
        decode_windows_1252(bytes, end, out, &decoded);
        break;
    default:
        if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
            bytes += 3;
        decode_utf8(bytes, end, out, &decoded);
    }
    return decoded;
}
