/* SPDX-License-Identifier: MIT */
/* Documents: matches of passages -> matches of documents, each once, by its best passages. */
#include "query/documents.h"

#include <stdlib.h>

#include "core/error.h"
#include "query/rank_constants.h"
#include "query/reader.h"

/* One passage and where it stood; later, one document. */
struct ranked {
    struct cs__match match;
    int64_t document;
    size_t order;
};

static cs_status read_documents(cs_reader *reader, const struct cs__matches *matches, struct ranked *out,
                                cs_error *error)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(reader, CS__SQL_DOCUMENT_OF, &status, error);
    for (size_t i = 0; row != NULL && i < matches->count; i++) {
        sqlite3_reset(row);
        sqlite3_bind_int64(row, 1, matches->items[i].passage);
        int step = sqlite3_step(row);
        if (step != SQLITE_ROW)
            return step == SQLITE_DONE
                       ? cs__reader_missing(reader, "passage", matches->items[i].passage, error)
                       : cs__reader_failed(reader, error);
        out[i] = (struct ranked){matches->items[i], sqlite3_column_int64(row, 0), i};
    }
    sqlite3_reset(row);
    return status;
}

static int by_document(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int by_score(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->match.score != y->match.score)
        return x->match.score > y->match.score ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Of each run of passages of one document, the first with the score of all. */
static size_t add_up(struct ranked *items, size_t count)
{
    size_t kept = 0;
    double weight = 1;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && items[kept - 1].document == items[i].document) {
            weight *= CS__RANK_DOCUMENT_DECAY;
            items[kept - 1].match.score += weight * items[i].match.score;
            continue;
        }
        weight = 1;
        items[kept++] = items[i];
    }
    return kept;
}

cs_status cs__documents_group(cs_reader *reader, struct cs__matches *matches, cs_error *error)
{
    struct ranked *items = malloc((matches->count + 1) * sizeof *items);
    cs_status status = items == NULL ? cs__error_nomem(error) : read_documents(reader, matches, items, error);
    if (status == CS_OK) {
        qsort(items, matches->count, sizeof *items, by_document);
        matches->count = add_up(items, matches->count);
        qsort(items, matches->count, sizeof *items, by_score);
        matches->total = matches->count;
    }
    for (size_t i = 0; status == CS_OK && i < matches->count; i++)
        matches->items[i] = items[i].match;
    free(items);
    return status;
}
