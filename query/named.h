/* SPDX-License-Identifier: MIT */
/* Queries that name an authority: "unregistered homes Warwickshire" asks for what Warwickshire's papers say
 * of unregistered homes, and their passages seldom repeat the name.
 *
 * Input: a parsed query; output: the same without the name, and a filter to the authority's papers; then the
 * matches of both, together. A name in quotation marks or behind = is a word like others. */
#ifndef QUERY_NAMED_H
#define QUERY_NAMED_H

#include "query/expand.h"
#include "query/parse.h"
#include "query/plan.h"

/** What a query asks for apart from the name. Zero-initialised: no authority is named. Release with
 * cs__named_free(). */
struct cs__named {
    const char *authority;     /**< as the table of authorities names it; NULL for none. Static */
    struct cs__expanded words; /**< without the name; `tree` is never NULL where one is named */
    struct cs__expanded name;  /**< the name as words */
    struct cs__filter *papers; /**< of the authority, in what the query's own filter passes */
};

/**
 * Take a name out of words side by side. None is taken where no other word is left, where a field or an
 * option says which authority or visit, or where the index has no paper of it; a name that is a common word
 * too (Reading) counts only with its capital behind other words.
 *
 * `arena` keeps the filter. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__named_find(cs_reader *reader, const struct cs__query *query, const cs_search_options *options,
                         const struct cs__expand_options *expand, struct cs__arena *arena,
                         struct cs__named *out, cs_error *error);
void cs__named_free(struct cs__named *named);

/**
 * Matches of the words in the authority's papers, and those anywhere of the whole query (`whole`) with all
 * its words, the name too. The former score as if they had the name, as well as the passage that has it best.
 *
 * `out->matches` is empty where no paper of the authority has any: then the whole query is to be asked as it
 * is. Returns as cs__plan_run().
 */
cs_status cs__named_run(cs_reader *reader, const struct cs__plan_request *whole,
                        const struct cs__named *named, struct cs__arena *arena, struct cs__notes *notes,
                        struct cs__planned *out, cs_error *error);

#endif
