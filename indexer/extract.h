/* SPDX-License-Identifier: MIT */
/* Extract: source -> text, in a pool of separate cs-extract processes.
 *
 * A process that crashes, hangs or eats memory costs its document only, and is replaced. Processes get an
 * open file descriptor and never open a path. One JSON Lines source gives many texts, streamed: at most a
 * bounded number is in memory at once. */
#ifndef INDEXER_EXTRACT_H
#define INDEXER_EXTRACT_H

#include <csearch/types.h>

#include "indexer/source.h"
#include "indexer/text.h"

struct cs__extract_options {
    const char *program; /**< path of cs-extract; NULL: the installed one */
    unsigned jobs;
    unsigned timeout_ms;       /**< for one document */
    uint64_t max_memory_bytes; /**< of a process */
    uint64_t max_file_bytes;   /**< except JSON Lines */
    unsigned wait_ms; /**< cs__extractor_next() comes back after this time also without a result, so that its
                           caller can look around; 0: it waits */
};

struct cs__extractor;

enum cs__extracted_what {
    CS__EXTRACTED_TEXT = 1,
    CS__EXTRACTED_END,
    CS__EXTRACTED_FAILED,
    CS__EXTRACTED_WARNING
};

/** What came out next. */
struct cs__extracted {
    enum cs__extracted_what what;
    uint64_t ticket;             /**< of cs__extractor_submit() */
    struct cs__text *text;       /**< TEXT: the receiver owns it; free with cs__text_free() then free() */
    char message[CS_ERROR_SIZE]; /**< FAILED: why; WARNING: what (e.g. a JSON Lines line that is none) */
};

cs_status cs__extractor_open(const struct cs__extract_options *options, struct cs__extractor **out,
                             cs_error *error);
/**
 * Queue an open file (`descriptor`, owned by the extractor from now on, also on error) for extraction; `name`
 * is its path, for messages and hints only. Results come in the order of tickets: all of one source, then END
 * or FAILED, then the next. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO (no process could be started).
 */
cs_status cs__extractor_submit(struct cs__extractor *extractor, int descriptor, const char *name,
                               uint64_t *ticket, cs_error *error);
/** How many sources are submitted and not yet ended; submit a few more than `jobs` to keep all busy. */
size_t cs__extractor_pending(const struct cs__extractor *extractor);
/** Wait for the next result. Returns CS_OK, CS_ERR_NOT_FOUND (nothing pending), CS_ERR_BUSY (nothing yet, see
 * `wait_ms`: call again), CS_ERR_NOMEM, CS_ERR_IO. */
cs_status cs__extractor_next(struct cs__extractor *extractor, struct cs__extracted *out, cs_error *error);
/** End all processes. NULL is allowed. */
void cs__extractor_close(struct cs__extractor *extractor);

#endif
