/* SPDX-License-Identifier: MIT */
/* Frame: a filter -> the rows of a timeline with the documents behind them, before anything is asked of them.
 * One frame serves many themes. */
#ifndef QUERY_TIMELINE_FRAME_H
#define QUERY_TIMELINE_FRAME_H

#include <csearch/timeline.h>

#include "core/arena.h"
#include "query/filter.h"
#include "query/match_text.h"

#define CS__FRAME_NO_ROW UINT32_MAX

/** A document that passes the filter. */
struct cs__frame_document {
    int64_t id, first, last; /**< its passages, both included */
    int64_t visit;           /**< row of the visit; 0 for none */
    cs_kind kind;
    cs_judgement overall;          /**< stated or standing */
    int32_t date_first, date_last; /**< of the visit, else of publication */
    int has_date;
    const char *name; /**< of the visit; NULL for none */
    const char *authority;
    uint64_t words;   /**< that the filter lets pass, echoes left out */
    int is_copy;      /**< nearly all of it only repeats another one: no paper of its own */
    int apart;        /**< see cs_row_document */
    uint32_t rows[2]; /**< the rows it is behind; CS__FRAME_NO_ROW for none */
};

struct cs__frame_row {
    cs_row_kind kind;
    int64_t key; /**< row of the visit, id of the document, year, judgement */
    const char *label;
    const struct cs__frame_document **documents;
    size_t document_count;
    uint64_t words; /**< of the documents that count; so are the next two */
    uint32_t reports;
    int at_second_hand;
};

/** Release with cs__frame_free(); zero-initialised is empty and valid. */
struct cs__frame {
    struct cs__arena arena;
    struct cs__frame_document *documents; /**< by first passage */
    size_t document_count;
    struct cs__frame_row *rows; /**< oldest first; years, then judgements from the worst */
    size_t row_count;
    struct cs__ids echoes;
    int is_one_authority;
};

/**
 * The rows of all documents that have passages in `filter` (NULL: all).
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. On any error `*out` is empty.
 */
cs_status cs__frame_build(cs_reader *reader, const struct cs__filter *filter, cs_timeline_by by,
                          struct cs__frame *out, cs_error *error);
void cs__frame_free(struct cs__frame *frame);

/** What was found, by row and by document of a frame. */
struct cs__tally {
    struct cs__ids *rows; /**< by row: the passages that count */
    uint32_t *documents;  /**< by document: passages, also of those apart */
    uint32_t *rows_with;  /**< by row: documents that count and have passages */
    uint64_t total;       /**< passages that count, each once */
};

/**
 * Sort passages (`ids`, ascending) into the rows of the frame; echoes are left out.
 *
 * Everything lives in `arena` but for the ids, which cs__tally_free() releases. Returns CS_OK or
 * CS_ERR_NOMEM.
 */
cs_status cs__tally_make(const struct cs__frame *frame, const struct cs__ids *ids, struct cs__arena *arena,
                         struct cs__tally *out);
void cs__tally_free(const struct cs__frame *frame, struct cs__tally *tally);

#endif
