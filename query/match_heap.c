/* SPDX-License-Identifier: MIT */
/* The best matches so far: a binary heap in an array, the worst in front. */
#include "query/match_heap.h"

#include <stdlib.h>

static int is_worse(struct cs__match a, struct cs__match b)
{
    return a.score != b.score ? a.score < b.score : a.passage > b.passage;
}

/* A hole at `at` sinks until `match` may stand in it. */
static void sink(struct cs__match_heap *heap, size_t at, struct cs__match match)
{
    for (size_t child; (child = 2 * at + 1) < heap->count; at = child) {
        if (child + 1 < heap->count && is_worse(heap->items[child + 1], heap->items[child]))
            child++;
        if (is_worse(match, heap->items[child]))
            break;
        heap->items[at] = heap->items[child];
    }
    heap->items[at] = match;
}

static void rise(struct cs__match_heap *heap, size_t at, struct cs__match match)
{
    for (; at > 0 && is_worse(match, heap->items[(at - 1) / 2]); at = (at - 1) / 2)
        heap->items[at] = heap->items[(at - 1) / 2];
    heap->items[at] = match;
}

cs_status cs__match_heap_offer(struct cs__match_heap *heap, struct cs__match match)
{
    if (heap->count == heap->limit) {
        if (heap->limit > 0 && is_worse(heap->items[0], match))
            sink(heap, 0, match);
        return CS_OK;
    }
    if (heap->count == heap->capacity) {
        size_t capacity = heap->capacity > 0 ? heap->capacity * 2 : 16;
        struct cs__match *items = realloc(heap->items, capacity * sizeof *items);
        if (items == NULL)
            return CS_ERR_NOMEM;
        heap->items = items;
        heap->capacity = capacity;
    }
    rise(heap, heap->count++, match);
    return CS_OK;
}

double cs__match_heap_least(const struct cs__match_heap *heap)
{
    return heap->limit > 0 && heap->count == heap->limit ? heap->items[0].score : 0;
}

static int best_first(const void *a, const void *b)
{
    struct cs__match x = *(const struct cs__match *)a, y = *(const struct cs__match *)b;
    return is_worse(y, x) ? -1 : is_worse(x, y);
}

void cs__match_heap_sort(struct cs__match_heap *heap)
{
    if (heap->count > 1)
        qsort(heap->items, heap->count, sizeof *heap->items, best_first);
}
