/* SPDX-License-Identifier: MIT */
/* The queue of extraction: jobs in the order of their tickets, and what came of each so far. Knows nothing of
 * processes. */
#ifndef INDEXER_EXTRACT_QUEUE_H
#define INDEXER_EXTRACT_QUEUE_H

#include <csearch/types.h>

#include "indexer/extract.h"
#include "indexer/extract_frame.h"

/** A job that no process has, or has any more. */
#define CS__EXTRACT_NO_SLOT UINT32_MAX

struct cs__extract_result;

/** One source. */
struct cs__extract_job {
    struct cs__extract_job *next;
    uint64_t ticket;
    int descriptor;
    char name[CS__FRAME_NAME_MAX + 1]; /**< its end, when it is longer */
    uint64_t file_bytes;
    uint32_t slot; /**< of the process that works on it, or will */
    int done;      /**< its last result is among `results` */
    struct cs__extract_result *results, *last_result;
    uint64_t texts, text_bytes, warnings; /**< so far */
};

/** Zero-initialised is empty and valid. */
struct cs__extract_queue {
    struct cs__extract_job *first, *last;
    size_t pending; /**< jobs whose last result was not taken */
    uint64_t last_ticket;
    size_t ahead_bytes; /**< of results of jobs that are not the first */
};

/** A new job at the end, in `*out`, which lives until its last result is taken. `descriptor` is the queue's
 * from now on, also on error. Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__extract_queue_add(struct cs__extract_queue *queue, int descriptor, const char *name,
                                struct cs__extract_job **out, cs_error *error);
/** A job's next result; END and FAILED are its last. `text` is the queue's from now on, also on error.
 * Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__extract_queue_result(struct cs__extract_queue *queue, struct cs__extract_job *job,
                                   enum cs__extracted_what what, struct cs__text *text, const char *message,
                                   cs_error *error);
/** Give the first job's next result, its text being the caller's then. Returns 0 when there is none yet. */
int cs__extract_queue_take(struct cs__extract_queue *queue, struct cs__extracted *out);
void cs__extract_queue_free(struct cs__extract_queue *queue);

#endif
