/* SPDX-License-Identifier: MIT */
/* Scope of a bullet: what it is about, and a visit -> whether the visit looked at it. */
#include "query/follow_up_scope.h"

#include <string.h>

#include "query/occur.h"
#include "query/reader.h"

/* Whether an area covered has a word that tells what the bullet is about. */
static cs_status is_named(cs_reader *reader, const struct cs__subject *subject, const cs_visit *visit,
                          int *named)
{
    const struct cs__words no_heading = {0};
    struct cs__arena work = {0};
    cs_status status = CS_OK;
    *named = 0;
    for (size_t i = 0; i < visit->scope_count && status == CS_OK && !*named; i++) {
        struct cs__words words;
        const char *area = visit->scope[i] != NULL ? visit->scope[i] : "";
        status = cs__words_read(reader->tokenizer, area, strlen(area), 1, &work, &words);
        if (status == CS_OK)
            *named = cs__tree_holds(subject->names, CS_MATCH_ANY, 0, &no_heading, &words);
    }
    cs__arena_free(&work);
    return status;
}

cs_status cs__bullet_scope(cs_reader *reader, const struct cs__subject *subject, cs_area area,
                           const cs_visit *visit, cs_scope *out)
{
    int named = 0;
    *out = cs__area_scope(visit, area);
    if (visit->kind == CS_VISIT_INSPECTION || area == CS_AREA_LSCB || visit->scope_count == 0 ||
        subject->names == NULL)
        return CS_OK;
    cs_status status = is_named(reader, subject, visit, &named);
    if (named)
        *out = CS_SCOPE_IN;
    else if (*out == CS_SCOPE_IN)
        *out = CS_SCOPE_UNKNOWN;
    return status;
}
