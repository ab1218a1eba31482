/* SPDX-License-Identifier: MIT */
/* Match by text: a tree -> all passages whose own words match it, in the order of the index. Headings don't
 * count here: what stands under "care leavers" is not all about care leavers. */
#ifndef QUERY_MATCH_TEXT_H
#define QUERY_MATCH_TEXT_H

#include <csearch/query.h>

#include "query/filter.h"
#include "query/tree.h"

/** Ids of passages, ascending. Zero-initialised is empty and valid. */
struct cs__ids {
    int64_t *items; /**< owned; free with cs__ids_free() */
    size_t count, capacity;
    int is_bound; /**< of a query that asks for forms, more match than were looked at */
};

/**
 * All searchable passages that `tree` (expanded; NULL: all) matches and `filter` (NULL: all) lets pass.
 *
 * `match` ANY: one word of a BAG is enough; else all are needed. Echoes are among them. Returns CS_OK,
 * CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. On any error `*out` is empty.
 */
cs_status cs__match_text(cs_reader *reader, const struct cs__node *tree, cs_match_mode match,
                         const struct cs__filter *filter, struct cs__ids *out, cs_error *error);
/** Append one; returns 0 when memory is out. */
int cs__ids_add(struct cs__ids *ids, int64_t id);
void cs__ids_free(struct cs__ids *ids);

#endif
