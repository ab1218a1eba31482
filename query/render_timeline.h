/* SPDX-License-Identifier: MIT */
/* Renderers of timelines: one function a format. Input: a timeline; output: text on a stream. A new format is
 * one file and one line of the table in render_timeline.c. */
#ifndef QUERY_RENDER_TIMELINE_H
#define QUERY_RENDER_TIMELINE_H

#include <csearch.h>

#include <stdio.h>

/** What is printed, and how. */
struct cs__timeline_render {
    FILE *out;
    const cs_timeline *timeline;
    const char *query;     /**< as it was typed */
    const char *authority; /**< that all of it is about; NULL for none, or several */
    cs_identity identity;  /**< of the index */
    unsigned width;        /**< columns */
    int color;
    int is_terminal; /**< a person reads it */
};

struct cs__timeline_renderer {
    const char *name; /**< as --format has it */
    /** Print it. Returns 0, or -1 when writing failed. */
    int (*print)(const struct cs__timeline_render *render);
};

/** The renderer of this name; NULL when there is none. */
const struct cs__timeline_renderer *cs__timeline_renderer_find(const char *name);

int cs__render_timeline_text(const struct cs__timeline_render *render);
int cs__render_timeline_json(const struct cs__timeline_render *render);
int cs__render_timeline_jsonl(const struct cs__timeline_render *render);
int cs__render_timeline_html(const struct cs__timeline_render *render);
int cs__render_timeline_csv(const struct cs__timeline_render *render);

/** A row as JSON, owned by the caller. */
struct json_t *cs__render_timeline_row(const cs_timeline_row *row);
/** The object that --format json prints, owned by the caller; NULL when memory is out. `out` is not looked
 * at. */
struct json_t *cs__render_timeline_answer(const struct cs__timeline_render *render);

/** What a row without passages means: "in scope, not mentioned", "not looked at", … Static. */
const char *cs__silence_name(const cs_timeline_row *row);

/** Where a cue leads: "+" to strength, "−" to concern, "±" to mixed, "o" to neutral. Static. */
const char *cs__cue_sign(const cs_cue *cue);

#endif
