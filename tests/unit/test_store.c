/* SPDX-License-Identifier: MIT */
/* Store: creating and opening an index; what is none; other versions; folders and files without permission;
 * the write lock. */
#include "core/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/schema.h"
#include "core/store_lock.h"

static char folder[64];
static char path[128];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/cs-store-XXXXXX");
    if (mkdtemp(folder) == NULL || chmod(folder, 0755) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/a %%?#b.db", folder); /* a name that means something in a URI */
    return 0;
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    chmod(folder, 0755);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? 0 : -1;
}

static void exec(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

static sqlite3 *open_write(int *created)
{
    sqlite3 *db = NULL;
    cs_error error = {0};
    if (cs__store_open_write(path, 0, NULL, &db, created, &error) != CS_OK)
        fail_msg("%s", error.message);
    return db;
}

static void make_index(void)
{
    int created = 0;
    sqlite3 *db = open_write(&created);
    assert_true(created);
    cs__store_settle(db);
    cs__store_close(db);
}

static void write_file(const char *name, const char *bytes)
{
    FILE *out = fopen(name, "wb");
    assert_non_null(out);
    fputs(bytes, out);
    fclose(out);
}

static void refuse(int writing, cs_status expected, const char *says)
{
    sqlite3 *db = NULL;
    cs_error error = {0};
    int created = 0;
    cs_status status = writing ? cs__store_open_write(path, 100, NULL, &db, &created, &error)
                               : cs__store_open_read(path, 100, &db, &error);
    assert_int_equal(status, expected);
    assert_int_equal(error.status, expected);
    assert_null(db);
    if (strstr(error.message, says) == NULL)
        fail_msg("'%s' is not in '%s'", says, error.message);
}

static void test_create_and_read(void **state)
{
    (void)state;
    int created = 1;
    make_index();
    cs__store_close(open_write(&created));
    assert_false(created);
    sqlite3 *db = NULL;
    assert_int_equal(cs__store_open_read(path, 0, &db, NULL), CS_OK);
    exec(db, "SELECT count(*) FROM passage_fts WHERE passage_fts MATCH 'children'");
    assert_int_equal(sqlite3_exec(db, "DELETE FROM meta", NULL, NULL, NULL), SQLITE_READONLY);
    cs__store_close(db);
    cs__store_close(NULL);
}

static void test_not_an_index(void **state)
{
    (void)state;
    refuse(0, CS_ERR_NOT_FOUND, "there is no index at");
    write_file(path, "");
    refuse(0, CS_ERR_FORMAT, "is an empty file, not a cs-search index");
    write_file(
        path,
        "Dear Director, following my visit I write to report what we found. It is a long text, longer than "
        "the hundred bytes of a database's head.");
    refuse(0, CS_ERR_FORMAT, "is not a cs-search index (nor any SQLite database)");
    refuse(1, CS_ERR_FORMAT, "is not a cs-search index (nor any SQLite database)");
    unlink(path);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    exec(db, "CREATE TABLE other(x)");
    sqlite3_close(db);
    refuse(0, CS_ERR_FORMAT, "is a SQLite database but not a cs-search index");
    refuse(1, CS_ERR_FORMAT, "is a SQLite database but not a cs-search index");
    unlink(path);
    mkdir(path, 0755);
    refuse(0, CS_ERR_FORMAT, "is a folder, not a cs-search index");
    refuse(1, CS_ERR_FORMAT, "is a folder, not a cs-search index");
    rmdir(path);
    mkfifo(path, 0644);
    refuse(0, CS_ERR_FORMAT, "is not a regular file");
    refuse(1, CS_ERR_FORMAT, "is not a regular file");
}

static void change(const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    exec(db, sql);
    sqlite3_close(db);
}

static void test_other_versions(void **state)
{
    (void)state;
    make_index();
    change("PRAGMA user_version = 4");
    refuse(0, CS_ERR_FORMAT, "was made by a newer version of cs-search (schema 4; this program reads 3)");
    refuse(1, CS_ERR_FORMAT, "was made by a newer version of cs-search (schema 4; this program reads 3)");
    change("PRAGMA user_version = 0");
    refuse(0, CS_ERR_FORMAT, "was made by an older version");
    change("PRAGMA user_version = 3; UPDATE meta SET value = 99 WHERE key = 'tokenizer_version'");
    refuse(0, CS_ERR_FORMAT, "another definition of a word (tokenizer 99; this program has 2)");
}

static void test_damaged(void **state)
{
    (void)state;
    make_index();
    FILE *file = fopen(path, "r+b");
    assert_int_equal(fseek(file, 100, SEEK_SET), 0);
    for (int i = 0; i < 3000; i++)
        fputc(0xFF, file);
    fclose(file);
    refuse(0, CS_ERR_CORRUPT, "is damaged");
}

static void test_folder_is_missing(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "%s/nowhere/x.db", folder);
    refuse(1, CS_ERR_IO, "x.db");
    refuse(0, CS_ERR_NOT_FOUND, "there is no index at");
}

/* Run `body` as somebody without rights on root's files, in a process of its own. */
static void as_nobody(void (*body)(void))
{
    enum { NOBODY = 65534 };
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && (setgroups(0, NULL) != 0 || setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
            _exit(3);
        body();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void read_it(void)
{
    sqlite3 *db = NULL;
    cs_error error = {0};
    if (cs__store_open_read(path, 100, &db, &error) != CS_OK) {
        fprintf(stderr, "%s\n", error.message);
        _exit(1);
    }
    if (sqlite3_exec(db, "SELECT * FROM meta", NULL, NULL, NULL) != SQLITE_OK)
        _exit(2);
    cs__store_close(db);
}

static void cannot_write_it(void)
{
    sqlite3 *db = NULL;
    int created = 0;
    cs_error error = {0};
    if (cs__store_open_write(path, 100, NULL, &db, &created, &error) != CS_ERR_READ_ONLY ||
        strstr(error.message, "can't be written") == NULL)
        _exit(1);
}

static void cannot_read_it(void)
{
    sqlite3 *db = NULL;
    cs_error error = {0};
    if (cs__store_open_read(path, 100, &db, &error) != CS_ERR_IO ||
        strstr(error.message, "can't be read: Permission denied") == NULL)
        _exit(1);
}

static void test_read_only_folder(void **state)
{
    (void)state;
    make_index();
    chmod(path, 0444);
    chmod(folder, 0555);
    as_nobody(read_it);
    as_nobody(cannot_write_it);
    chmod(path, 0);
    as_nobody(cannot_read_it);
}

/* A file left in WAL mode (the writer was killed after a checkpoint) and moved to a read-only medium. */
static void test_read_only_folder_in_wal_mode(void **state)
{
    (void)state;
    int created = 0;
    cs__store_close(open_write(&created)); /* not settled: the file says WAL */
    chmod(path, 0444);
    chmod(folder, 0555);
    as_nobody(read_it);
}

static void test_reader_beside_writer(void **state)
{
    (void)state;
    int created = 0;
    sqlite3 *writer = open_write(&created), *reader = NULL;
    exec(writer, "BEGIN IMMEDIATE; INSERT INTO meta VALUES ('x', 1)");
    assert_int_equal(cs__store_open_read(path, 0, &reader, NULL), CS_OK);
    exec(reader, "BEGIN; SELECT * FROM meta");
    exec(writer, "COMMIT");
    exec(reader, "COMMIT");
    cs__store_settle(writer); /* the reader is there: it stays in WAL mode, without an error */
    exec(reader, "SELECT * FROM meta");
    cs__store_close(reader);
    cs__store_close(writer);
}

static void test_settled_is_one_file(void **state)
{
    char wal[160];
    (void)state;
    make_index();
    snprintf(wal, sizeof wal, "%s-wal", path);
    assert_int_equal(access(wal, F_OK), -1);
    FILE *file = fopen(path, "rb");
    assert_int_equal(fseek(file, 18, SEEK_SET), 0); /* file format: 1 = rollback journal, 2 = WAL */
    assert_int_equal(fgetc(file), 1);
    fclose(file);
}

static void test_lock(void **state)
{
    (void)state;
    struct cs__store_lock *first = NULL, *second = NULL;
    cs_error error = {0};
    char pid[32], name[160];
    snprintf(pid, sizeof pid, "process %ld on ", (long)getpid());
    snprintf(name, sizeof name, "%s.lock", path);
    assert_int_equal(cs__store_lock(path, 100, &first, &error), CS_OK);
    assert_int_equal(cs__store_lock(path, 100, &second, &error), CS_ERR_BUSY);
    assert_null(second);
    assert_non_null(strstr(error.message, pid));
    assert_non_null(strstr(error.message, " since 2"));
    cs__store_unlock(first);
    assert_int_equal(access(name, F_OK), -1);
    assert_int_equal(cs__store_lock(path, 100, &second, &error), CS_OK);
    cs__store_unlock(second);
    cs__store_unlock(NULL);
}

/* A killed writer's lock file says nothing to the next. */
static void test_lock_of_a_killed_writer(void **state)
{
    (void)state;
    struct cs__store_lock *lock = NULL;
    pid_t child = fork();
    if (child == 0) {
        if (cs__store_lock(path, 100, &lock, NULL) != CS_OK)
            _exit(1);
        _exit(0); /* without unlocking */
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(cs__store_lock(path, 100, &lock, NULL), CS_OK);
    cs__store_unlock(lock);
}

/* The second of two writers gets the lock as soon as the first lets go. */
static void test_lock_is_waited_for(void **state)
{
    (void)state;
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct cs__store_lock *held = NULL;
        if (cs__store_lock(path, 100, &held, NULL) != CS_OK || write(ready[1], "x", 1) != 1)
            _exit(1);
        usleep(200000);
        cs__store_unlock(held);
        _exit(0);
    }
    char byte;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    struct cs__store_lock *lock = NULL;
    assert_int_equal(cs__store_lock(path, 10000, &lock, NULL), CS_OK);
    cs__store_unlock(lock);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_create_and_read),
        TEST(test_not_an_index),
        TEST(test_other_versions),
        TEST(test_damaged),
        TEST(test_folder_is_missing),
        TEST(test_read_only_folder),
        TEST(test_read_only_folder_in_wal_mode),
        TEST(test_reader_beside_writer),
        TEST(test_settled_is_one_file),
        TEST(test_lock),
        TEST(test_lock_of_a_killed_writer),
        TEST(test_lock_is_waited_for),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
