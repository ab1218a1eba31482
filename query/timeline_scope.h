/* SPDX-License-Identifier: MIT */
/* Scope: the areas that a visit covered, and a theme -> whether the visit looked at it. */
#ifndef QUERY_TIMELINE_SCOPE_H
#define QUERY_TIMELINE_SCOPE_H

#include "query/timeline_ask.h"

/** Parts of the judgement areas, as bits: 1 << cs_area. */
typedef unsigned cs__area_set;

/** The areas that the areas covered by a visit, as its letter words them, belong to; 0 where none is known.
 */
cs__area_set cs__scope_areas(const cs_visit *visit);
/** The areas that some words name, or a part of them ("care leavers", "front door"). */
cs__area_set cs__scope_areas_named(const char *words);

/**
 * Whether `visit` looked at what was asked.
 *
 * An inspection covers everything. For another visit, the areas that its letter names decide: the theme is in
 * scope when its words, or what it may be called there, stand in one of them; else out of scope, but for what
 * any visit may look at. A query that is no theme is out of scope only where `areas`, the areas of the
 * sections in which the collection speaks of it, are none of those covered. Without a letter nothing is
 * known.
 *
 * Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__scope_of(cs_reader *reader, const struct cs__asked *asked, cs__area_set areas,
                       const cs_visit *visit, cs_scope *out);

#endif
