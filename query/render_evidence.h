/* SPDX-License-Identifier: MIT */
/* Evidence pack: what it takes to check a result again: versions, the index, and the sources behind it. */
#ifndef QUERY_RENDER_EVIDENCE_H
#define QUERY_RENDER_EVIDENCE_H

#include <csearch.h>

#include <jansson.h>

/** Documents, each once, in the order in which they were first met. */
struct cs__evidence {
    const cs_document **documents; /**< owned; free with cs__evidence_free() */
    size_t count, capacity;
    int failed; /**< memory ran out: the list is not whole */
};

/** Add a document (NULL is left out). Documents of one path are one. */
void cs__evidence_add(struct cs__evidence *evidence, const cs_document *document);
/** Add all that stand behind a row. */
void cs__evidence_add_row(struct cs__evidence *evidence, const cs_timeline_row *row);
void cs__evidence_free(struct cs__evidence *evidence);

/** {"program":…,"index":{…},"sources":[{"path","sha256"},…]}, owned by the caller. */
json_t *cs__evidence_json(const struct cs__evidence *evidence, const cs_identity *identity);

#endif
