/* SPDX-License-Identifier: MIT */
/* Rerank: the second look at the best matches. */
#include "query/rerank.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "query/match_places.h"
#include "query/rank_constants.h"
#include "query/reader.h"

/* Stored in the index; indexer/split.h has them all. */
enum { FLAG_ECHO = 4, FLAG_BOILERPLATE = 8 };

double cs__rerank_score(const struct cs__rerank_features *features, struct cs__rerank_parts *parts)
{
    double lacks = 1 - features->words / CS__RANK_SHORT_WORDS, score = features->score;
    *parts = (struct cs__rerank_parts){0};
    parts->near = CS__RANK_NEAR * features->nearness;
    if (lacks > 0)
        parts->context = CS__RANK_CONTEXT * features->neighbour * lacks;
    score += parts->near + parts->context;
    if (features->is_echo)
        parts->echo = score * (CS__RANK_ECHO - 1);
    score += parts->echo;
    if (features->is_boilerplate)
        parts->boilerplate = score * (CS__RANK_BOILERPLATE - 1);
    return score + parts->boilerplate;
}

/* One match being looked at. */
struct look {
    struct cs__match match;
    struct cs__rerank_features features;
    struct cs__rerank_parts parts;
    int64_t document, section; /* less than 0: a document without sections */
};

static cs_status read_rows(cs_reader *reader, struct look *looks, size_t count, cs_error *error)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(reader, CS__SQL_RANKED, &status, error);
    for (size_t i = 0; row != NULL && i < count; i++) {
        int64_t id = looks[i].match.passage;
        sqlite3_reset(row);
        sqlite3_bind_int64(row, 1, id);
        int step = sqlite3_step(row);
        if (step != SQLITE_ROW)
            return step == SQLITE_DONE ? cs__reader_missing(reader, "passage", id, error)
                                       : cs__reader_failed(reader, error);
        int flags = sqlite3_column_int(row, 1);
        looks[i].section = sqlite3_column_int64(row, 0);
        looks[i].features.words = (uint32_t)sqlite3_column_int64(row, 2);
        looks[i].document = sqlite3_column_int64(row, 3);
        looks[i].features.is_echo = (flags & FLAG_ECHO) != 0;
        looks[i].features.is_boilerplate = (flags & FLAG_BOILERPLATE) != 0;
    }
    sqlite3_reset(row);
    return status;
}

static int by_passage(const void *a, const void *b)
{
    const struct look *x = a, *y = b;
    return (x->match.passage > y->match.passage) - (x->match.passage < y->match.passage);
}

static int by_section(const void *a, const void *b)
{
    const struct look *x = a, *y = b;
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1;
    if (x->match.score != y->match.score)
        return x->match.score > y->match.score ? -1 : 1;
    return by_passage(a, b);
}

static int by_score(const void *a, const void *b)
{
    const struct look *x = a, *y = b;
    if (x->match.score != y->match.score)
        return x->match.score > y->match.score ? -1 : 1;
    return by_passage(a, b);
}

static int is_neighbour(const struct look *looks, size_t count, size_t i, size_t j)
{
    return j < count && looks[i].section == looks[j].section;
}

/* The best of each section is the neighbour of all others there, and the second best is its own. */
static void find_neighbours(struct look *looks, size_t count)
{
    qsort(looks, count, sizeof *looks, by_section);
    for (size_t first = 0, i = 0; i < count; i++) {
        if (!is_neighbour(looks, count, first, i))
            first = i;
        size_t best = i == first ? i + 1 : first;
        if (is_neighbour(looks, count, i, best))
            looks[i].features.neighbour = looks[best].match.score;
    }
}

static cs_status read_nearness(cs_reader *reader, const struct cs__node *tree, struct look *looks,
                               size_t count, struct cs__arena *arena, cs_error *error)
{
    int64_t *passages = cs__arena_array(arena, count, sizeof *passages);
    double *nearness = cs__arena_array(arena, count, sizeof *nearness);
    if (passages == NULL || nearness == NULL)
        return cs__error_nomem(error);
    qsort(looks, count, sizeof *looks, by_passage);
    for (size_t i = 0; i < count; i++)
        passages[i] = looks[i].match.passage;
    cs_status status = cs__places_nearness(reader, tree, passages, count, nearness, error);
    for (size_t i = 0; status == CS_OK && i < count; i++)
        looks[i].features.nearness = nearness[i];
    return status;
}

static void look_again(struct look *looks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        looks[i].features.score = looks[i].match.score;
        looks[i].match.score = cs__rerank_score(&looks[i].features, &looks[i].parts);
    }
}

cs_status cs__rerank(cs_reader *reader, const struct cs__node *tree, struct cs__matches *matches,
                     struct cs__arena *arena, struct cs__reranking *out, cs_error *error)
{
    size_t count = matches->count < CS__RERANK_DEPTH ? matches->count : CS__RERANK_DEPTH;
    *out = (struct cs__reranking){0};
    /* Without words to go by, matches come by date. */
    if (tree == NULL || count == 0 || matches->items[0].score <= 0)
        return CS_OK;
    struct look *looks = cs__arena_array(arena, count, sizeof *looks);
    out->items = cs__arena_array(arena, count, sizeof *out->items);
    if (looks == NULL || out->items == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < count; i++)
        looks[i].match = matches->items[i];
    cs_status status = read_rows(reader, looks, count, error);
    if (status != CS_OK)
        return status;
    find_neighbours(looks, count);
    status = read_nearness(reader, tree, looks, count, arena, error);
    if (status != CS_OK)
        return status;
    look_again(looks, count);
    for (; out->count < count; out->count++) {
        const struct look *look = &looks[out->count];
        out->items[out->count] = (struct cs__reranked){look->match.passage, look->document, look->parts};
    }
    qsort(looks, count, sizeof *looks, by_score);
    for (size_t i = 0; i < count; i++)
        matches->items[i] = looks[i].match;
    return CS_OK;
}

static int compare_passage(const void *key, const void *item)
{
    int64_t passage = *(const int64_t *)key;
    const struct cs__reranked *reranked = item;
    return (passage > reranked->passage) - (passage < reranked->passage);
}

const struct cs__reranked *cs__reranking_find(const struct cs__reranking *reranking, int64_t passage)
{
    if (reranking->count == 0)
        return NULL;
    return bsearch(&passage, reranking->items, reranking->count, sizeof *reranking->items, compare_passage);
}
