/* SPDX-License-Identifier: MIT */
/**
 * Two visits side by side: section by section, what was said at both, what is new, what is gone, what is said
 * in another tone; and the themes, words and phrases of which more or less is said.
 *
 * What a visit did not look at never reads as gone. Counting is by text, as in timelines: echoes, furniture
 * and what reports say of themselves never count, and articles only where a visit has no papers of its own.
 *
 * Every struct here is a view into what it came from and is valid until that is freed; strings are UTF-8, NUL
 * terminated, and NULL where there is no value.
 */
#ifndef CSEARCH_COMPARE_H
#define CSEARCH_COMPARE_H

#include <csearch/timeline.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What became of something between two visits. */
typedef enum cs_change {
    CS_CHANGE_SAME = 0,             /**< said at both, neither better nor worse as far as can be told */
    CS_CHANGE_BETTER,               /**< said at both, in a better tone */
    CS_CHANGE_WORSE,                /**< said at both, in a worse tone */
    CS_CHANGE_NEW,                  /**< said at the second only, and the first looked */
    CS_CHANGE_GONE,                 /**< said at the first only, and the second looked */
    CS_CHANGE_NOT_LOOKED_AT,        /**< said at the first only: the second did not look */
    CS_CHANGE_NOT_LOOKED_AT_BEFORE, /**< said at the second only: the first did not look */
    CS_CHANGE_NOT_KNOWN             /**< said at one only; no paper tells whether the other looked */
} cs_change;

/** "same", "better", "worse", "new", "gone", "not looked at", "not looked at before", "scope unknown".
 * Static; never NULL. */
CS_API const char *cs_change_name(cs_change change);

/** A passage, and where one visit has none, its absence. */
typedef struct cs_compared_passage {
    const cs_hit *hit; /**< NULL for none */
    cs_tone tone;      /**< on the query, or of the whole passage without one */
} cs_compared_passage;

/** A passage of the first visit and its counterpart of the second; one of them may be missing. */
typedef struct cs_compared_pair {
    cs_compared_passage before, after;
    double similarity; /**< of the two, 0 .. 1; 0 where one is missing */
    cs_change change;
} cs_compared_pair;

/** One visit's part of a section. */
typedef struct cs_compared_side {
    const char *heading; /**< NULL where the visit's papers have no such section */
    cs_judged judgement; /**< of the area, stated or standing */
    cs_scope scope;      /**< whether the visit looked at the area */
    uint32_t passages;   /**< that count: with a query, those on it */
    uint64_t words;      /**< in these */
} cs_compared_side;

/** Sections of both visits on one area. */
typedef struct cs_compared_section {
    const char *name; /**< "help and protection", "areas for improvement", "summary and other"; never NULL */
    cs_area area;     /**< none where the papers tell none */
    cs_compared_side before, after;
    const cs_compared_pair *pairs; /**< in the order of the second visit, what is missing there behind it */
    size_t pair_count;             /**< all of them */
    size_t counts[CS_CHANGE_NOT_KNOWN + 1]; /**< of pairs, by change */
} cs_compared_section;

/** A theme, or a word or phrase, of which the two visits do not say the same. */
typedef struct cs_compared_theme {
    const char *name;                      /**< as the list of themes has it, or as the papers have it */
    int is_named;                          /**< it is a theme of the list; else a word or phrase */
    const cs_timeline_row *before, *after; /**< what each visit said, in which tone, and whether it looked */
    uint32_t before_said, after_said;      /**< how often the words of it stand in the text */
    double log_likelihood; /**< G2 of the two counts; 6.63 is a chance of one in a hundred, for one word
                              looked at alone */
    cs_change change;
} cs_compared_theme;

typedef struct cs_comparison cs_comparison;

/**
 * Compare two visits of the index, on `query` (`size` bytes, any bytes at all; none: everything).
 *
 * A visit is named by its id ("herefordshire/2025-11-10") or any part that names one only: authority and date
 * in any form that cs_date_parse() reads ("Herefordshire June 2023"), a date ("2023-06"), the beginning of an
 * id. Of two visits to one authority the earlier comes first, however they are given; of two authorities the
 * one given first. Filters of `options` are on the passages; limit is the themes listed (10) of each kind.
 * The caller owns `*out`; release it with cs_comparison_free() before the reader is closed. `options` may be
 * NULL.
 *
 * Returns:
 *   CS_OK             `*out` is set
 *   CS_ERR_NOT_FOUND  a name is that of no visit, or of several: the message names those that are near
 *   CS_ERR_ARGUMENT   both are one visit; a filter can't be read, or leaves nothing of a visit; the file of
 *                     themes can't be read: the message says which
 *   CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT, CS_ERR_CANCELLED
 * On any error `*out` is NULL.
 */
CS_API cs_status cs_comparison_build(cs_reader *reader, const char *before, const char *after,
                                     const char *query, size_t size, const cs_timeline_options *options,
                                     cs_comparison **out, cs_error *error);
/** One visit (0 the first, 1 the second) as a row of a timeline: what it says on the query in all. */
CS_API const cs_timeline_row *cs_comparison_side(const cs_comparison *comparison, int which);
CS_API size_t cs_comparison_sections(const cs_comparison *comparison);
/** Borrowed; NULL when `i` is past the end. */
CS_API const cs_compared_section *cs_comparison_section(const cs_comparison *comparison, size_t i);
/** What changed most first; none with a query. */
CS_API size_t cs_comparison_themes(const cs_comparison *comparison);
CS_API const cs_compared_theme *cs_comparison_theme(const cs_comparison *comparison, size_t i);
/** Passages on the query, at both visits. */
CS_API uint64_t cs_comparison_passages(const cs_comparison *comparison);
/** Whether both visits were to one authority, so that the one is before the other. */
CS_API int cs_comparison_is_one_authority(const cs_comparison *comparison);
/** As cs_timeline_theme(), cs_hits_read_as(), cs_hits_also_searched() and cs_hits_note(). */
CS_API const char *cs_comparison_theme_name(const cs_comparison *comparison);
CS_API const char *cs_comparison_read_as(const cs_comparison *comparison);
CS_API const char *cs_comparison_also_searched(const cs_comparison *comparison, size_t i);
CS_API const char *cs_comparison_note(const cs_comparison *comparison, size_t i);
CS_API void cs_comparison_free(cs_comparison *comparison);

#ifdef __cplusplus
}
#endif
#endif
