/* SPDX-License-Identifier: MIT */
/* Reading: any bytes -> a query, without an index. */
#include "query/reading.h"

#include <stdlib.h>

#include <csearch/query.h>

#include "core/error.h"

cs_status cs__query_parse(const char *query, size_t size, struct cs__query *out, cs_error *error)
{
    struct cs__lexemes lexemes;
    *out = (struct cs__query){0};
    cs_status status = cs__lex(query, size, &lexemes, error);
    if (status != CS_OK)
        return status;
    status = cs__parse(&lexemes, out, error);
    cs__lexemes_free(&lexemes);
    return status;
}

/* A query read without an index. */
struct cs_reading {
    struct cs__query query;
    struct cs__buffer read_as;
};

cs_status cs_query_read(const char *query, size_t size, cs_reading **out, cs_error *error)
{
    *out = NULL;
    cs_reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL)
        return cs__error_nomem(error);
    cs_status status = cs__query_parse(query, size, &reading->query, error);
    if (status == CS_OK) {
        cs__buffer_string(&reading->read_as, "");
        cs__query_print(&reading->query, &reading->read_as);
        if (reading->read_as.failed)
            status = cs__error_nomem(error);
    }
    if (status == CS_OK)
        *out = reading;
    else
        cs_reading_free(reading);
    return status;
}

const char *cs_reading_read_as(const cs_reading *reading)
{
    return reading->read_as.data;
}

const char *cs_reading_note(const cs_reading *reading, size_t i)
{
    return i < reading->query.notes.count ? reading->query.notes.items[i] : NULL;
}

void cs_reading_free(cs_reading *reading)
{
    if (reading == NULL)
        return;
    cs__query_free(&reading->query);
    cs__buffer_free(&reading->read_as);
    free(reading);
}
