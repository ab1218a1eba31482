/* SPDX-License-Identifier: MIT */
/* Extension: csearch_sqlite.so, libcsearch in any SQLite shell or language. Input: a connection that loads
 * it; output: table-valued functions, functions and a tokenizer on that connection. See csearch-sqlite(7).
 *
 * It is an embedder like any other: it sees the public headers only. All calls on the host's connection go
 * through the host's own SQLite (sqlite3ext.h); the index is read by the library on a connection of its own.
 */
#include "sqlite/table.h"

SQLITE_EXTENSION_INIT1

CS_API int sqlite3_csearch_init(sqlite3 *db, char **error, const sqlite3_api_routines *api);
/* The name that SQLite makes of the file's. */
CS_API int sqlite3_csearchsqlite_init(sqlite3 *db, char **error, const sqlite3_api_routines *api);

/* Table-valued functions with LIMIT, FTS5's interface and all else that is used here. */
enum { SQLITE_LEAST = 3030000 };

int sqlite3_csearch_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
    static const struct cs__table *const tables[] = {&cs__table_search,    &cs__table_timeline,
                                                     &cs__table_documents, &cs__table_fields,
                                                     &cs__table_visits,    &cs__table_passages};
    SQLITE_EXTENSION_INIT2(api);
    if (sqlite3_libversion_number() < SQLITE_LEAST) {
        *error = sqlite3_mprintf("csearch needs SQLite 3.30 or newer, and this is %s", sqlite3_libversion());
        return SQLITE_ERROR;
    }
    int status = SQLITE_OK;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0] && status == SQLITE_OK; i++)
        status = cs__table_register(db, tables[i]);
    if (status == SQLITE_OK)
        status = cs__functions_register(db);
    return status == SQLITE_OK ? cs__fts5_register(db) : status;
}

int sqlite3_csearchsqlite_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
    return sqlite3_csearch_init(db, error, api);
}
