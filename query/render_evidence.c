/* SPDX-License-Identifier: MIT */
/* Evidence pack: what it takes to check a result again. */
#include "query/render_evidence.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json.h"

void cs__evidence_add(struct cs__evidence *evidence, const cs_document *document)
{
    if (document == NULL || document->path == NULL)
        return;
    for (size_t i = 0; i < evidence->count; i++) {
        if (strcmp(evidence->documents[i]->path, document->path) == 0)
            return;
    }
    if (evidence->count == evidence->capacity) {
        size_t capacity = evidence->capacity ? evidence->capacity * 2 : 32;
        const cs_document **more = realloc(evidence->documents, capacity * sizeof *more);
        if (more == NULL) {
            evidence->failed = 1;
            return;
        }
        evidence->documents = more;
        evidence->capacity = capacity;
    }
    evidence->documents[evidence->count++] = document;
}

void cs__evidence_add_row(struct cs__evidence *evidence, const cs_timeline_row *row)
{
    for (size_t i = 0; i < row->document_count; i++)
        cs__evidence_add(evidence, row->documents[i].document);
    for (size_t i = 0; i < row->hit_count; i++)
        cs__evidence_add(evidence, row->hits[i].document);
}

void cs__evidence_free(struct cs__evidence *evidence)
{
    free(evidence->documents);
    *evidence = (struct cs__evidence){0};
}

json_t *cs__evidence_json(const struct cs__evidence *evidence, const cs_identity *identity)
{
    json_t *object = json_object(), *index = json_object(), *sources = json_array();
    json_object_set_new(index, "identity", cs__json_text(identity->uuid));
    json_object_set_new(index, "schema_version", json_integer(identity->schema_version));
    json_object_set_new(index, "tokenizer_version", json_integer(identity->tokenizer_version));
    json_object_set_new(index, "rules_version", json_integer(identity->rules_version));
    for (size_t i = 0; i < evidence->count; i++) {
        json_t *source = json_object();
        json_object_set_new(source, "path", cs__json_text(evidence->documents[i]->path));
        json_object_set_new(source, "sha256", cs__json_text(evidence->documents[i]->sha256));
        json_array_append_new(sources, source);
    }
    json_object_set_new(object, "program", json_sprintf("cs-search %s", cs_version()));
    json_object_set_new(object, "index", index);
    json_object_set_new(object, "sources", sources);
    return object;
}
