/* SPDX-License-Identifier: MIT */
/* Resolve: the `theme:NAME` of a parsed query -> the themes they name. Input: a tree with THEME nodes;
 * output: the same tree, each THEME with its theme, or with words in its place and a note that says which
 * names are near. */
#ifndef QUERY_THEMES_RESOLVE_H
#define QUERY_THEMES_RESOLVE_H

#include "query/parse.h"
#include "query/reader.h"
#include "query/themes.h"

/** Names that a note offers for one that is none. */
#define CS__THEMES_NEAR_MAX 4

/**
 * Names of themes that are spelt like `name`, or have it in them, nearest first; borrowed from `themes`.
 *
 * Returns how many `out` holds.
 */
size_t cs__themes_near(const struct cs__themes *themes, const char *name,
                       const char *out[CS__THEMES_NEAR_MAX]);

/**
 * The themes of a reader, read when first asked for; borrowed from it.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_ARGUMENT (the user's own file is none: the message names file and
 * line).
 */
cs_status cs__reader_themes(cs_reader *reader, const struct cs__themes **out, cs_error *error);

/**
 * Look up all themes that `query` names. `themes` NULL: those of the reader, if it comes to that. They must
 * outlive the query.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_ARGUMENT (as above).
 */
cs_status cs__themes_resolve(cs_reader *reader, const struct cs__themes *themes, struct cs__query *query,
                             cs_error *error);

#endif
