/* SPDX-License-Identifier: MIT */
/* Tokenizer: a text -> words, cut by the sorts of their characters. What a word's term is: tokenizer_term.c.
 */
#include "core/tokenizer.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "core/tokenizer_term.h"
#include "core/utf8.h"

/* Letters before a digit that part from it ("Covid19", a footnote's number behind a word), unlike "mp3". */
enum { LETTERS_BEFORE_DIGIT = 4, ACRONYM_SIZE_MAX = 8 };

enum sort { OTHER = 0, LETTER, DIGIT, APOSTROPHE, NOTHING, IDEOGRAPH, WIDE_LETTER };

struct cs__tokenizer {
    struct cs__term_maker *maker;
    const char *text, *at, *end;
    int flags;
    uint32_t position;
    /* The word being cut. */
    const char *word_start, *word_end;
    size_t size; /* bytes in `word` */
    unsigned letters, capitals, digits;
    int wide, grouped, acronym_pending;
    char word[CS__WORD_SIZE_MAX + CS__WORD_PADDING];
    char capital_word[ACRONYM_SIZE_MAX];
};

cs_status cs__tokenizer_new(struct cs__tokenizer **out)
{
    struct cs__tokenizer *tokenizer = calloc(1, sizeof *tokenizer);
    *out = NULL;
    if (tokenizer == NULL)
        return CS_ERR_NOMEM;
    if (cs__term_maker_new(&tokenizer->maker) != CS_OK) {
        cs__tokenizer_free(tokenizer);
        return CS_ERR_NOMEM;
    }
    *out = tokenizer;
    return CS_OK;
}

void cs__tokenizer_free(struct cs__tokenizer *tokenizer)
{
    if (tokenizer == NULL)
        return;
    cs__term_maker_free(tokenizer->maker);
    free(tokenizer);
}

void cs__tokenizer_start(struct cs__tokenizer *tokenizer, const char *text, size_t size, int flags)
{
    tokenizer->text = tokenizer->at = text;
    tokenizer->end = text + (size < UINT32_MAX ? size : UINT32_MAX);
    tokenizer->flags = flags;
    tokenizer->position = 0;
    tokenizer->acronym_pending = 0;
}

static enum sort ascii_sort(unsigned char c)
{
#define L LETTER
#define D DIGIT
    static const unsigned char sorts[128] = {
        ['\''] = APOSTROPHE, ['0'] = D, ['1'] = D, ['2'] = D, ['3'] = D, ['4'] = D, ['5'] = D, ['6'] = D,
        ['7'] = D,           ['8'] = D, ['9'] = D, ['A'] = L, ['B'] = L, ['C'] = L, ['D'] = L, ['E'] = L,
        ['F'] = L,           ['G'] = L, ['H'] = L, ['I'] = L, ['J'] = L, ['K'] = L, ['L'] = L, ['M'] = L,
        ['N'] = L,           ['O'] = L, ['P'] = L, ['Q'] = L, ['R'] = L, ['S'] = L, ['T'] = L, ['U'] = L,
        ['V'] = L,           ['W'] = L, ['X'] = L, ['Y'] = L, ['Z'] = L, ['a'] = L, ['b'] = L, ['c'] = L,
        ['d'] = L,           ['e'] = L, ['f'] = L, ['g'] = L, ['h'] = L, ['i'] = L, ['j'] = L, ['k'] = L,
        ['l'] = L,           ['m'] = L, ['n'] = L, ['o'] = L, ['p'] = L, ['q'] = L, ['r'] = L, ['s'] = L,
        ['t'] = L,           ['u'] = L, ['v'] = L, ['w'] = L, ['x'] = L, ['y'] = L, ['z'] = L,
    };
#undef L
#undef D
    return (enum sort)sorts[c];
}

/* Scripts written without spaces: Han, Hiragana and Katakana. */
static int is_ideograph(uint32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static enum sort wide_sort(uint32_t c)
{
    if (c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0xFF07)
        return APOSTROPHE;
    if (is_ideograph(c))
        return IDEOGRAPH;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return WIDE_LETTER;
    case UTF8PROC_CATEGORY_CF: /* soft hyphen, joiners, direction marks */
        return NOTHING;
    default: /* also No: a raised digit is a footnote's */
        return OTHER;
    }
}

/* The sort of the character at `at`, and where it ends. */
static enum sort sort_at(const struct cs__tokenizer *tokenizer, const char *at, const char **after)
{
    unsigned char c = (unsigned char)*at;
    *after = at + 1;
    if (c < 0x80)
        return ascii_sort(c);
    *after = at;
    return wide_sort(cs__utf8_next(after, tokenizer->end));
}

static int is_word_at(const struct cs__tokenizer *tokenizer, const char *at)
{
    const char *after;
    if (at >= tokenizer->end)
        return 0;
    enum sort sort = sort_at(tokenizer, at, &after);
    return sort == LETTER || sort == DIGIT || sort == WIDE_LETTER;
}

static int is_ascii_at(const struct cs__tokenizer *tokenizer, const char *at, enum sort sort)
{
    return at < tokenizer->end && (unsigned char)*at < 0x80 && ascii_sort((unsigned char)*at) == sort;
}

static void append(struct cs__tokenizer *tokenizer, char c)
{
    if (tokenizer->size >= CS__WORD_SIZE_MAX)
        return;
    tokenizer->word[tokenizer->size++] = c;
}

/* Capitals beyond the room for acronyms are counted and not kept: such a word is none. */
static void append_letter(struct cs__tokenizer *tokenizer, char c)
{
    if (c <= 'Z') {
        if (tokenizer->capitals < ACRONYM_SIZE_MAX)
            tokenizer->capital_word[tokenizer->capitals] = c;
        tokenizer->capitals++;
    }
    tokenizer->letters++;
    append(tokenizer, (char)(c | 0x20));
}

static void append_wide(struct cs__tokenizer *tokenizer, const char *from, const char *to)
{
    tokenizer->wide = 1;
    tokenizer->letters++;
    if (tokenizer->size + (size_t)(to - from) > CS__WORD_SIZE_MAX)
        return;
    while (from < to)
        append(tokenizer, *from++);
}

/* Behind letters, before an apostrophe that ends at `after`: a possessive ends the word; a letter goes on.
 * Returns whether the word goes on. */
static int take_apostrophe(struct cs__tokenizer *tokenizer, const char *after)
{
    const char *ignored;
    if (tokenizer->letters == 0 || after >= tokenizer->end)
        return 0;
    enum sort next = sort_at(tokenizer, after, &ignored);
    if (next != LETTER && next != WIDE_LETTER)
        return 0;
    if ((*after | 0x20) == 's' && !is_word_at(tokenizer, after + 1)) {
        tokenizer->word_end = tokenizer->at;
        tokenizer->at = after + 1;
        return 0;
    }
    append(tokenizer, '\'');
    tokenizer->at = after;
    return 1;
}

/* "1,000": behind one to three digits, groups of exactly three. */
static int take_thousands(struct cs__tokenizer *tokenizer)
{
    const char *at = tokenizer->at + 1;
    if (tokenizer->letters > 0 || tokenizer->digits == 0 || (tokenizer->digits > 3 && !tokenizer->grouped))
        return 0;
    for (int i = 0; i < 3; i++)
        if (!is_ascii_at(tokenizer, at + i, DIGIT))
            return 0;
    if (is_word_at(tokenizer, at + 3))
        return 0;
    tokenizer->grouped = 1;
    tokenizer->at = at;
    return 1;
}

/* "e.g.", "U.K.": single letters, each with its full stop. At the first stop. */
static int take_initials(struct cs__tokenizer *tokenizer)
{
    const char *at = tokenizer->at;
    if (tokenizer->letters != 1 || tokenizer->digits != 0 || tokenizer->wide)
        return 0;
    if (!is_ascii_at(tokenizer, at + 1, LETTER) || at + 2 >= tokenizer->end || at[2] != '.')
        return 0;
    while (is_ascii_at(tokenizer, at + 1, LETTER) && at + 2 < tokenizer->end && at[2] == '.') {
        append_letter(tokenizer, at[1]);
        at += 2;
    }
    tokenizer->word_end = at;
    tokenizer->at = at + 1;
    return 1;
}

/* "C++", "C#" */
static void take_signs(struct cs__tokenizer *tokenizer)
{
    const char *at = tokenizer->at;
    size_t left = (size_t)(tokenizer->end - at), signs = 0;
    if (tokenizer->digits > 0 || tokenizer->wide)
        return;
    if (left >= 2 && at[0] == '+' && at[1] == '+')
        signs = 2;
    else if (left >= 1 && at[0] == '#' && tokenizer->letters == 1)
        signs = 1;
    if (signs == 0 || is_word_at(tokenizer, at + signs))
        return;
    for (size_t i = 0; i < signs; i++)
        append(tokenizer, at[i]);
    tokenizer->at += signs;
    tokenizer->word_end = tokenizer->at;
}

/* The run of ASCII letters at `at`: most of most texts, so without a look at anything else. */
static void take_letters(struct cs__tokenizer *tokenizer)
{
    const char *at = tokenizer->at, *end = tokenizer->end;
    size_t size = tokenizer->size;
    if ((size_t)(end - at) > CS__WORD_SIZE_MAX - size)
        end = at + (CS__WORD_SIZE_MAX - size);
    for (; at < end && (unsigned char)((*at | 0x20) - 'a') < 26; at++) {
        if (*at <= 'Z') {
            if (tokenizer->capitals < ACRONYM_SIZE_MAX)
                tokenizer->capital_word[tokenizer->capitals] = *at;
            tokenizer->capitals++;
        }
        tokenizer->word[size++] = (char)(*at | 0x20);
    }
    tokenizer->letters += (unsigned)(size - tokenizer->size);
    tokenizer->size = size;
    tokenizer->at = at;
}

/* Letters and the digits that follow them are one word ("mp3", "B12"), but see LETTERS_BEFORE_DIGIT; and
 * "s47" is a section. */
static int digit_parts(const struct cs__tokenizer *tokenizer)
{
    if (tokenizer->digits > 0)
        return 0;
    return tokenizer->letters >= LETTERS_BEFORE_DIGIT ||
           (tokenizer->letters == 1 && tokenizer->word[0] == 's');
}

/* Take the character at `at`, of sort `sort`, which ends at `after`; returns whether the word goes on. */
static int take(struct cs__tokenizer *tokenizer, enum sort sort, const char *after)
{
    switch (sort) {
    case LETTER:
        if (tokenizer->size < CS__WORD_SIZE_MAX) {
            take_letters(tokenizer);
            return 1;
        }
        break;
    case DIGIT:
        if (digit_parts(tokenizer))
            return 0;
        tokenizer->digits++;
        append(tokenizer, *tokenizer->at);
        break;
    case WIDE_LETTER:
        append_wide(tokenizer, tokenizer->at, after);
        break;
    case NOTHING:
        break;
    case APOSTROPHE:
        return take_apostrophe(tokenizer, after);
    case OTHER:
        if (*tokenizer->at == ',')
            return take_thousands(tokenizer);
        if (*tokenizer->at == '.')
            take_initials(tokenizer);
        return 0;
    case IDEOGRAPH:
        return 0;
    }
    tokenizer->at = after;
    return 1;
}

/* A mark with a term behind it. */
static int is_mark(const struct cs__tokenizer *tokenizer)
{
    return *tokenizer->at == CS__TERM_MARK && (tokenizer->flags & CS__TOKENIZE_QUERY) &&
           tokenizer->at + 1 < tokenizer->end && tokenizer->at[1] != CS__TERM_MARK;
}

/* Move to the first character of the next word; 0 at the end. A mark of a query's term counts as one. */
static int skip_to_word(struct cs__tokenizer *tokenizer, enum sort *sort, const char **after)
{
    for (; tokenizer->at < tokenizer->end; tokenizer->at = *after) {
        *sort = sort_at(tokenizer, tokenizer->at, after);
        if (*sort == LETTER || *sort == DIGIT || *sort == WIDE_LETTER || *sort == IDEOGRAPH)
            return 1;
        if (is_mark(tokenizer))
            return 1;
    }
    return 0;
}

static void cut_word(struct cs__tokenizer *tokenizer, enum sort sort, const char *after)
{
    tokenizer->word_start = tokenizer->at;
    tokenizer->word_end = NULL;
    tokenizer->size = 0;
    tokenizer->letters = tokenizer->capitals = tokenizer->digits = 0;
    tokenizer->wide = tokenizer->grouped = 0;
    if (sort == IDEOGRAPH) {
        append_wide(tokenizer, tokenizer->at, after);
        tokenizer->at = after;
        tokenizer->word_end = after;
        return;
    }
    while (take(tokenizer, sort, after) && tokenizer->at < tokenizer->end)
        sort = sort_at(tokenizer, tokenizer->at, &after);
    if (tokenizer->word_end == NULL) {
        tokenizer->word_end = tokenizer->at;
        take_signs(tokenizer);
    }
}

/* A word in capitals that is an acronym of its own gives a second term; the plural of any acronym is the
 * acronym. */
static void look_at_capitals(struct cs__tokenizer *tokenizer)
{
    if (tokenizer->capitals < 2 || tokenizer->letters != tokenizer->size)
        return;
    if (tokenizer->letters == tokenizer->capitals + 1 && tokenizer->word_end[-1] == 's')
        tokenizer->size--;
    if (tokenizer->size == tokenizer->capitals && tokenizer->capitals <= ACRONYM_SIZE_MAX)
        tokenizer->acronym_pending = cs__word_is_acronym(tokenizer->word, tokenizer->size);
}

static int give(struct cs__tokenizer *tokenizer, const char *term, size_t size, struct cs__token *out)
{
    *out = (struct cs__token){.term = term,
                              .term_size = (uint32_t)size,
                              .start = (uint32_t)(tokenizer->word_start - tokenizer->text),
                              .end = (uint32_t)(tokenizer->word_end - tokenizer->text),
                              .position = tokenizer->position};
    if (!tokenizer->acronym_pending)
        tokenizer->position++;
    return 1;
}

static int give_capitals(struct cs__tokenizer *tokenizer, struct cs__token *out)
{
    tokenizer->acronym_pending = 0;
    return give(tokenizer, tokenizer->capital_word, tokenizer->capitals, out);
}

static int give_marked(struct cs__tokenizer *tokenizer, struct cs__token *out)
{
    const char *start = ++tokenizer->at;
    while (tokenizer->at < tokenizer->end && *tokenizer->at != CS__TERM_MARK)
        tokenizer->at++;
    tokenizer->word_start = start;
    tokenizer->word_end = tokenizer->at;
    return give(tokenizer, start, (size_t)(tokenizer->at - start), out);
}

int cs__tokenizer_next(struct cs__tokenizer *tokenizer, struct cs__token *out)
{
    enum sort sort = OTHER;
    const char *after = NULL;
    int exact = tokenizer->flags & CS__TOKENIZE_EXACT;
    if (tokenizer->acronym_pending)
        return give_capitals(tokenizer, out);
    if (!skip_to_word(tokenizer, &sort, &after))
        return 0;
    if (*tokenizer->at == CS__TERM_MARK)
        return give_marked(tokenizer, out);
    cut_word(tokenizer, sort, after);
    if (!exact)
        look_at_capitals(tokenizer);
    if (tokenizer->acronym_pending && (tokenizer->flags & CS__TOKENIZE_QUERY))
        return give_capitals(tokenizer, out);
    size_t size;
    const char *term =
        cs__term_make(tokenizer->maker, tokenizer->word, tokenizer->size, tokenizer->wide, exact, &size);
    return give(tokenizer, term, size, out);
}
