/* SPDX-License-Identifier: MIT */
/* Walk: paths given by the user -> sources, one a regular file, in the order of their paths.
 *
 * Below a folder, names that begin with '.' are left out, and so is a sidecar ("FILE.meta" beside FILE).
 * Links are followed: a file that is also found by its own name counts once, a folder is entered once, and a
 * link back to a folder it is in is reported. FIFOs, sockets and devices are reported and never opened. */
#ifndef INDEXER_WALK_H
#define INDEXER_WALK_H

#include <csearch/types.h>

#include "core/arena.h"
#include "indexer/source.h"

/** Called for each path that is there and can't be a source; `why` is a phrase ("is a device"). */
typedef void (*cs__walk_problem_fn)(void *context, const char *path, const char *why);

struct cs__walk_options {
    const char
        *without; /**< absolute path of the index: it, its journal and its lock are left out; may be NULL */
    cs__walk_problem_fn problem;
    void *context;
};

/** Zero-initialised is empty and valid. */
struct cs__sources {
    struct cs__arena arena;
    struct cs__source *items;
    size_t count;
    uint64_t bytes; /**< of all together */
};

/**
 * Find the files at or below `count` paths.
 *
 * `out` is filled; release it with cs__sources_free(). Returns CS_OK (also when some paths were reported as
 * problems) or CS_ERR_NOMEM.
 */
cs_status cs__walk(const char *const *paths, size_t count, const struct cs__walk_options *options,
                   struct cs__sources *out, cs_error *error);
void cs__sources_free(struct cs__sources *sources);

/**
 * `path` made absolute, with links resolved as far as it exists, from `arena`; NULL when memory is out.
 */
char *cs__path_absolute(struct cs__arena *arena, const char *path);

/** Whether `path` is `folder` or lies below it (both absolute). */
int cs__path_is_below(const char *path, const char *folder);

#endif
