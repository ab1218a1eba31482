/* SPDX-License-Identifier: MIT */
/* The public writer: opening and closing an index, the end of a run, counts and reports. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/error.h"
#include "core/options.h"
#include "core/store.h"
#include "indexer/link.h"
#include "indexer/writer_internal.h"

/* A batch ends when it holds so much text, or has been open so long: what a killed run loses, and what the
 * WAL file grows to. */
enum { BATCH_BYTES = 32 << 20, BATCH_MS = 10000 };
enum { STEPS_OF_SQLITE = 4096 };
enum { DEFAULT_TIMEOUT_MS = 60000, DEFAULT_BUSY_TIMEOUT_MS = 5000 };
#define DEFAULT_MEMORY_BYTES ((uint64_t)512 << 20)
#define DEFAULT_FILE_BYTES ((uint64_t)256 << 20)

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static cs_status take_options(cs_writer_options *to, const cs_writer_options *from, cs_error *error)
{
    cs_status status = cs__options_copy(to, sizeof *to, from, "CS_WRITER_OPTIONS_INIT", error);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (to->jobs == 0)
        to->jobs = processors > 0 ? (unsigned)processors : 1;
    if (to->timeout_ms == 0)
        to->timeout_ms = DEFAULT_TIMEOUT_MS;
    if (to->busy_timeout_ms == 0)
        to->busy_timeout_ms = DEFAULT_BUSY_TIMEOUT_MS;
    if (to->max_memory_bytes == 0)
        to->max_memory_bytes = DEFAULT_MEMORY_BYTES;
    if (to->max_file_bytes == 0)
        to->max_file_bytes = DEFAULT_FILE_BYTES;
    return status;
}

static cs_status open_index(cs_writer *writer, cs_error *error)
{
    if (writer->options.dry_run) {
        cs_status status =
            cs__write_open_read(writer->path, writer->options.busy_timeout_ms, &writer->write, error);
        return status == CS_ERR_NOT_FOUND ? CS_OK : status;
    }
    cs_status status = cs__store_lock(writer->path, writer->options.busy_timeout_ms, &writer->lock, error);
    if (status != CS_OK)
        return status;
    status = cs__write_open(writer->path, writer->options.busy_timeout_ms, &writer->write, error);
    return status == CS_OK ? cs__postings_sink_open(writer->write, &writer->postings, error) : status;
}

static char *absolute(const char *path)
{
    struct cs__arena arena = {0};
    char *whole = cs__path_absolute(&arena, path);
    char *out = whole != NULL ? strdup(whole) : NULL;
    cs__arena_free(&arena);
    return out;
}

cs_status cs_writer_open(const char *path, const cs_writer_options *options, cs_writer **out, cs_error *error)
{
    *out = NULL;
    if (path == NULL || path[0] == '\0')
        return cs__error_set(error, CS_ERR_ARGUMENT, "the path of the index is empty");
    cs_status status = cs__store_check_path(path, 1, error);
    if (status != CS_OK)
        return status;
    cs_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return cs__error_nomem(error);
    status = take_options(&writer->options, options, error);
    writer->path = absolute(path);
    if (status == CS_OK)
        status = writer->path != NULL ? open_index(writer, error) : cs__error_nomem(error);
    if (status != CS_OK) {
        cs_writer_close(writer);
        return status;
    }
    *out = writer;
    return CS_OK;
}

void cs_writer_close(cs_writer *writer)
{
    if (writer == NULL)
        return;
    cs__extractor_close(writer->extractor);
    while (writer->first != NULL) {
        struct cs__pending *next = writer->first->next;
        cs__pending_free(writer->first);
        writer->first = next;
    }
    cs__write_rollback(writer->write);
    cs__postings_sink_free(writer->postings);
    cs__write_close(writer->write);
    cs__store_unlock(writer->lock);
    free(writer->path);
    free(writer);
}

void cs__writer_report(cs_writer *writer, cs_outcome outcome, const char *path, const char *message)
{
    cs_run_counts *counts = &writer->counts;
    uint64_t *const count[] = {
        [CS_OUTCOME_ADDED] = &counts->added,         [CS_OUTCOME_REPLACED] = &counts->replaced,
        [CS_OUTCOME_UNCHANGED] = &counts->unchanged, [CS_OUTCOME_REMOVED] = &counts->removed,
        [CS_OUTCOME_FAILED] = &counts->failed,       [CS_OUTCOME_WARNING] = &counts->warnings,
    };
    ++*count[outcome];
    if (outcome != CS_OUTCOME_WARNING && outcome != CS_OUTCOME_REMOVED)
        counts->files++;
    if (writer->options.report != NULL)
        writer->options.report(writer->options.report_context, outcome, path, message);
}

static int is_cancelled(void *context)
{
    const cs_writer *writer = context;
    return writer->options.cancel != NULL && writer->options.cancel(writer->options.cancel_context) != 0;
}

cs_status cs__writer_progress(cs_writer *writer, cs_error *error)
{
    cs_progress_fn progress = writer->options.progress;
    void *context = writer->options.progress_context;
    if (is_cancelled(writer))
        return cs__error_set(error, CS_ERR_CANCELLED, "stopped; what was indexed before is kept");
    if (progress == NULL)
        return CS_OK;
    if (progress(context, "files", writer->files_done, writer->files_total) != 0 ||
        progress(context, "bytes", writer->bytes_done, writer->bytes_total) != 0)
        return cs__error_set(error, CS_ERR_CANCELLED, "stopped; what was indexed before is kept");
    return CS_OK;
}

/* Visits must be built at the end of a run, or of the next; and by whose rules the first documents were
 * described. */
static cs_status mark_changed(cs_writer *writer, cs_error *error)
{
    int64_t rules = 0;
    cs_status status = cs__write_put_meta(writer->write, "unlinked", 1, error);
    if (status == CS_OK)
        status = cs__write_get_meta(writer->write, "rules_version", &rules, error);
    if (status == CS_OK && rules == 0)
        status = cs__write_put_meta(writer->write, "rules_version", CS__RULES_VERSION, error);
    return status;
}

cs_status cs__writer_begin(cs_writer *writer, cs_error *error)
{
    if (!cs__write_is_open(writer->write))
        writer->batch_began_ms = now_ms();
    cs_status status = cs__write_begin(writer->write, error);
    if (status == CS_OK && !writer->changed)
        status = mark_changed(writer, error);
    if (status == CS_OK)
        writer->changed = 1;
    return status;
}

cs_status cs__writer_commit_batch(cs_writer *writer, cs_error *error)
{
    if (!cs__write_is_open(writer->write) ||
        (cs__write_pending(writer->write) < BATCH_BYTES && now_ms() - writer->batch_began_ms < BATCH_MS))
        return CS_OK;
    return cs__write_commit(writer->write, error);
}

/* Visits of a run that was killed before this were not built: `unlinked` says so. */
static cs_status link_documents(cs_writer *writer, cs_error *error)
{
    int64_t unlinked = 0;
    cs_status status = cs__write_begin(writer->write, error);
    if (status == CS_OK)
        status = cs__write_get_meta(writer->write, "unlinked", &unlinked, error);
    if (status == CS_OK && unlinked != 0)
        status = cs__link(cs__write_db(writer->write), error);
    if (status == CS_OK && unlinked != 0)
        status = cs__write_put_meta(writer->write, "unlinked", 0, error);
    if (status == CS_OK)
        status = cs__write_commit(writer->write, error);
    if (status == CS_OK)
        writer->changed = 0;
    else
        cs__write_rollback(writer->write);
    return status;
}

/* What takes long at the end of a run is SQLite's. */
static cs_status run_cancellable(cs_writer *writer, cs_status (*step)(cs_writer *, cs_error *),
                                 cs_error *error)
{
    sqlite3 *db = cs__write_db(writer->write);
    if (is_cancelled(writer))
        return cs__error_set(error, CS_ERR_CANCELLED, "stopped; what was indexed before is kept");
    if (writer->options.cancel != NULL)
        sqlite3_progress_handler(db, STEPS_OF_SQLITE, is_cancelled, writer);
    cs_status status = step(writer, error);
    sqlite3_progress_handler(db, 0, NULL, NULL);
    return status;
}

cs_status cs_writer_commit(cs_writer *writer, cs_error *error)
{
    if (writer->options.dry_run)
        return CS_OK;
    cs_status status = cs__write_commit(writer->write, error);
    return status == CS_OK ? run_cancellable(writer, link_documents, error) : status;
}

static cs_status optimize(cs_writer *writer, cs_error *error)
{
    return cs__write_optimize(writer->write, error);
}

cs_status cs_writer_optimize(cs_writer *writer, cs_error *error)
{
    if (writer->options.dry_run)
        return CS_OK;
    cs_status status = cs_writer_commit(writer, error);
    return status == CS_OK ? run_cancellable(writer, optimize, error) : status;
}

void cs_writer_counts(const cs_writer *writer, cs_run_counts *out)
{
    *out = writer->counts;
}
