/* SPDX-License-Identifier: MIT */
/* Shell completion: the words of a command line so far -> what may stand in place of the last one.
 *
 * The scripts in completion/ ask the program itself, `cs-search --complete WORD...`, so that what a shell
 * offers is what the option table takes, and the authorities and visits are those of the index at hand. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "cli/options.h"

/** Where candidates go. */
struct cs__candidates {
    FILE *out;
    const char *lead; /**< printed before each candidate: "--kind=", "authority:", … */
    const char *word; /**< what candidates must begin with, in any letter case */
};

/**
 * Print one candidate and, after a tab, what it is (NULL for nothing); or nothing, where it doesn't fit.
 *
 * One that ends with '=' or ':' goes on: no space belongs after it.
 */
void cs__candidate(const struct cs__candidates *candidates, const char *text, const char *about);

/** The same for the words of "a|b|c". */
void cs__candidate_words(const struct cs__candidates *candidates, const char *words);

/**
 * Print the values of a kind: "authority", "visit", "judgement", "kind", "area" or, for the shell to fill in,
 * "file", which prints ":file". `index` is the index as it was named, NULL for the default one; where it
 * can't be read it has no authorities and visits.
 */
void cs__candidate_values(const struct cs__candidates *candidates, const char *kind, const char *index);

/**
 * Whether argv asks for completion: `--complete WORD...`, all words behind the program's name up to the one
 * at the cursor, which may be empty. If so, candidates are printed to stdout, a line each.
 */
int cs__completion_asked(const struct cs__program *program, int argc, char **argv);

#endif
