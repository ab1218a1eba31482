/* SPDX-License-Identifier: MIT */
/* The served index: one reader, opened again when the file is another one or has been written. */
#include <stdlib.h>
#include <string.h>

#include "cli/index_path.h"
#include "query/cli_serve.h"

static int is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* The file and its write-ahead log, where there is one; zeroed where not. */
static void look(const char *path, struct stat *file, struct stat *log)
{
    size_t size = path != NULL ? strlen(path) + sizeof "-wal" : 0;
    char *log_path = size > 0 ? malloc(size) : NULL;
    memset(file, 0, sizeof *file);
    memset(log, 0, sizeof *log);
    if (log_path == NULL)
        return;
    snprintf(log_path, size, "%s-wal", path);
    if (stat(path, file) != 0)
        memset(file, 0, sizeof *file);
    /* An empty log says nothing that the file does not; readers come and go with one. */
    if (stat(log_path, log) != 0 || log->st_size == 0)
        memset(log, 0, sizeof *log);
    free(log_path);
}

cs_reader *cs__serve_reader(struct cs__served_index *index, cs_error *error)
{
    struct stat file, log;
    char *path = cs__index_path(index->cli->index);
    look(path, &file, &log);
    if (index->reader == NULL || !is_same(&file, &index->file) || !is_same(&log, &index->log)) {
        cs__serve_close(index);
        index->reader = cs__search_cli_try_open(index->cli, error);
        index->file = file;
        index->log = log;
    }
    free(path);
    return index->reader;
}

void cs__serve_close(struct cs__served_index *index)
{
    cs_reader_close(index->reader);
    index->reader = NULL;
}
