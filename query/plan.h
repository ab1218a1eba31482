/* SPDX-License-Identifier: MIT */
/* Plan: an expanded tree and a filter -> matches, by way of as many questions to the matcher as it takes:
 * words in one passage, else in one section, else most of them; forms looked up in the text; queries without
 * words. */
#ifndef QUERY_PLAN_H
#define QUERY_PLAN_H

#include <csearch/query.h>

#include "core/arena.h"
#include "query/filter.h"
#include "query/match.h"
#include "query/notes.h"

struct cs__plan_request {
    const struct cs__node *tree;     /**< expanded; NULL: everything */
    const struct cs__filter *filter; /**< NULL: all passages */
    cs_match_mode match;
    uint32_t limit;
};

struct cs__planned {
    struct cs__matches matches; /**< owned; free with cs__matches_free() */
    const char *how;            /**< "all", "section", "most", "any", "phrase", "boolean"; static */
    cs_match_mode match;        /**< with `minimum`: what the tree was held against in the end */
    uint32_t minimum;
};

/**
 * Ask until there is an answer. Notes tell the reader what was relaxed.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT; on any error `out->matches` is empty.
 */
cs_status cs__plan_run(cs_reader *reader, const struct cs__plan_request *request, struct cs__arena *arena,
                       struct cs__notes *notes, struct cs__planned *out, cs_error *error);

#endif
