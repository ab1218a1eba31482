/* SPDX-License-Identifier: MIT */
/* Postings in memory: a hash table of terms, each with two streams of bytes that grow by slices.
 *
 * Stream of texts: for each posting the gap to the passage before, then each position's step plus 1, then 0.
 * Stream of headings: gap, run length less 1, length code, steps, 0. All varints. */
#include "indexer/postings_write_memory.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/segment.h"

enum { FIRST_SLICE = 16, LARGEST_SLICE = 4096, FIRST_TABLE = 1 << 12, NO_TERM = -1 };

/* A link of a stream: the next one's address stands in front. */
struct slice {
    struct slice *next;
    uint32_t size;
    unsigned char bytes[];
};

struct stream {
    struct slice *first, *last;
    unsigned char *at, *end; /* of the last slice */
};

struct term {
    const char *bytes;
    uint32_t size;
    uint32_t hash;
    uint32_t passage;     /* local number of the last text posting, plus 1; 0 before the first */
    uint32_t position;    /* its next free position */
    uint32_t heading_end; /* the passage behind the last heading posting; 0 before the first */
    uint32_t removal[2];  /* the last removed passage that has it, by field */
    uint32_t adjustment[2];
    struct stream text, heading;
};

/* A word of the heading at hand. */
struct heading_word {
    uint32_t term;
    uint32_t position;
};

struct heading {
    struct heading_word *words;
    size_t count, capacity;
    uint32_t length; /* in words: two may share a position */
};

struct cs__memory_postings {
    struct cs__arena arena; /* terms' bytes and slices */
    struct term *terms;
    size_t term_count, term_capacity;
    int32_t *table;
    size_t table_size;
    uint8_t *lengths; /* length codes by local number */
    size_t span, length_capacity;
    int64_t first;
    uint32_t passages;
    uint64_t words;
    uint32_t local;         /* the passage at hand */
    struct heading heading; /* its heading */
    struct heading run;     /* the heading of the run of passages before it, */
    uint32_t run_first, run_last;
    int run_is_open;
    uint32_t removals; /* removed passages so far */
    int failed;        /* sticky: memory ran out */
};

cs_status cs__memory_postings_new(struct cs__memory_postings **out)
{
    struct cs__memory_postings *memory = *out = calloc(1, sizeof *memory);
    if (memory == NULL)
        return CS_ERR_NOMEM;
    memory->table_size = FIRST_TABLE;
    memory->table = malloc(FIRST_TABLE * sizeof *memory->table);
    if (memory->table == NULL) {
        cs__memory_postings_free(memory);
        *out = NULL;
        return CS_ERR_NOMEM;
    }
    memset(memory->table, 0xFF, FIRST_TABLE * sizeof *memory->table);
    return CS_OK;
}

void cs__memory_postings_free(struct cs__memory_postings *memory)
{
    if (memory == NULL)
        return;
    cs__arena_free(&memory->arena);
    free(memory->terms);
    free(memory->table);
    free(memory->lengths);
    free(memory->heading.words);
    free(memory->run.words);
    free(memory);
}

void cs__memory_postings_clear(struct cs__memory_postings *memory)
{
    cs__arena_free(&memory->arena);
    memset(memory->table, 0xFF, memory->table_size * sizeof *memory->table);
    memory->term_count = memory->span = 0;
    memory->passages = 0;
    memory->words = 0;
    memory->heading.count = memory->run.count = 0;
    memory->removals = 0;
    memory->run_is_open = memory->failed = 0;
}

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint32_t hash_of(const char *bytes, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    return hash;
}

static int grow_table(struct cs__memory_postings *memory)
{
    size_t size = memory->table_size * 2;
    int32_t *table = malloc(size * sizeof *table);
    if (table == NULL)
        return 0;
    memset(table, 0xFF, size * sizeof *table);
    for (size_t i = 0; i < memory->term_count; i++) {
        size_t at = memory->terms[i].hash & (size - 1);
        while (table[at] != NO_TERM)
            at = (at + 1) & (size - 1);
        table[at] = (int32_t)i;
    }
    free(memory->table);
    memory->table = table;
    memory->table_size = size;
    return 1;
}

static int32_t add_term(struct cs__memory_postings *memory, const char *bytes, size_t size, uint32_t hash)
{
    if (memory->term_count == memory->term_capacity) {
        size_t capacity = memory->term_capacity > 0 ? memory->term_capacity * 2 : 1024;
        struct term *terms = realloc(memory->terms, capacity * sizeof *terms);
        if (terms == NULL)
            return NO_TERM;
        memory->terms = terms;
        memory->term_capacity = capacity;
    }
    char *copy = cs__arena_copy(&memory->arena, bytes, size);
    if (copy == NULL || memory->term_count >= INT32_MAX)
        return NO_TERM;
    memory->terms[memory->term_count] = (struct term){.bytes = copy, .size = (uint32_t)size, .hash = hash};
    return (int32_t)memory->term_count++;
}

/* The number of a term; a new one where it was not there. NO_TERM, and `failed`, when memory is out. */
static int32_t term_of(struct cs__memory_postings *memory, const char *bytes, size_t size)
{
    uint32_t hash = hash_of(bytes, size);
    if (memory->term_count * 2 >= memory->table_size && !grow_table(memory)) {
        memory->failed = 1;
        return NO_TERM;
    }
    size_t at = hash & (memory->table_size - 1);
    for (; memory->table[at] != NO_TERM; at = (at + 1) & (memory->table_size - 1)) {
        const struct term *term = &memory->terms[memory->table[at]];
        if (term->hash == hash && term->size == size && memcmp(term->bytes, bytes, size) == 0)
            return memory->table[at];
    }
    int32_t number = add_term(memory, bytes, size, hash);
    memory->table[at] = number;
    memory->failed |= number == NO_TERM;
    return number;
}

static int add_slice(struct cs__memory_postings *memory, struct stream *stream)
{
    uint32_t size = stream->last == NULL ? FIRST_SLICE : stream->last->size * 2;
    if (size > LARGEST_SLICE)
        size = LARGEST_SLICE;
    struct slice *slice = cs__arena_alloc(&memory->arena, sizeof *slice + size);
    if (slice == NULL)
        return 0;
    slice->size = size;
    *(stream->last != NULL ? &stream->last->next : &stream->first) = slice;
    stream->last = slice;
    stream->at = slice->bytes;
    stream->end = slice->bytes + size;
    return 1;
}

static void append(struct cs__memory_postings *memory, struct stream *stream, uint32_t value)
{
    do {
        if (stream->at == stream->end && !add_slice(memory, stream)) {
            memory->failed = 1;
            return;
        }
        *stream->at++ = (unsigned char)((value & 0x7F) | (value > 0x7F ? 0x80 : 0));
        value >>= 7;
    } while (value != 0);
}

/* Vacant numbers up to `local`, and a place for its length. */
static int reserve_lengths(struct cs__memory_postings *memory, size_t local)
{
    if (local >= memory->length_capacity) {
        size_t capacity = memory->length_capacity > 0 ? memory->length_capacity : 4096;
        while (capacity <= local)
            capacity *= 2;
        uint8_t *lengths = realloc(memory->lengths, capacity);
        if (lengths == NULL)
            return 0;
        memory->lengths = lengths;
        memory->length_capacity = capacity;
    }
    memset(memory->lengths + memory->span, 0, local + 1 - memory->span);
    memory->span = local + 1;
    return 1;
}

void cs__memory_postings_passage(struct cs__memory_postings *memory, int64_t passage)
{
    if (memory->span == 0)
        memory->first = passage;
    memory->local = (uint32_t)(passage - memory->first);
    memory->heading.count = 0;
    if (!reserve_lengths(memory, memory->local))
        memory->failed = 1;
}

static void add_heading_word(struct cs__memory_postings *memory, uint32_t term, uint32_t position)
{
    struct heading *heading = &memory->heading;
    if (heading->count == heading->capacity) {
        size_t capacity = heading->capacity > 0 ? heading->capacity * 2 : 32;
        struct heading_word *words = realloc(heading->words, capacity * sizeof *words);
        if (words == NULL) {
            memory->failed = 1;
            return;
        }
        heading->words = words;
        heading->capacity = capacity;
    }
    heading->words[heading->count++] = (struct heading_word){term, position};
}

static void add_text_word(struct cs__memory_postings *memory, struct term *term, uint32_t position)
{
    if (term->passage != memory->local + 1) {
        if (term->passage != 0)
            append(memory, &term->text, 0);
        append(memory, &term->text, memory->local - term->passage);
        term->passage = memory->local + 1;
        term->position = 0;
    }
    if (position < term->position)
        return;
    append(memory, &term->text, position - term->position + 1);
    term->position = position + 1;
}

void cs__memory_postings_token(struct cs__memory_postings *memory, enum cs__write_field field,
                               const struct cs__token *token)
{
    int32_t term = term_of(memory, token->term, token->term_size);
    if (memory->failed)
        return;
    if (field == CS__FIELD_HEADING)
        add_heading_word(memory, (uint32_t)term, token->position);
    else
        add_text_word(memory, &memory->terms[term], token->position);
}

static int by_term(const void *a, const void *b)
{
    const struct heading_word *x = a, *y = b;
    if (x->term != y->term)
        return x->term < y->term ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

/* Write the heading of the run that ends: one posting a term. */
static void end_run(struct cs__memory_postings *memory)
{
    struct heading *run = &memory->run;
    uint8_t length = cs__length_encode(run->length);
    if (!memory->run_is_open || memory->failed)
        return;
    memory->run_is_open = 0;
    if (run->count > 1)
        qsort(run->words, run->count, sizeof *run->words, by_term);
    for (size_t i = 0; i < run->count;) {
        struct term *term = &memory->terms[run->words[i].term];
        uint32_t next = 0, number = run->words[i].term;
        append(memory, &term->heading, memory->run_first - term->heading_end);
        append(memory, &term->heading, memory->run_last - memory->run_first);
        append(memory, &term->heading, length);
        for (; i < run->count && run->words[i].term == number; i++) {
            if (run->words[i].position < next)
                continue;
            append(memory, &term->heading, run->words[i].position - next + 1);
            next = run->words[i].position + 1;
        }
        append(memory, &term->heading, 0);
        term->heading_end = memory->run_last + 1;
    }
}

static int same_heading(const struct heading *a, const struct heading *b)
{
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->words, b->words, a->count * sizeof *a->words) == 0);
}

void cs__memory_postings_end(struct cs__memory_postings *memory, const uint32_t lengths[CS__FIELD_COUNT])
{
    if (memory->failed)
        return;
    uint8_t code = cs__length_encode(lengths[CS__FIELD_TEXT]);
    memory->lengths[memory->local] = code;
    memory->passages++;
    memory->words += cs__length_decode(code);
    if (!memory->run_is_open || !same_heading(&memory->heading, &memory->run)) {
        end_run(memory);
        struct heading ended = memory->run;
        memory->run = memory->heading;
        memory->run.length = lengths[CS__FIELD_HEADING];
        memory->heading = ended;
        memory->run_first = memory->local;
        memory->run_is_open = 1;
    }
    memory->run_last = memory->local;
}

void cs__memory_postings_removal(struct cs__memory_postings *memory)
{
    memory->removals++;
}

void cs__memory_postings_unword(struct cs__memory_postings *memory, enum cs__write_field field,
                                const struct cs__token *token)
{
    int32_t number = term_of(memory, token->term, token->term_size);
    if (number == NO_TERM || memory->terms[number].removal[field] == memory->removals)
        return;
    memory->terms[number].removal[field] = memory->removals;
    memory->terms[number].adjustment[field]++;
}

struct cs__memory_size cs__memory_postings_size(const struct cs__memory_postings *memory)
{
    return (struct cs__memory_size){
        .first = memory->first,
        .span = (uint32_t)memory->span,
        .passages = memory->passages,
        .words = memory->words,
        .terms = memory->term_count,
        .bytes = memory->arena.bytes + memory->term_capacity * sizeof *memory->terms +
                 memory->table_size * sizeof *memory->table + memory->length_capacity,
    };
}

/* A stream read back. */
struct reader {
    const struct slice *slice;
    const unsigned char *at, *end, *stop; /* `end` of this slice, `stop` of the stream */
};

static struct reader read_stream(const struct stream *stream)
{
    struct reader reader = {.slice = stream->first, .stop = stream->at};
    if (reader.slice != NULL) {
        reader.at = reader.slice->bytes;
        reader.end = reader.at + reader.slice->size;
    }
    return reader;
}

/* 0 at the end of the stream. */
static int read_byte(struct reader *reader, unsigned char *out)
{
    if (reader->at == reader->stop)
        return 0;
    *out = *reader->at++;
    if (reader->at == reader->end && reader->at != reader->stop) {
        reader->slice = reader->slice->next;
        reader->at = reader->slice->bytes;
        reader->end = reader->at + reader->slice->size;
    }
    return 1;
}

static int read_value(struct reader *reader, uint32_t *out)
{
    unsigned char byte;
    *out = 0;
    for (unsigned shift = 0; read_byte(reader, &byte); shift += 7) {
        *out |= (uint32_t)(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0)
            return 1;
    }
    return 0;
}

/* Positions of one posting. */
struct positions {
    uint32_t *items;
    uint32_t count;
    size_t capacity;
};

static int read_positions(struct reader *reader, struct positions *positions)
{
    uint32_t step, next = 0;
    positions->count = 0;
    while (read_value(reader, &step) && step != 0) {
        if (positions->count == positions->capacity) {
            size_t capacity = positions->capacity > 0 ? positions->capacity * 2 : 64;
            uint32_t *items = realloc(positions->items, capacity * sizeof *items);
            if (items == NULL)
                return 0;
            positions->items = items;
            positions->capacity = capacity;
        }
        positions->items[positions->count++] = next + step - 1;
        next += step;
    }
    return 1;
}

static cs_status write_texts(const struct term *term, struct cs__segment_builder *builder,
                             struct positions *positions)
{
    struct reader reader = read_stream(&term->text);
    uint32_t passage = 0, gap;
    while (read_value(&reader, &gap)) {
        passage += gap;
        if (!read_positions(&reader, positions))
            return CS_ERR_NOMEM;
        cs__segment_builder_text(builder, passage++, positions->items, positions->count);
    }
    return CS_OK;
}

static cs_status write_headings(const struct term *term, struct cs__segment_builder *builder,
                                struct positions *positions)
{
    struct reader reader = read_stream(&term->heading);
    uint32_t first = 0, gap, run, length;
    while (read_value(&reader, &gap) && read_value(&reader, &run) && read_value(&reader, &length)) {
        first += gap;
        if (!read_positions(&reader, positions))
            return CS_ERR_NOMEM;
        cs__segment_builder_heading(builder, first, first + run, (uint8_t)length, positions->items,
                                    positions->count);
        first += run + 1;
    }
    return CS_OK;
}

static int by_bytes(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    int order = memcmp(x->bytes, y->bytes, x->size < y->size ? x->size : y->size);
    return order != 0 ? order : (x->size > y->size) - (x->size < y->size);
}

static cs_status write_terms(struct cs__memory_postings *memory, struct cs__segment_builder *builder)
{
    struct positions positions = {0};
    cs_status status = CS_OK;
    for (size_t i = 0; i < memory->term_count && status == CS_OK; i++) {
        const struct term *term = &memory->terms[i];
        cs__segment_builder_term(builder, term->bytes, term->size);
        status = write_texts(term, builder, &positions);
        if (status == CS_OK)
            status = write_headings(term, builder, &positions);
        cs__segment_builder_end_term(builder, term->adjustment[CS__FIELD_TEXT],
                                     term->adjustment[CS__FIELD_HEADING]);
    }
    free(positions.items);
    return status;
}

cs_status cs__memory_postings_write(struct cs__memory_postings *memory, struct cs__chunk_sink sink,
                                    struct cs__buffer *header)
{
    struct cs__segment_builder *builder = NULL;
    end_run(memory);
    if (memory->failed) {
        cs__memory_postings_clear(memory);
        return CS_ERR_NOMEM;
    }
    if (memory->term_count > 0)
        qsort(memory->terms, memory->term_count, sizeof *memory->terms, by_bytes);
    cs_status status = cs__segment_builder_new(sink, memory->lengths, (uint32_t)memory->span, &builder);
    if (status == CS_OK)
        status = write_terms(memory, builder);
    if (status == CS_OK)
        status = cs__segment_builder_finish(builder, header);
    cs__segment_builder_free(builder);
    cs__memory_postings_clear(memory);
    return status;
}
