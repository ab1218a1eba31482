/* SPDX-License-Identifier: MIT */
/* cs-index's command line, read: what each mode of the program gets. */
#ifndef INDEXER_CLI_INDEX_H
#define INDEXER_CLI_INDEX_H

#include <csearch.h>

#include "cli/options.h"
#include "cli/terminal.h"

/** Exit statuses of DESIGN 6. */
enum { CS__EXIT_OK = 0, CS__EXIT_SOME = 1, CS__EXIT_NOTHING = 2 };

/** Values of the options, and the operands. */
struct cs__index_cli {
    const char *index;
    char *path; /**< of the index, after looking at the environment; owned by main */
    unsigned jobs, timeout, memory;
    struct cs__option_list set, remove;
    int prune, force, retry_failed, dry_run, optimize;
    int quiet, verbose;
    int progress; /**< enum cs__when */
    int list, visits, recommendations, check, stats, verify;
    int format; /**< enum cs__list_format */
    char **paths;
    size_t path_count;
};

extern const struct cs__program cs__index_program;

/** "cs-index: …" and a newline on stderr. */
void cs__complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** The message of a failed call. Returns CS__EXIT_NOTHING. */
int cs__complain_of(const cs_error *error);

/** Index, remove, prune, optimize. Returns the exit status, as the others do. */
int cs__index_run(const struct cs__index_cli *cli);
/** --list, --visits, --recommendations, --check */
int cs__index_list(const struct cs__index_cli *cli);
/** --stats */
int cs__index_stats(const struct cs__index_cli *cli);
/** --verify */
int cs__index_verify(const struct cs__index_cli *cli);

#endif
