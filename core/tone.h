/* SPDX-License-Identifier: MIT */
/* The tone of what inspectors wrote: of one sentence, and of all that was said on a theme.
 *
 * Input: UTF-8 (any bytes are safe). Output: a label, a score, and the cue words that led to it with their
 * weights, so that a reader can disagree. The cues and weights are a table, core/tone_weights.tsv, which
 * `make tone` makes and which is compiled in; tools/tone/README.md says how. Nothing is allocated here, and
 * nothing can fail. */
#ifndef CORE_TONE_H
#define CORE_TONE_H

#include <csearch/types.h>

#include <stddef.h>
#include <stdint.h>

/** A sentence is concern, mixed, strength or neutral; a theme may be progress, too. */
enum cs__tone {
    CS__TONE_NONE = 0, /**< nothing was said */
    CS__TONE_CONCERN,
    CS__TONE_MIXED,    /**< strengths and weaknesses both carry weight */
    CS__TONE_PROGRESS, /**< said to have improved, not (yet) to be good */
    CS__TONE_STRENGTH,
    CS__TONE_NEUTRAL /**< description, statistic, plan */
};

/** "concern", "mixed", "progress", "strength", "neutral"; "" for none. Static; never NULL. */
const char *cs__tone_name(enum cs__tone tone);

/** Why a cue counts as it does. */
enum cs__tone_reason {
    CS__TONE_CUE = 0,     /**< the words themselves */
    CS__TONE_IMPROVED,    /**< they tell of improvement */
    CS__TONE_NEGATION,    /**< "not", "lack of": a weakness by itself */
    CS__TONE_NEGATED,     /**< a cue turned by a negation before it */
    CS__TONE_RELIEVED,    /**< a weakness said to be met: "reduce delay" */
    CS__TONE_HISTORY,     /**< a weakness of an earlier visit */
    CS__TONE_CONCEDED,    /**< stands after "despite" */
    CS__TONE_HEDGE,       /**< "some children", "a small number of" */
    CS__TONE_CONTRAST,    /**< "but", "although" */
    CS__TONE_VARIABLE,    /**< speaks for mixed: "variable" */
    CS__TONE_DESCRIPTION, /**< speaks for neutral: "plans to" */
    CS__TONE_SECTION,     /**< the grade of the section; covers no bytes */
    CS__TONE_IMPROVEMENT  /**< listed under what needs to improve; covers no bytes */
};

/** "cue", "improved", "negation", "negated", "relieved", "history", "conceded", "hedge", "contrast",
 * "variable", "description", "section grade", "improvement bullet". Static; never NULL. */
const char *cs__tone_reason_name(enum cs__tone_reason reason);

/** One cue of a sentence: the bytes `start`..`end` (half open), and what they add, in log-odds: towards
 * strength where positive, towards concern where negative; for VARIABLE and DESCRIPTION, towards mixed and
 * neutral. */
struct cs__tone_cue {
    uint32_t start, end;
    float weight;
    enum cs__tone_reason reason;
};

/** Where a sentence stands; zeroed (or NULL) where nothing is known. */
struct cs__tone_context {
    cs_judgement judgement; /**< of the section */
    int improvement;        /**< it is a bullet under "What needs to improve": always a concern */
};

#define CS__TONE_CUES_MAX 32
/** Words after this one are not looked at. */
#define CS__TONE_WORDS_MAX 256

/** What one sentence says. */
struct cs__tone_sentence {
    enum cs__tone label; /**< never NONE or PROGRESS */
    float score;         /**< -1 (concern) .. 1 (strength): the difference of their probabilities */
    float probability[CS__TONE_NEUTRAL + 1]; /**< of each label; PROGRESS has none */
    float strength; /**< sum of what speaks for strength, progress included, at least 0 */
    float concern;  /**< sum of what speaks for concern, at least 0 */
    float progress; /**< the part of `strength` that tells of improvement */
    int hedged;     /**< about a small number of children only */
    uint32_t cue_count;
    struct cs__tone_cue
        cues[CS__TONE_CUES_MAX]; /**< in the order of the text; the first ones where there are more */
};

/** Read one sentence. `context` may be NULL. */
void cs__tone_sentence(const char *text, size_t size, const struct cs__tone_context *context,
                       struct cs__tone_sentence *out);

#endif
