/* SPDX-License-Identifier: MIT */
/* Build: a frame and what is asked -> the rows of a timeline. */
#ifndef QUERY_TIMELINE_BUILD_H
#define QUERY_TIMELINE_BUILD_H

#include <csearch/timeline.h>

#include "core/arena.h"
#include "query/hits.h"
#include "query/source.h"
#include "query/timeline_ask.h"
#include "query/timeline_frame.h"

struct cs_timeline {
    struct cs_hits hits; /**< its arena owns all that rows point to */
    cs_timeline_row *rows;
    size_t count;
    uint64_t passages;
    const char *life, *theme, *read_as;
    const char **also;
    size_t also_count;
    const char **notes;
    size_t note_count;
};

/** What rows of several themes share. */
struct cs__build {
    cs_reader *reader;
    const struct cs__frame *frame;
    const struct cs__filter *filter;
    const cs_search_options *search; /**< limit: passages listed a row */
    struct cs__sources *sources;     /**< its arena owns all that rows point to */
    const struct cs__ids *found;     /**< passages that match, where they are known beforehand; else NULL */
};

/** Rows of one theme. */
struct cs__built {
    cs_timeline_row *rows; /**< one each of the frame's */
    uint64_t passages;     /**< that count, each once */
    int is_bound;          /**< more match than were looked at (see struct cs__ids) */
};

/**
 * Count `asked` in the rows of the frame, read their tone and list their passages.
 *
 * `hits` is empty but for its arena, which is that of the sources; the rows live in it. Returns CS_OK,
 * CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__build_rows(const struct cs__build *build, const struct cs__asked *asked, struct cs_hits *hits,
                         struct cs__built *out, cs_error *error);

#endif
