/* SPDX-License-Identifier: MIT */
/* Renderers of hits: one struct of functions a format. Input: what a search gave; output: text on a stream. A
 * new format is one file and one line of the table in render_hits.c. */
#ifndef QUERY_RENDER_HITS_H
#define QUERY_RENDER_HITS_H

#include <csearch.h>

#include <stdio.h>

/** What is printed, and how. */
struct cs__render {
    FILE *out;
    const cs_hits *hits;
    const char *query; /**< as it was typed */
    size_t query_size;
    const char *query_id; /**< of a batch; NULL else */
    unsigned width;       /**< columns */
    int color;
    int is_terminal;             /**< a person reads it */
    int is_first;                /**< of a batch, or alone */
    const cs_identity *identity; /**< of the index, for the evidence; NULL leaves that out of JSON */
};

struct cs__hit_renderer {
    const char *name; /**< as --format has it */
    int in_batch;     /**< whether --batch may print it */
    /** Print all hits. Returns 0, or -1 when writing failed. */
    int (*print)(const struct cs__render *render);
};

/** The renderer of this name; NULL when there is none. */
const struct cs__hit_renderer *cs__hit_renderer_find(const char *name);

/** HIT of DESIGN 7, owned by the caller. */
struct json_t *cs__render_json_hit(const cs_hit *hit);
/** The object that --format json prints, owned by the caller; `out` is not looked at. */
struct json_t *cs__render_json_answer(const struct cs__render *render);

int cs__render_text(const struct cs__render *render);
int cs__render_json(const struct cs__render *render);
int cs__render_jsonl(const struct cs__render *render);
int cs__render_html(const struct cs__render *render);
int cs__render_csv(const struct cs__render *render);
int cs__render_kwic(const struct cs__render *render);
int cs__render_trec(const struct cs__render *render);

#endif
