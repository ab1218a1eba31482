/* SPDX-License-Identifier: MIT */
/* Scope of an area: a visit and an area of judgement -> whether the visit looked at it. */
#ifndef QUERY_AREA_SCOPE_H
#define QUERY_AREA_SCOPE_H

#include <csearch/document.h>

/**
 * Whether a visit looked at an area of judgement at all, whatever it says of it.
 *
 * An inspection looks at every area, but for the safeguarding board (LSCB), which was reviewed beside some of
 * those of 2013 to 2017: where it was, it is judged. Another visit by the areas that its letter names.
 */
cs_scope cs__area_scope(const cs_visit *visit, cs_area area);

#endif
