/* SPDX-License-Identifier: MIT */
/* Link, step 3: the judgements of each visit. An inspection's are those its documents state; a visit between
 * two inspections stands under the last one's. Input: visits by authority and date. */
#include "indexer/link_claims.h"

#include <string.h>

static int says(struct cs__link_judged judged)
{
    return judged.state != CS_STATE_UNKNOWN;
}

/* Two documents on one inspection that state different grades contradict each other; a document's own
 * conflict stays one. */
static void take_stated(struct cs__link_visit *visit)
{
    for (size_t i = 0; i < visit->claim_count; i++) {
        const struct cs__link_claim *claim = visit->claims[i];
        for (int area = 1; area < CS_AREA_COUNT; area++) {
            struct cs__link_judged *known = &visit->judgements[area], said = claim->judgements[area];
            if (!says(said))
                continue;
            if (!says(*known) || said.state == CS_STATE_OVERRIDE)
                *known = said;
            else if (known->state == CS_STATE_STATED && said.state == CS_STATE_STATED &&
                     known->value != said.value)
                known->state = CS_STATE_CONFLICT;
        }
    }
}

/* The inspection that a visit stands under: the last one before it, or the one that its documents name. */
static const struct cs__link_visit *inspection_before(const struct cs__link_visits *visits, size_t at)
{
    const struct cs__link_visit *visit = visits->items[at];
    const struct cs__link_visit *found = NULL;
    int undated = visit->date.precision == CS_PRECISION_UNKNOWN;
    for (size_t i = at; i-- > 0 && found == NULL;) {
        const struct cs__link_visit *other = visits->items[i];
        if (strcmp(other->authority, visit->authority) != 0)
            break;
        if (other->kind == CS_VISIT_INSPECTION && (undated ? cs__link_same_inspection(visit->baseline, other)
                                                           : other->date.last < visit->date.first))
            found = other;
    }
    return found;
}

static void stand_under(struct cs__link_visit *visit, const struct cs__link_visit *inspection)
{
    for (int area = 1; area < CS_AREA_COUNT; area++) {
        struct cs__link_judged from = inspection->judgements[area];
        if (!says(visit->judgements[area]) && from.value != CS_JUDGEMENT_NONE)
            visit->judgements[area] = (struct cs__link_judged){from.value, CS_STATE_STANDING, inspection};
    }
}

/* What the documents themselves say is in force, for a visit whose inspection is not in the index. */
static void stand_as_said(struct cs__link_visit *visit)
{
    struct cs__link_judged *overall = &visit->judgements[CS_AREA_OVERALL];
    for (size_t i = 0; i < visit->claim_count && !says(*overall); i++)
        if (visit->claims[i]->standing != CS_JUDGEMENT_NONE)
            *overall = (struct cs__link_judged){visit->claims[i]->standing, CS_STATE_STANDING, NULL};
}

/* An index that lacks an inspection must not let an older one stand: the documents date the one they mean. */
static int is_the_one_meant(const struct cs__link_visit *visit, const struct cs__link_visit *inspection)
{
    return visit->baseline.precision == CS_PRECISION_UNKNOWN ||
           cs__link_same_inspection(visit->baseline, inspection) ||
           visit->baseline.first <= inspection->date.last;
}

void cs__link_standing(struct cs__link_visits *visits)
{
    for (size_t i = 0; i < visits->count; i++)
        take_stated(visits->items[i]);
    for (size_t i = 0; i < visits->count; i++) {
        struct cs__link_visit *visit = visits->items[i];
        if (visit->kind == CS_VISIT_INSPECTION)
            continue;
        const struct cs__link_visit *inspection = inspection_before(visits, i);
        if (inspection != NULL && is_the_one_meant(visit, inspection))
            stand_under(visit, inspection);
        stand_as_said(visit);
    }
}
