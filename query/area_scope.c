/* SPDX-License-Identifier: MIT */
/* Scope of an area: a visit and an area of judgement -> whether the visit looked at it. */
#include "query/area_scope.h"

#include "query/timeline_scope.h"

cs_scope cs__area_scope(const cs_visit *visit, cs_area area)
{
    if (visit->kind == CS_VISIT_INSPECTION && area == CS_AREA_LSCB) {
        cs_state state = visit->judgements[CS_AREA_LSCB].state;
        return state == CS_STATE_STATED || state == CS_STATE_CONFLICT || state == CS_STATE_OVERRIDE
                   ? CS_SCOPE_IN
                   : CS_SCOPE_OUT;
    }
    if (visit->kind == CS_VISIT_INSPECTION || (visit->scope_known == CS_SCOPE_IN && visit->scope_count == 0))
        return CS_SCOPE_IN;
    cs__area_set covered = cs__scope_areas(visit);
    if (covered == 0 || area <= CS_AREA_OVERALL)
        return CS_SCOPE_UNKNOWN;
    return covered & 1u << area ? CS_SCOPE_IN : CS_SCOPE_OUT;
}
