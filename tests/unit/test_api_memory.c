/* SPDX-License-Identifier: MIT */
/* Each allocation failed in turn, SQLite's own included, in what embedders call: it says that memory is
 * short, or does its work all the same; nothing is leaked, half done or wrong, and the next call finds all.
 *
 * Linked with the wrappers below in place of malloc, calloc, realloc and strdup (see the Makefile); SQLite
 * gets its memory through methods of this program. Long runs are sampled: the first allocations one by one,
 * then about as many of the others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <csearch.h>

#include "tests/unit/index_fixture.h"

enum { READING = 100, WRITING = 25 };

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);

static long left = -1; /* allocations that still succeed; -1: all */
static long seen;      /* allocations since the count began */
static int stays_out;  /* once out, memory stays out */
static int is_out;     /* it ran out */

static int runs_out(void)
{
    seen++;
    if (left < 0)
        return 0;
    if (left > 0) {
        left--;
        return is_out && stays_out;
    }
    if (!is_out || stays_out) {
        is_out = 1;
        return 1;
    }
    return 0;
}

void *__wrap_malloc(size_t size)
{
    return runs_out() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return runs_out() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return runs_out() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return runs_out() ? NULL : __real_strdup(text);
}

/* SQLite's: https://sqlite.org/c3ref/mem_methods.html. */
static sqlite3_mem_methods sqlites_own;

static void *sqlite_malloc(int size)
{
    return runs_out() ? NULL : sqlites_own.xMalloc(size);
}

static void *sqlite_realloc(void *memory, int size)
{
    return runs_out() ? NULL : sqlites_own.xRealloc(memory, size);
}

static void use_own_methods(void)
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlites_own);
    sqlite3_mem_methods methods = sqlites_own;
    methods.xMalloc = sqlite_malloc;
    methods.xRealloc = sqlite_realloc;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
}

static struct fixture fixture;
static char written[80]; /* the index that is written */
static unsigned char *image;
static size_t image_size;

static void write_fixture(void)
{
    fixture_open(&fixture);
    fixture_visit(&fixture, "kent/2022-05-09", "Kent", CS_VISIT_INSPECTION, "2022-05-09/2022-05-10",
                  CS_JUDGEMENT_INADEQUATE, CS_STATE_STATED);
    fixture_document(&fixture, "/papers/1.pdf", CS_KIND_INSPECTION_REPORT, "Kent", "2022-06-01",
                     CS_JUDGEMENT_INADEQUATE);
    fixture_section(&fixture, "Children in care", CS_AREA_CARE, CS_JUDGEMENT_INADEQUATE);
    fixture_passage(&fixture, "1", "Unaccompanied asylum-seeking children wait far too long for a home.");
    fixture_passage(&fixture, "2",
                    "The multi-agency safeguarding hub (MASH) is slow. Thresholds are not known.");
    fixture_visit(&fixture, "kent/2023-05-09", "Kent", CS_VISIT_MONITORING, "2023-05-09/2023-05-10",
                  CS_JUDGEMENT_INADEQUATE, CS_STATE_STANDING);
    fixture_document(&fixture, "/papers/2.txt", CS_KIND_MONITORING_LETTER, "Kent", "2023-06-01",
                     CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "Findings", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    fixture_passage(&fixture, NULL,
                    "Unaccompanied asylum-seeking children are now supported well by workers.");
    fixture_close(&fixture);
}

static void read_image(void)
{
    FILE *in = fopen(fixture.path, "rb");
    assert_non_null(in);
    image = malloc(1 << 20);
    image_size = fread(image, 1, 1 << 20, in);
    fclose(in);
}

static int begin(void **state)
{
    (void)state;
    write_fixture();
    read_image();
    snprintf(written, sizeof written, "%s.written", fixture.path);
    return 0;
}

static void remove_written(void)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", ".lock"};
    char path[120];
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        snprintf(path, sizeof path, "%s%s", written, endings[i]);
        unlink(path);
    }
}

static int end(void **state)
{
    (void)state;
    remove_written();
    fixture_remove(&fixture);
    free(image);
    return 0;
}

/* One task, from opening to closing. It checks what comes where it succeeds. */
typedef cs_status task_fn(cs_error *error);

static cs_status search_with(const char *query, const cs_search_options *options, size_t expected,
                             cs_error *error)
{
    cs_reader *reader = NULL;
    cs_hits *hits = NULL;
    cs_status status = cs_reader_open(fixture.path, NULL, &reader, error);
    if (status == CS_OK)
        status = cs_search(reader, query, strlen(query), options, &hits, error);
    assert_true((status == CS_OK) == (hits != NULL));
    if (status == CS_OK && cs_hits_count(hits) != expected)
        fail_msg("%s: %zu hits, not %zu", query, cs_hits_count(hits), expected);
    for (size_t i = 0; hits != NULL && i < cs_hits_count(hits); i++) {
        const cs_hit *hit = cs_hits_get(hits, i);
        assert_true(hit->text != NULL && hit->citation != NULL && hit->document->path != NULL);
        assert_true(hit->visit != NULL && hit->visit->id != NULL && hit->section != NULL);
    }
    cs_hits_free(hits);
    cs_reader_close(reader);
    return status;
}

static cs_status search_words(cs_error *error)
{
    return search_with("unaccompanied asylum", NULL, 2, error);
}

static cs_status search_phrase(cs_error *error)
{
    return search_with("\"safeguarding hub\" OR (asylum NEAR/3 children)", NULL, 3, error);
}

static cs_status search_filtered(cs_error *error)
{
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    options.authority = "kent";
    options.judgement = "inadequate..good";
    options.since = "2023";
    options.explain = 1;
    return search_with("child* since:2022", &options, 1, error);
}

/* By a word that is misspelt: it asks for what may be meant. */
static cs_status search_misspelt(cs_error *error)
{
    return search_with("thresholdds", NULL, 0, error);
}

static cs_status follow(cs_error *error)
{
    cs_reader *reader = NULL;
    cs_timeline *timeline = NULL;
    cs_status status = cs_reader_open(fixture.path, NULL, &reader, error);
    if (status == CS_OK)
        status = cs_timeline_build(reader, "asylum", 6, NULL, &timeline, error);
    if (status == CS_OK) {
        assert_int_equal(cs_timeline_count(timeline), 2);
        assert_int_equal(cs_timeline_passages(timeline), 2);
        assert_int_equal(cs_timeline_get(timeline, 0)->tone, CS_TONE_CONCERN);
    }
    cs_timeline_free(timeline);
    cs_reader_close(reader);
    return status;
}

static cs_status list(cs_error *error)
{
    cs_list_options options = CS_LIST_OPTIONS_INIT;
    cs_reader *reader = NULL;
    cs_documents *documents = NULL;
    cs_visits *visits = NULL;
    cs_stats stats;
    options.with_fields = 1;
    cs_status status = cs_reader_open(fixture.path, NULL, &reader, error);
    if (status == CS_OK)
        status = cs_documents_list(reader, &options, &documents, error);
    if (status == CS_OK)
        status = cs_visits_list(reader, NULL, &visits, error);
    if (status == CS_OK)
        status = cs_reader_stats(reader, &stats, error);
    if (status == CS_OK) {
        assert_int_equal(cs_documents_count(documents), 2);
        assert_string_equal(cs_documents_get(documents, 0)->path, "/papers/1.pdf");
        assert_string_equal(cs_documents_get(documents, 0)->fields[0].value, "inadequate");
        assert_string_equal(cs_visits_get(visits, 1)->documents[0], "/papers/2.txt");
        assert_int_equal(stats.documents, 2);
    }
    cs_documents_free(documents);
    cs_visits_free(visits);
    cs_reader_close(reader);
    return status;
}

static cs_status read_memory(cs_error *error)
{
    cs_reader *reader = NULL;
    cs_hits *hits = NULL;
    const int64_t id = 2;
    cs_status status = cs_reader_open_memory(image, image_size, NULL, &reader, error);
    if (status == CS_OK)
        status = cs_passages_read(reader, &id, 1, "MASH", 4, NULL, &hits, error);
    if (status == CS_OK)
        assert_true(cs_hits_get(hits, 0)->mark_count > 0);
    cs_hits_free(hits);
    cs_reader_close(reader);
    return status;
}

static cs_status write_two(cs_error *error)
{
    static const char text[] =
        "9 May 2023\n\nMonitoring visit to Kent children's services\n\nThe front door, "
        "or multi-agency safeguarding hub (MASH), is effective.\n";
    static const cs_override set[] = {{"authority", "Kent"}};
    static char extract[256];
    const char *build = getenv("BUILD");
    cs_writer_options options = CS_WRITER_OPTIONS_INIT;
    cs_writer *writer = NULL;
    snprintf(extract, sizeof extract, "%s/cs-extract", build != NULL ? build : "build/release");
    options.extract_program = extract;
    options.jobs = 1;
    cs_status status = cs_writer_open(written, &options, &writer, error);
    if (status == CS_OK)
        status = cs_writer_add_buffer(writer, "kent.txt", text, strlen(text), set, 1, error);
    if (status == CS_OK)
        status = cs_writer_add_buffer(writer, "note.txt", "A note, changed.\n", 17, NULL, 0, error);
    if (status == CS_OK)
        status = cs_writer_commit(writer, error);
    cs_writer_close(writer);
    return status;
}

static int on_finding(void *context, const char *what)
{
    (void)context;
    print_error("%s\n", what);
    return 0;
}

/* Whatever failed before: the index is whole, and the same work brings it to its end. */
static void check_written(void)
{
    cs_error error = {0};
    cs_reader *reader = NULL;
    cs_documents *documents = NULL;
    if (access(written, F_OK) == 0 && cs_index_verify(written, on_finding, NULL, &error) != CS_OK)
        fail_msg("%s", error.message);
    if (write_two(&error) != CS_OK || cs_reader_open(written, NULL, &reader, &error) != CS_OK ||
        cs_documents_list(reader, NULL, &documents, &error) != CS_OK)
        fail_msg("%s", error.message);
    assert_int_equal(cs_documents_count(documents), 2);
    cs_documents_free(documents);
    cs_reader_close(reader);
}

static cs_status run_short(task_fn *task, long n, int stays)
{
    cs_error error = {0};
    is_out = 0;
    stays_out = stays;
    left = n;
    cs_status status = task(&error);
    left = -1;
    if (status != CS_OK && status != CS_ERR_NOMEM)
        fail_msg("allocation %ld%s: %s: %s", n, stays ? " and all behind it" : "", cs_status_name(status),
                 error.message);
    assert_true(status == CS_OK || error.status == CS_ERR_NOMEM);
    assert_true(status == CS_OK || is_out);
    return status;
}

static void fail_each(task_fn *task, long samples, void (*check)(void))
{
    cs_error error = {0};
    long failed = 0;
    seen = 0;
    if (task(&error) != CS_OK)
        fail_msg("%s", error.message);
    long count = seen;
    for (long n = 0; n < count; n += n < samples ? 1 : 1 + (count - samples) / samples) {
        for (int stays = 0; stays < 2; stays++) {
            if (check != NULL)
                remove_written();
            failed += run_short(task, n, stays) != CS_OK;
            if (check != NULL)
                check();
        }
    }
    print_message("figure: of %ld allocations, %ld times short of memory\n", count, failed);
    assert_true(failed > 0);
}

static void test_search(void **state)
{
    (void)state;
    fail_each(search_words, READING, NULL);
    fail_each(search_phrase, READING, NULL);
    fail_each(search_filtered, READING, NULL);
    fail_each(search_misspelt, READING, NULL);
}

static void test_timeline(void **state)
{
    (void)state;
    fail_each(follow, READING, NULL);
}

static void test_lists(void **state)
{
    (void)state;
    fail_each(list, READING, NULL);
}

static void test_memory(void **state)
{
    (void)state;
    fail_each(read_memory, READING, NULL);
}

static void test_write(void **state)
{
    (void)state;
    fail_each(write_two, WRITING, check_written);
}

/* A call that failed leaves its reader as it was. */
static void test_next_call(void **state)
{
    (void)state;
    cs_reader *reader = NULL;
    cs_error error = {0};
    assert_int_equal(cs_reader_open(fixture.path, NULL, &reader, &error), CS_OK);
    for (long n = 0; n < 400; n += n < 100 ? 1 : 13) {
        cs_hits *hits = NULL;
        is_out = stays_out = 0;
        left = n;
        cs_status status = cs_search(reader, "asylum OR mash", 14, NULL, &hits, &error);
        left = -1;
        assert_true(status == CS_OK || status == CS_ERR_NOMEM);
        cs_hits_free(hits);
        assert_int_equal(cs_search(reader, "asylum OR mash", 14, NULL, &hits, &error), CS_OK);
        assert_int_equal(cs_hits_count(hits), 3);
        cs_hits_free(hits);
    }
    cs_reader_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_search), cmocka_unit_test(test_timeline),  cmocka_unit_test(test_lists),
        cmocka_unit_test(test_memory), cmocka_unit_test(test_next_call), cmocka_unit_test(test_write),
    };
    use_own_methods();
    return cmocka_run_group_tests(tests, begin, end);
}
