/* SPDX-License-Identifier: MIT */
/* The areas that judgements are about, as the frameworks of 2013 to 2026 word them. */
#include "indexer/describer.h"

/* Longer wordings come before those that begin them. */
static const struct {
    const char *pattern;
    cs_area area;
} wordings[] = {
    {"overall effectiveness", CS_AREA_OVERALL},
    {"impact of leaders on? social? work? practice? with? children? and? their? families?",
     CS_AREA_LEADERSHIP},
    {"leadership management and governance", CS_AREA_LEADERSHIP},
    {"leadership and governance|management", CS_AREA_LEADERSHIP},
    {"effectiveness of the? help and protection provided to? children? young? people? families? and? carers?",
     CS_AREA_HELP_AND_PROTECTION},
    {"children and? young? people? who need help and|or protection", CS_AREA_HELP_AND_PROTECTION},
    {"children and? young? people? in care and care leavers", CS_AREA_CARE},
    {"children and? young? people? in care", CS_AREA_CARE},
    {"children and? young? people? looked after and achieving permanence", CS_AREA_CARE},
    {"looked after children and? young? people? and achieving permanence", CS_AREA_CARE},
    {"children looked after", CS_AREA_CARE},
    {"children? care leavers", CS_AREA_CARE_LEAVERS},
    {"care experienced young? people|adults", CS_AREA_CARE_LEAVERS},
    {"young people leaving care", CS_AREA_CARE_LEAVERS},
    {"adoption performance?", CS_AREA_ADOPTION},
    {"local safeguarding childrens|children board lscb?", CS_AREA_LSCB},
    {"safeguarding childrens|children board lscb?", CS_AREA_LSCB},
    {"lscb", CS_AREA_LSCB},
};

cs_area cs__area_find(const struct cs__prose *prose, size_t from, size_t *first, size_t *last)
{
    struct cs__prose_match match;
    for (size_t at = from; at < prose->count; at++)
        for (size_t i = 0; i < sizeof wordings / sizeof wordings[0]; i++)
            if (cs__prose_match_at(prose, at, wordings[i].pattern, &match)) {
                *first = match.first;
                *last = match.last;
                return wordings[i].area;
            }
    return CS_AREA_NONE;
}
