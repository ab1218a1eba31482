/* SPDX-License-Identifier: MIT */
/* Hyphens at the ends of lines. */
#include "indexer/layout_hyphen.h"

#include <string.h>

#include "indexer/layout_signs.h"

enum { SOFT = 2, HARD = 1 }; /* 0: no hyphen */

struct cs__hyphen_form {
    uint64_t hash; /* 0: free */
    uint32_t count;
};

/* Longer runs of letters than this are no words; keeps hostile text linear. */
enum { WORD_MAX = 64 };

static const uint64_t FNV_BASIS = 0xCBF29CE484222325u;

static uint64_t add_byte(uint64_t hash, char c)
{
    unsigned char byte = (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return (hash ^ byte) * 0x100000001B3u;
}

static uint64_t add_bytes(uint64_t hash, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = add_byte(hash, text[i]);
    return hash;
}

/* Bytes of the hyphen at `text`: "-", U+2010, U+2011, or a soft hyphen. */
static size_t hyphen_size(const char *text, size_t size, int *kind)
{
    const unsigned char *c = (const unsigned char *)text;
    *kind = HARD;
    if (size >= 1 && c[0] == '-')
        return 1;
    if (size >= 3 && c[0] == 0xE2 && c[1] == 0x80 && (c[2] == 0x90 || c[2] == 0x91))
        return 3;
    *kind = size >= 2 && c[0] == 0xC2 && c[1] == 0xAD ? SOFT : 0;
    return *kind == SOFT ? 2 : 0;
}

static size_t hyphen_before(const char *begin, const char *end, int *kind)
{
    for (size_t size = 1; size <= 3 && size <= (size_t)(end - begin); size++)
        if (hyphen_size(end - size, size, kind) == size)
            return size;
    *kind = 0;
    return 0;
}

/* Letters and digits, ASCII or not; U+2010 and its like are caught before. */
static int is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static size_t word_before(const char *begin, const char *end)
{
    size_t size = 0;
    int kind;
    while (end - size > begin && size < WORD_MAX) {
        if (is_word_byte(*(end - size - 1)))
            size++;
        else if (hyphen_before(begin, end - size, &kind) == 1)
            size++;
        else
            break;
    }
    return size;
}

static size_t word_after(const char *text, size_t size)
{
    size_t at = 0;
    while (at < size && at < WORD_MAX && (is_word_byte(text[at]) || text[at] == '-'))
        at++;
    while (at > 0 && text[at - 1] == '-')
        at--;
    return at;
}

/* "pre- and post-adoption": the hyphen stands for what follows later. */
static int is_suspended(const char *text, size_t size)
{
    static const char *const words[] = {"and", "or", "to", "but"};
    size_t word = cs__first_word(text, size);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == word && memcmp(words[i], text, word) == 0)
            return 1;
    return 0;
}

struct broken {
    const char *head, *tail;
    size_t head_size, tail_size; /* head without the hyphen */
    size_t hyphen;               /* bytes */
    int kind;
};

/* Whether the break between [begin, end) and `text` is within a word that a hyphen divides. */
static int find_broken(const char *begin, const char *end, const char *text, size_t size, struct broken *out)
{
    out->hyphen = hyphen_before(begin, end, &out->kind);
    if (out->hyphen == 0)
        return 0;
    end -= out->hyphen;
    out->head_size = word_before(begin, end);
    out->head = end - out->head_size;
    out->tail = text;
    out->tail_size = word_after(text, size);
    return out->head_size > 0 && out->tail_size > 0 && !is_suspended(text, size);
}

static uint64_t fused_hash(const struct broken *b)
{
    return add_bytes(add_bytes(FNV_BASIS, b->head, b->head_size), b->tail, b->tail_size) | 1;
}

static uint64_t hyphenated_hash(const struct broken *b)
{
    return add_bytes(add_byte(add_bytes(FNV_BASIS, b->head, b->head_size), '-'), b->tail, b->tail_size) | 1;
}

static struct cs__hyphen_form *look_up(const struct cs__hyphens *hyphens, uint64_t hash)
{
    size_t at = (size_t)(hash >> 11) & hyphens->mask;
    while (hyphens->forms[at].hash != 0 && hyphens->forms[at].hash != hash)
        at = (at + 1) & hyphens->mask;
    return &hyphens->forms[at];
}

/* Calls for every two lines of a draft between which a word is broken; returns how many there are. */
static size_t each_broken(const struct cs__drafting *drafting, struct cs__hyphens *note)
{
    size_t count = 0;
    for (uint32_t d = 0; d < drafting->count; d++) {
        uint32_t line = drafting->drafts[d].first, next;
        for (; (next = drafting->lines[line].next) != CS__NO_LINE; line = next) {
            size_t size, next_size;
            const char *text = cs__draft_text(drafting, line, &size);
            const char *after = cs__draft_text(drafting, next, &next_size);
            struct broken b;
            if (size == 0 || !find_broken(text, text + size, after, next_size, &b))
                continue;
            count++;
            if (note != NULL) {
                look_up(note, fused_hash(&b))->hash = fused_hash(&b);
                look_up(note, hyphenated_hash(&b))->hash = hyphenated_hash(&b);
            }
        }
    }
    return count;
}

/* Counts the unbroken words of the text that are one of the noted forms. */
static void count_forms(struct cs__hyphens *hyphens, const char *text, size_t size)
{
    const char *end = text + size;
    while (text < end) {
        if (!is_word_byte(*text)) {
            text++;
            continue;
        }
        uint64_t hash = FNV_BASIS;
        const char *at = text;
        int kind;
        for (size_t hyphen; at<end; at += hyphen> 0 ? hyphen : 1) {
            hyphen = is_word_byte(*at) ? 0 : hyphen_size(at, (size_t)(end - at), &kind);
            int inside = hyphen > 0 && at + hyphen < end && is_word_byte(at[hyphen]);
            if (!is_word_byte(*at) && !inside)
                break;
            hash = add_byte(hash, hyphen > 0 ? '-' : *at);
        }
        struct cs__hyphen_form *form = look_up(hyphens, hash | 1);
        form->count += form->hash != 0;
        text = at;
    }
}

cs_status cs__hyphens_learn(struct cs__hyphens *hyphens, struct cs__drafting *drafting)
{
    *hyphens = (struct cs__hyphens){.mask = 15};
    hyphens->count = each_broken(drafting, NULL);
    if (hyphens->count == 0)
        return CS_OK;
    while (hyphens->mask < 4 * hyphens->count)
        hyphens->mask = 2 * hyphens->mask + 1;
    hyphens->forms = cs__arena_array(&drafting->scratch, hyphens->mask + 1, sizeof *hyphens->forms);
    if (hyphens->forms == NULL)
        return CS_ERR_NOMEM;
    each_broken(drafting, hyphens);
    count_forms(hyphens, drafting->text->utf8, drafting->text->size);
    return CS_OK;
}

static int is_fused(const struct cs__hyphens *hyphens, const struct broken *b)
{
    if (b->kind == SOFT)
        return 1;
    if (hyphens->count == 0)
        return 0;
    return look_up(hyphens, hyphenated_hash(b))->count == 0 && look_up(hyphens, fused_hash(b))->count > 0;
}

char *cs__hyphens_join(const struct cs__hyphens *hyphens, const char *begin, char *to, const char *text,
                       size_t size)
{
    struct broken b;
    if (find_broken(begin, to, text, size, &b))
        return is_fused(hyphens, &b) ? to - b.hyphen : to;
    int after_slash = to - begin > 1 && to[-1] == '/' && is_word_byte(to[-2]) && is_word_byte(text[0]);
    if (!after_slash)
        *to++ = ' ';
    return to;
}
