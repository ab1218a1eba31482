/* SPDX-License-Identifier: MIT */
/* Which index it is: a few rows of its table of facts. */
#include <stdlib.h>
#include <string.h>

#include "core/schema.h"
#include "core/store.h"
#include "query/reader.h"

static void take(cs_identity *out, const char *key, const char *value)
{
    if (strcmp(key, "identity") == 0)
        memcpy(out->uuid, value, strnlen(value, sizeof out->uuid - 1));
    else if (strcmp(key, "tokenizer_version") == 0)
        out->tokenizer_version = atoi(value);
    else if (strcmp(key, "rules_version") == 0)
        out->rules_version = atoi(value);
}

cs_status cs_reader_identity(cs_reader *reader, cs_identity *out, cs_error *error)
{
    static const char sql[] = "SELECT key, CAST(value AS TEXT) FROM meta"
                              " WHERE key IN ('identity', 'tokenizer_version', 'rules_version')";
    sqlite3_stmt *row = NULL;
    int step = SQLITE_ERROR;
    *out = (cs_identity){.schema_version = CS__SCHEMA_VERSION};
    if (sqlite3_prepare_v2(reader->db, sql, -1, &row, NULL) == SQLITE_OK) {
        while ((step = sqlite3_step(row)) == SQLITE_ROW) {
            const char *value = (const char *)sqlite3_column_text(row, 1);
            if (value != NULL)
                take(out, (const char *)sqlite3_column_text(row, 0), value);
        }
    }
    cs_status status = step == SQLITE_DONE ? CS_OK : cs__reader_failed(reader, error);
    sqlite3_finalize(row);
    return cs__reader_finish(reader, status, error);
}
