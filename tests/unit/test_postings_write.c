/* SPDX-License-Identifier: MIT */
/* indexer/postings_write: whatever is added, removed, rolled back and merged, the segments hold what a plain
 * model holds. */
#include "indexer/postings_write.h"

#include "core/schema.h"
#include "core/segment_store.h"
#include "indexer/postings_write_merge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static uint64_t seed = 88172645463325252u;

static uint32_t any(uint32_t below)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Dull) >> 33) % below;
}

/* --- The model: passages as two texts of words "w0".."w59", frequent ones first. */
enum { WORDS = 60, PASSAGES_MAX = 40000 };

struct model_passage {
    int64_t id;
    int is_live;
    char heading[64], text[160];
};

static struct model_passage *passages;
static size_t passage_count;

static void make_text(char *out, uint32_t words)
{
    *out = '\0';
    for (uint32_t i = 0; i < words; i++)
        out += sprintf(out, "w%u ", any(any(WORDS) + 1));
}

static sqlite3 *open_database(void)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(cs__tokenizer_register(db, NULL, NULL), CS_OK);
    assert_int_equal(cs__schema_create(db, NULL), CS_OK);
    return db;
}

static void change(struct cs__postings_writer *writer, enum cs__write_change what,
                   const struct model_passage *passage)
{
    cs_error error = {0};
    cs_status status =
        cs__postings_passage(writer, what, passage->id, passage->heading, strlen(passage->heading),
                             passage->text, strlen(passage->text), &error);
    if (status != CS_OK)
        fail_msg("passage %lld: %s", (long long)passage->id, error.message);
}

/* A document: some passages under a heading or two. */
static void add_document(struct cs__postings_writer *writer)
{
    int64_t next;
    char heading[64] = "";
    assert_int_equal(cs__postings_next_passage(writer, &next, NULL), CS_OK);
    next += any(4);
    for (uint32_t left = 1 + any(12); left > 0 && passage_count < PASSAGES_MAX; left--) {
        struct model_passage *passage = &passages[passage_count++];
        if (any(5) == 0)
            make_text(heading, any(6));
        *passage = (struct model_passage){.id = next, .is_live = 1};
        strcpy(passage->heading, heading);
        make_text(passage->text, any(20) == 0 ? 0 : any(30));
        change(writer, CS__WRITE_ADD, passage);
        next += 1 + (any(6) == 0 ? any(5) : 0);
    }
}

static void remove_some(struct cs__postings_writer *writer)
{
    size_t at = passage_count > 0 ? any((uint32_t)passage_count) : 0;
    for (uint32_t left = any(10); left > 0 && at < passage_count; left--, at++) {
        if (!passages[at].is_live)
            continue;
        change(writer, CS__WRITE_REMOVE, &passages[at]);
        passages[at].is_live = 0;
    }
}

/* --- Holding the segments against the model. */
static uint32_t positions_of(const char *text, const char *word, uint32_t *out)
{
    uint32_t count = 0, position = 0;
    char copy[160], *rest = NULL;
    strcpy(copy, text);
    for (char *at = strtok_r(copy, " ", &rest); at != NULL; at = strtok_r(NULL, " ", &rest), position++)
        if (strcmp(at, word) == 0)
            out[count++] = position;
    return count;
}

/* The next live passage of the model, from `*at`, with `word` in a field. */
static uint32_t next_in_model(size_t *at, int in_heading, const char *word, uint32_t *positions)
{
    for (; *at < passage_count; ++*at) {
        const struct model_passage *p = &passages[*at];
        uint32_t count = p->is_live ? positions_of(in_heading ? p->heading : p->text, word, positions) : 0;
        if (count > 0)
            return count;
    }
    return 0;
}

static uint64_t check_list(struct cs__stored_segment *stored, const struct cs__list *list, const char *word,
                           size_t *at)
{
    struct cs__cursor cursor;
    uint32_t expected[64];
    uint64_t found = 0;
    cs__cursor_open(&cursor, stored->segment, list);
    for (; cursor.passage != CS__NO_PASSAGE; cs__cursor_next(&cursor)) {
        if (cs__passage_is_removed(stored, cursor.passage))
            continue;
        uint32_t count = next_in_model(at, list->is_heading, word, expected);
        assert_true(count > 0);
        assert_int_equal(stored->segment->base + cursor.passage, passages[*at].id);
        assert_int_equal(cursor.frequency, count);
        const uint32_t *positions = cs__cursor_positions(&cursor);
        assert_non_null(positions);
        assert_memory_equal(positions, expected, count * sizeof *expected);
        ++*at;
        found++;
    }
    assert_int_equal(cursor.status, CS_OK);
    cs__cursor_close(&cursor);
    return found;
}

static void check_word(struct cs__segments *segments, const char *word)
{
    size_t at_text = 0, at_heading = 0;
    uint64_t text = 0, heading = 0;
    uint32_t positions[64];
    struct cs__term_counts counts;
    for (size_t i = 0; i < segments->count; i++) {
        struct cs__arena arena = {0};
        struct cs__term_lists lists;
        assert_int_equal(cs__segment_find(segments->items[i].segment, word, strlen(word), &arena, &lists),
                         CS_OK);
        text += check_list(&segments->items[i], &lists.text, word, &at_text);
        heading += check_list(&segments->items[i], &lists.heading, word, &at_heading);
        cs__arena_free(&arena);
    }
    assert_int_equal(next_in_model(&at_text, 0, word, positions), 0);
    assert_int_equal(next_in_model(&at_heading, 1, word, positions), 0);
    assert_int_equal(cs__segments_count(segments, word, strlen(word), &counts), CS_OK);
    assert_int_equal(counts.text, text);
    assert_int_equal(counts.heading, heading);
}

static void check_all(sqlite3 *db)
{
    struct cs__segments *segments;
    uint64_t live = 0;
    assert_int_equal(cs__segments_new(db, 1 << 20, &segments), CS_OK);
    assert_int_equal(cs__segments_refresh(segments), CS_OK);
    for (size_t i = 0; i < passage_count; i++)
        live += (uint64_t)passages[i].is_live;
    assert_int_equal(segments->passages, live);
    for (unsigned word = 0; word < WORDS; word++) {
        char name[8];
        sprintf(name, "w%u", word);
        check_word(segments, name);
    }
    cs__segments_free(segments);
}

static int64_t number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *select;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &select, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    return value;
}

static size_t segment_count(sqlite3 *db)
{
    return (size_t)number(db, "SELECT count(*) FROM segment");
}

static int merge_is_under_way(sqlite3 *db)
{
    return number(db, "SELECT count(*) FROM segment_merge") > 0;
}

/* Odd histories merge a few terms in each commit. */
static struct cs__postings_writer *open_writer(sqlite3 *db, size_t memory_bytes, int history)
{
    struct cs__postings_writer *writer;
    assert_int_equal(cs__postings_writer_new(db, memory_bytes, &writer, NULL), CS_OK);
    if (history % 2 != 0)
        cs__postings_set_pace(writer, &(struct cs__postings_pace){1 + any(2000), any(3), any(100)});
    return writer;
}

static void execute(sqlite3 *db, const char *sql)
{
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* One transaction: some changes, then commit or rollback. */
static void run_transaction(sqlite3 *db, struct cs__postings_writer *writer)
{
    size_t count_before = passage_count;
    int rolls_back = any(8) == 0;
    struct model_passage *before = malloc((passage_count + 1) * sizeof *before);
    memcpy(before, passages, passage_count * sizeof *before);
    execute(db, "BEGIN");
    for (uint32_t changes = 1 + any(6); changes > 0; changes--) {
        if (any(3) == 0)
            remove_some(writer);
        else
            add_document(writer);
    }
    if (rolls_back) {
        execute(db, "ROLLBACK");
        cs__postings_rollback(writer);
        memcpy(passages, before, count_before * sizeof *before);
        passage_count = count_before;
    } else {
        assert_int_equal(
            any(20) == 0 ? cs__postings_optimize(writer, NULL) : cs__postings_flush(writer, NULL), CS_OK);
        execute(db, "COMMIT");
    }
    free(before);
}

static void test_history(void **state)
{
    (void)state;
    int under_way = 0;
    for (int history = 0; history < 24; history++) {
        sqlite3 *db = open_database();
        struct cs__postings_writer *writer;
        size_t memory_bytes = any(2) == 0 ? 1 : 300000;
        passages = calloc(PASSAGES_MAX, sizeof *passages);
        passage_count = 0;
        writer = open_writer(db, memory_bytes, history);
        for (int transactions = 0; transactions < 40; transactions++) {
            run_transaction(db, writer);
            under_way += merge_is_under_way(db);
            if (any(4) == 0)
                check_all(db);
            if (any(10) == 0) { /* a merge goes on in the next process */
                cs__postings_writer_free(writer);
                writer = open_writer(db, memory_bytes, history);
            }
        }
        check_all(db);
        assert_true(segment_count(db) <= (history % 2 == 0 ? 12 : 20));
        execute(db, "BEGIN");
        assert_int_equal(cs__postings_optimize(writer, NULL), CS_OK);
        execute(db, "COMMIT");
        assert_int_equal(segment_count(db), 1);
        check_all(db);
        cs__postings_writer_free(writer);
        free(passages);
        assert_int_equal(number(db, "SELECT count(*) FROM segment_merge"), 0);
        assert_int_equal(number(db, "SELECT count(*) FROM segment_dropped"), 0);
        assert_int_equal(
            number(db, "SELECT count(DISTINCT id >> 24) FROM segment_chunk WHERE id >> 24 IN (SELECT id FROM "
                       "segment)"),
            number(db, "SELECT count(DISTINCT id >> 24) FROM segment_chunk"));
        sqlite3_close(db);
    }
    assert_true(under_way > 100);
}

/* The same passages in one go and in many give the same optimized bytes. */
static void read_chunks(sqlite3 *db, struct cs__buffer *out)
{
    sqlite3_stmt *select;
    sqlite3_prepare_v2(db, "SELECT id & 0xFFFFFF, data FROM segment_chunk ORDER BY id", -1, &select, NULL);
    while (sqlite3_step(select) == SQLITE_ROW) {
        cs__buffer_varint(out, (uint64_t)sqlite3_column_int64(select, 0));
        cs__buffer_append(out, sqlite3_column_blob(select, 1), (size_t)sqlite3_column_bytes(select, 1));
    }
    sqlite3_finalize(select);
}

static void write_live(struct cs__buffer *out, size_t memory_bytes)
{
    sqlite3 *db = open_database();
    struct cs__postings_writer *writer;
    assert_int_equal(cs__postings_writer_new(db, memory_bytes, &writer, NULL), CS_OK);
    for (size_t i = 0; i < passage_count; i++)
        if (passages[i].is_live)
            change(writer, CS__WRITE_ADD, &passages[i]);
    assert_int_equal(cs__postings_optimize(writer, NULL), CS_OK);
    cs__postings_writer_free(writer);
    read_chunks(db, out);
    sqlite3_close(db);
}

static void test_rebuild(void **state)
{
    (void)state;
    struct cs__buffer history = {0}, once = {0};
    sqlite3 *db = open_database();
    struct cs__postings_writer *writer;
    passages = calloc(PASSAGES_MAX, sizeof *passages);
    passage_count = 0;
    assert_int_equal(cs__postings_writer_new(db, 0, &writer, NULL), CS_OK);
    for (int transactions = 0; transactions < 60; transactions++)
        run_transaction(db, writer);
    assert_int_equal(cs__postings_optimize(writer, NULL), CS_OK);
    cs__postings_writer_free(writer);
    read_chunks(db, &history);
    sqlite3_close(db);
    write_live(&once, 0);
    assert_int_equal(history.size, once.size);
    assert_memory_equal(history.data, once.data, once.size);
    cs__buffer_free(&history);
    cs__buffer_free(&once);
    free(passages);
}

static void test_refusals(void **state)
{
    (void)state;
    sqlite3 *db = open_database();
    struct cs__postings_writer *writer;
    struct model_passage passage = {.id = 7, .heading = "w1", .text = "w2"};
    assert_int_equal(cs__postings_writer_new(db, 0, &writer, NULL), CS_OK);
    change(writer, CS__WRITE_ADD, &passage);
    assert_int_equal(cs__postings_begin(writer, CS__WRITE_ADD, 7, NULL), CS_ERR_INTERNAL);
    assert_int_equal(cs__postings_begin(writer, CS__WRITE_REMOVE, 8, NULL), CS_ERR_CORRUPT);
    change(writer, CS__WRITE_REMOVE, &passage);
    assert_int_equal(cs__postings_begin(writer, CS__WRITE_REMOVE, 7, NULL), CS_ERR_CORRUPT);
    cs__postings_writer_free(writer);
    sqlite3_close(db);
}

static void test_choose(void **state)
{
    (void)state;
    struct cs__segment_load loads[40];
    size_t first, count, segments = 0;
    uint64_t merged = 0;
    size_t most = 0;
    for (int updates = 0; updates < 20000; updates++) {
        loads[segments++] = (struct cs__segment_load){90, 90};
        while (cs__merge_choose(loads, segments, &first, &count), count > 0) {
            uint32_t sum = 0;
            assert_true(count > 1 && first + count <= segments);
            for (size_t i = first; i < first + count; i++)
                sum += loads[i].live;
            merged += sum;
            memmove(&loads[first + 1], &loads[first + count], (segments - first - count) * sizeof *loads);
            segments -= count - 1;
            loads[first] = (struct cs__segment_load){sum, sum};
        }
        most = segments > most ? segments : most;
    }
    assert_true(most <= 16);
    assert_true(merged < 20000u * 90u * 16u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_rebuild),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_choose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
