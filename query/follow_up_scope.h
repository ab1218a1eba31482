/* SPDX-License-Identifier: MIT */
/* Scope of a bullet: what it is about, and a visit -> whether the visit looked at it. */
#ifndef QUERY_FOLLOW_UP_SCOPE_H
#define QUERY_FOLLOW_UP_SCOPE_H

#include "query/area_scope.h"
#include "query/subject.h"
#include "query/timeline_scope.h"

/**
 * Whether a visit looked at what a bullet on `area` is about: as cs__area_scope(), but where a letter names
 * areas, a word that tells what the bullet is about decides first; and an area that it shares with the bullet
 * is not enough to say that it did.
 *
 * Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__bullet_scope(cs_reader *reader, const struct cs__subject *subject, cs_area area,
                           const cs_visit *visit, cs_scope *out);

#endif
