/* SPDX-License-Identifier: MIT */
/* From a word to its term. Words of a text repeat: a cache answers nearly all of them. */
#include "core/tokenizer_term.h"

#include <stdlib.h>
#include <string.h>

#include <libstemmer.h>
#include <utf8proc.h>

#include "core/utf8.h"

/* One entry fills a cache line; 16,384 of them hold 97 % of the words of running English text. */
enum {
    CACHE_ENTRIES = 1 << 14,
    CACHE_WORD = 29,
    CACHE_TERM = 29,
    CHARACTERS_MAX = 512,
    WORK_SIZE = 4 * CHARACTERS_MAX
};

struct entry {
    uint32_t hash;
    uint8_t word_size, term_size; /* 0: free */
    char word[CACHE_WORD], term[CACHE_TERM];
};

struct cs__term_maker {
    struct sb_stemmer *stemmer;
    char work[WORK_SIZE + 1];
    struct entry cache[CACHE_ENTRIES];
};

cs_status cs__term_maker_new(struct cs__term_maker **out)
{
    struct cs__term_maker *maker = calloc(1, sizeof *maker);
    *out = NULL;
    if (maker == NULL)
        return CS_ERR_NOMEM;
    maker->stemmer = sb_stemmer_new("english", "UTF_8");
    if (maker->stemmer == NULL) {
        free(maker);
        return CS_ERR_NOMEM;
    }
    *out = maker;
    return CS_OK;
}

void cs__term_maker_free(struct cs__term_maker *maker)
{
    if (maker == NULL)
        return;
    sb_stemmer_delete(maker->stemmer);
    free(maker);
}

/* Letters that have no decomposition but that people type without their stroke. */
static const char *plain_letter(utf8proc_int32_t c)
{
    switch (c) {
    case 0xE6:
        return "ae";
    case 0xF0:
        return "d";
    case 0xF8:
        return "o";
    case 0xFE:
        return "th";
    case 0x111:
        return "d";
    case 0x131:
        return "i";
    case 0x142:
        return "l";
    case 0x153:
        return "oe";
    default:
        return NULL;
    }
}

/* Compatibility forms (ligatures, full width) to plain ones, and lower case; the size, or 0 when it does not
 * fit. */
static size_t to_lower(struct cs__term_maker *maker, const char *word, size_t size)
{
    utf8proc_int32_t characters[CHARACTERS_MAX];
    utf8proc_option_t options = UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t count = utf8proc_decompose((const utf8proc_uint8_t *)word, (utf8proc_ssize_t)size,
                                                characters, CHARACTERS_MAX, options);
    if (count <= 0 || count >= CHARACTERS_MAX)
        return 0;
    utf8proc_ssize_t bytes = utf8proc_reencode(characters, count, options);
    if (bytes <= 0 || bytes > WORK_SIZE)
        return 0;
    memcpy(maker->work, characters, (size_t)bytes);
    return (size_t)bytes;
}

static int is_accent(utf8proc_int32_t c)
{
    return c >= 0x300 && c <= 0x36F;
}

/* Take the accents off `work`; its new size. */
static size_t fold_accents(struct cs__term_maker *maker, size_t size)
{
    utf8proc_int32_t characters[CHARACTERS_MAX];
    utf8proc_ssize_t count = utf8proc_decompose((const utf8proc_uint8_t *)maker->work, (utf8proc_ssize_t)size,
                                                characters, CHARACTERS_MAX, UTF8PROC_DECOMPOSE);
    size_t folded = 0;
    if (count <= 0 || count > CHARACTERS_MAX)
        return size;
    for (utf8proc_ssize_t i = 0; i < count && folded + 4 <= WORK_SIZE; i++) {
        const char *plain = plain_letter(characters[i]);
        if (is_accent(characters[i]))
            continue;
        if (plain != NULL) {
            memcpy(maker->work + folded, plain, strlen(plain));
            folded += strlen(plain);
        } else {
            folded += cs__utf8_put((uint32_t)characters[i], maker->work + folded);
        }
    }
    return folded > 0 ? folded : size;
}

static int has_digit(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (word[i] >= '0' && word[i] <= '9')
            return 1;
    return 0;
}

/* Endings after which "iz" and "yz" are spellings of "is" and "ys": organize, organizational, analyzing, … */
static int is_ize_ending(const char *rest)
{
    static const char *const endings[] = {"e",   "ed",   "er",    "ers",    "es",
                                          "ing", "able", "ation", "ations", "ational"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (strcmp(rest, endings[i]) == 0)
            return 1;
    return 0;
}

/* -ize is -ise, -yze is -yse; not in short words (size, prize, seize). */
static void respell_ize(char *word, size_t size)
{
    enum { LETTERS_BEFORE_IZ = 3 };
    for (size_t i = LETTERS_BEFORE_IZ + 1; i + 1 < size; i++)
        if (word[i] == 'z' && (word[i - 1] == 'i' || word[i - 1] == 'y') && is_ize_ending(word + i + 1))
            word[i] = 's';
}

static size_t put(struct cs__term_maker *maker, const char *text)
{
    size_t size = strlen(text);
    memcpy(maker->work, text, size + 1);
    return size;
}

/* One spelling a word, in `work`; its new size. */
static size_t respell(struct cs__term_maker *maker, size_t size)
{
    maker->work[size] = '\0';
    respell_ize(maker->work, size);
    const char *other = cs__word_spelling(maker->work, size);
    if (other != NULL)
        return put(maker, other);
    const struct cs__word_pair *pair = cs__word_spelling_prefix(maker->work, size);
    if (pair == NULL)
        return size;
    size_t from = strlen(pair->word), to = strlen(pair->as);
    if (size - from + to > WORK_SIZE)
        return size;
    memmove(maker->work + to, maker->work + from, size - from + 1);
    memcpy(maker->work, pair->as, to);
    return size - from + to;
}

/* The term of the lower-case word in `work`; its size. */
static size_t stem(struct cs__term_maker *maker, size_t size)
{
    if (has_digit(maker->work, size))
        return size;
    size = respell(maker, size);
    const char *exception = cs__word_exception(maker->work, size);
    if (exception != NULL)
        return put(maker, exception);
    const sb_symbol *stemmed = sb_stemmer_stem(maker->stemmer, (const sb_symbol *)maker->work, (int)size);
    int length = sb_stemmer_length(maker->stemmer);
    if (stemmed == NULL || length <= 0)
        return size;
    memcpy(maker->work, stemmed, (size_t)length);
    return (size_t)length;
}

static size_t make(struct cs__term_maker *maker, const char *word, size_t size, int wide, int exact)
{
    size_t made = wide ? to_lower(maker, word, size) : 0;
    if (made == 0) {
        memcpy(maker->work, word, size);
        made = size;
    }
    if (!exact)
        made = stem(maker, made);
    if (wide)
        made = fold_accents(maker, made);
    return cs__utf8_cut(maker->work, made, CS__TERM_SIZE_MAX);
}

static void remember(struct entry *entry, const char *word, size_t size, uint32_t hash, const char *term,
                     size_t term_size)
{
    if (size > CACHE_WORD || term_size > CACHE_TERM)
        return;
    entry->hash = hash;
    entry->word_size = (uint8_t)size;
    entry->term_size = (uint8_t)term_size;
    memcpy(entry->word, word, size);
    memcpy(entry->term, term, term_size);
}

/* Multiply and fold, eight bytes at a time (the mixing step of wyhash, by its authors in the public domain).
 */
static uint32_t hash_word(const char *word, size_t size)
{
    uint64_t hash = size;
    for (size_t i = 0; i < size; i += 8) {
        uint64_t bytes;
        memcpy(&bytes, word + i, 8);
        if (size - i < 8)
            bytes &= ((uint64_t)1 << (size - i) * 8) - 1;
        hash = (hash ^ bytes) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return (uint32_t)hash;
}

const char *cs__term_make(struct cs__term_maker *maker, const char *word, size_t size, int wide, int exact,
                          size_t *term_size)
{
    uint32_t hash = hash_word(word, size);
    struct entry *entry = &maker->cache[hash % CACHE_ENTRIES];
    if (!exact && entry->hash == hash && entry->word_size == size && memcmp(entry->word, word, size) == 0) {
        *term_size = entry->term_size;
        return entry->term;
    }
    *term_size = make(maker, word, size, wide, exact);
    if (!exact)
        remember(entry, word, size, hash, maker->work, *term_size);
    return maker->work;
}
