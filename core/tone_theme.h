/* SPDX-License-Identifier: MIT */
/* The tone of all that was said on a theme at one visit.
 *
 * Input: passages, with the bytes in them that matched the theme. Output: one of the five tones, a score, the
 * strongest cues, and the sentence that speaks most clearly for each tone. A struct of plain data: nothing to
 * free, nothing can fail. */
#ifndef CORE_TONE_THEME_H
#define CORE_TONE_THEME_H

#include "core/tone.h"

#include <csearch/query.h>

#define CS__TONE_EVIDENCE_MAX 8

/** A cue with its passage. */
struct cs__tone_evidence {
    int64_t passage;     /**< as the caller names it */
    uint32_t start, end; /**< bytes of the passage, half open; empty for a section's grade */
    float weight;        /**< as in struct cs__tone_cue, times how closely its sentence is on the theme */
    enum cs__tone_reason reason;
};

/** A sentence with its passage. */
struct cs__tone_quote {
    int64_t passage;
    uint32_t start, end;
    float probability; /**< of the tone it stands for, times how closely it is on the theme; 0 for none */
};

/** The sums so far. Zeroed is empty and valid. */
struct cs__tone_theme {
    float weight;            /**< of all sentences that count, by how closely each is on the theme */
    float strength, concern; /**< sums of the probabilities of the sentences, a mixed one half and half */
    float progress;          /**< the part of `strength` that is owed to words of improvement */
    uint32_t sentences;      /**< that were on the theme */
    uint32_t evidence_count;
    struct cs__tone_evidence evidence[CS__TONE_EVIDENCE_MAX]; /**< strongest first */
    struct cs__tone_quote quotes[CS__TONE_NEUTRAL + 1];       /**< by tone; none for PROGRESS */
};

/**
 * Add the passage `text`, in which the theme matched at `marks` (in order; not empty).
 *
 * A sentence with a mark counts in full; one that goes on from it ("This ...", "However, ...") counts less;
 * others after it little; those before the first mark do not count. Without marks all sentences count in
 * full. A weakness that touches a small number of children only counts half, and a bullet under what needs to
 * improve counts more.
 */
void cs__tone_theme_add(struct cs__tone_theme *theme, int64_t passage, const char *text, size_t size,
                        const cs_range *marks, size_t mark_count, const struct cs__tone_context *context);

/** Add all that was added to `from`, which is left alone. */
void cs__tone_theme_merge(struct cs__tone_theme *theme, const struct cs__tone_theme *from);

/**
 * The tone of the theme: concern, mixed, strength by which side outweighs the other (strength from 3 : 1 on);
 * progress where much of what speaks for strength tells of improvement; neutral where too little was said
 * either way; none where nothing was added.
 */
enum cs__tone cs__tone_theme_label(const struct cs__tone_theme *theme);

/** -1 (concern only) .. 1 (strength only); 0 where nothing was said. */
float cs__tone_theme_score(const struct cs__tone_theme *theme);

#endif
