/* SPDX-License-Identifier: MIT */
/* For tests of the writer: a folder of its own, files in it, a writer on an index beside it, and what the
 * index then holds. */
#ifndef TESTS_WRITER_FIXTURE_H
#define TESTS_WRITER_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <csearch.h>
#include <sqlite3.h>

#include "core/buffer.h"

struct fixture {
    char folder[64], papers[96], index[96], extract[256];
    cs_writer_options options;
    cs_run_counts counts;     /* of the last run */
    struct cs__buffer report; /* of the last run: "OUTCOME name: message\n" */
    int stop_after;           /* progress calls; 0 = never */
};

static inline int fixture_begin(struct fixture *fixture)
{
    const char *build = getenv("BUILD");
    *fixture = (struct fixture){.options = CS_WRITER_OPTIONS_INIT};
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/cs-writer-XXXXXX");
    if (mkdtemp(fixture->folder) == NULL)
        return -1;
    snprintf(fixture->papers, sizeof fixture->papers, "%s/papers", fixture->folder);
    snprintf(fixture->index, sizeof fixture->index, "%s/i.db", fixture->folder);
    snprintf(fixture->extract, sizeof fixture->extract, "%s/cs-extract",
             build != NULL ? build : "build/release");
    fixture->options.extract_program = fixture->extract;
    fixture->options.jobs = 2;
    fixture->options.busy_timeout_ms = 200;
    return mkdir(fixture->papers, 0755);
}

static inline int fixture_end(struct fixture *fixture)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
    cs__buffer_free(&fixture->report);
    return system(command) == 0 ? 0 : -1;
}

static inline void fixture_path(const struct fixture *fixture, const char *name, char out[200])
{
    snprintf(out, 200, "%s/%s", fixture->papers, name);
}

static inline void fixture_bytes(const struct fixture *fixture, const char *name, const void *bytes,
                                 size_t size)
{
    char path[200];
    fixture_path(fixture, name, path);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, size, out), size);
    fclose(out);
}

static inline void fixture_file(const struct fixture *fixture, const char *name, const char *text)
{
    fixture_bytes(fixture, name, text, strlen(text));
}

static inline void fixture_on_report(void *context, cs_outcome outcome, const char *path, const char *message)
{
    static const char *const names[] = {"?",       "added",  "replaced", "unchanged",
                                        "removed", "failed", "warning"};
    struct fixture *fixture = context;
    const char *name = strrchr(path, '/');
    cs__buffer_printf(&fixture->report, "%s %s%s%s\n", names[outcome], name != NULL ? name + 1 : path,
                      message != NULL ? ": " : "", message != NULL ? message : "");
}

static inline int fixture_on_progress(void *context, const char *stage, uint64_t done, uint64_t total)
{
    struct fixture *fixture = context;
    assert_true(total == 0 || done <= total);
    assert_true(strcmp(stage, "files") == 0 || strcmp(stage, "bytes") == 0);
    return fixture->stop_after > 0 && --fixture->stop_after == 0;
}

static inline cs_writer *fixture_open(struct fixture *fixture)
{
    cs_writer *writer = NULL;
    cs_error error = {0};
    fixture->options.report = fixture_on_report;
    fixture->options.report_context = fixture;
    fixture->options.progress = fixture_on_progress;
    fixture->options.progress_context = fixture;
    cs__buffer_clear(&fixture->report);
    cs__buffer_string(&fixture->report, "");
    if (cs_writer_open(fixture->index, &fixture->options, &writer, &error) != CS_OK)
        fail_msg("%s", error.message);
    return writer;
}

/* A whole run over the papers; overrides may be NULL. Returns the status of adding. */
static inline cs_status fixture_run_with(struct fixture *fixture, const cs_override *set, size_t count)
{
    cs_error error = {0};
    const char *paths[] = {fixture->papers};
    cs_writer *writer = fixture_open(fixture);
    cs_status status = cs_writer_add_paths(writer, paths, 1, set, count, &error);
    cs_error after = {0};
    if (cs_writer_commit(writer, &after) != CS_OK && status == CS_OK)
        fail_msg("%s", after.message);
    cs_writer_counts(writer, &fixture->counts);
    cs_writer_close(writer);
    return status;
}

static inline cs_status fixture_run(struct fixture *fixture)
{
    return fixture_run_with(fixture, NULL, 0);
}

static inline void fixture_expect(const struct fixture *fixture, const char *line)
{
    if (strstr(fixture->report.data, line) == NULL)
        fail_msg("'%s' is not in '%s'", line, fixture->report.data);
}

static inline int fixture_first_row(void *context, int columns, char **values, char **names)
{
    (void)columns;
    (void)names;
    *(long *)context = values[0] != NULL ? atol(values[0]) : -1;
    return 1;
}

/* The first column of the first row, read by a connection of its own that knows nothing of ours. */
static inline long fixture_number(const struct fixture *fixture, const char *sql)
{
    sqlite3 *db = NULL;
    long out = -1;
    assert_int_equal(sqlite3_open_v2(fixture->index, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    int status = sqlite3_exec(db, sql, fixture_first_row, &out, NULL);
    if (status != SQLITE_OK && status != SQLITE_ABORT)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
    return out;
}

static inline int fixture_on_finding(void *context, const char *what)
{
    (void)context;
    print_error("%s\n", what);
    return 0;
}

static inline void fixture_verify(const struct fixture *fixture)
{
    cs_error error = {0};
    if (cs_index_verify(fixture->index, fixture_on_finding, NULL, &error) != CS_OK)
        fail_msg("%s", error.message);
}

#endif
