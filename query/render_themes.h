/* SPDX-License-Identifier: MIT */
/* Renderers of grids of themes: one function a format. Input: a grid; output: text on a stream. */
#ifndef QUERY_RENDER_THEMES_H
#define QUERY_RENDER_THEMES_H

#include <csearch.h>

#include <stdio.h>

/** What is printed, and how. */
struct cs__themes_render {
    FILE *out;
    const cs_grid *grid;
    const char *query;     /**< as it was typed */
    const char *authority; /**< that all of it is about; NULL for none, or several */
    cs_identity identity;  /**< of the index */
    unsigned width;        /**< columns */
    int color;
    int is_terminal; /**< a person reads it */
};

struct cs__themes_renderer {
    const char *name; /**< as --format has it */
    /** Print it. Returns 0, or -1 when writing failed. */
    int (*print)(const struct cs__themes_render *render);
};

/** The renderer of this name; NULL when there is none. */
const struct cs__themes_renderer *cs__themes_renderer_find(const char *name);

int cs__render_themes_text(const struct cs__themes_render *render);
int cs__render_themes_json(const struct cs__themes_render *render);
int cs__render_themes_jsonl(const struct cs__themes_render *render);
int cs__render_themes_html(const struct cs__themes_render *render);
int cs__render_themes_csv(const struct cs__themes_render *render);

/** A cell as one sign: "−" concern, "±" mixed, "↑" progress, "+" strength, "o" neutral; "·" in scope and not
 * mentioned, "×" not looked at, "?" scope unknown. Static. */
const char *cs__cell_sign(const cs_timeline_row *cell);

#endif
