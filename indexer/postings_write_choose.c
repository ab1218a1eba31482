/* SPDX-License-Identifier: MIT */
/* Which segments to merge. Input: how many passages each holds; output: a run of them. */
#include "indexer/postings_write_merge.h"

/* Levels of size: doubling up to CS__SMALL_SEGMENT passages, fourfold above. What is below the second level
 * is merged in each commit, in a few milliseconds: it would only be more segments to look a rare word up in.
 */
enum { FIRST_LEVEL = 512, SMALL_FACTOR = 2, LARGE_FACTOR = 4 };

static unsigned level_of(struct cs__segment_load load, unsigned *factor)
{
    unsigned level = 0;
    uint64_t size = FIRST_LEVEL;
    for (*factor = SMALL_FACTOR; size * *factor <= load.live; level++) {
        size *= *factor;
        *factor = size >= CS__SMALL_SEGMENT ? LARGE_FACTOR : SMALL_FACTOR;
    }
    return level;
}

/* The newest segments, from the first of a level that is full with them. */
static size_t full_tail(const struct cs__segment_load *loads, size_t count)
{
    size_t first = count, of_level = 0;
    unsigned highest = 0, factor;
    for (size_t i = count; i-- > 0;) {
        unsigned level = level_of(loads[i], &factor);
        of_level = level > highest ? 1 : of_level + (level == highest);
        highest = level > highest ? level : highest;
        if (level == highest && of_level >= factor)
            first = i;
    }
    return first;
}

void cs__merge_choose(const struct cs__segment_load *loads, size_t segment_count, size_t *first,
                      size_t *count)
{
    *first = full_tail(loads, segment_count);
    *count = segment_count - *first;
    for (size_t i = 0; i < segment_count && *count == 0; i++) {
        if (loads[i].all - loads[i].live > loads[i].all / CS__REMOVED_SHARE) {
            *first = i;
            *count = 1;
        }
    }
}
