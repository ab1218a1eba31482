/* SPDX-License-Identifier: MIT */
/* The vocabulary and the expansion of queries by it: which words bring which others, and what stays as typed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "query/expand.h"
#include "query/parse.h"
#include "query/vocabulary.h"

static struct cs__tokenizer *tokenizer;
static struct cs__vocabulary *vocabulary;

static int set_up(void **state)
{
    (void)state;
    cs_error error = {0};
    if (cs__tokenizer_new(&tokenizer) != CS_OK)
        return -1;
    if (cs__vocabulary_load(tokenizer, NULL, &vocabulary, &error) != CS_OK) {
        print_error("%s\n", error.message);
        return -1;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    cs__vocabulary_free(vocabulary);
    cs__tokenizer_free(tokenizer);
    return 0;
}

static void dump_leaf(const struct cs__node *node, struct cs__buffer *out)
{
    for (size_t i = 0; i < node->term_count; i++)
        cs__buffer_printf(out, "%s%s", i > 0 ? "_" : "", node->terms[i]);
    if (node->kind == CS__NODE_PREFIX)
        cs__buffer_char(out, '*');
    for (size_t i = 0; node->forms != NULL && i < node->term_count; i++) {
        if (node->forms[i] != NULL)
            cs__buffer_printf(out, "=%s%s", node->forms[i], node->form_is_prefix ? "*" : "");
    }
}

/* A tree as `(BAG a (GROUP b c_d))`; variants as far as `variants` goes, then a dot. */
static void dump(const struct cs__node *node, size_t variants, struct cs__buffer *out)
{
    static const char *const names[] = {
        [CS__NODE_NEAR] = "NEAR", [CS__NODE_AND] = "AND", [CS__NODE_OR] = "OR",       [CS__NODE_NOT] = "NOT",
        [CS__NODE_BAG] = "BAG",   [CS__NODE_ALL] = "ALL", [CS__NODE_GROUP] = "GROUP",
    };
    if (node == NULL)
        return;
    if (node->child_count == 0 && node->kind != CS__NODE_ALL) {
        dump_leaf(node, out);
        return;
    }
    cs__buffer_printf(out, "(%s", names[node->kind]);
    for (size_t i = 0; i < node->child_count; i++) {
        if (node->kind == CS__NODE_GROUP && i > variants) {
            cs__buffer_string(out, " .");
            break;
        }
        cs__buffer_char(out, ' ');
        dump(node->children[i], variants, out);
    }
    cs__buffer_char(out, ')');
}

static void expand_with(struct cs__vocabulary *with, const char *text, int exact, struct cs__expanded *out)
{
    struct cs__lexemes lexemes;
    struct cs__query query;
    struct cs__expand_options options = {.tokenizer = tokenizer, .vocabulary = with, .exact = exact};
    assert_int_equal(cs__lex(text, strlen(text), &lexemes, NULL), CS_OK);
    assert_int_equal(cs__parse(&lexemes, &query, NULL), CS_OK);
    assert_int_equal(cs__expand(query.tree, &options, out, NULL), CS_OK);
    cs__query_free(&query);
    cs__lexemes_free(&lexemes);
}

static void expect_with(struct cs__vocabulary *with, const char *text, int exact, size_t variants,
                        const char *wanted)
{
    struct cs__expanded expanded;
    struct cs__buffer got = {0};
    expand_with(with, text, exact, &expanded);
    dump(expanded.tree, variants, &got);
    assert_string_equal(got.data != NULL ? got.data : "", wanted);
    cs__buffer_free(&got);
    cs__expanded_free(&expanded);
}

static void test_words_become_terms(void **state)
{
    (void)state;
    expect_with(NULL, "Social WORKERS", 0, 9, "(BAG social worker)");
    expect_with(NULL, "the care of the children", 0, 9, "(BAG care child)");
    expect_with(NULL, "to be or not", 0, 9, "not");
    expect_with(NULL, "of the", 0, 9, "(BAG of the)");
    expect_with(NULL, "\"of the\"", 0, 9, "of_the");
    expect_with(NULL, "care care caring", 0, 9, "(BAG care caring)");
    expect_with(NULL, "asylum-seeking", 0, 9, "(GROUP asylum_seek asylumseek)");
    expect_with(NULL, "16-17 s.47", 0, 9, "(BAG (GROUP 16_17 16_and_17 16_to_17 16_or_17) s_47)");
    expect_with(NULL, "hotel NEAR/5 asylum-seeking", 0, 9, "(NEAR hotel asylum_seek)");
    expect_with(NULL, "\xC2\xBD", 0, 9, "");
    expect_with(NULL, "-\xC2\xBD", 0, 9, "");
}

static void test_forms_and_prefixes(void **state)
{
    (void)state;
    expect_with(NULL, "=workers", 0, 9, "worker=workers");
    expect_with(NULL, "=\"social workers\"", 0, 9, "social_worker=social=workers");
    expect_with(NULL, "social workers", 1, 9, "(BAG social=social worker=workers)");
    expect_with(NULL, "=SEND", 0, 9, "SEND");
    expect_with(NULL, "asyl*", 0, 9, "asyl*");
    expect_with(NULL, "famili*", 0, 9, "(GROUP famili* famil=famili*)");
    expect_with(NULL, "families*", 0, 9, "(GROUP families* famili=families*)");
    expect_with(NULL, "exploitat*", 0, 9, "(GROUP exploitat* exploit=exploitat*)");
    expect_with(NULL, "asylum-seeki*", 0, 9, "(GROUP asylum_seeki* asylum_seek=seeki*)");
    expect_with(NULL, "x -exploitat*", 0, 9, "(NOT x exploitat*)");
}

static void test_groups(void **state)
{
    (void)state;
    expect_with(vocabulary, "UASC", 0, 1, "(GROUP uasc unaccompani_asylum .)");
    expect_with(vocabulary, "uasc", 0, 1, "(GROUP uasc unaccompani_asylum .)");
    expect_with(vocabulary, "hotels for unaccompanied asylum seeking children", 0, 1,
                "(BAG hotel (GROUP (BAG unaccompani asylum seek child) uasc .))");
    expect_with(vocabulary, "front door", 0, 1, "(GROUP (BAG front door) mash .)");
    expect_with(vocabulary, "a MASH b", 0, 1, "(BAG (GROUP mash multi_agenc_safeguard_hub .) b)");
    expect_with(vocabulary, "multi-agency safeguarding hub", 0, 1,
                "(GROUP (BAG multi_agenc safeguard hub) mash .)");
    expect_with(vocabulary, "zebra", 0, 1, "zebra");
}

static void test_what_was_asked_for_exactly_stays(void **state)
{
    (void)state;
    expect_with(vocabulary, "=UASC", 0, 1, "uasc=uasc");
    expect_with(vocabulary, "UASC", 1, 1, "uasc=uasc");
    expect_with(vocabulary, "\"front door\"", 0, 1, "front_door");
    expect_with(vocabulary, "child -UASC", 0, 1, "(NOT child uasc)");
    expect_with(vocabulary, "uasc NEAR/3 hotel", 0, 1, "(NEAR uasc hotel)");
}

/* "send", "pa" and "mase" in small letters are words; in capitals they are what the field calls so. */
static void test_common_words_count_in_capitals_only(void **state)
{
    (void)state;
    expect_with(vocabulary, "SEND", 0, 1, "(GROUP SEND sen .)");
    expect_with(vocabulary, "send letters", 0, 1, "(BAG send letter)");
    expect_with(vocabulary, "PA", 0, 1, "(GROUP PA personal_adviser .)");
    expect_with(vocabulary, "pa", 0, 1, "pa");
    expect_with(vocabulary, "MASE", 0, 1, "(GROUP mase multi_agenc_sexual_exploit .)");
    expect_with(vocabulary, "mase", 0, 1, "mase");
}

static void test_also_searched_is_told(void **state)
{
    (void)state;
    struct cs__expanded expanded;
    expand_with(vocabulary, "LADO", 0, &expanded);
    assert_int_equal(expanded.also_count, 1);
    assert_string_equal(expanded.also[0], "designated officer");
    cs__expanded_free(&expanded);
    expand_with(vocabulary, "zebra", 0, &expanded);
    assert_int_equal(expanded.also_count, 0);
    cs__expanded_free(&expanded);
}

/* Variants that the words themselves, or another variant, find anyway are not searched again. */
static void test_no_variant_is_covered_by_another(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < cs__vocabulary_group_count(vocabulary); i++) {
        struct cs__form_group group;
        struct cs__expanded expanded;
        assert_int_equal(cs__vocabulary_group(vocabulary, i, &group), CS_OK);
        expand_with(vocabulary, group.forms[0]->text, 0, &expanded);
        const struct cs__node *tree = expanded.tree;
        assert_non_null(tree);
        for (size_t a = 1; tree->kind == CS__NODE_GROUP && a < tree->child_count; a++) {
            assert_true(tree->children[a]->weight < 1);
            for (size_t b = 1; b < tree->child_count; b++) {
                const struct cs__node *x = tree->children[a], *y = tree->children[b];
                if (a != b && x->term_count == 1 && y->term_count == 1)
                    assert_string_not_equal(x->terms[0], y->terms[0]);
            }
        }
        cs__expanded_free(&expanded);
    }
}

/* Each form is found by its own words, in its own group: none stands in two, and none is too long. */
static void test_builtin_groups(void **state)
{
    (void)state;
    assert_true(cs__vocabulary_group_count(vocabulary) >= 60);
    for (uint32_t i = 0; i < cs__vocabulary_group_count(vocabulary); i++) {
        struct cs__form_group group;
        assert_int_equal(cs__vocabulary_group(vocabulary, i, &group), CS_OK);
        assert_non_null(group.meaning);
        assert_non_null(group.years);
        for (size_t j = 0; j < group.form_count; j++) {
            const struct cs__form *form = group.forms[j], *found;
            struct cs__typed_term terms[CS__FORM_TERMS_MAX];
            for (size_t k = 0; k < form->term_count; k++)
                terms[k] = (struct cs__typed_term){form->terms[k], 1};
            assert_int_equal(cs__vocabulary_find(vocabulary, terms, form->term_count, &found), CS_OK);
            if (found == NULL || found->group != i)
                fail_msg("\"%s\" is not found, or stands in two groups", form->text);
        }
    }
}

static void write_file(char path[32], const char *text)
{
    strcpy(path, "/tmp/cs-words-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
}

static void test_a_users_own_file(void **state)
{
    (void)state;
    char path[32];
    struct cs__vocabulary *own;
    cs_error error;
    write_file(path,
               "# our names\nshort: ZBR\nlong: zebra crossing team\n\nshort: UASC\nalso: kids alone\r\n");
    assert_int_equal(cs__vocabulary_load(tokenizer, path, &own, &error), CS_OK);
    expect_with(own, "ZBR", 0, 9, "(GROUP zbr zebra_cross_team)");
    expect_with(own, "kids alone", 0, 1, "(GROUP (BAG kid alon) uasc .)");
    expect_with(own, "separated children", 0, 1, "(GROUP (BAG separ child) uasc .)");
    cs__vocabulary_free(own);
    unlink(path);
}

static void test_bad_files_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"short: X\nwhat is this\n", "line 2: neither"},
        {"short: X\ncolour: red\n", "line 2: unknown key"},
        {"long: a b c d e f g h i j k l\n", "line 1: a form has more than 10 words"},
        {"short: X\nalso: ?; Y\n", "line 2: a form without any word"},
    };
    char path[32];
    struct cs__vocabulary *own;
    cs_error error;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file(path, cases[i].text);
        assert_int_equal(cs__vocabulary_load(tokenizer, path, &own, &error), CS_ERR_ARGUMENT);
        assert_null(own);
        assert_non_null(strstr(error.message, path));
        assert_non_null(strstr(error.message, cases[i].says));
        unlink(path);
    }
    assert_int_equal(cs__vocabulary_load(tokenizer, "/nonexistent/words", &own, &error), CS_ERR_IO);
    assert_int_equal(cs__vocabulary_load(tokenizer, "/tmp", &own, &error), CS_ERR_IO);
    cs__vocabulary_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_become_terms),
        cmocka_unit_test(test_forms_and_prefixes),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_what_was_asked_for_exactly_stays),
        cmocka_unit_test(test_common_words_count_in_capitals_only),
        cmocka_unit_test(test_also_searched_is_told),
        cmocka_unit_test(test_no_variant_is_covered_by_another),
        cmocka_unit_test(test_builtin_groups),
        cmocka_unit_test(test_a_users_own_file),
        cmocka_unit_test(test_bad_files_are_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
