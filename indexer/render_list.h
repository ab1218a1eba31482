/* SPDX-License-Identifier: MIT */
/* What cs-index lists, in each format: documents, visits, areas for improvement, fields with evidence. Sees
 * public headers only.
 *
 * Each function writes to `out` and returns 0, or -1 when writing or memory failed. */
#ifndef INDEXER_RENDER_LIST_H
#define INDEXER_RENDER_LIST_H

#include <csearch.h>

#include <stdio.h>

/** In the order of the choices "text|json|jsonl|csv". */
enum cs__list_format { CS__LIST_TEXT = 0, CS__LIST_JSON, CS__LIST_JSONL, CS__LIST_CSV };

/** Documents, with the visits they are about (both lists of one index). */
int cs__render_documents(FILE *out, enum cs__list_format format, const cs_documents *documents,
                         const cs_visits *visits);
/** Visits, oldest first. */
int cs__render_visits(FILE *out, enum cs__list_format format, const cs_visits *visits);
/** Areas for improvement, one a bullet; documents must have been listed with fields. */
int cs__render_recommendations(FILE *out, enum cs__list_format format, const cs_documents *documents);
/** Each document's fields with value, state, evidence and rule, documents in conflict first; adds up
 * conflicts into `*conflicts`. */
int cs__render_check(FILE *out, enum cs__list_format format, const cs_documents *documents,
                     size_t *conflicts);

/** The visit of a document; NULL when it has none. */
const cs_visit *cs__visit_of(const cs_visits *visits, const cs_document *document);

#endif
