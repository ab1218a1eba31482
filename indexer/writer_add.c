/* SPDX-License-Identifier: MIT */
/* Adding: paths and buffers -> sources to be read, unless they are as they were. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "indexer/describe.h"
#include "indexer/writer_internal.h"

/* Sources that wait for extraction, beyond those being read, and how soon a stop is noticed. */
enum { SOURCES_AHEAD = 4, WAIT_MS = 200 };

static void report_problem(void *context, const char *path, const char *why)
{
    cs__writer_report(context, CS_OUTCOME_FAILED, path, why);
}

static cs_status need_extractor(cs_writer *writer, cs_error *error)
{
    if (writer->extractor != NULL)
        return CS_OK;
    struct cs__extract_options options = {.program = writer->options.extract_program,
                                          .jobs = writer->options.jobs,
                                          .timeout_ms = writer->options.timeout_ms,
                                          .max_memory_bytes = writer->options.max_memory_bytes,
                                          .max_file_bytes = writer->options.max_file_bytes,
                                          .wait_ms = WAIT_MS};
    return cs__extractor_open(&options, &writer->extractor, error);
}

void cs__pending_free(struct cs__pending *pending)
{
    if (pending == NULL)
        return;
    if (pending->descriptor >= 0)
        close(pending->descriptor);
    cs__overrides_free(&pending->overrides);
    cs__buffer_free(&pending->warnings);
    free(pending->path);
    free(pending);
}

static struct cs__pending *new_pending(const char *path, const struct cs__source_row *row)
{
    struct cs__pending *pending = calloc(1, sizeof *pending);
    if (pending == NULL)
        return NULL;
    pending->descriptor = -1;
    pending->path = strdup(path);
    if (pending->path == NULL) {
        cs__pending_free(pending);
        return NULL;
    }
    pending->row.id = row->id;
    pending->row.path = pending->path;
    pending->known = row->id != 0 && !row->failed;
    return pending;
}

/* Hand an open file to extraction. `pending` and `descriptor` are taken over. */
static cs_status submit(cs_writer *writer, struct cs__pending *pending, int descriptor, cs_error *error)
{
    cs_status status = need_extractor(writer, error);
    pending->descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (status == CS_OK && pending->descriptor < 0)
        status = cs__error_set(error, CS_ERR_IO, "%s can't be read: %s", pending->path, strerror(errno));
    if (status == CS_OK)
        status = cs__extractor_submit(writer->extractor, descriptor, pending->path, &pending->ticket, error);
    else
        close(descriptor);
    if (status != CS_OK) {
        cs__pending_free(pending);
        return status;
    }
    if (writer->last != NULL)
        writer->last->next = pending;
    else
        writer->first = pending;
    writer->last = pending;
    return CS_OK;
}

static int64_t mtime_of(const struct stat *about)
{
    return (int64_t)about->st_mtim.tv_sec * 1000000000 + about->st_mtim.tv_nsec;
}

static int same_overrides(const struct cs__source_row *row, const struct cs__overrides *overrides)
{
    return strcmp(row->overrides != NULL ? row->overrides : "", overrides->digest) == 0;
}

/* Whether what the index has of a source is what it would have again. */
static int is_unchanged(const cs_writer *writer, const struct cs__source_row *row,
                        const struct cs__source *source, const struct cs__overrides *overrides)
{
    if (row->id == 0 || writer->options.force || (row->failed && writer->options.retry_failed))
        return 0;
    return row->size == source->size && row->mtime_ns == source->mtime_ns && same_overrides(row, overrides);
}

static cs_status pass_over(cs_writer *writer, const struct cs__source *source, const char *failure,
                           int failed)
{
    writer->files_done++;
    writer->bytes_done += (uint64_t)source->size;
    if (failed)
        cs__writer_report(writer, CS_OUTCOME_FAILED, source->path,
                          failure != NULL ? failure : "can't be read");
    else
        cs__writer_report(writer, CS_OUTCOME_UNCHANGED, source->path, NULL);
    return CS_OK;
}

/* Touched, but with the same bytes: only the time is put down. Sets `*same`. */
static cs_status compare_bytes(cs_writer *writer, struct cs__source_row *row, const struct stat *about,
                               const struct cs__overrides *overrides, int descriptor, int *same,
                               cs_error *error)
{
    uint8_t sha256[32];
    *same = 0;
    if (row->id == 0 || row->failed || !row->has_sha256 || writer->options.force ||
        row->size != about->st_size || !same_overrides(row, overrides) ||
        cs__hash_file(descriptor, sha256) != CS_OK || memcmp(sha256, row->sha256, sizeof sha256) != 0)
        return CS_OK;
    *same = 1;
    if (writer->options.dry_run)
        return CS_OK;
    row->mtime_ns = mtime_of(about);
    row->overrides = overrides->digest[0] != '\0' ? overrides->digest : NULL;
    cs_status status = cs__write_begin(writer->write, error);
    return status == CS_OK ? cs__write_put_source(writer->write, row, error) : status;
}

static cs_status fail_source(cs_writer *writer, const struct cs__source *source, struct cs__source_row *row,
                             const char *why, cs_error *error)
{
    writer->files_done++;
    row->path = source->path;
    row->size = source->size;
    row->mtime_ns = source->mtime_ns;
    return cs__writer_fail(writer, row, why, 1, error);
}

/* Opens a source; -1 with `*why` set when it can't be. Never waits for, or reads from, what is no regular
 * file. */
static int open_source(const struct cs__source *source, struct stat *about, const char **why)
{
    int descriptor = open(source->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        *why = errno == ENOENT ? "vanished before it was read" : strerror(errno);
        return -1;
    }
    if (fstat(descriptor, about) == 0 && S_ISREG(about->st_mode))
        return descriptor;
    *why = "is no regular file any more";
    close(descriptor);
    return -1;
}

static cs_status read_source(cs_writer *writer, const struct cs__source *source, struct cs__source_row *row,
                             struct cs__overrides *overrides, cs_error *error)
{
    struct stat about;
    const char *why = NULL;
    int same = 0, descriptor = open_source(source, &about, &why);
    if (descriptor < 0)
        return fail_source(writer, source, row, why, error);
    row->path = source->path;
    cs_status status = compare_bytes(writer, row, &about, overrides, descriptor, &same, error);
    if (status != CS_OK || same || writer->options.dry_run) {
        close(descriptor);
        if (status != CS_OK || same)
            return status == CS_OK ? pass_over(writer, source, NULL, 0) : status;
        writer->files_done++;
        cs__writer_report(writer, row->id != 0 && !row->failed ? CS_OUTCOME_REPLACED : CS_OUTCOME_ADDED,
                          source->path, NULL);
        return CS_OK;
    }
    struct cs__pending *pending = new_pending(source->path, row);
    if (pending == NULL) {
        close(descriptor);
        return cs__error_nomem(error);
    }
    pending->row.size = about.st_size;
    pending->row.mtime_ns = mtime_of(&about);
    pending->overrides = *overrides;
    *overrides = (struct cs__overrides){0};
    return submit(writer, pending, descriptor, error);
}

static cs_status find_row(cs_writer *writer, const char *path, struct cs__source_row *row, cs_error *error)
{
    *row = (struct cs__source_row){.path = path};
    if (writer->write == NULL)
        return CS_OK;
    cs_status status = cs__write_find_source(writer->write, path, row, error);
    return status == CS_ERR_NOT_FOUND ? CS_OK : status;
}

static cs_status add_source(cs_writer *writer, const struct cs__source *source, const cs_override *set,
                            size_t count, cs_error *error)
{
    struct cs__overrides overrides = {0};
    struct cs__source_row row;
    cs_error why = {0};
    cs_status status = find_row(writer, source->path, &row, error);
    if (status != CS_OK)
        return status;
    status = cs__overrides_make(set, count, source->sidecar, &overrides, &why);
    if (status == CS_ERR_DOCUMENT)
        return fail_source(writer, source, &row, why.message, error);
    if (status != CS_OK)
        return cs__error_nomem(error);
    if (is_unchanged(writer, &row, source, &overrides))
        status = pass_over(writer, source, row.message, row.failed);
    else
        status = read_source(writer, source, &row, &overrides, error);
    cs__overrides_free(&overrides);
    return status;
}

static cs_status add_sources(cs_writer *writer, const struct cs__sources *sources, const cs_override *set,
                             size_t count, cs_error *error)
{
    cs_status status = CS_OK;
    writer->files_done = writer->bytes_done = 0;
    writer->files_total = sources->count;
    writer->bytes_total = sources->bytes;
    for (size_t i = 0; i < sources->count && status == CS_OK; i++) {
        status = cs__writer_receive(writer, writer->options.jobs + SOURCES_AHEAD, error);
        if (status == CS_OK)
            status = add_source(writer, &sources->items[i], set, count, error);
        if (status == CS_OK)
            status = cs__writer_progress(writer, error);
    }
    return status == CS_OK ? cs__writer_receive(writer, 0, error) : status;
}

/* What is pending is dropped: its results must not meet those of a later call. */
static void drop_pending(cs_writer *writer)
{
    cs__extractor_close(writer->extractor);
    writer->extractor = NULL;
    while (writer->first != NULL) {
        struct cs__pending *next = writer->first->next;
        cs__pending_free(writer->first);
        writer->first = next;
    }
    writer->last = NULL;
}

/* Whole documents stay, whatever ended the run; after a failure of the index itself, those of the last batch.
 */
static cs_status end_run(cs_writer *writer, cs_status status, cs_error *error)
{
    if (status != CS_OK)
        drop_pending(writer);
    if (writer->options.dry_run || writer->write == NULL)
        return status;
    if (status == CS_OK || status == CS_ERR_CANCELLED) {
        cs_status committed = cs__write_commit(writer->write, error);
        return committed == CS_OK ? status : committed;
    }
    cs__write_rollback(writer->write);
    return status;
}

static cs_status check_overrides(const cs_override *overrides, size_t count, cs_error *error)
{
    cs_status status = CS_OK;
    for (size_t i = 0; i < count && status == CS_OK; i++) {
        if (overrides == NULL || overrides[i].key == NULL || overrides[i].value == NULL ||
            overrides[i].key[0] == '\0')
            return cs__error_set(error, CS_ERR_ARGUMENT, "an override needs a key and a value");
        status = cs__override_check(overrides[i].key, overrides[i].value, error);
    }
    return status;
}

cs_status cs_writer_add_paths(cs_writer *writer, const char *const *paths, size_t count,
                              const cs_override *overrides, size_t override_count, cs_error *error)
{
    struct cs__walk_options options = {.without = writer->path, .problem = report_problem, .context = writer};
    struct cs__sources sources;
    cs_status status = check_overrides(overrides, override_count, error);
    if (status == CS_OK)
        status = cs__writer_refresh(writer, error);
    if (status == CS_OK)
        status = cs__walk(paths, count, &options, &sources, error);
    if (status != CS_OK)
        return status;
    status = end_run(writer, add_sources(writer, &sources, overrides, override_count, error), error);
    cs__sources_free(&sources);
    return status;
}

/* A file without a name that holds the bytes. */
static int memory_file(const void *bytes, size_t size)
{
    int descriptor = memfd_create("document", MFD_CLOEXEC);
    const char *at = bytes;
    while (descriptor >= 0 && size > 0) {
        ssize_t written = write(descriptor, at, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            close(descriptor);
            return -1;
        }
        at += written;
        size -= (size_t)written;
    }
    if (descriptor >= 0)
        lseek(descriptor, 0, SEEK_SET);
    return descriptor;
}

static cs_status add_memory(cs_writer *writer, const char *name, int descriptor,
                            const struct cs__source_row *row, struct cs__overrides *overrides, size_t size,
                            cs_error *error)
{
    struct cs__pending *pending = new_pending(name, row);
    if (pending == NULL) {
        close(descriptor);
        return cs__error_nomem(error);
    }
    pending->row.size = (int64_t)size;
    pending->overrides = *overrides;
    *overrides = (struct cs__overrides){0};
    cs_status status = submit(writer, pending, descriptor, error);
    return status == CS_OK ? cs__writer_receive(writer, 0, error) : status;
}

/* What the host's report function would be told of one document: kept for its status. */
static cs_status failure_of(cs_writer *writer, const char *name, uint64_t failed_before, cs_error *error)
{
    struct cs__source_row row;
    if (writer->counts.failed == failed_before)
        return CS_OK;
    cs_status status = find_row(writer, name, &row, error);
    if (status != CS_OK)
        return status;
    return cs__error_set(error, CS_ERR_DOCUMENT, "%s: %s", name,
                         row.message != NULL ? row.message : "can't be read");
}

cs_status cs_writer_add_buffer(cs_writer *writer, const char *name, const void *bytes, size_t size,
                               const cs_override *overrides, size_t override_count, cs_error *error)
{
    struct cs__overrides said = {0};
    struct cs__source_row row;
    uint8_t sha256[32];
    uint64_t failed = writer->counts.failed;
    cs_status status = check_overrides(overrides, override_count, error);
    if (status == CS_OK && (name == NULL || name[0] == '\0' || (bytes == NULL && size > 0)))
        status = cs__error_set(error, CS_ERR_ARGUMENT, "a document needs a name and its bytes");
    if (status == CS_OK)
        status = cs__writer_refresh(writer, error);
    if (status == CS_OK)
        status = find_row(writer, name, &row, error);
    if (status == CS_OK)
        status = cs__overrides_make(overrides, override_count, NULL, &said, error);
    if (status != CS_OK)
        return status;
    cs__hash_bytes(bytes, size, sha256);
    int same = row.id != 0 && !row.failed && row.has_sha256 &&
               memcmp(row.sha256, sha256, sizeof sha256) == 0 && same_overrides(&row, &said) &&
               !writer->options.force;
    writer->files_total = writer->bytes_total = 0;
    if (same || writer->options.dry_run) {
        cs_outcome outcome = same          ? CS_OUTCOME_UNCHANGED
                             : row.id != 0 ? CS_OUTCOME_REPLACED
                                           : CS_OUTCOME_ADDED;
        cs__writer_report(writer, outcome, name, NULL);
    } else {
        int descriptor = memory_file(bytes, size);
        status = descriptor >= 0
                     ? add_memory(writer, name, descriptor, &row, &said, size, error)
                     : cs__error_set(error, CS_ERR_IO, "%s: no memory file: %s", name, strerror(errno));
        status = end_run(writer, status, error);
    }
    cs__overrides_free(&said);
    return status == CS_OK ? failure_of(writer, name, failed, error) : status;
}
