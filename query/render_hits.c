/* SPDX-License-Identifier: MIT */
/* The table of formats. */
#include "query/render_hits.h"

#include <string.h>

static const struct cs__hit_renderer renderers[] = {
    {"text", 0, cs__render_text}, {"json", 0, cs__render_json}, {"jsonl", 1, cs__render_jsonl},
    {"csv", 0, cs__render_csv},   {"html", 0, cs__render_html}, {"kwic", 0, cs__render_kwic},
    {"trec", 1, cs__render_trec},
};

const struct cs__hit_renderer *cs__hit_renderer_find(const char *name)
{
    for (size_t i = 0; i < sizeof renderers / sizeof renderers[0]; i++) {
        if (strcmp(renderers[i].name, name) == 0)
            return &renderers[i];
    }
    return NULL;
}
