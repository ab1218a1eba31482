/* SPDX-License-Identifier: MIT */
/* Walk: paths given by the user -> sources, one a regular file, in a stable order. Never opens a FIFO or a
 * device, follows links but not loops. */
#ifndef INDEXER_SOURCE_H
#define INDEXER_SOURCE_H

#include <csearch/types.h>

/** One file to index. Strings are borrowed from the walk. */
struct cs__source {
    const char *path; /**< absolute */
    int64_t size;
    int64_t mtime_ns;
    uint8_t sha256[32]; /**< filled only when it had to be read */
    int has_sha256;
};

#endif
