/* SPDX-License-Identifier: MIT */
/* Short forms: what a text itself says that a short form stands for. */
#include "core/short_form.h"

#include <string.h>

#include "core/tokenizer.h"

/* Bounds of what may be a long form. */
enum { LONG_BYTES_MAX = 120, LONG_WORDS_MAX = 12 };

static int is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static char small(char c)
{
    return is_capital(c) ? (char)(c | 0x20) : c;
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (small(c) >= 'a' && small(c) <= 'z') || is_digit(c) || (unsigned char)c >= 0x80;
}

/* Where the words begin that may be the long form: so many before `end`, in the same sentence. */
static size_t earliest_start(const char *text, size_t end, size_t letters)
{
    size_t most = letters + 5 < 2 * letters ? letters + 5 : 2 * letters, words = 0, at = end;
    most = most < LONG_WORDS_MAX ? most : LONG_WORDS_MAX;
    while (at > 0 && end - at < LONG_BYTES_MAX && strchr(".;:()", text[at - 1]) == NULL) {
        at--;
        if (text[at] == ' ' && ++words == most)
            return at + 1;
    }
    while (at < end && ((unsigned char)text[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Whether the word that begins here is one of those that short forms leave out, as in "... and supported
 * year". */
static int is_left_out(const char *text, size_t at, size_t end)
{
    char word[6];
    size_t size = 0;
    while (at + size < end && size < sizeof word && is_letter(text[at + size])) {
        word[size] = small(text[at + size]);
        size++;
    }
    return size < sizeof word && cs__term_is_stop(word, size);
}

/* Match the letters of `letters` from the right within text[from, end); the start of the long form, or `end`.
 */
static size_t match_letters(const char *text, size_t from, size_t end, const char *letters)
{
    size_t at = end;
    for (size_t left = strlen(letters); left > 0; left--) {
        char wanted = small(letters[left - 1]);
        int found = !is_letter(wanted); /* the & of "B&B" */
        while (at > from && !found) {
            at--;
            int begins = at == from || !is_letter(text[at - 1]);
            found = small(text[at]) == wanted && (left > 1 || (begins && !is_left_out(text, at, end)));
        }
        if (!found)
            return end;
    }
    return at;
}

/* A long form has several words, the last of which is no short form's own. */
static int long_form_before(const char *text, size_t bracket, const char *short_form, cs_range *out)
{
    size_t end = bracket;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    size_t start = match_letters(text, earliest_start(text, end, strlen(short_form)), end, short_form);
    if (start == end || memchr(text + start, ' ', end - start) == NULL)
        return 0;
    *out = (cs_range){(uint32_t)start, (uint32_t)end};
    return 1;
}

/* The short form that begins at `at`: 1 where it is one, up to the end of the bracket or a comma. */
static int short_form_at(const char *text, size_t size, size_t at, char out[CS__SHORT_FORM_SIZE])
{
    size_t length = 0, capitals = 0;
    while (at + length < size && memchr("),;", text[at + length], 3) == NULL) {
        char c = text[at + length];
        if (length == CS__SHORT_FORM_SIZE || (unsigned char)c >= 0x80 ||
            (!is_letter(c) && memchr("&+-", c, 3) == NULL))
            return 0;
        capitals += (size_t)is_capital(c);
        length++;
    }
    if (at + length == size || length < 2 || capitals < 2 || is_digit(text[at]))
        return 0;
    if (text[at + length - 1] == 's')
        length--;
    if (length < 2 || length >= CS__SHORT_FORM_SIZE)
        return 0;
    memcpy(out, text + at, length);
    out[length] = '\0';
    return 1;
}

int cs__short_form_next(const char *text, size_t size, size_t *at, struct cs__short_form *out)
{
    const char *bracket;
    while (*at < size && (bracket = memchr(text + *at, '(', size - *at)) != NULL) {
        size_t i = (size_t)(bracket - text);
        *at = i + 1;
        if (short_form_at(text, size, i + 1, out->text) &&
            long_form_before(text, i, out->text, &out->long_form))
            return 1;
    }
    return 0;
}
