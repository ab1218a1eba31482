/* SPDX-License-Identifier: MIT */
/* The JSON objects that both programs print. */
#include "cli/json.h"

#include <string.h>

json_t *cs__json_text(const char *text)
{
    json_t *value = text != NULL ? json_string(text) : NULL;
    return value != NULL ? value : json_null();
}

json_t *cs__json_date(cs_date date)
{
    char text[CS_DATE_SIZE];
    return date.precision == CS_PRECISION_UNKNOWN ? json_null() : json_string(cs_date_print(date, text));
}

json_t *cs__json_day(cs_date date, int last)
{
    char text[CS_DATE_SIZE];
    if (date.precision == CS_PRECISION_UNKNOWN)
        return json_null();
    int32_t day = last ? date.last : date.first;
    return json_string(cs_date_print((cs_date){day, day, CS_PRECISION_DAY}, text));
}

json_t *cs__json_judged(cs_judged judged, cs_area area)
{
    const char *value = cs_judgement_name(judged.value);
    json_t *object = json_object();
    json_object_set_new(object, "value", cs__json_text(*value != '\0' ? value : NULL));
    json_object_set_new(object, "state", json_string(cs_state_name(judged.state)));
    if (judged.source != NULL)
        json_object_set_new(object, "source", cs__json_text(judged.source));
    if (area != CS_AREA_NONE)
        json_object_set_new(object, "area", json_string(cs_area_name(area)));
    return object;
}

json_t *cs__json_judgements(const cs_judged judgements[CS_AREA_COUNT])
{
    json_t *object = json_object();
    for (int area = 1; area < CS_AREA_COUNT; area++)
        if (judgements[area].state != CS_STATE_UNKNOWN)
            json_object_set_new(object, cs_area_key((cs_area)area),
                                cs__json_judged(judgements[area], CS_AREA_NONE));
    return object;
}

json_t *cs__json_visit(const cs_visit *visit)
{
    if (visit == NULL)
        return json_null();
    const char *kind = cs_visit_kind_name(visit->kind);
    json_t *object = json_object();
    json_object_set_new(object, "id", cs__json_text(visit->id));
    json_object_set_new(object, "authority", cs__json_text(visit->authority));
    json_object_set_new(object, "kind", cs__json_text(*kind != '\0' ? kind : NULL));
    json_object_set_new(object, "ordinal", visit->ordinal > 0 ? json_integer(visit->ordinal) : json_null());
    json_object_set_new(object, "start", cs__json_day(visit->date, 0));
    json_object_set_new(object, "end", cs__json_day(visit->date, 1));
    json_object_set_new(object, "precision", json_string(cs_precision_name(visit->date.precision)));
    return object;
}

json_t *cs__json_windows(const cs_date *windows, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array,
                              json_pack("[o,o]", cs__json_day(windows[i], 0), cs__json_day(windows[i], 1)));
    return array;
}

json_t *cs__json_document(const cs_document *document, const cs_visit *visit)
{
    json_t *object = json_object();
    json_object_set_new(object, "path", cs__json_text(document->path));
    if (document->record != NULL)
        json_object_set_new(object, "record", cs__json_text(document->record));
    json_object_set_new(object, "format", cs__json_text(document->format));
    json_object_set_new(object, "kind",
                        document->id != 0 ? json_string(cs_kind_name(document->kind)) : json_null());
    json_object_set_new(object, "title", cs__json_text(document->title));
    json_object_set_new(object, "url", cs__json_text(document->url));
    json_object_set_new(object, "authority", cs__json_text(document->authority));
    json_object_set_new(object, "framework", cs__json_text(document->framework));
    json_object_set_new(object, "form", cs__json_text(document->form));
    json_object_set_new(object, "visit", cs__json_visit(visit));
    json_object_set_new(object, "visit_windows",
                        visit != NULL ? cs__json_windows(visit->windows, visit->window_count) : json_array());
    json_object_set_new(object, "published", cs__json_date(document->published));
    json_object_set_new(object, "lead_inspector", cs__json_text(document->lead_inspector));
    json_object_set_new(object, "judgements", cs__json_judgements(document->judgements));
    json_object_set_new(object, "pages", json_integer(document->pages));
    json_object_set_new(object, "words", json_integer(document->words));
    json_object_set_new(object, "passages", json_integer(document->passages));
    json_object_set_new(object, "sha256", cs__json_text(document->sha256));
    json_object_set_new(object, "status", cs__json_text(document->status));
    if (document->message != NULL)
        json_object_set_new(object, "message", cs__json_text(document->message));
    return object;
}

json_t *cs__json_field(const cs_field *field)
{
    json_t *object = json_object();
    json_object_set_new(object, "field", cs__json_text(field->name));
    json_object_set_new(object, "value", cs__json_text(field->value));
    json_object_set_new(object, "state", json_string(cs_state_name(field->state)));
    json_object_set_new(object, "quotation", cs__json_text(field->quotation));
    json_object_set_new(object, "page", field->page > 0 ? json_integer(field->page) : json_null());
    json_object_set_new(object, "rule", cs__json_text(field->rule));
    return object;
}

int cs__json_print(FILE *out, json_t *value, int pretty)
{
    size_t flags = pretty ? JSON_INDENT(2) : JSON_COMPACT;
    int failed = value == NULL || json_dumpf(value, out, flags | JSON_REAL_PRECISION(6)) != 0;
    json_decref(value);
    return failed || putc('\n', out) == EOF ? -1 : 0;
}
