/* SPDX-License-Identifier: MIT */
/* Words of a sentence and the cue phrases among them (see tone_words.h). The words here are not the index's
 * terms: no stemming, since "improved" and "improve" say different things. */
#include "core/tone_words.h"

#include <string.h>

enum mark { MARK_NONE = 0, MARK_LETTER, MARK_DIGIT, MARK_APOSTROPHE, MARK_CLAUSE };

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What the character at `at` is to a word, and its bytes in `*length`. Bytes of other scripts count as
 * letters. */
static enum mark mark_at(const char *text, size_t size, size_t at, size_t *length)
{
    unsigned char c = (unsigned char)text[at];
    *length = 1;
    if (c < 0x80) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return MARK_LETTER;
        if (is_digit(text[at]))
            return MARK_DIGIT;
        if (c == '\'')
            return MARK_APOSTROPHE;
        return c != '\0' && strchr(",;:.()!?", c) != NULL ? MARK_CLAUSE : MARK_NONE;
    }
    if (c == 0xC2) { /* no-break space, pound sign and their like */
        *length = size - at < 2 ? 1 : 2;
        return MARK_NONE;
    }
    if (c == 0xE2 && size - at >= 3 && (unsigned char)text[at + 1] == 0x80) {
        unsigned char last = (unsigned char)text[at + 2];
        *length = 3;
        if (last == 0x98 || last == 0x99)
            return MARK_APOSTROPHE;
        return last == 0x93 || last == 0x94 ? MARK_CLAUSE : MARK_NONE; /* dashes */
    }
    return MARK_LETTER;
}

static void put(struct cs__tone_word *word, char c)
{
    size_t length = strlen(word->text);
    if (length + 1 < sizeof word->text)
        word->text[length] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The end of the number at `at`, with the points and commas inside it and the letters that follow ("16th").
 */
static size_t number_end(const char *text, size_t size, size_t at)
{
    size_t length;
    while (at < size) {
        enum mark mark = mark_at(text, size, at, &length);
        int inner = (text[at] == '.' || text[at] == ',') && at + 1 < size && is_digit(text[at + 1]);
        if (mark != MARK_DIGIT && mark != MARK_LETTER && !inner)
            break;
        at += length;
    }
    return at;
}

/* Reads the word at `at` into `*word`; returns its end. An apostrophe is part of it between letters. */
static size_t read_word(const char *text, size_t size, size_t at, struct cs__tone_word *word)
{
    size_t length, next;
    while (at < size) {
        enum mark mark = mark_at(text, size, at, &length);
        if (mark == MARK_APOSTROPHE) {
            if (at + length >= size)
                break;
            enum mark after = mark_at(text, size, at + length, &next);
            if (after != MARK_LETTER && after != MARK_DIGIT)
                break;
            put(word, '\'');
        } else if (mark == MARK_LETTER || mark == MARK_DIGIT) {
            put(word, text[at]);
        } else {
            break;
        }
        at += length;
    }
    return at;
}

uint32_t cs__tone_words(const char *text, size_t size, struct cs__tone_word words[CS__TONE_WORDS_MAX])
{
    words[0] = (struct cs__tone_word){.text = "^"};
    uint32_t count = 1;
    size_t at = 0;
    while (at < size && count < CS__TONE_WORDS_MAX) {
        struct cs__tone_word *word = &words[count];
        size_t length;
        enum mark mark = mark_at(text, size, at, &length);
        if (mark == MARK_NONE || mark == MARK_APOSTROPHE) {
            at += length;
            continue;
        }
        *word = (struct cs__tone_word){.start = (uint32_t)at};
        if (mark == MARK_LETTER)
            at = read_word(text, size, at, word);
        else
            at = mark == MARK_DIGIT ? number_end(text, size, at) : at + length;
        if (mark != MARK_LETTER)
            put(word, mark == MARK_DIGIT ? '0' : ',');
        word->end = (uint32_t)at;
        count++;
    }
    return count;
}

/* How the words of an entry from byte `from` on stand to `word`: less, equal (0) or more; `word` is to be a
 * whole word. */
static int compare(const struct cs__tone_entry *entry, size_t from, const char *word, size_t size)
{
    int order = strncmp(entry->phrase + from, word, size);
    unsigned char next = order == 0 ? (unsigned char)entry->phrase[from + size] : 0;
    return order != 0 ? order : next > ' ' ? 1 : 0;
}

/* The first entry of `low`..`high` that is not less than `word` at byte `from`, or, with `after`, that is
 * more. */
static uint32_t bound(uint32_t low, uint32_t high, size_t from, const char *word, size_t size, int after)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare(&cs__tone_entries[middle], from, word, size);
        if (order < 0 || (after && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct cs__tone_entry *cs__tone_phrase(const struct cs__tone_word *words, uint32_t count, uint32_t at,
                                             uint32_t *length)
{
    const struct cs__tone_entry *found = NULL;
    uint32_t low = 0, high = cs__tone_entry_count;
    size_t from = 0;
    for (uint32_t n = 1; n <= CS__TONE_PHRASE_WORDS && at + n <= count; n++) {
        const char *word = words[at + n - 1].text;
        size_t size = strlen(word);
        low = bound(low, high, from, word, size, 0);
        high = bound(low, high, from, word, size, 1);
        if (low == high)
            break;
        from += size;
        if (cs__tone_entries[low].phrase[from] == '\0') { /* the shortest stands first */
            found = &cs__tone_entries[low++];
            *length = n;
        }
        from++;
    }
    return found;
}
