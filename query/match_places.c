/* SPDX-License-Identifier: MIT */
/* Places: where a query's words stand in some passages -> how near to each other. */
#include "query/match_places.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "query/match_scorer.h"

/* A leaf of the query, and which of its words it is. */
struct leaf {
    const struct cs__node *node;
    uint32_t word;
};

struct words {
    struct leaf leaves[CS__PLACES_WORDS_MAX * 2];
    size_t leaf_count, count;
    double weights[CS__PLACES_WORDS_MAX];
};

/* --- The words of a tree. */

static int is_leaf(const struct cs__node *node)
{
    return node->kind == CS__NODE_TERM || node->kind == CS__NODE_PHRASE || node->kind == CS__NODE_PREFIX;
}

static void add_leaf(struct words *words, const struct cs__node *node, size_t word)
{
    if (word < CS__PLACES_WORDS_MAX && words->leaf_count < CS__PLACES_WORDS_MAX * 2)
        words->leaves[words->leaf_count++] = (struct leaf){node, (uint32_t)word};
}

static void collect(struct words *words, const struct cs__node *node);

/* What was typed, each of its words one; its variants as the first of them. */
static void collect_group(struct words *words, const struct cs__node *group)
{
    size_t first = words->count;
    collect(words, group->children[0]);
    for (size_t i = 1; i < group->child_count; i++)
        if (is_leaf(group->children[i]))
            add_leaf(words, group->children[i], first);
}

static void collect(struct words *words, const struct cs__node *node)
{
    if (words->count == CS__PLACES_WORDS_MAX)
        return;
    if (is_leaf(node)) {
        add_leaf(words, node, words->count++);
    } else if (node->kind == CS__NODE_GROUP) {
        collect_group(words, node);
    } else {
        size_t count = node->kind == CS__NODE_NOT ? 1 : node->child_count;
        for (size_t i = 0; i < count; i++)
            collect(words, node->children[i]);
    }
}

static void weigh(struct words *words, const struct cs__lookup *lookup, const struct cs__score_model *model)
{
    for (size_t i = words->leaf_count; i-- > 0;) {
        const struct leaf *leaf = &words->leaves[i];
        words->weights[leaf->word] = cs__lookup_idf(lookup, model, leaf->node);
    }
}

/* --- Nearness in one text. */

struct pair {
    uint32_t first, second; /* words, the smaller number first */
    double closeness;
};

/* Pairs of words that stand near each other at all are few: a short list will do. */
enum { PAIRS_MAX = 64 };

static void note_pair(struct pair *pairs, size_t *count, struct pair pair)
{
    size_t i = 0;
    while (i < *count && (pairs[i].first != pair.first || pairs[i].second != pair.second))
        i++;
    if (i == *count && *count < PAIRS_MAX)
        pairs[(*count)++] = pair;
    else if (i < *count && pairs[i].closeness < pair.closeness)
        pairs[i] = pair;
}

double cs__place_nearness(const struct cs__place *places, size_t count, const double *weights,
                          size_t word_count)
{
    struct pair pairs[PAIRS_MAX];
    size_t pair_count = 0;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && places[j].position - places[i].position <= CS__PLACES_WINDOW;
             j++) {
            const struct cs__place *a = &places[i], *b = &places[j];
            if (a->word == b->word || a->position == b->position || b->word >= word_count)
                continue;
            double closeness = 1.0 / (b->position - a->position);
            struct pair pair = {a->word, b->word, closeness};
            if (a->word > b->word)
                pair = (struct pair){b->word, a->word, closeness / 2};
            note_pair(pairs, &pair_count, pair);
        }
    }
    for (size_t i = 0; i < pair_count; i++) {
        double a = weights[pairs[i].first], b = weights[pairs[i].second];
        sum += (a < b ? a : b) * pairs[i].closeness;
    }
    return sum;
}

/* --- Reading places from segments. */

/* Places found in one field of all passages. */
struct field {
    struct cs__place **places; /* by passage; in an arena */
    size_t *counts, *capacities;
    struct cs__arena *arena;
};

static int add_places(struct field *field, size_t at, uint32_t word, const uint32_t *positions,
                      uint32_t count)
{
    size_t needed = field->counts[at] + (count < CS__PLACES_MAX ? count : CS__PLACES_MAX);
    if (needed > field->capacities[at]) {
        size_t capacity = needed * 2;
        struct cs__place *places = cs__arena_array(field->arena, capacity, sizeof *places);
        if (places == NULL)
            return 0;
        if (field->counts[at] > 0)
            memcpy(places, field->places[at], field->counts[at] * sizeof *places);
        field->places[at] = places;
        field->capacities[at] = capacity;
    }
    for (uint32_t i = 0; field->counts[at] < needed; i++)
        field->places[at][field->counts[at]++] = (struct cs__place){positions[i], word};
    return 1;
}

static cs_status read_stream(struct cs__stream *stream, const int64_t *passages, size_t count, int64_t base,
                             uint32_t word, struct field *field)
{
    for (size_t i = 0; i < count && stream->passage != CS__NO_PASSAGE; i++) {
        uint32_t local = (uint32_t)(passages[i] - base);
        cs__stream_advance(stream, local);
        if (stream->passage != local)
            continue;
        const uint32_t *positions = cs__stream_positions(stream);
        if (positions == NULL)
            break;
        if (!add_places(field, i, word, positions, stream->frequency))
            return CS_ERR_NOMEM;
    }
    return stream->status;
}

/* The places of all leaves in one field of one segment's passages. */
static cs_status read_field(const struct words *words, struct cs__scorer_place *place,
                            const struct cs__stream_place *where, const int64_t *passages, size_t count,
                            struct field *field)
{
    cs_status status = CS_OK;
    for (size_t i = 0; i < words->leaf_count && status == CS_OK; i++) {
        struct cs__stream stream;
        cs__leaf_open(words->leaves[i].node, where, place, &stream);
        status = read_stream(&stream, passages, count, where->segment->base, words->leaves[i].word, field);
        cs__stream_close(&stream);
    }
    return status;
}

static int by_position(const void *a, const void *b)
{
    const struct cs__place *x = a, *y = b;
    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    return (x->word > y->word) - (x->word < y->word);
}

static cs_status add_nearness(const struct words *words, struct cs__scorer_place *place,
                              const struct cs__stream_place *where, const int64_t *passages, size_t count,
                              double *out)
{
    struct cs__arena *arena = where->arena;
    struct field field = {cs__arena_array(arena, count, sizeof *field.places),
                          cs__arena_array(arena, count, sizeof *field.counts),
                          cs__arena_array(arena, count, sizeof *field.capacities), arena};
    if (field.places == NULL || field.counts == NULL || field.capacities == NULL)
        return CS_ERR_NOMEM;
    cs_status status = read_field(words, place, where, passages, count, &field);
    for (size_t i = 0; i < count && status == CS_OK; i++) {
        if (field.counts[i] < 2)
            continue;
        qsort(field.places[i], field.counts[i], sizeof **field.places, by_position);
        out[i] += cs__place_nearness(field.places[i], field.counts[i], words->weights, words->count);
    }
    return status;
}

static cs_status read_segment(const struct words *words, const struct cs__lookup *lookup,
                              const struct cs__score_model *model, struct cs__stored_segment *stored,
                              size_t number, const int64_t *passages, size_t count, double *out)
{
    struct cs__arena arena = {0};
    struct cs__scorer_place place = {
        .text = {stored->segment, model, &arena, 0},
        .heading = {stored->segment, model, &arena, 1},
        .lookup = lookup,
        .segment = number,
    };
    cs_status status = add_nearness(words, &place, &place.text, passages, count, out);
    if (status == CS_OK)
        status = add_nearness(words, &place, &place.heading, passages, count, out);
    cs__arena_free(&arena);
    return status == CS_OK ? stored->segment->status : status;
}

static cs_status read_segments(cs_reader *reader, const struct cs__node *tree, struct words *words,
                               struct cs__arena *arena, const int64_t *passages, size_t count, double *out)
{
    struct cs__segments *segments;
    const struct cs__score_model *model;
    struct cs__lookup lookup;
    cs_status status = cs__engine_ready(reader, &segments, &model);
    if (status == CS_OK)
        status = cs__lookup_tree(tree, segments, arena, &lookup);
    if (status == CS_OK)
        weigh(words, &lookup, model);
    for (size_t i = 0, at = 0; i < segments->count && status == CS_OK; i++) {
        struct cs__stored_segment *stored = &segments->items[i];
        int64_t end = stored->segment->base + stored->segment->span;
        size_t first = at;
        while (at < count && passages[at] < end)
            at++;
        if (at > first)
            status =
                read_segment(words, &lookup, model, stored, i, passages + first, at - first, out + first);
    }
    return status;
}

cs_status cs__places_nearness(cs_reader *reader, const struct cs__node *tree, const int64_t *passages,
                              size_t count, double *out, cs_error *error)
{
    struct words words = {.count = 0};
    struct cs__arena arena = {0};
    collect(&words, tree);
    memset(out, 0, count * sizeof *out);
    if (words.count < 2)
        return CS_OK;
    cs_status status = read_segments(reader, tree, &words, &arena, passages, count, out);
    cs__arena_free(&arena);
    if (status == CS_ERR_NOMEM)
        return cs__error_nomem(error);
    return status == CS_OK ? CS_OK : cs__error_set(error, status, "the index can't be read");
}
