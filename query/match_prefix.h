/* SPDX-License-Identifier: MIT */
/* Streams of prefixes: the postings of many terms, gathered in memory and put in order of passages. */
#ifndef QUERY_MATCH_PREFIX_H
#define QUERY_MATCH_PREFIX_H

#include "query/match_stream.h"

/** As cs__stream_advance() and cs__stream_positions(), for a stream of kind CS__STREAM_PREFIX. */
void cs__prefix_advance(struct cs__stream *stream, uint32_t passage);
const uint32_t *cs__prefix_positions(struct cs__stream *stream);

/** NULL is allowed. */
void cs__prefix_list_free(struct cs__prefix_list *list);

#endif
