/* SPDX-License-Identifier: MIT */
/* The command line of cs-search: what was asked, and the modes that answer. A new mode is one file and one
 * line of the table in main.c. */
#ifndef QUERY_CLI_SEARCH_H
#define QUERY_CLI_SEARCH_H

#include <csearch.h>

#include "cli/options.h"

/** Exit statuses (DESIGN 6). */
enum { CS__EXIT_FOUND = 0, CS__EXIT_NOTHING = 1, CS__EXIT_ERROR = 2 };

/** Values of the option table; filled by cs__options_parse(). */
struct cs__search_cli {
    const char *index, *batch, *vocabulary, *theme_file, *tone;
    const char *since, *until, *published_since, *published_until;
    const char *judgement, *overall, *authority, *kind, *visit, *section, *area;
    unsigned limit, offset, context;
    int format, match, sort, exact, explain, no_fold, color;
    int timeline, themes, follow_up;
    const char *compare[2]; /**< two visits */
    const char *serve;
    char **words; /**< operands: the query */
    size_t word_count;
};

/** The order of the choices of --format. */
enum cs__search_format {
    CS__FORMAT_TEXT = 0,
    CS__FORMAT_JSON,
    CS__FORMAT_JSONL,
    CS__FORMAT_CSV,
    CS__FORMAT_HTML,
    CS__FORMAT_KWIC,
    CS__FORMAT_TREC
};

extern const struct cs__program cs__search_program;

/** The name of a format, as --format has it. */
const char *cs__search_format_name(int format);

/** Options of the library as the command line has them; borrowed from `cli`. */
cs_search_options cs__search_cli_options(const struct cs__search_cli *cli);

/**
 * Open the index that the command line means.
 *
 * The caller owns the reader; NULL when it can't be opened (stderr says why).
 */
cs_reader *cs__search_cli_open(const struct cs__search_cli *cli);
/** The same, saying nothing: `error` tells why. */
cs_reader *cs__search_cli_try_open(const struct cs__search_cli *cli, cs_error *error);

/** The operands as one query, a blank between them; the caller frees it. NULL when memory is out. */
char *cs__search_cli_query(const struct cs__search_cli *cli);

/** What a mode makes of the query: builds it, prints it, and returns an exit status. */
typedef int (*cs__answer)(cs_reader *reader, const struct cs__search_cli *cli, const char *query);

/**
 * Open the index, put the query together, and have `answer` answer; returns an exit status.
 *
 * `mode` is the option that asks for it, for the message when `printable` is 0: there is no renderer of
 * that format.
 */
int cs__search_cli_ask(const struct cs__search_cli *cli, const char *mode, int printable, cs__answer answer);

/** Print a sentence to stderr, behind the program's name. */
void cs__complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Modes: whether the command line asks for one, and running it; that returns an exit status. */
int cs__search_is_asked(const struct cs__search_cli *cli);
int cs__search_run(const struct cs__search_cli *cli);
int cs__timeline_is_asked(const struct cs__search_cli *cli);
int cs__timeline_run(const struct cs__search_cli *cli);
int cs__themes_is_asked(const struct cs__search_cli *cli);
int cs__themes_run(const struct cs__search_cli *cli);
int cs__compare_is_asked(const struct cs__search_cli *cli);
int cs__compare_run(const struct cs__search_cli *cli);
int cs__follow_up_is_asked(const struct cs__search_cli *cli);
int cs__follow_up_run(const struct cs__search_cli *cli);
int cs__batch_is_asked(const struct cs__search_cli *cli);
int cs__batch_run(const struct cs__search_cli *cli);
int cs__tone_is_asked(const struct cs__search_cli *cli);
int cs__tone_run(const struct cs__search_cli *cli);
int cs__serve_is_asked(const struct cs__search_cli *cli);
int cs__serve_run(const struct cs__search_cli *cli);

#endif
