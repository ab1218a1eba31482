/* SPDX-License-Identifier: MIT */
/* Comparisons as JSON: one object (`cs-compare/1`); or one pair a line, and without a query one theme a line.
 * The keys are in csearch(5). */
#include <jansson.h>
#include <string.h>

#include "cli/json.h"
#include "query/render_compare.h"
#include "query/render_evidence.h"
#include "query/render_hits.h"
#include "query/render_timeline.h"

static json_t *passage_of(const cs_compared_passage *passage)
{
    if (passage->hit == NULL)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "tone",
                        passage->tone != CS_TONE_NONE ? json_string(cs_tone_name(passage->tone))
                                                      : json_null());
    json_object_set_new(object, "hit", cs__render_json_hit(passage->hit));
    return object;
}

static json_t *pair_of(const cs_compared_pair *pair)
{
    json_t *object = json_object();
    json_object_set_new(object, "change", json_string(cs_change_name(pair->change)));
    json_object_set_new(object, "similarity", json_real(pair->similarity));
    json_object_set_new(object, "before", passage_of(&pair->before));
    json_object_set_new(object, "after", passage_of(&pair->after));
    return object;
}

static json_t *side_of(const cs_compared_side *side, cs_area area)
{
    json_t *object = json_object();
    json_object_set_new(object, "heading", cs__json_text(side->heading));
    json_object_set_new(object, "judgement", cs__json_judged(side->judgement, area));
    json_object_set_new(object, "scope", json_string(cs_scope_name(side->scope)));
    json_object_set_new(object, "passages", json_integer(side->passages));
    json_object_set_new(object, "words", json_integer((json_int_t)side->words));
    return object;
}

static json_t *section_of(const cs_compared_section *section)
{
    json_t *object = json_object(), *counts = json_object(), *pairs = json_array();
    for (int i = CS_CHANGE_SAME; i <= CS_CHANGE_NOT_KNOWN; i++) {
        char key[32];
        snprintf(key, sizeof key, "%s", cs_change_name((cs_change)i));
        for (char *at = strchr(key, ' '); at != NULL; at = strchr(at, ' '))
            *at = '_';
        json_object_set_new(counts, key, json_integer((json_int_t)section->counts[i]));
    }
    for (size_t i = 0; i < section->pair_count; i++)
        json_array_append_new(pairs, pair_of(&section->pairs[i]));
    json_object_set_new(object, "section", cs__json_text(section->name));
    json_object_set_new(object, "before", side_of(&section->before, section->area));
    json_object_set_new(object, "after", side_of(&section->after, section->area));
    json_object_set_new(object, "counts", counts);
    json_object_set_new(object, "pairs", pairs);
    return object;
}

static json_t *theme_of(const cs_compared_theme *theme)
{
    json_t *object = json_object();
    json_object_set_new(object, "name", cs__json_text(theme->name));
    json_object_set_new(object, "kind", json_string(theme->is_named ? "theme" : "phrase"));
    json_object_set_new(object, "change", json_string(cs_change_name(theme->change)));
    json_object_set_new(object, "log_likelihood", json_real(theme->log_likelihood));
    json_object_set_new(object, "before_said", json_integer(theme->before_said));
    json_object_set_new(object, "after_said", json_integer(theme->after_said));
    json_object_set_new(object, "before", cs__render_timeline_row(theme->before));
    json_object_set_new(object, "after", cs__render_timeline_row(theme->after));
    return object;
}

json_t *cs__render_compare_answer(const struct cs__compare_render *render)
{
    const cs_comparison *comparison = render->comparison;
    struct cs__evidence evidence = {0};
    json_t *object = json_object(), *also = json_array(), *notes = json_array(), *visits = json_array(),
           *sections = json_array(), *themes = json_array();
    for (size_t i = 0; cs_comparison_also_searched(comparison, i) != NULL; i++)
        json_array_append_new(also, cs__json_text(cs_comparison_also_searched(comparison, i)));
    for (size_t i = 0; cs_comparison_note(comparison, i) != NULL; i++)
        json_array_append_new(notes, cs__json_text(cs_comparison_note(comparison, i)));
    for (int i = 0; i < 2; i++) {
        cs__evidence_add_row(&evidence, cs_comparison_side(comparison, i));
        json_array_append_new(visits, cs__render_timeline_row(cs_comparison_side(comparison, i)));
    }
    for (size_t i = 0; i < cs_comparison_sections(comparison); i++)
        json_array_append_new(sections, section_of(cs_comparison_section(comparison, i)));
    for (size_t i = 0; i < cs_comparison_themes(comparison); i++)
        json_array_append_new(themes, theme_of(cs_comparison_theme(comparison, i)));
    json_object_set_new(object, "format", json_string("cs-compare/1"));
    json_object_set_new(object, "query", cs__json_text(render->query));
    json_object_set_new(object, "read_as", cs__json_text(cs_comparison_read_as(comparison)));
    json_object_set_new(object, "theme", cs__json_text(cs_comparison_theme_name(comparison)));
    json_object_set_new(object, "also_searched", also);
    json_object_set_new(object, "notes", notes);
    json_object_set_new(object, "visits", visits);
    json_object_set_new(object, "sections", sections);
    json_object_set_new(object, "themes", themes);
    json_object_set_new(object, "evidence", cs__evidence_json(&evidence, &render->identity));
    if (evidence.failed) {
        json_decref(object);
        object = NULL;
    }
    cs__evidence_free(&evidence);
    return object;
}

int cs__render_compare_json(const struct cs__compare_render *render)
{
    return cs__json_print(render->out, cs__render_compare_answer(render), render->is_terminal);
}

static int print_pairs(const struct cs__compare_render *render)
{
    for (size_t i = 0; i < cs_comparison_sections(render->comparison); i++) {
        const cs_compared_section *section = cs_comparison_section(render->comparison, i);
        for (size_t j = 0; j < section->pair_count; j++) {
            json_t *pair = pair_of(&section->pairs[j]);
            json_object_set_new(pair, "section", cs__json_text(section->name));
            if (cs__json_print(render->out, pair, 0) != 0)
                return -1;
        }
    }
    return 0;
}

int cs__render_compare_jsonl(const struct cs__compare_render *render)
{
    if (*render->query != '\0')
        return print_pairs(render);
    for (size_t i = 0; i < cs_comparison_themes(render->comparison); i++) {
        if (cs__json_print(render->out, theme_of(cs_comparison_theme(render->comparison, i)), 0) != 0)
            return -1;
    }
    return 0;
}
