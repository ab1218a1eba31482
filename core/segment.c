/* SPDX-License-Identifier: MIT */
/* A segment's header and lengths. Input: bytes; output: struct cs__segment. See segment.h for the format. */
#include "core/segment.h"

#include <stdlib.h>
#include <string.h>

static int read_block(const unsigned char **at, const unsigned char *end, struct cs__dictionary_block *block)
{
    if (!cs__u32_read(at, end, &block->term_size) || block->term_size > (size_t)(end - *at))
        return 0;
    block->term = *at;
    *at += block->term_size;
    return cs__u32_read(at, end, &block->chunk) && cs__u32_read(at, end, &block->offset);
}

static int read_numbers(struct cs__segment *segment, const unsigned char **at, const unsigned char *end)
{
    uint64_t version;
    return cs__varint_read(at, end, &version) && version == CS__SEGMENT_VERSION &&
           cs__u32_read(at, end, &segment->span) && segment->span < CS__NO_PASSAGE &&
           cs__u32_read(at, end, &segment->passages) && cs__varint_read(at, end, &segment->words) &&
           cs__u32_read(at, end, &segment->length_chunk) && cs__u32_read(at, end, &segment->length_count) &&
           segment->length_count == ((uint64_t)segment->span + CS__LENGTH_CHUNK - 1) / CS__LENGTH_CHUNK &&
           cs__u32_read(at, end, &segment->block_count) && segment->block_count <= (size_t)(end - *at);
}

static cs_status read_header(struct cs__segment *segment, size_t size)
{
    const unsigned char *at = segment->header, *end = at + size;
    if (!read_numbers(segment, &at, end))
        return CS_ERR_CORRUPT;
    segment->blocks = calloc(segment->block_count + (size_t)1, sizeof *segment->blocks);
    segment->lengths = calloc(segment->length_count + (size_t)1, sizeof *segment->lengths);
    segment->length_sizes = calloc(segment->length_count + (size_t)1, sizeof *segment->length_sizes);
    if (segment->blocks == NULL || segment->lengths == NULL || segment->length_sizes == NULL)
        return CS_ERR_NOMEM;
    for (uint32_t i = 0; i < segment->block_count; i++)
        if (!read_block(&at, end, &segment->blocks[i]))
            return CS_ERR_CORRUPT;
    return at == end ? CS_OK : CS_ERR_CORRUPT;
}

cs_status cs__segment_open(const void *header, size_t size, int64_t base, struct cs__chunk_source source,
                           struct cs__segment **out)
{
    *out = NULL;
    struct cs__segment *segment = calloc(1, sizeof *segment);
    if (segment == NULL)
        return CS_ERR_NOMEM;
    segment->base = base;
    segment->source = source;
    segment->header = malloc(size + 1);
    cs_status status = segment->header == NULL ? CS_ERR_NOMEM : CS_OK;
    if (status == CS_OK) {
        memcpy(segment->header, header, size);
        status = read_header(segment, size);
    }
    if (status != CS_OK) {
        cs__segment_close(segment);
        return status;
    }
    *out = segment;
    return CS_OK;
}

void cs__segment_close(struct cs__segment *segment)
{
    if (segment == NULL)
        return;
    for (uint32_t i = 0; segment->lengths != NULL && i < segment->length_count; i++)
        if (segment->lengths[i] != NULL && segment->length_sizes[i] > 0)
            cs__chunk_put(&segment->source, segment->length_chunk + i);
    free(segment->lengths);
    free(segment->length_sizes);
    free(segment->blocks);
    free(segment->header);
    free(segment);
}

void cs__segment_load_lengths(struct cs__segment *segment, uint32_t number)
{
    static const unsigned char none[1];
    const unsigned char *bytes = none;
    size_t size = 0;
    cs_status status = cs__chunk_get(&segment->source, segment->length_chunk + number, &bytes, &size);
    if (status != CS_OK) {
        segment->lengths[number] = none;
        if (segment->status == CS_OK)
            segment->status = status;
        return;
    }
    segment->lengths[number] = bytes;
    segment->length_sizes[number] = size > CS__LENGTH_CHUNK ? CS__LENGTH_CHUNK : (uint32_t)size;
    if (size == 0)
        cs__chunk_put(&segment->source, segment->length_chunk + number);
}
