/* SPDX-License-Identifier: MIT */
/* Prose: text -> words, with the breaks between them, and dates. */
#include "indexer/prose.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/sentence.h"

static int is_letter(unsigned char byte)
{
    return isalnum(byte) || (byte >= 0xC3 && byte <= 0xDF);
}

/* Bytes of an apostrophe, straight or curly, at `at`; 0 when there is none. */
static size_t apostrophe(const char *text, size_t size, size_t at)
{
    if (text[at] == '\'')
        return 1;
    return size - at >= 3 && memcmp(text + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* The end of the word that begins at `at`. A continuation byte of an accented letter belongs to it. */
static size_t word_end(const char *text, size_t size, size_t at)
{
    while (at < size) {
        unsigned char byte = (unsigned char)text[at];
        size_t mark = apostrophe(text, size, at);
        if (is_letter(byte)) {
            at++;
            while (at < size && byte >= 0xC3 && ((unsigned char)text[at] & 0xC0) == 0x80)
                at++;
        } else if (mark > 0 && at + mark < size && is_letter((unsigned char)text[at + mark])) {
            at += mark;
        } else {
            break;
        }
    }
    return at;
}

static uint8_t break_of(const char *text, size_t size, size_t at)
{
    static const char *const marks[] = {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x98",
                                        "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x99"};
    switch (text[at]) {
    case ':':
        return CS__BREAK_COLON;
    case '(':
    case '[':
        return CS__BREAK_CLAUSE | CS__BREAK_BRACKET;
    case ';':
        return CS__BREAK_CLAUSE | CS__BREAK_SEMICOLON;
    case ',':
    case ')':
    case ']':
    case '"':
    case '\'':
        return CS__BREAK_CLAUSE;
    default:
        break;
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (size - at >= 3 && memcmp(text + at, marks[i], 3) == 0)
            return CS__BREAK_CLAUSE;
    return 0;
}

/* Room for the words of `size` bytes: a word and what parts it from the next take at least two. */
static size_t most_words(size_t size)
{
    return size / 2 + 1;
}

static void read_words(struct cs__prose *prose)
{
    const char *text = prose->text;
    size_t size = prose->size;
    struct cs__sentence_walk walk = cs__sentence_begin(text, size);
    struct cs__sentence sentence = {0, 0};
    int more = cs__sentence_next(&walk, &sentence);
    uint8_t breaks = 0;
    for (size_t at = 0; at < size;) {
        if (!is_letter((unsigned char)text[at])) {
            breaks |= break_of(text, size, at++);
            continue;
        }
        while (more && at >= sentence.end)
            more = cs__sentence_next(&walk, &sentence), breaks |= CS__BREAK_SENTENCE;
        size_t end = word_end(text, size, at);
        prose->words[prose->count++] = (struct cs__word){(uint32_t)at, (uint32_t)end, breaks};
        breaks = 0;
        at = end;
    }
    if (prose->count > 0)
        prose->words[0].breaks |= CS__BREAK_SENTENCE;
}

static int read_dates(struct cs__arena *arena, struct cs__prose *prose)
{
    struct cs__date_phrase phrase;
    size_t count = 0;
    for (size_t at = 0; cs__date_phrase_next(prose->text, prose->size, at, &phrase); at = phrase.end)
        count++;
    if (count == 0)
        return 1;
    prose->dates = cs__arena_array(arena, count, sizeof *prose->dates);
    if (prose->dates == NULL)
        return 0;
    for (size_t at = 0; cs__date_phrase_next(prose->text, prose->size, at, &phrase); at = phrase.end)
        prose->dates[prose->date_count++] = phrase;
    return 1;
}

int cs__prose_read(struct cs__arena *arena, const char *text, size_t size, struct cs__prose *out)
{
    *out = (struct cs__prose){.text = text, .size = size};
    out->words = cs__arena_array(arena, most_words(size), sizeof *out->words);
    if (out->words == NULL)
        return 0;
    read_words(out);
    return read_dates(arena, out);
}

int cs__prose_word_is(const struct cs__prose *prose, size_t i, const char *literal, size_t size)
{
    if (i >= prose->count)
        return 0;
    const struct cs__word *word = &prose->words[i];
    size_t j = 0;
    if (word->end - word->start < size || size == 0 ||
        tolower((unsigned char)prose->text[word->start]) != literal[0])
        return 0;
    for (size_t at = word->start; at < word->end;) {
        size_t mark = apostrophe(prose->text, word->end, at);
        if (mark > 0) {
            at += mark;
            continue;
        }
        if (j == size || tolower((unsigned char)prose->text[at]) != literal[j])
            return 0;
        at++;
        j++;
    }
    return j == size;
}

int cs__prose_is_capital(const struct cs__prose *prose, size_t i)
{
    if (i >= prose->count)
        return 0;
    unsigned char byte = (unsigned char)prose->text[prose->words[i].start];
    return isupper(byte) || byte >= 0xC3;
}

void cs__prose_sentence(const struct cs__prose *prose, size_t i, size_t *first, size_t *last)
{
    size_t begin = i, end = i + 1;
    while (begin > 0 && !(prose->words[begin].breaks & CS__BREAK_SENTENCE))
        begin--;
    while (end < prose->count && !(prose->words[end].breaks & CS__BREAK_SENTENCE))
        end++;
    *first = begin;
    *last = end;
}

static int is_word(const struct cs__prose *prose, size_t i, const char *literal)
{
    return cs__prose_word_is(prose, i, literal, strlen(literal));
}

static size_t improvement(const struct cs__prose *prose, size_t i)
{
    int requires = is_word(prose, i, "requires") || is_word(prose, i, "require") ||
                   is_word(prose, i, "requiring") || is_word(prose, i, "required");
    if (!requires || !is_word(prose, i + 1, "improvement"))
        return 0;
    int to_be_good =
        is_word(prose, i + 2, "to") && is_word(prose, i + 3, "be") && is_word(prose, i + 4, "good");
    return to_be_good ? 5 : 2;
}

/* What a table prints where inspectors could not judge. */
static size_t not_judged(const struct cs__prose *prose, size_t i)
{
    static const char *const second[] = {"judged", "applicable", "graded", "assessed", "inspected"};
    for (size_t k = 0; is_word(prose, i, "not") && k < sizeof second / sizeof second[0]; k++)
        if (is_word(prose, i + 1, second[k]))
            return 2;
    int none = (is_word(prose, i, "no") && is_word(prose, i + 1, "judgement")) ||
               (is_word(prose, i, "n") && is_word(prose, i + 1, "a")) ||
               (is_word(prose, i, "insufficient") && is_word(prose, i + 1, "evidence"));
    return none ? 2 : 0;
}

size_t cs__prose_judgement(const struct cs__prose *prose, size_t i, cs_judgement *out)
{
    static const struct {
        const char *word;
        cs_judgement judgement;
    } single[] = {{"good", CS_JUDGEMENT_GOOD},
                  {"outstanding", CS_JUDGEMENT_OUTSTANDING},
                  {"inadequate", CS_JUDGEMENT_INADEQUATE},
                  {"adequate", CS_JUDGEMENT_ADEQUATE}};
    for (size_t k = 0; k < sizeof single / sizeof single[0]; k++)
        if (is_word(prose, i, single[k].word)) {
            *out = single[k].judgement;
            return 1;
        }
    size_t words = improvement(prose, i);
    if (words > 0)
        *out = CS_JUDGEMENT_REQUIRES_IMPROVEMENT;
    else if ((words = not_judged(prose, i)) > 0)
        *out = CS_JUDGEMENT_NOT_JUDGED;
    return words;
}

/* A number in digits of at most two places, with or without `suffix` ("4", "4th"); 0 when it is none. */
static int in_digits(const struct cs__prose *prose, size_t i, int suffix)
{
    const struct cs__word *word = &prose->words[i];
    const char *text = prose->text + word->start;
    size_t size = word->end - word->start, digits = 0;
    int value = 0;
    while (digits < size && digits < 2 && isdigit((unsigned char)text[digits]))
        value = value * 10 + (text[digits++] - '0');
    if (digits == 0 || (suffix ? size != digits + 2 : size != digits))
        return 0;
    if (!suffix)
        return value;
    char a = (char)tolower((unsigned char)text[digits]), b = (char)tolower((unsigned char)text[digits + 1]);
    return (a == 's' && b == 't') || (a == 'n' && b == 'd') || (a == 'r' && b == 'd') ||
                   (a == 't' && b == 'h')
               ? value
               : 0;
}

static size_t number_word(const struct cs__prose *prose, size_t i, const char *const *names, size_t count,
                          int suffix, int *out)
{
    if (i >= prose->count)
        return 0;
    for (size_t k = 0; k < count; k++)
        if (is_word(prose, i, names[k])) {
            *out = (int)k + 1;
            return 1;
        }
    *out = in_digits(prose, i, suffix);
    return *out > 0 ? 1 : 0;
}

size_t cs__prose_ordinal(const struct cs__prose *prose, size_t i, int *out)
{
    static const char *const names[] = {"first",   "second", "third", "fourth", "fifth",    "sixth",
                                        "seventh", "eighth", "ninth", "tenth",  "eleventh", "twelfth"};
    return number_word(prose, i, names, sizeof names / sizeof names[0], 1, out);
}

size_t cs__prose_number(const struct cs__prose *prose, size_t i, int *out)
{
    static const char *const names[] = {"one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
    return number_word(prose, i, names, sizeof names / sizeof names[0], 0, out);
}
