/* SPDX-License-Identifier: MIT */
/* Visits and judgements as a reader would say them, for text and pages. */
#include "query/render_words.h"

#include <stdio.h>

static const char *ordinal_name(int ordinal, char *out, size_t size)
{
    static const char *const names[] = {"",      "first",   "second", "third", "fourth", "fifth",
                                        "sixth", "seventh", "eighth", "ninth", "tenth"};
    int last = ordinal % 10, teen = ordinal % 100 / 10 == 1;
    if (ordinal < (int)(sizeof names / sizeof names[0]))
        return names[ordinal];
    snprintf(out, size, "%d%s", ordinal,
             teen        ? "th"
             : last == 1 ? "st"
             : last == 2 ? "nd"
             : last == 3 ? "rd"
                         : "th");
    return out;
}

char *cs__visit_words(const cs_visit *visit, char out[CS__VISIT_WORDS_SIZE])
{
    static const char *const names[] = {[CS_VISIT_UNKNOWN] = "visit",
                                        [CS_VISIT_INSPECTION] = "inspection",
                                        [CS_VISIT_MONITORING] = "monitoring visit",
                                        [CS_VISIT_FOCUSED] = "focused visit"};
    char ordinal[16];
    const char *nth = ordinal_name(visit->ordinal, ordinal, sizeof ordinal);
    snprintf(out, CS__VISIT_WORDS_SIZE, "%s%s%s", nth, *nth != '\0' ? " " : "", names[visit->kind]);
    return out;
}

void cs__hit_visit_words(const cs_hit *hit, char *out, size_t size)
{
    char words[CS__VISIT_WORDS_SIZE];
    cs_kind kind = hit->document->kind;
    const char *what = kind == CS_KIND_ARTICLE ? "article" : kind == CS_KIND_MINUTES ? "minutes" : NULL;
    if (hit->visit == NULL)
        snprintf(out, size, "%s", kind != CS_KIND_OTHER ? cs_kind_name(kind) : "");
    else
        snprintf(out, size, "%s%s%s", what != NULL ? what : "", what != NULL ? " on the " : "",
                 cs__visit_words(hit->visit, words));
}

void cs__hit_judgement_words(const cs_hit *hit, char *out, size_t size)
{
    const char *value = cs_judgement_name(hit->judgement.value), *area = cs_area_name(hit->judgement_area);
    cs_state state = hit->judgement.state;
    const char *how = state == CS_STATE_STATED || state == CS_STATE_UNKNOWN ? "" : cs_state_name(state);
    *out = '\0';
    if (*value != '\0')
        snprintf(out, size, "%s (%s%s%s)", value, area, *area != '\0' && *how != '\0' ? ", " : "", how);
    else if (*how != '\0')
        snprintf(out, size, "%s judgement %s", area, how);
}
