/* SPDX-License-Identifier: MIT */
/* A preset dictionary: from each stretch of the sample the piece whose runs of bytes are the most frequent in
 * all of it, no run counted twice.
 *
 * After K. Liao, M. Petri, A. Moffat and A. Wirth, "Effective Construction of Relative Lempel-Ziv
 * Dictionaries" (2016); the same idea makes zstd's dictionaries. */
#include "core/dictionary.h"

#include <stdlib.h>
#include <string.h>

enum { RUN = 6, PIECE = 64, COUNTER_BITS = 18, PIECES = CS__DICTIONARY_SIZE / PIECE };

struct piece {
    size_t start;
    uint64_t score;
};

static size_t counter_of(const char *run)
{
    uint64_t bytes = 0;
    memcpy(&bytes, run, RUN);
    return (size_t)(bytes * 0x9E3779B97F4A7C15u >> (64 - COUNTER_BITS));
}

static void count_runs(const char *text, size_t size, uint32_t *counters)
{
    for (size_t i = 0; i + RUN <= size; i++)
        counters[counter_of(text + i)]++;
}

/* A run that stands once gains nothing. */
static uint64_t worth(const uint32_t *counters, const char *run)
{
    uint32_t count = counters[counter_of(run)];
    return count > 1 ? count : 0;
}

/* The best piece that begins in `from` .. `to`, by a sum that slides. */
static struct piece best_piece(const char *text, size_t from, size_t to, const uint32_t *counters)
{
    uint64_t score = 0;
    for (size_t i = 0; i + RUN <= PIECE; i++)
        score += worth(counters, text + from + i);
    struct piece best = {from, score};
    for (size_t start = from + 1; start < to; start++) {
        score -= worth(counters, text + start - 1);
        score += worth(counters, text + start + PIECE - RUN);
        if (score > best.score)
            best = (struct piece){start, score};
    }
    return best;
}

static void forget_runs(const char *text, size_t start, uint32_t *counters)
{
    for (size_t i = 0; i + RUN <= PIECE; i++)
        counters[counter_of(text + start + i)] = 0;
}

static int by_score(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    if (a->score != b->score)
        return a->score < b->score ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

cs_status cs__dictionary_make(const char *text, size_t size, struct cs__buffer *out)
{
    struct piece pieces[PIECES];
    cs__buffer_clear(out);
    if (size <= CS__DICTIONARY_SIZE) {
        cs__buffer_append(out, text, size);
        return out->failed ? CS_ERR_NOMEM : CS_OK;
    }
    uint32_t *counters = calloc((size_t)1 << COUNTER_BITS, sizeof *counters);
    if (counters == NULL)
        return CS_ERR_NOMEM;
    count_runs(text, size, counters);
    size_t stretch = (size - PIECE) / PIECES;
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = best_piece(text, i * stretch, (i + 1) * stretch, counters);
        forget_runs(text, pieces[i].start, counters);
    }
    qsort(pieces, PIECES, sizeof pieces[0], by_score);
    for (size_t i = 0; i < PIECES; i++)
        cs__buffer_append(out, text + pieces[i].start, PIECE);
    free(counters);
    return out->failed ? CS_ERR_NOMEM : CS_OK;
}
