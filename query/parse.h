/* SPDX-License-Identifier: MIT */
/* Parse: lexemes -> a tree and the fields beside it. Nothing is an error: an operator that has nothing to
 * work on is read as a word, a bracket without its pair is left out, and a note says so. The grammar is in
 * cs-query(7). */
#ifndef QUERY_PARSE_H
#define QUERY_PARSE_H

#include <csearch/types.h>

#include "core/arena.h"
#include "core/buffer.h"
#include "query/lex.h"
#include "query/notes.h"
#include "query/tree.h"

/** Brackets within brackets; deeper ones are left out. */
#define CS__QUERY_DEPTH_MAX 32

/** `authority:Leeds`: a filter on the whole query. Values of one field are alternatives (dates: all hold),
 * those negated are all excluded. */
struct cs__field_value {
    enum cs__query_field field;
    const char *value;
    int negated;
};

/** Release with cs__query_free(); zero-initialised is an empty query. */
struct cs__query {
    struct cs__arena arena;
    struct cs__node *tree; /**< leaves have `typed` only, no terms; NULL where there are no words */
    struct cs__field_value *fields;
    size_t field_count;
    struct cs__notes notes; /**< those of lex included */
};

/** Nothing is borrowed from `lexemes`. Returns CS_OK or CS_ERR_NOMEM (`*out` is then empty). */
cs_status cs__parse(const struct cs__lexemes *lexemes, struct cs__query *out, cs_error *error);
void cs__query_free(struct cs__query *query);

/**
 * Append the query in canonical form: one that is read the same way, brackets and all.
 *
 * Memory running out shows in `out->failed`.
 */
void cs__query_print(const struct cs__query *query, struct cs__buffer *out);
/** The same for one tree; NULL prints nothing. */
void cs__tree_print(const struct cs__node *tree, struct cs__buffer *out);

/**
 * Whether `value` can be a value of `field`: a known kind or area, a judgement or a range of them, a date.
 * Names of authorities, sections and visits may be anything.
 */
int cs__field_takes(enum cs__query_field field, const char *value);

/**
 * Read a judgement ("good") or a range ("inadequate..good", in either order, "..good", "good..").
 *
 * Returns CS_OK, or CS_ERR_ARGUMENT.
 */
cs_status cs__judgement_range_parse(const char *text, cs_judgement *low, cs_judgement *high);

#endif
