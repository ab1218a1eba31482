/* SPDX-License-Identifier: MIT */
/* The worker: requests from cs-index in, frames out, until the other end is closed. */
#ifndef INDEXER_EXTRACT_WORKER_H
#define INDEXER_EXTRACT_WORKER_H

#include <stdint.h>

/** Serve over CS__FRAME_DESCRIPTOR with at most `max_memory_bytes` (0: no limit). Returns the exit status. */
int cs__worker_serve(uint64_t max_memory_bytes);

#endif
