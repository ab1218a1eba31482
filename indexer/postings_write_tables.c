/* SPDX-License-Identifier: MIT */
/* Rows of segment, segment_chunk and segment_removed. */
#include "indexer/postings_write_tables.h"

enum {
    NEXT_ID,
    INSERT_SEGMENT,
    INSERT_CHUNK,
    DROP_SEGMENT,
    DROP_CHUNKS,
    DROP_REMOVED,
    WRITE_REMOVED,
    COUNT_REMOVED,
    STATEMENT_COUNT
};

static const char *const sql[STATEMENT_COUNT] = {
    /* AUTOINCREMENT's own memory: an id that was ever given is not given again. */
    [NEXT_ID] = "SELECT 1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'segment'), 0)",
    [INSERT_SEGMENT] = ("INSERT INTO segment (id, first, span, passages, words, removed, removed_words) "
                        "VALUES (?, ?, ?, ?, ?, 0, 0)"),
    [INSERT_CHUNK] = "INSERT INTO segment_chunk (id, data) VALUES (?, ?)",
    [DROP_SEGMENT] = "DELETE FROM segment WHERE id = ?",
    [DROP_CHUNKS] = "DELETE FROM segment_chunk WHERE id >= ?1 << 24 AND id < (?1 + 1) << 24",
    [DROP_REMOVED] = "DELETE FROM segment_removed WHERE id >= ?1 << 24 AND id < (?1 + 1) << 24",
    [WRITE_REMOVED] = "INSERT OR REPLACE INTO segment_removed (id, bits) VALUES (?, ?)",
    [COUNT_REMOVED] = "UPDATE segment SET removed = ?2, removed_words = ?3 WHERE id = ?1",
};
_Static_assert(CS__CHUNK_BITS == 24, "the statements shift by it");

cs_status cs__segment_tables_init(struct cs__segment_tables *tables, sqlite3 *db)
{
    *tables = (struct cs__segment_tables){0};
    return cs__statements_init(&tables->statements, db, sql, STATEMENT_COUNT);
}

void cs__segment_tables_free(struct cs__segment_tables *tables)
{
    cs__statements_free(&tables->statements);
}

/* Run a statement that gives no rows. */
static cs_status finish(struct cs__segment_tables *tables, sqlite3_stmt *statement, cs_error *error)
{
    int code = sqlite3_step(statement);
    cs_status status = code == SQLITE_DONE ? CS_OK : cs__store_failed(tables->statements.db, error);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return status;
}

static cs_status write_chunk(struct cs__segment_tables *tables, uint32_t chunk, const void *bytes,
                             size_t size, cs_error *error)
{
    sqlite3_stmt *insert = cs__statements_get(&tables->statements, INSERT_CHUNK);
    if (insert == NULL)
        return cs__store_failed(tables->statements.db, error);
    sqlite3_bind_int64(insert, 1, tables->open_segment << CS__CHUNK_BITS | chunk);
    sqlite3_bind_blob64(insert, 2, size > 0 ? bytes : "", size, SQLITE_STATIC);
    return finish(tables, insert, error);
}

static cs_status put_chunk(void *context, uint32_t chunk, const void *bytes, size_t size)
{
    if (chunk >= CS__CHUNK_HEADER)
        return CS_ERR_LIMIT;
    return write_chunk(context, chunk, bytes, size, NULL);
}

cs_status cs__segment_tables_begin(struct cs__segment_tables *tables, struct cs__chunk_sink *sink,
                                   cs_error *error)
{
    sqlite3_stmt *select = cs__statements_get(&tables->statements, NEXT_ID);
    if (select == NULL || sqlite3_step(select) != SQLITE_ROW)
        return cs__store_failed(tables->statements.db, error);
    tables->open_segment = sqlite3_column_int64(select, 0);
    sqlite3_reset(select);
    *sink = (struct cs__chunk_sink){tables, put_chunk};
    return CS_OK;
}

cs_status cs__segment_tables_end(struct cs__segment_tables *tables, const struct cs__segment_row *row,
                                 const struct cs__buffer *header, cs_error *error)
{
    cs_status status = write_chunk(tables, CS__CHUNK_HEADER, header->data, header->size, error);
    if (status != CS_OK)
        return status;
    sqlite3_stmt *insert = cs__statements_get(&tables->statements, INSERT_SEGMENT);
    if (insert == NULL)
        return cs__store_failed(tables->statements.db, error);
    sqlite3_bind_int64(insert, 1, tables->open_segment);
    sqlite3_bind_int64(insert, 2, row->first);
    sqlite3_bind_int64(insert, 3, row->span);
    sqlite3_bind_int64(insert, 4, row->passages);
    sqlite3_bind_int64(insert, 5, (int64_t)row->words);
    return finish(tables, insert, error);
}

cs_status cs__segment_tables_drop(struct cs__segment_tables *tables, int64_t segment, cs_error *error)
{
    cs_status status = CS_OK;
    for (size_t which = DROP_SEGMENT; which <= DROP_REMOVED && status == CS_OK; which++) {
        sqlite3_stmt *statement = cs__statements_get(&tables->statements, which);
        if (statement == NULL)
            return cs__store_failed(tables->statements.db, error);
        sqlite3_bind_int64(statement, 1, segment);
        status = finish(tables, statement, error);
    }
    return status;
}

cs_status cs__segment_tables_remove(struct cs__segment_tables *tables,
                                    const struct cs__stored_segment *stored, uint32_t page, cs_error *error)
{
    sqlite3_stmt *write = cs__statements_get(&tables->statements, WRITE_REMOVED);
    if (write == NULL)
        return cs__store_failed(tables->statements.db, error);
    sqlite3_bind_int64(write, 1, stored->id << CS__CHUNK_BITS | page);
    sqlite3_bind_blob(write, 2, stored->pages[page], CS__REMOVED_PAGE / 8, SQLITE_STATIC);
    cs_status status = finish(tables, write, error);
    sqlite3_stmt *count = cs__statements_get(&tables->statements, COUNT_REMOVED);
    if (status != CS_OK || count == NULL)
        return status != CS_OK ? status : cs__store_failed(tables->statements.db, error);
    sqlite3_bind_int64(count, 1, stored->id);
    sqlite3_bind_int64(count, 2, stored->removed);
    sqlite3_bind_int64(count, 3, (int64_t)stored->removed_words);
    return finish(tables, count, error);
}
