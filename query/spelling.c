/* SPDX-License-Identifier: MIT */
/* Spelling: a query with words that the index does not have -> the same query with words that it has. */
#include "query/spelling.h"

#include <string.h>

#include "core/error.h"
#include "core/segment_store.h"
#include "query/match.h"

/* Passages looked at for the words that a term stands for (communicate, communicating, communication …), and
 * words that are corrected in one query. */
enum { PASSAGES_OF_TERM = 48, WORDS_MAX = 8, DICTIONARY_CACHE_BYTES = 1 << 20 };

struct speller {
    cs_reader *reader;
    struct cs__segments *segments; /* NULL until a word is looked up */
    struct cs__arena *arena;
    unsigned looked_up, corrected;
    cs_status status; /* sticky */
    cs_error *error;
};

static void fail(struct speller *speller, cs_status status)
{
    if (speller->status != CS_OK || status == CS_OK)
        return;
    speller->status = status;
    if (status == CS_ERR_NOMEM)
        cs__error_nomem(speller->error);
    else
        cs__error_set(speller->error, status,
                      "the index of words can't be read: `cs-index --verify` tells more");
}

static int open_segments(struct speller *speller)
{
    if (speller->segments != NULL || speller->status != CS_OK)
        return speller->status == CS_OK;
    cs_status status = cs__segments_new(speller->reader->db, DICTIONARY_CACHE_BYTES, &speller->segments);
    if (status == CS_OK)
        status = cs__segments_refresh(speller->segments);
    fail(speller, status);
    return status == CS_OK;
}

static int is_known(struct speller *speller, const char *term, size_t size)
{
    struct cs__term_counts counts = {0, 0};
    if (open_segments(speller))
        fail(speller, cs__segments_count(speller->segments, term, size, &counts));
    return speller->status != CS_OK || counts.text > 0 || counts.heading > 0;
}

/* A word that may have been meant: as passages have it, in small letters. */
struct meant {
    char word[2 * CS__TERM_SIZE_MAX];
    unsigned distance;
    uint64_t passages; /* that have it, in any form */
};

static void lower(const char *text, size_t size, char out[2 * CS__TERM_SIZE_MAX])
{
    size = size < 2 * CS__TERM_SIZE_MAX ? size : 2 * CS__TERM_SIZE_MAX - 1;
    for (size_t i = 0; i < size; i++)
        out[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] | 0x20) : text[i];
    out[size] = '\0';
}

/* Of the words of a passage that `term` stands for, the one nearest to what was typed. */
static void look_at_passage(struct speller *speller, int64_t passage, const struct cs__near_term *near,
                            const char *typed, struct meant *best)
{
    const char *term = near->term;
    const char *text;
    size_t size;
    struct cs__token token;
    cs_reader *reader = speller->reader;
    speller->status = cs__reader_text(reader, passage, &text, &size, speller->error);
    if (speller->status != CS_OK)
        return;
    cs__tokenizer_start(reader->tokenizer, text, size, CS__TOKENIZE_STEM);
    while (cs__tokenizer_next(reader->tokenizer, &token)) {
        struct meant word = {.passages = near->passages};
        if (token.term_size != strlen(term) || memcmp(token.term, term, token.term_size) != 0)
            continue;
        lower(text + token.start, token.end - token.start, word.word);
        word.distance = cs__edit_distance(typed, strlen(typed), word.word, strlen(word.word));
        if (word.distance < best->distance ||
            (word.distance == best->distance && word.passages > best->passages))
            *best = word;
    }
}

static void look_at_term(struct speller *speller, const struct cs__near_term *near, const char *typed,
                         struct meant *best)
{
    const char *term = near->term;
    struct cs__node leaf = {.kind = CS__NODE_TERM, .terms = &term, .term_count = 1, .weight = 1};
    struct cs__plan plan = {.tree = &leaf, .match = CS_MATCH_ALL, .limit = PASSAGES_OF_TERM};
    struct cs__matches matches;
    speller->status = cs__match(speller->reader, &plan, &matches, speller->error);
    for (size_t i = 0; speller->status == CS_OK && i < matches.count && best->distance > 0; i++)
        look_at_passage(speller, matches.items[i].passage, near, typed, best);
    cs__matches_free(&matches);
}

/* How far a word may be from what was typed. */
static unsigned distance_allowed(const char *typed)
{
    size_t size = strlen(typed);
    return size < 6 ? 1 : size < 10 ? 2 : 3;
}

/* Of the words near to a term, the one nearest to what was typed. */
static void look_near(struct speller *speller, const char *term, size_t size, const char *typed,
                      struct meant *best)
{
    struct cs__near_term near[CS__NEAR_TERMS_MAX];
    size_t count = 0;
    fail(speller, cs__near_terms(speller->segments, term, size, near, &count));
    for (size_t i = 0; i < count && speller->status == CS_OK && best->distance > 0; i++)
        look_at_term(speller, &near[i], typed, best);
}

/* The word that was meant by `typed` (small letters), whose term is `term`; 0 when there is none near. Where
 * a misspelling was stemmed too far (comunication), the whole word is nearer to the right term. */
static int correct_word(struct speller *speller, const char *typed, const char *term, size_t size,
                        struct meant *best)
{
    size_t typed_size = strlen(typed);
    *best = (struct meant){.distance = distance_allowed(typed) + 1};
    look_near(speller, term, size, typed, best);
    if (best->distance > distance_allowed(typed) && typed_size > size && typed_size <= CS__TERM_SIZE_MAX)
        look_near(speller, typed, typed_size, typed, best);
    return speller->status == CS_OK && best->distance <= distance_allowed(typed);
}

/* One word of typed text, by its bytes. */
struct typed_word {
    uint32_t start, end;
    char term[CS__TERM_SIZE_MAX + 1];
    size_t term_size;
};

static size_t read_words(struct speller *speller, const char *text, struct typed_word out[WORDS_MAX])
{
    struct cs__token token;
    size_t count = 0;
    cs__tokenizer_start(speller->reader->tokenizer, text, strlen(text), CS__TOKENIZE_QUERY);
    while (count < WORDS_MAX && cs__tokenizer_next(speller->reader->tokenizer, &token)) {
        struct typed_word *word = &out[count++];
        *word = (struct typed_word){.start = token.start, .end = token.end, .term_size = token.term_size};
        memcpy(word->term, token.term, token.term_size);
    }
    return count;
}

/* The typed text with its unknown words corrected; itself where there are none. */
static const char *correct_text(struct speller *speller, const char *typed)
{
    struct typed_word words[WORDS_MAX];
    struct cs__buffer out = {0};
    size_t count = read_words(speller, typed, words), copied = 0;
    for (size_t i = 0; i < count && speller->status == CS_OK && speller->looked_up < WORDS_MAX; i++) {
        char small[2 * CS__TERM_SIZE_MAX];
        struct meant meant;
        if (is_known(speller, words[i].term, words[i].term_size))
            continue;
        speller->looked_up++;
        lower(typed + words[i].start, words[i].end - words[i].start, small);
        if (!correct_word(speller, small, words[i].term, words[i].term_size, &meant))
            continue;
        if (typed[words[i].start] >= 'A' && typed[words[i].start] <= 'Z' && meant.word[0] >= 'a' &&
            meant.word[0] <= 'z')
            meant.word[0] = (char)(meant.word[0] & ~0x20);
        speller->corrected++;
        cs__buffer_append(&out, typed + copied, words[i].start - copied);
        cs__buffer_string(&out, meant.word);
        copied = words[i].end;
    }
    if (copied == 0) {
        cs__buffer_free(&out);
        return typed;
    }
    cs__buffer_string(&out, typed + copied);
    const char *text = out.failed ? NULL : cs__arena_copy(speller->arena, out.data, out.size);
    cs__buffer_free(&out);
    if (text == NULL)
        fail(speller, CS_ERR_NOMEM);
    return text;
}

/* A copy of the tree with corrected words. Words that are not to be there need none. */
static struct cs__node *correct(struct speller *speller, const struct cs__node *node)
{
    struct cs__node *copy = cs__arena_alloc(speller->arena, sizeof *copy);
    struct cs__node **children = cs__arena_array(speller->arena, node->child_count + 1, sizeof *children);
    if (copy == NULL || children == NULL) {
        fail(speller, CS_ERR_NOMEM);
        return NULL;
    }
    *copy = *node;
    copy->children = children;
    for (size_t i = 0; i < node->child_count; i++) {
        int is_excluded = node->kind == CS__NODE_NOT && i == 1;
        children[i] = is_excluded ? node->children[i] : correct(speller, node->children[i]);
        if (children[i] == NULL)
            return NULL;
    }
    if (node->typed != NULL && node->kind != CS__NODE_PREFIX && node->kind != CS__NODE_THEME)
        copy->typed = correct_text(speller, node->typed);
    return speller->status == CS_OK ? copy : NULL;
}

cs_status cs__spelling_correct(cs_reader *reader, const struct cs__query *query, struct cs__arena *arena,
                               const char **out, cs_error *error)
{
    struct speller speller = {.reader = reader, .arena = arena, .error = error};
    struct cs__query corrected = *query;
    struct cs__buffer text = {0};
    *out = NULL;
    if (query->tree == NULL)
        return CS_OK;
    corrected.tree = correct(&speller, query->tree);
    if (speller.status == CS_OK && speller.corrected > 0) {
        cs__query_print(&corrected, &text);
        *out = text.failed ? NULL : cs__arena_copy(arena, text.data, text.size);
        if (*out == NULL)
            fail(&speller, CS_ERR_NOMEM);
    }
    cs__buffer_free(&text);
    cs__segments_free(speller.segments);
    return speller.status;
}
