/* SPDX-License-Identifier: MIT */
/* Short forms: what the documents themselves say that a short form stands for, as in "children's advice and
 * support service (CASS)". */
#ifndef QUERY_SHORT_FORM_H
#define QUERY_SHORT_FORM_H

#include "core/arena.h"
#include "query/reader.h"

/** Long forms of one short form, those found first first. */
#define CS__LONG_FORMS_MAX 3

/**
 * The long form that stands before "(`short_form`)" in `text`; 1 and its bytes in `*out`, or 0.
 *
 * After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
 * (2003): each letter of the short form, from its end, is found in the words before the bracket, the first
 * one at the beginning of a word, within min(n + 5, 2n) words for n letters.
 */
int cs__long_form_before(const char *text, size_t size, const char *short_form, cs_range *out);

/**
 * The long forms that passages with `term` (of the word typed as `short_form`) give it, as they are written
 * there.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__short_form_mine(cs_reader *reader, const char *short_form, const char *term,
                              struct cs__arena *arena, const char *out[CS__LONG_FORMS_MAX], size_t *count,
                              cs_error *error);

#endif
