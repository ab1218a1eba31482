/* SPDX-License-Identifier: MIT */
/* Reading order: boxes of a page in the order in which they were drawn -> the order in which they are read.
 */
#ifndef INDEXER_EXTRACT_READING_ORDER_H
#define INDEXER_EXTRACT_READING_ORDER_H

#include <stddef.h>

/** A run of text on one baseline; points, y downwards. */
struct cs__run {
    float x0, x1; /**< x1 < x0: it stays where it was drawn, as rotated text does */
    float baseline;
    float size; /**< of its font */
};

/**
 * Put into `order` the indices 0..count-1 as they are read. The drawn order is kept where nothing speaks
 * against it (columns, tables); what stands above another and shares its column comes before it, and so does
 * what stands left of it on the same baseline. `waits` is scratch for `count` numbers.
 *
 * Pages of more than some thousand runs are left as drawn.
 */
void cs__reading_order(const struct cs__run *runs, size_t count, size_t *order, unsigned *waits);

#endif
