/* SPDX-License-Identifier: MIT */
/* Sentence boundaries, by the marks that end one and what stands on either side.
 * Input: UTF-8 text; output: byte ranges (see sentence.h). Works on bytes: the signs of more than one byte
 * are listed. */
#include "core/sentence.h"

#include <stdbool.h>
#include <string.h>

/* Longest entry of `abbreviations`, and longest number that may stand before a list's full stop. */
enum { LONGEST_ABBREVIATION = 8, LONGEST_LABEL = 4, LONGEST_FOOTNOTE = 2 };

/* Words whose full stop does not end a sentence, in lower case. Those that are also words of their own are in
 * `before_number`: they are abbreviations only when a digit follows ("no. 4", "p. 12"). */
static const char *const abbreviations[] = {"mr",  "mrs",  "ms",     "dr",     "prof", "rev",  "cllr",
                                            "hon", "st",   "e.g",    "i.e",    "eg",   "ie",   "cf",
                                            "viz", "vs",   "v",      "approx", "inc",  "dept", "gov",
                                            "sgt", "supt", "messrs", "lt",     "col",  "capt", NULL};
static const char *const before_number[] = {"no",   "nos", "p",   "pp",  "s",   "ss",  "para", "paras", "sec",
                                            "fig",  "vol", "ch",  "art", "jan", "feb", "mar",  "apr",   "aug",
                                            "sept", "sep", "oct", "nov", "dec", "c",   NULL};

static const char *const spaces[] = {" ", "\t", "\r", "\n", "\v", "\f", "\xC2\xA0", "\xE2\x80\xAF", NULL};
static const char *const closers[] = {"\"",           "'",        ")", "]", "}", "*", "_", "\xE2\x80\x99",
                                      "\xE2\x80\x9D", "\xC2\xBB", NULL};
static const char *const openers[] = {
    "\"", "'", "(", "[", "{", "*", "_", "\xC2\xA3", "\xE2\x80\x98", "\xE2\x80\x9C", "\xC2\xAB", NULL};
static const char *const terminators[] = {".", "!", "?", "\xE2\x80\xA6", NULL};
/* Signs that are bullets wherever a word might begin: bullet, squares, circles, arrow. */
static const char *const bullets[] = {"\xE2\x80\xA2",
                                      "\xE2\x80\xA3",
                                      "\xE2\x96\xAA",
                                      "\xE2\x96\xAB",
                                      "\xE2\x96\xA0",
                                      "\xE2\x96\xA1",
                                      "\xE2\x97\xBC",
                                      "\xE2\x97\xBE",
                                      "\xE2\x97\x8F",
                                      "\xE2\x97\x8B",
                                      "\xE2\x97\xA6",
                                      "\xE2\x9E\xA2",
                                      NULL};
/* Signs that are bullets only as the first word of a line. */
static const char *const line_bullets[] = {"-", "*", "+", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92",
                                           NULL};

/* Length of the entry of `set` that starts at `at`, 0 for none. */
static size_t sign_at(const char *const *set, const char *text, size_t size, size_t at)
{
    for (; *set != NULL; set++) {
        size_t length = strlen(*set);
        if (length <= size - at && memcmp(text + at, *set, length) == 0)
            return length;
    }
    return 0;
}

/* The ASCII bytes decide most questions without a look at the sets. */
static size_t space_at(const char *text, size_t size, size_t at)
{
    unsigned char c = (unsigned char)text[at];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    return c < 0x80 ? 0 : sign_at(spaces, text, size, at);
}

static size_t terminator_at(const char *text, size_t size, size_t at)
{
    unsigned char c = (unsigned char)text[at];
    if (c == '.' || c == '!' || c == '?')
        return 1;
    return c < 0x80 ? 0 : sign_at(terminators, text, size, at);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* May the character at `at` be the first of a sentence? Small letters may not, ASCII or Latin-1; others may.
 */
static bool may_begin(const char *text, size_t size, size_t at)
{
    for (size_t step; at < size && (step = sign_at(openers, text, size, at)) > 0;)
        at += step;
    if (at >= size)
        return true;
    unsigned char c = (unsigned char)text[at];
    if (c == 0xC3 && at + 1 < size)
        return (unsigned char)text[at + 1] < 0x9F;
    return (c >= 'A' && c <= 'Z') || is_digit((char)c) || c >= 0x80;
}

static bool is_listed(const char *const *list, const char *word, size_t length)
{
    for (; *list != NULL; list++) {
        size_t i = 0;
        while (i < length && (*list)[i] != '\0' && (*list)[i] == lower(word[i]))
            i++;
        if (i == length && (*list)[i] == '\0')
            return true;
    }
    return false;
}

/* The first byte of the word that ends at `end`: letters and full stops inside it ("e.g"), not before
 * `floor`. */
static size_t word_start(const char *text, size_t floor, size_t end)
{
    size_t start = end;
    while (start > floor && end - start <= LONGEST_ABBREVIATION &&
           (is_letter(text[start - 1]) || (text[start - 1] == '.' && start < end)))
        start--;
    return start;
}

/* Does the full stop at `dot`, of a sentence that began at `start`, belong to a shortened word? `next` is the
 * next character that is not white space. */
static bool is_abbreviation(const char *text, size_t size, size_t start, size_t dot, size_t next)
{
    size_t word = word_start(text, start, dot);
    size_t length = dot - word;
    if (length == 0 || length > LONGEST_ABBREVIATION)
        return false;
    if (length == 1 && text[word] >= 'A' && text[word] <= 'Z' && (word == start || text[word - 1] != '\''))
        return true; /* an initial */
    if (is_listed(abbreviations, text + word, length))
        return true;
    return next < size && is_digit(text[next]) && is_listed(before_number, text + word, length);
}

/* Is `text[start..dot)` all there is of the sentence and the number or letter of a list: "29.", "iv.", "(a."?
 */
static bool is_list_label(const char *text, size_t start, size_t dot)
{
    size_t i = start < dot && text[start] == '(' ? start + 1 : start;
    if (dot - i == 0 || dot - i > LONGEST_LABEL)
        return false;
    if (dot - i == 1 && is_letter(text[i]))
        return true;
    bool digits = true, roman = true;
    for (; i < dot; i++) {
        digits = digits && (is_digit(text[i]) || text[i] == '.');
        roman = roman && strchr("ivx", text[i]) != NULL;
    }
    return digits || roman;
}

/* The end of what closes a sentence whose mark ends at `at`: further marks, quotes, brackets, a footnote's
 * number. */
static size_t skip_closers(const char *text, size_t size, size_t start, size_t at)
{
    for (size_t step; at < size; at += step)
        if ((step = terminator_at(text, size, at)) == 0 && (step = sign_at(closers, text, size, at)) == 0)
            break;
    size_t note = at;
    while (note < size && note - at <= LONGEST_FOOTNOTE && is_digit(text[note]))
        note++;
    bool after_word =
        at >= start + 4 && is_letter(text[at - 2]) && is_letter(text[at - 3]) && is_letter(text[at - 4]);
    if (note > at && note - at <= LONGEST_FOOTNOTE && after_word && note < size &&
        space_at(text, size, note) > 0)
        return note;
    return at;
}

/* Skip white space from `at`; `*breaks` counts the line feeds in it. */
static size_t skip_space(const char *text, size_t size, size_t at, size_t *breaks)
{
    *breaks = 0;
    for (size_t step; at < size && (step = space_at(text, size, at)) > 0; at += step)
        *breaks += text[at] == '\n';
    return at;
}

/* Length of a code point of the private use area U+E000..U+F8FF: in PDF text the bullet of a word processor's
 * symbol font. */
static size_t private_use_at(const char *text, size_t size, size_t at)
{
    if (size - at < 3)
        return 0;
    unsigned char lead = (unsigned char)text[at], second = (unsigned char)text[at + 1];
    return lead == 0xEE || (lead == 0xEF && second < 0xA4) ? 3 : 0;
}

/* Length of a bullet sign at `at`, which is the first of its line if `first`; 0 for none. */
static size_t bullet_at(const char *text, size_t size, size_t at, bool first)
{
    if (at >= size)
        return 0;
    size_t length = private_use_at(text, size, at);
    if (length == 0 && (unsigned char)text[at] >= 0x80)
        length = sign_at(bullets, text, size, at);
    if (length > 0 || !first)
        return length;
    length = sign_at(line_bullets, text, size, at);
    return length > 0 && at + length < size && space_at(text, size, at + length) > 0 ? length : 0;
}

/* Skip the white space and bullet signs before a sentence. */
static size_t skip_lead(const char *text, size_t size, size_t at)
{
    bool first = at == 0;
    for (;;) {
        size_t breaks;
        at = skip_space(text, size, at, &breaks);
        first = first || breaks > 0;
        size_t bullet = bullet_at(text, size, at, first);
        if (bullet == 0)
            return at;
        at += bullet;
    }
}

/* Does the mark at `mark`, with what closes it to `end`, end the sentence that began at `start`? */
static bool ends_sentence(const char *text, size_t size, size_t start, size_t mark, size_t end)
{
    size_t breaks;
    if (end < size && space_at(text, size, end) == 0)
        return false;
    size_t next = skip_space(text, size, end, &breaks);
    if (next >= size)
        return true;
    if (text[mark] == '.' && end == mark + 1) {
        if (is_list_label(text, start, mark) || is_abbreviation(text, size, start, mark, next))
            return false;
    }
    return may_begin(text, size, next);
}

struct cs__sentence_walk cs__sentence_begin(const char *text, size_t size)
{
    return (struct cs__sentence_walk){.text = text, .size = size, .at = 0};
}

int cs__sentence_next(struct cs__sentence_walk *walk, struct cs__sentence *out)
{
    const char *text = walk->text;
    size_t size = walk->size;
    size_t start = skip_lead(text, size, walk->at);
    if (start >= size) {
        walk->at = size;
        return 0;
    }
    size_t end = start;
    size_t at = start;
    while (at < size) {
        size_t breaks, step;
        size_t next = skip_space(text, size, at, &breaks);
        if (next > at) {
            if (breaks > 1 || bullet_at(text, size, next, breaks > 0) > 0)
                break;
            at = next;
        } else if ((step = terminator_at(text, size, at)) > 0) {
            size_t mark = at;
            at = end = skip_closers(text, size, start, at + step);
            if (ends_sentence(text, size, start, mark, at))
                break;
        } else {
            end = ++at;
        }
    }
    walk->at = at;
    *out = (struct cs__sentence){.start = start, .end = end};
    return 1;
}
