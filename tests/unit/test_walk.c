/* SPDX-License-Identifier: MIT */
/* Walk: what is found, in what order, and what is reported: links, loops, FIFOs, devices, sidecars, the
 * index. */
#include "indexer/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/buffer.h"

static char root[64];
static struct cs__buffer problems; /* "NAME why\n" */

static int set_up(void **state)
{
    (void)state;
    snprintf(root, sizeof root, "/tmp/cs-walk-XXXXXX");
    cs__buffer_clear(&problems);
    cs__buffer_string(&problems, "");
    return mkdtemp(root) != NULL && chdir(root) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[256];
    (void)state;
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", root, root);
    cs__buffer_free(&problems);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void file(const char *name)
{
    FILE *out = fopen(name, "wb");
    assert_non_null(out);
    fputs("text", out);
    fclose(out);
}

static void note(void *context, const char *path, const char *why)
{
    (void)context;
    cs__buffer_printf(&problems, "%s %s\n",
                      strncmp(path, root, strlen(root)) == 0 ? path + strlen(root) + 1 : path, why);
}

/* The names found below `paths`, each with '+' behind it where it has a sidecar. */
static void expect(const char *const *paths, size_t count, const char *without, const char *names)
{
    struct cs__walk_options options = {.without = without, .problem = note};
    struct cs__sources sources;
    struct cs__buffer found = {0};
    cs__buffer_string(&found, "");
    assert_int_equal(cs__walk(paths, count, &options, &sources, NULL), CS_OK);
    for (size_t i = 0; i < sources.count; i++)
        cs__buffer_printf(&found, "%s%s%s", i ? " " : "", sources.items[i].path + strlen(root) + 1,
                          sources.items[i].sidecar ? "+" : "");
    assert_string_equal(found.data, names);
    assert_int_equal(sources.bytes, 4 * sources.count);
    cs__buffer_free(&found);
    cs__sources_free(&sources);
    cs__sources_free(&sources);
}

static void expect_below_root(const char *names)
{
    const char *paths[] = {root};
    expect(paths, 1, NULL, names);
}

static void expect_problem(const char *line)
{
    if (strstr(problems.data, line) == NULL)
        fail_msg("'%s' is not in '%s'", line, problems.data);
}

static void test_order(void **state)
{
    (void)state;
    mkdir("b", 0755);
    mkdir("b/empty", 0755);
    file("b/2");
    file("b/10");
    file("a");
    file("c c");
    file(".hidden");
    mkdir(".git", 0755);
    file(".git/x");
    expect_below_root("a b/10 b/2 c c");
    const char *paths[] = {"c c", "b", "./a", "b/../b/2", root};
    expect(paths, 5, NULL, "a b/10 b/2 c c");
    const char *hidden[] = {".hidden"};
    expect(hidden, 1, NULL, ".hidden");
    assert_string_equal(problems.data, "");
}

static void test_sidecars(void **state)
{
    (void)state;
    file("a.pdf");
    file("a.pdf.meta");
    file("alone.meta");
    file("b.txt");
    expect_below_root("a.pdf+ alone.meta b.txt");
    const char *one[] = {"a.pdf"};
    expect(one, 1, NULL, "a.pdf+");
}

static void test_links(void **state)
{
    (void)state;
    mkdir("real", 0755);
    file("real/x");
    file("y");
    assert_int_equal(symlink("real", "also"), 0);
    assert_int_equal(symlink("y", "a-link"), 0);
    assert_int_equal(symlink("real/x", "z"), 0);
    assert_int_equal(link("y", "hard"), 0);
    expect_below_root("hard real/x y");
    assert_string_equal(problems.data, "");
}

static void test_loops(void **state)
{
    (void)state;
    mkdir("a", 0755);
    mkdir("a/b", 0755);
    file("a/b/x");
    assert_int_equal(symlink("../..", "a/b/up"), 0);
    assert_int_equal(symlink("ring1", "ring2"), 0);
    assert_int_equal(symlink("ring2", "ring1"), 0);
    assert_int_equal(symlink("nothing", "dangling"), 0);
    expect_below_root("a/b/x");
    expect_problem("a/b/up is a link back to a folder it is in: it was not followed\n");
    expect_problem("ring1 is a link that leads round in a circle\n");
    expect_problem("dangling is a link to something that is not there\n");
    const char *one[] = {"dangling"};
    expect(one, 1, NULL, "");
}

static void test_no_files(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("fifo", 0644), 0);
    file("x");
    expect_below_root("x");
    expect_problem("fifo is a FIFO, not a document: it was not opened\n");
    const char *others[] = {"/dev/zero", "missing", "missing/x"};
    expect(others, 3, NULL, "");
    expect_problem("/dev/zero is a device, not a document: it was not opened\n");
    expect_problem("missing No such file or directory\n");
    expect_problem("missing/x No such file or directory\n");
}

static void test_folder_without_permission(void **state)
{
    (void)state;
    if (getuid() == 0)
        skip(); /* root may read everything */
    mkdir("closed", 0);
    expect_below_root("");
    expect_problem("closed Permission denied\n");
}

static void test_without_the_index(void **state)
{
    char index[128];
    (void)state;
    file("i.db");
    file("i.db-wal");
    file("i.db-shm");
    file("i.db.lock");
    file("i.db.txt");
    snprintf(index, sizeof index, "%s/i.db", root);
    const char *paths[] = {root};
    expect(paths, 1, index, "i.db.txt");
}

static void test_too_deep(void **state)
{
    (void)state;
    for (int i = 0; i < 220; i++)
        assert_true(mkdir("d", 0755) == 0 && chdir("d") == 0);
    file("x");
    assert_int_equal(chdir(root), 0);
    expect_below_root("");
    expect_problem(" is a folder too deep below others: it was not entered\n");
}

static void test_many_folders(void **state)
{
    (void)state;
    for (int i = 0; i < 600; i++) {
        char name[32];
        snprintf(name, sizeof name, "%d", i);
        mkdir(name, 0755);
    }
    file("599/x");
    assert_int_equal(symlink("599", "again"), 0);
    expect_below_root("599/x");
}

static void test_absolute(void **state)
{
    (void)state;
    struct cs__arena arena = {0};
    char expected[128];
    mkdir("a", 0755);
    assert_int_equal(symlink("a", "l"), 0);
    snprintf(expected, sizeof expected, "%s/a/gone/x", root);
    assert_string_equal(cs__path_absolute(&arena, "a/gone/x"), expected);
    assert_string_equal(cs__path_absolute(&arena, "./l//gone/y/../x/."), expected);
    assert_string_equal(cs__path_absolute(&arena, "/"), "/");
    assert_string_equal(cs__path_absolute(&arena, "/nowhere/../gone"), "/gone");
    assert_true(cs__path_is_below("/a/b", "/a") && cs__path_is_below("/a", "/a") &&
                cs__path_is_below("/a", "/"));
    assert_false(cs__path_is_below("/ab", "/a"));
    cs__arena_free(&arena);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_order),    TEST(test_sidecars),          TEST(test_links),
        TEST(test_loops),    TEST(test_no_files),          TEST(test_folder_without_permission),
        TEST(test_too_deep), TEST(test_without_the_index), TEST(test_many_folders),
        TEST(test_absolute),
    };
    return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
