/* SPDX-License-Identifier: MIT */
/* core/postings, core/segment and indexer/postings_write_segment: what is written is read back, whichever way
 * a cursor goes, and damaged bytes do no harm. */
#include "core/segment.h"
#include "indexer/postings_write_segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* --- A small random generator, the same on every machine (xorshift64*). */
static uint64_t seed;

static uint32_t any(uint32_t below)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Dull) >> 33) % below;
}

/* --- Chunks in memory. */
struct memory {
    struct {
        unsigned char *bytes;
        size_t size;
    } * chunks;
    size_t count;
    long held;
};

static cs_status put_chunk(void *context, uint32_t chunk, const void *bytes, size_t size)
{
    struct memory *memory = context;
    if (chunk >= memory->count) {
        memory->chunks = realloc(memory->chunks, (chunk + 1) * sizeof *memory->chunks);
        memset(memory->chunks + memory->count, 0, (chunk + 1 - memory->count) * sizeof *memory->chunks);
        memory->count = chunk + 1;
    }
    assert_null(memory->chunks[chunk].bytes);
    memory->chunks[chunk].bytes = calloc(1, size + CS__PACKED_SLACK);
    memory->chunks[chunk].size = size;
    memcpy(memory->chunks[chunk].bytes, bytes, size);
    return CS_OK;
}

static cs_status get_chunk(void *context, int64_t segment, uint32_t chunk, const unsigned char **bytes,
                           size_t *size)
{
    struct memory *memory = context;
    (void)segment;
    if (chunk >= memory->count || memory->chunks[chunk].bytes == NULL)
        return CS_ERR_CORRUPT;
    *bytes = memory->chunks[chunk].bytes;
    *size = memory->chunks[chunk].size;
    memory->held++;
    return CS_OK;
}

static void release_chunk(void *context, int64_t segment, uint32_t chunk)
{
    struct memory *memory = context;
    (void)segment;
    assert_true(chunk < memory->count);
    memory->held--;
}

static void free_memory(struct memory *memory)
{
    for (size_t i = 0; i < memory->count; i++)
        free(memory->chunks[i].bytes);
    free(memory->chunks);
    *memory = (struct memory){0};
}

/* --- A model: the postings of some terms as plain arrays. */
enum { SPAN = 60000, TERMS = 300 };

struct posting {
    uint32_t first, last, frequency;
    uint8_t length;
    uint32_t positions[12];
};

struct model_list {
    struct posting *items;
    uint32_t count;
};

struct model {
    uint8_t lengths[SPAN];
    struct model_list text[TERMS], heading[TERMS];
    int64_t adjustment[TERMS];
    char names[TERMS][24];
};

static struct model model;

static void fill_positions(struct posting *posting)
{
    uint32_t at = any(3);
    posting->frequency = any(4) == 0 ? 1 + any(12) : 1;
    for (uint32_t i = 0; i < posting->frequency; i++) {
        posting->positions[i] = at;
        at += 1 + (any(30) == 0 ? any(5000) : any(20));
    }
}

static void fill_list(struct model_list *list, uint32_t density, int is_heading)
{
    list->items = calloc(SPAN, sizeof *list->items);
    for (uint32_t at = any(density); at < SPAN; at += 1 + any(2 * density)) {
        uint32_t last = is_heading ? at + any(40) : at;
        if (last >= SPAN)
            break;
        if (!is_heading && model.lengths[at] == 0)
            continue;
        struct posting *posting = &list->items[list->count++];
        *posting = (struct posting){.first = at, .last = last, .length = (uint8_t)(1 + any(30))};
        fill_positions(posting);
        at = last;
    }
}

static void fill_model(void)
{
    memset(&model, 0, sizeof model);
    for (uint32_t i = 0; i < SPAN; i++)
        model.lengths[i] = any(5) == 0 ? 0 : cs__length_encode(any(300));
    for (uint32_t t = 0; t < TERMS; t++) {
        static const uint32_t densities[] = {1, 3, 50, 1000, 20000, 50000};
        snprintf(model.names[t], sizeof model.names[t], "%c%c%c-%03u", 'a' + (int)(t / 60),
                 'a' + (int)(t / 9 % 26), 'a' + (int)(t % 26), t);
        if (t % 5 != 0)
            fill_list(&model.text[t], densities[any(6)], 0);
        if (t % 3 == 0)
            fill_list(&model.heading[t], 60 + densities[any(6)], 1);
        model.adjustment[t] = any(4) == 0 ? (int64_t)any(1000) - 500 : 0;
    }
}

static void free_model(void)
{
    for (uint32_t t = 0; t < TERMS; t++) {
        free(model.text[t].items);
        free(model.heading[t].items);
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(model.names[*(const uint32_t *)a], model.names[*(const uint32_t *)b]);
}

static void write_model(struct memory *memory, struct cs__buffer *header)
{
    struct cs__segment_builder *builder;
    uint32_t order[TERMS];
    for (uint32_t t = 0; t < TERMS; t++)
        order[t] = t;
    qsort(order, TERMS, sizeof *order, by_name);
    struct cs__chunk_sink sink = {memory, put_chunk};
    assert_int_equal(cs__segment_builder_new(sink, model.lengths, SPAN, &builder), CS_OK);
    for (uint32_t k = 0; k < TERMS; k++) {
        uint32_t t = order[k];
        cs__segment_builder_term(builder, model.names[t], strlen(model.names[t]));
        for (uint32_t i = 0; i < model.text[t].count; i++) {
            struct posting *p = &model.text[t].items[i];
            cs__segment_builder_text(builder, p->first, p->positions, p->frequency);
        }
        for (uint32_t i = 0; i < model.heading[t].count; i++) {
            struct posting *p = &model.heading[t].items[i];
            cs__segment_builder_heading(builder, p->first, p->last, p->length, p->positions, p->frequency);
        }
        cs__segment_builder_end_term(builder, model.adjustment[t], -model.adjustment[t]);
    }
    assert_int_equal(cs__segment_builder_finish(builder, header), CS_OK);
    cs__segment_builder_free(builder);
}

static int fixture_setup(void **state)
{
    (void)state;
    seed = 20250611;
    fill_model();
    return 0;
}

static int fixture_teardown(void **state)
{
    (void)state;
    free_model();
    return 0;
}

static struct cs__segment *open_segment(struct memory *memory, const struct cs__buffer *header)
{
    struct cs__segment *segment;
    struct cs__chunk_source source = {memory, 0, get_chunk, release_chunk};
    assert_int_equal(cs__segment_open(header->data, header->size, 1000, source, &segment), CS_OK);
    return segment;
}

/* The first model posting that covers a passage at or behind `passage`; *at is the passage. */
static const struct posting *model_seek(const struct model_list *list, uint32_t passage, uint32_t *at)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct posting *p = &list->items[i];
        for (*at = p->first > passage ? p->first : passage; *at <= p->last; ++*at)
            if (model.lengths[*at] != 0)
                return p;
    }
    return NULL;
}

static void expect_posting(struct cs__cursor *cursor, const struct posting *posting, uint32_t at)
{
    assert_int_equal(cursor->status, CS_OK);
    if (posting == NULL) {
        assert_int_equal(cursor->passage, CS__NO_PASSAGE);
        return;
    }
    assert_int_equal(cursor->passage, at);
    assert_int_equal(cursor->frequency, posting->frequency);
    if (cursor->list->is_heading)
        assert_int_equal(cursor->length, posting->length);
    if (any(3) > 0)
        return;
    const uint32_t *positions = cs__cursor_positions(cursor);
    assert_non_null(positions);
    assert_memory_equal(positions, posting->positions, posting->frequency * sizeof *positions);
}

/* Every pair (frequency, length) of the block must be bounded by one of its impacts. */
static void expect_bounded(const struct cs__cursor *cursor, uint8_t length)
{
    for (uint32_t i = 0; i < cursor->impacts.count; i++)
        if (cursor->impacts.items[i].frequency >= cursor->frequency &&
            cursor->impacts.items[i].length <= length)
            return;
    fail_msg("passage %u is above its block's impacts", cursor->passage);
}

static void check_list(struct cs__segment *segment, const struct cs__list *list,
                       const struct model_list *expected)
{
    struct cs__cursor cursor;
    uint32_t at = 0, passages = 0;
    assert_int_equal(list->count, expected->count);
    cs__cursor_open(&cursor, segment, list);
    for (uint32_t i = 0; i < expected->count; i++) {
        const struct posting *p = &expected->items[i];
        for (at = p->first; at <= p->last; at++) {
            if (model.lengths[at] == 0)
                continue;
            expect_posting(&cursor, p, at);
            expect_bounded(&cursor, list->is_heading ? p->length : model.lengths[at]);
            passages++;
            cs__cursor_next(&cursor);
        }
    }
    assert_int_equal(cursor.passage, CS__NO_PASSAGE);
    assert_int_equal(list->passages, passages);
    cs__cursor_close(&cursor);
}

static void check_jumps(struct cs__segment *segment, const struct cs__list *list,
                        const struct model_list *expected)
{
    struct cs__cursor cursor;
    cs__cursor_open(&cursor, segment, list);
    for (uint32_t target = any(50); target < SPAN;) {
        uint32_t at = 0, widest = any(4) == 0 ? SPAN / 2 : 2000;
        const struct posting *p = model_seek(expected, target, &at);
        if (any(2) == 0) {
            cs__cursor_look(&cursor, target);
            if (p != NULL)
                assert_true(cursor.block_last >= target && cursor.block_last < SPAN);
        }
        cs__cursor_advance(&cursor, target);
        expect_posting(&cursor, p, at);
        if (p == NULL)
            break;
        target = at + 1 + any(widest);
    }
    cs__cursor_close(&cursor);
}

static void test_lists(void **state)
{
    (void)state;
    struct memory memory = {0};
    struct cs__buffer header = {0};
    struct cs__arena arena = {0};
    write_model(&memory, &header);
    struct cs__segment *segment = open_segment(&memory, &header);
    for (uint32_t t = 0; t < TERMS; t++) {
        struct cs__term_lists lists;
        assert_int_equal(cs__segment_find(segment, model.names[t], strlen(model.names[t]), &arena, &lists),
                         CS_OK);
        assert_int_equal(lists.text_adjustment, model.adjustment[t]);
        assert_int_equal(lists.heading_adjustment, -model.adjustment[t]);
        check_list(segment, &lists.text, &model.text[t]);
        check_list(segment, &lists.heading, &model.heading[t]);
        for (int i = 0; i < 5; i++) {
            check_jumps(segment, &lists.text, &model.text[t]);
            check_jumps(segment, &lists.heading, &model.heading[t]);
        }
    }
    for (uint32_t i = 0; i < SPAN; i++)
        assert_int_equal(cs__segment_length(segment, i), model.lengths[i]);
    cs__segment_close(segment);
    assert_int_equal(memory.held, 0);
    cs__arena_free(&arena);
    cs__buffer_free(&header);
    free_memory(&memory);
}

static void test_terms(void **state)
{
    (void)state;
    struct memory memory = {0};
    struct cs__buffer header = {0};
    struct cs__arena arena = {0};
    write_model(&memory, &header);
    struct cs__segment *segment = open_segment(&memory, &header);
    static const char *const prefixes[] = {"",  "a",  "b",    "ca",      "dz",
                                           "e", "zz", "\xff", "aaa-000", "aaa-0000"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        struct cs__term_walk walk;
        char last[256] = "";
        uint32_t found = 0, expected = 0;
        for (uint32_t t = 0; t < TERMS; t++) {
            int has = model.text[t].count > 0 || model.heading[t].count > 0 || model.adjustment[t] != 0;
            expected += has && strcmp(model.names[t], prefixes[i]) >= 0;
        }
        cs__term_walk_begin(&walk, segment, prefixes[i], strlen(prefixes[i]));
        while (assert_int_equal(cs__term_walk_next(&walk), CS_OK), walk.term != NULL) {
            assert_true(strcmp(walk.term, prefixes[i]) >= 0 && strcmp(walk.term, last) > 0);
            strcpy(last, walk.term);
            found++;
        }
        assert_int_equal(found, expected);
        cs__term_walk_end(&walk);
    }
    struct cs__term_lists lists;
    assert_int_equal(cs__segment_find(segment, "nothing", 7, &arena, &lists), CS_OK);
    assert_int_equal(lists.text.count, 0);
    cs__segment_close(segment);
    assert_int_equal(memory.held, 0);
    cs__arena_free(&arena);
    cs__buffer_free(&header);
    free_memory(&memory);
}

static void walk_everything(struct cs__segment *segment)
{
    struct cs__arena arena = {0};
    struct cs__term_walk walk;
    cs__term_walk_begin(&walk, segment, "", 0);
    for (int terms = 0; terms < TERMS && cs__term_walk_next(&walk) == CS_OK && walk.term != NULL; terms++) {
        struct cs__term_lists lists;
        struct cs__cursor cursor;
        if (cs__term_walk_lists(&walk, &arena, &lists) != CS_OK)
            continue;
        const struct cs__list *list = any(2) == 0 ? &lists.text : &lists.heading;
        cs__cursor_open(&cursor, segment, list);
        for (int i = 0; i < 600 && cursor.passage != CS__NO_PASSAGE; i++) {
            cs__cursor_positions(&cursor);
            cs__cursor_advance(&cursor, cursor.passage + 1 + any(100));
        }
        cs__cursor_close(&cursor);
    }
    cs__term_walk_end(&walk);
    cs__arena_free(&arena);
}

/* Damage some bytes and read everything: statuses, no crash, no endless loop (run under sanitizers too). */
static void test_damage(void **state)
{
    (void)state;
    struct memory memory = {0};
    struct cs__buffer header = {0};
    write_model(&memory, &header);
    for (int round = 0; round < 60; round++) {
        struct cs__segment *segment;
        struct cs__chunk_source source = {&memory, 0, get_chunk, release_chunk};
        for (int i = 0; i < 200; i++) {
            uint32_t chunk = any((uint32_t)memory.count);
            if (memory.chunks[chunk].size > 0)
                memory.chunks[chunk].bytes[any((uint32_t)memory.chunks[chunk].size)] ^=
                    (unsigned char)(1u << any(8));
        }
        if (round % 4 == 3)
            header.data[any((uint32_t)header.size)] ^= (char)(1u << any(8));
        if (cs__segment_open(header.data, header.size, 1, source, &segment) != CS_OK)
            continue;
        walk_everything(segment);
        cs__segment_close(segment);
        assert_int_equal(memory.held, 0);
    }
    cs__buffer_free(&header);
    free_memory(&memory);
}

static void test_packed(void **state)
{
    (void)state;
    for (int round = 0; round < 20000; round++) {
        uint32_t values[CS__BLOCK_SIZE], got[CS__BLOCK_SIZE];
        size_t n = 1 + any(CS__BLOCK_SIZE);
        uint32_t width = any(33), outlier = any(33), rarity = 1 + any(60);
        for (size_t i = 0; i < n; i++) {
            uint32_t bits = any(rarity) == 0 ? outlier : width;
            values[i] = bits == 0 ? 0 : (uint32_t)(((uint64_t)any(1u << 31) << 1 | any(2)) >> (32 - bits));
        }
        struct cs__buffer bytes = {0};
        cs__packed_write(values, n, &bytes);
        size_t size = bytes.size;
        cs__buffer_append(&bytes, "\xff\xff\xff\xff\xff\xff\xff\xff", CS__PACKED_SLACK);
        const unsigned char *at = (unsigned char *)bytes.data, *end = at + size;
        assert_true(cs__packed_read(&at, end, n, got));
        assert_ptr_equal(at, end);
        assert_memory_equal(got, values, n * sizeof *values);
        at = (unsigned char *)bytes.data;
        assert_true(cs__packed_skip(&at, end, n));
        assert_ptr_equal(at, end);
        cs__buffer_free(&bytes);
    }
}

static void test_lengths(void **state)
{
    (void)state;
    uint8_t last = 0;
    for (uint32_t words = 0; words < 100000; words++) {
        uint8_t code = cs__length_encode(words);
        uint32_t low = cs__length_decode(code);
        assert_true(code >= 1 && code >= last && low <= words);
        if (words <= 62)
            assert_int_equal(low, words);
        else if (words < 4000)
            assert_true(words - low <= low / 32 + 1);
        assert_int_equal(cs__length_encode(low), code);
        last = code;
    }
    assert_int_equal(cs__length_encode(UINT32_MAX), 255);
    assert_int_equal(cs__length_decode(0), 0);
}

static void test_impacts(void **state)
{
    (void)state;
    for (int round = 0; round < 5000; round++) {
        struct cs__impacts impacts = {0}, again;
        struct cs__impact added[40];
        uint32_t n = 1 + any(40);
        for (uint32_t i = 0; i < n; i++) {
            added[i] = (struct cs__impact){1 + any(20), (uint8_t)(1 + any(120))};
            cs__impacts_add(&impacts, added[i]);
        }
        assert_true(impacts.count >= 1 && impacts.count <= CS__IMPACTS_MAX);
        for (uint32_t i = 0; i < n; i++) {
            int bounded = 0;
            for (uint32_t j = 0; j < impacts.count; j++)
                bounded |= impacts.items[j].frequency >= added[i].frequency &&
                           impacts.items[j].length <= added[i].length;
            assert_true(bounded);
        }
        for (uint32_t j = 1; j < impacts.count; j++)
            assert_true(impacts.items[j - 1].frequency < impacts.items[j].frequency &&
                        impacts.items[j - 1].length < impacts.items[j].length);
        struct cs__buffer bytes = {0};
        cs__impacts_write(&impacts, &bytes);
        const unsigned char *at = (unsigned char *)bytes.data;
        assert_true(cs__impacts_read(&at, at + bytes.size, &again));
        assert_int_equal(again.count, impacts.count);
        cs__buffer_free(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packed), cmocka_unit_test(test_lengths), cmocka_unit_test(test_impacts),
        cmocka_unit_test(test_lists),  cmocka_unit_test(test_terms),   cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, fixture_setup, fixture_teardown);
}
