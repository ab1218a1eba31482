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

/* Both keep hostile text linear: longer runs of letters are no words, and words made to collide share a
 * count. */
enum { WORD_MAX = 64, PROBES_MAX = 64 };

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

/* What is counted of each broken word. */
enum form { FUSED, HYPHENATED, HEAD, TAIL, FORMS };

/* Of a head of several parts, the last counts: "up-to-" is about "to". */
static size_t last_part(const struct broken *b)
{
    size_t size = 0;
    while (size < b->head_size && b->head[b->head_size - size - 1] != '-')
        size++;
    return size;
}

static uint64_t hash_of(const struct broken *b, enum form form)
{
    uint64_t head = add_bytes(FNV_BASIS, b->head, b->head_size);
    size_t part = last_part(b);
    switch (form) {
    case FUSED:
        return add_bytes(head, b->tail, b->tail_size) | 1;
    case HYPHENATED:
        return add_bytes(add_byte(head, '-'), b->tail, b->tail_size) | 1;
    case HEAD:
        return add_bytes(FNV_BASIS, b->head + b->head_size - part, part) | 1;
    default:
        return add_bytes(FNV_BASIS, b->tail, b->tail_size) | 1;
    }
}

static struct cs__hyphen_form *look_up(const struct cs__hyphens *hyphens, uint64_t hash)
{
    size_t at = (size_t)(hash >> 11) & hyphens->mask;
    for (int probe = 0; probe < PROBES_MAX; probe++) {
        if (hyphens->forms[at].hash == 0 || hyphens->forms[at].hash == hash)
            break;
        at = (at + 1) & hyphens->mask;
    }
    return &hyphens->forms[at];
}

static uint32_t count_of(const struct cs__hyphens *hyphens, const struct broken *b, enum form form)
{
    return look_up(hyphens, hash_of(b, form))->count;
}

static int is_one_of(const char *const *words, const char *word, size_t size)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == size && strncasecmp(*words, word, size) == 0)
            return 1;
    return 0;
}

/* Heads that take a hyphen before any word. */
static int is_prefix(const struct broken *b)
{
    static const char *const words[] = {
        "re", "co",  "pre",   "non",   "multi", "inter", "intra", "under", "over",    "sub",  "post", "anti",
        "ex", "mid", "semi",  "self",  "pro",   "pan",   "cross", "bi",    "tri",     "vice", "out",  "off",
        "in", "on",  "up",    "well",  "ill",   "high",  "low",   "long",  "short",   "full", "part", "half",
        "un", "de",  "quasi", "ultra", "micro", "macro", "mini",  "super", "counter", "near", NULL};
    size_t part = last_part(b);
    return is_one_of(words, b->head + b->head_size - part, part);
}

/* "16-17" is never a word. */
static int has_digits(const struct broken *b)
{
    char before = b->head[b->head_size - 1], after = b->tail[0];
    return (before >= '0' && before <= '9') || (after >= '0' && after <= '9');
}

/* Tails that compounds of the field end with. */
static int is_second_word(const struct broken *b)
{
    static const char *const words[] = {
        "agency",  "seeking",   "experienced", "making",  "makers",   "maker",   "term",     "time",
        "sharing", "quality",   "friendly",    "focused", "focussed", "ranging", "reaching", "standing",
        "centred", "led",       "based",       "wide",    "related",  "funded",  "free",     "finding",
        "raising", "supported", "level",       "stage",   "work",     "working", "informed", "being",
        "known",   "old",       "olds",        "year",    "day",      "date",    "need",     "care",
        "leaving", "story",     "line",        "weekly",  "up",       "to",      "of",       "the",
        "up",      "in",        "on",          "one",     "off",      NULL};
    return is_one_of(words, b->tail, b->tail_size);
}

/* Tails that are no words. */
static int is_fragment(const struct broken *b)
{
    static const char *const ends[] = {
        "tion",   "tions",   "tional", "tioned",  "tioning", "sion",    "sions",  "sional",  "ment",
        "ments",  "mental",  "mented", "menting", "ness",    "nesses",  "ity",    "ities",   "ties",
        "ible",   "ibly",    "ably",   "ance",    "ances",   "ence",    "ences",  "ency",    "ancy",
        "ing",    "ings",    "ed",     "ers",     "ly",      "ously",   "ous",    "ive",     "ively",
        "tive",   "tively",  "ture",   "tures",   "tured",   "tial",    "tially", "cial",    "cially",
        "cally",  "fully",   "gether", "dren",    "dren's",  "cult",    "culty",  "culties", "vices",
        "ther",   "agement", "lished", "lishing", "tained",  "taining", "pected", "vided",   "viding",
        "tected", "cess",    NULL};
    return is_one_of(ends, b->tail, b->tail_size);
}

static int is_hyphenated(const struct cs__hyphens *hyphens, const struct broken *b)
{
    if (b->kind == SOFT)
        return 1;
    if (hyphens->count == 0 || count_of(hyphens, b, HYPHENATED) > 0 || is_prefix(b) || has_digits(b))
        return 0;
    int words = count_of(hyphens, b, HEAD) > 0 && count_of(hyphens, b, TAIL) > 0;
    if (count_of(hyphens, b, FUSED) > 0)
        return !words;
    return is_fragment(b) && count_of(hyphens, b, TAIL) == 0;
}

/* In a document that does hyphenate, also what can't be told from the word. */
static int is_fused(const struct cs__hyphens *hyphens, const struct broken *b)
{
    if (is_hyphenated(hyphens, b))
        return 1;
    return hyphens->hyphenated > 1 && !is_prefix(b) && !has_digits(b) && !is_second_word(b) &&
           count_of(hyphens, b, HYPHENATED) == 0 && count_of(hyphens, b, TAIL) == 0;
}

enum task { COUNT, NOTE, JUDGE };

/* Goes through all words broken between two lines of a draft; returns how many the task is about. */
static size_t each_broken(const struct cs__drafting *drafting, struct cs__hyphens *hyphens, enum task task)
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
            for (int form = 0; task == NOTE && form < FORMS; form++)
                look_up(hyphens, hash_of(&b, (enum form)form))->hash = hash_of(&b, (enum form)form);
            count += task != JUDGE || is_hyphenated(hyphens, &b);
        }
    }
    return count;
}

/* The end of the word at `at`, hyphens within it included. */
static const char *hash_word(const char *at, const char *end, uint64_t *hash)
{
    int kind;
    *hash = FNV_BASIS;
    while (at < end) {
        size_t hyphen = is_word_byte(*at) ? 0 : hyphen_size(at, (size_t)(end - at), &kind);
        int inside = hyphen > 0 && at + hyphen < end && is_word_byte(at[hyphen]);
        if (!is_word_byte(*at) && !inside)
            break;
        *hash = add_byte(*hash, hyphen > 0 ? '-' : *at);
        at += hyphen > 0 ? hyphen : 1;
    }
    return at;
}

/* Counts the words of the text that are one of the noted forms, but for the parts of broken ones. */
static void count_forms(struct cs__hyphens *hyphens, const char *text, size_t size)
{
    const char *end = text + size;
    int after_break = 0, kind;
    while (text < end) {
        if (!is_word_byte(*text)) {
            text++;
            continue;
        }
        uint64_t hash;
        text = hash_word(text, end, &hash);
        size_t hyphen = hyphen_size(text, (size_t)(end - text), &kind);
        int breaks = hyphen > 0 && text + hyphen < end && text[hyphen] == '\n';
        struct cs__hyphen_form *form = look_up(hyphens, hash | 1);
        form->count += form->hash == (hash | 1) && !breaks && !after_break;
        after_break = breaks;
    }
}

cs_status cs__hyphens_learn(struct cs__hyphens *hyphens, struct cs__drafting *drafting)
{
    *hyphens = (struct cs__hyphens){.mask = 15};
    hyphens->count = each_broken(drafting, hyphens, COUNT);
    if (hyphens->count == 0)
        return CS_OK;
    while (hyphens->mask < 2 * FORMS * hyphens->count)
        hyphens->mask = 2 * hyphens->mask + 1;
    hyphens->forms = cs__arena_array(&drafting->scratch, hyphens->mask + 1, sizeof *hyphens->forms);
    if (hyphens->forms == NULL)
        return CS_ERR_NOMEM;
    each_broken(drafting, hyphens, NOTE);
    count_forms(hyphens, drafting->text->utf8, drafting->text->size);
    hyphens->hyphenated = each_broken(drafting, hyphens, JUDGE);
    return CS_OK;
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
