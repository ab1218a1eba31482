/* SPDX-License-Identifier: MIT */
/* Option tables: every form of writing an option, every way of getting it wrong, and the help text. */
#include "cli/options.h"
#include "cli/terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct values {
    const char *index;
    int quiet, verbose;
    unsigned jobs;
    int progress;
    struct cs__option_list set;
    const char *compare[2];
};

#define AT(field) offsetof(struct values, field)
static const struct cs__option table[] = {
    {.name = "index",
     .letter = 'd',
     .kind = CS__OPTION_TEXT,
     .offset = AT(index),
     .argument = "FILE",
     .help = "index file",
     .group = "Where:"},
    {.name = "quiet", .letter = 'q', .offset = AT(quiet), .help = "say nothing"},
    {.name = "verbose", .letter = 'v', .offset = AT(verbose), .help = "say more"},
    {.name = "jobs",
     .letter = 'j',
     .kind = CS__OPTION_NUMBER,
     .offset = AT(jobs),
     .argument = "N",
     .help = "processes",
     .min = 1,
     .max = 64},
    {.name = "progress",
     .kind = CS__OPTION_CHOICE,
     .offset = AT(progress),
     .argument = "auto|always|never",
     .help = "when to show how far it is"},
    {.name = "set", .kind = CS__OPTION_LIST, .offset = AT(set), .argument = "KEY=VALUE", .help = "override"},
    {.name = "compare",
     .kind = CS__OPTION_PAIR,
     .offset = AT(compare),
     .argument = "VISIT VISIT",
     .help = "side by side"},
};
static const struct cs__program program = {.name = "prog",
                                           .operands = "PATH...",
                                           .summary = "Test options.",
                                           .after = "exit status: 0\n",
                                           .dash_hint = "write -- before it",
                                           .options = table,
                                           .option_count = sizeof table / sizeof table[0]};

enum { WORDS = 12 };

/* Parse words up to NULL; `argv` then begins with the operands. */
static enum cs__parsed parse(struct values *values, const char *const *words, char *argv[WORDS],
                             size_t *operands, char *message)
{
    int argc = 0;
    argv[argc++] = (char *)(uintptr_t) "prog";
    while (*words != NULL)
        argv[argc++] = (char *)(uintptr_t)*words++;
    return cs__options_parse(&program, argc, argv, values, operands, message);
}

static void test_every_form(void **state)
{
    (void)state;
    const char *const words[] = {"a",     "-qvj", "8",           "--index=x.db",     "b",
                                 "--set", "k=v",  "--set=k2=v2", "--progress=never", "--",
                                 "-q",    NULL};
    struct values values = {0};
    char *argv[WORDS];
    size_t operands = 0;
    char message[CS__OPTION_MESSAGE_SIZE];
    assert_int_equal(parse(&values, words, argv, &operands, message), CS__PARSED_RUN);
    assert_int_equal(operands, 3);
    assert_string_equal(argv[0], "a");
    assert_string_equal(argv[1], "b");
    assert_string_equal(argv[2], "-q");
    assert_string_equal(values.index, "x.db");
    assert_true(values.quiet && values.verbose);
    assert_int_equal(values.jobs, 8);
    assert_int_equal(values.progress, 2);
    assert_int_equal(values.set.count, 2);
    assert_string_equal(values.set.items[1], "k2=v2");
    cs__options_free(&program, &values);
    assert_int_equal(values.set.count, 0);
}

static void test_pair_and_attached(void **state)
{
    (void)state;
    const char *const words[] = {"--compare", "x/2018", "x/2022", "-dfile", "-", "-j1", NULL};
    struct values values = {0};
    char *argv[WORDS];
    size_t operands = 0;
    char message[CS__OPTION_MESSAGE_SIZE];
    assert_int_equal(parse(&values, words, argv, &operands, message), CS__PARSED_RUN);
    assert_string_equal(values.compare[0], "x/2018");
    assert_string_equal(values.compare[1], "x/2022");
    assert_string_equal(values.index, "file");
    assert_int_equal(values.jobs, 1);
    assert_int_equal(operands, 1);
    assert_string_equal(argv[0], "-");
}

static void test_mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *words[4];
        const char *says;
    } cases[] = {
        {{"--verbsoe"}, "did you mean '--verbose'?"},
        {{"--comp=x"}, "did you mean '--compare'?"},
        {{"--quite"}, "did you mean '--quiet'?"},
        {{"--zzzzzz"}, "unknown option '--zzzzzz'; 'prog --help' lists them"},
        {{"-children"}, "unknown option '-children'; write -- before it"},
        {{"-qz"}, "unknown option '-z' in '-qz'"},
        {{"--quiet=1"}, "--quiet takes no argument"},
        {{"--index"}, "--index needs an argument: FILE"},
        {{"-j"}, "--jobs needs an argument: N"},
        {{"-j", "many"}, "--jobs takes a number, not 'many'"},
        {{"-j", "-3"}, "--jobs takes a number, not '-3'"},
        {{"-j", "4x"}, "--jobs takes a number, not '4x'"},
        {{"-j", "0"}, "from 1 to 64, not '0'"},
        {{"-j", "99999999999999999999999"}, "from 1 to 64"},
        {{"--progress=maybe"}, "--progress takes one of auto|always|never, not 'maybe'"},
        {{"--compare", "one"}, "--compare takes two arguments: VISIT VISIT"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct values values = {0};
        char *argv[WORDS];
        size_t operands = 0;
        char message[CS__OPTION_MESSAGE_SIZE];
        assert_int_equal(parse(&values, cases[i].words, argv, &operands, message), CS__PARSED_ERROR);
        if (strstr(message, cases[i].says) == NULL)
            fail_msg("'%s' is not in '%s'", cases[i].says, message);
        cs__options_free(&program, &values);
    }
}

static void test_help_and_version(void **state)
{
    (void)state;
    static const struct {
        const char *words[2];
        enum cs__parsed parsed;
    } cases[] = {{{"--help"}, CS__PARSED_HELP},
                 {{"-qh"}, CS__PARSED_HELP},
                 {{"--version"}, CS__PARSED_VERSION},
                 {{"-V"}, CS__PARSED_VERSION}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct values values = {0};
        char *argv[WORDS];
        size_t operands = 0;
        char message[CS__OPTION_MESSAGE_SIZE];
        assert_int_equal(parse(&values, cases[i].words, argv, &operands, message), cases[i].parsed);
    }
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    cs__options_help(&program, out, 80);
    fclose(out);
    assert_non_null(strstr(text, "usage: prog [OPTIONS] PATH...\n"));
    assert_non_null(strstr(text, "\nWhere:\n  -d, --index FILE           index file\n"));
    assert_non_null(strstr(text, "      --progress auto|always|never\n"));
    assert_non_null(strstr(text, "exit status: 0\n"));
    free(text);
}

static void test_columns(void **state)
{
    (void)state;
    assert_int_equal(cs__terminal_columns("na\xC3\xAFve", 6), 5);
    assert_int_equal(cs__terminal_columns("\xE6\xBC\xA2\xE5\xAD\x97", 6), 4);
    assert_int_equal(cs__terminal_columns("e\xCC\x81", 3), 1);
    assert_int_equal(cs__terminal_fit("\xE6\xBC\xA2\xE5\xAD\x97", 6, 3), 3);
    assert_int_equal(cs__terminal_fit("abc", 3, 9), 3);
}

static void test_print_is_safe(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    static const char nasty[] = "a\x1B[2Jb\tc\xFF\xC2\x9B\xE2\x80\xAE.";
    cs__terminal_print(out, nasty, sizeof nasty - 1);
    fclose(out);
    assert_string_equal(text, "a\xEF\xBF\xBD[2Jb c\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD.");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_form), cmocka_unit_test(test_pair_and_attached),
        cmocka_unit_test(test_mistakes),   cmocka_unit_test(test_help_and_version),
        cmocka_unit_test(test_columns),    cmocka_unit_test(test_print_is_safe),
    };
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
