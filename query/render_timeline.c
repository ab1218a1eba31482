/* SPDX-License-Identifier: MIT */
/* The table of formats, and the words that all of them use. */
#include "query/render_timeline.h"

#include <string.h>

static const struct cs__timeline_renderer renderers[] = {
    {"text", cs__render_timeline_text},   {"json", cs__render_timeline_json},
    {"jsonl", cs__render_timeline_jsonl}, {"csv", cs__render_timeline_csv},
    {"html", cs__render_timeline_html},
};

const struct cs__timeline_renderer *cs__timeline_renderer_find(const char *name)
{
    for (size_t i = 0; i < sizeof renderers / sizeof renderers[0]; i++) {
        if (strcmp(renderers[i].name, name) == 0)
            return &renderers[i];
    }
    return NULL;
}

const char *cs__silence_name(const cs_timeline_row *row)
{
    if (row->kind != CS_ROW_VISIT)
        return "not mentioned";
    if (row->scope == CS_SCOPE_IN)
        return "in scope, not mentioned";
    if (row->scope == CS_SCOPE_OUT)
        return "not looked at";
    return "not mentioned; scope unknown";
}

const char *cs__cue_sign(const cs_cue *cue)
{
    if (strcmp(cue->reason, "variable") == 0)
        return "\xC2\xB1";
    if (strcmp(cue->reason, "description") == 0)
        return "o";
    return cue->weight < 0 ? "\xE2\x88\x92" : "+";
}
