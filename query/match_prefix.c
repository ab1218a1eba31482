/* SPDX-License-Identifier: MIT */
/* Streams of prefixes. A prefix may stand for thousands of terms: no cursor a term, but one sorted array. */
#include "query/match_prefix.h"

#include <stdlib.h>
#include <string.h>

/* One posting of one of the terms. */
struct item {
    uint32_t first, last; /* passages; the same in texts */
    uint32_t frequency;
    uint32_t list;
    uint8_t length; /* headings: the length code */
};

struct cs__prefix_list {
    struct item *items; /* in order of `first`; postings of one passage (or heading) stand side by side */
    size_t count;
    size_t at, end; /* those of the passage at hand */
    const struct cs__list **lists;
};

void cs__prefix_list_free(struct cs__prefix_list *list)
{
    if (list == NULL)
        return;
    free(list->items);
    free(list);
}

static void fail(struct cs__stream *stream, cs_status status)
{
    if (stream->status == CS_OK)
        stream->status = status;
    stream->passage = CS__NO_PASSAGE;
}

/* Append the postings of list number `number`. */
static cs_status gather(struct cs__stream *stream, uint32_t number)
{
    struct cs__prefix_list *all = stream->list;
    struct cs__cursor cursor;
    cs__cursor_open(&cursor, stream->place->segment, all->lists[number]);
    while (cursor.passage != CS__NO_PASSAGE) {
        uint32_t last = stream->is_heading ? cursor.run_end : cursor.passage;
        all->items[all->count++] =
            (struct item){cursor.passage, last, cursor.frequency, number, cursor.length};
        if (stream->is_heading)
            cs__cursor_advance(&cursor, last + 1);
        else
            cs__cursor_next(&cursor);
    }
    cs_status status = cursor.status;
    cs__cursor_close(&cursor);
    return status;
}

enum { DIGIT_BITS = 11, DIGITS = 3, BUCKETS = 1 << DIGIT_BITS };

/* Sort by `first`, least digit first; the order of equal ones stays. `spare` is as large as `items`. */
static struct item *sort(struct item *items, struct item *spare, size_t count)
{
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        unsigned shift = digit * DIGIT_BITS;
        size_t starts[BUCKETS + 1] = {0};
        for (size_t i = 0; i < count; i++)
            starts[(items[i].first >> shift & (BUCKETS - 1)) + 1]++;
        if (starts[(items[0].first >> shift & (BUCKETS - 1)) + 1] == count)
            continue;
        for (size_t bucket = 0; bucket < BUCKETS; bucket++)
            starts[bucket + 1] += starts[bucket];
        for (size_t i = 0; i < count; i++)
            spare[starts[items[i].first >> shift & (BUCKETS - 1)]++] = items[i];
        struct item *sorted = spare;
        spare = items;
        items = sorted;
    }
    return items;
}

static cs_status gather_all(struct cs__stream *stream, size_t list_count, size_t postings)
{
    struct cs__prefix_list *all = stream->list;
    cs_status status = CS_OK;
    all->items = malloc((postings + 1) * sizeof *all->items);
    struct item *spare = malloc((postings + 1) * sizeof *spare);
    if (all->items == NULL || spare == NULL)
        status = CS_ERR_NOMEM;
    for (size_t i = 0; i < list_count && status == CS_OK; i++)
        status = gather(stream, (uint32_t)i);
    if (status == CS_OK && all->count > 1 && sort(all->items, spare, all->count) == spare) {
        struct item *sorted = spare;
        spare = all->items;
        all->items = sorted;
    }
    free(spare);
    return status;
}

/* Stand on the postings that begin with number `at`. */
static void stand(struct cs__stream *stream, size_t at, uint32_t passage)
{
    struct cs__prefix_list *all = stream->list;
    all->at = all->end = at;
    stream->frequency = 0;
    if (at == all->count) {
        stream->passage = CS__NO_PASSAGE;
        return;
    }
    for (; all->end < all->count && all->items[all->end].first == all->items[at].first; all->end++)
        stream->frequency += all->items[all->end].frequency;
    stream->length = all->items[at].length;
    stream->passage = all->items[at].first > passage ? all->items[at].first : passage;
}

/* The most that one passage can have: what its groups add up to at the shortest length. */
static double bound_of(struct cs__stream *stream)
{
    uint32_t most = 0;
    for (stand(stream, 0, 0); stream->passage != CS__NO_PASSAGE; stand(stream, stream->list->end, 0))
        most = stream->frequency > most ? stream->frequency : most;
    if (most == 0)
        return 0;
    return stream->is_heading ? cs__score_heading(stream->place->model, most, 1)
                              : cs__score_text(stream->place->model, most, 1);
}

void cs__stream_open_prefix(struct cs__stream *stream, const struct cs__stream_place *place,
                            const struct cs__list **lists, size_t list_count)
{
    size_t postings = 0;
    *stream = (struct cs__stream){.passage = CS__NO_PASSAGE, .place = place};
    for (size_t i = 0; i < list_count; i++) {
        postings += lists[i]->count;
        stream->cost += lists[i]->passages;
    }
    if (postings == 0)
        return;
    stream->kind = CS__STREAM_PREFIX;
    stream->is_heading = (uint8_t)place->is_heading;
    stream->list = calloc(1, sizeof *stream->list);
    cs_status status = stream->list == NULL ? CS_ERR_NOMEM : CS_OK;
    if (status == CS_OK) {
        stream->list->lists = lists;
        status = gather_all(stream, list_count, postings);
    }
    if (status != CS_OK) {
        fail(stream, status);
        return;
    }
    stream->list_bound = bound_of(stream);
    stand(stream, 0, 0);
}

/* A heading's run holds vacant numbers: step over them. */
static int settle(struct cs__stream *stream)
{
    uint32_t last = stream->list->items[stream->list->at].last;
    while (cs__segment_length(stream->place->segment, stream->passage) == 0) {
        if (stream->passage >= last)
            return 0;
        stream->passage++;
    }
    return 1;
}

/* The first item, from the ones at hand, that ends at or behind `passage`. Items that begin together end
 * together: they are words of one passage, or of one heading. */
static size_t seek(const struct cs__prefix_list *all, uint32_t passage)
{
    size_t low = all->at, high = all->count;
    for (size_t step = 1; low + step < high; step *= 2) {
        if (all->items[low + step].last < passage)
            low += step;
        else
            high = low + step + 1;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->items[middle].last < passage)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void cs__prefix_advance(struct cs__stream *stream, uint32_t passage)
{
    struct cs__prefix_list *all = stream->list;
    for (;;) {
        stand(stream, seek(all, passage), passage);
        if (stream->passage == CS__NO_PASSAGE || !stream->is_heading || settle(stream))
            return;
        passage = all->items[all->at].last + 1;
    }
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The positions of one term in the passage at hand, to `out`. */
static cs_status copy_positions(struct cs__stream *stream, const struct item *item, uint32_t *out)
{
    struct cs__cursor cursor;
    cs__cursor_open(&cursor, stream->place->segment, stream->list->lists[item->list]);
    cs__cursor_advance(&cursor, stream->passage);
    const uint32_t *positions = cs__cursor_positions(&cursor);
    cs_status status = positions == NULL ? CS_ERR_CORRUPT : cursor.status;
    if (status == CS_OK)
        memcpy(out, positions, item->frequency * sizeof *out);
    cs__cursor_close(&cursor);
    return status;
}

const uint32_t *cs__prefix_positions(struct cs__stream *stream)
{
    struct cs__prefix_list *all = stream->list;
    if (stream->frequency > stream->position_capacity) {
        uint32_t *positions = realloc(stream->positions, stream->frequency * sizeof *positions);
        if (positions == NULL) {
            fail(stream, CS_ERR_NOMEM);
            return NULL;
        }
        stream->positions = positions;
        stream->position_capacity = stream->frequency;
    }
    uint32_t count = 0;
    for (size_t i = all->at; i < all->end; i++) {
        cs_status status = copy_positions(stream, &all->items[i], stream->positions + count);
        if (status != CS_OK) {
            fail(stream, status);
            return NULL;
        }
        count += all->items[i].frequency;
    }
    qsort(stream->positions, count, sizeof *stream->positions, by_value);
    return stream->positions;
}
