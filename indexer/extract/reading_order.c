/* SPDX-License-Identifier: MIT */
/* Reading order: a topological order of what must come before what, nearest to the order of drawing. */
#include "indexer/extract/reading_order.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* It is quadratic; a page of prose has some sixty runs, one of tables some hundreds. */
enum { RUNS_MAX = 3000 };

/* Overlaps of less are those of letters leaning over the border of a column. */
static const float OVERLAP = 3;

static int before(const struct cs__run *a, const struct cs__run *b)
{
    float down = b->baseline - a->baseline, size = fminf(a->size, b->size);
    if (fabsf(down) < 0.3f * size) {
        return a->x0 < b->x0 && b->x0 - a->x1 > -0.5f * size;
    }
    return down > 0.6f * size && fminf(a->x1, b->x1) - fmaxf(a->x0, b->x0) > OVERLAP;
}

/* How many runs each one waits for; returns whether any waits for one drawn after it. */
static int count_waits(const struct cs__run *runs, size_t count, unsigned *waits)
{
    int disorder = 0;
    memset(waits, 0, count * sizeof *waits);
    for (size_t i = 0; i < count; i++)
        for (size_t later = i + 1; later < count; later++) {
            if (before(&runs[i], &runs[later]))
                waits[later]++;
            if (before(&runs[later], &runs[i])) {
                waits[i]++;
                disorder = 1;
            }
        }
    return disorder;
}

/* The next drawn after `last` that waits for nobody, so that a page number drawn first and free by now does
 * not break into a paragraph; else the first such; in a circle of waiting ones, the first left. */
static size_t choose(const unsigned *waits, size_t count, size_t first, size_t last)
{
    for (size_t i = last + 1; i < count; i++)
        if (waits[i] == 0)
            return i;
    for (size_t i = first; i < last; i++)
        if (waits[i] == 0)
            return i;
    return first;
}

void cs__reading_order(const struct cs__run *runs, size_t count, size_t *order, unsigned *waits)
{
    const unsigned emitted = UINT_MAX;
    if (count > RUNS_MAX || !count_waits(runs, count, waits)) {
        for (size_t i = 0; i < count; i++)
            order[i] = i;
        return;
    }
    size_t last = SIZE_MAX;
    for (size_t done = 0, first = 0; done < count; done++) {
        while (waits[first] == emitted)
            first++;
        size_t chosen = choose(waits, count, first, last);
        last = order[done] = chosen;
        waits[chosen] = emitted;
        for (size_t i = first; i < count; i++)
            if (waits[i] != emitted && before(&runs[chosen], &runs[i]))
                waits[i]--;
    }
}
