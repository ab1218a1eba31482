/* SPDX-License-Identifier: MIT */
/* Cues: first words by which furniture is known. Input: a block's text; output: what kind of furniture it
 * is. */
#ifndef INDEXER_LAYOUT_CUES_H
#define INDEXER_LAYOUT_CUES_H

#include "indexer/layout.h"

/** The kind of furniture that `block` is by its first words; its own kind where it is none. `is_site` says
 * whether a newspaper's own notes may stand in the text. */
enum cs__block_kind cs__cue_kind(const struct cs__block *block, int is_site);

/** Whether a text begins with `words`, which are in small letters, whatever its own letters' case. */
int cs__begins_with(const char *text, size_t size, const char *words);

#endif
