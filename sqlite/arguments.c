/* SPDX-License-Identifier: MIT */
/* Arguments: what a statement gives by name -> options of the library. */
#include "sqlite/table.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

static sqlite3_value *argument(const struct cs__cursor *cursor, const char *name)
{
    int column = cs__table_column(cursor->table, name);
    return column >= 0 ? cursor->arguments[column] : NULL;
}

const char *cs__argument_text(const struct cs__cursor *cursor, const char *name)
{
    sqlite3_value *value = argument(cursor, name);
    return value != NULL ? (const char *)sqlite3_value_text(value) : NULL;
}

int64_t cs__argument_number(const struct cs__cursor *cursor, const char *name, int64_t otherwise)
{
    sqlite3_value *value = argument(cursor, name);
    return value != NULL ? sqlite3_value_int64(value) : otherwise;
}

cs_status cs__argument_choice(const struct cs__cursor *cursor, const char *name, const char *const words[3],
                              int *out, cs_error *error)
{
    const char *given = cs__argument_text(cursor, name);
    *out = 0;
    for (int i = 0; given != NULL && i < 3 && words[i] != NULL; i++) {
        *out = i;
        if (sqlite3_stricmp(given, words[i]) == 0)
            return CS_OK;
    }
    if (given == NULL)
        return CS_OK;
    error->status = CS_ERR_ARGUMENT;
    sqlite3_snprintf(CS_ERROR_SIZE, error->message, "%s can't be \"%s\": give %s, %s%s%s", name, given,
                     words[0], words[1], words[2] != NULL ? " or " : "", words[2] != NULL ? words[2] : "");
    return CS_ERR_ARGUMENT;
}

cs_status cs__argument_filters(const struct cs__cursor *cursor, cs_search_options *out, cs_error *error)
{
    static const char *const matches[3] = {"auto", "all", "any"}, *const sorts[3] = {"relevance", "date"};
    const struct {
        const char *name, **to;
    } texts[] = {
        {"since", &out->since},
        {"until", &out->until},
        {"published_since", &out->published_since},
        {"published_until", &out->published_until},
        {"judgement", &out->judgement},
        {"overall", &out->overall},
        {"authority", &out->authority},
        {"kind", &out->kind},
        {"visit", &out->visit},
        {"section", &out->section},
        {"area", &out->area},
    };
    int match = 0, sort = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        *texts[i].to = cs__argument_text(cursor, texts[i].name);
    cs_status status = cs__argument_choice(cursor, "match", matches, &match, error);
    if (status == CS_OK)
        status = cs__argument_choice(cursor, "sort", sorts, &sort, error);
    int64_t context = cs__argument_number(cursor, "context", 0);
    out->match = (cs_match_mode)match;
    out->sort = (cs_sort)sort;
    out->exact = cs__argument_number(cursor, "exact", 0) != 0;
    out->no_fold = cs__argument_number(cursor, "no_fold", 0) != 0;
    out->context = context > 0 && context < UINT16_MAX ? (uint32_t)context : 0;
    return status;
}
