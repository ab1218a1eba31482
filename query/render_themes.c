/* SPDX-License-Identifier: MIT */
/* The table of formats, and the signs that all of them use. */
#include "query/render_themes.h"

#include <string.h>

static const struct cs__themes_renderer renderers[] = {
    {"text", cs__render_themes_text}, {"json", cs__render_themes_json}, {"jsonl", cs__render_themes_jsonl},
    {"csv", cs__render_themes_csv},   {"html", cs__render_themes_html},
};

const struct cs__themes_renderer *cs__themes_renderer_find(const char *name)
{
    for (size_t i = 0; i < sizeof renderers / sizeof renderers[0]; i++) {
        if (strcmp(renderers[i].name, name) == 0)
            return &renderers[i];
    }
    return NULL;
}

const char *cs__cell_sign(const cs_timeline_row *cell)
{
    static const char *const tones[] = {[CS_TONE_NONE] = "o",         [CS_TONE_CONCERN] = "\xE2\x88\x92",
                                        [CS_TONE_MIXED] = "\xC2\xB1", [CS_TONE_PROGRESS] = "\xE2\x86\x91",
                                        [CS_TONE_STRENGTH] = "+",     [CS_TONE_NEUTRAL] = "o"};
    if (cell->passages > 0)
        return tones[cell->tone];
    if (cell->kind != CS_ROW_VISIT || cell->scope == CS_SCOPE_IN)
        return "\xC2\xB7";
    return cell->scope == CS_SCOPE_OUT ? "\xC3\x97" : "?";
}
