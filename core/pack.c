/* SPDX-License-Identifier: MIT */
/* Packs: texts to compressed bytes and back. The format stands in pack.h. */
#include "core/pack.h"

#include <stdlib.h>
#include <string.h>

#include <zlib.h>

/* Raw deflate: no checksum of zlib's own, a pack is small. */
enum { RAW_WINDOW = -15, MEMORY_LEVEL = 8, DICTIONARY_MAX = 32768, TEXTS_MAX = 1 << 16 };

/* Size by text and speed of one thread on a third each of inquiries, statutes and reports, packs of 4 KB,
 * dictionary of 32 KB: level 4 0.359, 33 MB/s; level 5 0.344, 22 MB/s; level 6 0.339, 15 MB/s. */
enum { LEVEL = 4 };

/* No compressed byte stands for more (RFC 1951: 258 bytes by two bits). */
enum { EXPANSION_MAX = 1032 };

struct dictionary {
    Bytef bytes[DICTIONARY_MAX];
    uInt size;
};

/* Blocks that zlib gave back, for its next calls: a stream primed with the dictionary is copied for each
 * pack, which is half as fast when the memory comes fresh from the system. */
struct recycler {
    void *blocks[8];
    size_t sizes[8];
};

struct cs__packer {
    z_stream primed; /* has seen the dictionary, and nothing else */
    int ready;
    struct recycler recycler;
    struct cs__buffer sizes; /* varints */
    struct cs__buffer texts;
    size_t count;
};

struct cs__unpacker {
    z_stream stream;
    int ready;
    struct dictionary dictionary;
};

static void *take_block(void *context, uInt count, uInt size)
{
    struct recycler *recycler = context;
    size_t wanted = (size_t)count * size;
    for (size_t i = 0; i < sizeof recycler->blocks / sizeof recycler->blocks[0]; i++) {
        void *block = recycler->blocks[i];
        if (block == NULL || recycler->sizes[i] != wanted)
            continue;
        recycler->blocks[i] = NULL;
        return block;
    }
    size_t *block = malloc(sizeof(max_align_t) + wanted);
    if (block == NULL)
        return NULL;
    *block = wanted;
    return (char *)block + sizeof(max_align_t);
}

static void give_block(void *context, void *block)
{
    struct recycler *recycler = context;
    size_t *start = (size_t *)(void *)((char *)block - sizeof(max_align_t));
    for (size_t i = 0; i < sizeof recycler->blocks / sizeof recycler->blocks[0]; i++) {
        if (recycler->blocks[i] != NULL)
            continue;
        recycler->blocks[i] = block;
        recycler->sizes[i] = *start;
        return;
    }
    free(start);
}

static void empty_recycler(struct recycler *recycler)
{
    for (size_t i = 0; i < sizeof recycler->blocks / sizeof recycler->blocks[0]; i++)
        if (recycler->blocks[i] != NULL)
            free((char *)recycler->blocks[i] - sizeof(max_align_t));
}

cs_status cs__packer_new(const void *dictionary, size_t size, struct cs__packer **out)
{
    struct cs__packer *packer = calloc(1, sizeof *packer);
    *out = NULL;
    if (packer == NULL)
        return CS_ERR_NOMEM;
    packer->primed.zalloc = take_block;
    packer->primed.zfree = give_block;
    packer->primed.opaque = &packer->recycler;
    if (deflateInit2(&packer->primed, LEVEL, Z_DEFLATED, RAW_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        cs__packer_free(packer);
        return CS_ERR_NOMEM;
    }
    packer->ready = 1;
    if (size > 0) {
        size_t skip = size > DICTIONARY_MAX ? size - DICTIONARY_MAX : 0;
        deflateSetDictionary(&packer->primed, (const Bytef *)dictionary + skip, (uInt)(size - skip));
    }
    *out = packer;
    return CS_OK;
}

void cs__packer_free(struct cs__packer *packer)
{
    if (packer == NULL)
        return;
    if (packer->ready)
        deflateEnd(&packer->primed);
    empty_recycler(&packer->recycler);
    cs__buffer_free(&packer->sizes);
    cs__buffer_free(&packer->texts);
    free(packer);
}

cs_status cs__packer_add(struct cs__packer *packer, const char *text, size_t size)
{
    cs__buffer_varint(&packer->sizes, size);
    cs__buffer_append(&packer->texts, text, size);
    packer->count++;
    return packer->sizes.failed || packer->texts.failed ? CS_ERR_NOMEM : CS_OK;
}

int cs__packer_full(const struct cs__packer *packer)
{
    return packer->texts.size >= CS__PACK_TEXT_BYTES || packer->count >= TEXTS_MAX;
}

size_t cs__packer_count(const struct cs__packer *packer)
{
    return packer->count;
}

static cs_status deflate_texts(struct cs__packer *packer, struct cs__buffer *out)
{
    z_stream stream;
    if (deflateCopy(&stream, &packer->primed) != Z_OK)
        return CS_ERR_NOMEM;
    uLong bound = deflateBound(&stream, (uLong)packer->texts.size);
    char *room = cs__buffer_reserve(out, bound);
    cs_status status = CS_ERR_NOMEM;
    if (room != NULL) {
        stream.next_in = (Bytef *)packer->texts.data;
        stream.avail_in = (uInt)packer->texts.size;
        stream.next_out = (Bytef *)room;
        stream.avail_out = (uInt)bound;
        if (deflate(&stream, Z_FINISH) == Z_STREAM_END)
            status = CS_OK;
        out->size += bound - stream.avail_out;
    }
    deflateEnd(&stream);
    return status;
}

cs_status cs__packer_finish(struct cs__packer *packer, struct cs__buffer *out)
{
    cs__buffer_clear(out);
    cs__buffer_varint(out, packer->count);
    cs__buffer_append(out, packer->sizes.data, packer->sizes.size);
    cs_status status = packer->sizes.failed || packer->texts.failed ? CS_ERR_NOMEM : CS_OK;
    if (status == CS_OK)
        status = deflate_texts(packer, out);
    cs__buffer_clear(&packer->sizes);
    cs__buffer_clear(&packer->texts);
    packer->count = 0;
    return out->failed ? CS_ERR_NOMEM : status;
}

/* zlib sees a window of 32 KB: of a longer dictionary the end counts, here as in cs__packer_new(). */
static void copy_dictionary(struct dictionary *to, const void *bytes, size_t size)
{
    size_t skip = size > DICTIONARY_MAX ? size - DICTIONARY_MAX : 0;
    to->size = (uInt)(size - skip);
    if (to->size > 0)
        memcpy(to->bytes, (const char *)bytes + skip, to->size);
}

cs_status cs__unpacker_new(const void *dictionary, size_t size, struct cs__unpacker **out)
{
    struct cs__unpacker *unpacker = calloc(1, sizeof *unpacker);
    *out = NULL;
    if (unpacker == NULL)
        return CS_ERR_NOMEM;
    copy_dictionary(&unpacker->dictionary, dictionary, size);
    if (inflateInit2(&unpacker->stream, RAW_WINDOW) != Z_OK) {
        free(unpacker);
        return CS_ERR_NOMEM;
    }
    unpacker->ready = 1;
    *out = unpacker;
    return CS_OK;
}

void cs__unpacker_free(struct cs__unpacker *unpacker)
{
    if (unpacker == NULL)
        return;
    if (unpacker->ready)
        inflateEnd(&unpacker->stream);
    free(unpacker);
}

/* The head of a pack: how many texts, and how long each is. */
static cs_status read_sizes(const unsigned char **at, const unsigned char *end, struct cs__arena *arena,
                            uint32_t **sizes, size_t *count, size_t *total)
{
    uint64_t number;
    if (!cs__varint_read(at, end, &number) || number > TEXTS_MAX || number > (uint64_t)(end - *at))
        return CS_ERR_CORRUPT;
    *count = (size_t)number;
    *total = 0;
    *sizes = cs__arena_array(arena, *count + 1, sizeof **sizes);
    if (*sizes == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < *count; i++) {
        if (!cs__varint_read(at, end, &number) || number > CS__PACK_TEXT_MAX - *total)
            return CS_ERR_CORRUPT;
        (*sizes)[i] = (uint32_t)number;
        *total += (size_t)number;
    }
    return CS_OK;
}

static cs_status inflate_texts(struct cs__unpacker *unpacker, const unsigned char *bytes, size_t size,
                               char *to, size_t total)
{
    z_stream *stream = &unpacker->stream;
    if (size > UINT32_MAX || inflateReset(stream) != Z_OK)
        return CS_ERR_CORRUPT;
    if (unpacker->dictionary.size > 0 &&
        inflateSetDictionary(stream, unpacker->dictionary.bytes, unpacker->dictionary.size) != Z_OK)
        return CS_ERR_CORRUPT;
    stream->next_in = (Bytef *)(uintptr_t)bytes;
    stream->avail_in = (uInt)size;
    stream->next_out = (Bytef *)to;
    stream->avail_out = (uInt)total + 1; /* one more: a longer stream does not end in time */
    int status = inflate(stream, Z_FINISH);
    if (status == Z_MEM_ERROR)
        return CS_ERR_NOMEM;
    return status == Z_STREAM_END && stream->avail_out == 1 && stream->avail_in == 0 ? CS_OK : CS_ERR_CORRUPT;
}

cs_status cs__unpack(struct cs__unpacker *unpacker, const void *bytes, size_t size, struct cs__arena *arena,
                     const char ***texts, uint32_t **sizes, size_t *count)
{
    const unsigned char *at = bytes, *end = at + size;
    size_t total = 0;
    *texts = NULL;
    *sizes = NULL;
    *count = 0;
    cs_status status = read_sizes(&at, end, arena, sizes, count, &total);
    if (status != CS_OK)
        return status;
    if (total / EXPANSION_MAX > size)
        return CS_ERR_CORRUPT;
    char *joined = cs__arena_alloc(arena, total + 1), *out = NULL;
    const char **list = cs__arena_array(arena, *count + 1, sizeof *list);
    if (joined != NULL)
        out = cs__arena_alloc(arena, total + *count + 1);
    if (joined == NULL || out == NULL || list == NULL)
        return CS_ERR_NOMEM;
    status = inflate_texts(unpacker, at, (size_t)(end - at), joined, total);
    for (size_t i = 0; status == CS_OK && i < *count; i++) {
        memcpy(out, joined, (*sizes)[i]);
        list[i] = out;
        joined += (*sizes)[i];
        out += (*sizes)[i] + 1;
    }
    *texts = list;
    return status;
}
