/* SPDX-License-Identifier: MIT */
/**
 * Themes across visits: what was said of a theme at each visit, in which tone, and what nobody looked at.
 *
 * A theme is any query. Themes have names, too (query/themes.txt, and a file of the user's own): a query that
 * is nothing but such a name is read as the theme, unless `exact` is asked for, and `theme:NAME` always is.
 *
 * Counting is by text, not by headings: a passage counts when its own words match. What only repeats its
 * source (echoes) and furniture never count; articles and minutes count only where nothing else is known of a
 * visit, and are told apart.
 *
 * Every struct here is a view into what it came from and is valid until that is freed; strings are UTF-8, NUL
 * terminated, and NULL where there is no value.
 */
#ifndef CSEARCH_TIMELINE_H
#define CSEARCH_TIMELINE_H

#include <csearch/document.h>
#include <csearch/query.h>
#include <csearch/tone.h>
#include <csearch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a row of a timeline is about. */
typedef enum cs_row_kind {
    CS_ROW_VISIT = 0, /**< one visit */
    CS_ROW_DOCUMENT,  /**< a document of no known visit */
    CS_ROW_YEAR,      /**< all visits of a year, across authorities */
    CS_ROW_JUDGEMENT  /**< all visits with one overall judgement, across authorities */
} cs_row_kind;

/** A document behind a row. */
typedef struct cs_row_document {
    const cs_document *document; /**< without fields */
    uint32_t passages;           /**< that count; for one that is `apart`, that would */
    uint64_t words;              /**< of all its passages, echoes left out */
    int apart; /**< an article or minutes on a visit that has papers of its own: not in the row's counts */
} cs_row_document;

/** One row. */
typedef struct cs_timeline_row {
    cs_row_kind kind;
    const char *label;     /**< "herefordshire/2023-06-28", a path, "2018", "inadequate"; never NULL */
    const cs_visit *visit; /**< CS_ROW_VISIT only */
    cs_judged judgement;   /**< overall, stated or standing; of CS_ROW_JUDGEMENT, the one it is about */
    cs_scope scope;        /**< whether the visit looked at the theme */
    uint32_t passages;     /**< that count */
    uint64_t words;        /**< of all passages of the documents that count */
    double rate_per_1000;  /**< passages for each 1,000 words; 0 when there are none */
    uint32_t reports;      /**< documents that count */
    uint32_t reports_with; /**< of these, with passages on the theme */
    int at_second_hand;    /**< what counts is articles or minutes: no paper of the visit itself is here */
    cs_tone tone;
    double tone_score;      /**< -1 (concern) .. 1 (strength) */
    uint32_t tone_passages; /**< passages that the tone was read from: all, or a sample of them */
    const cs_cue *cues;     /**< strongest first */
    size_t cue_count;
    const cs_hit *best; /**< passage of the sentence that shows the tone best; NULL when there is none */
    cs_range sentence;  /**< that sentence, in the text of `best` */
    const cs_hit *hits; /**< the passages counted, those that show the tone best first; at most `limit` */
    const cs_tone *hit_tones; /**< of each of them; none where it was not looked at */
    size_t hit_count;
    const cs_row_document *documents; /**< none for rows across authorities */
    size_t document_count;
} cs_timeline_row;

/** How to group. */
typedef enum cs_timeline_by {
    CS_BY_AUTO = 0, /**< by visit where there is one authority only, else by year, then by judgement */
    CS_BY_VISIT,
    CS_BY_YEAR_AND_JUDGEMENT
} cs_timeline_by;

/** What to ask for; zero means the default. */
typedef struct cs_timeline_options {
    size_t struct_size;
    const cs_search_options *search; /**< filters, match and exact; limit: passages listed a row (3) */
    cs_timeline_by by;
    const char *themes_file; /**< the user's own themes, beside the built-in ones */
} cs_timeline_options;
#define CS_TIMELINE_OPTIONS_INIT                                                                             \
    {                                                                                                        \
        sizeof(cs_timeline_options), NULL, CS_BY_AUTO, NULL                                                  \
    }

typedef struct cs_timeline cs_timeline;

/**
 * Follow `query` (`size` bytes, any bytes at all) through the visits that pass the filters, oldest first.
 *
 * Words side by side must all stand in a passage, whatever `match` says but CS_MATCH_ANY. The caller owns
 * `*out`; release it with cs_timeline_free() before the reader is closed. `options` may be NULL.
 *
 * Returns:
 *   CS_OK            `*out` is set, and may have no rows
 *   CS_ERR_ARGUMENT  a filter can't be read, or the file of themes can't: the message says where
 *   CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT, CS_ERR_CANCELLED
 * On any error `*out` is NULL.
 */
CS_API cs_status cs_timeline_build(cs_reader *reader, const char *query, size_t size,
                                   const cs_timeline_options *options, cs_timeline **out, cs_error *error);
CS_API size_t cs_timeline_count(const cs_timeline *timeline);
/** Borrowed from `timeline`; NULL when `i` is past the end. */
CS_API const cs_timeline_row *cs_timeline_get(const cs_timeline *timeline, size_t i);
/** Passages counted, over all rows of one grouping. */
CS_API uint64_t cs_timeline_passages(const cs_timeline *timeline);
/** The life of the theme in a line: "raised in June 2018; a concern at 3 visits; last said to be good in
 * November 2025". Empty across authorities. Borrowed; never NULL. */
CS_API const char *cs_timeline_life(const cs_timeline *timeline);
/** The name of the theme that the query was read as; NULL when it was read as words. */
CS_API const char *cs_timeline_theme(const cs_timeline *timeline);
/** As cs_hits_read_as(), cs_hits_also_searched() and cs_hits_note(). */
CS_API const char *cs_timeline_read_as(const cs_timeline *timeline);
CS_API const char *cs_timeline_also_searched(const cs_timeline *timeline, size_t i);
CS_API const char *cs_timeline_note(const cs_timeline *timeline, size_t i);
CS_API void cs_timeline_free(cs_timeline *timeline);

/** One theme of a grid. */
typedef struct cs_grid_theme {
    const char *name;
    const char *group;            /**< heading that it stands under; NULL for none */
    const char *life;             /**< as cs_timeline_life() */
    uint64_t passages;            /**< that count, over all columns of one grouping */
    const cs_timeline_row *cells; /**< one a column, in their order */
} cs_grid_theme;

typedef struct cs_grid cs_grid;

/**
 * All themes through all visits that pass the filters: a timeline each, side by side.
 *
 * Of `query`, the fields are filters; its words, if there are any, name one theme, or a part of the names or
 * groups of several. The limit is that of each cell (1). The caller owns `*out`; release it with
 * cs_grid_free() before the reader is closed.
 *
 * Returns as cs_timeline_build().
 */
CS_API cs_status cs_grid_build(cs_reader *reader, const char *query, size_t size,
                               const cs_timeline_options *options, cs_grid **out, cs_error *error);
CS_API size_t cs_grid_columns(const cs_grid *grid);
/** The head of a column: a row in which nothing is counted. Borrowed; NULL when `i` is past the end. */
CS_API const cs_timeline_row *cs_grid_column(const cs_grid *grid, size_t i);
CS_API size_t cs_grid_themes(const cs_grid *grid);
/** In the order of the file. Borrowed; NULL when `i` is past the end. */
CS_API const cs_grid_theme *cs_grid_theme_get(const cs_grid *grid, size_t i);
/** As cs_hits_note(). */
CS_API const char *cs_grid_note(const cs_grid *grid, size_t i);
CS_API void cs_grid_free(cs_grid *grid);

#ifdef __cplusplus
}
#endif
#endif
