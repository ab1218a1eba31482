/* SPDX-License-Identifier: MIT */
/* Judgements of a report: what the rules found, and whether they agree. */
#include "indexer/describe_judgements.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"

/* No report states so many judgements; a hostile one may. */
enum { JUDGEMENTS_MAX = 512 };

static void add(struct cs__describer *d, struct cs__judgement_found found)
{
    struct cs__judgement_found *kept = cs__arena_alloc(&d->scratch, sizeof *kept);
    d->failed |= kept == NULL;
    if (kept == NULL || d->judgement_count == JUDGEMENTS_MAX)
        return;
    *kept = found;
    if (d->last_judgement != NULL)
        d->last_judgement->next = kept;
    else
        d->judgements = kept;
    d->last_judgement = kept;
    d->judgement_count++;
}

void cs__judgements_add(struct cs__describer *d, cs_area area, cs_judgement judgement,
                        struct cs__evidence evidence, const char *rule)
{
    add(d, (struct cs__judgement_found){.area = area,
                                        .judgement = judgement,
                                        .evidence = evidence,
                                        .grade = CS__NO_EVIDENCE,
                                        .rule = rule});
}

void cs__judgements_add_cells(struct cs__describer *d, cs_area area, cs_judgement judgement, size_t label,
                              size_t grade, int alone, const char *rule)
{
    struct cs__judgement_found found = {.area = area, .judgement = judgement, .alone = alone, .rule = rule};
    found.evidence = cs__evidence_block(d, label);
    found.grade = grade != label ? cs__evidence_block(d, grade) : CS__NO_EVIDENCE;
    add(d, found);
}

static const struct cs__judgement_found *first_of(const struct cs__describer *d, cs_area area)
{
    for (const struct cs__judgement_found *found = d->judgements; found != NULL; found = found->next)
        if (found->area == area)
            return found;
    return NULL;
}

static const struct cs__judgement_found *against(const struct cs__judgement_found *first)
{
    for (const struct cs__judgement_found *found = first->next; found != NULL; found = found->next)
        if (found->area == first->area && found->judgement != first->judgement)
            return found;
    return NULL;
}

/* Field names live as long as the program: one a row of the areas. */
static const char *const field_names[CS_AREA_COUNT] = {
    [CS_AREA_OVERALL] = "judgement.overall",
    [CS_AREA_LEADERSHIP] = "judgement.leadership",
    [CS_AREA_HELP_AND_PROTECTION] = "judgement.help_and_protection",
    [CS_AREA_CARE] = "judgement.care",
    [CS_AREA_CARE_LEAVERS] = "judgement.care_leavers",
    [CS_AREA_ADOPTION] = "judgement.adoption",
    [CS_AREA_LSCB] = "judgement.lscb",
};

static void decide(struct cs__describer *d, cs_area area)
{
    const struct cs__judgement_found *found = first_of(d, area);
    if (found == NULL)
        return;
    const struct cs__judgement_found *other = against(found);
    const char *value = cs_judgement_name(found->judgement);
    d->judged[area] = found->judgement;
    d->judged_state[area] = other == NULL ? CS_STATE_STATED : CS_STATE_CONFLICT;
    if (other == NULL)
        cs__describer_add_two(d, field_names[area], value, CS_STATE_STATED, found->evidence, found->grade,
                              found->rule);
    else
        cs__describer_add_two(d, field_names[area], value, CS_STATE_CONFLICT, found->evidence,
                              other->evidence, found->rule);
}

static void decide_missing(struct cs__describer *d, cs_area area, cs_state state, const char *rule)
{
    if (d->judged[area] != CS_JUDGEMENT_NONE)
        return;
    d->judged_state[area] = state;
    cs__describer_add(d, field_names[area], NULL, state, CS__NO_EVIDENCE, rule);
}

/* What the framework does not give, or should have given. */
static void decide_absent(struct cs__describer *d)
{
    int known = d->visit.precision != CS_PRECISION_UNKNOWN;
    if (!d->ilacs) {
        decide_missing(d, CS_AREA_OVERALL, CS_STATE_UNREADABLE, "report.overall-missing");
        return;
    }
    /* Since April 2026 a report has no overall judgement; care leavers are judged apart since January 2023.
     */
    if (known && d->visit.first >= cs__day_from_civil(2026, 4, 1))
        decide_missing(d, CS_AREA_OVERALL, CS_STATE_NOT_REPORTED, "ilacs.no-overall-since-2026-04");
    else
        decide_missing(d, CS_AREA_OVERALL, CS_STATE_UNREADABLE, "report.overall-missing");
    if (known && d->visit.first < cs__day_from_civil(2023, 1, 1))
        decide_missing(d, CS_AREA_CARE_LEAVERS, CS_STATE_NOT_YET_EXISTING,
                       "ilacs.care-leavers-since-2023-01");
    else
        decide_missing(d, CS_AREA_CARE_LEAVERS, CS_STATE_UNREADABLE, "report.judgement-missing");
    for (cs_area area = CS_AREA_LEADERSHIP; area <= CS_AREA_CARE; area++)
        decide_missing(d, area, CS_STATE_UNREADABLE, "report.judgement-missing");
}

/* How a report says what was judged before. */
static const struct {
    const char *pattern;
    const char *rule;
} previous[] = {
    {"last|previous ~3 inspection ~14 overall effectiveness was|were ~4 <judgement>",
     "previous.overall-effectiveness"},
    {"last|previous ~3 inspection ~16 were|was judged|found|graded|rated ~5 <judgement>", "previous.judged"},
    {"last|previous ~3 inspection ~16 were|was <judgement>", "previous.judged"},
    {"inspection ~4 <date> when ~10 judged|found|graded|rated ~4 <judgement>", "previous.judged"},
    {"were|was judged|graded|rated to? be? <judgement> ~4 at|in the last|previous ~2 inspection",
     "previous.judged"},
};

/* "The last inspection ... The judgements were:", then a bullet "overall effectiveness: inadequate". */
static int previous_from_list(struct cs__describer *d, size_t block)
{
    struct cs__prose_match match;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    if (d->blocks->items[block].kind != CS__BLOCK_BULLET ||
        !cs__prose_find(prose, 0, "overall effectiveness : <judgement>", &match))
        return 0;
    cs__describer_add(d, "previous_overall", cs_judgement_name(match.judgement), CS_STATE_STATED,
                      cs__evidence_block(d, block), "previous.list");
    return 1;
}

static int previous_from_sentence(struct cs__describer *d, size_t block)
{
    struct cs__prose_match match;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    for (size_t i = 0; i < sizeof previous / sizeof previous[0]; i++)
        if (cs__prose_find(prose, 0, previous[i].pattern, &match)) {
            cs__describer_add(d, "previous_overall", cs_judgement_name(match.judgement), CS_STATE_STATED,
                              cs__evidence_words(d, block, match.first, match.last), previous[i].rule);
            return 1;
        }
    return 0;
}

static void read_previous(struct cs__describer *d)
{
    for (size_t block = 0, body = 0; block < d->blocks->count && body < 120; block++) {
        if (!cs__describer_is_body(d, block))
            continue;
        body++;
        if (previous_from_list(d, block) || (body < 40 && previous_from_sentence(d, block)))
            return;
    }
}

void cs__describe_judgements(struct cs__describer *d)
{
    cs__judgements_from_tables(d);
    cs__judgements_from_front(d);
    cs__judgements_from_headings(d);
    if (!d->ilacs && first_of(d, CS_AREA_OVERALL) == NULL)
        cs__judgements_from_title_page(d);
    for (cs_area area = CS_AREA_OVERALL; area < CS_AREA_COUNT; area++)
        decide(d, area);
    decide_absent(d);
    read_previous(d);
}
