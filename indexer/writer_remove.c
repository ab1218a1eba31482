/* SPDX-License-Identifier: MIT */
/* Removing sources, by name or because their file is gone. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "core/error.h"
#include "core/store.h"
#include "indexer/writer_internal.h"

/* Sources in the order of their paths. */
struct list {
    struct cs__arena arena;
    struct item {
        struct item *next;
        int64_t id;
        const char *path;
    } * first, **end;
};

static int is_gone(const char *path)
{
    struct stat about;
    return path[0] == '/' && stat(path, &about) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* What to list: what is at or below one of the paths (all, where there are none); with `gone`, only where the
 * file is not there. */
struct wanted {
    const char *const *paths;
    size_t count;
    int gone;
};

static int is_wanted(const struct wanted *wanted, const char *path)
{
    int below = wanted->count == 0;
    for (size_t i = 0; i < wanted->count && !below; i++)
        below = cs__path_is_below(path, wanted->paths[i]);
    return below && (!wanted->gone || is_gone(path));
}

static cs_status add_item(struct list *list, int64_t id, const char *path, cs_error *error)
{
    struct item *item = cs__arena_alloc(&list->arena, sizeof *item);
    const char *copy = cs__arena_string(&list->arena, path);
    if (item == NULL || copy == NULL)
        return cs__error_nomem(error);
    *item = (struct item){.id = id, .path = copy};
    *list->end = item;
    list->end = &item->next;
    return CS_OK;
}

static cs_status make_list(cs_writer *writer, const struct wanted *wanted, struct list *list, cs_error *error)
{
    sqlite3 *db = cs__write_db(writer->write);
    sqlite3_stmt *statement = NULL;
    cs_status status = CS_OK;
    int step = sqlite3_prepare_v2(db, "SELECT id, path FROM source ORDER BY path", -1, &statement, NULL);
    if (step != SQLITE_OK)
        return cs__store_failed(db, error);
    while (status == CS_OK && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(statement, 1);
        if (path != NULL && is_wanted(wanted, path))
            status = add_item(list, sqlite3_column_int64(statement, 0), path, error);
    }
    if (status == CS_OK && step != SQLITE_DONE)
        status = cs__store_failed(db, error);
    sqlite3_finalize(statement);
    return status;
}

static cs_status remove_all(cs_writer *writer, const struct list *list, cs_error *error)
{
    cs_status status = CS_OK;
    for (const struct item *item = list->first; item != NULL && status == CS_OK; item = item->next) {
        if (!writer->options.dry_run) {
            status = cs__writer_begin(writer, error);
            if (status == CS_OK)
                status = cs__write_remove_source(writer->write, item->id, error);
            if (status == CS_OK)
                status = cs__writer_commit_batch(writer, error);
        }
        if (status == CS_OK)
            cs__writer_report(writer, CS_OUTCOME_REMOVED, item->path, NULL);
    }
    if (writer->options.dry_run)
        return status;
    if (status == CS_OK)
        return cs__write_commit(writer->write, error);
    cs__write_rollback(writer->write);
    return status;
}

cs_status cs_writer_remove(cs_writer *writer, const char *path, cs_error *error)
{
    if (path == NULL || path[0] == '\0')
        return cs__error_set(error, CS_ERR_ARGUMENT, "the path to remove is empty");
    struct list list = {.end = &list.first};
    const char *paths[] = {cs__path_absolute(&list.arena, path), path}; /* the second may name a buffer */
    cs_status status = paths[0] != NULL ? CS_OK : cs__error_nomem(error);
    if (status == CS_OK && writer->write != NULL)
        status = make_list(writer, &(struct wanted){paths, 2, 0}, &list, error);
    if (status == CS_OK && list.first == NULL)
        status = cs__error_set(error, CS_ERR_NOT_FOUND, "the index has no document at or below %s", paths[0]);
    if (status == CS_OK)
        status = remove_all(writer, &list, error);
    cs__arena_free(&list.arena);
    return status;
}

cs_status cs_writer_prune(cs_writer *writer, const char *const *paths, size_t count, cs_error *error)
{
    struct list list = {.end = &list.first};
    if (writer->write == NULL)
        return CS_OK;
    const char **whole = cs__arena_array(&list.arena, count + 1, sizeof *whole);
    cs_status status = whole != NULL ? CS_OK : cs__error_nomem(error);
    for (size_t i = 0; i < count && status == CS_OK; i++) {
        whole[i] = cs__path_absolute(&list.arena, paths[i]);
        status = whole[i] != NULL ? CS_OK : cs__error_nomem(error);
    }
    if (status == CS_OK)
        status = make_list(writer, &(struct wanted){whole, count, 1}, &list, error);
    if (status == CS_OK)
        status = remove_all(writer, &list, error);
    cs__arena_free(&list.arena);
    return status;
}
