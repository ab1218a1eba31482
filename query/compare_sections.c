/* SPDX-License-Identifier: MIT */
/* Sections: the passages of two visits -> pairs of counterparts with their tones, under the section of the
 * one that was said last. */
#include <string.h>

#include "core/error.h"
#include "query/area_scope.h"
#include "query/change.h"
#include "query/compare_build.h"
#include "query/compare_pairs.h"
#include "query/timeline_tone.h"

/* Passages below this likeness are no counterparts; with a query they are about one thing anyhow. Set by
 * reading pairs of one authority's reports. */
static const double least_alike = 0.15, least_on_query = 0.08;

/* The groups in the order of a report. `area` none: what stands in no section on an area. */
enum { IMPROVEMENTS = CS_AREA_COUNT, GROUP_COUNT };
static const int order[] = {CS_AREA_NONE,       IMPROVEMENTS,         CS_AREA_HELP_AND_PROTECTION,
                            CS_AREA_CARE,       CS_AREA_CARE_LEAVERS, CS_AREA_ADOPTION,
                            CS_AREA_LEADERSHIP, CS_AREA_LSCB};

struct builder {
    struct cs__comparing *comparing;
    struct cs__pairs pairs;
    struct cs__toned_list toned[2];
    const cs_hit *hits[2]; /* by visit: of its passages, in their order */
    const cs_visit *visits[2];
};

static int group_of(const struct cs__passage_read *passage)
{
    cs_area area = passage->section != NULL ? passage->section->area : CS_AREA_NONE;
    if (cs__passage_is_improvement(passage))
        return IMPROVEMENTS;
    return area > CS_AREA_OVERALL && area < CS_AREA_COUNT ? (int)area : CS_AREA_NONE;
}

static const char *group_name(int group)
{
    if (group == IMPROVEMENTS)
        return "areas for improvement";
    return group == CS_AREA_NONE ? "summary and other" : cs_area_name((cs_area)group);
}

static cs_status read_tones(struct builder *builder, cs_error *error)
{
    struct cs__comparing *comparing = builder->comparing;
    cs_status status = CS_OK;
    for (int i = 0; i < 2 && status == CS_OK; i++)
        status = cs__toned_read(&comparing->sources, comparing->asked.words.tree, &comparing->ids[i],
                                &builder->toned[i], error);
    return status;
}

static cs_status fill_hits(struct builder *builder, cs_error *error)
{
    struct cs__comparing *comparing = builder->comparing;
    struct cs_hits *hits = &comparing->out->hits;
    for (int i = 0; i < 2; i++) {
        size_t count = comparing->told[i].count;
        struct cs__match *matches = cs__arena_array(&comparing->work, count + 1, sizeof *matches);
        if (matches == NULL)
            return cs__error_nomem(error);
        for (size_t j = 0; j < count; j++)
            matches[j].passage = comparing->told[i].items[j]->id;
        struct cs__hits_request request = {.tree = comparing->asked.words.tree,
                                           .matches = matches,
                                           .count = count,
                                           .options = &comparing->request.search,
                                           .sources = &comparing->sources};
        hits->items = NULL;
        hits->count = 0;
        cs_status status = cs__hits_fill(comparing->reader, &request, hits, error);
        if (status != CS_OK)
            return status;
        builder->hits[i] = hits->items;
    }
    return CS_OK;
}

static cs_compared_passage passage_of(const struct builder *builder, int which, size_t i)
{
    if (i == CS__NO_COUNTERPART)
        return (cs_compared_passage){NULL, CS_TONE_NONE};
    const struct cs__toned *toned =
        cs__toned_find(&builder->toned[which], builder->comparing->told[which].items[i]->id);
    cs_tone tone = toned != NULL ? cs__tone_public(cs__tone_theme_label(&toned->theme)) : CS_TONE_NONE;
    return (cs_compared_passage){&builder->hits[which][i], tone};
}

/* Whether a visit looked at what is said in a section: with a query, the query's own scope decides where it
 * says more than the section's. */
static cs_scope scope_of(const struct builder *builder, int which, int group)
{
    const struct cs__comparing *comparing = builder->comparing;
    const cs_timeline_row *side = comparing->out->sides[which];
    cs_scope of_area = CS_SCOPE_UNKNOWN;
    if (group == IMPROVEMENTS || group == CS_AREA_NONE)
        of_area = builder->visits[which]->kind == CS_VISIT_INSPECTION ? CS_SCOPE_IN : CS_SCOPE_UNKNOWN;
    else
        of_area = cs__area_scope(builder->visits[which], (cs_area)group);
    if (!comparing->has_words || of_area == CS_SCOPE_OUT)
        return of_area;
    return side->passages == 0 ? side->scope : of_area;
}

static cs_compared_pair make_pair(const struct builder *builder, const struct cs__pair *pair)
{
    const struct cs__told *told = builder->comparing->told;
    cs_compared_pair out = {.before = passage_of(builder, 0, pair->before),
                            .after = passage_of(builder, 1, pair->after),
                            .similarity = pair->similarity};
    int said[2] = {out.before.hit != NULL, out.after.hit != NULL};
    int group = group_of(said[1] ? told[1].items[pair->after] : told[0].items[pair->before]);
    cs_tone tones[2] = {out.before.tone, out.after.tone};
    cs_scope scopes[2] = {scope_of(builder, 0, group), scope_of(builder, 1, group)};
    out.change = cs__change_of(tones, said, scopes);
    return out;
}

static int pair_is_in(const struct builder *builder, const struct cs__pair *pair, int group)
{
    const struct cs__told *told = builder->comparing->told;
    return group_of(pair->after != CS__NO_COUNTERPART ? told[1].items[pair->after]
                                                      : told[0].items[pair->before]) == group;
}

static cs_status add_pairs(const struct builder *builder, int group, cs_compared_section *out,
                           cs_error *error)
{
    size_t count = 0;
    for (size_t i = 0; i < builder->pairs.count; i++)
        count += (size_t)pair_is_in(builder, &builder->pairs.items[i], group);
    cs_compared_pair *pairs = cs__arena_array(builder->comparing->sources.arena, count + 1, sizeof *pairs);
    if (pairs == NULL)
        return cs__error_nomem(error);
    out->pairs = pairs;
    for (size_t i = 0; i < builder->pairs.count; i++) {
        if (!pair_is_in(builder, &builder->pairs.items[i], group))
            continue;
        pairs[out->pair_count] = make_pair(builder, &builder->pairs.items[i]);
        out->counts[pairs[out->pair_count++].change]++;
    }
    return CS_OK;
}

static void fill_side(const struct builder *builder, int which, int group, cs_compared_side *out)
{
    const struct cs__told *told = &builder->comparing->told[which];
    for (size_t i = 0; i < told->count; i++) {
        const struct cs__passage_read *passage = told->items[i];
        if (group_of(passage) != group)
            continue;
        if (out->heading == NULL && passage->section != NULL && group != CS_AREA_NONE)
            out->heading = passage->section->heading;
        out->passages++;
        out->words += passage->words.count;
    }
    if (group != IMPROVEMENTS)
        out->judgement = builder->visits[which]->judgements[group == CS_AREA_NONE ? CS_AREA_OVERALL : group];
    out->scope = scope_of(builder, which, group);
}

/* A section is there where a visit says something in it, or judged it. */
static int is_empty(const cs_compared_section *section)
{
    return section->pair_count == 0 && section->before.passages == 0 && section->after.passages == 0;
}

static cs_status build(struct builder *builder, cs_error *error)
{
    struct cs__comparing *comparing = builder->comparing;
    cs_comparison *out = comparing->out;
    cs_status status = CS_OK;
    out->sections = cs__arena_array(comparing->sources.arena, GROUP_COUNT, sizeof *out->sections);
    if (out->sections == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < sizeof order / sizeof order[0] && status == CS_OK; i++) {
        cs_compared_section *section = &out->sections[out->section_count];
        *section = (cs_compared_section){.name = group_name(order[i])};
        section->area = order[i] < CS_AREA_COUNT ? (cs_area)order[i] : CS_AREA_NONE;
        fill_side(builder, 0, order[i], &section->before);
        fill_side(builder, 1, order[i], &section->after);
        status = add_pairs(builder, order[i], section, error);
        out->section_count += status == CS_OK && !is_empty(section);
    }
    return status;
}

cs_status cs__compare_sections(struct cs__comparing *comparing, cs_error *error)
{
    struct builder builder = {.comparing = comparing};
    double least = comparing->has_words ? least_on_query : least_alike;
    builder.visits[0] = comparing->out->sides[0]->visit;
    builder.visits[1] = comparing->out->sides[1]->visit;
    if (cs__pairs_match(comparing->told, least, &comparing->work, &builder.pairs) != CS_OK)
        return cs__error_nomem(error);
    cs_status status = read_tones(&builder, error);
    if (status == CS_OK)
        status = fill_hits(&builder, error);
    return status == CS_OK ? build(&builder, error) : status;
}
