/* SPDX-License-Identifier: MIT */
/* Scope: the areas that a visit covered, and a theme -> whether the visit looked at it. */
#include "query/timeline_scope.h"

#include <string.h>
#include <strings.h>

#include "query/occur.h"
#include "query/reader.h"

/* How letters name the areas of a judgement, or a part of them. "Children in care and care leavers" is both.
 */
static const struct {
    const char *words;
    cs_area area;
} area_names[] = {
    {"children in care", CS_AREA_CARE},
    {"looked after", CS_AREA_CARE},
    {"in care", CS_AREA_CARE},
    {"placement", CS_AREA_CARE},
    {"foster", CS_AREA_CARE},
    {"permanence", CS_AREA_CARE},
    {"care leaver", CS_AREA_CARE_LEAVERS},
    {"leaving care", CS_AREA_CARE_LEAVERS},
    {"care experienced", CS_AREA_CARE_LEAVERS},
    {"care-experienced", CS_AREA_CARE_LEAVERS},
    {"adopt", CS_AREA_ADOPTION},
    {"protection", CS_AREA_HELP_AND_PROTECTION},
    {"children in need", CS_AREA_HELP_AND_PROTECTION},
    {"front door", CS_AREA_HELP_AND_PROTECTION},
    {"safeguarding hub", CS_AREA_HELP_AND_PROTECTION},
    {"referral", CS_AREA_HELP_AND_PROTECTION},
    {"early help", CS_AREA_HELP_AND_PROTECTION},
    {"assessment", CS_AREA_HELP_AND_PROTECTION},
    {"leader", CS_AREA_LEADERSHIP},
    {"management", CS_AREA_LEADERSHIP},
    {"workforce", CS_AREA_LEADERSHIP},
    {"quality assurance", CS_AREA_LEADERSHIP},
    {"performance", CS_AREA_LEADERSHIP},
    {"supervision", CS_AREA_LEADERSHIP},
};

cs__area_set cs__scope_areas_named(const char *words)
{
    cs__area_set areas = 0;
    for (size_t i = 0; i < sizeof area_names / sizeof area_names[0]; i++) {
        if (strcasestr(words, area_names[i].words) != NULL)
            areas |= 1u << area_names[i].area;
    }
    return areas;
}

cs__area_set cs__scope_areas(const cs_visit *visit)
{
    cs__area_set covered = 0;
    for (size_t i = 0; i < visit->scope_count; i++)
        covered |= visit->scope[i] != NULL ? cs__scope_areas_named(visit->scope[i]) : 0;
    return covered;
}

/* Whether one of the areas covered is called by the words of either tree. */
static cs_status is_named(cs_reader *reader, const struct cs__asked *asked, const cs_visit *visit, int *named)
{
    const struct cs__words no_heading = {0};
    struct cs__arena work = {0};
    cs_status status = CS_OK;
    *named = 0;
    for (size_t i = 0; i < visit->scope_count && status == CS_OK && !*named; i++) {
        struct cs__words words;
        const char *area = visit->scope[i] != NULL ? visit->scope[i] : "";
        status = cs__words_read(reader->tokenizer, area, strlen(area), 1, &work, &words);
        if (status == CS_OK && asked->words.tree != NULL)
            *named = cs__tree_holds(asked->words.tree, asked->match, 0, &no_heading, &words);
        if (status == CS_OK && !*named && asked->scope.tree != NULL)
            *named = cs__tree_holds(asked->scope.tree, CS_MATCH_ALL, 0, &no_heading, &words);
    }
    cs__arena_free(&work);
    return status;
}

cs_status cs__scope_of(cs_reader *reader, const struct cs__asked *asked, cs__area_set areas,
                       const cs_visit *visit, cs_scope *out)
{
    int named = 0;
    *out = CS_SCOPE_UNKNOWN;
    if (visit->kind == CS_VISIT_INSPECTION ||
        (visit->scope_known == CS_SCOPE_IN && visit->scope_count == 0)) {
        *out = CS_SCOPE_IN;
        return CS_OK;
    }
    if (visit->scope_count == 0 || asked->words.tree == NULL)
        return CS_OK;
    cs_status status = is_named(reader, asked, visit, &named);
    if (status != CS_OK)
        return status;
    if (named)
        *out = CS_SCOPE_IN;
    else if (asked->theme != NULL)
        *out = asked->theme->any_scope ? CS_SCOPE_UNKNOWN : CS_SCOPE_OUT;
    else if (areas != 0 && (cs__scope_areas(visit) & areas) == 0)
        *out = CS_SCOPE_OUT;
    return CS_OK;
}
