/* SPDX-License-Identifier: MIT */
/* Writing one segment; see core/segment.h for the format. */
#include "indexer/postings_write_segment.h"

#include <stdlib.h>
#include <string.h>

#include "core/segment.h"

enum {
    CHUNK_TARGET = 16384,     /* a chunk is closed before it grows beyond, but holds one part at least */
    PART_TARGET = 15360,      /* a part is closed when its bytes, or */
    POSITIONS_TARGET = 49152, /* its positions' bytes, reach this */
    DICTIONARY_BLOCK = 2048,
    INLINE_MAX = 32 /* a list of so many bytes, positions and all, stands in the dictionary */
};

enum { HAS_TEXT = 1, HAS_HEADING = 2, HAS_ADJUSTMENT = 4 };

/* A chunk being filled. */
struct open_chunk {
    struct cs__buffer bytes;
    uint32_t number;
};

/* One list of the term at hand. */
struct list {
    int is_heading;
    uint32_t count, passages;
    uint32_t n;                         /* postings in the open block */
    uint32_t end;                       /* the last passage covered; CS__NO_PASSAGE before the first */
    uint32_t block_before, part_before; /* `end` before the open block, and before the open part */
    uint32_t gaps[CS__BLOCK_SIZE], runs[CS__BLOCK_SIZE], frequencies[CS__BLOCK_SIZE], lengths[CS__BLOCK_SIZE];
    uint32_t *positions; /* of the open block, as gaps */
    size_t position_count, position_capacity;
    struct cs__impacts block_impacts, part_impacts;
    uint32_t part_blocks;
    struct cs__buffer heads, bodies, position_bytes; /* of the open part */
    uint32_t part_count;
    struct cs__buffer parts; /* the closed ones, as the dictionary has them */
};

struct cs__segment_builder {
    struct cs__chunk_sink sink;
    const uint8_t *length_codes;
    uint32_t span, passages;
    uint64_t words;
    uint32_t next_chunk, length_count;
    struct open_chunk postings, positions, dictionary;
    struct list text, heading;
    char term[256], last_term[256];
    size_t term_size, last_term_size;
    size_t block_start; /* of the open dictionary block, in its chunk */
    int block_is_open;
    uint32_t block_count;
    struct cs__buffer index, entry;
    size_t index_paused; /* what pauses before have given of `index` */
    cs_status status;    /* sticky */
};

static void check(struct cs__segment_builder *builder, const struct cs__buffer *buffer)
{
    if (buffer->failed && builder->status == CS_OK)
        builder->status = CS_ERR_NOMEM;
}

static void emit(struct cs__segment_builder *builder, struct open_chunk *chunk)
{
    check(builder, &chunk->bytes);
    if (chunk->bytes.size > 0 && builder->status == CS_OK)
        builder->status =
            builder->sink.put(builder->sink.context, chunk->number, chunk->bytes.data, chunk->bytes.size);
    cs__buffer_clear(&chunk->bytes);
}

/* Make room for `size` more bytes, in a new chunk where the open one is full. */
static void make_room(struct cs__segment_builder *builder, struct open_chunk *chunk, size_t size)
{
    if (chunk->bytes.size > 0 && chunk->bytes.size + size > CHUNK_TARGET)
        emit(builder, chunk);
    if (chunk->bytes.size == 0)
        chunk->number = builder->next_chunk++;
}

static void count_passages(struct cs__segment_builder *builder)
{
    for (uint32_t i = 0; i < builder->span; i++) {
        builder->passages += builder->length_codes[i] > 0;
        builder->words += cs__length_decode(builder->length_codes[i]);
    }
}

static void write_lengths(struct cs__segment_builder *builder)
{
    for (uint32_t at = 0; at < builder->span; at += CS__LENGTH_CHUNK) {
        uint32_t used = builder->span - at < CS__LENGTH_CHUNK ? builder->span - at : CS__LENGTH_CHUNK;
        while (used > 0 && builder->length_codes[at + used - 1] == 0)
            used--;
        if (builder->status == CS_OK)
            builder->status = builder->sink.put(builder->sink.context, builder->next_chunk++,
                                                builder->length_codes + at, used);
    }
}

static cs_status new_builder(struct cs__chunk_sink sink, const uint8_t *lengths, uint32_t span,
                             struct cs__segment_builder **out)
{
    struct cs__segment_builder *builder = *out = calloc(1, sizeof *builder);
    if (builder == NULL)
        return CS_ERR_NOMEM;
    builder->sink = sink;
    builder->length_codes = lengths;
    builder->span = span;
    builder->heading.is_heading = 1;
    builder->length_count = (span + CS__LENGTH_CHUNK - 1) / CS__LENGTH_CHUNK;
    count_passages(builder);
    return CS_OK;
}

cs_status cs__segment_builder_new(struct cs__chunk_sink sink, const uint8_t *lengths, uint32_t span,
                                  struct cs__segment_builder **out)
{
    cs_status status = new_builder(sink, lengths, span, out);
    if (status == CS_OK)
        write_lengths(*out);
    return status;
}

cs_status cs__segment_builder_resume(struct cs__chunk_sink sink, const uint8_t *lengths, uint32_t span,
                                     const struct cs__builder_mark *mark, const struct cs__buffer *index,
                                     struct cs__segment_builder **out)
{
    cs_status status = new_builder(sink, lengths, span, out);
    if (status != CS_OK)
        return status;
    (*out)->next_chunk = mark->chunks;
    (*out)->block_count = mark->blocks;
    cs__buffer_append(&(*out)->index, index->data, index->size);
    (*out)->index_paused = index->size;
    check(*out, &(*out)->index);
    return CS_OK;
}

static void free_list(struct list *list)
{
    free(list->positions);
    cs__buffer_free(&list->heads);
    cs__buffer_free(&list->bodies);
    cs__buffer_free(&list->position_bytes);
    cs__buffer_free(&list->parts);
}

void cs__segment_builder_free(struct cs__segment_builder *builder)
{
    if (builder == NULL)
        return;
    free_list(&builder->text);
    free_list(&builder->heading);
    cs__buffer_free(&builder->postings.bytes);
    cs__buffer_free(&builder->positions.bytes);
    cs__buffer_free(&builder->dictionary.bytes);
    cs__buffer_free(&builder->index);
    cs__buffer_free(&builder->entry);
    free(builder);
}

static void begin_list(struct list *list)
{
    list->count = list->passages = list->n = list->part_blocks = list->part_count = 0;
    list->end = list->block_before = list->part_before = CS__NO_PASSAGE;
    list->position_count = 0;
    list->block_impacts.count = list->part_impacts.count = 0;
    cs__buffer_clear(&list->parts);
}

void cs__segment_builder_term(struct cs__segment_builder *builder, const char *term, size_t size)
{
    if (size >= sizeof builder->term)
        size = sizeof builder->term - 1;
    memcpy(builder->term, term, size);
    builder->term_size = size;
    begin_list(&builder->text);
    begin_list(&builder->heading);
}

static void write_positions(struct list *list)
{
    for (size_t at = 0; at < list->position_count; at += CS__BLOCK_SIZE) {
        size_t n = list->position_count - at;
        cs__packed_write(list->positions + at, n < CS__BLOCK_SIZE ? n : CS__BLOCK_SIZE,
                         &list->position_bytes);
    }
    list->position_count = 0;
}

/* Pack the open block into the open part. */
static void close_block(struct list *list)
{
    size_t body = list->bodies.size, positions = list->position_bytes.size;
    cs__packed_write(list->gaps, list->n, &list->bodies);
    if (list->is_heading)
        cs__packed_write(list->runs, list->n, &list->bodies);
    cs__packed_write(list->frequencies, list->n, &list->bodies);
    if (list->is_heading)
        cs__packed_write(list->lengths, list->n, &list->bodies);
    write_positions(list);
    cs__buffer_varint(&list->heads, list->end - list->block_before);
    cs__buffer_varint(&list->heads, list->bodies.size - body);
    cs__buffer_varint(&list->heads, list->position_bytes.size - positions);
    cs__impacts_write(&list->block_impacts, &list->heads);
    cs__impacts_join(&list->part_impacts, &list->block_impacts);
    list->block_impacts.count = 0;
    list->block_before = list->end;
    list->part_blocks++;
    list->n = 0;
}

static void clear_part(struct list *list)
{
    cs__buffer_clear(&list->heads);
    cs__buffer_clear(&list->bodies);
    cs__buffer_clear(&list->position_bytes);
    list->part_impacts.count = 0;
    list->part_blocks = 0;
    list->part_before = list->end;
}

/* Move the open part into chunks, and say in `parts` where it went. */
static void close_part(struct cs__segment_builder *builder, struct list *list)
{
    struct open_chunk *to = &builder->postings;
    check(builder, &list->heads);
    check(builder, &list->bodies);
    check(builder, &list->position_bytes);
    make_room(builder, to, list->heads.size + list->bodies.size + 5);
    make_room(builder, &builder->positions, list->position_bytes.size);
    cs__buffer_varint(&list->parts, list->part_blocks);
    cs__buffer_varint(&list->parts, to->number);
    cs__buffer_varint(&list->parts, to->bytes.size);
    cs__buffer_varint(&list->parts, builder->positions.number);
    cs__buffer_varint(&list->parts, builder->positions.bytes.size);
    cs__buffer_varint(&list->parts, list->end - (list->part_count > 0 ? list->part_before : 0));
    cs__impacts_write(&list->part_impacts, &list->parts);
    if (list->part_blocks > 1) {
        cs__buffer_varint(&to->bytes, list->heads.size);
        cs__buffer_append(&to->bytes, list->heads.data, list->heads.size);
    }
    cs__buffer_append(&to->bytes, list->bodies.data, list->bodies.size);
    cs__buffer_append(&builder->positions.bytes, list->position_bytes.data, list->position_bytes.size);
    list->part_count++;
    clear_part(list);
}

static int reserve_positions(struct list *list, uint32_t more)
{
    size_t wanted = list->position_count + more;
    if (wanted <= list->position_capacity)
        return 1;
    size_t capacity = list->position_capacity > 0 ? list->position_capacity : 2 * CS__BLOCK_SIZE;
    while (capacity < wanted)
        capacity *= 2;
    uint32_t *positions = realloc(list->positions, capacity * sizeof *positions);
    if (positions == NULL)
        return 0;
    list->positions = positions;
    list->position_capacity = capacity;
    return 1;
}

static void add_positions(struct list *list, const uint32_t *positions, uint32_t frequency)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < frequency; i++) {
        list->positions[list->position_count++] = positions[i] - next;
        next = positions[i] + 1;
    }
}

static void add(struct cs__segment_builder *builder, struct list *list, uint32_t first, uint32_t last,
                const uint32_t *positions, uint32_t frequency)
{
    if (!reserve_positions(list, frequency)) {
        builder->status = CS_ERR_NOMEM;
        return;
    }
    add_positions(list, positions, frequency);
    list->gaps[list->n] = first - list->end - 1;
    list->runs[list->n] = last - first;
    list->frequencies[list->n] = frequency - 1;
    list->end = last;
    list->count++;
    if (++list->n < CS__BLOCK_SIZE)
        return;
    close_block(list);
    if (list->heads.size + list->bodies.size >= PART_TARGET || list->position_bytes.size >= POSITIONS_TARGET)
        close_part(builder, list);
}

void cs__segment_builder_text(struct cs__segment_builder *builder, uint32_t passage,
                              const uint32_t *positions, uint32_t frequency)
{
    struct list *list = &builder->text;
    cs__impacts_add(&list->block_impacts, (struct cs__impact){frequency, builder->length_codes[passage]});
    list->passages++;
    add(builder, list, passage, passage, positions, frequency);
}

void cs__segment_builder_heading(struct cs__segment_builder *builder, uint32_t first, uint32_t last,
                                 uint8_t length, const uint32_t *positions, uint32_t frequency)
{
    struct list *list = &builder->heading;
    cs__impacts_add(&list->block_impacts, (struct cs__impact){frequency, length});
    for (uint32_t i = first; i <= last; i++)
        list->passages += builder->length_codes[i] > 0;
    list->lengths[list->n] = length;
    add(builder, list, first, last, positions, frequency);
}

/* The list as the dictionary has it. */
static void write_list(struct cs__segment_builder *builder, struct list *list, struct cs__buffer *out)
{
    if (list->n > 0)
        close_block(list);
    size_t size = list->bodies.size + list->position_bytes.size;
    int is_inline = list->count <= CS__BLOCK_SIZE && size <= INLINE_MAX;
    if (!is_inline && list->part_blocks > 0)
        close_part(builder, list);
    cs__buffer_varint(out, list->count);
    if (list->is_heading)
        cs__buffer_varint(out, list->passages);
    cs__buffer_varint(out, list->part_count);
    if (is_inline) {
        cs__buffer_varint(out, list->bodies.size);
        cs__buffer_append(out, list->bodies.data, list->bodies.size);
        cs__buffer_varint(out, list->position_bytes.size);
        cs__buffer_append(out, list->position_bytes.data, list->position_bytes.size);
        cs__impacts_write(&list->part_impacts, out);
        clear_part(list);
    } else {
        cs__buffer_append(out, list->parts.data, list->parts.size);
    }
}

static uint64_t zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (uint64_t)(value >> 63);
}

/* Begin a dictionary block where the open one is full. */
static void open_block(struct cs__segment_builder *builder)
{
    struct open_chunk *to = &builder->dictionary;
    int is_full = builder->block_is_open && to->bytes.size - builder->block_start >= DICTIONARY_BLOCK;
    if (builder->block_is_open && !is_full)
        return;
    make_room(builder, to, DICTIONARY_BLOCK);
    builder->block_is_open = 1;
    builder->block_start = to->bytes.size;
    builder->block_count++;
    builder->last_term_size = 0;
    cs__buffer_varint(&builder->index, builder->term_size);
    cs__buffer_append(&builder->index, builder->term, builder->term_size);
    cs__buffer_varint(&builder->index, to->number);
    cs__buffer_varint(&builder->index, to->bytes.size);
}

static void write_entry(struct cs__segment_builder *builder)
{
    struct cs__buffer *to = &builder->dictionary.bytes;
    size_t shared = 0;
    open_block(builder);
    while (shared < builder->last_term_size && shared < builder->term_size &&
           builder->term[shared] == builder->last_term[shared])
        shared++;
    cs__buffer_varint(to, shared);
    cs__buffer_varint(to, builder->term_size - shared);
    cs__buffer_append(to, builder->term + shared, builder->term_size - shared);
    cs__buffer_varint(to, builder->entry.size);
    cs__buffer_append(to, builder->entry.data, builder->entry.size);
    memcpy(builder->last_term, builder->term, builder->term_size);
    builder->last_term_size = builder->term_size;
}

void cs__segment_builder_end_term(struct cs__segment_builder *builder, int64_t text_adjustment,
                                  int64_t heading_adjustment)
{
    int has_adjustment = text_adjustment != 0 || heading_adjustment != 0;
    int flags = (builder->text.count > 0 ? HAS_TEXT : 0) | (builder->heading.count > 0 ? HAS_HEADING : 0) |
                (has_adjustment ? HAS_ADJUSTMENT : 0);
    if (flags == 0)
        return;
    cs__buffer_clear(&builder->entry);
    cs__buffer_char(&builder->entry, (char)flags);
    if (flags & HAS_TEXT)
        write_list(builder, &builder->text, &builder->entry);
    if (flags & HAS_HEADING)
        write_list(builder, &builder->heading, &builder->entry);
    if (has_adjustment) {
        cs__buffer_varint(&builder->entry, zigzag(text_adjustment));
        cs__buffer_varint(&builder->entry, zigzag(heading_adjustment));
    }
    check(builder, &builder->entry);
    if (builder->status == CS_OK)
        write_entry(builder);
}

static void emit_all(struct cs__segment_builder *builder)
{
    emit(builder, &builder->postings);
    emit(builder, &builder->positions);
    emit(builder, &builder->dictionary);
}

cs_status cs__segment_builder_pause(struct cs__segment_builder *builder, struct cs__builder_mark *mark,
                                    struct cs__buffer *index)
{
    emit_all(builder);
    check(builder, &builder->index);
    if (builder->status == CS_OK)
        cs__buffer_append(index, builder->index.data + builder->index_paused,
                          builder->index.size - builder->index_paused);
    check(builder, index);
    *mark = (struct cs__builder_mark){builder->next_chunk, builder->block_count};
    return builder->status;
}

cs_status cs__segment_builder_finish(struct cs__segment_builder *builder, struct cs__buffer *header)
{
    emit_all(builder);
    cs__buffer_clear(header);
    cs__buffer_varint(header, CS__SEGMENT_VERSION);
    cs__buffer_varint(header, builder->span);
    cs__buffer_varint(header, builder->passages);
    cs__buffer_varint(header, builder->words);
    cs__buffer_varint(header, 0);
    cs__buffer_varint(header, builder->length_count);
    cs__buffer_varint(header, builder->block_count);
    cs__buffer_append(header, builder->index.data, builder->index.size);
    check(builder, &builder->index);
    check(builder, header);
    return builder->status;
}
