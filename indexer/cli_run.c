/* SPDX-License-Identifier: MIT */
/* A run: options -> the writer's calls; what happens to each file -> lines on stderr. */
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/cli_index.h"
#include "indexer/cli_progress.h"

/* Set by a signal; looked at by the progress callback. */
static volatile sig_atomic_t stopped;

struct run {
    const struct cs__index_cli *cli;
    struct cs__progress progress;
    cs_override *overrides;
    cs_writer *writer;
};

static void stop(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

/* The first signal ends the run in good order, a second one at once. A file size limit is an error like a
 * full disk. */
static void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        sigaction(numbers[i], &action, NULL);
    signal(SIGXFSZ, SIG_IGN);
}

static int on_progress(void *context, const char *stage, uint64_t done, uint64_t total)
{
    struct run *run = context;
    cs__progress_update(&run->progress, stage, done, total);
    return stopped;
}

static void print_line(const char *what, const char *path, const char *message)
{
    fputs(what, stderr);
    cs__terminal_print(stderr, path, strlen(path));
    if (message != NULL) {
        fputs(": ", stderr);
        cs__terminal_print(stderr, message, strlen(message));
    }
    fputc('\n', stderr);
}

static void on_report(void *context, cs_outcome outcome, const char *path, const char *message)
{
    static const char *const words[] = {
        [CS_OUTCOME_ADDED] = "added ",         [CS_OUTCOME_REPLACED] = "replaced ",
        [CS_OUTCOME_UNCHANGED] = "unchanged ", [CS_OUTCOME_REMOVED] = "removed ",
        [CS_OUTCOME_FAILED] = "cs-index: ",    [CS_OUTCOME_WARNING] = "cs-index: warning: ",
    };
    struct run *run = context;
    const struct cs__index_cli *cli = run->cli;
    int says = outcome == CS_OUTCOME_FAILED || (outcome == CS_OUTCOME_WARNING ? !cli->quiet : cli->verbose) ||
               (cli->dry_run && !cli->quiet && outcome != CS_OUTCOME_UNCHANGED);
    if (!says)
        return;
    cs__progress_clear(&run->progress);
    if (cli->dry_run && outcome != CS_OUTCOME_FAILED && outcome != CS_OUTCOME_WARNING)
        fputs("would be ", stderr);
    print_line(words[outcome], path, message);
}

/* "KEY=VALUE" cut at its sign, in place: the words are the program's own. */
static int read_overrides(struct run *run)
{
    const struct cs__option_list *set = &run->cli->set;
    run->overrides = calloc(set->count + 1, sizeof *run->overrides);
    if (run->overrides == NULL) {
        cs__complain("out of memory");
        return -1;
    }
    for (size_t i = 0; i < set->count; i++) {
        char *sign = strchr(set->items[i], '=');
        if (sign == NULL || sign == set->items[i]) {
            cs__complain("--set takes KEY=VALUE, not '%s'", set->items[i]);
            return -1;
        }
        *sign = '\0';
        run->overrides[i] = (cs_override){set->items[i], sign + 1};
    }
    return 0;
}

static cs_status open_writer(struct run *run, cs_error *error)
{
    const struct cs__index_cli *cli = run->cli;
    cs_writer_options options = CS_WRITER_OPTIONS_INIT;
    options.jobs = cli->jobs;
    options.timeout_ms = cli->timeout * 1000;
    options.max_memory_bytes = (uint64_t)cli->memory << 20;
    options.force = cli->force;
    options.retry_failed = cli->retry_failed;
    options.dry_run = cli->dry_run;
    options.report = on_report;
    options.report_context = run;
    options.progress = on_progress;
    options.progress_context = run;
    return cs_writer_open(cli->path, &options, &run->writer, error);
}

/* The steps that were asked for, up to the first that fails. */
static cs_status work(struct run *run, cs_error *error)
{
    const struct cs__index_cli *cli = run->cli;
    const char *const *paths = (const char *const *)cli->paths;
    cs_status status = CS_OK;
    for (size_t i = 0; i < cli->remove.count && status == CS_OK; i++)
        status = cs_writer_remove(run->writer, cli->remove.items[i], error);
    if (status == CS_OK && cli->path_count > 0)
        status =
            cs_writer_add_paths(run->writer, paths, cli->path_count, run->overrides, cli->set.count, error);
    if (status == CS_OK && cli->prune)
        status = cs_writer_prune(run->writer, paths, cli->path_count, error);
    if (status == CS_OK || status == CS_ERR_CANCELLED) {
        cs_status committed = cs_writer_commit(run->writer, status == CS_OK ? error : NULL);
        status = status == CS_OK ? committed : status;
    }
    if (status == CS_OK && cli->optimize)
        status = cs_writer_optimize(run->writer, error);
    return status;
}

static void print_count(uint64_t count, const char *what, int *first)
{
    char number[32];
    if (count == 0)
        return;
    fprintf(stderr, "%s%s %s", *first ? "" : ", ", cs__thousands(count, number), what);
    *first = 0;
}

static void print_summary(const struct run *run, const cs_run_counts *counts)
{
    char documents[32], passages[32];
    int first = 1;
    if (run->cli->quiet)
        return;
    print_count(counts->added, "added", &first);
    print_count(counts->replaced, "replaced", &first);
    print_count(counts->unchanged, "unchanged", &first);
    print_count(counts->removed, "removed", &first);
    print_count(counts->failed, "failed", &first);
    if (first)
        fputs("nothing to do", stderr);
    if (counts->documents > 0)
        fprintf(stderr, "; %s document%s, %s passage%s, %.1f MB of text in %.1f s",
                cs__thousands(counts->documents, documents), counts->documents == 1 ? "" : "s",
                cs__thousands(counts->passages, passages), counts->passages == 1 ? "" : "s",
                (double)counts->bytes / 1e6, (double)(cs__now_ms() - run->progress.began_ms) / 1000);
    fputc('\n', stderr);
}

static int exit_status(const cs_run_counts *counts)
{
    if (counts->failed == 0)
        return CS__EXIT_OK;
    uint64_t done =
        counts->added + counts->replaced + counts->unchanged + counts->removed + counts->documents;
    return done > 0 ? CS__EXIT_SOME : CS__EXIT_NOTHING;
}

static int finish(struct run *run, cs_status status, const cs_error *error)
{
    cs_run_counts counts;
    cs_writer_counts(run->writer, &counts);
    cs__progress_clear(&run->progress);
    if (status == CS_ERR_CANCELLED) {
        cs__complain("stopped at %" PRIu64 " of %" PRIu64
                     " files; what was indexed is kept, and the next run goes on from there",
                     run->progress.files_done, run->progress.files_total);
        return CS__EXIT_SOME;
    }
    if (status != CS_OK)
        return cs__complain_of(error);
    print_summary(run, &counts);
    return exit_status(&counts);
}

int cs__index_run(const struct cs__index_cli *cli)
{
    struct run run = {.cli = cli};
    cs_error error = {0};
    int shows = !cli->quiet && (cli->progress == CS__WHEN_ALWAYS ||
                                (cli->progress == CS__WHEN_AUTO && cs__terminal_is(stderr)));
    int result = CS__EXIT_NOTHING;
    cs__progress_begin(&run.progress, shows ? stderr : NULL);
    catch_signals();
    if (read_overrides(&run) == 0) {
        cs_status status = open_writer(&run, &error);
        result = status == CS_OK ? finish(&run, work(&run, &error), &error) : cs__complain_of(&error);
        cs_writer_close(run.writer);
    }
    free(run.overrides);
    return result;
}
