/* SPDX-License-Identifier: MIT */
/* JSON Lines: one object a line in, one text a record out, as they come; memory for one line, however many
 * there are. */
#include "indexer/extract/reader.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/error.h"
#include "core/utf8.h"
#include "indexer/extract/html.h"
#include "indexer/extract/jsonl_record.h"

enum {
    READ_BYTES = 1 << 20,
    LINE_BYTES_MAX = 32 << 20,
    WARNINGS_MAX = 20 /* told one by one; then they are counted */
};

struct jsonl {
    struct cs__input *input;
    struct cs__record record;
    char *bytes; /* of the file, from the line at hand on */
    size_t size, capacity;
    uint64_t line;
    uint64_t records, warnings;
    int skipping; /* the rest of a line that is too long */
};

/* Warnings. */

/* "line 7 WHAT: left out". Returns 0 when nobody listens any more. */
static int warn(struct jsonl *jsonl, const char *what)
{
    char message[CS_ERROR_SIZE];
    if (jsonl->warnings++ >= WARNINGS_MAX)
        return 1;
    snprintf(message, sizeof message, "line %llu %s: left out", (unsigned long long)jsonl->line, what);
    return jsonl->input->sink.warning(jsonl->input->sink.context, message);
}

static int warn_of_the_rest(struct jsonl *jsonl)
{
    char message[80];
    if (jsonl->warnings <= WARNINGS_MAX)
        return 1;
    snprintf(message, sizeof message, "%llu more lines are left out for such reasons",
             (unsigned long long)(jsonl->warnings - WARNINGS_MAX));
    return jsonl->input->sink.warning(jsonl->input->sink.context, message);
}

/* From a record to a text. */

/* A blank line ends a paragraph; a single newline is a line's wrap. */
static void append_paragraphs(struct cs__builder *builder, const char *at, const char *end)
{
    struct cs__line starts = {.role = CS__ROLE_PARAGRAPH, .flags = CS__LINE_STARTS_BLOCK};
    struct cs__line goes_on = {.role = CS__ROLE_PARAGRAPH};
    int start = 1;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        cs__builder_begin_line(builder, start ? &starts : &goes_on);
        cs__builder_utf8(builder, at, (size_t)(stop - at));
        start = !cs__builder_end_line(builder);
        at = stop + 1;
    }
}

/* The title is a heading above the text, unless the text begins with it. A record that is nothing but a title
 * has it as its text. */
static const char *append_title(struct cs__builder *builder, const struct cs__record *record)
{
    const char *text = record->text.data, *title = record->title.data;
    size_t size = record->title.size;
    if (size == 0)
        return text;
    cs__builder_property(builder, "title", title, size);
    struct cs__line looks = {.role = CS__ROLE_HEADING, .level = 1, .flags = CS__LINE_STARTS_BLOCK};
    if (record->text.size == 0) {
        looks = (struct cs__line){.role = CS__ROLE_PARAGRAPH, .flags = CS__LINE_STARTS_BLOCK};
    } else if (strncasecmp(text, title, size) == 0 && !isalnum((unsigned char)text[size])) {
        if (text[size] != '\n')
            return text;
        text += size;
    }
    cs__builder_line(builder, &looks, title, size);
    return text;
}

static void build_text(struct cs__record *record)
{
    struct cs__builder *builder = record->builder;
    if (record->text.size == 0 && record->html.size > 0) {
        builder->failed |= !cs__html_read(builder, record->html.data, record->html.size);
        return;
    }
    const char *text = append_title(builder, record);
    if (text != NULL)
        append_paragraphs(builder, text, record->text.data + record->text.size);
}

static cs_status send_record(struct jsonl *jsonl, cs_error *error)
{
    struct cs__record *record = &jsonl->record;
    struct cs__builder *builder = record->builder;
    char number[24];
    if (record->id.size == 0) {
        snprintf(number, sizeof number, "#%llu", (unsigned long long)jsonl->line);
        cs__buffer_string(&record->id, number);
    }
    build_text(record);
    if (record->id.failed || record->text.failed || record->html.failed || record->title.failed)
        return cs__error_nomem(error);
    builder->text.format = "jsonl";
    builder->text.record = cs__builder_clean(builder, record->id.data, record->id.size);
    if (builder->broken > 0)
        cs__builder_warning(builder, "line %llu: %zu broken byte%s replaced by U+FFFD",
                            (unsigned long long)jsonl->line, builder->broken,
                            builder->broken == 1 ? "" : "s");
    if (cs__builder_is_empty(builder))
        return warn(jsonl, "has no \"text\"") ? CS_OK : CS_ERR_CANCELLED;
    jsonl->records++;
    return cs__reader_send(jsonl->input, error);
}

static cs_status read_line(struct jsonl *jsonl, const char *line, size_t size, cs_error *error)
{
    char reason[CS__RECORD_REASON_SIZE];
    cs__builder_begin(jsonl->record.builder, "jsonl");
    int good = cs__record_parse(&jsonl->record, line, size, reason);
    if (good < 0)
        return cs__error_nomem(error);
    if (!good)
        return warn(jsonl, reason) ? CS_OK : CS_ERR_CANCELLED;
    return send_record(jsonl, error);
}

/* From the file to lines. */

static int is_blank(const char *line, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (strchr(" \t\r", line[i]) == NULL || line[i] == '\0')
            return 0;
    return 1;
}

static cs_status take_line(struct jsonl *jsonl, const char *line, size_t size, cs_error *error)
{
    jsonl->line++;
    if (jsonl->line == 1 && size >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
        line += 3;
        size -= 3;
    }
    if (jsonl->skipping) {
        jsonl->skipping = 0;
        return warn(jsonl, "is longer than 32 MiB") ? CS_OK : CS_ERR_CANCELLED;
    }
    return is_blank(line, size) ? CS_OK : read_line(jsonl, line, size, error);
}

/* All whole lines in memory; at the end of the file the rest, too. */
static cs_status take_lines(struct jsonl *jsonl, size_t searched, int at_end, cs_error *error)
{
    char *start = jsonl->bytes, *from = start + searched, *end = start + jsonl->size, *newline;
    cs_status status = CS_OK;
    while (status == CS_OK && (newline = memchr(from, '\n', (size_t)(end - from))) != NULL) {
        status = take_line(jsonl, start, (size_t)(newline - start), error);
        start = from = newline + 1;
    }
    if (status == CS_OK && at_end && start < end) {
        status = take_line(jsonl, start, (size_t)(end - start), error);
        start = end;
    }
    if (end - start > LINE_BYTES_MAX) {
        jsonl->skipping = 1;
        start = end;
    }
    jsonl->size = (size_t)(end - start);
    memmove(jsonl->bytes, start, jsonl->size);
    return status;
}

static cs_status grow(struct jsonl *jsonl, cs_error *error)
{
    if (jsonl->capacity - jsonl->size >= READ_BYTES)
        return CS_OK;
    size_t capacity = jsonl->size * 2 + READ_BYTES;
    char *bytes = realloc(jsonl->bytes, capacity);
    if (bytes == NULL)
        return cs__error_nomem(error);
    jsonl->bytes = bytes;
    jsonl->capacity = capacity;
    return CS_OK;
}

static cs_status read_lines(struct jsonl *jsonl, cs_error *error)
{
    off_t offset = 0;
    for (;;) {
        cs_status status = grow(jsonl, error);
        if (status != CS_OK)
            return status;
        size_t before = jsonl->size;
        ssize_t got = pread(jsonl->input->descriptor, jsonl->bytes + before, READ_BYTES, offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cs__error_set(error, CS_ERR_IO, "reading failed: %s", strerror(errno));
        offset += got;
        jsonl->size += (size_t)got;
        status = take_lines(jsonl, before, got == 0, error);
        if (status != CS_OK || got == 0)
            return status;
    }
}

cs_status cs__read_jsonl(struct cs__input *input, cs_error *error)
{
    struct jsonl jsonl = {.input = input, .record.builder = input->builder};
    cs_status status = read_lines(&jsonl, error);
    if (status == CS_OK && !warn_of_the_rest(&jsonl))
        status = CS_ERR_CANCELLED;
    if (status == CS_OK && jsonl.records == 0)
        status = cs__error_set(error, CS_ERR_DOCUMENT,
                               "no line of the JSON Lines file is a record with a \"text\"");
    cs__record_free(&jsonl.record);
    free(jsonl.bytes);
    return status;
}
