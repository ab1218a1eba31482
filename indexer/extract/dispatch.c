/* SPDX-License-Identifier: MIT */
/* One open file to the reader of its format. */
#include "indexer/extract/dispatch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "indexer/extract/format.h"

/* Reads up to `size` bytes from the file's beginning; returns how many, or -1. */
static ssize_t read_from_start(int descriptor, char *out, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = pread(descriptor, out + done, size - done, (off_t)done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

static cs_status reading_failed(cs_error *error)
{
    return cs__error_set(error, CS_ERR_IO, "reading failed: %s", strerror(errno));
}

/* For the formats that want the whole file at once. */
static cs_status read_whole(struct cs__input *input, cs__reader_fn *reader, cs_error *error)
{
    char *bytes = malloc((size_t)input->size + 1);
    if (bytes == NULL)
        return cs__error_nomem(error);
    cs_status status = CS_OK;
    ssize_t size = read_from_start(input->descriptor, bytes, (size_t)input->size);
    if (size < 0) {
        status = reading_failed(error);
        goto out;
    }
    bytes[size] = '\0';
    input->bytes = bytes;
    input->size = size;
    status = reader(input, error);
out:
    input->bytes = NULL;
    free(bytes);
    return status;
}

static cs_status refuse_size(const struct cs__input *input, uint64_t max_file_bytes, cs_error *error)
{
    return cs__error_set(error, CS_ERR_DOCUMENT,
                         "the file has %lld MiB, more than the %llu MiB that are read: split it",
                         (long long)input->size >> 20, (unsigned long long)max_file_bytes >> 20);
}

static cs_status dispatch_head(struct cs__input *input, uint64_t max_file_bytes, cs_error *error)
{
    enum cs__format format = cs__format_of(input->head, input->head_size);
    if (format == CS__FORMAT_EMPTY && (size_t)input->size == input->head_size)
        return cs__error_set(error, CS_ERR_DOCUMENT,
                             input->size == 0 ? "empty file" : "the file holds nothing but blanks");
    if (format == CS__FORMAT_UNKNOWN)
        return cs__error_set(error, CS_ERR_DOCUMENT,
                             "not a PDF, HTML, Markdown, JSON Lines or text file (it looks like %s)",
                             cs__format_guess(input->head, input->head_size));
    if (max_file_bytes != 0 && (uint64_t)input->size > max_file_bytes && format != CS__FORMAT_JSONL)
        return refuse_size(input, max_file_bytes, error);
    if (format == CS__FORMAT_PDF)
        return cs__read_pdf(input, error);
    if (format == CS__FORMAT_JSONL)
        return cs__read_jsonl(input, error);
    return read_whole(input, format == CS__FORMAT_HTML ? cs__read_html : cs__read_text, error);
}

cs_status cs__dispatch(struct cs__input *input, uint64_t max_file_bytes, cs_error *error)
{
    struct stat status;
    char head[CS__FORMAT_HEAD_SIZE];
    if (fstat(input->descriptor, &status) != 0)
        return reading_failed(error);
    if (!S_ISREG(status.st_mode))
        return cs__error_set(error, CS_ERR_DOCUMENT, "not a regular file");
    ssize_t size = read_from_start(input->descriptor, head, sizeof head);
    if (size < 0)
        return reading_failed(error);
    input->size = status.st_size;
    input->head = head;
    input->head_size = (size_t)size;
    return dispatch_head(input, max_file_bytes, error);
}

cs_status cs__reader_send(struct cs__input *input, cs_error *error)
{
    if (input->builder->full)
        cs__builder_warning(input->builder, "the document's text is too long: its end is not indexed");
    const struct cs__text *text = cs__builder_text(input->builder);
    if (text == NULL)
        return cs__error_nomem(error);
    return input->sink.text(input->sink.context, text) ? CS_OK : CS_ERR_CANCELLED;
}
