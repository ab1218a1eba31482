/* SPDX-License-Identifier: MIT */
/* Echoes: a hash table from runs of words to the passages they stand in. */
#include "indexer/echo.h"

#include <stdlib.h>
#include <string.h>

#include "core/tokenizer.h"

enum { FIRST_SLOTS = 1024 };

struct slot {
    uint64_t run;    /**< hash; 0 = free */
    int64_t passage; /**< the first one it stands in */
};

struct cs__echoes {
    struct cs__tokenizer *tokenizer;
    struct slot *slots;
    size_t slot_count, used; /**< slot_count is a power of two */
    uint64_t *runs;          /**< of the text at hand */
    size_t run_count, run_capacity;
    size_t words;
};

cs_status cs__echoes_new(struct cs__echoes **out)
{
    struct cs__echoes *echoes = calloc(1, sizeof *echoes);
    *out = echoes;
    if (echoes == NULL)
        return CS_ERR_NOMEM;
    echoes->slots = calloc(FIRST_SLOTS, sizeof *echoes->slots);
    echoes->slot_count = FIRST_SLOTS;
    if (echoes->slots == NULL || cs__tokenizer_new(&echoes->tokenizer) != CS_OK) {
        cs__echoes_free(echoes);
        *out = NULL;
        return CS_ERR_NOMEM;
    }
    return CS_OK;
}

void cs__echoes_free(struct cs__echoes *echoes)
{
    if (echoes == NULL)
        return;
    cs__tokenizer_free(echoes->tokenizer);
    free(echoes->slots);
    free(echoes->runs);
    free(echoes);
}

/* FNV-1a, 64 bits (G. Fowler, L. Noll, K.-P. Vo). */
static uint64_t hash(const void *bytes, size_t size, uint64_t seed)
{
    const unsigned char *p = bytes;
    uint64_t value = seed ^ 0xCBF29CE484222325u;
    for (size_t i = 0; i < size; i++)
        value = (value ^ p[i]) * 0x100000001B3u;
    return value;
}

static int add_run(struct cs__echoes *echoes, const uint64_t window[CS__ECHO_RUN])
{
    if (echoes->run_count == echoes->run_capacity) {
        size_t capacity = echoes->run_capacity ? echoes->run_capacity * 2 : 256;
        uint64_t *runs = realloc(echoes->runs, capacity * sizeof *runs);
        if (runs == NULL)
            return 0;
        echoes->runs = runs;
        echoes->run_capacity = capacity;
    }
    uint64_t value = hash(window, CS__ECHO_RUN * sizeof *window, 0);
    echoes->runs[echoes->run_count++] = value != 0 ? value : 1;
    return 1;
}

/* The runs of a text, by words as they are written: a stem would make different words alike. */
static int read_runs(struct cs__echoes *echoes, const char *text, size_t size)
{
    uint64_t window[CS__ECHO_RUN] = {0};
    struct cs__token token;
    echoes->run_count = echoes->words = 0;
    cs__tokenizer_start(echoes->tokenizer, text, size, CS__TOKENIZE_EXACT);
    while (cs__tokenizer_next(echoes->tokenizer, &token)) {
        memmove(window, window + 1, sizeof window - sizeof window[0]);
        window[CS__ECHO_RUN - 1] = hash(token.term, token.term_size, 0);
        if (++echoes->words >= CS__ECHO_RUN && !add_run(echoes, window))
            return 0;
    }
    return 1;
}

static struct slot *slot_of(const struct cs__echoes *echoes, uint64_t run)
{
    size_t at = (size_t)run & (echoes->slot_count - 1);
    while (echoes->slots[at].run != 0 && echoes->slots[at].run != run)
        at = (at + 1) & (echoes->slot_count - 1);
    return &echoes->slots[at];
}

static int grow(struct cs__echoes *echoes)
{
    struct slot *old = echoes->slots;
    size_t old_count = echoes->slot_count;
    struct slot *slots = calloc(old_count * 2, sizeof *slots);
    if (slots == NULL)
        return 0;
    echoes->slots = slots;
    echoes->slot_count = old_count * 2;
    for (size_t i = 0; i < old_count; i++)
        if (old[i].run != 0)
            *slot_of(echoes, old[i].run) = old[i];
    free(old);
    return 1;
}

cs_status cs__echoes_add(struct cs__echoes *echoes, int64_t passage, const char *text, size_t size)
{
    if (!read_runs(echoes, text, size))
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < echoes->run_count; i++) {
        if (echoes->used * 2 >= echoes->slot_count && !grow(echoes))
            return CS_ERR_NOMEM;
        struct slot *slot = slot_of(echoes, echoes->runs[i]);
        if (slot->run == 0) {
            *slot = (struct slot){echoes->runs[i], passage};
            echoes->used++;
        }
    }
    return CS_OK;
}

static int by_passage(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The passage that occurs most often in a list; the smallest id of equals, so that it does not depend on
 * chance. */
static int64_t most_frequent(int64_t *passages, size_t count)
{
    int64_t best = 0;
    size_t best_length = 0, length = 0;
    qsort(passages, count, sizeof *passages, by_passage);
    for (size_t i = 0; i < count; i++) {
        length = i > 0 && passages[i] == passages[i - 1] ? length + 1 : 1;
        if (length > best_length) {
            best_length = length;
            best = passages[i];
        }
    }
    return best;
}

cs_status cs__echoes_find(struct cs__echoes *echoes, const char *text, size_t size, int64_t *source)
{
    *source = 0;
    if (!read_runs(echoes, text, size))
        return CS_ERR_NOMEM;
    if (echoes->words < CS__ECHO_WORDS_MIN)
        return CS_OK;
    int64_t *found = calloc(echoes->run_count, sizeof *found);
    if (found == NULL)
        return CS_ERR_NOMEM;
    size_t count = 0;
    for (size_t i = 0; i < echoes->run_count; i++) {
        const struct slot *slot = slot_of(echoes, echoes->runs[i]);
        if (slot->run != 0)
            found[count++] = slot->passage;
    }
    if ((double)count >= CS__ECHO_CONTAINMENT * (double)echoes->run_count)
        *source = most_frequent(found, count);
    free(found);
    return CS_OK;
}
