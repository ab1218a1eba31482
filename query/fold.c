/* SPDX-License-Identifier: MIT */
/* Fold: matches that only repeat another match go under it, and many of one document behind those of others.
 */
#include "query/fold.h"

#include <stdlib.h>

#include "core/error.h"
#include "query/reader.h"

struct entry {
    int64_t passage;
    size_t at; /**< among the matches */
};

static int by_passage(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return (x->passage > y->passage) - (x->passage < y->passage);
}

static int64_t step_number(cs_reader *reader, enum cs__sql which, int64_t key)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(reader, which, &status, NULL);
    if (row == NULL)
        return 0;
    if (sqlite3_bind_parameter_count(row) > 0)
        sqlite3_bind_int64(row, 1, key);
    int64_t number = sqlite3_step(row) == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    sqlite3_reset(row);
    return number;
}

int cs__fold_has_echoes(cs_reader *reader)
{
    return step_number(reader, CS__SQL_ANY_ECHO, 0) != 0;
}

/* The match that `passage` repeats; NULL when it repeats none of them. */
static struct cs__match *source_of(cs_reader *reader, struct cs__matches *matches,
                                   const struct entry *entries, int64_t passage)
{
    struct entry wanted = {.passage = step_number(reader, CS__SQL_ECHO_SOURCE, passage)};
    if (wanted.passage == 0)
        return NULL;
    const struct entry *found = bsearch(&wanted, entries, matches->count, sizeof *entries, by_passage);
    return found != NULL ? &matches->items[found->at] : NULL;
}

cs_status cs__fold_echoes(cs_reader *reader, struct cs__matches *matches, cs_error *error)
{
    struct entry *entries = calloc(matches->count + 1, sizeof *entries);
    char *is_folded = calloc(matches->count + 1, 1);
    size_t kept = 0;
    cs_status status = entries != NULL && is_folded != NULL ? CS_OK : cs__error_nomem(error);
    for (size_t i = 0; status == CS_OK && i < matches->count; i++)
        entries[i] = (struct entry){matches->items[i].passage, i};
    if (status == CS_OK)
        qsort(entries, matches->count, sizeof *entries, by_passage);
    for (size_t i = 0; status == CS_OK && i < matches->count; i++) {
        struct cs__match *source = source_of(reader, matches, entries, matches->items[i].passage);
        is_folded[i] = source != NULL;
        if (source != NULL)
            source->folded++;
    }
    for (size_t i = 0; status == CS_OK && i < matches->count; i++)
        if (!is_folded[i])
            matches->items[kept++] = matches->items[i];
    if (status == CS_OK)
        matches->count = kept;
    free(entries);
    free(is_folded);
    return status;
}

/* A document among the matches. */
struct document {
    int64_t id;
    uint32_t count;
    size_t last; /* where the last of its matches that stay stands */
};

static struct document *find_document(struct document *documents, size_t *count, int64_t id)
{
    size_t i = 0;
    while (i < *count && documents[i].id != id)
        i++;
    if (i == *count)
        documents[(*count)++].id = id;
    return &documents[i];
}

cs_status cs__fold_documents(const struct cs__reranking *reranking, struct cs__matches *matches,
                             cs_error *error)
{
    size_t most = reranking->count, kept = 0, behind = 0, document_count = 0;
    struct document *documents = calloc(most + 1, sizeof *documents);
    struct cs__match *put_back = calloc(most + 1, sizeof *put_back);
    cs_status status = documents != NULL && put_back != NULL ? CS_OK : cs__error_nomem(error);
    for (size_t i = 0; status == CS_OK && i < matches->count && i < most; i++) {
        const struct cs__reranked *known = cs__reranking_find(reranking, matches->items[i].passage);
        if (known == NULL)
            break;
        struct document *document = find_document(documents, &document_count, known->document);
        if (++document->count > CS__FOLD_OF_A_DOCUMENT) {
            put_back[behind++] = matches->items[i];
            matches->items[document->last].more++;
            continue;
        }
        document->last = kept;
        matches->items[kept++] = matches->items[i];
    }
    for (size_t i = 0; i < behind; i++)
        matches->items[kept + i] = put_back[i];
    if (document_count == 1)
        matches->items[kept - 1].more = 0;
    free(documents);
    free(put_back);
    return status;
}
