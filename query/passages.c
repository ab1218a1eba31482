/* SPDX-License-Identifier: MIT */
/* Passages by their ids, and those of a document, as hits. Input: ids, and a query whose words are marked. */
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/options.h"
#include "query/expand.h"
#include "query/hits.h"
#include "query/parse.h"
#include "query/reader.h"
#include "query/reading.h"
#include "query/themes_resolve.h"
#include "query/vocabulary.h"

/* What is read, and what of it is marked. */
struct reading {
    cs_reader *reader;
    cs_search_options options;
    struct cs__query query;
    struct cs__expanded expanded;
    struct cs__match *matches;
    size_t count;
    cs_hits *hits;
};

static cs_status read_query(struct reading *reading, const char *query, size_t size, cs_error *error)
{
    cs_reader *reader = reading->reader;
    struct cs__expand_options options = {
        .tokenizer = reader->tokenizer, .reader = reader, .exact = reading->options.exact};
    cs_status status = cs__query_parse(query, size, &reading->query, error);
    if (status == CS_OK)
        status = cs__themes_resolve(reader, NULL, &reading->query, error);
    if (status == CS_OK && !options.exact && reader->vocabulary == NULL)
        status = cs__vocabulary_load(reader->tokenizer, reader->vocabulary_file, &reader->vocabulary, error);
    options.vocabulary = reader->vocabulary;
    return status == CS_OK ? cs__expand(reading->query.tree, &options, &reading->expanded, error) : status;
}

static cs_status need(cs_reader *reader, enum cs__sql which, const char *what, int64_t id, cs_error *error)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(reader, which, &status, error);
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, id);
    int step = sqlite3_step(row);
    sqlite3_reset(row);
    if (step == SQLITE_ROW)
        return CS_OK;
    if (step != SQLITE_DONE)
        return cs__reader_failed(reader, error);
    return cs__error_set(error, CS_ERR_NOT_FOUND, "the index has no %s %lld", what, (long long)id);
}

static cs_status take_ids(struct reading *reading, const int64_t *ids, size_t count, cs_error *error)
{
    reading->matches = calloc(count + 1, sizeof *reading->matches);
    if (reading->matches == NULL)
        return cs__error_nomem(error);
    cs_status status = CS_OK;
    for (size_t i = 0; i < count && status == CS_OK; i++) {
        status = need(reading->reader, CS__SQL_PASSAGE_EXISTS, "passage", ids[i], error);
        reading->matches[i].passage = ids[i];
    }
    reading->count = count;
    return status;
}

static cs_status add_id(struct reading *reading, int64_t id, size_t *capacity, cs_error *error)
{
    if (reading->count == *capacity) {
        size_t more = *capacity ? *capacity * 2 : 64;
        struct cs__match *matches = realloc(reading->matches, more * sizeof *matches);
        if (matches == NULL)
            return cs__error_nomem(error);
        reading->matches = matches;
        *capacity = more;
    }
    reading->matches[reading->count++] = (struct cs__match){.passage = id};
    return CS_OK;
}

static cs_status take_document(struct reading *reading, int64_t document, cs_error *error)
{
    size_t capacity = 0;
    int step = SQLITE_DONE;
    cs_status status = need(reading->reader, CS__SQL_DOCUMENT_EXISTS, "document", document, error);
    if (status != CS_OK)
        return status;
    sqlite3_stmt *rows = cs__reader_statement(reading->reader, CS__SQL_DOCUMENT_PASSAGES, &status, error);
    if (rows == NULL)
        return status;
    sqlite3_bind_int64(rows, 1, document);
    while (status == CS_OK && (step = sqlite3_step(rows)) == SQLITE_ROW)
        status = add_id(reading, sqlite3_column_int64(rows, 0), &capacity, error);
    if (status == CS_OK && step != SQLITE_DONE)
        status = cs__reader_failed(reading->reader, error);
    sqlite3_reset(rows);
    return status;
}

static cs_status fill(struct reading *reading, cs_error *error)
{
    struct cs_hits *hits = reading->hits;
    struct cs__buffer read_as = {0};
    struct cs__hits_request request = {.tree = reading->expanded.tree,
                                       .matches = reading->matches,
                                       .count = reading->count,
                                       .options = &reading->options};
    cs__query_print(&reading->query, &read_as);
    hits->match = "none";
    hits->total = reading->count;
    hits->read_as =
        read_as.failed ? NULL
                       : cs__arena_copy(&hits->arena, read_as.data != NULL ? read_as.data : "", read_as.size);
    cs__buffer_free(&read_as);
    if (hits->read_as == NULL)
        return cs__error_nomem(error);
    return cs__hits_fill(reading->reader, &request, hits, error);
}

/* The passages of `ids`, or, where they are NULL, those of `document`. */
static cs_status read_passages(struct reading *reading, const int64_t *ids, size_t count, int64_t document,
                               const char *query, size_t size, cs_error *error)
{
    cs_status status = cs__reader_begin(reading->reader, error);
    if (status == CS_OK && query != NULL)
        status = read_query(reading, query, size, error);
    if (status == CS_OK)
        status = ids != NULL ? take_ids(reading, ids, count, error) : take_document(reading, document, error);
    if (status == CS_OK)
        status = fill(reading, error);
    return cs__reader_finish(reading->reader, status, error);
}

static cs_status finish(struct reading *reading, cs_status status, cs_hits **out)
{
    cs__query_free(&reading->query);
    cs__expanded_free(&reading->expanded);
    free(reading->matches);
    if (status == CS_OK)
        *out = reading->hits;
    else
        cs_hits_free(reading->hits);
    return status;
}

/* Nothing of what only a search can tell. */
static cs_status begin(struct reading *reading, const cs_search_options *options, cs_error *error)
{
    if (reading->hits == NULL)
        return cs__error_nomem(error);
    cs_status status = cs__options_copy(&reading->options, sizeof reading->options, options,
                                        "CS_SEARCH_OPTIONS_INIT", error);
    reading->options.explain = reading->options.bare = 0;
    return status;
}

cs_status cs_passages_read(cs_reader *reader, const int64_t *ids, size_t count, const char *query,
                           size_t size, const cs_search_options *options, cs_hits **out, cs_error *error)
{
    static const int64_t none;
    struct reading reading = {.reader = reader, .hits = calloc(1, sizeof *reading.hits)};
    *out = NULL;
    cs_status status = begin(&reading, options, error);
    if (status == CS_OK)
        status = read_passages(&reading, ids != NULL ? ids : &none, ids != NULL ? count : 0, 0, query, size,
                               error);
    return finish(&reading, status, out);
}

cs_status cs_document_read(cs_reader *reader, int64_t document, const char *query, size_t size,
                           const cs_search_options *options, cs_hits **out, cs_error *error)
{
    struct reading reading = {.reader = reader, .hits = calloc(1, sizeof *reading.hits)};
    *out = NULL;
    cs_status status = begin(&reading, options, error);
    if (status == CS_OK)
        status = read_passages(&reading, NULL, 0, document, query, size, error);
    return finish(&reading, status, out);
}
