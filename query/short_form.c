/* SPDX-License-Identifier: MIT */
/* Short forms: what the documents of an index say that a short form stands for. */
#include "query/short_form.h"

#include "core/error.h"

static cs_status look_up(cs_reader *reader, enum cs__sql which, const char *key, struct cs__arena *arena,
                         struct cs__other_form *out, size_t *count, cs_error *error)
{
    cs_status status;
    *count = 0;
    sqlite3_stmt *row = cs__reader_statement(reader, which, &status, error);
    if (row == NULL)
        return status;
    sqlite3_bind_text(row, 1, key, -1, SQLITE_STATIC);
    int step = SQLITE_DONE;
    while (*count < CS__OTHER_FORMS_MAX && (step = sqlite3_step(row)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(row, 0);
        if (text != NULL)
            text = cs__arena_string(arena, text);
        if (text == NULL)
            return cs__error_nomem(error);
        out[(*count)++] = (struct cs__other_form){text, sqlite3_column_int64(row, 1)};
    }
    return step == SQLITE_DONE || step == SQLITE_ROW ? CS_OK : cs__reader_failed(reader, error);
}

cs_status cs__short_form_expand(cs_reader *reader, const char *short_form, struct cs__arena *arena,
                                struct cs__other_form *out, size_t *count, cs_error *error)
{
    return look_up(reader, CS__SQL_LONG_FORMS, short_form, arena, out, count, error);
}

cs_status cs__long_form_shorten(cs_reader *reader, const char *terms, struct cs__arena *arena,
                                struct cs__other_form *out, size_t *count, cs_error *error)
{
    return look_up(reader, CS__SQL_SHORT_FORMS, terms, arena, out, count, error);
}
