/* SPDX-License-Identifier: MIT */
/* Receiving: what extraction gives, one text after another -> documents in the index. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/error.h"
#include "indexer/writer_internal.h"

/* A source's warnings are kept up to this size; all are reported. */
enum { WARNINGS_SIZE_MAX = 2000 };

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static void warn(cs_writer *writer, struct cs__pending *pending, const char *message)
{
    cs__writer_report(writer, CS_OUTCOME_WARNING, pending->path, message);
    if (pending->warnings.size < WARNINGS_SIZE_MAX)
        cs__buffer_printf(&pending->warnings, "%s%s", pending->warnings.size > 0 ? "; " : "", message);
}

/* Before its first document: what the source gave before goes, and until its end its row says that it is to
 * be read again. */
static cs_status begin_source(cs_writer *writer, struct cs__pending *pending, cs_error *error)
{
    struct cs__source_row row = {.id = pending->row.id,
                                 .path = pending->path,
                                 .size = CS__SIZE_UNKNOWN,
                                 .message = "reading it was interrupted: index it again"};
    cs_status status = cs__writer_begin(writer, error);
    if (status == CS_OK && row.id != 0)
        status = cs__write_empty_source(writer->write, row.id, error);
    if (status == CS_OK)
        status = cs__write_put_source(writer->write, &row, error);
    pending->row.id = row.id;
    return status;
}

/* The stages between extraction and the index. */
struct stages {
    struct cs__blocks blocks;
    struct cs__described described;
    struct cs__passages passages;
};

static cs_status run_stages(const struct cs__pending *pending, const struct cs__text *text,
                            struct stages *stages, cs_error *error)
{
    struct cs__describe_input input = {.name = text->record != NULL ? text->record : file_name(pending->path),
                                       .format = text->format,
                                       .pages = text->pages,
                                       .properties = text->properties,
                                       .property_count = text->property_count,
                                       .overrides = pending->overrides.items,
                                       .override_count = pending->overrides.count};
    cs_status status = cs__layout(text, &stages->blocks, error);
    if (status == CS_OK)
        status = cs__describe(&stages->blocks, &input, &stages->described, error);
    if (status == CS_OK)
        status = cs__split(&stages->blocks, &stages->described, &stages->passages, error);
    return status;
}

static void free_stages(struct stages *stages)
{
    cs__passages_free(&stages->passages);
    cs__described_free(&stages->described);
    cs__blocks_free(&stages->blocks);
}

static void count_document(cs_writer *writer, struct cs__pending *pending, const struct cs__text *text,
                           const struct cs__passages *passages)
{
    uint64_t left = (uint64_t)pending->row.size - pending->text_bytes;
    uint64_t step = text->size < left ? text->size : left;
    pending->texts++;
    pending->text_bytes += step;
    writer->bytes_done += step;
    writer->counts.documents++;
    writer->counts.bytes += text->size;
    for (size_t i = 0; i < passages->count; i++)
        writer->counts.passages += (passages->items[i].flags & CS__PASSAGE_SEARCHABLE) != 0;
}

static cs_status receive_text(cs_writer *writer, struct cs__pending *pending, const struct cs__text *text,
                              cs_error *error)
{
    struct stages stages = {0};
    cs_status status = pending->texts == 0 ? begin_source(writer, pending, error) : CS_OK;
    if (status == CS_OK)
        status = cs__writer_begin(writer, error);
    if (status == CS_OK)
        status = run_stages(pending, text, &stages, error);
    if (status == CS_OK)
        status = cs__write_document(writer->write, pending->row.id, text, &stages.described, &stages.passages,
                                    error);
    if (status == CS_OK) {
        for (size_t i = 0; i < text->warning_count; i++)
            warn(writer, pending, text->warnings[i]);
        count_document(writer, pending, text, &stages.passages);
    }
    free_stages(&stages);
    return status == CS_OK ? cs__writer_commit_batch(writer, error) : status;
}

/* The hash is of what was read, unless the file changed meanwhile: then it is read again at the next run. */
static void look_again(cs_writer *writer, struct cs__pending *pending)
{
    struct stat about;
    struct cs__source_row *row = &pending->row;
    row->has_sha256 = cs__hash_file(pending->descriptor, row->sha256) == CS_OK;
    if (pending->row.mtime_ns == 0) /* a buffer */
        return;
    int64_t mtime_ns = fstat(pending->descriptor, &about) != 0
                           ? 0
                           : (int64_t)about.st_mtim.tv_sec * 1000000000 + about.st_mtim.tv_nsec;
    if (mtime_ns == row->mtime_ns && about.st_size == row->size)
        return;
    warn(writer, pending, "changed while it was read: the next run reads it again");
    row->size = CS__SIZE_UNKNOWN;
    row->has_sha256 = 0;
}

static cs_status end_source(cs_writer *writer, struct cs__pending *pending, cs_error *error)
{
    if (pending->texts == 0)
        return cs__writer_fail(writer, &pending->row, "holds no document", 0, error);
    look_again(writer, pending);
    pending->row.failed = 0;
    pending->row.message = pending->warnings.size > 0 ? pending->warnings.data : NULL;
    pending->row.overrides = pending->overrides.digest[0] != '\0' ? pending->overrides.digest : NULL;
    cs_status status = cs__writer_begin(writer, error);
    if (status == CS_OK)
        status = cs__write_put_source(writer->write, &pending->row, error);
    if (status == CS_OK)
        status = cs__write_end_source(writer->write, error);
    if (status == CS_OK)
        cs__writer_report(writer, pending->known ? CS_OUTCOME_REPLACED : CS_OUTCOME_ADDED, pending->path,
                          NULL);
    return status;
}

cs_status cs__writer_fail(cs_writer *writer, struct cs__source_row *row, const char *why, int retry,
                          cs_error *error)
{
    cs_status status = CS_OK;
    if (!writer->options.dry_run) {
        status = cs__writer_begin(writer, error);
        if (status == CS_OK && row->id != 0)
            status = cs__write_empty_source(writer->write, row->id, error);
        row->failed = 1;
        row->message = why;
        row->has_sha256 = 0;
        row->overrides = NULL;
        if (retry)
            row->size = CS__SIZE_UNKNOWN;
        if (status == CS_OK)
            status = cs__write_put_source(writer->write, row, error);
    }
    if (status == CS_OK)
        cs__writer_report(writer, CS_OUTCOME_FAILED, row->path, why);
    return status;
}

/* Documents that a source gave before it failed (records of a JSON Lines file) are whole, and stay. */
static cs_status fail_pending(cs_writer *writer, struct cs__pending *pending, const char *why,
                              cs_error *error)
{
    pending->row.overrides = pending->overrides.digest[0] != '\0' ? pending->overrides.digest : NULL;
    if (pending->texts == 0)
        return cs__writer_fail(writer, &pending->row, why, 0, error);
    pending->row.failed = 1;
    pending->row.message = why;
    cs_status status = cs__writer_begin(writer, error);
    if (status == CS_OK)
        status = cs__write_put_source(writer->write, &pending->row, error);
    if (status == CS_OK)
        status = cs__write_end_source(writer->write, error);
    if (status == CS_OK)
        cs__writer_report(writer, CS_OUTCOME_FAILED, pending->path, why);
    return status;
}

static void leave(cs_writer *writer)
{
    struct cs__pending *pending = writer->first;
    writer->first = pending->next;
    if (writer->first == NULL)
        writer->last = NULL;
    writer->files_done++;
    if (pending->row.size > 0 && (uint64_t)pending->row.size > pending->text_bytes)
        writer->bytes_done += (uint64_t)pending->row.size - pending->text_bytes;
    cs__pending_free(pending);
}

static cs_status receive(cs_writer *writer, struct cs__extracted *result, cs_error *error)
{
    struct cs__pending *pending = writer->first;
    cs_status status = CS_OK;
    if (pending == NULL || pending->ticket != result->ticket)
        return cs__error_set(error, CS_ERR_INTERNAL, "extraction gave a result that nobody waits for");
    switch (result->what) {
    case CS__EXTRACTED_TEXT:
        return receive_text(writer, pending, result->text, error);
    case CS__EXTRACTED_WARNING:
        warn(writer, pending, result->message);
        return CS_OK;
    case CS__EXTRACTED_END:
        status = end_source(writer, pending, error);
        break;
    case CS__EXTRACTED_FAILED:
        status = fail_pending(writer, pending, result->message, error);
        break;
    }
    leave(writer);
    return status == CS_OK ? cs__writer_commit_batch(writer, error) : status;
}

cs_status cs__writer_receive(cs_writer *writer, size_t leave_pending, cs_error *error)
{
    while (writer->extractor != NULL && cs__extractor_pending(writer->extractor) > leave_pending) {
        struct cs__extracted result;
        cs_status status = cs__extractor_next(writer->extractor, &result, error);
        if (status == CS_OK)
            status = receive(writer, &result, error);
        else if (status == CS_ERR_BUSY)
            status = CS_OK;
        cs__text_free(result.text);
        free(result.text);
        if (status == CS_OK)
            status = cs__writer_progress(writer, error);
        if (status != CS_OK)
            return status;
    }
    return CS_OK;
}
