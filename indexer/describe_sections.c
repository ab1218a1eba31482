/* SPDX-License-Identifier: MIT */
/* Sections: from each heading to the next, with the area that it is about and that area's judgement. A
 * heading that names no area belongs to the one above it. */
#include "indexer/describer.h"

#include <string.h>

#include "indexer/describe_improvements.h"
#include "indexer/describe_judgements.h"

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

/* What a heading of no area of its own takes from above; NULL at the top. */
struct parent {
    cs_area area;
    uint8_t level;
    int improvement; /* block of the heading that opened it, or -1 */
};

/* Parts of a report that belong to no judged area, whatever stands above them. */
static int stands_alone(struct cs__describer *d, size_t block)
{
    static const char *const patterns[] = {
        "^ information about",
        "^ summary for",
        "^ about this inspection",
        "^ what the inspection",
        "^ executive summary",
        "^ contents",
        "^ annex",
        "^ service information",
        "^ recommendations",
        "^ the? local authority $",
        "^ what needs to improve",
        "^ what does",
        "^ previous ofsted",
        "^ section <number>",
    };
    struct cs__prose_match match;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        if (cs__prose_match_at(prose, 0, patterns[i], &match))
            return 1;
    return 0;
}

/* The area that a heading names, by its own words; a grade of its own in `*judgement`. */
static cs_area read_area(struct cs__describer *d, size_t block, struct cs__section *section)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    cs_area area;
    cs_judgement judgement;
    size_t label_last, first, last;
    if (cs__judgements_read_heading(prose, &area, &judgement, &label_last)) {
        section->judgement = judgement;
        section->state = CS_STATE_STATED;
        section->heading = cs__arena_copy(&d->out->arena, prose->text, heading_size(prose, label_last));
        return area;
    }
    return cs__area_find(prose, 0, &first, &last);
}

static void judge(struct cs__describer *d, struct cs__section *section)
{
    if (section->judgement != CS_JUDGEMENT_NONE || section->area == CS_AREA_NONE)
        return;
    section->judgement = d->judged[section->area];
    section->state = d->judged_state[section->area];
}

static void add_section(struct cs__describer *d, size_t block, struct parent *parent)
{
    const struct cs__block *b = &d->blocks->items[block];
    struct cs__section *section = new_section(d, block);
    if (section == NULL)
        return;
    section->level = b->level;
    section->area = read_area(d, block, section);
    if (section->heading == NULL)
        section->heading = cs__arena_string(&d->out->arena, b->text);
    d->failed |= section->heading == NULL;
    if (cs__improvements_open(d, block))
        parent->improvement = (int)block;
    else if (parent->improvement >= 0 && cs__improvements_close(d, block, (size_t)parent->improvement))
        parent->improvement = -1;
    section->is_improvement = parent->improvement >= 0;
    if (stands_alone(d, block) || (parent->area != CS_AREA_NONE && b->level < parent->level))
        parent->area = CS_AREA_NONE;
    if (section->area != CS_AREA_NONE && !section->is_improvement && !stands_alone(d, block))
        *parent = (struct parent){section->area, b->level, parent->improvement};
    else
        section->area = section->is_improvement ? CS_AREA_NONE : parent->area;
    judge(d, section);
}

void cs__describe_sections(struct cs__describer *d)
{
    struct parent parent = {CS_AREA_NONE, 0, -1};
    for (size_t block = 0; block < d->blocks->count && !d->failed; block++) {
        if (d->blocks->items[block].kind == CS__BLOCK_HEADING)
            add_section(d, block, &parent);
        else if (block == 0)
            new_section(d, 0);
    }
}
