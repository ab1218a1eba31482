/* SPDX-License-Identifier: MIT */
/* The writer: what is read again and what is not, over histories of files that come, change and go. */
#include "tests/unit/writer_fixture.h"

#include <fcntl.h>
#include <time.h>

static struct fixture f;

static int set_up(void **state)
{
    (void)state;
    return fixture_begin(&f);
}

static int tear_down(void **state)
{
    (void)state;
    return fixture_end(&f);
}

static void expect_counts(uint64_t added, uint64_t replaced, uint64_t unchanged, uint64_t failed)
{
    if (f.counts.added != added || f.counts.replaced != replaced || f.counts.unchanged != unchanged ||
        f.counts.failed != failed)
        fail_msg("%s", f.report.data);
    assert_int_equal(f.counts.files, added + replaced + unchanged + failed);
}

static void touch(const char *name, long seconds)
{
    char path[200];
    fixture_path(&f, name, path);
    struct timespec times[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static const char visit[] = "Social workers know the children well and see them often.\n\n"
                            "Managers do not yet check the quality of plans.\n";

static void test_again_only_what_changed(void **state)
{
    (void)state;
    fixture_file(&f, "a.txt", visit);
    fixture_file(&f, "b.md", "# Fostering\n\nFoster carers are proud of their work with children.\n");
    fixture_run(&f);
    expect_counts(2, 0, 0, 0);
    fixture_run(&f);
    expect_counts(0, 0, 2, 0);
    touch("a.txt", 1000000); /* the same bytes: the hash tells */
    fixture_run(&f);
    expect_counts(0, 0, 2, 0);
    assert_int_equal(fixture_number(&f, "SELECT mtime_ns / 1000000000 FROM source WHERE path LIKE '%/a.txt'"),
                     1000000);
    fixture_file(&f, "a.txt", "Nothing of that is so any more; children wait too long.\n");
    touch("a.txt", 1000001);
    fixture_run(&f);
    expect_counts(0, 1, 1, 0);
    fixture_expect(&f, "replaced a.txt\n");
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document"), 2);
    fixture_verify(&f);
    f.options.force = 1;
    fixture_run(&f);
    expect_counts(0, 2, 0, 0);
    fixture_verify(&f);
}

/* A change that keeps the size is seen by the time, one that keeps both by --force only. */
static void test_same_size(void **state)
{
    (void)state;
    fixture_file(&f, "a.txt", "Children are safe here and settled.\n");
    touch("a.txt", 1000000);
    fixture_run(&f);
    fixture_file(&f, "a.txt", "Children are lost here and settled.\n");
    touch("a.txt", 1000001);
    fixture_run(&f);
    expect_counts(0, 1, 0, 0);
}

static void test_failed_and_retried(void **state)
{
    (void)state;
    fixture_file(&f, "empty.txt", "");
    fixture_file(&f, "a.txt", visit);
    fixture_run(&f);
    expect_counts(1, 0, 0, 1);
    fixture_expect(&f, "failed empty.txt: ");
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM source WHERE status = 'failed'"), 1);
    fixture_run(&f);
    expect_counts(0, 0, 1, 1);
    fixture_expect(&f, "failed empty.txt: ");
    f.options.retry_failed = 1;
    fixture_run(&f);
    expect_counts(0, 0, 1, 1);
    fixture_file(&f, "empty.txt", visit);
    fixture_run(&f);
    expect_counts(1, 0, 1, 0);
    fixture_file(&f, "empty.txt", "");
    fixture_run(&f);
    expect_counts(0, 0, 1, 1);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document"), 1);
    fixture_verify(&f);
}

static void test_no_permission_is_tried_again(void **state)
{
    char path[200];
    (void)state;
    if (getuid() == 0)
        skip(); /* root may read everything */
    fixture_file(&f, "a.txt", visit);
    fixture_path(&f, "a.txt", path);
    chmod(path, 0);
    fixture_run(&f);
    expect_counts(0, 0, 0, 1);
    fixture_expect(&f, "failed a.txt: Permission denied\n");
    chmod(path, 0644);
    fixture_run(&f);
    expect_counts(1, 0, 0, 0);
}

static void test_prune_and_remove(void **state)
{
    char path[200];
    (void)state;
    fixture_file(&f, "a.txt", visit);
    fixture_file(&f, "b.txt", visit);
    fixture_file(&f, "c.txt", visit);
    fixture_run(&f);
    fixture_path(&f, "a.txt", path);
    unlink(path);
    const char *elsewhere[] = {"/nowhere"}, *here[] = {f.papers};
    cs_writer *writer = fixture_open(&f);
    assert_int_equal(cs_writer_prune(writer, elsewhere, 1, NULL), CS_OK);
    assert_string_equal(f.report.data, "");
    assert_int_equal(cs_writer_prune(writer, here, 1, NULL), CS_OK);
    assert_string_equal(f.report.data, "removed a.txt\n");
    fixture_path(&f, "b.txt", path);
    assert_int_equal(cs_writer_remove(writer, path, NULL), CS_OK);
    assert_int_equal(cs_writer_remove(writer, path, NULL), CS_ERR_NOT_FOUND);
    assert_int_equal(cs_writer_remove(writer, "", NULL), CS_ERR_ARGUMENT);
    assert_int_equal(cs_writer_commit(writer, NULL), CS_OK);
    cs_writer_close(writer);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document"), 1);
    fixture_verify(&f);
    writer = fixture_open(&f);
    assert_int_equal(cs_writer_remove(writer, f.papers, NULL), CS_OK);
    assert_int_equal(cs_writer_optimize(writer, NULL), CS_OK);
    cs_writer_close(writer);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM source"), 0);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM pack"), 0);
    fixture_verify(&f);
}

static void test_overrides(void **state)
{
    static const cs_override set[] = {{"title", "A title of ours"}, {"authority", "Kent"}};
    (void)state;
    fixture_file(&f, "a.txt", visit);
    fixture_run(&f);
    fixture_run_with(&f, set, 2);
    expect_counts(0, 1, 0, 0);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document WHERE title = 'A title of ours'"), 1);
    fixture_run_with(&f, set, 2);
    expect_counts(0, 0, 1, 0);
    fixture_run_with(&f, set, 1);
    expect_counts(0, 1, 0, 0);
    fixture_file(&f, "a.txt.meta", "---\n# ours\ntitle: \"From beside\"\n---\n");
    fixture_run(&f);
    expect_counts(0, 1, 0, 0);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document WHERE title = 'From beside'"), 1);
    fixture_run_with(&f, set, 1); /* --set wins */
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document WHERE title = 'A title of ours'"), 1);
    fixture_file(&f, "a.txt.meta", "no colon here\n");
    fixture_run(&f);
    expect_counts(0, 0, 0, 1);
    fixture_expect(&f, "a.txt.meta: line 1 is not 'key: value'");
    fixture_file(&f, "a.txt.meta", "title: again\n");
    fixture_run(&f);
    expect_counts(1, 0, 0, 0);
}

static void test_bad_overrides(void **state)
{
    static const cs_override bad[] = {{"title", NULL}};
    (void)state;
    assert_int_equal(fixture_run_with(&f, bad, 1), CS_ERR_ARGUMENT);
}

static void test_dry_run(void **state)
{
    (void)state;
    fixture_file(&f, "a.txt", visit);
    f.options.dry_run = 1;
    fixture_run(&f);
    expect_counts(1, 0, 0, 0);
    assert_int_equal(access(f.index, F_OK), -1);
    f.options.dry_run = 0;
    fixture_run(&f);
    fixture_file(&f, "a.txt", "Something else is said of the children now.\n");
    fixture_file(&f, "b.txt", visit);
    f.options.dry_run = 1;
    fixture_run(&f);
    expect_counts(1, 1, 0, 0);
    cs_writer *writer = fixture_open(&f);
    assert_int_equal(cs_writer_remove(writer, f.papers, NULL), CS_OK);
    cs_writer_close(writer);
    fixture_expect(&f, "removed a.txt\n");
    f.options.dry_run = 0;
    fixture_run(&f);
    expect_counts(1, 1, 0, 0);
}

static void test_json_lines(void **state)
{
    (void)state;
    fixture_file(
        &f, "all.jsonl",
        "{\"id\": \"one\", \"title\": \"First\", \"text\": \"Children in care are safe and well.\"}\n"
        "this line is no record\n"
        "{\"id\": \"two\", \"title\": \"Second\", \"text\": \"Care leavers live where they want to.\"}\n");
    fixture_run(&f);
    expect_counts(1, 0, 0, 0);
    assert_int_equal(f.counts.documents, 2);
    assert_int_equal(f.counts.warnings, 1);
    fixture_expect(&f, "warning all.jsonl: ");
    fixture_expect(&f, "line 2");
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document WHERE record IN ('one', 'two')"), 2);
    fixture_file(&f, "all.jsonl",
                 "{\"id\": \"three\", \"text\": \"Only this one is left of all the records.\"}\n");
    fixture_run(&f);
    expect_counts(0, 1, 0, 0);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document"), 1);
    fixture_verify(&f);
}

static void test_buffers(void **state)
{
    (void)state;
    cs_error error = {0};
    cs_writer *writer = fixture_open(&f);
    assert_int_equal(cs_writer_add_buffer(writer, "note/1", visit, strlen(visit), NULL, 0, NULL), CS_OK);
    assert_int_equal(cs_writer_add_buffer(writer, "note/1", visit, strlen(visit), NULL, 0, NULL), CS_OK);
    assert_int_equal(cs_writer_add_buffer(writer, "note/1", visit, 58, NULL, 0, NULL), CS_OK);
    assert_int_equal(cs_writer_add_buffer(writer, "note/2", "", 0, NULL, 0, &error), CS_ERR_DOCUMENT);
    assert_non_null(strstr(error.message, "note/2: "));
    assert_int_equal(cs_writer_add_buffer(writer, "", "x", 1, NULL, 0, NULL), CS_ERR_ARGUMENT);
    assert_int_equal(cs_writer_commit(writer, NULL), CS_OK);
    cs_writer_counts(writer, &f.counts);
    expect_counts(1, 1, 1, 1);
    assert_int_equal(cs_writer_prune(writer, NULL, 0, NULL), CS_OK); /* no files, so none is gone */
    assert_int_equal(cs_writer_remove(writer, "note/1", NULL), CS_OK);
    cs_writer_close(writer);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM source"), 1);
    fixture_verify(&f);
}

static void test_second_writer(void **state)
{
    (void)state;
    cs_writer *first = fixture_open(&f), *second = NULL;
    cs_error error = {0};
    assert_int_equal(cs_writer_open(f.index, &f.options, &second, &error), CS_ERR_BUSY);
    assert_null(second);
    assert_non_null(strstr(error.message, "another cs-index writes to "));
    cs_writer_close(first);
    assert_int_equal(cs_writer_open(f.index, &f.options, &second, &error), CS_OK);
    cs_writer_close(second);
    cs_writer_close(NULL);
}

static void write_many(int count)
{
    for (int i = 0; i < count; i++) {
        char name[32], text[200];
        snprintf(name, sizeof name, "%03d.txt", i);
        snprintf(text, sizeof text,
                 "Paper %d is on the children of a place.\n\nIt has a second paragraph, %d.\n", i, i);
        fixture_file(&f, name, text);
    }
}

/* Stopped at any moment: whole documents, and the next run goes on. */
static void test_stopped(void **state)
{
    enum { PAPERS = 12 };
    (void)state;
    write_many(PAPERS);
    long before = 0;
    for (int after = 1; after < 60; after += 7) {
        f.stop_after = after;
        cs_status status = fixture_run(&f);
        assert_true(status == CS_OK || status == CS_ERR_CANCELLED);
        if (access(f.index, F_OK) != 0)
            continue;
        long documents = fixture_number(&f, "SELECT count(*) FROM document");
        assert_true(documents >= before);
        assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document WHERE passages <> 2"), 0);
        before = documents;
        fixture_verify(&f);
    }
    f.stop_after = 0;
    assert_int_equal(fixture_run(&f), CS_OK);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document"), PAPERS);
    fixture_verify(&f);
}

static int on_cancel(void *context)
{
    int *asks = context;
    return --*asks <= 0;
}

/* Cancelled at the end of a run: the documents are kept, and the next run builds the visits. */
static void test_cancelled_end(void **state)
{
    (void)state;
    enum { PAPERS = 12, ENOUGH = 1 << 30 };
    const char *paths[] = {f.papers};
    int asks = ENOUGH;
    cs_error error = {0};
    write_many(PAPERS);
    f.options.cancel = on_cancel;
    f.options.cancel_context = &asks;
    cs_writer *writer = fixture_open(&f);
    assert_int_equal(cs_writer_add_paths(writer, paths, 1, NULL, 0, &error), CS_OK);
    assert_true(asks < ENOUGH);
    asks = 0;
    assert_int_equal(cs_writer_commit(writer, &error), CS_ERR_CANCELLED);
    assert_int_equal(cs_writer_add_paths(writer, paths, 1, NULL, 0, &error), CS_ERR_CANCELLED);
    cs_writer_close(writer);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document"), PAPERS);
    assert_int_equal(fixture_number(&f, "SELECT value FROM meta WHERE key = 'unlinked'"), 1);
    asks = ENOUGH;
    assert_int_equal(fixture_run(&f), CS_OK);
    assert_int_equal(fixture_number(&f, "SELECT value FROM meta WHERE key = 'unlinked'"), 0);
    writer = fixture_open(&f);
    asks = 1;
    cs_status status = cs_writer_optimize(writer, &error);
    assert_true(status == CS_OK || status == CS_ERR_CANCELLED);
    asks = ENOUGH;
    assert_int_equal(cs_writer_optimize(writer, &error), CS_OK);
    cs_writer_close(writer);
    fixture_verify(&f);
}

/* A source that changes while it is read: the report function, called for the one before it, does the
 * changing. */
static void change_next(void *context, cs_outcome outcome, const char *path, const char *message)
{
    fixture_on_report(context, outcome, path, message);
    if (strstr(path, "a.txt") != NULL)
        fixture_file(&f, "b.txt", "It was changed under the reader's hands, and grew longer than it was.\n");
    if (strstr(path, "b.txt") != NULL)
        unlink(path);
}

static void test_changes_during_the_run(void **state)
{
    (void)state;
    fixture_file(&f, "a.txt", visit);
    fixture_file(&f, "b.txt", visit);
    cs_writer *writer = NULL;
    const char *paths[] = {f.papers};
    f.options.report = change_next;
    f.options.report_context = &f;
    f.options.jobs = 1;
    assert_int_equal(cs_writer_open(f.index, &f.options, &writer, NULL), CS_OK);
    assert_int_equal(cs_writer_add_paths(writer, paths, 1, NULL, 0, NULL), CS_OK);
    assert_int_equal(cs_writer_commit(writer, NULL), CS_OK);
    cs_writer_close(writer);
    fixture_expect(&f, "warning b.txt: changed while it was read: the next run reads it again\n");
    assert_int_equal(fixture_number(&f, "SELECT size FROM source WHERE path LIKE '%/b.txt'"), -1);
    fixture_verify(&f);
}

/* Random histories: at each step the index is what a fresh one would be. */
static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static void random_step(uint64_t *seed)
{
    char name[32], path[200], text[300];
    snprintf(name, sizeof name, "%d.txt", (int)(next_random(seed) % 6));
    fixture_path(&f, name, path);
    if (next_random(seed) % 4 == 0) {
        unlink(path);
        return;
    }
    snprintf(text, sizeof text, "Text %d of children.\n\nAnd more of it, %d, for the careful reader.\n",
             (int)(next_random(seed) % 1000), (int)(next_random(seed) % 10));
    fixture_file(&f, name, next_random(seed) % 10 == 0 ? "" : text);
}

static long files_that_hold_something(void)
{
    long count = 0;
    for (int i = 0; i < 6; i++) {
        char name[32], path[200];
        struct stat about;
        snprintf(name, sizeof name, "%d.txt", i);
        fixture_path(&f, name, path);
        count += stat(path, &about) == 0 && about.st_size > 0;
    }
    return count;
}

static void test_random_histories(void **state)
{
    (void)state;
    uint64_t seed = 42;
    for (int round = 0; round < 30; round++) {
        for (uint64_t i = next_random(&seed) % 4; i > 0; i--)
            random_step(&seed);
        const char *paths[] = {f.papers};
        cs_writer *writer = fixture_open(&f);
        assert_int_equal(cs_writer_prune(writer, paths, 1, NULL), CS_OK);
        assert_int_equal(cs_writer_add_paths(writer, paths, 1, NULL, 0, NULL), CS_OK);
        assert_int_equal(cs_writer_commit(writer, NULL), CS_OK);
        cs_writer_close(writer);
        fixture_verify(&f);
        assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document"), files_that_hold_something());
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_again_only_what_changed),
        TEST(test_same_size),
        TEST(test_failed_and_retried),
        TEST(test_no_permission_is_tried_again),
        TEST(test_prune_and_remove),
        TEST(test_overrides),
        TEST(test_bad_overrides),
        TEST(test_dry_run),
        TEST(test_json_lines),
        TEST(test_buffers),
        TEST(test_second_writer),
        TEST(test_stopped),
        TEST(test_cancelled_end),
        TEST(test_changes_during_the_run),
        TEST(test_random_histories),
    };
    return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
