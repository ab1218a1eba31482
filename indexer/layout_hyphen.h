/* SPDX-License-Identifier: MIT */
/* Hyphens at the ends of lines: is it "asylum-seeking", broken, or "improvement", hyphenated? The document
 * tells: by the forms that stand in it elsewhere, by whether the parts are words of their own, and by whether
 * it hyphenates at all. In doubt the hyphen stays. */
#ifndef INDEXER_LAYOUT_HYPHEN_H
#define INDEXER_LAYOUT_HYPHEN_H

#include "indexer/layout_draft.h"

/** Words broken at line ends, and how often each form stands unbroken. In the drafting's scratch arena. */
struct cs__hyphens {
    struct cs__hyphen_form *forms;
    size_t mask;       /**< slots - 1 */
    size_t count;      /**< of words broken; 0: no line ends with a hyphen in a word */
    size_t hyphenated; /**< of them, those that a typesetter broke, beyond doubt */
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
