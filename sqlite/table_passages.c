/* SPDX-License-Identifier: MIT */
/* cs_passages('index.db', document): all that can be searched of a document, in its order. */
#include "sqlite/hit.h"

SQLITE_EXTENSION_INIT3

enum { INDEX_FILE = CS__HIT_COUNT, DOCUMENT_ID, QUERY, COLUMNS };

#define HIT_COLUMN(id, name, role) {name, CS__OUTPUT},
static const struct cs__column columns[COLUMNS] = {
    CS__HIT_COLUMNS(HIT_COLUMN)[INDEX_FILE] = {"index_file", CS__ARGUMENT},
    [DOCUMENT_ID] = {"document_id", CS__ARGUMENT},
    [QUERY] = {"query", CS__ARGUMENT},
};

static void release(struct cs__cursor *cursor)
{
    cs_hits_free(cursor->rows);
}

static cs_status run(struct cs__cursor *cursor, cs_error *error)
{
    sqlite3_value *query = cursor->arguments[QUERY];
    const char *text = query != NULL ? (const char *)sqlite3_value_text(query) : NULL;
    size_t size = query != NULL ? (size_t)sqlite3_value_bytes(query) : 0;
    cs_hits *hits = NULL;
    cs_status status = cs_document_read(cursor->reader, sqlite3_value_int64(cursor->arguments[DOCUMENT_ID]),
                                        text, size, NULL, &hits, error);
    cursor->rows = hits;
    cursor->count = hits != NULL ? cs_hits_count(hits) : 0;
    /* To SQL a document that is not there is one without rows. */
    return status == CS_ERR_NOT_FOUND ? CS_OK : status;
}

static void value(sqlite3_context *out, const struct cs__cursor *cursor, int column)
{
    cs__give_hit(out, cs_hits_get(cursor->rows, cursor->at), (enum cs__hit_column)column);
}

const struct cs__table cs__table_passages = {
    .name = "cs_passages",
    .columns = columns,
    .column_count = COLUMNS,
    .required = 2,
    .ranked = 1,
    .run = run,
    .value = value,
    .release = release,
};
