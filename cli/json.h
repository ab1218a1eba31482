/* SPDX-License-Identifier: MIT */
/* The JSON objects that both programs print (DESIGN 7): VISIT, judgements, dates. Output is built with
 * jansson; the caller owns each `json_t *` and hands it on with json_object_set_new() and the like. NULL
 * strings become null. */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <csearch.h>

#include <jansson.h>
#include <stdio.h>

/** A string, or null for NULL. Text that is no valid UTF-8 is null too: the library gives none. */
json_t *cs__json_text(const char *text);
/** EDTF, or null where unknown. */
json_t *cs__json_date(cs_date date);
/** One day, "2023-06-28", or null where `date` is unknown; `last` nonzero: its last day, else its first. */
json_t *cs__json_day(cs_date date, int last);
/** {"value":"good","state":"stated"}, with "source" where it stands from a visit; "area" added where `area`
 * is not none. */
json_t *cs__json_judged(cs_judged judged, cs_area area);
/** An object of all areas that are known, by key. */
json_t *cs__json_judgements(const cs_judged judgements[CS_AREA_COUNT]);
/** VISIT; null for NULL. */
json_t *cs__json_visit(const cs_visit *visit);
/** Pairs of days, first and last. */
json_t *cs__json_windows(const cs_date *windows, size_t count);
/** A document as `cs-index --list` has it; `visit` is its visit, or NULL. */
json_t *cs__json_document(const cs_document *document, const cs_visit *visit);
/** A field with its evidence, as `cs-index --check` has it. */
json_t *cs__json_field(const cs_field *field);

/** Print `value` on one line (or indented, for people, when `pretty`) and release it. Returns 0, or -1 when
 * writing failed. */
int cs__json_print(FILE *out, json_t *value, int pretty);

#endif
