/* SPDX-License-Identifier: MIT */
/* Options: argv -> the program's struct, by its table. */
#include "cli/options.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Edit distance up to which a mistyped name is taken for another. */
enum { NEAR_ENOUGH = 2, NAME_SIZE_MAX = 48 };

struct parse {
    const struct cs__program *program;
    int argc;
    char **argv;
    int at; /* the next word */
    void *values;
    char *message;
};

static enum cs__parsed fail(struct parse *parse, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static enum cs__parsed fail(struct parse *parse, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(parse->message, CS__OPTION_MESSAGE_SIZE, format, arguments);
    va_end(arguments);
    return CS__PARSED_ERROR;
}

static const struct cs__option *find_long(const struct cs__program *program, const char *name, size_t size)
{
    for (size_t i = 0; i < program->option_count; i++) {
        const char *known = program->options[i].name;
        if (strlen(known) == size && memcmp(known, name, size) == 0)
            return &program->options[i];
    }
    return NULL;
}

static const struct cs__option *find_short(const struct cs__program *program, char letter)
{
    for (size_t i = 0; i < program->option_count; i++)
        if (program->options[i].letter == letter)
            return &program->options[i];
    return NULL;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: insertions, deletions, changes, and swaps of neighbours. */
static unsigned distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    unsigned rows[3][NAME_SIZE_MAX + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];
    if (a_size > NAME_SIZE_MAX || b_size > NAME_SIZE_MAX)
        return UINT_MAX;
    for (size_t j = 0; j <= b_size; j++)
        last[j] = (unsigned)j;
    for (size_t i = 1; i <= a_size; i++) {
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_size; j++) {
            row[j] = least(least(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        unsigned *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b_size];
}

/* The known name nearest to what was typed, by distance or because it begins with it; NULL when none is near.
 */
static const char *suggest(const struct cs__program *program, const char *name, size_t size)
{
    const char *best = NULL;
    unsigned best_distance = NEAR_ENOUGH + 1;
    for (size_t i = 0; i < program->option_count; i++) {
        const char *known = program->options[i].name;
        unsigned d = distance(name, size, known, strlen(known));
        if (size >= 3 && strncmp(known, name, size) == 0)
            d = least(d, NEAR_ENOUGH);
        if (d < best_distance && d < size) {
            best = known;
            best_distance = d;
        }
    }
    return best;
}

static enum cs__parsed unknown_long(struct parse *parse, const char *word, size_t size)
{
    const char *near = suggest(parse->program, word + 2, size - 2);
    if (near != NULL)
        return fail(parse, "unknown option '%.*s': did you mean '--%s'?", (int)size, word, near);
    return fail(parse, "unknown option '%.*s'; '%s --help' lists them", (int)size, word,
                parse->program->name);
}

static enum cs__parsed set_number(struct parse *parse, const struct cs__option *option, const char *text,
                                  unsigned *out)
{
    unsigned max = option->max ? option->max : UINT_MAX;
    char *end = NULL;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0')
        return fail(parse, "--%s takes a number, not '%s'", option->name, text);
    if (errno != 0 || number < option->min || number > max)
        return fail(parse, "--%s takes a number from %u to %u, not '%s'", option->name, option->min, max,
                    text);
    *out = (unsigned)number;
    return CS__PARSED_RUN;
}

static enum cs__parsed set_choice(struct parse *parse, const struct cs__option *option, const char *text,
                                  int *out)
{
    size_t size = strlen(text);
    int index = 0;
    for (const char *choice = option->argument;; index++) {
        size_t length = strcspn(choice, "|");
        if (length == size && memcmp(choice, text, size) == 0) {
            *out = index;
            return CS__PARSED_RUN;
        }
        if (choice[length] == '\0')
            break;
        choice += length + 1;
    }
    return fail(parse, "--%s takes one of %s, not '%s'", option->name, option->argument, text);
}

static enum cs__parsed add_to_list(struct parse *parse, struct cs__option_list *list, const char *text)
{
    const char **items = realloc(list->items, (list->count + 1) * sizeof *items);
    if (items == NULL)
        return fail(parse, "out of memory");
    list->items = items;
    list->items[list->count++] = text;
    return CS__PARSED_RUN;
}

static enum cs__parsed set_value(struct parse *parse, const struct cs__option *option, const char *text)
{
    void *value = (char *)parse->values + option->offset;
    switch (option->kind) {
    case CS__OPTION_FLAG:
        *(int *)value = 1;
        return CS__PARSED_RUN;
    case CS__OPTION_TEXT:
        *(const char **)value = text;
        return CS__PARSED_RUN;
    case CS__OPTION_NUMBER:
        return set_number(parse, option, text, value);
    case CS__OPTION_CHOICE:
        return set_choice(parse, option, text, value);
    case CS__OPTION_LIST:
        return add_to_list(parse, value, text);
    case CS__OPTION_PAIR:
        if (parse->at >= parse->argc)
            return fail(parse, "--%s takes two arguments: %s", option->name, option->argument);
        ((const char **)value)[0] = text;
        ((const char **)value)[1] = parse->argv[parse->at++];
        return CS__PARSED_RUN;
    }
    return fail(parse, "--%s: internal error", option->name);
}

/* An option with the argument that stands in its own word, or else in the next. */
static enum cs__parsed take(struct parse *parse, const struct cs__option *option, const char *attached)
{
    if (option->kind == CS__OPTION_FLAG)
        return set_value(parse, option, NULL);
    if (attached == NULL && parse->at >= parse->argc)
        return fail(parse, "--%s needs an argument: %s", option->name, option->argument);
    return set_value(parse, option, attached != NULL ? attached : parse->argv[parse->at++]);
}

static enum cs__parsed parse_long(struct parse *parse, const char *word)
{
    size_t size = strcspn(word, "=");
    const char *attached = word[size] == '=' ? word + size + 1 : NULL;
    if (strcmp(word, "--help") == 0)
        return CS__PARSED_HELP;
    if (strcmp(word, "--version") == 0)
        return CS__PARSED_VERSION;
    const struct cs__option *option = find_long(parse->program, word + 2, size - 2);
    if (option == NULL)
        return unknown_long(parse, word, size);
    if (attached != NULL && option->kind == CS__OPTION_FLAG)
        return fail(parse, "--%s takes no argument", option->name);
    return take(parse, option, attached);
}

static enum cs__parsed parse_short(struct parse *parse, const char *word)
{
    const char *hint = parse->program->dash_hint;
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        const struct cs__option *option = find_short(parse->program, *letter);
        if (option == NULL && (*letter == 'h' || *letter == 'V'))
            return *letter == 'h' ? CS__PARSED_HELP : CS__PARSED_VERSION;
        if (option == NULL && letter == word + 1 && hint != NULL)
            return fail(parse, "unknown option '%s'; %s", word, hint);
        if (option == NULL)
            return fail(parse, "unknown option '-%c' in '%s'; '%s --help' lists them", *letter, word,
                        parse->program->name);
        int takes = option->kind != CS__OPTION_FLAG;
        enum cs__parsed parsed = take(parse, option, takes && letter[1] != '\0' ? letter + 1 : NULL);
        if (parsed != CS__PARSED_RUN || takes)
            return parsed;
    }
    return CS__PARSED_RUN;
}

enum cs__parsed cs__options_parse(const struct cs__program *program, int argc, char **argv, void *values,
                                  size_t *operand_count, char message[CS__OPTION_MESSAGE_SIZE])
{
    struct parse parse = {program, argc, argv, 1, values, message};
    int only_operands = 0;
    *operand_count = 0;
    message[0] = '\0';
    while (parse.at < argc) {
        char *word = argv[parse.at++];
        enum cs__parsed parsed = CS__PARSED_RUN;
        if (only_operands || word[0] != '-' || word[1] == '\0')
            argv[(*operand_count)++] = word;
        else if (strcmp(word, "--") == 0)
            only_operands = 1;
        else
            parsed = word[1] == '-' ? parse_long(&parse, word) : parse_short(&parse, word);
        if (parsed != CS__PARSED_RUN)
            return parsed;
    }
    return CS__PARSED_RUN;
}

void cs__options_free(const struct cs__program *program, void *values)
{
    for (size_t i = 0; i < program->option_count; i++) {
        if (program->options[i].kind != CS__OPTION_LIST)
            continue;
        struct cs__option_list *list =
            (struct cs__option_list *)(void *)((char *)values + program->options[i].offset);
        free(list->items);
        *list = (struct cs__option_list){NULL, 0};
    }
}

/* Help: names in the left column, sentences wrapped in the right. */

enum { HELP_COLUMN = 29, HELP_WIDTH_MIN = 60, HELP_WIDTH_MAX = 110 };

static void wrap(FILE *out, const char *text, unsigned column, unsigned width)
{
    unsigned at = column;
    while (*text != '\0') {
        size_t size = strcspn(text, " ");
        if (at > column && at + 1 + size > width) {
            fprintf(out, "\n%*s", (int)column, "");
            at = column;
        }
        if (at > column) {
            fputc(' ', out);
            at++;
        }
        fwrite(text, 1, size, out);
        at += (unsigned)size;
        text += size + (text[size] == ' ');
    }
    fputc('\n', out);
}

static void print_option(const struct cs__option *option, FILE *out, unsigned width)
{
    int used = option->letter ? fprintf(out, "  -%c, --%s", option->letter, option->name)
                              : fprintf(out, "      --%s", option->name);
    if (option->argument != NULL)
        used += fprintf(out, " %s", option->argument);
    if (used >= HELP_COLUMN - 1)
        fprintf(out, "\n%*s", HELP_COLUMN, "");
    else
        fprintf(out, "%*s", HELP_COLUMN - used, "");
    wrap(out, option->help, HELP_COLUMN, width);
}

void cs__options_help(const struct cs__program *program, FILE *out, unsigned width)
{
    static const struct cs__option always[] = {
        {.name = "help", .letter = 'h', .help = "print this"},
        {.name = "version", .letter = 'V', .help = "print the version"},
    };
    width = width < HELP_WIDTH_MIN ? HELP_WIDTH_MIN : width > HELP_WIDTH_MAX ? HELP_WIDTH_MAX : width;
    fprintf(out, "usage: %s [OPTIONS] %s\n\n", program->name, program->operands);
    wrap(out, program->summary, 0, width);
    for (size_t i = 0; i < program->option_count; i++) {
        if (program->options[i].group != NULL)
            fprintf(out, "\n%s\n", program->options[i].group);
        else if (i == 0)
            fputc('\n', out);
        print_option(&program->options[i], out, width);
    }
    fputc('\n', out);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        print_option(&always[i], out, width);
    if (program->after != NULL)
        fprintf(out, "\n%s", program->after);
}
