/* SPDX-License-Identifier: MIT */
/* Pairs: the passages of two visits -> counterparts, by the words that they share. */
#include "query/compare_pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What two words next to each other count beside the words alone; what sections on different areas leave of a
 * likeness, and those of which nothing is known. Set by reading pairs of one authority's reports. */
static const double next_share = 0.7, other_area = 0.75, unknown_area = 0.92;

/* A word, or two next to each other, of one passage. */
struct feature {
    uint64_t key; /* hash: two that meet by chance change a likeness by next to nothing */
    double weight;
};

struct vector {
    struct feature *items; /* by key, each once */
    size_t count;
};

struct matcher {
    const struct cs__told *told;
    struct cs__arena *arena;
    struct vector *vectors[2];
};

static uint64_t hash(const char *text, uint64_t value)
{
    for (; *text != '\0'; text++) /* FNV-1a, 64 bits */
        value = (value ^ (unsigned char)*text) * 1099511628211u;
    return (value ^ ' ') * 1099511628211u;
}

static int by_key(const void *a, const void *b)
{
    const struct feature *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Frequencies as weights, each key once. */
static void merge(struct vector *vector)
{
    size_t kept = 0;
    qsort(vector->items, vector->count, sizeof *vector->items, by_key);
    for (size_t i = 0; i < vector->count; i++) {
        if (kept > 0 && vector->items[kept - 1].key == vector->items[i].key)
            vector->items[kept - 1].weight += vector->items[i].weight;
        else
            vector->items[kept++] = vector->items[i];
    }
    vector->count = kept;
}

static int read_vector(const struct cs__passage_read *passage, struct cs__arena *arena, struct vector *out)
{
    static const uint64_t seed = 14695981039346656037u;
    const char *before = NULL;
    uint32_t position = 0;
    out->items = cs__arena_array(arena, 2 * passage->words.count + 1, sizeof *out->items);
    if (out->items == NULL)
        return 0;
    for (size_t i = 0; i < passage->words.count; i++) {
        const struct cs__word *word = &passage->words.items[i];
        if (cs__term_is_stop(word->term, strlen(word->term)) ||
            (i > 0 && word->position == passage->words.items[i - 1].position))
            continue;
        out->items[out->count++] = (struct feature){hash(word->term, seed), 1};
        if (before != NULL && word->position == position + 1)
            out->items[out->count++] = (struct feature){hash(word->term, hash(before, seed)), next_share};
        before = word->term;
        position = word->position;
    }
    merge(out);
    return 1;
}

/* In how many passages each key stands: a sorted list of all of them. */
static struct feature *count_keys(const struct matcher *matcher, size_t *count)
{
    size_t all = 0, kept = 0;
    for (int i = 0; i < 2; i++) {
        for (size_t j = 0; j < matcher->told[i].count; j++)
            all += matcher->vectors[i][j].count;
    }
    struct vector keys = {.items = cs__arena_array(matcher->arena, all + 1, sizeof *keys.items)};
    if (keys.items == NULL)
        return NULL;
    for (int i = 0; i < 2; i++) {
        for (size_t j = 0; j < matcher->told[i].count; j++) {
            for (size_t k = 0; k < matcher->vectors[i][j].count; k++)
                keys.items[kept++] = (struct feature){matcher->vectors[i][j].items[k].key, 1};
        }
    }
    keys.count = kept;
    merge(&keys);
    *count = keys.count;
    return keys.items;
}

/* Weigh each vector, and make it one of length 1. */
static void weigh(const struct matcher *matcher, const struct feature *keys, size_t count)
{
    double passages = (double)(matcher->told[0].count + matcher->told[1].count);
    for (int i = 0; i < 2; i++) {
        for (size_t j = 0; j < matcher->told[i].count; j++) {
            struct vector *vector = &matcher->vectors[i][j];
            double sum = 0;
            for (size_t k = 0; k < vector->count; k++) {
                const struct feature *key = bsearch(&vector->items[k], keys, count, sizeof *keys, by_key);
                double tf = vector->items[k].weight;
                vector->items[k].weight = (tf < 1 ? tf : 1 + log(tf)) * log(1 + passages / key->weight);
                sum += vector->items[k].weight * vector->items[k].weight;
            }
            for (size_t k = 0; k < vector->count; k++)
                vector->items[k].weight /= sqrt(sum);
        }
    }
}

static double cosine(const struct vector *a, const struct vector *b)
{
    double sum = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        if (a->items[i].key == b->items[j].key)
            sum += a->items[i++].weight * b->items[j++].weight;
        else if (a->items[i].key < b->items[j].key)
            i++;
        else
            j++;
    }
    return sum;
}

static cs_area area_of(const struct cs__passage_read *passage)
{
    return passage->section != NULL && passage->section->area > CS_AREA_OVERALL ? passage->section->area
                                                                                : CS_AREA_NONE;
}

/* Until 2023 care leavers were judged with children in care, and until 2017 adoption apart from it. */
static int is_care(cs_area area)
{
    return area == CS_AREA_CARE || area == CS_AREA_CARE_LEAVERS || area == CS_AREA_ADOPTION;
}

static double share_of_areas(const struct cs__passage_read *a, const struct cs__passage_read *b)
{
    cs_area x = area_of(a), y = area_of(b);
    if (cs__passage_is_improvement(a) && cs__passage_is_improvement(b))
        return 1;
    if (x == CS_AREA_NONE || y == CS_AREA_NONE)
        return unknown_area;
    return x == y || (is_care(x) && is_care(y)) ? 1 : other_area;
}

static int by_similarity(const void *a, const void *b)
{
    const struct cs__pair *x = a, *y = b;
    if (x->similarity != y->similarity)
        return x->similarity > y->similarity ? -1 : 1;
    if (x->after != y->after)
        return x->after < y->after ? -1 : 1;
    return x->before < y->before ? -1 : x->before > y->before;
}

/* Pairs that are alike enough, best first. Returns 0 when memory is out. */
static int find_alike(const struct matcher *matcher, double least, struct cs__pair **out, size_t *count)
{
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; i < matcher->told[1].count; i++) {
        for (size_t j = 0; j < matcher->told[0].count; j++) {
            double similarity = cosine(&matcher->vectors[1][i], &matcher->vectors[0][j]);
            if (similarity < least)
                continue;
            similarity *= share_of_areas(matcher->told[1].items[i], matcher->told[0].items[j]);
            if (similarity < least)
                continue;
            if (*count == capacity) {
                capacity = capacity ? 2 * capacity : 256;
                struct cs__pair *more = cs__arena_array(matcher->arena, capacity, sizeof *more);
                if (more == NULL)
                    return 0;
                if (*count > 0)
                    memcpy(more, *out, *count * sizeof *more);
                *out = more;
            }
            (*out)[(*count)++] = (struct cs__pair){j, i, similarity};
        }
    }
    if (*count > 1)
        qsort(*out, *count, sizeof **out, by_similarity);
    return 1;
}

/* Each passage once: its best counterpart that is still free. */
static cs_status pair_up(const struct matcher *matcher, const struct cs__pair *alike, size_t count,
                         struct cs__pairs *out)
{
    const struct cs__told *told = matcher->told;
    unsigned char *taken = cs__arena_array(matcher->arena, told[0].count + 1, 1);
    out->items = cs__arena_array(matcher->arena, told[0].count + told[1].count + 1, sizeof *out->items);
    if (taken == NULL || out->items == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < told[1].count; i++)
        out->items[i] = (struct cs__pair){CS__NO_COUNTERPART, i, 0};
    out->count = told[1].count;
    for (size_t i = 0; i < count; i++) {
        if (taken[alike[i].before] || out->items[alike[i].after].before != CS__NO_COUNTERPART)
            continue;
        taken[alike[i].before] = 1;
        out->items[alike[i].after] = alike[i];
    }
    for (size_t i = 0; i < told[0].count; i++) {
        if (!taken[i])
            out->items[out->count++] = (struct cs__pair){i, CS__NO_COUNTERPART, 0};
    }
    return CS_OK;
}

cs_status cs__pairs_match(const struct cs__told told[2], double least, struct cs__arena *arena,
                          struct cs__pairs *out)
{
    struct matcher matcher = {.told = told, .arena = arena};
    struct cs__pair *alike;
    size_t count;
    *out = (struct cs__pairs){0};
    for (int i = 0; i < 2; i++) {
        matcher.vectors[i] = cs__arena_array(arena, told[i].count + 1, sizeof *matcher.vectors[i]);
        if (matcher.vectors[i] == NULL)
            return CS_ERR_NOMEM;
        for (size_t j = 0; j < told[i].count; j++) {
            if (!read_vector(told[i].items[j], arena, &matcher.vectors[i][j]))
                return CS_ERR_NOMEM;
        }
    }
    struct feature *keys = count_keys(&matcher, &count);
    if (keys == NULL)
        return CS_ERR_NOMEM;
    weigh(&matcher, keys, count);
    if (!find_alike(&matcher, least, &alike, &count))
        return CS_ERR_NOMEM;
    return pair_up(&matcher, alike, count, out);
}
