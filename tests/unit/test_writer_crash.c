/* SPDX-License-Identifier: MIT */
/* The writer killed, and the disk full, at every change of the index file: what is left is whole, and the
 * next run brings it to where an undisturbed one is. */
#include "tests/unit/writer_fixture.h"

#include <sys/wait.h>

#include "tests/unit/faulty_vfs.h"

/* Faults are tried at every STEPth change; CS_TEST_ALL in the environment tries all. */
enum { STEP = 7, PAPERS = 8 };

static struct fixture f;
static char base[128]; /* the index before each try */

static void copy_file(const char *from, const char *to)
{
    struct cs__buffer bytes = {0};
    char chunk[65536];
    size_t size;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_true(in != NULL && out != NULL);
    while ((size = fread(chunk, 1, sizeof chunk, in)) > 0)
        assert_int_equal(fwrite(chunk, 1, size, out), size);
    fclose(in);
    fclose(out);
    cs__buffer_free(&bytes);
}

static void write_papers(int from, const char *what)
{
    for (int i = from; i < PAPERS; i++) {
        char name[32], text[200];
        snprintf(name, sizeof name, "%d.txt", i);
        snprintf(text, sizeof text, "Paper %d: %s.\n\nA second paragraph of paper %d, on children.\n", i,
                 what, i);
        fixture_file(&f, name, text);
    }
}

/* Papers 0 to 5 as they were; the index of them; then changes: 0 to 1 go, 2 to 5 change, 6 and 7 are new. */
static int set_up(void **state)
{
    char path[200];
    (void)state;
    if (fixture_begin(&f) != 0)
        return -1;
    write_papers(0, "as it was at first");
    for (int i = 6; i < PAPERS; i++) {
        snprintf(path, sizeof path, "%s/%d.txt", f.papers, i);
        unlink(path);
    }
    fixture_run(&f);
    snprintf(base, sizeof base, "%s/base.db", f.folder);
    copy_file(f.index, base);
    write_papers(2, "as it is now, with more in it than there was");
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%d.txt", f.papers, i);
        unlink(path);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return fixture_end(&f);
}

static void restore(void)
{
    static const char *const beside[] = {"-wal", "-shm", "-journal", ".lock"};
    char name[160];
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        snprintf(name, sizeof name, "%s%s", f.index, beside[i]);
        unlink(name);
    }
    copy_file(base, f.index);
}

/* One run in four transactions and more: prune, two batches, the visits. Returns the first failure. */
static cs_status whole_run(cs_error *error)
{
    char paths[PAPERS][200];
    const char *list[PAPERS];
    cs_writer *writer = NULL;
    for (int i = 0; i < PAPERS; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%d.txt", f.papers, i);
        list[i] = paths[i];
    }
    const char *all[] = {f.papers};
    cs_status status = cs_writer_open(f.index, &f.options, &writer, error);
    if (status == CS_OK)
        status = cs_writer_prune(writer, all, 1, error);
    if (status == CS_OK)
        status = cs_writer_add_paths(writer, list + 2, 3, NULL, 0, error);
    if (status == CS_OK)
        status = cs_writer_add_paths(writer, list + 5, 3, NULL, 0, error);
    if (status == CS_OK)
        status = cs_writer_commit(writer, error);
    cs_writer_close(writer);
    return status;
}

static void check_whole(void)
{
    fixture_verify(&f);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document WHERE passages <> 2"), 0);
    assert_int_equal(
        fixture_number(&f, "SELECT count(*) FROM source s WHERE status = 'ok' AND size >= 0 AND NOT EXISTS"
                           " (SELECT 1 FROM document d WHERE d.source = s.id)"),
        0);
}

static void check_finished(void)
{
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM document"), PAPERS - 2);
    assert_int_equal(fixture_number(&f, "SELECT count(*) FROM source WHERE size > 80"), PAPERS - 2);
    assert_int_equal(fixture_number(&f, "SELECT value FROM meta WHERE key = 'unlinked'"), 0);
}

/* In a process of its own: how many changes a run makes, or, killed, what is left. */
static long in_child(enum faulty_mode mode, long fault_at)
{
    int counts[2];
    long changes = -1;
    assert_int_equal(pipe(counts), 0);
    pid_t child = fork();
    if (child == 0) {
        cs_error error = {0};
        faulty_install(mode, fault_at);
        cs_status status = whole_run(&error);
        if (status != CS_OK)
            fprintf(stderr, "%s\n", error.message);
        if (write(counts[1], &faulty.changes, sizeof faulty.changes) != (ssize_t)sizeof faulty.changes)
            _exit(2);
        _exit(status == CS_OK ? 0 : 1);
    }
    close(counts[1]);
    int status = 0;
    waitpid(child, &status, 0);
    if (mode == FAULTY_KILL)
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    else
        assert_int_equal(read(counts[0], &changes, sizeof changes), sizeof changes);
    close(counts[0]);
    return changes;
}

static long step(void)
{
    return getenv("CS_TEST_ALL") != NULL ? 1 : STEP;
}

static void test_killed(void **state)
{
    (void)state;
    restore();
    long changes = in_child(FAULTY_COUNT, 0);
    assert_true(changes > 40);
    check_finished();
    for (long at = 1; at <= changes; at += step()) {
        restore();
        in_child(FAULTY_KILL, at);
        check_whole();
        cs_error error = {0};
        if (whole_run(&error) != CS_OK)
            fail_msg("killed at change %ld: %s", at, error.message);
        check_whole();
        check_finished();
    }
}

static void test_disk_full(void **state)
{
    (void)state;
    restore();
    long changes = in_child(FAULTY_COUNT, 0);
    for (long at = 1; at <= changes; at += step()) {
        cs_error error = {0};
        restore();
        faulty_install(FAULTY_FULL, at);
        cs_status status = whole_run(&error);
        long made = faulty.changes;
        faulty_install(FAULTY_COUNT, 0);
        /* Settling the file at the end may fail in silence: all is in the WAL file then. */
        if (status != CS_OK) {
            if (status != CS_ERR_FULL || strstr(error.message, "no space is left for the index") == NULL)
                fail_msg("full at change %ld: %s", at, error.message);
        } else {
            assert_true(made >= at);
        }
        check_whole();
        if (whole_run(&error) != CS_OK)
            fail_msg("after full at change %ld: %s", at, error.message);
        check_finished();
    }
}

/* A new index on a full disk leaves no file behind that is none. */
static void test_disk_full_from_the_start(void **state)
{
    (void)state;
    for (long at = 1; at < 12; at++) {
        cs_error error = {0};
        restore();
        unlink(f.index);
        faulty_install(FAULTY_FULL, at);
        cs_status status = whole_run(&error);
        faulty_install(FAULTY_COUNT, 0);
        assert_int_equal(status, CS_ERR_FULL);
        if (access(f.index, F_OK) == 0)
            check_whole();
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_killed), TEST(test_disk_full),
                                       TEST(test_disk_full_from_the_start)};
    return cmocka_run_group_tests_name("writer_crash", tests, NULL, NULL);
}
