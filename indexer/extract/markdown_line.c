/* SPDX-License-Identifier: MIT */
/* What one line of Markdown is by itself; and from that, whether a text is Markdown at all. */
#include "indexer/extract/markdown_line.h"

#include <ctype.h>
#include <string.h>

#include "core/utf8.h"
#include "indexer/extract/markdown.h"

static int starts_with(struct cs__span line, const char *text)
{
    size_t size = strlen(text);
    return cs__span_size(line) >= size && memcmp(line.start, text, size) == 0;
}

unsigned cs__markdown_indent(struct cs__span line)
{
    unsigned columns = 0;
    for (const char *at = line.start; at < line.end && (*at == ' ' || *at == '\t'); at++)
        columns = *at == '\t' ? (columns / 4 + 1) * 4 : columns + 1;
    return columns;
}

struct cs__span cs__markdown_unquote(struct cs__span line)
{
    while (line.start < line.end && *line.start == '>')
        line = cs__trim((struct cs__span){line.start + 1, line.end});
    return line;
}

unsigned cs__markdown_heading(struct cs__span *line)
{
    unsigned level = 0;
    const char *at = line->start;
    while (at < line->end && *at == '#')
        at++, level++;
    if (level == 0 || level > 6 || (at < line->end && *at != ' ' && *at != '\t'))
        return 0;
    struct cs__span text = cs__trim((struct cs__span){at, line->end});
    const char *close = text.end;
    while (close > text.start && close[-1] == '#')
        close--;
    if (close == text.start || close[-1] == ' ')
        text = cs__trim((struct cs__span){text.start, close});
    *line = text;
    return level;
}

static int consists_of(struct cs__span line, const char *characters)
{
    for (const char *at = line.start; at < line.end; at++)
        if (strchr(characters, *at) == NULL || *at == '\0')
            return 0;
    return line.start < line.end;
}

unsigned cs__markdown_underline(struct cs__span line)
{
    if (cs__span_size(line) < 2)
        return 0;
    return consists_of(line, "=") ? 1 : consists_of(line, "-") ? 2 : 0;
}

int cs__markdown_item(struct cs__span line, struct cs__markdown_item *out)
{
    const char *at = line.start;
    *out = (struct cs__markdown_item){0};
    if (starts_with(line, "\xE2\x80\xA2"))
        at += 3;
    else if (at < line.end && strchr("-*+", *at) != NULL && !cs__markdown_is_rule(line))
        at++;
    while (at == line.start + out->numbered && at < line.end && isdigit((unsigned char)*at) &&
           out->numbered < 6) {
        out->number = out->number * 10 + (uint32_t)(*at++ - '0');
        out->numbered++;
    }
    if (out->numbered > 0 && (at == line.end || (*at != '.' && *at != ')')))
        return 0;
    at += out->numbered > 0;
    if (at == line.start || at >= line.end || (*at != ' ' && *at != '\t'))
        return 0;
    out->text = cs__trim((struct cs__span){at, line.end});
    return 1;
}

/* Bytes of the raised digits that a line begins with. */
static size_t raised_digits(struct cs__span line)
{
    const char *at = line.start;
    while (at < line.end) {
        const char *next = at;
        uint32_t c = cs__utf8_next(&next, line.end);
        if (c != 0xB9 && c != 0xB2 && c != 0xB3 && c != 0x2070 && (c < 0x2074 || c > 0x2079))
            break;
        at = next;
    }
    return (size_t)(at - line.start);
}

int cs__markdown_note(struct cs__span line, struct cs__span *label, struct cs__span *text)
{
    *label = (struct cs__span){line.start, line.start};
    *text = line;
    if (raised_digits(line) > 0)
        return 1;
    const char *close = starts_with(line, "[^") ? memchr(line.start, ']', cs__span_size(line)) : NULL;
    if (close == NULL || close + 1 >= line.end || close[1] != ':')
        return 0;
    label->end = close + 1;
    *text = cs__trim((struct cs__span){close + 2, line.end});
    return 1;
}

int cs__markdown_is_rule(struct cs__span line)
{
    size_t marks = 0;
    for (const char *at = line.start; at < line.end; at++) {
        if (*at == ' ')
            continue;
        if (*at != *line.start || strchr("-*_", *at) == NULL)
            return 0;
        marks++;
    }
    return marks >= 3;
}

int cs__markdown_is_link_definition(struct cs__span line)
{
    const char *close = starts_with(line, "[") ? memmem(line.start, cs__span_size(line), "]: ", 3) : NULL;
    if (close == NULL)
        return 0;
    struct cs__span target = cs__trim((struct cs__span){close + 2, line.end});
    return starts_with(target, "http") || starts_with(target, "/") || starts_with(target, "#") ||
           starts_with(target, "<");
}

int cs__markdown_is_delimiter_row(struct cs__span line)
{
    return consists_of(line, "|-: \t") && memchr(line.start, '-', cs__span_size(line)) != NULL &&
           memchr(line.start, '|', cs__span_size(line)) != NULL;
}

struct cs__span cs__markdown_row(struct cs__span line)
{
    if (line.start < line.end && *line.start == '|')
        line.start++;
    if (line.start < line.end && line.end[-1] == '|')
        line.end--;
    return line;
}

const char *cs__markdown_cell_end(struct cs__span row, char border)
{
    for (const char *at = row.start; at < row.end; at++) {
        if (*at == '\\' && border == '|')
            at++;
        else if (*at == border)
            return at;
    }
    return row.end;
}

/* Signs that a text is Markdown: one strong one is enough, of the weak ones it takes two kinds. Hard-wrapped
 * letters have bullets and numbers, too, so these are weak, and count only where paragraphs are one line
 * each. */
struct signs {
    unsigned strong, tables, bullets, numbers, long_lines, lines;
};

static int has_mark(struct cs__span line)
{
    size_t size = cs__span_size(line);
    const char *bold = memmem(line.start, size, "**", 2);
    if (bold != NULL && memmem(bold + 2, (size_t)(line.end - bold) - 2, "**", 2) != NULL)
        return 1;
    return memmem(line.start, size, "](http", 6) != NULL || memmem(line.start, size, "](#", 3) != NULL ||
           memmem(line.start, size, "](/", 3) != NULL || memmem(line.start, size, "[^", 2) != NULL;
}

static void look(struct signs *signs, struct cs__span line, struct cs__span before, const char *rest,
                 const char *end)
{
    enum { LONG_LINE = 160 };
    struct cs__span heading = line;
    struct cs__markdown_item item;
    signs->lines++;
    signs->long_lines += cs__span_size(line) > LONG_LINE;
    signs->strong += cs__markdown_heading(&heading) > 0 && cs__span_size(heading) > 0;
    signs->strong += cs__markdown_is_delimiter_row(line) || starts_with(line, "```") || has_mark(line);
    signs->strong += cs__markdown_underline(line) == 1 && cs__span_size(before) > 2;
    if (cs__markdown_item(line, &item)) {
        signs->bullets += !item.numbered && (unsigned char)*line.start < 0x80;
        signs->numbers += item.numbered && cs__span_size(line) > LONG_LINE;
    } else {
        signs->tables += cs__tab_rows(line, rest, end) > 0;
    }
}

int cs__markdown_is(const char *text, size_t size)
{
    enum { LOOK_AT = 65536 };
    const char *at = text, *end = text + cs__utf8_cut(text, size, LOOK_AT);
    struct signs signs = {0};
    struct cs__span line, before = {text, text};
    while (cs__next_line(&at, end, &line)) {
        line = cs__trim(line);
        if (cs__span_size(line) > 0)
            look(&signs, line, before, at, end);
        before = line;
    }
    int kinds = (signs.tables > 0) + (signs.bullets > 0) + (signs.numbers > 0);
    return signs.strong > 0 || (kinds >= 2 && signs.long_lines * 4 > signs.lines);
}
