/* SPDX-License-Identifier: MIT */
/* Hyphens at the ends of lines: is it "asylum-seeking", broken, or "improvement", hyphenated? The document
 * tells: the form that stands in it elsewhere is meant; where neither does, the hyphen stays. */
#ifndef INDEXER_LAYOUT_HYPHEN_H
#define INDEXER_LAYOUT_HYPHEN_H

#include "indexer/layout_draft.h"

/** Words broken at line ends, and how often each form stands unbroken. In the drafting's scratch arena. */
struct cs__hyphens {
    struct cs__hyphen_form *forms;
    size_t mask;  /**< slots - 1 */
    size_t count; /**< 0: no line ends with a hyphen in a word */
};

/** Read the whole text once, unless no line needs it. Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__hyphens_learn(struct cs__hyphens *hyphens, struct cs__drafting *drafting);

/**
 * Join what was written from `begin` to `to` with the line `text` that follows: append a blank or nothing, or
 * take back a hyphen. Returns where to write on.
 */
char *cs__hyphens_join(const struct cs__hyphens *hyphens, const char *begin, char *to, const char *text,
                       size_t size);

#endif
