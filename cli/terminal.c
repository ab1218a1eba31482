/* SPDX-License-Identifier: MIT */
/* Terminals: kind, width, colour, and safe printing. */
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <utf8proc.h>

enum { DEFAULT_WIDTH = 80, LEAST_WIDTH = 20, WIDEST = 10000 };

int cs__terminal_is(FILE *stream)
{
    return isatty(fileno(stream));
}

unsigned cs__terminal_width(FILE *stream)
{
    const char *columns = getenv("COLUMNS");
    unsigned long width = columns != NULL ? strtoul(columns, NULL, 10) : 0;
    struct winsize size;
    if (width == 0 && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width == 0 || width > WIDEST)
        width = DEFAULT_WIDTH;
    return width < LEAST_WIDTH ? LEAST_WIDTH : (unsigned)width;
}

int cs__terminal_color(FILE *stream, enum cs__when when)
{
    if (when != CS__WHEN_AUTO)
        return when == CS__WHEN_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no_color != NULL && no_color[0] != '\0')
        return 0;
    return cs__terminal_is(stream) && term != NULL && strcmp(term, "dumb") != 0;
}

/* One character and its size in bytes; a broken byte is a character of its own, U+FFFD. */
static utf8proc_int32_t character_at(const char *text, size_t size, size_t *length)
{
    utf8proc_int32_t character = -1;
    utf8proc_ssize_t read =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, &character);
    *length = read > 0 ? (size_t)read : 1;
    return read > 0 ? character : 0xFFFD;
}

size_t cs__terminal_fit(const char *text, size_t size, unsigned columns)
{
    size_t at = 0;
    while (at < size) {
        size_t length;
        int width = utf8proc_charwidth(character_at(text + at, size - at, &length));
        if ((unsigned)width > columns)
            break;
        columns -= (unsigned)width;
        at += length;
    }
    return at;
}

unsigned cs__terminal_columns(const char *text, size_t size)
{
    unsigned columns = 0;
    for (size_t at = 0, length; at < size; at += length)
        columns += (unsigned)utf8proc_charwidth(character_at(text + at, size - at, &length));
    return columns;
}

/* C0, DEL and C1 drive terminals; the bidirectional controls reorder what stands around them. */
static int is_dangerous(utf8proc_int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFFFD;
}

void cs__terminal_print(FILE *out, const char *text, size_t size)
{
    for (size_t at = 0, length; at < size; at += length) {
        utf8proc_int32_t c = character_at(text + at, size - at, &length);
        if (c == '\t' || c == '\n' || c == '\r')
            fputc(' ', out);
        else if (is_dangerous(c))
            fputs("\xEF\xBF\xBD", out);
        else
            fwrite(text + at, 1, length, out);
    }
}
