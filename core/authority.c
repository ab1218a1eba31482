/* SPDX-License-Identifier: MIT */
/* Finding the names of local authorities in text. */
#include "core/authority.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Places and bodies whose names hold an authority's and mean something else. */
static const char *const decoys[] = {
    "Greater Manchester", "Manchester United",   "New York",          "Newcastle-under-Lyme",
    "Sutton Coldfield",   "Bury St Edmunds",     "Bradford on Avon",  "Bradford-on-Avon",
    "Kent Police",        "Derby Road",          "Avon and Somerset", "Devon and Cornwall",
    "Stoke Mandeville",   "East Kent Hospitals", "Bath Road",
};

static int is_word_byte(unsigned char byte)
{
    return isalnum(byte) || (byte >= 0xC3 && byte <= 0xDF);
}

/* Bytes of white space, hyphen, dash, comma or full stop at `at`; what may part the words of a name. */
static size_t separator(const char *text, size_t size, size_t at)
{
    size_t n = 0;
    while (at + n < size) {
        unsigned char byte = (unsigned char)text[at + n];
        if (isspace(byte) || byte == '-' || byte == ',' || byte == '.')
            n++;
        else if (byte == 0xC2 && at + n + 1 < size && (unsigned char)text[at + n + 1] == 0xA0)
            n += 2;
        else if (byte == 0xE2 && at + n + 2 < size && (unsigned char)text[at + n + 1] == 0x80 &&
                 (unsigned char)text[at + n + 2] >= 0x90 && (unsigned char)text[at + n + 2] <= 0x94)
            n += 3;
        else
            break;
    }
    return n;
}

/* Whether `n` letters of a name say "and", which a text may write "&". */
static int is_and(const char *name, size_t n)
{
    return n == 3 && strncasecmp(name, "and", 3) == 0;
}

static size_t word_size(const char *text, size_t size)
{
    size_t n = 0;
    while (n < size && is_word_byte((unsigned char)text[n]))
        n++;
    return n;
}

/* Names in capitals only ("BCP") are matched as they are. */
static int same_word(const char *name, const char *text, size_t n)
{
    int capitals = n > 1;
    for (size_t i = 0; i < n; i++)
        capitals = capitals && isupper((unsigned char)name[i]);
    return capitals ? memcmp(name, text, n) == 0 : strncasecmp(name, text, n) == 0;
}

/* Bytes of `text` at `at` that `name` matches, word by word; 0 when it does not. */
static size_t match_name(const char *name, size_t name_size, const char *text, size_t size, size_t at)
{
    size_t from = at, i = 0;
    while (i < name_size) {
        size_t n = word_size(name + i, name_size - i);
        if (n > 0 && is_and(name + i, n) && at < size && text[at] == '&')
            at++;
        else if (n > 0 && size - at >= n && same_word(name + i, text + at, n) &&
                 (at + n == size || !is_word_byte((unsigned char)text[at + n])))
            at += n;
        else if (n == 0 && name[i] == '&' && at < size && text[at] == '&')
            at++, n = 1;
        else
            return 0;
        i += n;
        size_t gap = separator(name, name_size, i);
        size_t text_gap = separator(text, size, at);
        if (gap > 0 && i + gap < name_size) {
            if (text_gap == 0)
                return 0;
            at += text_gap;
        }
        i += gap;
    }
    return at - from;
}

struct best {
    const struct cs__authority *authority;
    size_t size;
};

static void try_name(const struct cs__authority *authority, const char *name, size_t name_size,
                     const char *text, size_t size, size_t at, struct best *best)
{
    size_t matched = match_name(name, name_size, text, size, at);
    if (matched > best->size)
        *best = (struct best){authority, matched};
}

static int same_first(const char *name, const char *text, size_t at)
{
    return tolower((unsigned char)name[0]) == tolower((unsigned char)text[at]);
}

/* Names separated by ';'. */
static void try_names(const struct cs__authority *authority, const char *names, const char *text, size_t size,
                      size_t at, struct best *best)
{
    while (*names != '\0') {
        size_t n = strcspn(names, ";");
        if (same_first(names, text, at))
            try_name(authority, names, n, text, size, at, best);
        names += n + (names[n] == ';');
    }
}

static struct best longest_at(const char *text, size_t size, size_t at)
{
    struct best best = {NULL, 0};
    for (size_t i = 0; i < cs__authority_count; i++) {
        const char *name = cs__authorities[i].name;
        if (same_first(name, text, at))
            try_name(&cs__authorities[i], name, strlen(name), text, size, at, &best);
        try_names(&cs__authorities[i], cs__authorities[i].other_names, text, size, at, &best);
    }
    for (size_t i = 0; i < sizeof decoys / sizeof decoys[0]; i++)
        if (same_first(decoys[i], text, at))
            try_name(NULL, decoys[i], strlen(decoys[i]), text, size, at, &best);
    return best;
}

static int word_in(const char *text, size_t size, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == size && strncasecmp(*words, text, size) == 0)
            return 1;
    return 0;
}

/* Bytes of "'s" or a curly one at `at`. */
static size_t possessive(const char *text, size_t size, size_t at)
{
    if (size - at >= 2 && text[at] == '\'' && (text[at + 1] == 's' || text[at + 1] == 'S'))
        return 2;
    if (size - at >= 4 && memcmp(text + at, "\xE2\x80\x99s", 4) == 0)
        return 4;
    return 0;
}

static int council_after(const char *text, size_t size, size_t at)
{
    static const char *const words[] = {"council", "city",     "county",   "borough",   "metropolitan", "mbc",
                                        "unitary", "district", "children", "childrens", "safeguarding", NULL};
    at += possessive(text, size, at);
    at += separator(text, size, at);
    size_t n = word_size(text + at, size - at);
    if (word_in(text + at, n, words))
        return 1;
    return n == 5 && strncasecmp(text + at, "local", 5) == 0 && size - at >= 15 &&
           strncasecmp(text + at + 6, "authority", 9) == 0;
}

static int council_before(const char *text, size_t at)
{
    static const char *const before_of[] = {"borough", "city", "council", "county", "authority", NULL};
    static const char *const articles[] = {"of", "the", NULL};
    size_t end = at, start;
    int of = 0;
    for (int i = 0; i < 3; i++) {
        while (end > 0 && isspace((unsigned char)text[end - 1]))
            end--;
        start = end;
        while (start > 0 && isalpha((unsigned char)text[start - 1]))
            start--;
        if (!word_in(text + start, end - start, articles))
            break;
        of = of || end - start == 2;
        end = start;
    }
    return of && word_in(text + start, end - start, before_of);
}

/* A county town that names its county: "Hereford's children's services" are Herefordshire's. Only where no
 * authority has the town's own name and the words are a council's. */
static const struct cs__authority *county_of(const char *text, size_t size, size_t at, size_t n)
{
    static const char suffix[] = "shire";
    if (n < 5 || n > 24 || !council_after(text, size, at + n))
        return NULL;
    for (size_t i = 0; i < cs__authority_count; i++) {
        const char *name = cs__authorities[i].name;
        if (strlen(name) == n + strlen(suffix) && strncasecmp(name, text + at, n) == 0 &&
            strcmp(name + n, suffix) == 0)
            return &cs__authorities[i];
    }
    return NULL;
}

static int mention_at(const char *text, size_t size, size_t at, struct cs__authority_mention *out,
                      size_t *skip)
{
    struct best best = longest_at(text, size, at);
    *skip = best.size;
    *out = (struct cs__authority_mention){.authority = best.authority, .start = at, .end = at + best.size};
    if (best.size == 0) {
        size_t n = word_size(text + at, size - at);
        out->authority = county_of(text, size, at, n);
        out->county_town = 1;
        out->end = at + n;
    }
    if (out->authority == NULL)
        return 0;
    out->council = council_after(text, size, out->end) || council_before(text, at);
    return 1;
}

int cs__authority_next(const char *text, size_t size, size_t from, struct cs__authority_mention *out)
{
    for (size_t at = from; at < size;) {
        unsigned char byte = (unsigned char)text[at];
        int begins = isupper(byte) && (at == 0 || !is_word_byte((unsigned char)text[at - 1]));
        size_t skip = 0;
        if (begins && mention_at(text, size, at, out, &skip))
            return 1;
        size_t n = skip > 0 ? skip : word_size(text + at, size - at);
        at += n > 0 ? n : 1;
    }
    return 0;
}

/* Words of a council's full name that are not the place's. */
static int is_council_word(const char *text, size_t n)
{
    static const char *const words[] = {"the",       "london", "royal",   "metropolitan", "borough", "city",
                                        "county",    "of",     "council", "district",     "unitary", "local",
                                        "authority", "mbc",    "lb",      "rb",           NULL};
    return word_in(text, n, words);
}

static size_t after_council_words(const char *text, size_t size, size_t at)
{
    for (;;) {
        at += separator(text, size, at);
        size_t n = word_size(text + at, size - at);
        if (n == 0 || !is_council_word(text + at, n))
            return at;
        at += n;
    }
}

const struct cs__authority *cs__authority_named(const char *text, size_t size)
{
    for (size_t at = separator(text, size, 0); at < size;) {
        struct best best = longest_at(text, size, at);
        if (best.authority != NULL && after_council_words(text, size, at + best.size) == size)
            return best.authority;
        size_t n = word_size(text + at, size - at);
        if (n == 0 || !is_council_word(text + at, n))
            return NULL;
        at += n;
        at += separator(text, size, at);
    }
    return NULL;
}
