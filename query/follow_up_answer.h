/* SPDX-License-Identifier: MIT */
/* Answers: one area for improvement and the visits after it -> the passages that answer, visit by visit, and
 * how the bullet stands. */
#ifndef QUERY_FOLLOW_UP_ANSWER_H
#define QUERY_FOLLOW_UP_ANSWER_H

#include <csearch/follow_up.h>

#include "query/hits.h"
#include "query/passage_words.h"
#include "query/subject.h"
#include "query/timeline_frame.h"

/** What all bullets share. */
struct cs__following {
    cs_reader *reader;
    const struct cs__frame *frame; /**< rows by visit, of all documents */
    struct cs__sources *sources;   /**< its arena owns all that is handed out */
    struct cs__passages_read *passages;
    struct cs__subjects *subjects;
    const cs_search_options *search; /**< limit: answers listed a visit */
};

/** A bullet that was found: its passage, and the row of the frame it stands in. */
struct cs__found_bullet {
    int64_t passage;
    size_t row;
};

/**
 * Follow one bullet up.
 *
 * `hits` is empty but for its arena, which is that of the sources. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO,
 * CS_ERR_CORRUPT.
 */
cs_status cs__bullet_follow(const struct cs__following *following, const struct cs__found_bullet *found,
                            struct cs_hits *hits, cs_bullet *out, cs_error *error);

#endif
