/* SPDX-License-Identifier: MIT */
/* Giving: values of the library -> values of SQL. */
#include "sqlite/table.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

int cs__sqlite_status(cs_status status)
{
    switch (status) {
    case CS_OK:
        return SQLITE_OK;
    case CS_ERR_NOMEM:
        return SQLITE_NOMEM;
    case CS_ERR_BUSY:
        return SQLITE_BUSY;
    case CS_ERR_CANCELLED:
        return SQLITE_INTERRUPT;
    default:
        return SQLITE_ERROR;
    }
}

void cs__give_text(sqlite3_context *out, const char *text)
{
    if (text != NULL && *text != '\0')
        sqlite3_result_text(out, text, -1, SQLITE_TRANSIENT);
}

void cs__give_bytes(sqlite3_context *out, const char *text, size_t size)
{
    sqlite3_result_text64(out, text, size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

void cs__give_day(sqlite3_context *out, cs_date date, int last)
{
    char text[CS_DATE_SIZE];
    int32_t day = last ? date.last : date.first;
    if (date.precision != CS_PRECISION_UNKNOWN)
        cs__give_text(out, cs_date_print((cs_date){day, day, CS_PRECISION_DAY}, text));
}

void cs__give_date(sqlite3_context *out, cs_date date)
{
    char text[CS_DATE_SIZE];
    cs__give_text(out, cs_date_print(date, text));
}

void cs__give_number(sqlite3_context *out, int64_t number)
{
    if (number != 0)
        sqlite3_result_int64(out, number);
}

void cs__give_string(sqlite3_context *out, sqlite3_str *text)
{
    int failed = sqlite3_str_errcode(text) != SQLITE_OK, size = sqlite3_str_length(text);
    char *bytes = sqlite3_str_finish(text);
    if (failed)
        sqlite3_result_error_nomem(out);
    else if (bytes != NULL)
        sqlite3_result_text(out, bytes, size, sqlite3_free);
    else
        sqlite3_result_text(out, "", 0, SQLITE_STATIC);
    if (failed)
        sqlite3_free(bytes);
}

void cs__json_string(sqlite3_str *out, const char *text)
{
    if (text == NULL) {
        sqlite3_str_appendall(out, "null");
        return;
    }
    sqlite3_str_appendchar(out, 1, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            sqlite3_str_appendf(out, "\\%c", *text);
        else if ((unsigned char)*text < ' ')
            sqlite3_str_appendf(out, "\\u%04x", (unsigned char)*text);
        else
            sqlite3_str_appendchar(out, 1, *text);
    }
    sqlite3_str_appendchar(out, 1, '"');
}

void cs__give_marks(sqlite3_context *out, const cs_range *marks, size_t count, cs_range part)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    const char *comma = "";
    sqlite3_str_appendchar(text, 1, '[');
    for (size_t i = 0; i < count; i++) {
        if (marks[i].start < part.start || marks[i].end > part.end)
            continue;
        sqlite3_str_appendf(text, "%s[%u,%u]", comma, marks[i].start - part.start, marks[i].end - part.start);
        comma = ",";
    }
    sqlite3_str_appendchar(text, 1, ']');
    cs__give_string(out, text);
}

void cs__give_strings(sqlite3_context *out, cs__strings_fn *get, const void *owner)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendchar(text, 1, '[');
    for (size_t i = 0; get(owner, i) != NULL; i++) {
        if (i > 0)
            sqlite3_str_appendchar(text, 1, ',');
        cs__json_string(text, get(owner, i));
    }
    sqlite3_str_appendchar(text, 1, ']');
    cs__give_string(out, text);
}
