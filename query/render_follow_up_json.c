/* SPDX-License-Identifier: MIT */
/* Areas for improvement as JSON: one object (`cs-follow-up/1`), or one bullet a line. The keys are in
 * csearch(5). */
#include <jansson.h>

#include "cli/json.h"
#include "query/render_evidence.h"
#include "query/render_follow_up.h"
#include "query/render_hits.h"
#include "query/render_quote.h"

static json_t *tone_of(cs_tone tone)
{
    return tone != CS_TONE_NONE ? json_string(cs_tone_name(tone)) : json_null();
}

static json_t *answer_of(const cs_answer *answer)
{
    json_t *object = json_object();
    json_object_set_new(object, "score", json_real(answer->score));
    json_object_set_new(object, "tone", tone_of(answer->tone));
    json_object_set_new(object, "area_for_improvement", json_boolean(answer->is_improvement));
    json_object_set_new(object, "sentence", cs__json_quote(answer->hit, answer->sentence));
    json_object_set_new(object, "hit", cs__render_json_hit(answer->hit));
    return object;
}

static json_t *visit_of(const cs_answering_visit *visit)
{
    json_t *object = json_object(), *answers = json_array();
    for (size_t i = 0; i < visit->answer_count; i++)
        json_array_append_new(answers, answer_of(&visit->answers[i]));
    json_object_set_new(object, "visit", cs__json_visit(visit->visit));
    json_object_set_new(object, "scope", json_string(cs_scope_name(visit->scope)));
    json_object_set_new(object, "at_second_hand", json_boolean(visit->at_second_hand));
    json_object_set_new(object, "tone", tone_of(visit->tone));
    json_object_set_new(object, "silence",
                        visit->answer_count == 0 ? json_string(cs__silent_visit_name(visit)) : json_null());
    json_object_set_new(object, "passages", json_integer(visit->answer_total));
    json_object_set_new(object, "answers", answers);
    return object;
}

static json_t *bullet_of(const cs_bullet *bullet)
{
    json_t *object = json_object(), *later = json_array();
    const char *area = cs_area_key(bullet->area);
    for (size_t i = 0; i < bullet->later_count; i++)
        json_array_append_new(later, visit_of(&bullet->later[i]));
    json_object_set_new(object, "visit", cs__json_visit(bullet->visit));
    json_object_set_new(object, "text", cs__json_text(bullet->hit->text));
    json_object_set_new(object, "citation", cs__json_text(bullet->hit->citation));
    json_object_set_new(object, "area", *area != '\0' ? json_string(area) : json_null());
    json_object_set_new(object, "outcome", json_string(cs_bullet_outcome_name(bullet->outcome)));
    json_object_set_new(object, "last_visit",
                        bullet->last != NULL ? cs__json_text(bullet->last->visit->id) : json_null());
    json_object_set_new(object, "last_tone",
                        tone_of(bullet->last != NULL ? bullet->last->tone : CS_TONE_NONE));
    json_object_set_new(object, "bullet", cs__render_json_hit(bullet->hit));
    json_object_set_new(object, "later", later);
    return object;
}

static void add_evidence(struct cs__evidence *evidence, const cs_bullet *bullet)
{
    cs__evidence_add(evidence, bullet->hit->document);
    for (size_t i = 0; i < bullet->later_count; i++) {
        for (size_t j = 0; j < bullet->later[i].answer_count; j++)
            cs__evidence_add(evidence, bullet->later[i].answers[j].hit->document);
    }
}

json_t *cs__render_follow_up_answer(const struct cs__follow_up_render *render)
{
    const cs_follow_up *follow_up = render->follow_up;
    struct cs__evidence evidence = {0};
    json_t *object = json_object(), *notes = json_array(), *bullets = json_array();
    for (size_t i = 0; cs_follow_up_note(follow_up, i) != NULL; i++)
        json_array_append_new(notes, cs__json_text(cs_follow_up_note(follow_up, i)));
    for (size_t i = 0; i < cs_follow_up_count(follow_up); i++) {
        add_evidence(&evidence, cs_follow_up_get(follow_up, i));
        json_array_append_new(bullets, bullet_of(cs_follow_up_get(follow_up, i)));
    }
    json_object_set_new(object, "format", json_string("cs-follow-up/1"));
    json_object_set_new(object, "query", cs__json_text(render->query));
    json_object_set_new(object, "read_as", cs__json_text(cs_follow_up_read_as(follow_up)));
    json_object_set_new(object, "notes", notes);
    json_object_set_new(object, "bullets", bullets);
    json_object_set_new(object, "evidence", cs__evidence_json(&evidence, &render->identity));
    if (evidence.failed) {
        json_decref(object);
        object = NULL;
    }
    cs__evidence_free(&evidence);
    return object;
}

int cs__render_follow_up_json(const struct cs__follow_up_render *render)
{
    return cs__json_print(render->out, cs__render_follow_up_answer(render), render->is_terminal);
}

int cs__render_follow_up_jsonl(const struct cs__follow_up_render *render)
{
    for (size_t i = 0; i < cs_follow_up_count(render->follow_up); i++) {
        if (cs__json_print(render->out, bullet_of(cs_follow_up_get(render->follow_up, i)), 0) != 0)
            return -1;
    }
    return 0;
}
