/* SPDX-License-Identifier: MIT */
/* Quotations: a sentence of a hit between quotation marks, as text or JSON. */
#ifndef QUERY_RENDER_QUOTE_H
#define QUERY_RENDER_QUOTE_H

#include <csearch.h>

#include "query/render_wrap.h"

struct json_t;

/** Print the bytes `sentence` of a hit between quotation marks, with its marks, and end the line. */
void cs__wrap_quote(struct cs__wrap *wrap, const cs_hit *hit, cs_range sentence);

/** {"text":…,"citation":…}, owned by the caller; null for no hit. */
struct json_t *cs__json_quote(const cs_hit *hit, cs_range sentence);

#endif
