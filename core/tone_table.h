/* SPDX-License-Identifier: MIT */
/* The tone table as it is compiled in: cue phrases with a kind and a weight each, and the constants of the
 * model. The Makefile makes it from core/tone_weights.tsv. Used by core/tone*.c alone. */
#ifndef CORE_TONE_TABLE_H
#define CORE_TONE_TABLE_H

#include <stdint.h>

/** What a phrase does; the names in the table are these in lower case. */
enum cs__tone_kind {
    CS__TONE_KIND_PLAIN = 0, /**< nothing: it keeps its words from being read as other cues */
    CS__TONE_KIND_STRENGTH,
    CS__TONE_KIND_CONCERN,
    CS__TONE_KIND_PROGRESS,
    CS__TONE_KIND_NEGATION, /**< turns the strengths after it: "do not always" */
    CS__TONE_KIND_ABSENCE,  /**< turns the weaknesses after it, too, negations among them: "no", "without" */
    CS__TONE_KIND_ORDER,    /**< turns all strengths after it: "Ensure that", at the beginning */
    CS__TONE_KIND_RELIEF,   /**< the weaknesses after it are being met: "reduce", "tackle" */
    CS__TONE_KIND_CONTRAST, /**< begins a clause of its own tone: "but" */
    CS__TONE_KIND_CONCEDE,  /**< what follows it up to the comma weighs little: "despite" */
    CS__TONE_KIND_HISTORY,  /**< the sentence looks back: "at the last inspection" */
    CS__TONE_KIND_SMALL,    /**< about few: "a small number of" */
    CS__TONE_KIND_MIXED,    /**< weight towards mixed */
    CS__TONE_KIND_NEUTRAL   /**< weight towards neutral */
};

struct cs__tone_entry {
    const char *phrase; /**< words in lower case, one space between; "^" is the beginning of the sentence */
    float weight;
    enum cs__tone_kind kind;
};

/** Longest phrase, in words. */
#define CS__TONE_PHRASE_WORDS 6

/** In the order of their bytes, so that the phrases that begin with the same words stand together. */
extern const struct cs__tone_entry cs__tone_entries[];
extern const uint32_t cs__tone_entry_count;

/** The constants, as in the head of core/tone_weights.tsv. Reaches are counted in words. */
struct cs__tone_model {
    float strength_bias;
    float mixed_bias, mixed_balance, mixed_contrast;
    float neutral_bias, neutral_evidence;
    float negated_strength, negated_concern, relieved_concern, past_concern, conceded;
    float balance_cap, contrast_cap, evidence_cap;
    uint32_t negation_reach, absence_reach, not_reach, relief_reach;
    float section[7]; /**< added for a section's judgement, by cs_judgement */
};
extern const struct cs__tone_model cs__tone_model;

#endif
