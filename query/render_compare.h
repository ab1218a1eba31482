/* SPDX-License-Identifier: MIT */
/* Renderers of comparisons: one function a format. Input: a comparison; output: text on a stream. */
#ifndef QUERY_RENDER_COMPARE_H
#define QUERY_RENDER_COMPARE_H

#include <csearch.h>

#include <stdio.h>

/** Themes of a kind that are printed for people, unless more are asked for. */
#define CS__COMPARED_SHOWN 5

/** What is printed, and how. */
struct cs__compare_render {
    FILE *out;
    const cs_comparison *comparison;
    const char *query;    /**< as it was typed */
    cs_identity identity; /**< of the index */
    size_t limit;         /**< themes of a kind */
    unsigned width;       /**< columns */
    int color;
    int is_terminal; /**< a person reads it */
};

struct cs__compare_renderer {
    const char *name; /**< as --format has it */
    /** Print it. Returns 0, or -1 when writing failed. */
    int (*print)(const struct cs__compare_render *render);
};

/** The renderer of this name; NULL when there is none. */
const struct cs__compare_renderer *cs__compare_renderer_find(const char *name);

/** The object that --format json prints, owned by the caller; NULL when memory is out. `out` is not looked
 * at. */
struct json_t *cs__render_compare_answer(const struct cs__compare_render *render);

int cs__render_compare_text(const struct cs__compare_render *render);
int cs__render_compare_json(const struct cs__compare_render *render);
int cs__render_compare_jsonl(const struct cs__compare_render *render);
int cs__render_compare_csv(const struct cs__compare_render *render);
int cs__render_compare_html(const struct cs__compare_render *render);

/** Kinds of changed themes, in the order in which they are printed. */
enum cs__change_kind {
    CS__IN_ANOTHER_TONE = 0,
    CS__SAID_MORE,
    CS__SAID_LESS,
    CS__NOT_COMPARED, /**< one of the visits did not look, or nobody knows */
    CS__CHANGE_KINDS
};
enum cs__change_kind cs__change_kind_of(const cs_compared_theme *theme);
/** "In another tone", "New, or said more", "Gone, or said less", "Not looked at by both". Static. */
const char *cs__change_kind_name(enum cs__change_kind kind);

/** The `i`th theme of a kind, at most `limit` of them; those of another tone by how much it changed. NULL
 * when there are no more. */
const cs_compared_theme *cs__changed_theme(const struct cs__compare_render *render, enum cs__change_kind kind,
                                           size_t i);

#endif
