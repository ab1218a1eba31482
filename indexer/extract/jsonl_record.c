/* SPDX-License-Identifier: MIT */
/* One line of JSON Lines -> a record.
 *
 * yajl reads it: it is some six times as fast as jansson on records of running text, and keeps nothing. */
#include "indexer/extract/jsonl_record.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yajl/yajl_parse.h>

enum { DEPTH_MAX = 100 };

static struct cs__buffer *own_field(struct cs__record *record)
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

static void keep_value(struct cs__record *record, const char *value, size_t size)
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
    struct cs__record *record = context;
    if (record->depth != 1)
        return 1;
    record->key[0] = '\0';
    if (size < CS__RECORD_KEY_SIZE && size > 0) {
        memcpy(record->key, "set.", 4);
        memcpy(record->key + 4, key, size);
        record->key[4 + size] = '\0';
    }
    return 1;
}

static int enter(struct cs__record *record)
{
    record->too_deep = ++record->depth > DEPTH_MAX;
    return !record->too_deep;
}

static int on_start_map(void *context)
{
    struct cs__record *record = context;
    record->is_object |= record->depth == 0;
    return enter(record);
}

static int on_start_list(void *context)
{
    struct cs__record *record = context;
    record->in_list = record->depth == 1;
    return enter(record);
}

static int on_end(void *context)
{
    struct cs__record *record = context;
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

/* yajl does not look whether it got memory: running out of it is a jump past yajl, which can then be freed.
 */
static void *take(void *context, size_t size)
{
    void *bytes = malloc(size);
    if (bytes == NULL)
        longjmp(*(jmp_buf *)context, 1);
    return bytes;
}

static void *take_more(void *context, void *old, size_t size)
{
    void *bytes = realloc(old, size);
    if (bytes == NULL)
        longjmp(*(jmp_buf *)context, 1);
    return bytes;
}

static void give_back(void *context, void *bytes)
{
    (void)context;
    free(bytes);
}

static void tell_reason(const struct cs__record *record, yajl_handle parser,
                        char reason[CS__RECORD_REASON_SIZE])
{
    unsigned char *message = yajl_get_error(parser, 0, NULL, 0);
    const char *text = message == NULL ? "" : (const char *)message;
    if (record->too_deep)
        snprintf(reason, CS__RECORD_REASON_SIZE, "is nested too deeply");
    else
        snprintf(reason, CS__RECORD_REASON_SIZE, "is no JSON object (%.*s)",
                 (int)(strcspn(text, "\n") & 0xFF), text);
    yajl_free_error(parser, message);
}

static void clear(struct cs__record *record)
{
    record->depth = 0;
    record->in_list = record->too_deep = record->is_object = 0;
    cs__buffer_clear(&record->id);
    cs__buffer_clear(&record->title);
    cs__buffer_clear(&record->text);
    cs__buffer_clear(&record->html);
}

/* Returns 1; 0 when it is no good JSON; -1 when memory is out. */
static int parse(struct cs__record *record, const char *line, size_t size,
                 char reason[CS__RECORD_REASON_SIZE])
{
    jmp_buf out_of_memory;
    yajl_alloc_funcs memory = {take, take_more, give_back, &out_of_memory};
    yajl_handle volatile parser = NULL;
    if (setjmp(out_of_memory) != 0) {
        if (parser != NULL)
            yajl_free(parser);
        return -1;
    }
    parser = yajl_alloc(&callbacks, &memory, record);
    yajl_config(parser, yajl_dont_validate_strings, 1);
    int good = yajl_parse(parser, (const unsigned char *)line, size) == yajl_status_ok &&
               yajl_complete_parse(parser) == yajl_status_ok;
    if (!good)
        tell_reason(record, parser, reason);
    yajl_free(parser);
    return good;
}

int cs__record_parse(struct cs__record *record, const char *line, size_t size,
                     char reason[CS__RECORD_REASON_SIZE])
{
    clear(record);
    int good = parse(record, line, size, reason);
    if (good == 1 && !record->is_object) {
        snprintf(reason, CS__RECORD_REASON_SIZE, "is no JSON object");
        return 0;
    }
    return good;
}

void cs__record_free(struct cs__record *record)
{
    cs__buffer_free(&record->id);
    cs__buffer_free(&record->title);
    cs__buffer_free(&record->text);
    cs__buffer_free(&record->html);
}
