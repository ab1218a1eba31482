/* SPDX-License-Identifier: MIT */
/* Split: blocks + description -> passages, what a reader is shown and what is written. One block is one
 * passage, but a very long paragraph is cut between sentences. Blocks that are no passages come along (not
 * searchable), so that a document can be described again. */
#ifndef INDEXER_SPLIT_H
#define INDEXER_SPLIT_H

#include <csearch/types.h>

#include "core/arena.h"
#include "indexer/describe.h"
#include "indexer/layout.h"

/** Stored in the index (passage.flags): append only. */
enum cs__passage_flags {
    CS__PASSAGE_SEARCHABLE = 1,
    CS__PASSAGE_IMPROVEMENT = 2, /**< a bullet under "What needs to improve" and its like */
    CS__PASSAGE_ECHO = 4,        /**< only repeats its source; set by link */
    CS__PASSAGE_CONTINUED = 8    /**< a cut of a long block: continues the passage before it */
};

/** A longer block is cut between sentences into passages of at most this many bytes. */
#define CS__PASSAGE_SIZE_MAX 8192

struct cs__passage {
    const struct cs__block *block;
    const char *text; /**< borrowed from the block */
    uint32_t size;
    uint32_t section; /**< index into the description's sections */
    uint32_t lead;    /**< index of the passage that leads it in; CS__NO_BLOCK for none */
    uint32_t start, end;
    uint32_t words; /**< by white space */
    uint8_t flags;
};

struct cs__passages {
    struct cs__arena arena;
    struct cs__passage *items;
    size_t count;
};

/** Borrows from `blocks`. Release `out` with cs__passages_free(). Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__split(const struct cs__blocks *blocks, const struct cs__described *described,
                    struct cs__passages *out, cs_error *error);
void cs__passages_free(struct cs__passages *passages);

#endif
