/* SPDX-License-Identifier: MIT */
/* Echoes: telling a passage that only repeats another one. Input: texts of passages; output: the passage that
 * is repeated.
 *
 * Near-duplicates by containment of word runs ("shingles": A. Broder, "On the resemblance and containment of
 * documents", 1997): a passage is an echo when most of its runs of CS__ECHO_RUN words stand in a source, in
 * the same words but in any case, spacing and punctuation. */
#ifndef INDEXER_ECHO_H
#define INDEXER_ECHO_H

#include <csearch/types.h>

/** Words in a run. Shorter runs are shared by chance; longer ones miss quotations that a newspaper trims. */
#define CS__ECHO_RUN 4
/** A passage with fewer words is never an echo: headings and stock phrases repeat by nature. */
#define CS__ECHO_WORDS_MIN 8
/** The share of a passage's runs that must stand in sources: a quotation with the words that introduce it
 * still counts; a sentence that quotes half a sentence does not. Set on the articles and letters of one visit
 * in the test data. */
#define CS__ECHO_CONTAINMENT 0.65

struct cs__echoes;

/** The caller owns `*out`; release it with cs__echoes_free(). Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__echoes_new(struct cs__echoes **out);
void cs__echoes_free(struct cs__echoes *echoes);

/** Add a passage as a source. Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__echoes_add(struct cs__echoes *echoes, int64_t passage, const char *text, size_t size);

/**
 * Whether `text` repeats sources: `*source` is then the one that it shares most runs with (the first added,
 * of equals), else 0.
 *
 * Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__echoes_find(struct cs__echoes *echoes, const char *text, size_t size, int64_t *source);

#endif
