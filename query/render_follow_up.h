/* SPDX-License-Identifier: MIT */
/* Renderers of areas for improvement followed up: one function a format. Input: a follow-up; output: text on
 * a stream. */
#ifndef QUERY_RENDER_FOLLOW_UP_H
#define QUERY_RENDER_FOLLOW_UP_H

#include <csearch.h>

#include <stdio.h>

/** What is printed, and how. */
struct cs__follow_up_render {
    FILE *out;
    const cs_follow_up *follow_up;
    const char *query;     /**< as it was typed */
    const char *authority; /**< as it was asked for; NULL for none */
    cs_identity identity;  /**< of the index */
    unsigned width;        /**< columns */
    int color;
    int is_terminal; /**< a person reads it */
};

struct cs__follow_up_renderer {
    const char *name; /**< as --format has it */
    /** Print it. Returns 0, or -1 when writing failed. */
    int (*print)(const struct cs__follow_up_render *render);
};

/** The renderer of this name; NULL when there is none. */
const struct cs__follow_up_renderer *cs__follow_up_renderer_find(const char *name);

/** The object that --format json prints, owned by the caller; NULL when memory is out. `out` is not looked
 * at. */
struct json_t *cs__render_follow_up_answer(const struct cs__follow_up_render *render);

int cs__render_follow_up_text(const struct cs__follow_up_render *render);
int cs__render_follow_up_json(const struct cs__follow_up_render *render);
int cs__render_follow_up_jsonl(const struct cs__follow_up_render *render);
int cs__render_follow_up_csv(const struct cs__follow_up_render *render);
int cs__render_follow_up_html(const struct cs__follow_up_render *render);

/** What the silence of a visit means: "no clear answer", "looked at, not mentioned", "not looked at", "not
 * mentioned; scope unknown". Static. */
const char *cs__silent_visit_name(const cs_answering_visit *visit);

/** Bytes that cs__visit_line() writes at most, NUL included. */
#define CS__VISIT_LINE_SIZE 128

/** "28–29 June 2023, second monitoring visit": what a visit is, in words. Returns `out`. */
const char *cs__visit_line(const cs_visit *visit, char out[CS__VISIT_LINE_SIZE]);

#endif
