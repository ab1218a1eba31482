/* SPDX-License-Identifier: MIT */
/* Cursors over the postings of one list: block heads are read as needed, blocks are unpacked only when a
 * posting in them is asked for. See segment.h for the format. */
#include "core/segment.h"

#include <stdlib.h>
#include <string.h>

/* Positions of one block, unpacked 128 at a time as postings ask for them, always forward. */
struct cs__position_reader {
    uint32_t chunk;
    const unsigned char *chunk_bytes; /* NULL when none is held */
    size_t chunk_size;
    const unsigned char *at, *end; /* the block's; `at` is NULL before the block was entered */
    uint32_t posting;              /* whose positions come next */
    uint64_t left;                 /* positions of the block not yet unpacked */
    uint32_t i, n;
    uint32_t values[CS__BLOCK_SIZE];
    uint32_t *out;
    size_t out_capacity;
};

static void fail(struct cs__cursor *cursor, cs_status status)
{
    if (cursor->status == CS_OK)
        cursor->status = status;
    cursor->passage = cursor->block_last = CS__NO_PASSAGE;
    cursor->part = cursor->list->part_count;
    cursor->is_unpacked = 0;
    cursor->impacts.count = 0;
}

static void finish(struct cs__cursor *cursor)
{
    fail(cursor, cursor->status);
}

static const struct cs__list_part *part_of(const struct cs__cursor *cursor)
{
    return &cursor->list->parts[cursor->part];
}

static void put_chunk(struct cs__cursor *cursor)
{
    if (cursor->chunk != NULL)
        cs__chunk_put(&cursor->segment->source, cursor->held_chunk);
    cursor->chunk = NULL;
}

/* Postings in the block at hand: only the last one of a list is short. */
static uint32_t block_count(const struct cs__cursor *cursor)
{
    int is_last =
        cursor->part + 1 == cursor->list->part_count && cursor->block + 1 == part_of(cursor)->blocks;
    return is_last ? (cursor->list->count - 1) % CS__BLOCK_SIZE + 1 : CS__BLOCK_SIZE;
}

/* Read the head of the next block of this part. Its body begins where `body_end` stands. */
static int read_head(struct cs__cursor *cursor)
{
    uint32_t step, body, positions;
    if (!cs__u32_read(&cursor->head, cursor->heads_end, &step) ||
        !cs__u32_read(&cursor->head, cursor->heads_end, &body) ||
        !cs__u32_read(&cursor->head, cursor->heads_end, &positions) ||
        !cs__impacts_read(&cursor->head, cursor->heads_end, &cursor->impacts) ||
        body > (size_t)(cursor->chunk_end - cursor->body_end))
        return 0;
    cursor->block_last = cursor->block_before + step;
    cursor->body = cursor->body_end;
    cursor->body_end += body;
    cursor->position_size = positions;
    return cursor->block_last >= cursor->block_before || cursor->block_before == CS__NO_PASSAGE;
}

static int unpack(struct cs__cursor *cursor);

/* Stand on the first block of the part at hand, whose bytes are [at, end). A lone block has no head: it is
 * unpacked at once to know where it ends. */
static int enter_bytes(struct cs__cursor *cursor, const unsigned char *at, const unsigned char *bytes_end)
{
    uint32_t heads;
    const struct cs__list_part *part = part_of(cursor);
    cursor->block = 0;
    cursor->is_unpacked = 0;
    cursor->position_at = 0;
    cursor->chunk_end = bytes_end;
    if (part->blocks == 1) {
        cursor->impacts = part->impacts;
        cursor->body = at;
        cursor->body_end = bytes_end;
        cursor->position_size = SIZE_MAX;
        return unpack(cursor);
    }
    if (!cs__u32_read(&at, bytes_end, &heads) || heads > (size_t)(bytes_end - at))
        return 0;
    cursor->head = at;
    cursor->heads_end = cursor->body_end = at + heads;
    return read_head(cursor);
}

static void enter_part(struct cs__cursor *cursor, uint32_t number)
{
    put_chunk(cursor);
    cursor->part = number;
    if (number >= cursor->list->part_count) {
        finish(cursor);
        return;
    }
    const struct cs__list_part *part = part_of(cursor);
    const unsigned char *bytes = part->bytes;
    size_t size = part->size;
    cursor->block_before = number > 0 ? cursor->list->parts[number - 1].last : CS__NO_PASSAGE;
    if (bytes == NULL) {
        cs_status status = cs__chunk_get(&cursor->segment->source, part->chunk, &cursor->chunk, &size);
        if (status != CS_OK) {
            cursor->chunk = NULL;
            fail(cursor, status);
            return;
        }
        cursor->held_chunk = part->chunk;
        bytes = cursor->chunk;
    }
    if (part->offset > size || !enter_bytes(cursor, bytes + part->offset, bytes + size))
        fail(cursor, CS_ERR_CORRUPT);
}

static void next_block(struct cs__cursor *cursor)
{
    if (cursor->block + 1 >= part_of(cursor)->blocks) {
        enter_part(cursor, cursor->part + 1);
        return;
    }
    cursor->block++;
    cursor->block_before = cursor->block_last;
    cursor->position_at += cursor->position_size;
    cursor->is_unpacked = 0;
    if (!read_head(cursor))
        fail(cursor, CS_ERR_CORRUPT);
}

/* Gaps to passages. 0 when they leave the segment. */
static int add_gaps(struct cs__cursor *cursor)
{
    uint64_t at = (uint64_t)cursor->block_before + 1;
    if (cursor->block_before == CS__NO_PASSAGE)
        at = 0;
    for (uint32_t i = 0; i < cursor->n; i++) {
        at += cursor->passages[i];
        if (at >= cursor->segment->span)
            return 0;
        cursor->passages[i] = (uint32_t)at;
        at += cursor->runs != NULL ? (uint64_t)cursor->runs[i] + 1 : 1;
    }
    return at <= cursor->segment->span;
}

static int unpack(struct cs__cursor *cursor)
{
    const unsigned char *at = cursor->body;
    uint32_t n = cursor->n = block_count(cursor);
    int ok = cs__packed_read(&at, cursor->body_end, n, cursor->passages) &&
             (cursor->runs == NULL || cs__packed_read(&at, cursor->body_end, n, cursor->runs)) &&
             cs__packed_read(&at, cursor->body_end, n, cursor->frequencies) &&
             (cursor->runs == NULL || cs__packed_read(&at, cursor->body_end, n, cursor->lengths));
    if (!ok || !add_gaps(cursor))
        return 0;
    uint32_t last = cursor->passages[n - 1] + (cursor->runs != NULL ? cursor->runs[n - 1] : 0);
    if (part_of(cursor)->blocks > 1 && last != cursor->block_last)
        return 0;
    cursor->block_last = last;
    cursor->is_unpacked = 1;
    cursor->i = 0;
    if (cursor->positions != NULL)
        cursor->positions->at = NULL;
    return 1;
}

/* Step over numbers in a heading's run that are vacant; 0 when the run ends before a passage comes. */
static int settle_in_run(struct cs__cursor *cursor)
{
    while (cs__segment_length(cursor->segment, cursor->passage) == 0) {
        if (cursor->passage >= cursor->run_end)
            return 0;
        cursor->passage++;
    }
    return 1;
}

/* Stand on posting `i` of the unpacked block, at or behind `passage`. */
static int stand(struct cs__cursor *cursor, uint32_t passage)
{
    uint32_t i = cursor->i;
    cursor->passage = cursor->passages[i] > passage ? cursor->passages[i] : passage;
    cursor->frequency = cursor->frequencies[i] + 1;
    if (cursor->runs == NULL)
        return 1;
    cursor->run_end = cursor->passages[i] + cursor->runs[i];
    cursor->length = (uint8_t)cursor->lengths[i];
    return settle_in_run(cursor);
}

static uint32_t posting_end(const struct cs__cursor *cursor, uint32_t i)
{
    return cursor->passages[i] + (cursor->runs != NULL ? cursor->runs[i] : 0);
}

/* The first posting of the block, from the one at hand, that ends at or behind `passage`; there is one. */
static void seek(struct cs__cursor *cursor, uint32_t passage)
{
    uint32_t low = cursor->i, step = 1;
    while (low + step < cursor->n && posting_end(cursor, low + step) < passage) {
        low += step;
        step *= 2;
    }
    uint32_t high = low + step < cursor->n ? low + step : cursor->n - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (posting_end(cursor, middle) < passage)
            low = middle + 1;
        else
            high = middle;
    }
    cursor->i = low;
}

void cs__cursor_look(struct cs__cursor *cursor, uint32_t passage)
{
    if (cursor->block_last >= passage)
        return;
    uint32_t part = cursor->part;
    while (part + 1 < cursor->list->part_count && cursor->list->parts[part].last < passage)
        part++;
    if (part != cursor->part)
        enter_part(cursor, part);
    while (cursor->block_last < passage)
        next_block(cursor);
}

void cs__cursor_advance(struct cs__cursor *cursor, uint32_t passage)
{
    if (cursor->passage >= passage)
        return;
    for (;;) {
        cs__cursor_look(cursor, passage);
        if (cursor->block_last == CS__NO_PASSAGE) {
            cursor->passage = CS__NO_PASSAGE;
            return;
        }
        if (!cursor->is_unpacked && !unpack(cursor)) {
            fail(cursor, CS_ERR_CORRUPT);
            return;
        }
        seek(cursor, passage);
        if (stand(cursor, passage))
            return;
        passage = cursor->run_end + 1;
    }
}

void cs__cursor_next(struct cs__cursor *cursor)
{
    if (cursor->passage == CS__NO_PASSAGE)
        return;
    if (cursor->runs == NULL && cursor->is_unpacked && cursor->i + 1 < cursor->n &&
        cursor->passages[cursor->i] == cursor->passage) {
        cursor->i++;
        cursor->passage = cursor->passages[cursor->i];
        cursor->frequency = cursor->frequencies[cursor->i] + 1;
        return;
    }
    cs__cursor_advance(cursor, cursor->passage + 1);
}

void cs__cursor_open(struct cs__cursor *cursor, struct cs__segment *segment, const struct cs__list *list)
{
    *cursor = (struct cs__cursor){.segment = segment, .list = list, .block_last = CS__NO_PASSAGE};
    if (list->count == 0) {
        cursor->passage = CS__NO_PASSAGE;
        return;
    }
    if (list->is_heading) {
        cursor->runs = malloc(2 * CS__BLOCK_SIZE * sizeof *cursor->runs);
        if (cursor->runs == NULL) {
            fail(cursor, CS_ERR_NOMEM);
            return;
        }
        cursor->lengths = cursor->runs + CS__BLOCK_SIZE;
    }
    enter_part(cursor, 0);
    if (cursor->status != CS_OK || (!cursor->is_unpacked && !unpack(cursor))) {
        fail(cursor, CS_ERR_CORRUPT);
        return;
    }
    if (!stand(cursor, 0))
        cs__cursor_advance(cursor, cursor->run_end + 1);
}

static void put_positions(struct cs__cursor *cursor)
{
    struct cs__position_reader *reader = cursor->positions;
    if (reader->chunk_bytes != NULL)
        cs__chunk_put(&cursor->segment->source, reader->chunk);
    reader->chunk_bytes = NULL;
}

void cs__cursor_close(struct cs__cursor *cursor)
{
    if (cursor->segment == NULL)
        return;
    put_chunk(cursor);
    if (cursor->positions != NULL) {
        put_positions(cursor);
        free(cursor->positions->out);
        free(cursor->positions);
    }
    free(cursor->runs);
    *cursor = (struct cs__cursor){.passage = CS__NO_PASSAGE};
}

/* The positions of the part at hand, in whichever chunk they are. */
static cs_status get_positions(struct cs__cursor *cursor, const unsigned char **bytes, size_t *size)
{
    struct cs__position_reader *reader = cursor->positions;
    const struct cs__list_part *part = part_of(cursor);
    *bytes = part->positions;
    *size = part->position_size;
    if (part->positions != NULL)
        return CS_OK;
    if (reader->chunk_bytes == NULL || reader->chunk != part->position_chunk) {
        put_positions(cursor);
        cs_status status = cs__chunk_get(&cursor->segment->source, part->position_chunk, &reader->chunk_bytes,
                                         &reader->chunk_size);
        if (status != CS_OK) {
            reader->chunk_bytes = NULL;
            return status;
        }
        reader->chunk = part->position_chunk;
    }
    if (part->position_offset > reader->chunk_size)
        return CS_ERR_CORRUPT;
    *bytes = reader->chunk_bytes + part->position_offset;
    *size = reader->chunk_size - part->position_offset;
    return CS_OK;
}

static cs_status enter_positions(struct cs__cursor *cursor)
{
    struct cs__position_reader *reader = cursor->positions;
    const unsigned char *bytes;
    size_t size;
    cs_status status = get_positions(cursor, &bytes, &size);
    if (status != CS_OK)
        return status;
    if (cursor->position_at > size)
        return CS_ERR_CORRUPT;
    reader->at = bytes + cursor->position_at;
    reader->end = bytes + size;
    reader->posting = reader->i = reader->n = 0;
    reader->left = 0;
    for (uint32_t i = 0; i < cursor->n; i++)
        reader->left += (uint64_t)cursor->frequencies[i] + 1;
    /* A packed array takes a byte at least: a larger count is a damaged block's. */
    return reader->left / CS__BLOCK_SIZE <= size ? CS_OK : CS_ERR_CORRUPT;
}

/* Unpack the next positions, or step over them when `skip`. */
static int refill(struct cs__position_reader *reader, int skip)
{
    reader->i = 0;
    reader->n = reader->left < CS__BLOCK_SIZE ? (uint32_t)reader->left : CS__BLOCK_SIZE;
    reader->left -= reader->n;
    return reader->n > 0 && (skip ? cs__packed_skip(&reader->at, reader->end, reader->n)
                                  : cs__packed_read(&reader->at, reader->end, reader->n, reader->values));
}

static int skip_positions(struct cs__position_reader *reader, uint64_t count)
{
    while (count > reader->n - reader->i) {
        count -= reader->n - reader->i;
        uint64_t next = reader->left < CS__BLOCK_SIZE ? reader->left : CS__BLOCK_SIZE;
        if (!refill(reader, count >= next))
            return 0;
    }
    reader->i += (uint32_t)count;
    return 1;
}

static int copy_positions(struct cs__position_reader *reader, uint32_t count)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (reader->i == reader->n && !refill(reader, 0))
            return 0;
        reader->out[i] = next + reader->values[reader->i++];
        next = reader->out[i] + 1;
    }
    return 1;
}

static cs_status read_positions(struct cs__cursor *cursor)
{
    struct cs__position_reader *reader = cursor->positions;
    if (reader->at != NULL && reader->posting == cursor->i + 1)
        return CS_OK;
    cs_status status = reader->at == NULL || reader->posting > cursor->i ? enter_positions(cursor) : CS_OK;
    if (status != CS_OK)
        return status;
    uint64_t before = 0;
    for (; reader->posting < cursor->i; reader->posting++)
        before += (uint64_t)cursor->frequencies[reader->posting] + 1;
    if (!skip_positions(reader, before) || cursor->frequency > reader->left + (reader->n - reader->i))
        return CS_ERR_CORRUPT;
    if (cursor->frequency > reader->out_capacity) {
        uint32_t *out = realloc(reader->out, cursor->frequency * sizeof *out);
        if (out == NULL)
            return CS_ERR_NOMEM;
        reader->out = out;
        reader->out_capacity = cursor->frequency;
    }
    reader->posting = cursor->i + 1;
    return copy_positions(reader, cursor->frequency) ? CS_OK : CS_ERR_CORRUPT;
}

const uint32_t *cs__cursor_positions(struct cs__cursor *cursor)
{
    cs_status status = cursor->passage == CS__NO_PASSAGE ? CS_ERR_INTERNAL : CS_OK;
    if (status == CS_OK && cursor->positions == NULL) {
        cursor->positions = calloc(1, sizeof *cursor->positions);
        status = cursor->positions == NULL ? CS_ERR_NOMEM : CS_OK;
    }
    if (status == CS_OK)
        status = read_positions(cursor);
    if (status != CS_OK) {
        fail(cursor, status);
        return NULL;
    }
    return cursor->positions->out;
}
