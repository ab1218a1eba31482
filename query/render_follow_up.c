/* SPDX-License-Identifier: MIT */
/* The table of formats, and the words that all of them use. */
#include "query/render_follow_up.h"

#include <string.h>

#include "query/render_words.h"

static const struct cs__follow_up_renderer renderers[] = {
    {"text", cs__render_follow_up_text},   {"json", cs__render_follow_up_json},
    {"jsonl", cs__render_follow_up_jsonl}, {"csv", cs__render_follow_up_csv},
    {"html", cs__render_follow_up_html},
};

const struct cs__follow_up_renderer *cs__follow_up_renderer_find(const char *name)
{
    for (size_t i = 0; i < sizeof renderers / sizeof renderers[0]; i++) {
        if (strcmp(renderers[i].name, name) == 0)
            return &renderers[i];
    }
    return NULL;
}

const char *cs__silent_visit_name(const cs_answering_visit *visit)
{
    if (visit->has_traces)
        return "no clear answer";
    if (visit->scope == CS_SCOPE_IN)
        return "looked at, not mentioned";
    return visit->scope == CS_SCOPE_OUT ? "not looked at" : "not mentioned; scope unknown";
}

const char *cs__visit_line(const cs_visit *visit, char out[CS__VISIT_LINE_SIZE])
{
    char date[CS_DATE_WORDS_SIZE], words[CS__VISIT_WORDS_SIZE];
    cs_date_words(visit->date, date);
    snprintf(out, CS__VISIT_LINE_SIZE, "%s, %s", *date != '\0' ? date : "date unknown",
             cs__visit_words(visit, words));
    return out;
}
