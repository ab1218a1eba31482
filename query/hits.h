/* SPDX-License-Identifier: MIT */
/* Hits: matches -> what a reader is shown: texts, marks, excerpts, and where they stand. */
#ifndef QUERY_HITS_H
#define QUERY_HITS_H

#include <csearch/query.h>

#include "core/arena.h"
#include "query/match.h"
#include "query/rerank.h"
#include "query/source.h"

struct cs_hits {
    struct cs__arena arena; /**< owns all that hits point to */
    cs_hit *items;
    size_t count;
    uint64_t total;
    int total_is_bound;
    const char *read_as;
    const char *match;
    const char **also;
    size_t also_count;
    const char **notes;
    size_t note_count;
};

struct cs__hits_request {
    const struct cs__node *tree; /**< whose occurrences are marked; NULL for none */
    const struct cs__match *matches;
    size_t count;
    uint32_t offset;                       /**< of the first one, for ranks */
    int zero_continues;                    /**< a match with score 0 is there for the one that it continues */
    const struct cs__reranking *reranking; /**< for explanations; NULL for none */
    const cs_search_options *options;
    struct cs__sources *sources; /**< read for earlier hits, in the same arena; NULL for none */
};

/** Fill `hits->items`. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. */
cs_status cs__hits_fill(cs_reader *reader, const struct cs__hits_request *request, struct cs_hits *hits,
                        cs_error *error);

/** One line that finds a passage again: authority, document, date, paragraph, page. NULL when memory is out.
 */
const char *cs__citation(const cs_hit *hit, struct cs__arena *arena);

#endif
