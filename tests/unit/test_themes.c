/* SPDX-License-Identifier: MIT */
/* The themes file: what it holds, and which theme a query names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "query/expand.h"
#include "query/occur.h"
#include "query/themes_resolve.h"

static struct cs__tokenizer *tokenizer;
static struct cs__themes *themes;

static int load(void **state)
{
    cs_error error;
    (void)state;
    return cs__tokenizer_new(&tokenizer) == CS_OK &&
                   cs__themes_load(tokenizer, NULL, &themes, &error) == CS_OK
               ? 0
               : -1;
}

static int unload(void **state)
{
    (void)state;
    cs__themes_free(themes);
    cs__tokenizer_free(tokenizer);
    return 0;
}

static const char *named(const char *text)
{
    const struct cs__theme *theme = cs__themes_find(themes, tokenizer, text, strlen(text));
    return theme != NULL ? theme->name : "none";
}

static int says(const struct cs__theme *theme, const char *text)
{
    struct cs__arena arena = {0};
    struct cs__expanded expanded;
    struct cs__words words;
    const struct cs__words none = {0};
    struct cs__expand_options options = {.tokenizer = tokenizer};
    struct cs__node *tree = cs__themes_tree(&theme->words, &arena);
    assert_non_null(tree);
    assert_int_equal(cs__expand(tree, &options, &expanded, NULL), CS_OK);
    assert_int_equal(cs__words_read(tokenizer, text, strlen(text), 1, &arena, &words), CS_OK);
    int holds = cs__tree_holds(expanded.tree, CS_MATCH_ALL, 0, &none, &words);
    cs__expanded_free(&expanded);
    cs__arena_free(&arena);
    return holds;
}

/* A reader who types a name must not miss a passage that has just these words. */
static void test_names_are_among_the_words(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < cs__themes_count(themes); i++) {
        const struct cs__theme *theme = cs__themes_get(themes, i);
        for (size_t j = 0; j < theme->names.count; j++) {
            if (!says(theme, theme->names.items[j])) {
                print_error("the words of \"%s\" miss its name \"%s\"\n", theme->name, theme->names.items[j]);
                failed = 1;
            }
        }
    }
    assert_false(failed);
}

static void test_each_name_is_of_one_theme(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < cs__themes_count(themes); i++) {
        const struct cs__theme *theme = cs__themes_get(themes, i);
        for (size_t j = 0; j < theme->names.count; j++) {
            if (strcmp(named(theme->names.items[j]), theme->name) != 0) {
                print_error("\"%s\" is of \"%s\" and of \"%s\"\n", theme->names.items[j], theme->name,
                            named(theme->names.items[j]));
                failed = 1;
            }
        }
    }
    assert_false(failed);
}

static void test_every_theme_has_a_scope(void **state)
{
    (void)state;
    assert_true(cs__themes_count(themes) >= 60);
    for (size_t i = 0; i < cs__themes_count(themes); i++) {
        const struct cs__theme *theme = cs__themes_get(themes, i);
        assert_non_null(theme->group);
        assert_true(theme->words.count > 0);
        assert_true(theme->any_scope || theme->scope.count > 0);
    }
}

static void test_found_by_any_form_and_order(void **state)
{
    (void)state;
    assert_string_equal(named("turnover"), "social worker turnover");
    assert_string_equal(named("Turnover of Social Workers"), "social worker turnover");
    assert_string_equal(named("UASC"), "unaccompanied asylum");
    assert_string_equal(named("uasc"), "unaccompanied asylum");
    assert_string_equal(named("mash"), "multi-agency safeguarding hub");
    assert_string_equal(named("participation / voice of the child"), "participation");
    assert_string_equal(named("homeless 16- and 17-year-olds"), "homeless 16 and 17 year olds");
    assert_string_equal(named("children missing"), "missing children");
    assert_string_equal(named("children missing education"), "children missing education");
    assert_string_equal(named("quality of supervision"), "supervision");
    assert_string_equal(named("support for foster carers"), "foster carers");
    assert_string_equal(named("hotels"), "none");
    assert_string_equal(named("turnover in the north"), "none");
    assert_string_equal(named(""), "none");
    assert_string_equal(named("/ - of the"), "none");
    assert_string_equal(named("services"), "none");
}

static void write_file(const char *text, char path[64])
{
    snprintf(path, 64, "/tmp/cs-themes-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

static void test_a_file_of_ones_own(void **state)
{
    (void)state;
    char path[64];
    cs_error error = {0};
    struct cs__themes *own = NULL;
    write_file("# mine\r\n\r\ntheme: county hall\r\nalso: the hall; plough lane\r\nwords: county hall; "
               "plough NEAR/2 lane\r\n\n"
               "theme: neglect\nwords: neglect\nscope: any",
               path);
    assert_int_equal(cs__themes_load(tokenizer, path, &own, &error), CS_OK);
    const struct cs__theme *theme = cs__themes_find(own, tokenizer, "Plough Lane", 11);
    assert_non_null(theme);
    assert_string_equal(theme->name, "county hall");
    assert_null(theme->group);
    assert_int_equal(theme->words.count, 2);
    assert_true(says(theme, "the lane they call Plough"));
    assert_false(says(theme, "the lane near the old plough"));
    theme = cs__themes_find(own, tokenizer, "neglect", 7);
    assert_int_equal(theme->words.count, 1);
    assert_true(theme->any_scope);
    assert_int_equal(cs__themes_count(own), cs__themes_count(themes) + 1);
    cs__themes_free(own);
    unlink(path);
}

static void expect_error(const char *text, const char *message)
{
    char path[64];
    cs_error error = {0};
    struct cs__themes *own = NULL;
    write_file(text, path);
    assert_int_equal(cs__themes_load(tokenizer, path, &own, &error), CS_ERR_ARGUMENT);
    assert_null(own);
    if (strstr(error.message, message) == NULL)
        fail_msg("%s: says \"%s\", not \"%s\"", text, error.message, message);
    unlink(path);
}

static void test_errors_name_the_line(void **state)
{
    (void)state;
    cs_error error = {0};
    struct cs__themes *own = NULL;
    expect_error("words: a; b\n", "line 1");
    expect_error("theme: a\nquery: b\n", "line 2");
    expect_error("theme: a\nnonsense\n", "line 2");
    expect_error("theme: a\n\ntheme: b\nwords: b\n", "\"a\" has no words");
    expect_error("theme:\n", "needs a name");
    assert_int_equal(cs__themes_load(tokenizer, "/no/such/file", &own, &error), CS_ERR_ARGUMENT);
    assert_non_null(strstr(error.message, "/no/such/file"));
    cs__themes_free(NULL);
}

static void test_names_that_are_near(void **state)
{
    const char *near[CS__THEMES_NEAR_MAX];
    (void)state;
    assert_int_equal(cs__themes_near(themes, "turnver", near), 1);
    assert_string_equal(near[0], "social worker turnover");
    assert_in_range(cs__themes_near(themes, "fostering", near), 1, CS__THEMES_NEAR_MAX);
    assert_int_equal(cs__themes_near(themes, "xylophones", near), 0);
    assert_int_equal(cs__themes_near(themes, "", near), 0);
    /* Many names have it in them: the list stays within its bound. */
    assert_int_equal(cs__themes_near(themes, "plan", near), CS__THEMES_NEAR_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_among_the_words), cmocka_unit_test(test_each_name_is_of_one_theme),
        cmocka_unit_test(test_every_theme_has_a_scope),   cmocka_unit_test(test_found_by_any_form_and_order),
        cmocka_unit_test(test_a_file_of_ones_own),        cmocka_unit_test(test_errors_name_the_line),
        cmocka_unit_test(test_names_that_are_near),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
