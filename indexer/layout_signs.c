/* SPDX-License-Identifier: MIT */
/* Signs in a line's own characters: list markers, how it begins, how it ends. */
#include "indexer/layout_signs.h"

#include <string.h>

#include <utf8proc.h>

#include "core/utf8.h"

/* Bytes of a note in brackets after a sentence. */
enum { NOTE_MAX = 80, DATELINE_MAX = 60 };

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_roman(char c)
{
    return strchr("ivxlc", c) != NULL && c != '\0';
}

static enum cs__marker_kind sign_kind(uint32_t c)
{
    static const uint32_t bullets[] = {0x2022, 0x2023, 0x2043, 0x204C, 0x204D, 0x2219, 0x25A0, 0x25A1,
                                       0x25AA, 0x25AB, 0x25B6, 0x25BA, 0x25C6, 0x25C7, 0x25CB, 0x25CF,
                                       0x25E6, 0x25FB, 0x25FC, 0x25FD, 0x25FE, 0x2605, 0x2610, 0x2611,
                                       0x2713, 0x2714, 0x2716, 0x2724, 0x2751, 0x2756, 0x2794, 0x27A2,
                                       0x27A4, 0x2B1B, 0x2B25, 0x2B29, 0x2B9A, 0xB7,   0xA7};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (bullets[i] == c)
            return CS__MARKER_BULLET;
    if (c >= 0xF000 && c <= 0xF0FF)
        return CS__MARKER_BULLET;
    return c == '-' || c == '*' || c == 'o' || c == '+' || (c >= 0x2010 && c <= 0x2015) ? CS__MARKER_DASH
                                                                                        : CS__MARKER_NONE;
}

/* Closes a marker: it must be followed by blanks, which belong to it, or end the line. */
static struct cs__marker finish(struct cs__marker marker, const char *text, size_t size)
{
    size_t at = marker.size;
    while (at < size && (text[at] == ' ' || text[at] == '\t'))
        at++;
    if (at == marker.size && at < size)
        return (struct cs__marker){CS__MARKER_NONE, 0, 0, 0, 0};
    marker.size = (uint32_t)at;
    return marker;
}

static struct cs__marker find_sign(const char *text, size_t size)
{
    const char *at = text;
    struct cs__marker marker = {CS__MARKER_NONE, 0, 0, 0, 0};
    marker.kind = sign_kind(cs__utf8_next(&at, text + size));
    marker.size = (uint32_t)(at - text);
    if (marker.kind == CS__MARKER_NONE)
        return marker;
    /* A bullet of a symbol font may stand against its word. */
    if (marker.kind == CS__MARKER_BULLET && marker.size < size && text[marker.size] != ' ')
        return marker;
    return finish(marker, text, size);
}

static struct cs__marker find_number(const char *text, size_t size)
{
    struct cs__marker marker = {CS__MARKER_BARE, 0, 0, 0, 0};
    size_t at = 0, parts = 0;
    if (text[0] == '(')
        at = marker.number_start = 1;
    do {
        size_t digits = at;
        uint32_t value = 0;
        while (at < size && is_digit(text[at]) && at - digits < 3)
            value = value * 10 + (uint32_t)(text[at++] - '0');
        if (at == digits)
            break;
        marker.number_end = (uint32_t)at;
        marker.value = parts++ == 0 ? value : 0;
    } while (parts < 4 && at < size && text[at] == '.' && ++at > 0);
    if (parts == 0)
        return (struct cs__marker){CS__MARKER_NONE, 0, 0, 0, 0};
    if (parts > 1 || at > marker.number_end)
        marker.kind = CS__MARKER_NUMBER;
    if (at < size && text[at] == ')' && at == marker.number_end) {
        at++;
        marker.kind = marker.number_start == 1 ? CS__MARKER_LETTER : CS__MARKER_NUMBER;
    } else if (marker.number_start == 1) {
        return (struct cs__marker){CS__MARKER_NONE, 0, 0, 0, 0};
    }
    marker.size = (uint32_t)at;
    return finish(marker, text, size);
}

/* "(a)", "a)", "iv." but not "a." which may be an initial, nor "I". */
static struct cs__marker find_letter(const char *text, size_t size)
{
    struct cs__marker marker = {CS__MARKER_LETTER, 0, 0, 0, 0};
    size_t at = text[0] == '(';
    size_t start = at;
    while (at < size && at - start < 5 && is_roman(text[at]))
        at++;
    if (at == start && at < size && is_letter(text[at]))
        at++;
    int closed = at < size && (text[at] == ')' || (text[at] == '.' && start == 0 && at - start >= 2));
    if (at == start || !closed)
        return (struct cs__marker){CS__MARKER_NONE, 0, 0, 0, 0};
    marker.number_start = (uint32_t)start;
    marker.number_end = (uint32_t)at;
    marker.size = (uint32_t)at + 1;
    return finish(marker, text, size);
}

struct cs__marker cs__marker_find(const char *text, size_t size)
{
    struct cs__marker none = {CS__MARKER_NONE, 0, 0, 0, 0};
    if (size == 0)
        return none;
    if (is_digit(text[0]) || (text[0] == '(' && size > 1 && is_digit(text[1])))
        return find_number(text, size);
    if (text[0] == '(' || (is_letter(text[0]) && text[0] != 'o'))
        return find_letter(text, size);
    return find_sign(text, size);
}

/* Bytes of a raised digit. */
static size_t raised_digit(const char *text, size_t size)
{
    const unsigned char *c = (const unsigned char *)text;
    if (size >= 2 && c[0] == 0xC2 && (c[1] == 0xB9 || c[1] == 0xB2 || c[1] == 0xB3))
        return 2;
    return size >= 3 && c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xB0 && c[2] <= 0xB9 ? 3 : 0;
}

size_t cs__footnote_mark(const char *text, size_t size)
{
    size_t at = 0, raised;
    while ((raised = raised_digit(text + at, size - at)) > 0)
        at += raised;
    if (at > 0)
        return at < size ? at : 0;
    while (at < size && at < 3 && is_digit(text[at]))
        at++;
    if (at > 0)
        return at < size && (text[at] == ' ' || is_letter(text[at])) ? at : 0;
    return size > 1 && (text[0] == '*' || text[0] == '#') ? 1 : 0;
}

/* The character before `*end`, or 0. */
static uint32_t step_back(const char *text, size_t *end)
{
    size_t at = *end;
    if (at == 0)
        return 0;
    do
        at--;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80 && *end - at < 4);
    const char *from = text + at;
    uint32_t c = cs__utf8_next(&from, text + *end);
    *end = at;
    return c;
}

static int is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB ||
           c == ' ' || c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2070 && c <= 0x2079);
}

/* Before a footnote's number stands the sign of a sentence, and before that a word: "families.2". */
static size_t without_footnote_number(const char *text, size_t size)
{
    size_t at = size;
    while (at > 0 && size - at < 2 && is_digit(text[at - 1]))
        at--;
    int sign = at > 1 && at < size && strchr(".!?:,;", text[at - 1]) != NULL;
    return sign && !is_digit(text[at - 2]) ? at : size;
}

/* Before a note in brackets that follows a sentence: "... by 2014. (Recommendation)". */
static size_t without_note(const char *text, size_t size)
{
    if (size < 4 || text[size - 1] != ')')
        return size;
    size_t at = size - 1;
    while (at > 2 && size - at < NOTE_MAX && text[at] != '(')
        at--;
    int after_sentence = text[at] == '(' && text[at - 1] == ' ' && strchr(".!?", text[at - 2]) != NULL;
    return after_sentence ? at - 1 : size;
}

enum cs__line_end cs__line_ends(const char *text, size_t size)
{
    size = without_note(text, size);
    size_t at = without_footnote_number(text, size);
    uint32_t c;
    do
        c = step_back(text, &at);
    while (is_closer(c));
    if (c == '.' || c == '!' || c == '?' || c == 0x2026)
        return CS__END_SENTENCE;
    return c == ':' ? CS__END_COLON : c == ';' ? CS__END_SEMICOLON : CS__END_OPEN;
}

static utf8proc_category_t first_letter(const char *text, size_t size)
{
    const char *at = text, *end = text + size;
    while (at < end) {
        uint32_t c = cs__utf8_next(&at, end);
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
        int opener =
            category == UTF8PROC_CATEGORY_PI || category == UTF8PROC_CATEGORY_PS || c == '"' || c == '\'';
        if (!opener)
            return category;
    }
    return UTF8PROC_CATEGORY_CN;
}

int cs__begins_small(const char *text, size_t size)
{
    return first_letter(text, size) == UTF8PROC_CATEGORY_LL;
}

int cs__begins_capital(const char *text, size_t size)
{
    return first_letter(text, size) == UTF8PROC_CATEGORY_LU;
}

static int is_date_word(const char *word, size_t size)
{
    static const char *const words[] = {
        "january",  "february", "march",    "april",  "may",  "june",  "july",    "august",    "september",
        "october",  "november", "december", "jan",    "feb",  "mar",   "apr",     "jun",       "jul",
        "aug",      "sep",      "sept",     "oct",    "nov",  "dec",   "monday",  "tuesday",   "wednesday",
        "thursday", "friday",   "saturday", "sunday", "last", "first", "updated", "published", "posted",
        "on",       "at",       "am",       "pm",     "st",   "nd",    "rd",      "th",        "date"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == size && strncasecmp(words[i], word, size) == 0)
            return 1;
    return 0;
}

int cs__is_dateline(const char *text, size_t size)
{
    int digits = 0, parts = 0;
    if (size > DATELINE_MAX)
        return 0;
    for (size_t i = 0, end; i < size; i = end + (end == i)) {
        digits |= is_digit(text[i]);
        for (end = i; end < size && (is_letter(text[end]) || (unsigned char)text[end] >= 0x80); end++)
            continue;
        if (end > i && !is_date_word(text + i, end - i))
            return 0;
        parts += end > i || text[i] == '/';
    }
    return digits && parts > 0;
}

size_t cs__first_word(const char *text, size_t size)
{
    size_t at = 0;
    while (at < size && text[at] != ' ' && text[at] != '\t')
        at++;
    return at;
}

size_t cs__characters(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

unsigned long cs__drawn_width(const char *text, size_t size)
{
    /* Of Helvetica, from ' ' on: the Core 14 AFM files that Adobe publishes. */
    static const uint16_t widths[95] = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
        556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
        611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
        667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
        222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
    unsigned long width = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= ' ' && c < 0x7F)
            width += widths[c - ' '];
        else if ((c & 0xC0) != 0x80)
            width += 500;
    }
    return width;
}
