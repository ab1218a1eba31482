/* SPDX-License-Identifier: MIT */
/* Markdown's marks within a line. Source of the forms: CommonMark 0.30, section 6; footnotes as in Pandoc.
 *
 * A mark without its counterpart within MARK_REACH bytes is text: no line is too long to be read in one go.
 */
#include "indexer/extract/markdown.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"

enum { MARK_REACH = 2000, TAG_REACH = 300, DEPTH_MAX = 8 };

struct inline_text {
    struct cs__builder *builder;
    const char *at, *end;
    unsigned depth;
};

static void read_inline(struct cs__builder *builder, const char *text, const char *end, unsigned depth);

static const char *reach(const struct inline_text *in, const char *from, size_t limit)
{
    return (size_t)(in->end - from) > limit ? from + limit : in->end;
}

static int is_space_or_edge(const char *p, const char *start, const char *end)
{
    return p < start || p >= end || isspace((unsigned char)*p);
}

static size_t run_of(const char *at, const char *end)
{
    const char *p = at;
    while (p < end && *p == *at)
        p++;
    return (size_t)(p - at);
}

/* The next run of exactly `length` of `mark`; NULL when there is none. */
static const char *find_run(const char *at, const char *end, char mark, size_t length)
{
    while (at < end) {
        if (*at != mark) {
            at += *at == '\\' && end - at > 1 ? 2 : 1;
            continue;
        }
        size_t run = run_of(at, end);
        if (run == length)
            return at;
        at += run;
    }
    return NULL;
}

/* "**" goes wherever it stands at a word; its counterpart may be on another line. A single mark needs its
 * counterpart here. */
static int take_emphasis(struct inline_text *in, const char *start)
{
    char mark = *in->at;
    size_t run = run_of(in->at, in->end);
    const char *behind = in->at + run;
    int opens = !is_space_or_edge(behind, start, in->end),
        closes = !is_space_or_edge(in->at - 1, start, in->end);
    if (run > 3 || (!opens && !closes))
        return 0;
    if (mark == '_' && opens && closes && isalnum((unsigned char)*behind) &&
        isalnum((unsigned char)in->at[-1]))
        return 0;
    if (run > 1) {
        in->at = behind;
        return 1;
    }
    const char *close = opens ? find_run(behind, reach(in, behind, MARK_REACH), mark, run) : NULL;
    if (close == NULL || isspace((unsigned char)close[-1]) ||
        (mark == '_' && close + run < in->end && isalnum((unsigned char)close[run])))
        return 0;
    if (in->depth < DEPTH_MAX)
        read_inline(in->builder, behind, close, in->depth + 1);
    else
        cs__builder_utf8(in->builder, behind, (size_t)(close - behind));
    in->at = close + run;
    return 1;
}

static int take_code(struct inline_text *in)
{
    size_t run = run_of(in->at, in->end);
    const char *start = in->at + run, *close = find_run(start, reach(in, start, MARK_REACH), '`', run);
    if (close == NULL)
        return 0;
    cs__builder_utf8(in->builder, start, (size_t)(close - start));
    in->at = close + run;
    return 1;
}

/* The bracket that closes the one at `at`; NULL when there is none in reach. */
static const char *closing(const struct inline_text *in, const char *at, char open, char close)
{
    const char *end = reach(in, at, MARK_REACH);
    unsigned depth = 0;
    for (const char *p = at; p < end; p++) {
        if (*p == '\\')
            p++;
        else if (*p == open)
            depth++;
        else if (*p == close && --depth == 0)
            return p;
    }
    return NULL;
}

static void put_superscript(struct cs__builder *builder, const char *digits, const char *end)
{
    static const uint32_t raised[] = {0x2070, 0xB9,   0xB2,   0xB3,   0x2074,
                                      0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    for (; digits < end; digits++)
        if (isdigit((unsigned char)*digits))
            cs__builder_character(builder, raised[*digits - '0']);
}

/* [text](target), [text][reference], [^note]; brackets that are none of these are text. */
static int take_link(struct inline_text *in)
{
    const char *close = closing(in, in->at, '[', ']');
    const char *text = in->at + 1;
    if (close == NULL)
        return 0;
    if (text < close && *text == '^') {
        put_superscript(in->builder, text + 1, close);
        in->at = close + 1;
        return 1;
    }
    if (close + 1 >= in->end || (close[1] != '(' && close[1] != '['))
        return 0;
    const char *target =
        close[1] == '(' ? closing(in, close + 1, '(', ')') : closing(in, close + 1, '[', ']');
    if (target == NULL || in->depth >= DEPTH_MAX)
        return 0;
    read_inline(in->builder, text, close, in->depth + 1);
    in->at = target + 1;
    return 1;
}

static int take_image(struct inline_text *in)
{
    const char *start = in->at;
    if (in->end - in->at < 2 || in->at[1] != '[')
        return 0;
    in->at++;
    if (take_link(in))
        return 1;
    in->at = start;
    return 0;
}

/* <http://...> is its own text; <b> and </b> are none. */
static int take_tag(struct inline_text *in)
{
    const char *p = in->at + 1, *end = reach(in, p, TAG_REACH);
    const char *close = memchr(p, '>', (size_t)(end - p));
    if (close == NULL || p == close || memchr(p, '<', (size_t)(close - p)) != NULL)
        return 0;
    if (memchr(p, ':', (size_t)(close - p)) != NULL && memchr(p, ' ', (size_t)(close - p)) == NULL)
        cs__builder_utf8(in->builder, p, (size_t)(close - p));
    else if (!isalpha((unsigned char)*p) && *p != '/' && *p != '!')
        return 0;
    else
        cs__builder_character(in->builder, ' ');
    in->at = close + 1;
    return 1;
}

static int take_reference(struct inline_text *in)
{
    static const struct {
        const char *name;
        uint32_t character;
    } names[] = {{"amp", '&'},      {"lt", '<'},        {"gt", '>'},       {"quot", '"'},
                 {"apos", '\''},    {"nbsp", ' '},      {"ndash", 0x2013}, {"mdash", 0x2014},
                 {"lsquo", 0x2018}, {"rsquo", 0x2019},  {"ldquo", 0x201C}, {"rdquo", 0x201D},
                 {"bull", 0x2022},  {"hellip", 0x2026}, {"pound", 0xA3},   {"copy", 0xA9},
                 {"eacute", 0xE9}};
    const char *name = in->at + 1, *end = reach(in, name, 10);
    const char *semicolon = memchr(name, ';', (size_t)(end - name));
    if (semicolon == NULL || semicolon == name)
        return 0;
    size_t size = (size_t)(semicolon - name);
    uint32_t character = 0;
    if (*name == '#' && size > 1) {
        int hex = name[1] == 'x' || name[1] == 'X';
        char *stop;
        unsigned long value = strtoul(name + 1 + hex, &stop, hex ? 16 : 10);
        character = stop == semicolon && value > 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF)
                        ? (uint32_t)value
                        : 0;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i].name) == size && memcmp(names[i].name, name, size) == 0)
            character = names[i].character;
    if (character == 0)
        return 0;
    cs__builder_character(in->builder, character);
    in->at = semicolon + 1;
    return 1;
}

/* At the end of a line it is a line break. */
static int take_escape(struct inline_text *in)
{
    if (in->end - in->at == 1) {
        in->at++;
        return 1;
    }
    if (!ispunct((unsigned char)in->at[1]))
        return 0;
    cs__builder_character(in->builder, (unsigned char)in->at[1]);
    in->at += 2;
    return 1;
}

static int take_strike(struct inline_text *in)
{
    if (run_of(in->at, in->end) != 2)
        return 0;
    in->at += 2;
    return 1;
}

static int take_mark(struct inline_text *in, const char *start)
{
    switch (*in->at) {
    case '*':
    case '_':
        return take_emphasis(in, start);
    case '`':
        return take_code(in);
    case '[':
        return take_link(in);
    case '!':
        return take_image(in);
    case '<':
        return take_tag(in);
    case '&':
        return take_reference(in);
    case '\\':
        return take_escape(in);
    case '~':
        return take_strike(in);
    default:
        return 0;
    }
}

static void read_inline(struct cs__builder *builder, const char *text, const char *end, unsigned depth)
{
    struct inline_text in = {builder, text, end, depth};
    while (in.at < end) {
        size_t plain = 0, left = (size_t)(end - in.at);
        while (plain < left && strchr("*_`[!<&\\~", in.at[plain]) == NULL)
            plain++;
        cs__builder_utf8(builder, in.at, plain);
        in.at += plain;
        if (in.at == end || take_mark(&in, text))
            continue;
        size_t run = run_of(in.at, end);
        cs__builder_utf8(builder, in.at, run);
        in.at += run;
    }
}

static int is_strong(const char *text, size_t size)
{
    return size > 4 && (memcmp(text, "**", 2) == 0 || memcmp(text, "__", 2) == 0) &&
           memcmp(text, text + size - 2, 2) == 0 && memmem(text + 2, size - 4, text, 2) == NULL;
}

int cs__markdown_inline(struct cs__builder *builder, const char *text, size_t size)
{
    read_inline(builder, text, text + size, 0);
    return is_strong(text, size);
}
