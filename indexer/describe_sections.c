/* SPDX-License-Identifier: MIT */
/* Sections: from each heading to the next, with the area that it is about and that area's judgement. A
 * heading that names no area takes that of the nearest heading above its level. Some reports of 2014-17 head
 * a section with a table of its one judgement: that begins a section too. */
#include "indexer/describer.h"

#include <string.h>

#include "indexer/describe_improvements.h"
#include "indexer/describe_judgements.h"

enum { LEVELS = 8 };

/* What the headings above say, by level. */
struct above {
    cs_area area[LEVELS];
    int set[LEVELS];     /* a heading of this level says which area, also that it is none */
    long improvement;    /* block of the heading that areas for improvement stand under, or -1 */
    uint8_t table_level; /* of sections that a table begins; 0 until there was one */
    uint8_t last_level;
};

static struct cs__section *new_section(struct cs__describer *d, size_t block)
{
    struct cs__described *out = d->out;
    if (out->section_count == d->section_capacity) {
        size_t capacity = d->section_capacity > 0 ? d->section_capacity * 2 : 16;
        struct cs__section *sections = cs__arena_array(&out->arena, capacity, sizeof *sections);
        if (sections == NULL) {
            d->failed = 1;
            return NULL;
        }
        if (out->section_count > 0)
            memcpy(sections, out->sections, out->section_count * sizeof *sections);
        out->sections = sections;
        d->section_capacity = capacity;
    }
    struct cs__section *section = &out->sections[out->section_count++];
    *section = (struct cs__section){.first_block = (uint32_t)block};
    return section;
}

/* A heading without its grade: up to the colon or verb before the grade. */
static size_t heading_size(const struct cs__prose *prose, size_t label_last)
{
    size_t end = prose->words[label_last - 1].end;
    while (end < prose->size && prose->text[end] == ')')
        end++;
    return end;
}

/* Parts of a report that are about no judged area, whatever they name ("What the judgements mean: the LSCB").
 */
static int is_about_none(struct cs__describer *d, size_t block)
{
    static const char *const patterns[] = {
        "^ information about",
        "^ summary for",
        "^ about this inspection",
        "^ what the",
        "^ contents",
        "^ annex",
        "^ service information",
        "^ previous ofsted",
        "^ the inspection judgements",
    };
    struct cs__prose_match match;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        if (cs__prose_match_at(prose, 0, patterns[i], &match))
            return 1;
    return 0;
}

static uint8_t level_of(uint8_t level)
{
    return level < LEVELS ? level : LEVELS - 1;
}

/* The area that stands above a level; CS_AREA_NONE where a heading says so, or none does. */
static cs_area inherited(const struct above *above, uint8_t level)
{
    for (int l = (int)level - 1; l >= 0; l--)
        if (above->set[l])
            return above->area[l];
    return CS_AREA_NONE;
}

static int is_mute(const struct above *above, uint8_t level)
{
    for (int l = (int)level - 1; l >= 0; l--)
        if (above->set[l])
            return above->area[l] == CS_AREA_NONE;
    return 0;
}

/* A heading of a level ends what stood at it and below. */
static void set_level(struct above *above, uint8_t level, cs_area area, int says)
{
    for (size_t l = level; l < LEVELS; l++)
        above->set[l] = 0;
    above->area[level] = area;
    above->set[level] = says;
    above->last_level = level;
}

static void judge(struct cs__describer *d, struct cs__section *section)
{
    if (section->judgement != CS_JUDGEMENT_NONE || section->area == CS_AREA_NONE)
        return;
    section->judgement = d->judged[section->area];
    section->state = d->judged_state[section->area];
}

/* "Children's services in X are good", as a heading. */
static int states_overall(const struct cs__describer *d, size_t block, struct cs__section *section)
{
    const struct cs__judgement_found *found = d->judgements;
    while (found != NULL && !(found->area == CS_AREA_OVERALL && found->evidence.block == block))
        found = found->next;
    if (found == NULL)
        return 0;
    section->judgement = found->judgement;
    section->state = CS_STATE_STATED;
    return 1;
}

/* The area that the heading names, with its own grade if it gives one. */
static cs_area own_area(struct cs__describer *d, size_t block, struct cs__section *section)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    cs_area area;
    cs_judgement judgement;
    size_t label_last;
    if (states_overall(d, block, section))
        return CS_AREA_OVERALL;
    if (!cs__judgements_read_heading(prose, &area, &judgement, &label_last))
        return cs__judgements_heading_area(prose);
    section->judgement = judgement;
    section->state = CS_STATE_STATED;
    section->heading = cs__arena_copy(&d->out->arena, prose->text, heading_size(prose, label_last));
    return area;
}

static void note_improvement(struct cs__describer *d, size_t block, struct above *above)
{
    if (cs__improvements_open(d, block))
        above->improvement = (long)block;
    else if (above->improvement >= 0 && cs__improvements_close(d, block, (size_t)above->improvement))
        above->improvement = -1;
}

static void add_heading(struct cs__describer *d, size_t block, struct above *above)
{
    const struct cs__block *b = &d->blocks->items[block];
    uint8_t level = level_of(b->level);
    struct cs__section *section = new_section(d, block);
    if (section == NULL)
        return;
    note_improvement(d, block, above);
    section->level = b->level;
    section->is_improvement = above->improvement >= 0;
    int none = is_about_none(d, block) || is_mute(above, level);
    cs_area own = none || section->is_improvement ? CS_AREA_NONE : own_area(d, block, section);
    section->area = own != CS_AREA_NONE || none ? own : inherited(above, level);
    set_level(above, level, section->area, none || own != CS_AREA_NONE);
    if (section->heading == NULL)
        section->heading = cs__arena_string(&d->out->arena, b->text);
    d->failed |= section->heading == NULL;
    judge(d, section);
}

/* A section's own table, on no title page. */
static const struct cs__judgement_found *table_at(const struct cs__describer *d, size_t block)
{
    const struct cs__judgement_found *found = d->judgements;
    while (found != NULL && !(found->alone && found->evidence.block == block))
        found = found->next;
    return found != NULL && d->blocks->items[block].page > 2 ? found : NULL;
}

static void add_table(struct cs__describer *d, size_t block, const struct cs__judgement_found *found,
                      struct above *above)
{
    const char *text = d->blocks->items[block].text;
    struct cs__section *section = new_section(d, block);
    if (section == NULL)
        return;
    if (above->table_level == 0)
        above->table_level = level_of((uint8_t)(above->last_level + 1));
    above->improvement = -1;
    section->level = above->table_level;
    section->area = found->area;
    section->judgement = found->judgement;
    section->state = CS_STATE_STATED;
    section->heading = cs__arena_copy(&d->out->arena, text, strcspn(text, "\t"));
    d->failed |= section->heading == NULL;
    set_level(above, above->table_level, found->area, 1);
}

void cs__describe_sections(struct cs__describer *d)
{
    struct above above = {.improvement = -1};
    for (size_t block = 0; block < d->blocks->count && !d->failed; block++) {
        const struct cs__judgement_found *found = NULL;
        if (d->blocks->items[block].kind == CS__BLOCK_HEADING)
            add_heading(d, block, &above);
        else if ((found = table_at(d, block)) != NULL)
            add_table(d, block, found, &above);
        else if (block == 0)
            new_section(d, 0);
    }
}
