/* SPDX-License-Identifier: MIT */
/* The tokenizer for people's own FTS5 tables: tokenize='csearch', or tokenize='csearch exact' without stems.
 *
 * The interface is FTS5's own: https://sqlite.org/fts5.html, "Custom Tokenizers". */
#include "sqlite/table.h"

#include <stdlib.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

struct instance {
    cs_tokenizer *tokenizer;
    int exact;
};

static void delete_instance(Fts5Tokenizer *fts5)
{
    struct instance *instance = (struct instance *)(void *)fts5;
    if (instance == NULL)
        return;
    cs_tokenizer_free(instance->tokenizer);
    free(instance);
}

static int create_instance(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)context;
    *out = NULL;
    if (count > 1 || (count == 1 && strcmp(arguments[0], "exact") != 0))
        return SQLITE_ERROR;
    struct instance *instance = calloc(1, sizeof *instance);
    if (instance == NULL)
        return SQLITE_NOMEM;
    instance->exact = count == 1;
    if (cs_tokenizer_new(&instance->tokenizer) != CS_OK) {
        free(instance);
        return SQLITE_NOMEM;
    }
    *out = (Fts5Tokenizer *)(void *)instance;
    return SQLITE_OK;
}

typedef int token_fn(void *context, int flags, const char *term, int size, int start, int end);

static int tokenize(Fts5Tokenizer *fts5, void *context, int flags, const char *text, int size, token_fn *give)
{
    struct instance *instance = (struct instance *)(void *)fts5;
    cs_tokenize_mode mode = instance->exact               ? CS_TOKENIZE_EXACT
                            : flags & FTS5_TOKENIZE_QUERY ? CS_TOKENIZE_QUERY
                                                          : CS_TOKENIZE_DOCUMENT;
    uint32_t position = UINT32_MAX;
    cs_token token;
    cs_tokenizer_start(instance->tokenizer, text, size > 0 ? (size_t)size : 0, mode);
    while (cs_tokenizer_next(instance->tokenizer, &token)) {
        int colocated = token.position == position ? FTS5_TOKEN_COLOCATED : 0;
        position = token.position;
        int status =
            give(context, colocated, token.term, (int)token.term_size, (int)token.start, (int)token.end);
        if (status != SQLITE_OK)
            return status;
    }
    return SQLITE_OK;
}

/* FTS5's table of functions is handed out through a query with a bound pointer. */
static fts5_api *find_fts5(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) != SQLITE_OK)
        return NULL;
    sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api;
}

/* A host without FTS5 has no use for a tokenizer, but for all the rest. */
int cs__fts5_register(sqlite3 *db)
{
    fts5_tokenizer functions = {create_instance, delete_instance, tokenize};
    fts5_api *api = find_fts5(db);
    return api != NULL ? api->xCreateTokenizer(api, "csearch", NULL, &functions, NULL) : SQLITE_OK;
}
