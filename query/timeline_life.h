/* SPDX-License-Identifier: MIT */
/* Life of a theme: the rows of a timeline by visit -> one line that tells it. */
#ifndef QUERY_TIMELINE_LIFE_H
#define QUERY_TIMELINE_LIFE_H

#include <csearch/timeline.h>

#include "core/arena.h"

/**
 * When it was first mentioned or raised, how often a concern, when it improved or returned, how it was last,
 * and for how long nobody has mentioned it. Lives in `arena`; NULL when memory is out. "" where the rows are
 * no visits.
 */
const char *cs__life_tell(const cs_timeline_row *rows, size_t count, struct cs__arena *arena);

#endif
