/* SPDX-License-Identifier: MIT */
/* What the library promises to embedders, beyond what the programs need: indexes in memory, one state over
 * several calls, passages by number, calls that are stopped, and options of other versions of its headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <csearch.h>

#include "tests/unit/index_fixture.h"

enum { DOCUMENTS = 40, PASSAGES = 50 };

static struct fixture fixture;

/* Enough for loops to be long. */
static int write_index(void **state)
{
    char path[64], text[160];
    (void)state;
    fixture_open(&fixture);
    fixture_visit(&fixture, "kent/2023-05-09", "Kent", CS_VISIT_INSPECTION, "2023-05-09/2023-05-10",
                  CS_JUDGEMENT_GOOD, CS_STATE_STATED);
    for (int i = 0; i < DOCUMENTS; i++) {
        snprintf(path, sizeof path, "/papers/%02d.pdf", i);
        fixture_document(&fixture, path, CS_KIND_INSPECTION_REPORT, "Kent", "2023-06-01", CS_JUDGEMENT_GOOD);
        fixture_section(&fixture, "Children in care", CS_AREA_CARE, CS_JUDGEMENT_GOOD);
        for (int j = 0; j < PASSAGES; j++) {
            snprintf(text, sizeof text, "The front door is effective, says paragraph %d of report %d.", j, i);
            fixture_passage(&fixture, "1", text);
        }
    }
    fixture_close(&fixture);
    return 0;
}

static int remove_index(void **state)
{
    (void)state;
    fixture_remove(&fixture);
    return 0;
}

static cs_reader *open_reader(const cs_reader_options *options)
{
    cs_reader *reader = NULL;
    cs_error error = {0};
    if (cs_reader_open(fixture.path, options, &reader, &error) != CS_OK)
        fail_msg("%s", error.message);
    return reader;
}

static unsigned char *read_file(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    *size = (size_t)ftell(in);
    rewind(in);
    unsigned char *bytes = malloc(*size);
    assert_int_equal(fread(bytes, 1, *size, in), *size);
    fclose(in);
    return bytes;
}

static void expect_front_door(cs_reader *reader)
{
    cs_error error = {0};
    cs_hits *hits = NULL;
    if (cs_search(reader, "\"report 7\"", 10, NULL, &hits, &error) != CS_OK)
        fail_msg("%s", error.message);
    assert_int_equal(cs_hits_total(hits), PASSAGES);
    cs_hits_free(hits);
}

static void test_memory(void **state)
{
    (void)state;
    size_t size;
    unsigned char *bytes = read_file(fixture.path, &size), *before = malloc(size);
    cs_reader *one = NULL, *two = NULL;
    cs_error error = {0};
    cs_stats stats;
    memcpy(before, bytes, size);
    assert_int_equal(cs_reader_open_memory(bytes, size, NULL, &one, &error), CS_OK);
    bytes[18] = bytes[19] = 2; /* as a writer that is busy, or was killed, leaves it */
    assert_int_equal(cs_reader_open_memory(bytes, size, NULL, &two, &error), CS_OK);
    bytes[18] = bytes[19] = before[18];
    expect_front_door(one);
    expect_front_door(two);
    assert_int_equal(cs_reader_stats(one, &stats, &error), CS_OK);
    assert_int_equal(stats.file_bytes, size);
    assert_int_equal(stats.documents, DOCUMENTS);
    cs_reader_close(one);
    cs_reader_close(two);
    assert_memory_equal(bytes, before, size);
    free(before);
    free(bytes);
}

static void test_memory_that_is_no_index(void **state)
{
    (void)state;
    size_t size;
    unsigned char *bytes = read_file(fixture.path, &size);
    cs_error error = {0};
    cs_reader *reader = NULL;
    static const unsigned char zeros[4096];
    assert_int_equal(cs_reader_open_memory(zeros, 0, NULL, &reader, &error), CS_ERR_FORMAT);
    assert_int_equal(cs_reader_open_memory(zeros, sizeof zeros, NULL, &reader, &error), CS_ERR_FORMAT);
    assert_null(reader);
    for (size_t cut = 100; cut < size; cut += size / 7) {
        cs_hits *hits = NULL;
        cs_status status = cs_reader_open_memory(bytes, cut, NULL, &reader, &error);
        if (status == CS_OK)
            status = cs_search(reader, "front door", 10, NULL, &hits, &error);
        assert_true(status == CS_OK || status == CS_ERR_CORRUPT || status == CS_ERR_FORMAT ||
                    status == CS_ERR_IO);
        assert_true(status == CS_OK || error.message[0] != '\0');
        cs_hits_free(hits);
        cs_reader_close(reader);
        reader = NULL;
    }
    free(bytes);
}

static void test_passages(void **state)
{
    (void)state;
    cs_reader *reader = open_reader(NULL);
    cs_error error = {0};
    cs_hits *hits = NULL;
    const int64_t ids[] = {120, 3, 120}, missing[] = {1, 99999};
    assert_int_equal(cs_passages_read(reader, ids, 3, "doors", 5, NULL, &hits, &error), CS_OK);
    assert_int_equal(cs_hits_count(hits), 3);
    assert_int_equal(cs_hits_get(hits, 0)->passage, 120);
    assert_int_equal(cs_hits_get(hits, 1)->passage, 3);
    assert_string_equal(cs_hits_get(hits, 0)->text, cs_hits_get(hits, 2)->text);
    const cs_hit *hit = cs_hits_get(hits, 1);
    assert_int_equal(hit->mark_count, 1);
    assert_memory_equal(hit->text + hit->marks[0].start, "door", 4);
    assert_string_equal(hit->document->path, "/papers/00.pdf");
    assert_null(cs_hits_get(hits, 3));
    cs_hits_free(hits);
    assert_int_equal(cs_passages_read(reader, NULL, 0, NULL, 0, NULL, &hits, &error), CS_OK);
    assert_int_equal(cs_hits_count(hits), 0);
    cs_hits_free(hits);
    assert_int_equal(cs_passages_read(reader, missing, 2, NULL, 0, NULL, &hits, &error), CS_ERR_NOT_FOUND);
    assert_null(hits);
    assert_non_null(strstr(error.message, "99999"));
    cs_reader_close(reader);
}

static void test_document(void **state)
{
    (void)state;
    cs_reader *reader = open_reader(NULL);
    cs_error error = {0};
    cs_hits *hits = NULL;
    assert_int_equal(cs_document_read(reader, 2, NULL, 0, NULL, &hits, &error), CS_OK);
    assert_int_equal(cs_hits_count(hits), PASSAGES);
    for (size_t i = 0; i < PASSAGES; i++)
        assert_int_equal(cs_hits_get(hits, i)->passage, PASSAGES + i + 1);
    cs_hits_free(hits);
    assert_int_equal(cs_document_read(reader, 4711, NULL, 0, NULL, &hits, &error), CS_ERR_NOT_FOUND);
    cs_reader_close(reader);
}

static void test_reading(void **state)
{
    (void)state;
    cs_reading *reading = NULL;
    assert_int_equal(cs_query_read("a AND (b", 8, &reading, NULL), CS_OK);
    assert_string_equal(cs_reading_read_as(reading), "a AND b");
    assert_non_null(cs_reading_note(reading, 0));
    assert_null(cs_reading_note(reading, 100));
    cs_reading_free(reading);
    assert_int_equal(cs_query_read("", 0, &reading, NULL), CS_OK);
    assert_string_equal(cs_reading_read_as(reading), "");
    cs_reading_free(reading);
    cs_reading_free(NULL);
}

static void expect_terms(cs_tokenize_mode mode, const char *text, const char *expected)
{
    char got[200] = "";
    cs_tokenizer *tokenizer = NULL;
    cs_token token;
    assert_int_equal(cs_tokenizer_new(&tokenizer), CS_OK);
    cs_tokenizer_start(tokenizer, text, strlen(text), mode);
    while (cs_tokenizer_next(tokenizer, &token)) {
        size_t used = strlen(got);
        snprintf(got + used, sizeof got - used, "%s%.*s@%u", used > 0 ? " " : "", (int)token.term_size,
                 token.term, token.position);
        assert_true(token.start < token.end && token.end <= strlen(text));
    }
    assert_string_equal(got, expected);
    cs_tokenizer_free(tokenizer);
    cs_tokenizer_free(NULL);
}

static void test_tokenizer(void **state)
{
    (void)state;
    expect_terms(CS_TOKENIZE_DOCUMENT, "Children's homes", "child@0 home@1");
    expect_terms(CS_TOKENIZE_EXACT, "Children's homes", "children@0 homes@1");
    expect_terms(CS_TOKENIZE_DOCUMENT, "a SEND plan", "a@0 send@1 SEND@1 plan@2");
    expect_terms(CS_TOKENIZE_QUERY, "a SEND plan", "a@0 SEND@1 plan@2");
}

/* Stops at the n-th time it is asked. */
struct stopper {
    long left, asked;
};

static int on_ask(void *context)
{
    struct stopper *stopper = context;
    stopper->asked++;
    return stopper->left >= 0 && stopper->left-- <= 0;
}

enum call { SEARCH, NARROW, DATED, TIMELINE, GRID, LIST, VISITS, STATS, DOCUMENT, CALLS };

static cs_status run_call(cs_reader *reader, enum call call, cs_error *error)
{
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    cs_timeline_options timeline_options = CS_TIMELINE_OPTIONS_INIT;
    cs_hits *hits = NULL;
    cs_timeline *timeline = NULL;
    cs_grid *grid = NULL;
    cs_documents *documents = NULL;
    cs_visits *visits = NULL;
    cs_stats stats;
    cs_status status;
    options.limit = 2000;
    options.sort = call == DATED ? CS_SORT_DATE : CS_SORT_RELEVANCE;
    options.authority = call == NARROW ? "Kent" : NULL;
    if (call <= DATED)
        status = cs_search(reader, "front OR door*", 14, &options, &hits, error);
    else if (call == TIMELINE)
        status = cs_timeline_build(reader, "front door", 10, &timeline_options, &timeline, error);
    else if (call == GRID)
        status = cs_grid_build(reader, "", 0, &timeline_options, &grid, error);
    else if (call == LIST)
        status = cs_documents_list(reader, NULL, &documents, error);
    else if (call == VISITS)
        status = cs_visits_list(reader, NULL, &visits, error);
    else if (call == STATS)
        status = cs_reader_stats(reader, &stats, error);
    else
        status = cs_document_read(reader, 1, "door", 4, NULL, &hits, error);
    assert_true(status == CS_OK || (hits == NULL && timeline == NULL && grid == NULL));
    assert_true(status == CS_OK || (documents == NULL && visits == NULL));
    cs_hits_free(hits);
    cs_timeline_free(timeline);
    cs_grid_free(grid);
    cs_documents_free(documents);
    cs_visits_free(visits);
    return status;
}

/* Stopped at each place where it can be, a call says so, and the next one on the same reader finds all. */
static void test_cancel(void **state)
{
    (void)state;
    struct stopper stopper = {.left = -1};
    cs_reader_options options = CS_READER_OPTIONS_INIT;
    options.cancel = on_ask;
    options.cancel_context = &stopper;
    cs_reader *reader = open_reader(&options);
    for (enum call call = 0; call < CALLS; call++) {
        cs_error error = {0};
        stopper = (struct stopper){.left = -1};
        assert_int_equal(run_call(reader, call, &error), CS_OK);
        long asks = stopper.asked;
        if (call <= GRID && asks == 0)
            fail_msg("call %d can't be stopped", (int)call);
        for (long n = 0; n < asks; n += 1 + asks / 50) {
            stopper = (struct stopper){.left = n};
            error = (cs_error){0};
            cs_status status = run_call(reader, call, &error);
            if (status != CS_ERR_CANCELLED && stopper.asked > n)
                fail_msg("call %d, stopped at %ld: %s", (int)call, n, cs_status_name(status));
            assert_true(status == CS_OK || error.status == CS_ERR_CANCELLED);
        }
        stopper = (struct stopper){.left = -1};
        assert_int_equal(run_call(reader, call, &error), CS_OK);
        expect_front_door(reader);
    }
    cs_reader_close(reader);
}

/* The beginning of a struct, as a program has it that was built when no more was known, and what stands
 * behind it there: nothing of ours. */
static void *older(const void *options, size_t size)
{
    unsigned char *copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, options, size);
    memcpy(copy, &size, sizeof size);
    return copy;
}

static void test_older_options(void **state)
{
    (void)state;
    cs_reader_options reading = CS_READER_OPTIONS_INIT;
    cs_search_options searching = CS_SEARCH_OPTIONS_INIT;
    cs_timeline_options following = CS_TIMELINE_OPTIONS_INIT;
    cs_list_options listing = CS_LIST_OPTIONS_INIT;
    cs_error error = {0};
    cs_hits *hits = NULL;
    cs_timeline *timeline = NULL;
    cs_documents *documents = NULL;
    searching.limit = 7;
    void *old_reading = older(&reading, offsetof(cs_reader_options, busy_timeout_ms));
    void *old_searching = older(&searching, offsetof(cs_search_options, match));
    void *old_following = older(&following, offsetof(cs_timeline_options, by));
    void *old_listing = older(&listing, offsetof(cs_list_options, with_fields));
    cs_reader *reader = open_reader(old_reading);
    assert_int_equal(cs_search(reader, "door", 4, old_searching, &hits, &error), CS_OK);
    assert_int_equal(cs_hits_count(hits), 7);
    assert_int_equal(cs_timeline_build(reader, "door", 4, old_following, &timeline, &error), CS_OK);
    assert_int_equal(cs_documents_list(reader, old_listing, &documents, &error), CS_OK);
    assert_int_equal(cs_documents_count(documents), DOCUMENTS);
    cs_hits_free(hits);
    cs_timeline_free(timeline);
    cs_documents_free(documents);
    cs_reader_close(reader);
    free(old_reading);
    free(old_searching);
    free(old_following);
    free(old_listing);
}

static void test_newer_options(void **state)
{
    (void)state;
    struct {
        cs_search_options known;
        unsigned char unknown[64];
    } options = {.known = CS_SEARCH_OPTIONS_INIT};
    cs_hits *hits = NULL;
    cs_reader *reader = open_reader(NULL);
    options.known.struct_size = sizeof options;
    options.known.limit = 7;
    memset(options.unknown, 0xFF, sizeof options.unknown);
    assert_int_equal(cs_search(reader, "door", 4, &options.known, &hits, NULL), CS_OK);
    assert_int_equal(cs_hits_count(hits), 7);
    cs_hits_free(hits);
    cs_reader_close(reader);
}

/* Options that were not begun with their macro would be left out in silence. */
static void test_options_without_a_size(void **state)
{
    (void)state;
    cs_search_options options = {.limit = 7};
    cs_timeline_options following = CS_TIMELINE_OPTIONS_INIT;
    cs_reader_options reading = {.busy_timeout_ms = 1};
    cs_writer_options writing = {.jobs = 1};
    cs_hits *hits = NULL;
    cs_timeline *timeline = NULL;
    cs_writer *writer = NULL;
    cs_error error = {0};
    cs_reader *none = NULL, *reader = open_reader(NULL);
    assert_int_equal(cs_search(reader, "door", 4, &options, &hits, &error), CS_ERR_ARGUMENT);
    assert_non_null(strstr(error.message, "CS_SEARCH_OPTIONS_INIT"));
    following.search = &options;
    assert_int_equal(cs_timeline_build(reader, "door", 4, &following, &timeline, &error), CS_ERR_ARGUMENT);
    assert_int_equal(cs_reader_open(fixture.path, &reading, &none, &error), CS_ERR_ARGUMENT);
    assert_int_equal(cs_writer_open(fixture.path, &writing, &writer, &error), CS_ERR_ARGUMENT);
    assert_null(none);
    assert_null(writer);
    cs_reader_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),        cmocka_unit_test(test_memory_that_is_no_index),
        cmocka_unit_test(test_passages),      cmocka_unit_test(test_document),
        cmocka_unit_test(test_reading),       cmocka_unit_test(test_tokenizer),
        cmocka_unit_test(test_cancel),        cmocka_unit_test(test_older_options),
        cmocka_unit_test(test_newer_options), cmocka_unit_test(test_options_without_a_size),
    };
    return cmocka_run_group_tests(tests, write_index, remove_index);
}
