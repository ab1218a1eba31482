/* SPDX-License-Identifier: MIT */
/* The line that shows how far a run is, on a terminal: files, megabytes, rate, time left. */
#ifndef INDEXER_CLI_PROGRESS_H
#define INDEXER_CLI_PROGRESS_H

#include <stdint.h>
#include <stdio.h>

struct cs__progress {
    FILE *out; /**< NULL: show nothing */
    int shown; /**< a line stands there */
    int64_t began_ms, last_ms;
    uint64_t files_done, files_total, bytes_done, bytes_total;
};

/** Milliseconds of a clock that only goes forward. */
int64_t cs__now_ms(void);
/** `out` NULL shows nothing. */
void cs__progress_begin(struct cs__progress *progress, FILE *out);
/** Take the numbers of a cs_progress_fn; now and then, draw. */
void cs__progress_update(struct cs__progress *progress, const char *stage, uint64_t done, uint64_t total);
/** Take the line away: something else is to be printed, or all is done. */
void cs__progress_clear(struct cs__progress *progress);

/** `number` with thousands separated by commas. Returns `out`. */
char *cs__thousands(uint64_t number, char out[32]);

#endif
