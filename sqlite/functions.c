/* SPDX-License-Identifier: MIT */
/* Functions: cs_text(index_file, passage), cs_highlight(text, marks, before, after), cs_read_as(query),
 * cs_version(). */
#include "sqlite/table.h"

#include <stdlib.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

static void fail(sqlite3_context *out, const char *name, cs_status status, const cs_error *error)
{
    char *message =
        sqlite3_mprintf("%s: %s", name, error->status != CS_OK ? error->message : cs_status_name(status));
    if (message == NULL || status == CS_ERR_NOMEM)
        sqlite3_result_error_nomem(out);
    else
        sqlite3_result_error(out, message, -1);
    sqlite3_free(message);
}

static void close_kept(void *reader)
{
    cs_reader_close(reader);
}

/* The reader of a file that is the same in all rows is kept with the statement. `*kept` tells whether it is:
 * else the caller closes it. */
static cs_reader *reader_of(sqlite3_context *out, sqlite3_value *file, int *kept)
{
    cs_error error = {CS_OK, ""};
    cs_reader *reader = sqlite3_get_auxdata(out, 0);
    const char *path = (const char *)sqlite3_value_text(file);
    *kept = 1;
    if (reader != NULL || path == NULL)
        return reader;
    cs_status status = cs_reader_open(path, NULL, &reader, &error);
    if (status != CS_OK) {
        fail(out, "cs_text", status, &error);
        return NULL;
    }
    sqlite3_set_auxdata(out, 0, reader, close_kept);
    /* SQLite may have closed it at once. */
    *kept = sqlite3_get_auxdata(out, 0) == reader;
    if (*kept)
        return reader;
    return cs_reader_open(path, NULL, &reader, &error) == CS_OK ? reader : NULL;
}

static void text_function(sqlite3_context *out, int argc, sqlite3_value **argv)
{
    cs_error error = {CS_OK, ""};
    cs_hits *hits = NULL;
    int kept;
    (void)argc;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL || sqlite3_value_type(argv[1]) == SQLITE_NULL)
        return;
    cs_reader *reader = reader_of(out, argv[0], &kept);
    if (reader == NULL)
        return;
    int64_t passage = sqlite3_value_int64(argv[1]);
    cs_status status = cs_passages_read(reader, &passage, 1, NULL, 0, NULL, &hits, &error);
    if (status == CS_OK)
        cs__give_bytes(out, cs_hits_get(hits, 0)->text, cs_hits_get(hits, 0)->text_size);
    else if (status != CS_ERR_NOT_FOUND) /* to SQL it is NULL */
        fail(out, "cs_text", status, &error);
    cs_hits_free(hits);
    if (!kept)
        cs_reader_close(reader);
}

/* The next number of a list of marks; 0 at its end, or where there is none. */
static int next_number(const char **at, size_t *out)
{
    while (**at != '\0' && (**at < '0' || **at > '9'))
        ++*at;
    if (**at == '\0')
        return 0;
    char *end;
    *out = (size_t)strtoull(*at, &end, 10);
    *at = end;
    return 1;
}

static void highlight_function(sqlite3_context *out, int argc, sqlite3_value **argv)
{
    const char *text = (const char *)sqlite3_value_text(argv[0]);
    const char *marks = (const char *)sqlite3_value_text(argv[1]);
    const char *before = argc > 2 ? (const char *)sqlite3_value_text(argv[2]) : "[";
    const char *after = argc > 3 ? (const char *)sqlite3_value_text(argv[3]) : "]";
    size_t size = (size_t)sqlite3_value_bytes(argv[0]), at = 0, start, end;
    if (text == NULL)
        return;
    sqlite3_str *marked = sqlite3_str_new(sqlite3_context_db_handle(out));
    while (marks != NULL && next_number(&marks, &start) && next_number(&marks, &end)) {
        if (start < at || end < start || end > size)
            continue;
        sqlite3_str_append(marked, text + at, (int)(start - at));
        sqlite3_str_appendall(marked, before != NULL ? before : "");
        sqlite3_str_append(marked, text + start, (int)(end - start));
        sqlite3_str_appendall(marked, after != NULL ? after : "");
        at = end;
    }
    sqlite3_str_append(marked, text + at, (int)(size - at));
    cs__give_string(out, marked);
}

static void read_as_function(sqlite3_context *out, int argc, sqlite3_value **argv)
{
    cs_error error = {CS_OK, ""};
    cs_reading *reading = NULL;
    const char *query = (const char *)sqlite3_value_text(argv[0]);
    (void)argc;
    if (query == NULL)
        return;
    cs_status status = cs_query_read(query, (size_t)sqlite3_value_bytes(argv[0]), &reading, &error);
    if (status == CS_OK)
        sqlite3_result_text(out, cs_reading_read_as(reading), -1, SQLITE_TRANSIENT);
    else
        fail(out, "cs_read_as", status, &error);
    cs_reading_free(reading);
}

static void version_function(sqlite3_context *out, int argc, sqlite3_value **argv)
{
    (void)argc;
    (void)argv;
    sqlite3_result_text(out, cs_version(), -1, SQLITE_STATIC);
}

int cs__functions_register(sqlite3 *db)
{
    /* One that reads files is not for schemas that somebody else wrote. */
    static const struct {
        const char *name;
        int arguments, flags;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"cs_text", 2, SQLITE_DIRECTONLY, text_function},
        {"cs_highlight", 2, SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, highlight_function},
        {"cs_highlight", 4, SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, highlight_function},
        {"cs_read_as", 1, SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, read_as_function},
        {"cs_version", 0, SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, version_function},
    };
    int status = SQLITE_OK;
    for (size_t i = 0; i < sizeof functions / sizeof functions[0] && status == SQLITE_OK; i++)
        status = sqlite3_create_function(db, functions[i].name, functions[i].arguments,
                                         SQLITE_UTF8 | functions[i].flags, NULL, functions[i].function, NULL,
                                         NULL);
    return status;
}
