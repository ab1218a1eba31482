/* SPDX-License-Identifier: MIT */
/* Source: one file to index, as walk finds it. Output of walk, input of extract. */
#ifndef INDEXER_SOURCE_H
#define INDEXER_SOURCE_H

#include <csearch/types.h>

/** Strings are borrowed from the walk's result. */
struct cs__source {
    const char *path;    /**< absolute */
    const char *sidecar; /**< path of its ".meta" file; NULL where there is none */
    int64_t size;
    int64_t mtime_ns;
    uint8_t sha256[32]; /**< filled only when it had to be read */
    int has_sha256;
};

#endif
