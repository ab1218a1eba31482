/* SPDX-License-Identifier: MIT */
/* Subject: the text of an area for improvement -> what it is about, as words with weights; and how much of
 * that a passage has.
 *
 * A word weighs as much as it is rare in the index (its idf, up to a bound); words of every such bullet,
 * which say how and not what ("ensure", "quality", "timely"), weigh little. A theme that the bullet names
 * (query/themes.txt) is a word more, whatever it is called there. Of a passage, the sentence with the most of
 * them is what answers: words in the sentences next to it count less, others little; two that stand close
 * together as they do in the bullet ("private fostering") count more. */
#ifndef QUERY_SUBJECT_H
#define QUERY_SUBJECT_H

#include "core/arena.h"
#include "query/expand.h"
#include "query/general_words.h"
#include "query/passage_words.h"
#include "query/timeline_ask.h"

/** What subjects are read with. Zero-initialised but for the first two is to be given to
 * cs__subjects_begin(). */
struct cs__subjects {
    cs_reader *reader;
    const struct cs__themes *themes;
    struct cs__asked *asked; /**< by theme: its words */
    size_t theme_count;
    struct cs__arena arena;
    struct cs__term_list general; /**< terms that say nothing of their own */
};

/** Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_ARGUMENT (the user's vocabulary can't be read). */
cs_status cs__subjects_begin(struct cs__subjects *subjects, cs_error *error);
void cs__subjects_end(struct cs__subjects *subjects);

/** Release with cs__subject_free(); zero-initialised is empty: nothing fits it. */
struct cs__subject {
    struct cs__expanded words;    /**< its tree is a BAG, or a single leaf or group; NULL for no words */
    const struct cs__node *bag;   /**< the same as a BAG in any case; NULL for no words */
    const struct cs__node *names; /**< a BAG of those that tell what it is about, for marks; NULL for none */
    double *weights;              /**< by child of `bag` */
    size_t word_count;            /**< children of `bag` that are words of the text; themes follow */
    double whole;                 /**< the score of a passage that says the same */
};

/** Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. On any error `*out` is empty. */
cs_status cs__subject_read(const struct cs__subjects *subjects, const char *text, size_t size,
                           struct cs__subject *out, cs_error *error);
void cs__subject_free(struct cs__subject *subject);

/** The score of a passage that says the same as the subject; weights must be known. */
double cs__subject_whole(const struct cs__subject *subject);

/** How a passage fits a subject. */
struct cs__fit {
    double score;    /**< as a share of the whole; 0 where nothing fits */
    double names;    /**< the heaviest word that stands in the sentence */
    int has_theme;   /**< a theme of the subject stands there; so too where the subject has none */
    size_t sentence; /**< where most of it stands */
};

/** Look at one passage. Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__subject_fit(const struct cs__subject *subject, const struct cs__passage_read *passage,
                          struct cs__fit *out);

#endif
