/* SPDX-License-Identifier: MIT */
/* Short forms: what the documents of an index say that a short form stands for, as in "children's advice and
 * support service (CASS)". The indexer collects them (table `short_form`). */
#ifndef QUERY_SHORT_FORM_H
#define QUERY_SHORT_FORM_H

#include "core/arena.h"
#include "query/reader.h"

/** Other forms of one, those that most passages explain first. */
#define CS__OTHER_FORMS_MAX 3

/** What a short form stands for, or a long form's short one, as it is written in the documents. */
struct cs__other_form {
    const char *text;
    int64_t passages; /**< that explain it */
};

/**
 * The long forms of `short_form`. `out` holds CS__OTHER_FORMS_MAX; texts are `arena`'s.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__short_form_expand(cs_reader *reader, const char *short_form, struct cs__arena *arena,
                                struct cs__other_form *out, size_t *count, cs_error *error);

/** The short forms of the long form whose terms, joined by blanks, are `terms`; else as above. */
cs_status cs__long_form_shorten(cs_reader *reader, const char *terms, struct cs__arena *arena,
                                struct cs__other_form *out, size_t *count, cs_error *error);

#endif
