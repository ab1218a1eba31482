/* SPDX-License-Identifier: MIT */
/* Overrides: --set and sidecar files -> keys and values, with a digest that tells whether they changed. */
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/utf8.h"
#include "indexer/describe.h"
#include "indexer/writer_internal.h"

enum { SIDECAR_SIZE_MAX = 1 << 20, LINES_MAX = 1000, READ_SIZE = 1 << 16 };

cs_status cs__hash_file(int descriptor, uint8_t out[32])
{
    struct sha256_ctx context;
    unsigned char bytes[READ_SIZE];
    off_t at = 0;
    ssize_t size;
    sha256_init(&context);
    while ((size = pread(descriptor, bytes, sizeof bytes, at)) > 0 || (size < 0 && errno == EINTR)) {
        if (size < 0)
            continue;
        sha256_update(&context, (size_t)size, bytes);
        at += size;
    }
    sha256_digest(&context, 32, out);
    return size == 0 ? CS_OK : CS_ERR_IO;
}

void cs__hash_bytes(const void *bytes, size_t size, uint8_t out[32])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, size, bytes);
    sha256_digest(&context, 32, out);
}

static cs_status read_sidecar(const char *path, struct cs__buffer *out, cs_error *error)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return cs__error_set(error, CS_ERR_DOCUMENT, "its sidecar %s can't be read: %s", path,
                             strerror(errno));
    cs_status status = CS_OK;
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > SIDECAR_SIZE_MAX)
        status =
            cs__error_set(error, CS_ERR_DOCUMENT, "its sidecar %s is no text file of at most 1 MiB", path);
    char bytes[4096];
    ssize_t size;
    while (status == CS_OK && out->size <= SIDECAR_SIZE_MAX && (size = read(file, bytes, sizeof bytes)) > 0)
        cs__buffer_append(out, bytes, (size_t)size);
    close(file);
    cs__buffer_append(out, "", 0);
    return out->failed ? cs__error_nomem(error) : status;
}

static const char *trimmed(struct cs__arena *arena, const char *text, size_t size)
{
    while (size > 0 && strchr(" \t\r\n", text[0]) != NULL)
        text++, size--;
    while (size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL)
        size--;
    if (size >= 2 && text[0] == text[size - 1] && (text[0] == '"' || text[0] == '\''))
        text++, size -= 2;
    return cs__arena_copy(arena, text, size);
}

/* "key: value"; lines of "---", empty ones and comments are passed over. */
static cs_status parse_line(struct cs__overrides *out, const char *line, size_t size, const char *path,
                            size_t number, cs_error *error)
{
    const char *colon = memchr(line, ':', size);
    const char *all = trimmed(&out->arena, line, size);
    if (all == NULL)
        return cs__error_nomem(error);
    if (all[0] == '\0' || all[0] == '#' || strcmp(all, "---") == 0)
        return CS_OK;
    if (colon == NULL)
        return cs__error_set(error, CS_ERR_DOCUMENT, "its sidecar %s: line %zu is not 'key: value'", path,
                             number);
    cs_override *item = &out->items[out->count];
    item->key = trimmed(&out->arena, line, (size_t)(colon - line));
    item->value = trimmed(&out->arena, colon + 1, size - (size_t)(colon - line) - 1);
    if (item->key == NULL || item->value == NULL)
        return cs__error_nomem(error);
    if (item->value[0] == '\0')
        return CS_OK;
    out->count++;
    cs_error why = {0};
    if (cs__override_check(item->key, item->value, &why) == CS_OK)
        return CS_OK;
    return cs__error_set(error, CS_ERR_DOCUMENT, "its sidecar %s, line %zu: %s", path, number, why.message);
}

static cs_status parse_sidecar(struct cs__overrides *out, const struct cs__buffer *text, const char *path,
                               cs_error *error)
{
    const char *at = text->data, *end = at + text->size;
    cs_status status = CS_OK;
    if (!cs__utf8_valid(at, text->size) || memchr(at, '\0', text->size) != NULL)
        return cs__error_set(error, CS_ERR_DOCUMENT, "its sidecar %s is not UTF-8 text", path);
    if (text->size >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    for (size_t number = 1; at < end && status == CS_OK; number++) {
        size_t size = strcspn(at, "\n");
        if (number > LINES_MAX)
            return cs__error_set(error, CS_ERR_DOCUMENT, "its sidecar %s has more than %d lines", path,
                                 LINES_MAX);
        status = parse_line(out, at, size, path, number, error);
        at += size + (at + size < end);
    }
    return status;
}

static void make_digest(struct cs__overrides *overrides)
{
    struct sha256_ctx context;
    uint8_t digest[32];
    if (overrides->count == 0)
        return;
    sha256_init(&context);
    for (size_t i = 0; i < overrides->count; i++) {
        sha256_update(&context, strlen(overrides->items[i].key) + 1,
                      (const uint8_t *)overrides->items[i].key);
        sha256_update(&context, strlen(overrides->items[i].value) + 1,
                      (const uint8_t *)overrides->items[i].value);
    }
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(overrides->digest + 2 * i, 3, "%02x", digest[i]);
}

cs_status cs__overrides_make(const cs_override *set, size_t count, const char *sidecar,
                             struct cs__overrides *out, cs_error *error)
{
    struct cs__buffer text = {0};
    cs_status status = CS_OK;
    *out = (struct cs__overrides){0};
    if (count == 0 && sidecar == NULL)
        return CS_OK;
    out->items = cs__arena_array(&out->arena, count + LINES_MAX, sizeof *out->items);
    if (out->items == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < count; i++)
        out->items[out->count++] = set[i];
    if (sidecar != NULL)
        status = read_sidecar(sidecar, &text, error);
    if (status == CS_OK && text.size > 0)
        status = parse_sidecar(out, &text, sidecar, error);
    cs__buffer_free(&text);
    if (status == CS_OK)
        make_digest(out);
    else
        cs__overrides_free(out);
    return status;
}

void cs__overrides_free(struct cs__overrides *overrides)
{
    struct cs__arena arena = overrides->arena;
    *overrides = (struct cs__overrides){0};
    cs__arena_free(&arena);
}
