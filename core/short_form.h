/* SPDX-License-Identifier: MIT */
/* Short forms: what a text itself says that a short form stands for, as in "children's advice and support
 * service (CASS)". Input: a passage; output: pairs. Whoever changes what a pair is raises CS__SCHEMA_VERSION:
 * an index keeps them. */
#ifndef CORE_SHORT_FORM_H
#define CORE_SHORT_FORM_H

#include <csearch/types.h>

/** Bytes of a short form, NUL included. */
#define CS__SHORT_FORM_SIZE 9

struct cs__short_form {
    char text[CS__SHORT_FORM_SIZE]; /**< as it is written, the s of a plural left out: "IRO" of "(IROs)" */
    cs_range long_form;             /**< bytes of the passage: several words */
};

/**
 * The next pair of `text` from byte `*at` on, which is moved behind it; 1 and `*out` is set, or 0 at the end.
 *
 * After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
 * (2003): each letter of the short form, from its end, is found in the words before the bracket, the first
 * one at the beginning of a word that is no stop word, within min(n + 5, 2n) words for n letters. A short
 * form has two capitals at least.
 */
int cs__short_form_next(const char *text, size_t size, size_t *at, struct cs__short_form *out);

#endif
