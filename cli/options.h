/* SPDX-License-Identifier: MIT */
/* Options: a table says what a program takes. Input: the table and argv; output: a filled struct, the help
 * text, or a sentence that says what was wrong. Shell completion is made from the same table. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stddef.h>
#include <stdio.h>

enum cs__option_kind {
    CS__OPTION_FLAG = 0, /**< int: set to 1 */
    CS__OPTION_TEXT,     /**< const char *: the last one given */
    CS__OPTION_NUMBER,   /**< unsigned: `min` to `max` */
    CS__OPTION_CHOICE,   /**< int: index into the choices of `argument`, "auto|always|never" */
    CS__OPTION_LIST,     /**< struct cs__option_list: all that were given */
    CS__OPTION_PAIR      /**< const char *[2]: takes two arguments, "VISIT VISIT" */
};

/** One option. A table of them is constant; values go to `offset` in the program's own struct. */
struct cs__option {
    const char *name; /**< long name, without "--" */
    char letter;      /**< short name; 0 for none */
    enum cs__option_kind kind;
    size_t offset;         /**< offsetof() of its value */
    const char *argument;  /**< as help shows it, "FILE"; CHOICE: the choices, separated by '|' */
    const char *help;      /**< one sentence without a full stop */
    const char *group;     /**< heading in the help text, on the first option of a group; else NULL */
    unsigned min, max;     /**< NUMBER; max 0 means no bound */
    const char *completes; /**< what a shell may offer: "file", "authority", "visit", …, or words, "=a|b";
                              NULL for nothing */
    int is_field;          /**< a query takes it, too: "kind:article" */
};

/** Borrowed strings; the array is owned, free with cs__options_free(). */
struct cs__option_list {
    const char **items;
    size_t count;
};

/** A program's command line. --help (-h) and --version (-V) are understood everywhere and not in the table.
 */
struct cs__program {
    const char *name;      /**< "cs-index" */
    const char *operands;  /**< "PATH..." */
    const char *summary;   /**< what it does, one sentence */
    const char *after;     /**< end of the help text: exit status, examples; may be NULL */
    const char *dash_hint; /**< added when a word that begins with '-' is no option; may be NULL */
    const struct cs__option *options;
    size_t option_count;
};

enum cs__parsed { CS__PARSED_RUN = 0, CS__PARSED_HELP, CS__PARSED_VERSION, CS__PARSED_ERROR };

/** Bytes of a message of cs__options_parse(). */
#define CS__OPTION_MESSAGE_SIZE 512

/**
 * Read `argv` (`argc` words, argv[0] the program) into `values`, the struct that the table's offsets mean.
 *
 * `-d FILE`, `-dFILE`, `-qn`, `--index FILE`, `--index=FILE`; options and operands in any order; `--` ends
 * options; `-` is an operand. Operands are moved to argv[0], argv[1], … in their order, and counted in
 * `*operand_count`. Values not given stay as they were. Strings stay borrowed from `argv`.
 *
 * Returns what to do; on CS__PARSED_ERROR `message` is a sentence that names the option, with a suggestion
 * where one is near. In every case release `values` with cs__options_free().
 */
enum cs__parsed cs__options_parse(const struct cs__program *program, int argc, char **argv, void *values,
                                  size_t *operand_count, char message[CS__OPTION_MESSAGE_SIZE]);

/** Free the lists in `values` and empty them. */
void cs__options_free(const struct cs__program *program, void *values);

/** Print usage and the table to `out`, wrapped at `width` columns. */
void cs__options_help(const struct cs__program *program, FILE *out, unsigned width);

#endif
