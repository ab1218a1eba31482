/* SPDX-License-Identifier: MIT */
/* Hits as JSON: one object (`cs-search/1`), or one hit a line. The keys are those of DESIGN 7. */
#include <jansson.h>
#include <string.h>

#include "cli/json.h"
#include "query/render_evidence.h"
#include "query/render_hits.h"

static json_t *marks_of(const cs_hit *hit)
{
    json_t *marks = json_array();
    for (size_t i = 0; i < hit->mark_count; i++)
        json_array_append_new(marks, json_pack("[i, i]", (int)hit->marks[i].start, (int)hit->marks[i].end));
    return marks;
}

static json_t *document_of(const cs_document *document)
{
    json_t *object = json_object();
    json_object_set_new(object, "id", json_integer(document->id));
    json_object_set_new(object, "path", cs__json_text(document->path));
    if (document->record != NULL)
        json_object_set_new(object, "record", cs__json_text(document->record));
    json_object_set_new(object, "url", cs__json_text(document->url));
    json_object_set_new(object, "title", cs__json_text(document->title));
    json_object_set_new(object, "kind", json_string(cs_kind_name(document->kind)));
    json_object_set_new(object, "published", cs__json_date(document->published));
    json_object_set_new(object, "sha256", cs__json_text(document->sha256));
    return object;
}

static json_t *parts_of(const cs_hit *hit)
{
    json_t *parts = json_array();
    for (size_t i = 0; i < hit->score_part_count; i++) {
        json_t *part = json_object();
        json_object_set_new(part, "part", cs__json_text(hit->score_parts[i].name));
        json_object_set_new(part, "score", json_real(hit->score_parts[i].score));
        json_array_append_new(parts, part);
    }
    return parts;
}

/* What only some hits have is left out elsewhere. */
static void add_extras(json_t *object, const cs_hit *hit)
{
    if (hit->lead_in != NULL)
        json_object_set_new(object, "lead_in", cs__json_text(hit->lead_in));
    if (hit->is_echo)
        json_object_set_new(object, "echo", json_true());
    if (hit->continues)
        json_object_set_new(object, "continues", json_true());
    if (hit->folded > 0)
        json_object_set_new(object, "folded", json_integer(hit->folded));
    if (hit->more_in_document > 0)
        json_object_set_new(object, "more_in_document", json_integer(hit->more_in_document));
    if (hit->score_parts != NULL)
        json_object_set_new(object, "score_parts", parts_of(hit));
    if (hit->explanation != NULL)
        json_object_set_new(object, "explanation", cs__json_text(hit->explanation));
}

json_t *cs__render_json_hit(const cs_hit *hit)
{
    json_t *object = json_object();
    json_object_set_new(object, "rank", json_integer(hit->rank));
    json_object_set_new(object, "score", json_real(hit->score));
    json_object_set_new(object, "text", json_stringn(hit->text, hit->text_size));
    json_object_set_new(object, "marks", marks_of(hit));
    json_object_set_new(object, "excerpt",
                        json_pack("[i, i]", (int)hit->excerpt.start, (int)hit->excerpt.end));
    json_object_set_new(object, "document", document_of(hit->document));
    json_object_set_new(object, "visit", cs__json_visit(hit->visit));
    json_object_set_new(object, "judgement", cs__json_judged(hit->judgement, hit->judgement_area));
    json_object_set_new(object, "section", cs__json_text(hit->section));
    json_object_set_new(object, "paragraph", cs__json_text(hit->number));
    json_object_set_new(object, "page", hit->page > 0 ? json_integer(hit->page) : json_null());
    json_object_set_new(object, "citation", cs__json_text(hit->citation));
    add_extras(object, hit);
    return object;
}

/* The query as it was typed; bytes that are no UTF-8 can't stand in JSON, and what was read of it is in
 * `read_as`. */
static json_t *query_of(const struct cs__render *render)
{
    json_t *query = json_stringn(render->query, render->query_size);
    return query != NULL ? query : json_null();
}

static json_t *evidence_of(const struct cs__render *render)
{
    struct cs__evidence evidence = {0};
    for (size_t i = 0; i < cs_hits_count(render->hits); i++)
        cs__evidence_add(&evidence, cs_hits_get(render->hits, i)->document);
    /* A list that is not whole is none. */
    json_t *object = evidence.failed ? NULL : cs__evidence_json(&evidence, render->identity);
    cs__evidence_free(&evidence);
    return object;
}

json_t *cs__render_json_answer(const struct cs__render *render)
{
    const cs_hits *hits = render->hits;
    json_t *object = json_object(), *also = json_array(), *notes = json_array(), *list = json_array();
    for (size_t i = 0; cs_hits_also_searched(hits, i) != NULL; i++)
        json_array_append_new(also, cs__json_text(cs_hits_also_searched(hits, i)));
    for (size_t i = 0; cs_hits_note(hits, i) != NULL; i++)
        json_array_append_new(notes, cs__json_text(cs_hits_note(hits, i)));
    for (size_t i = 0; i < cs_hits_count(hits); i++)
        json_array_append_new(list, cs__render_json_hit(cs_hits_get(hits, i)));
    json_object_set_new(object, "format", json_string("cs-search/1"));
    json_object_set_new(object, "query", query_of(render));
    json_object_set_new(object, "read_as", cs__json_text(cs_hits_read_as(hits)));
    json_object_set_new(object, "also_searched", also);
    json_object_set_new(object, "match", json_string(cs_hits_match(hits)));
    json_object_set_new(object, "notes", notes);
    json_object_set_new(object, "total", json_integer((json_int_t)cs_hits_total(hits)));
    if (cs_hits_total_is_bound(hits))
        json_object_set_new(object, "total_is_bound", json_true());
    json_object_set_new(object, "hits", list);
    if (render->identity != NULL)
        json_object_set_new(object, "evidence", evidence_of(render));
    return object;
}

int cs__render_json(const struct cs__render *render)
{
    return cs__json_print(render->out, cs__render_json_answer(render), render->is_terminal);
}

int cs__render_jsonl(const struct cs__render *render)
{
    for (size_t i = 0; i < cs_hits_count(render->hits); i++) {
        json_t *object = cs__render_json_hit(cs_hits_get(render->hits, i));
        if (render->query_id != NULL)
            json_object_set_new(object, "query", cs__json_text(render->query_id));
        if (cs__json_print(render->out, object, 0) != 0)
            return -1;
    }
    return 0;
}
