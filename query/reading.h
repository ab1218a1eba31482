/* SPDX-License-Identifier: MIT */
/* Reading: any bytes -> a query, without an index. */
#ifndef QUERY_READING_H
#define QUERY_READING_H

#include <csearch/types.h>

#include "query/parse.h"

/** Lex and parse. Release `*out` with cs__query_free(). Returns CS_OK or CS_ERR_NOMEM (`*out` is then empty).
 */
cs_status cs__query_parse(const char *query, size_t size, struct cs__query *out, cs_error *error);

#endif
