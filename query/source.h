/* SPDX-License-Identifier: MIT */
/* Sources: passage ids -> the documents, sections and visits that hits stand in, each read once a search. */
#ifndef QUERY_SOURCE_H
#define QUERY_SOURCE_H

#include <csearch/document.h>

#include "core/arena.h"
#include "query/reader.h"

/** A row of `passage`. */
struct cs__passage_row {
    int64_t document, section, lead; /**< 0 for none */
    int kind, flags;
    uint32_t page;
    const char *number; /**< borrowed from the arena given */
};

/** A row of `section`. */
struct cs__section_row {
    const char *heading; /**< borrowed from the arena given; NULL for none */
    cs_area area;
    cs_judgement judgement;
    cs_state state;
    int64_t first_passage, block_count;
};

/** A document with its visit (NULL where none is known). */
struct cs__source_document {
    cs_document document; /**< without fields; what it does not state stands or is derived from its visit */
    const cs_visit *visit;
};

struct cs__source_entry;

/** Zero-initialised but for `reader` and `arena` is empty and valid; nothing of its own is to be freed. */
struct cs__sources {
    cs_reader *reader;
    struct cs__arena *arena; /**< everything handed out lives here */
    struct cs__source_entry *documents, *visits, *sections;
    cs_status status; /**< of what was read so far; sticky */
    cs_error *error;  /**< of the call under way */
};

/** Each returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, or CS_ERR_CORRUPT when there is no such row. */
cs_status cs__source_passage(struct cs__sources *sources, int64_t id, struct cs__passage_row *out,
                             cs_error *error);
cs_status cs__source_section(struct cs__sources *sources, int64_t id, const struct cs__section_row **out,
                             cs_error *error);
cs_status cs__source_document(struct cs__sources *sources, int64_t id, const struct cs__source_document **out,
                              cs_error *error);

#endif
