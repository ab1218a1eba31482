/* SPDX-License-Identifier: MIT */
/* The tokenizer as FTS5's: registered on a connection, with a tap for a writer.
 *
 * The interface is FTS5's own: https://sqlite.org/fts5.html, "Custom Tokenizers". */
#include "core/tokenizer.h"

#include <limits.h>
#include <stdlib.h>

#include "core/error.h"

/* What FTS5 knows as an Fts5Tokenizer: one a table and connection. */
struct instance {
    struct cs__tokenizer *tokenizer;
    const struct cs__token_tap *tap; /* the connection's; its `token` may be NULL */
};

static void delete_instance(Fts5Tokenizer *fts5)
{
    struct instance *instance = (struct instance *)(void *)fts5;
    if (instance == NULL)
        return;
    cs__tokenizer_free(instance->tokenizer);
    free(instance);
}

static int create_instance(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)arguments;
    *out = NULL;
    if (count != 0)
        return SQLITE_ERROR;
    struct instance *instance = calloc(1, sizeof *instance);
    if (instance == NULL)
        return SQLITE_NOMEM;
    instance->tap = context;
    if (cs__tokenizer_new(&instance->tokenizer) != CS_OK) {
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
    const struct cs__token_tap *tap =
        (flags & FTS5_TOKENIZE_DOCUMENT) && instance->tap->token != NULL ? instance->tap : NULL;
    uint32_t position = UINT32_MAX;
    struct cs__token token;
    if (tap != NULL && tap->text(tap->context) != 0)
        return SQLITE_ERROR;
    cs__tokenizer_start(instance->tokenizer, text, size > 0 ? (size_t)size : 0,
                        flags & FTS5_TOKENIZE_QUERY ? CS__TOKENIZE_QUERY : CS__TOKENIZE_STEM);
    while (cs__tokenizer_next(instance->tokenizer, &token)) {
        int colocated = token.position == position ? FTS5_TOKEN_COLOCATED : 0;
        position = token.position;
        if (tap != NULL && tap->token(tap->context, &token) != 0)
            return SQLITE_ERROR;
        int status =
            give(context, colocated, token.term, (int)token.term_size, (int)token.start, (int)token.end);
        if (status != SQLITE_OK)
            return status;
    }
    return SQLITE_OK;
}

/* FTS5's table of functions is handed out through a query with a bound pointer. */
static cs_status find_fts5(sqlite3 *db, fts5_api **api, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    *api = NULL;
    int status = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (status == SQLITE_OK)
        status = sqlite3_bind_pointer(statement, 1, (void *)api, "fts5_api_ptr", NULL);
    if (status == SQLITE_OK)
        status = sqlite3_step(statement);
    sqlite3_finalize(statement);
    if (status == SQLITE_ROW && *api != NULL)
        return CS_OK;
    if (status == SQLITE_NOMEM)
        return cs__error_nomem(error);
    return cs__error_set(error, CS_ERR_INTERNAL, "this SQLite (%s) has no FTS5", sqlite3_libversion());
}

cs_status cs__tokenizer_register(sqlite3 *db, const struct cs__token_tap *tap, cs_error *error)
{
    fts5_tokenizer functions = {create_instance, delete_instance, tokenize};
    fts5_api *api;
    cs_status status = find_fts5(db, &api, error);
    if (status != CS_OK)
        return status;
    struct cs__token_tap *copy = calloc(1, sizeof *copy);
    if (copy == NULL)
        return cs__error_nomem(error);
    if (tap != NULL)
        *copy = *tap;
    if (api->xCreateTokenizer(api, "csearch", copy, &functions, free) != SQLITE_OK) {
        free(copy);
        return cs__error_nomem(error);
    }
    return CS_OK;
}
