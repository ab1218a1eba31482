/* SPDX-License-Identifier: MIT */
/* Write: documents go in and come out again, whole; the sink sees each word once; removal leaves nothing. */
#include "indexer/write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "core/store.h"

static char path[64];
static struct cs__write *writing;

static int set_up(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/cs-write-XXXXXX");
    int file = mkstemp(path);
    close(file);
    cs_error error = {0};
    if (cs__write_open(path, 0, &writing, &error) != CS_OK)
        fail_msg("%s", error.message);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    cs__write_close(writing);
    writing = NULL;
    cs__write_close(NULL);
    unlink(path);
    return 0;
}

/* A plain text as extraction gives it: lines, an empty one between paragraphs. */
static void make_text(const char *lines, struct cs__text *out)
{
    *out = (struct cs__text){.format = "text"};
    out->size = strlen(lines);
    out->utf8 = cs__arena_copy(&out->arena, lines, out->size);
    out->lines = cs__arena_array(&out->arena, out->size + 1, sizeof *out->lines);
    int blank = 0;
    for (uint32_t start = 0; start < out->size;) {
        uint32_t end = start + (uint32_t)strcspn(lines + start, "\n");
        if (end > start)
            out->lines[out->line_count++] =
                (struct cs__line){.start = start, .end = end, .flags = blank ? CS__LINE_BLANK_BEFORE : 0};
        blank = end == start;
        start = end + 1;
    }
}

static int64_t add(const char *name, const char *lines)
{
    struct cs__text text;
    struct cs__blocks blocks;
    struct cs__described described;
    struct cs__passages passages;
    struct cs__describe_input input = {.name = name, .format = "text"};
    struct cs__source_row row = {.path = name, .size = (int64_t)strlen(lines)};
    cs_error error = {0};
    make_text(lines, &text);
    assert_int_equal(cs__layout(&text, &blocks, NULL), CS_OK);
    assert_int_equal(cs__describe(&blocks, &input, &described, NULL), CS_OK);
    assert_int_equal(cs__split(&blocks, &described, &passages, NULL), CS_OK);
    assert_int_equal(cs__write_begin(writing, NULL), CS_OK);
    assert_int_equal(cs__write_put_source(writing, &row, NULL), CS_OK);
    if (cs__write_document(writing, row.id, &text, &described, &passages, &error) != CS_OK)
        fail_msg("%s", error.message);
    assert_int_equal(cs__write_end_source(writing, NULL), CS_OK);
    cs__passages_free(&passages);
    cs__described_free(&described);
    cs__blocks_free(&blocks);
    cs__text_free(&text);
    return row.id;
}

static int first_column(void *context, int columns, char **values, char **names)
{
    (void)columns;
    (void)names;
    *(long *)context = values[0] != NULL ? atol(values[0]) : -1;
    return 0;
}

static long number(const char *sql)
{
    long out = -1;
    if (sqlite3_exec(cs__write_db(writing), sql, first_column, &out, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(cs__write_db(writing)));
    return out;
}

static void check_fts(void)
{
    assert_int_equal(sqlite3_exec(cs__write_db(writing),
                                  "INSERT INTO passage_fts(passage_fts) VALUES ('integrity-check')", NULL,
                                  NULL, NULL),
                     SQLITE_OK);
}

static const char letter[] = "Social workers visit unaccompanied asylum-seeking children often.\n\n"
                             "Leaders know that too many children wait.\n";

static void test_add_and_remove(void **state)
{
    (void)state;
    int64_t first = add("/a", letter);
    add("/b", "Fostering is a strength of the service here.\n");
    assert_int_equal(cs__write_commit(writing, NULL), CS_OK);
    assert_int_equal(number("SELECT count(*) FROM document"), 2);
    assert_int_equal(number("SELECT count(*) FROM passage WHERE flags & 1"), 3);
    assert_int_equal(number("SELECT count(*) FROM pack"), 2);
    assert_int_equal(number("SELECT count(*) FROM passage_fts WHERE passage_fts MATCH 'children'"), 2);
    assert_int_equal(cs__write_begin(writing, NULL), CS_OK);
    assert_int_equal(cs__write_remove_source(writing, first, NULL), CS_OK);
    assert_int_equal(cs__write_commit(writing, NULL), CS_OK);
    assert_int_equal(number("SELECT count(*) FROM document"), 1);
    assert_int_equal(number("SELECT count(*) FROM source"), 1);
    assert_int_equal(number("SELECT count(*) FROM pack"), 1);
    assert_int_equal(number("SELECT count(*) FROM passage_fts WHERE passage_fts MATCH 'children'"), 0);
    assert_int_equal(number("SELECT count(*) FROM passage_fts WHERE passage_fts MATCH 'fostering'"), 1);
    check_fts();
}

static void test_ids_are_not_used_twice(void **state)
{
    (void)state;
    add("/a", letter);
    int64_t second = add("/b", letter);
    assert_int_equal(cs__write_commit(writing, NULL), CS_OK);
    long last = number("SELECT max(id) FROM passage");
    cs__write_begin(writing, NULL);
    cs__write_remove_source(writing, second, NULL);
    assert_int_equal(cs__write_commit(writing, NULL), CS_OK);
    cs__write_close(writing);
    assert_int_equal(cs__write_open(path, 0, &writing, NULL), CS_OK);
    add("/c", letter);
    assert_int_equal(cs__write_commit(writing, NULL), CS_OK);
    assert_int_equal(number("SELECT min(id) FROM passage WHERE document = (SELECT max(id) FROM document)"),
                     last + 1);
}

static void test_rollback(void **state)
{
    (void)state;
    add("/a", letter);
    cs__write_rollback(writing); /* with the dictionary that was made in it */
    assert_int_equal(number("SELECT count(*) FROM document"), 0);
    int64_t id = add("/a", letter);
    assert_int_equal(cs__write_commit(writing, NULL), CS_OK);
    add("/b", letter);
    cs__write_rollback(writing);
    assert_int_equal(number("SELECT count(*) FROM document"), 1);
    cs__write_begin(writing, NULL);
    assert_int_equal(cs__write_remove_source(writing, id, NULL), CS_OK);
    assert_int_equal(cs__write_commit(writing, NULL), CS_OK);
    check_fts();
}

/* Every text that was written, many packs of them, is read back as it was. */
static void test_texts_come_back(void **state)
{
    enum { PARAGRAPHS = 3000 };
    (void)state;
    struct cs__buffer lines = {0};
    for (int i = 0; i < PARAGRAPHS; i++)
        cs__buffer_printf(
            &lines, "Paragraph %d says that %d of %d children were seen in time by their social worker.\n\n",
            i, i * 7 % 31, i + 40);
    add("/long", lines.data);
    assert_int_equal(cs__write_commit(writing, NULL), CS_OK);
    sqlite3 *db = cs__write_db(writing);
    struct cs__unpacker *unpacker = NULL;
    sqlite3_stmt *packs = NULL;
    long found = 0;
    assert_int_equal(cs__store_unpacker(db, &unpacker, NULL), CS_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT first, data FROM pack ORDER BY first", -1, &packs, NULL),
                     SQLITE_OK);
    while (sqlite3_step(packs) == SQLITE_ROW) {
        struct cs__arena arena = {0};
        const char **texts;
        uint32_t *sizes;
        size_t count;
        assert_int_equal(cs__unpack(unpacker, sqlite3_column_blob(packs, 1),
                                    (size_t)sqlite3_column_bytes(packs, 1), &arena, &texts, &sizes, &count),
                         CS_OK);
        for (size_t i = 0; i < count; i++, found++) {
            char begin[64];
            snprintf(begin, sizeof begin, "Paragraph %ld says", found);
            assert_memory_equal(texts[i], begin, strlen(begin));
            assert_int_equal(sqlite3_column_int64(packs, 0) + (int64_t)i, found + 1);
        }
        cs__arena_free(&arena);
    }
    assert_int_equal(found, PARAGRAPHS);
    assert_true(number("SELECT sum(length(data)) FROM pack") * 4 < (long)lines.size);
    sqlite3_finalize(packs);
    cs__unpacker_free(unpacker);
    cs__buffer_free(&lines);
}

/* A sink that writes down what it sees. */
struct seen {
    struct cs__buffer log;
    int fail_at; /* fail when this reaches 0 */
};

static cs_status see_begin(void *context, enum cs__write_change change, int64_t passage, cs_error *error)
{
    (void)error;
    cs__buffer_printf(&((struct seen *)context)->log, "%c%lld:", change == CS__WRITE_ADD ? '+' : '-',
                      (long long)passage);
    return CS_OK;
}

static cs_status see_token(void *context, enum cs__write_field field, const struct cs__token *token)
{
    struct seen *seen = context;
    cs__buffer_printf(&seen->log, " %s%u=%.*s", field == CS__FIELD_HEADING ? "h" : "", token->position,
                      (int)token->term_size, token->term);
    return seen->fail_at > 0 && --seen->fail_at == 0 ? CS_ERR_NOMEM : CS_OK;
}

static cs_status see_end(void *context, const uint32_t lengths[CS__FIELD_COUNT], cs_error *error)
{
    (void)error;
    cs__buffer_printf(&((struct seen *)context)->log, " [%u %u]\n", lengths[0], lengths[1]);
    return CS_OK;
}

static cs_status see_commit(void *context, cs_error *error)
{
    (void)error;
    cs__buffer_string(&((struct seen *)context)->log, "commit\n");
    return CS_OK;
}

static void see_rollback(void *context)
{
    cs__buffer_string(&((struct seen *)context)->log, "rollback\n");
}

static void test_sink(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct cs__token_sink sink = {&seen, see_begin, see_token, see_end, see_commit, NULL, see_rollback};
    cs__write_set_sink(writing, &sink);
    int64_t id = add("/a", "Plans for SEND are not good enough yet.\n");
    assert_int_equal(cs__write_commit(writing, NULL), CS_OK);
    cs__write_begin(writing, NULL);
    assert_int_equal(cs__write_remove_source(writing, id, NULL), CS_OK);
    cs__write_rollback(writing);
    /* What it opens with is the title of an untitled text, and so the heading of its passages. */
    static const char words[] = " h0=plan h1=for h2=send h2=SEND h3=are h4=not h5=good h6=enough h7=yet"
                                " 0=plan 1=for 2=send 2=SEND 3=are 4=not 5=good 6=enough 7=yet [8 8]\n";
    struct cs__buffer expected = {0};
    cs__buffer_printf(&expected, "+1:%scommit\n-1:%srollback\n", words, words);
    assert_string_equal(seen.log.data, expected.data);
    cs__buffer_free(&expected);
    cs__buffer_free(&seen.log);
}

static void test_sink_fails(void **state)
{
    (void)state;
    struct seen seen = {.fail_at = 3};
    struct cs__token_sink sink = {&seen, see_begin, see_token, see_end, see_commit, NULL, see_rollback};
    cs_error error = {0};
    cs__write_set_sink(writing, &sink);
    assert_int_equal(cs__write_begin(writing, NULL), CS_OK);
    struct cs__source_row row = {.path = "/x"};
    assert_int_equal(cs__write_put_source(writing, &row, NULL), CS_OK);
    struct cs__block block = {.text = "one two three four", .size = 18};
    struct cs__passage passage = {
        .block = &block, .text = block.text, .size = 18, .flags = CS__PASSAGE_SEARCHABLE};
    struct cs__passages passages = {.items = &passage, .count = 1};
    struct cs__described described = {0};
    struct cs__text text = {.format = "text"};
    assert_int_equal(cs__write_document(writing, row.id, &text, &described, &passages, &error), CS_ERR_NOMEM);
    cs__write_rollback(writing);
    assert_int_equal(number("SELECT count(*) FROM source"), 0);
    cs__buffer_free(&seen.log);
}

static void test_uncommitted_file_is_removed(void **state)
{
    (void)state;
    cs__write_close(writing);
    unlink(path);
    assert_int_equal(cs__write_open(path, 0, &writing, NULL), CS_OK);
    assert_int_equal(access(path, F_OK), 0);
    cs__write_close(writing);
    writing = NULL;
    assert_int_equal(access(path, F_OK), -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_add_and_remove),
        TEST(test_ids_are_not_used_twice),
        TEST(test_rollback),
        TEST(test_texts_come_back),
        TEST(test_sink),
        TEST(test_sink_fails),
        TEST(test_uncommitted_file_is_removed),
    };
    return cmocka_run_group_tests_name("write", tests, NULL, NULL);
}
