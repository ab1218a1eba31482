/* SPDX-License-Identifier: MIT */
/* Timelines as JSON: one object (`cs-timeline/1`), or one row a line. The keys are those of DESIGN 7 and
 * csearch(5). */
#include <jansson.h>
#include <string.h>

#include "cli/json.h"
#include "query/render_evidence.h"
#include "query/render_hits.h"
#include "query/render_timeline.h"

static json_t *documents_of(const cs_timeline_row *row)
{
    json_t *list = json_array();
    for (size_t i = 0; i < row->document_count; i++) {
        const cs_row_document *from = &row->documents[i];
        json_t *object = json_object();
        json_object_set_new(object, "id", json_integer(from->document->id));
        json_object_set_new(object, "path", cs__json_text(from->document->path));
        json_object_set_new(object, "url", cs__json_text(from->document->url));
        json_object_set_new(object, "title", cs__json_text(from->document->title));
        json_object_set_new(object, "kind", json_string(cs_kind_name(from->document->kind)));
        json_object_set_new(object, "published", cs__json_date(from->document->published));
        json_object_set_new(object, "passages", json_integer(from->passages));
        json_object_set_new(object, "words", json_integer((json_int_t)from->words));
        json_object_set_new(object, "apart", json_boolean(from->apart));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *cues_of(const cs_timeline_row *row)
{
    json_t *list = json_array();
    for (size_t i = 0; i < row->cue_count; i++) {
        json_t *cue = json_object();
        json_object_set_new(cue, "words", cs__json_text(row->cues[i].words));
        json_object_set_new(cue, "reason", cs__json_text(row->cues[i].reason));
        json_object_set_new(cue, "weight", json_real(row->cues[i].weight));
        json_array_append_new(list, cue);
    }
    return list;
}

static json_t *sentence_of(const cs_timeline_row *row)
{
    if (row->best == NULL)
        return json_null();
    json_t *sentence = json_object();
    json_object_set_new(
        sentence, "text",
        json_stringn(row->best->text + row->sentence.start, row->sentence.end - row->sentence.start));
    json_object_set_new(sentence, "citation", cs__json_text(row->best->citation));
    return sentence;
}

static const char *kind_of(const cs_timeline_row *row)
{
    static const char *const kinds[] = {[CS_ROW_VISIT] = "visit",
                                        [CS_ROW_DOCUMENT] = "document",
                                        [CS_ROW_YEAR] = "year",
                                        [CS_ROW_JUDGEMENT] = "judgement"};
    return kinds[row->kind];
}

static json_t *top_of(const cs_hit *hit, cs_tone tone)
{
    json_t *object = cs__render_json_hit(hit);
    json_object_set_new(object, "tone", tone != CS_TONE_NONE ? json_string(cs_tone_name(tone)) : json_null());
    return object;
}

json_t *cs__render_timeline_row(const cs_timeline_row *row)
{
    json_t *object = json_object(), *top = json_array();
    int is_visit = row->kind == CS_ROW_VISIT;
    for (size_t i = 0; i < row->hit_count; i++)
        json_array_append_new(top, top_of(&row->hits[i], row->hit_tones[i]));
    json_object_set_new(object, "row", json_string(kind_of(row)));
    json_object_set_new(object, "label", cs__json_text(row->label));
    json_object_set_new(object, "visit", cs__json_visit(row->visit));
    json_object_set_new(object, "judgement",
                        row->kind != CS_ROW_YEAR ? cs__json_judged(row->judgement, CS_AREA_OVERALL)
                                                 : json_null());
    json_object_set_new(object, "scope", is_visit ? json_string(cs_scope_name(row->scope)) : json_null());
    json_object_set_new(object, "passages", json_integer(row->passages));
    json_object_set_new(object, "words", json_integer((json_int_t)row->words));
    json_object_set_new(object, "rate_per_1000", json_real(row->rate_per_1000));
    json_object_set_new(object, "reports", json_integer(row->reports));
    json_object_set_new(object, "reports_with", json_integer(row->reports_with));
    json_object_set_new(object, "at_second_hand", json_boolean(row->at_second_hand));
    json_object_set_new(object, "tone",
                        row->tone != CS_TONE_NONE ? json_string(cs_tone_name(row->tone)) : json_null());
    json_object_set_new(object, "tone_score", json_real(row->tone_score));
    json_object_set_new(object, "tone_passages", json_integer(row->tone_passages));
    json_object_set_new(object, "cues", cues_of(row));
    json_object_set_new(object, "sentence", sentence_of(row));
    json_object_set_new(object, "documents", documents_of(row));
    json_object_set_new(object, "top", top);
    return object;
}

json_t *cs__render_timeline_answer(const struct cs__timeline_render *render)
{
    const cs_timeline *timeline = render->timeline;
    struct cs__evidence evidence = {0};
    json_t *object = json_object(), *also = json_array(), *notes = json_array(), *rows = json_array();
    for (size_t i = 0; cs_timeline_also_searched(timeline, i) != NULL; i++)
        json_array_append_new(also, cs__json_text(cs_timeline_also_searched(timeline, i)));
    for (size_t i = 0; cs_timeline_note(timeline, i) != NULL; i++)
        json_array_append_new(notes, cs__json_text(cs_timeline_note(timeline, i)));
    for (size_t i = 0; i < cs_timeline_count(timeline); i++) {
        cs__evidence_add_row(&evidence, cs_timeline_get(timeline, i));
        json_array_append_new(rows, cs__render_timeline_row(cs_timeline_get(timeline, i)));
    }
    json_object_set_new(object, "format", json_string("cs-timeline/1"));
    json_object_set_new(object, "query", cs__json_text(render->query));
    json_object_set_new(object, "read_as", cs__json_text(cs_timeline_read_as(timeline)));
    json_object_set_new(object, "theme", cs__json_text(cs_timeline_theme(timeline)));
    json_object_set_new(object, "also_searched", also);
    json_object_set_new(object, "notes", notes);
    json_object_set_new(object, "life", cs__json_text(cs_timeline_life(timeline)));
    json_object_set_new(object, "passages", json_integer((json_int_t)cs_timeline_passages(timeline)));
    json_object_set_new(object, "rows", rows);
    json_object_set_new(object, "evidence", cs__evidence_json(&evidence, &render->identity));
    if (evidence.failed) {
        json_decref(object);
        object = NULL;
    }
    cs__evidence_free(&evidence);
    return object;
}

int cs__render_timeline_json(const struct cs__timeline_render *render)
{
    return cs__json_print(render->out, cs__render_timeline_answer(render), render->is_terminal);
}

int cs__render_timeline_jsonl(const struct cs__timeline_render *render)
{
    for (size_t i = 0; i < cs_timeline_count(render->timeline); i++) {
        if (cs__json_print(render->out, cs__render_timeline_row(cs_timeline_get(render->timeline, i)), 0) !=
            0)
            return -1;
    }
    return 0;
}
