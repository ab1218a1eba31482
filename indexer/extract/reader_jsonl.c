/* SPDX-License-Identifier: MIT */
/* JSON Lines: one object a line in, one text a record out, as they come; memory for one line, however many
 * there are.
 *
 * yajl reads the objects: it is some six times as fast as jansson on records of running text, and keeps
 * nothing. */
#include "indexer/extract/reader.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <yajl/yajl_parse.h>

#include "core/error.h"
#include "core/utf8.h"
#include "indexer/extract/html.h"
#include "indexer/extract_frame.h"

enum {
    READ_BYTES = 1 << 20,
    LINE_BYTES_MAX = CS__FRAME_TEXT_MAX,
    DEPTH_MAX = 100,
    WARNINGS_MAX = 20, /* told one by one; then they are counted */
    KEY_SIZE = 64
};

/* One record while it is read. Strings of its own level only: what is nested is passed over, but lists of
 * strings. */
struct record {
    char key[KEY_SIZE + 4]; /* "set." and the key at hand; empty: passed over */
    unsigned depth;
    int in_list; /* at depth 2, in the list of a key */
    int too_deep, is_object;
    struct cs__buffer id, title, text, html;
    struct cs__builder *builder;
};

struct jsonl {
    struct cs__input *input;
    struct record record;
    char *bytes; /* of the file, from the line at hand on */
    size_t size, capacity;
    uint64_t line;
    uint64_t records, warnings;
    int skipping; /* the rest of a line that is too long */
};

/* What yajl finds. */

static struct cs__buffer *own_field(struct record *record)
{
    const char *key = record->key + 4;
    if (strcmp(key, "id") == 0)
        return &record->id;
    if (strcmp(key, "title") == 0)
        return &record->title;
    if (strcmp(key, "text") == 0)
        return &record->text;
    return strcmp(key, "html") == 0 ? &record->html : NULL;
}

static void keep_value(struct record *record, const char *value, size_t size)
{
    int own_level = record->depth == 1 || (record->depth == 2 && record->in_list);
    if (!own_level || record->key[0] == '\0')
        return;
    struct cs__buffer *field = own_field(record);
    if (field == NULL)
        cs__builder_property(record->builder, record->key, value, size);
    else if (field->size == 0)
        cs__buffer_append(field, value, size);
}

static int on_string(void *context, const unsigned char *value, size_t size)
{
    keep_value(context, (const char *)value, size);
    return 1;
}

static int on_number(void *context, const char *value, size_t size)
{
    keep_value(context, value, size);
    return 1;
}

static int on_boolean(void *context, int value)
{
    keep_value(context, value ? "true" : "false", value ? 4 : 5);
    return 1;
}

static int on_null(void *context)
{
    (void)context;
    return 1;
}

static int on_key(void *context, const unsigned char *key, size_t size)
{
    struct record *record = context;
    if (record->depth != 1)
        return 1;
    record->key[0] = '\0';
    if (size < KEY_SIZE && size > 0) {
        memcpy(record->key, "set.", 4);
        memcpy(record->key + 4, key, size);
        record->key[4 + size] = '\0';
    }
    return 1;
}

static int enter(struct record *record)
{
    record->too_deep = ++record->depth > DEPTH_MAX;
    return !record->too_deep;
}

static int on_start_map(void *context)
{
    struct record *record = context;
    record->is_object |= record->depth == 0;
    return enter(record);
}

static int on_start_list(void *context)
{
    struct record *record = context;
    record->in_list = record->depth == 1;
    return enter(record);
}

static int on_end(void *context)
{
    struct record *record = context;
    record->depth--;
    record->in_list = 0;
    return 1;
}

static const yajl_callbacks callbacks = {.yajl_null = on_null,
                                         .yajl_boolean = on_boolean,
                                         .yajl_number = on_number,
                                         .yajl_string = on_string,
                                         .yajl_map_key = on_key,
                                         .yajl_start_map = on_start_map,
                                         .yajl_end_map = on_end,
                                         .yajl_start_array = on_start_list,
                                         .yajl_end_array = on_end};

/* Warnings. */

static int warn(struct jsonl *jsonl, const char *what)
{
    char message[CS_ERROR_SIZE];
    if (jsonl->warnings++ >= WARNINGS_MAX)
        return 1;
    snprintf(message, sizeof message, "line %llu %s", (unsigned long long)jsonl->line, what);
    return jsonl->input->sink.warning(jsonl->input->sink.context, message);
}

static int warn_of_syntax(struct jsonl *jsonl, yajl_handle parser)
{
    char what[300];
    unsigned char *reason = yajl_get_error(parser, 0, NULL, 0);
    snprintf(what, sizeof what, "is no JSON object (%.200s", reason == NULL ? "" : (const char *)reason);
    what[strcspn(what, "\n")] = '\0';
    strcat(what, "): left out");
    yajl_free_error(parser, reason);
    return warn(jsonl, jsonl->record.too_deep ? "is nested too deeply: left out" : what);
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
static const char *append_title(struct cs__builder *builder, const struct record *record)
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

static void build_text(struct record *record)
{
    struct cs__builder *builder = record->builder;
    if (record->text.size == 0 && record->html.size > 0) {
        cs__html_read(builder, record->html.data, record->html.size);
        return;
    }
    const char *text = append_title(builder, record);
    if (text != NULL)
        append_paragraphs(builder, text, record->text.data + record->text.size);
}

static cs_status send_record(struct jsonl *jsonl, cs_error *error)
{
    struct record *record = &jsonl->record;
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
    if (builder->utf8.size == 0)
        return warn(jsonl, "has no \"text\": left out") ? CS_OK : CS_ERR_CANCELLED;
    jsonl->records++;
    return cs__reader_send(jsonl->input, error);
}

static cs_status read_line(struct jsonl *jsonl, const char *line, size_t size, cs_error *error)
{
    struct record *record = &jsonl->record;
    record->depth = 0;
    record->in_list = record->too_deep = record->is_object = 0;
    cs__buffer_clear(&record->id);
    cs__buffer_clear(&record->title);
    cs__buffer_clear(&record->text);
    cs__buffer_clear(&record->html);
    cs__builder_begin(record->builder, "jsonl");
    yajl_handle parser = yajl_alloc(&callbacks, NULL, record);
    if (parser == NULL)
        return cs__error_nomem(error);
    yajl_config(parser, yajl_dont_validate_strings, 1);
    int told = 1, good = yajl_parse(parser, (const unsigned char *)line, size) == yajl_status_ok &&
                         yajl_complete_parse(parser) == yajl_status_ok;
    if (!good)
        told = warn_of_syntax(jsonl, parser);
    else if (!record->is_object)
        told = warn(jsonl, "is no JSON object: left out");
    yajl_free(parser);
    if (!good || !record->is_object)
        return told ? CS_OK : CS_ERR_CANCELLED;
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
        return warn(jsonl, "is longer than 64 MiB: left out") ? CS_OK : CS_ERR_CANCELLED;
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
    cs__buffer_free(&jsonl.record.id);
    cs__buffer_free(&jsonl.record.title);
    cs__buffer_free(&jsonl.record.text);
    cs__buffer_free(&jsonl.record.html);
    free(jsonl.bytes);
    return status;
}
