/* SPDX-License-Identifier: MIT */
/* A segment's dictionary: from a term to its lists, and from term to term. See segment.h for the format. */
#include "core/segment.h"

#include <string.h>

/* A list of one block has no more parts than this: a sane bound on what a damaged entry can ask for. */
enum { PARTS_MAX = 1 << 20 };
enum { HAS_TEXT = 1, HAS_HEADING = 2, HAS_ADJUSTMENT = 4 };

static int read_signed(const unsigned char **at, const unsigned char *end, int64_t *out)
{
    uint64_t value;
    if (!cs__varint_read(at, end, &value))
        return 0;
    *out = (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
    return 1;
}

static int compare(const void *a, size_t a_size, const void *b, size_t b_size)
{
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);
    return order != 0 ? order : (a_size > b_size) - (a_size < b_size);
}

/* Postings that stand in the dictionary are copied, since the chunk goes. */
static const unsigned char *copy_bytes(const unsigned char **at, size_t size, struct cs__arena *arena)
{
    unsigned char *copy = cs__arena_alloc(arena, size + CS__PACKED_SLACK);
    if (copy != NULL)
        memcpy(copy, *at, size);
    *at += size;
    return copy;
}

static cs_status read_inline(const unsigned char **at, const unsigned char *end, struct cs__arena *arena,
                             struct cs__list_part *part)
{
    uint32_t size, position_size;
    if (!cs__u32_read(at, end, &size) || size > (size_t)(end - *at))
        return CS_ERR_CORRUPT;
    part->bytes = copy_bytes(at, size, arena);
    if (!cs__u32_read(at, end, &position_size) || position_size > (size_t)(end - *at))
        return CS_ERR_CORRUPT;
    part->positions = copy_bytes(at, position_size, arena);
    part->size = size;
    part->position_size = position_size;
    part->blocks = 1;
    part->last = CS__NO_PASSAGE;
    if (part->bytes == NULL || part->positions == NULL)
        return CS_ERR_NOMEM;
    return cs__impacts_read(at, end, &part->impacts) ? CS_OK : CS_ERR_CORRUPT;
}

static int read_part(const unsigned char **at, const unsigned char *end, uint32_t before,
                     struct cs__list_part *part)
{
    uint32_t step;
    if (!cs__u32_read(at, end, &part->blocks) || part->blocks == 0 || !cs__u32_read(at, end, &part->chunk) ||
        !cs__u32_read(at, end, &part->offset) || !cs__u32_read(at, end, &part->position_chunk) ||
        !cs__u32_read(at, end, &part->position_offset) || !cs__u32_read(at, end, &step) ||
        !cs__impacts_read(at, end, &part->impacts))
        return 0;
    part->last = before + step;
    return part->last >= before && part->last != CS__NO_PASSAGE;
}

/* The parts must hold as many blocks as the list has. */
static cs_status read_parts(const unsigned char **at, const unsigned char *end, struct cs__list *list)
{
    uint64_t blocks = 0;
    for (uint32_t i = 0; i < list->part_count; i++) {
        if (!read_part(at, end, i > 0 ? list->parts[i - 1].last : 0, &list->parts[i]))
            return CS_ERR_CORRUPT;
        blocks += list->parts[i].blocks;
    }
    return blocks == ((uint64_t)list->count + CS__BLOCK_SIZE - 1) / CS__BLOCK_SIZE ? CS_OK : CS_ERR_CORRUPT;
}

static cs_status read_list(const unsigned char **at, const unsigned char *end, int is_heading,
                           struct cs__arena *arena, struct cs__list *list)
{
    uint32_t parts;
    list->is_heading = is_heading;
    if (!cs__u32_read(at, end, &list->count) || list->count == 0)
        return CS_ERR_CORRUPT;
    list->passages = list->count;
    if ((is_heading && !cs__u32_read(at, end, &list->passages)) || !cs__u32_read(at, end, &parts) ||
        parts > PARTS_MAX)
        return CS_ERR_CORRUPT;
    list->part_count = parts > 0 ? parts : 1;
    list->parts = cs__arena_array(arena, list->part_count, sizeof *list->parts);
    if (list->parts == NULL)
        return CS_ERR_NOMEM;
    if (parts > 0)
        return read_parts(at, end, list);
    return list->count <= CS__BLOCK_SIZE ? read_inline(at, end, arena, list->parts) : CS_ERR_CORRUPT;
}

static cs_status read_body(const unsigned char *at, const unsigned char *end, struct cs__arena *arena,
                           struct cs__term_lists *out)
{
    cs_status status = CS_OK;
    if (at >= end)
        return CS_ERR_CORRUPT;
    unsigned flags = *at++;
    if (flags & HAS_TEXT)
        status = read_list(&at, end, 0, arena, &out->text);
    if (status == CS_OK && (flags & HAS_HEADING))
        status = read_list(&at, end, 1, arena, &out->heading);
    if (status != CS_OK)
        return status;
    if ((flags & HAS_ADJUSTMENT) &&
        (!read_signed(&at, end, &out->text_adjustment) || !read_signed(&at, end, &out->heading_adjustment)))
        return CS_ERR_CORRUPT;
    return at == end ? CS_OK : CS_ERR_CORRUPT;
}

/* The last block whose first term is not greater; 0 when all are. */
static uint32_t find_block(const struct cs__segment *segment, const char *term, size_t size)
{
    uint32_t low = 0, high = segment->block_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        const struct cs__dictionary_block *block = &segment->blocks[middle];
        if (compare(block->term, block->term_size, term, size) <= 0)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void put_chunk(struct cs__term_walk *walk)
{
    if (walk->chunk_bytes != NULL)
        cs__chunk_put(&walk->segment->source, walk->chunk);
    walk->chunk_bytes = NULL;
}

/* Stand before the first entry of the block at hand. */
static cs_status enter_block(struct cs__term_walk *walk)
{
    const struct cs__dictionary_block *block = &walk->segment->blocks[walk->block];
    size_t size;
    put_chunk(walk);
    cs_status status = cs__chunk_get(&walk->segment->source, block->chunk, &walk->chunk_bytes, &size);
    if (status != CS_OK) {
        walk->chunk_bytes = NULL;
        return status;
    }
    walk->chunk = block->chunk;
    size_t end = size;
    if (walk->block + 1 < walk->segment->block_count && block[1].chunk == block->chunk)
        end = block[1].offset;
    if (block->offset > end || end > size)
        return CS_ERR_CORRUPT;
    walk->at = walk->chunk_bytes + block->offset;
    walk->end = walk->chunk_bytes + end;
    walk->term_size = 0;
    return CS_OK;
}

static cs_status read_entry(struct cs__term_walk *walk)
{
    uint32_t shared, rest, body;
    if (!cs__u32_read(&walk->at, walk->end, &shared) || !cs__u32_read(&walk->at, walk->end, &rest) ||
        shared > walk->term_size || rest >= sizeof walk->term_bytes - shared ||
        rest > (size_t)(walk->end - walk->at))
        return CS_ERR_CORRUPT;
    memcpy(walk->term_bytes + shared, walk->at, rest);
    walk->at += rest;
    walk->term_size = shared + rest;
    walk->term_bytes[walk->term_size] = '\0';
    if (!cs__u32_read(&walk->at, walk->end, &body) || body > (size_t)(walk->end - walk->at))
        return CS_ERR_CORRUPT;
    walk->body = walk->at;
    walk->body_end = walk->at += body;
    walk->term = walk->term_bytes;
    return CS_OK;
}

void cs__term_walk_begin(struct cs__term_walk *walk, struct cs__segment *segment, const char *from,
                         size_t size)
{
    memset(walk, 0, sizeof *walk);
    walk->segment = segment;
    walk->from = from;
    walk->from_size = size;
    walk->block = find_block(segment, from, size);
}

/* The next entry, whichever it is. */
static cs_status step(struct cs__term_walk *walk)
{
    cs_status status = CS_OK;
    walk->term = NULL;
    if (walk->block >= walk->segment->block_count)
        return CS_OK;
    if (walk->chunk_bytes == NULL)
        status = enter_block(walk);
    while (status == CS_OK && walk->at == walk->end) {
        if (++walk->block >= walk->segment->block_count)
            return CS_OK;
        status = enter_block(walk);
    }
    return status == CS_OK ? read_entry(walk) : status;
}

cs_status cs__term_walk_next(struct cs__term_walk *walk)
{
    cs_status status = step(walk);
    while (status == CS_OK && walk->from != NULL && walk->term != NULL &&
           compare(walk->term, walk->term_size, walk->from, walk->from_size) < 0)
        status = step(walk);
    walk->from = NULL;
    if (status != CS_OK) {
        walk->term = NULL;
        walk->block = walk->segment->block_count;
    }
    return status;
}

cs_status cs__term_walk_lists(const struct cs__term_walk *walk, struct cs__arena *arena,
                              struct cs__term_lists *out)
{
    *out = (struct cs__term_lists){0};
    cs_status status = read_body(walk->body, walk->body_end, arena, out);
    if (status != CS_OK)
        *out = (struct cs__term_lists){0};
    return status;
}

void cs__term_walk_end(struct cs__term_walk *walk)
{
    put_chunk(walk);
    walk->term = NULL;
    walk->block = walk->segment->block_count;
}

cs_status cs__segment_find(struct cs__segment *segment, const char *term, size_t size,
                           struct cs__arena *arena, struct cs__term_lists *out)
{
    struct cs__term_walk walk;
    *out = (struct cs__term_lists){0};
    cs__term_walk_begin(&walk, segment, term, size);
    cs_status status = cs__term_walk_next(&walk);
    if (status == CS_OK && walk.term != NULL && compare(walk.term, walk.term_size, term, size) == 0)
        status = cs__term_walk_lists(&walk, arena, out);
    cs__term_walk_end(&walk);
    return status;
}
