/* SPDX-License-Identifier: MIT */
/* Link, step 0: documents that came and went -> the authorities whose visits are to be built anew. Input: the
 * table `unlinked`. */
#include "indexer/link_claims.h"

#include <string.h>

#include "core/error.h"
#include "core/store.h"

/* Each authority once, also where millions of documents share it. */
#define DISTINCT_AUTHORITIES(table)                                                                          \
    "WITH RECURSIVE a(name) AS (SELECT min(authority) FROM " table                                           \
    " UNION ALL SELECT (SELECT min(authority) FROM " table                                                   \
    " WHERE authority > a.name) FROM a WHERE a.name IS NOT NULL) SELECT name FROM a WHERE name IS NOT NULL"

static const char names_sql[] =
    "SELECT * FROM (" DISTINCT_AUTHORITIES("document") ") UNION SELECT * FROM (" DISTINCT_AUTHORITIES(
        "visit") ") UNION SELECT authority FROM unlinked UNION SELECT ''";

/* What ties authorities together: a document that the user put on a visit, by that visit's name. */
static const char forced_sql[] =
    "SELECT f.value, coalesce(d.authority, ''), v.authority, n.authority FROM field f"
    " JOIN document d ON d.id = f.document LEFT JOIN visit v ON v.id = d.visit"
    " LEFT JOIN visit n ON n.name = f.value WHERE f.name = 'visit' AND f.state = ?1";

struct string {
    struct string *next;
    const char *text;
};

/* Keys are how visits' names begin (cs__link_slug()), and, with '=' before them, whole names that users gave:
 * visits whose keys differ never meet, in a document or by their names. */
struct search {
    sqlite3 *db;
    struct cs__arena *arena;
    struct string *keys;
    int grew, nomem;
};

static int has_key(const struct search *search, const char *key)
{
    const struct string *at = search->keys;
    while (at != NULL && strcmp(at->text, key) != 0)
        at = at->next;
    return at != NULL;
}

static void add_key(struct search *search, const char *key)
{
    if (key == NULL || has_key(search, key))
        return;
    struct string *string = cs__arena_alloc(search->arena, sizeof *string);
    if (string == NULL) {
        search->nomem = 1;
        return;
    }
    *string = (struct string){search->keys, key};
    search->keys = string;
    search->grew = 1;
}

static const char *key_of(struct search *search, const char *authority)
{
    const char *key = cs__link_slug(search->arena, authority);
    search->nomem |= key == NULL;
    return key != NULL ? key : "";
}

static cs_status finish(struct search *search, sqlite3_stmt *statement, int code, cs_error *error)
{
    cs_status status = code == SQLITE_DONE ? CS_OK : cs__store_failed(search->db, error);
    sqlite3_finalize(statement);
    return status == CS_OK && search->nomem ? cs__error_nomem(error) : status;
}

static cs_status read_unlinked(struct search *search, cs_error *error)
{
    sqlite3_stmt *rows = NULL;
    int code = sqlite3_prepare_v2(search->db, "SELECT authority FROM unlinked", -1, &rows, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(rows);
        if (code == SQLITE_ROW)
            add_key(search, key_of(search, (const char *)sqlite3_column_text(rows, 0)));
    }
    return finish(search, rows, code, error);
}

/* The keys that one document ties: its authority's, those of the visit it is on and of the one it is to be
 * on, and the name, whose beginning may be that of an authority which has no such visit yet. */
static void take_forced(struct search *search, sqlite3_stmt *row)
{
    enum { KEYS = 5 };
    const char *keys[KEYS] = {NULL}, *name = (const char *)sqlite3_column_text(row, 0);
    int meets = 0;
    if (name == NULL)
        return;
    char *begin = cs__arena_string(search->arena, name);
    keys[0] = cs__arena_printf(search->arena, "=%s", name);
    search->nomem |= begin == NULL || keys[0] == NULL;
    if (search->nomem)
        return;
    begin[strcspn(begin, "/")] = '\0';
    keys[1] = begin;
    for (int column = 1; column <= 3; column++)
        if (sqlite3_column_type(row, column) != SQLITE_NULL)
            keys[column + 1] = key_of(search, (const char *)sqlite3_column_text(row, column));
    for (int i = 0; i < KEYS; i++)
        meets |= keys[i] != NULL && has_key(search, keys[i]);
    for (int i = 0; i < KEYS && meets; i++)
        add_key(search, keys[i]);
}

/* All that is tied to what is known to have changed. */
static cs_status read_forced(struct search *search, cs_error *error)
{
    cs_status status = CS_OK;
    do {
        sqlite3_stmt *rows = NULL;
        search->grew = 0;
        int code = sqlite3_prepare_v2(search->db, forced_sql, -1, &rows, NULL);
        if (code == SQLITE_OK)
            sqlite3_bind_int(rows, 1, (int)CS_STATE_OVERRIDE);
        while ((code == SQLITE_OK || code == SQLITE_ROW) && !search->nomem) {
            code = sqlite3_step(rows);
            if (code == SQLITE_ROW)
                take_forced(search, rows);
        }
        status = finish(search, rows, search->nomem ? SQLITE_DONE : code, error);
    } while (status == CS_OK && search->grew);
    return status;
}

static cs_status read_names(struct search *search, const char ***names, size_t *count, cs_error *error)
{
    struct string *first = NULL;
    sqlite3_stmt *rows = NULL;
    int code = sqlite3_prepare_v2(search->db, names_sql, -1, &rows, NULL);
    while ((code == SQLITE_OK || code == SQLITE_ROW) && !search->nomem) {
        code = sqlite3_step(rows);
        const char *name = code == SQLITE_ROW ? (const char *)sqlite3_column_text(rows, 0) : NULL;
        if (name == NULL || !has_key(search, key_of(search, name)))
            continue;
        struct string *string = cs__arena_alloc(search->arena, sizeof *string);
        const char *copy = cs__arena_string(search->arena, name);
        search->nomem |= string == NULL || copy == NULL;
        if (search->nomem)
            break;
        *string = (struct string){first, copy};
        first = string;
        ++*count;
    }
    cs_status status = finish(search, rows, search->nomem ? SQLITE_DONE : code, error);
    *names = status == CS_OK ? cs__arena_array(search->arena, *count, sizeof **names) : NULL;
    if (status == CS_OK && *names == NULL)
        return cs__error_nomem(error);
    for (size_t i = *count; status == CS_OK && i-- > 0; first = first->next)
        (*names)[i] = first->text;
    return status;
}

cs_status cs__link_changed(sqlite3 *db, struct cs__arena *arena, const char ***names, size_t *count,
                           cs_error *error)
{
    struct search search = {.db = db, .arena = arena};
    *names = NULL;
    *count = 0;
    cs_status status = read_unlinked(&search, error);
    if (status != CS_OK || search.keys == NULL)
        return status;
    status = read_forced(&search, error);
    return status == CS_OK ? read_names(&search, names, count, error) : status;
}
