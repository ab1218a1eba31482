/* SPDX-License-Identifier: MIT */
/* Ranges of passage ids: seeking in them and intersecting them. */
#include "query/filter.h"

int64_t cs__filter_seek(const struct cs__filter *filter, size_t *cursor, int64_t id)
{
    const struct cs__id_range *ranges = filter->ranges;
    size_t low = *cursor, step = 1;
    if (low < filter->count && ranges[low].last < id) {
        while (low + step < filter->count && ranges[low + step].last < id) {
            low += step;
            step *= 2;
        }
        size_t high = low + step < filter->count ? low + step : filter->count;
        for (low++; low < high;) {
            size_t middle = low + (high - low) / 2;
            if (ranges[middle].last < id)
                low = middle + 1;
            else
                high = middle;
        }
    }
    *cursor = low;
    if (low == filter->count)
        return INT64_MAX;
    return id > ranges[low].first ? id : ranges[low].first;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

cs_status cs__filter_intersect(const struct cs__filter *a, const struct cs__filter *b,
                               struct cs__arena *arena, struct cs__filter **out)
{
    *out = NULL;
    if (a == NULL && b == NULL)
        return CS_OK;
    struct cs__filter *filter = cs__arena_alloc(arena, sizeof *filter);
    size_t most = (a != NULL ? a->count : 0) + (b != NULL ? b->count : 0);
    if (filter == NULL || (filter->ranges = cs__arena_array(arena, most + 1, sizeof *filter->ranges)) == NULL)
        return CS_ERR_NOMEM;
    const struct cs__id_range everything[] = {{INT64_MIN, INT64_MAX}};
    const struct cs__id_range *x = a != NULL ? a->ranges : everything,
                              *y = b != NULL ? b->ranges : everything;
    size_t x_count = a != NULL ? a->count : 1, y_count = b != NULL ? b->count : 1;
    for (size_t i = 0, j = 0; i < x_count && j < y_count;) {
        int64_t first = larger(x[i].first, y[j].first), last = smaller(x[i].last, y[j].last);
        if (first <= last)
            filter->ranges[filter->count++] = (struct cs__id_range){first, last};
        if (x[i].last < y[j].last)
            i++;
        else
            j++;
    }
    *out = filter;
    return CS_OK;
}
