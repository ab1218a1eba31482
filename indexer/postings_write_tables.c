/* SPDX-License-Identifier: MIT */
/* Rows of segment, segment_chunk, segment_removed, segment_merge and segment_dropped. */
#include "indexer/postings_write_tables.h"

#include <string.h>

#include "core/error.h"

enum {
    NEXT_ID,
    INSERT_SEGMENT,
    INSERT_CHUNK,
    DROP_SEGMENT,
    DROP_REMOVED,
    DROP_LATER,
    FIRST_DROPPED,
    DROP_CHUNKS,
    DROP_DONE,
    WRITE_REMOVED,
    COUNT_REMOVED,
    READ_MERGE,
    WRITE_MERGE,
    DELETE_MERGE,
    DELETE_PIECES,
    STATEMENT_COUNT
};

static const char *const sql[STATEMENT_COUNT] = {
    /* AUTOINCREMENT's own memory: an id that was ever given is not given again. */
    [NEXT_ID] = "SELECT 1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'segment'), 0)",
    [INSERT_SEGMENT] = ("INSERT INTO segment (id, first, span, passages, words, removed, removed_words) "
                        "VALUES (?, ?, ?, ?, ?, 0, 0)"),
    [INSERT_CHUNK] = "INSERT INTO segment_chunk (id, data) VALUES (?, ?)",
    [DROP_SEGMENT] = "DELETE FROM segment WHERE id = ?",
    [DROP_REMOVED] = "DELETE FROM segment_removed WHERE id >= ?1 << 24 AND id < (?1 + 1) << 24",
    [DROP_LATER] = "INSERT INTO segment_dropped (id) VALUES (?1)",
    [FIRST_DROPPED] = "SELECT min(id) FROM segment_dropped",
    [DROP_CHUNKS] = ("DELETE FROM segment_chunk WHERE id IN (SELECT id FROM segment_chunk"
                     " WHERE id >= ?1 << 24 AND id < (?1 + 1) << 24 ORDER BY id LIMIT ?2)"),
    [DROP_DONE] = "DELETE FROM segment_dropped WHERE id = ?1",
    [WRITE_REMOVED] = "INSERT OR REPLACE INTO segment_removed (id, bits) VALUES (?, ?)",
    [COUNT_REMOVED] = "UPDATE segment SET removed = ?2, removed_words = ?3 WHERE id = ?1",
    [READ_MERGE] = ("SELECT id, first_input, inputs, first, span, passages, words, chunks, blocks, pieces,"
                    " term FROM segment_merge"),
    [WRITE_MERGE] = ("INSERT OR REPLACE INTO segment_merge (id, first_input, inputs, first, span, passages,"
                     " words, chunks, blocks, pieces, term) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    [DELETE_MERGE] = "DELETE FROM segment_merge",
    [DELETE_PIECES] = "DELETE FROM segment_chunk WHERE id BETWEEN ?1 AND ?2",
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

/* Run a statement that gives no rows. SQLite ends a transaction of its own accord when it runs out of memory
 * or space: what was written after that would stay, whatever is rolled back. */
static cs_status finish(struct cs__segment_tables *tables, sqlite3_stmt *statement, cs_error *error)
{
    if (tables->in_transaction && sqlite3_get_autocommit(tables->statements.db))
        return cs__error_set(error, CS_ERR_IO,
                             "the index was not written: an earlier failure ended its transaction");
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

static cs_status put_segment(struct cs__segment_tables *tables, const struct cs__segment_row *row,
                             cs_error *error)
{
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

cs_status cs__segment_tables_end(struct cs__segment_tables *tables, const struct cs__segment_row *row,
                                 const struct cs__buffer *header, cs_error *error)
{
    cs_status status = write_chunk(tables, CS__CHUNK_HEADER, header->data, header->size, error);
    return status == CS_OK ? put_segment(tables, row, error) : status;
}

static cs_status drop(struct cs__segment_tables *tables, size_t which, int64_t segment, cs_error *error)
{
    sqlite3_stmt *statement = cs__statements_get(&tables->statements, which);
    if (statement == NULL)
        return cs__store_failed(tables->statements.db, error);
    sqlite3_bind_int64(statement, 1, segment);
    return finish(tables, statement, error);
}

cs_status cs__segment_tables_keep_id(struct cs__segment_tables *tables, int64_t *out, cs_error *error)
{
    *out = tables->open_segment;
    cs_status status = put_segment(tables, &(struct cs__segment_row){0}, error);
    return status == CS_OK ? drop(tables, DROP_SEGMENT, *out, error) : status;
}

cs_status cs__segment_tables_drop(struct cs__segment_tables *tables, int64_t segment, cs_error *error)
{
    cs_status status = CS_OK;
    for (size_t which = DROP_SEGMENT; which <= DROP_LATER && status == CS_OK; which++)
        status = drop(tables, which, segment, error);
    return status;
}

static cs_status first_dropped(struct cs__segment_tables *tables, int64_t *out, cs_error *error)
{
    sqlite3_stmt *select = cs__statements_get(&tables->statements, FIRST_DROPPED);
    if (select == NULL || sqlite3_step(select) != SQLITE_ROW)
        return cs__store_failed(tables->statements.db, error);
    *out = sqlite3_column_int64(select, 0);
    sqlite3_reset(select);
    return CS_OK;
}

cs_status cs__segment_tables_sweep(struct cs__segment_tables *tables, uint32_t limit, cs_error *error)
{
    int64_t segment = 0;
    cs_status status;
    while ((status = first_dropped(tables, &segment, error)) == CS_OK && segment != 0) {
        sqlite3_stmt *delete_chunks = cs__statements_get(&tables->statements, DROP_CHUNKS);
        if (delete_chunks == NULL)
            return cs__store_failed(tables->statements.db, error);
        sqlite3_bind_int64(delete_chunks, 1, segment);
        sqlite3_bind_int64(delete_chunks, 2, limit);
        status = finish(tables, delete_chunks, error);
        uint32_t deleted = (uint32_t)sqlite3_changes(tables->statements.db);
        if (status != CS_OK || deleted >= limit)
            return status;
        limit -= deleted;
        status = drop(tables, DROP_DONE, segment, error);
        if (status != CS_OK)
            return status;
    }
    return status;
}

cs_status cs__segment_tables_remove(struct cs__segment_tables *tables, int64_t segment, uint32_t page,
                                    const unsigned char *bits, const struct cs__removed_counts *counts,
                                    cs_error *error)
{
    sqlite3_stmt *write = cs__statements_get(&tables->statements, WRITE_REMOVED);
    if (write == NULL)
        return cs__store_failed(tables->statements.db, error);
    sqlite3_bind_int64(write, 1, segment << CS__CHUNK_BITS | page);
    sqlite3_bind_blob(write, 2, bits, CS__REMOVED_PAGE / 8, SQLITE_STATIC);
    cs_status status = finish(tables, write, error);
    sqlite3_stmt *count = cs__statements_get(&tables->statements, COUNT_REMOVED);
    if (status != CS_OK || count == NULL)
        return status != CS_OK ? status : cs__store_failed(tables->statements.db, error);
    sqlite3_bind_int64(count, 1, segment);
    sqlite3_bind_int64(count, 2, counts->passages);
    sqlite3_bind_int64(count, 3, (int64_t)counts->words);
    return finish(tables, count, error);
}

/* Whether what a row says can be gone on from. */
static int is_sound(const struct cs__merge_row *row, const void *term, int64_t term_size)
{
    return row->segment > 0 && row->inputs > 0 && row->result.span < CS__NO_PASSAGE && term != NULL &&
           term_size > 0 && term_size < (int64_t)sizeof row->term && row->pieces < CS__CHUNK_HEADER &&
           row->mark.chunks < cs__merge_piece(row->pieces);
}

cs_status cs__merge_row_read(struct cs__segment_tables *tables, struct cs__merge_row *out, cs_error *error)
{
    sqlite3_stmt *select = cs__statements_get(&tables->statements, READ_MERGE);
    cs_status status = CS_OK;
    *out = (struct cs__merge_row){0};
    if (select == NULL)
        return cs__store_failed(tables->statements.db, error);
    int code = sqlite3_step(select);
    if (code == SQLITE_ROW) {
        *out = (struct cs__merge_row){
            .segment = sqlite3_column_int64(select, 0),
            .first_input = sqlite3_column_int64(select, 1),
            .inputs = (uint32_t)sqlite3_column_int64(select, 2),
            .result = {sqlite3_column_int64(select, 3), (uint32_t)sqlite3_column_int64(select, 4),
                       (uint32_t)sqlite3_column_int64(select, 5), (uint64_t)sqlite3_column_int64(select, 6)},
            .mark = {(uint32_t)sqlite3_column_int64(select, 7), (uint32_t)sqlite3_column_int64(select, 8)},
            .pieces = (uint32_t)sqlite3_column_int64(select, 9)};
        const void *term = sqlite3_column_blob(select, 10);
        out->term_size = (uint32_t)sqlite3_column_bytes(select, 10);
        if (is_sound(out, term, sqlite3_column_bytes(select, 10)))
            memcpy(out->term, term, out->term_size);
        else
            status = CS_ERR_CORRUPT;
    } else if (code != SQLITE_DONE) {
        status = cs__store_failed(tables->statements.db, error);
    }
    sqlite3_reset(select);
    return status;
}

static cs_status put_row(struct cs__segment_tables *tables, const struct cs__merge_row *row, cs_error *error)
{
    sqlite3_stmt *write = cs__statements_get(&tables->statements, WRITE_MERGE);
    if (write == NULL)
        return cs__store_failed(tables->statements.db, error);
    const int64_t numbers[] = {row->segment,
                               row->first_input,
                               row->inputs,
                               row->result.first,
                               row->result.span,
                               row->result.passages,
                               (int64_t)row->result.words,
                               row->mark.chunks,
                               row->mark.blocks,
                               row->pieces};
    int column = 1;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        sqlite3_bind_int64(write, column++, numbers[i]);
    sqlite3_bind_blob(write, column, row->term, (int)row->term_size, SQLITE_STATIC);
    return finish(tables, write, error);
}

cs_status cs__merge_row_write(struct cs__segment_tables *tables, struct cs__merge_row *row,
                              const struct cs__buffer *piece, cs_error *error)
{
    tables->open_segment = row->segment;
    cs_status status = write_chunk(tables, cs__merge_piece(row->pieces++), piece->data, piece->size, error);
    return status == CS_OK ? put_row(tables, row, error) : status;
}

cs_status cs__merge_row_delete(struct cs__segment_tables *tables, const struct cs__merge_row *row,
                               cs_error *error)
{
    sqlite3_stmt *statement = cs__statements_get(&tables->statements, DELETE_PIECES);
    cs_status status = statement != NULL ? CS_OK : cs__store_failed(tables->statements.db, error);
    if (status == CS_OK) {
        int64_t chunks = row->segment << CS__CHUNK_BITS;
        sqlite3_bind_int64(statement, 1, chunks | cs__merge_piece(row->pieces));
        sqlite3_bind_int64(statement, 2, chunks | cs__merge_piece(0));
        status = finish(tables, statement, error);
    }
    statement = status == CS_OK ? cs__statements_get(&tables->statements, DELETE_MERGE) : NULL;
    if (status == CS_OK)
        status = statement != NULL ? finish(tables, statement, error)
                                   : cs__store_failed(tables->statements.db, error);
    return status;
}

void cs__merge_row_resume(struct cs__segment_tables *tables, const struct cs__merge_row *row,
                          struct cs__chunk_sink *sink)
{
    tables->open_segment = row->segment;
    *sink = (struct cs__chunk_sink){tables, put_chunk};
}
