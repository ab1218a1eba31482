/* SPDX-License-Identifier: MIT */
/* Parsing: what a query is read as, that reading it again changes nothing, and that no query is an error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "query/parse.h"

enum { RANDOM_QUERIES = 2000, GENERATED_QUERIES = 10000 };

static void read_query(const char *query, size_t size, struct cs__query *out)
{
    struct cs__lexemes lexemes;
    assert_int_equal(cs__lex(query, size, &lexemes, NULL), CS_OK);
    assert_int_equal(cs__parse(&lexemes, out, NULL), CS_OK);
    cs__lexemes_free(&lexemes);
}

/* The tree with its kinds, as `(BAG asylum (NEAR/5 a b))`. */
static void dump(const struct cs__node *node, struct cs__buffer *out)
{
    static const char *const names[] = {
        [CS__NODE_TERM] = "TERM", [CS__NODE_PHRASE] = "PHRASE", [CS__NODE_PREFIX] = "PREFIX",
        [CS__NODE_NEAR] = "NEAR", [CS__NODE_AND] = "AND",       [CS__NODE_OR] = "OR",
        [CS__NODE_NOT] = "NOT",   [CS__NODE_BAG] = "BAG",       [CS__NODE_GROUP] = "GROUP",
        [CS__NODE_ALL] = "ALL",
    };
    if (node == NULL)
        return;
    if (node->kind == CS__NODE_TERM) {
        cs__buffer_printf(out, "%s%s", node->exact ? "=" : "", node->typed);
        return;
    }
    cs__buffer_printf(out, "(%s", names[node->kind]);
    if (node->kind == CS__NODE_NEAR)
        cs__buffer_printf(out, "/%u", node->distance);
    if (node->typed != NULL)
        cs__buffer_printf(out, " %s%s", node->exact ? "=" : "", node->typed);
    for (size_t i = 0; i < node->child_count; i++) {
        cs__buffer_char(out, ' ');
        dump(node->children[i], out);
    }
    cs__buffer_char(out, ')');
}

static void test_trees(void **state)
{
    (void)state;
    static const struct {
        const char *query, *tree, *read_as;
    } cases[] = {
        {"", "", ""},
        {"asylum", "asylum", "asylum"},
        {"unaccompanied  asylum?", "(BAG unaccompanied asylum)", "unaccompanied asylum"},
        {"a b OR c d", "(OR (BAG a b) (BAG c d))", "(a b) OR (c d)"},
        {"a AND b c", "(AND a (BAG b c))", "a AND (b c)"},
        {"a AND b OR c", "(OR (AND a b) c)", "(a AND b) OR c"},
        {"a (b OR c)", "(BAG a (OR b c))", "a (b OR c)"},
        {"a (b c)", "(BAG a b c)", "a b c"},
        {"a AND (b AND c)", "(AND a b c)", "a AND b AND c"},
        {"a b -c -d", "(NOT (BAG a b) (OR c d))", "a b -(c OR d)"},
        {"a -b c", "(NOT (BAG a c) b)", "a c -b"},
        {"a AND NOT b", "(NOT a b)", "a -b"},
        {"a OR b -c", "(OR a (NOT b c))", "a OR (b -c)"},
        {"NOT b", "(NOT (ALL) b)", "-b"},
        {"-b -c", "(NOT (ALL) (OR b c))", "-(b OR c)"},
        {"a OR NOT b", "(NOT (ALL) (NOT b a))", "-(b -a)"},
        {"NOT NOT a", "a", "a"},
        {"-(a -(b))", "(NOT (ALL) (NOT a b))", "-(a -b)"},
        {"a NEAR/5 b", "(NEAR/5 a b)", "a NEAR/5 b"},
        {"a NEAR/5 b NEAR/7 \"c d\" ef*", "(BAG (NEAR/7 a b (PHRASE c d)) (PREFIX ef))",
         "(a NEAR/7 b NEAR/7 \"c d\") ef*"},
        {"=care \"looked  after\"", "(BAG =care (PHRASE looked after))", "=care \"looked after\""},
        {"authority:Leeds adoption -kind:article", "adoption", "adoption authority:Leeds -kind:article"},
        {"(a OR b) authority:\"North Yorkshire\"", "(OR a b)", "(a OR b) authority:\"North Yorkshire\""},
        {"since:2023-06", "", "since:2023-06"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cs__query query;
        struct cs__buffer tree = {0}, read_as = {0};
        read_query(cases[i].query, strlen(cases[i].query), &query);
        dump(query.tree, &tree);
        cs__query_print(&query, &read_as);
        assert_int_equal(query.notes.count, 0);
        assert_string_equal(tree.data ? tree.data : "", cases[i].tree);
        assert_string_equal(read_as.data ? read_as.data : "", cases[i].read_as);
        cs__buffer_free(&tree);
        cs__buffer_free(&read_as);
        cs__query_free(&query);
    }
}

static void test_what_is_no_operator_is_text(void **state)
{
    (void)state;
    static const struct {
        const char *query, *read_as, *note;
    } cases[] = {
        {"AND", "and", "\"and\" was read as a word"},
        {"a AND", "a and", "\"and\" was read as a word"},
        {"OR a", "or a", "\"or\" was read as a word"},
        {"a AND OR b", "(a and) OR b", "\"and\" was read as a word"},
        {"NOT", "not", "\"not\" was read as a word"},
        {"a NEAR/3", "a near", "\"near\" was read as a word"},
        {"(a OR b) NEAR c", "(a OR b) near c", "\"near\" was read as a word"},
        {"( AND )", "and", "\"and\" was read as a word"},
        {"(a", "a", "bracket without its pair"},
        {"a) b (c", "a b c", "bracket without its pair"},
        {"a \"b", "a b", "quotation mark without its pair"},
        {"kind:banana", "kind banana", "no value of kind"},
        {"judgement:\"not so good\" x", "judgement not so good x", "no value of judgement"},
        {"(authority:Leeds a) OR (authority:Kent b)", "(a OR b) authority:Leeds authority:Kent",
         "Fields hold for the whole query"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cs__query query;
        struct cs__buffer read_as = {0};
        read_query(cases[i].query, strlen(cases[i].query), &query);
        cs__query_print(&query, &read_as);
        assert_string_equal(read_as.data ? read_as.data : "", cases[i].read_as);
        assert_true(query.notes.count > 0);
        assert_non_null(strstr(query.notes.items[0], cases[i].note));
        cs__buffer_free(&read_as);
        cs__query_free(&query);
    }
}

static void test_empty_brackets_and_two_authorities_need_no_note(void **state)
{
    (void)state;
    struct cs__query query;
    const char *text = "() (()) -\"\" authority:Leeds OR authority:Kent";
    read_query(text, strlen(text), &query);
    assert_null(query.tree);
    assert_int_equal(query.field_count, 2);
    assert_int_equal(query.notes.count, 0);
    cs__query_free(&query);
}

static void test_judgement_ranges(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        cs_status status;
        cs_judgement low, high;
    } cases[] = {
        {"good", CS_OK, CS_JUDGEMENT_GOOD, CS_JUDGEMENT_GOOD},
        {"inadequate..good", CS_OK, CS_JUDGEMENT_INADEQUATE, CS_JUDGEMENT_GOOD},
        {"Good .. requires-improvement", CS_OK, CS_JUDGEMENT_REQUIRES_IMPROVEMENT, CS_JUDGEMENT_GOOD},
        {"..requires improvement to be good", CS_OK, CS_JUDGEMENT_INADEQUATE,
         CS_JUDGEMENT_REQUIRES_IMPROVEMENT},
        {"good..", CS_OK, CS_JUDGEMENT_GOOD, CS_JUDGEMENT_OUTSTANDING},
        {"good...outstanding", CS_OK, CS_JUDGEMENT_GOOD, CS_JUDGEMENT_OUTSTANDING},
        {"not judged", CS_OK, CS_JUDGEMENT_NOT_JUDGED, CS_JUDGEMENT_NOT_JUDGED},
        {"..", CS_ERR_ARGUMENT, 0, 0},
        {"", CS_ERR_ARGUMENT, 0, 0},
        {"good..not judged", CS_ERR_ARGUMENT, 0, 0},
        {"splendid", CS_ERR_ARGUMENT, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cs_judgement low, high;
        assert_int_equal(cs__judgement_range_parse(cases[i].text, &low, &high), cases[i].status);
        if (cases[i].status == CS_OK) {
            assert_int_equal(low, cases[i].low);
            assert_int_equal(high, cases[i].high);
        }
    }
}

static size_t depth_of(const struct cs__node *node)
{
    size_t deepest = 0;
    for (size_t i = 0; node != NULL && i < node->child_count; i++) {
        size_t depth = depth_of(node->children[i]);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

/* What tree.h promises of every tree. */
static void check_tree(const struct cs__node *node, int is_root)
{
    if (node == NULL)
        return;
    switch (node->kind) {
    case CS__NODE_TERM:
    case CS__NODE_PHRASE:
    case CS__NODE_PREFIX:
        assert_non_null(node->typed);
        assert_int_equal(node->child_count, 0);
        break;
    case CS__NODE_NOT:
        assert_int_equal(node->child_count, 2);
        assert_true(node->children[0]->kind != CS__NODE_ALL || is_root);
        break;
    case CS__NODE_ALL:
        return;
    default:
        assert_true(node->child_count >= 2);
    }
    for (size_t i = 0; i < node->child_count; i++) {
        if (node->kind == CS__NODE_AND || node->kind == CS__NODE_OR || node->kind == CS__NODE_BAG)
            assert_true(node->children[i]->kind != node->kind);
        check_tree(node->children[i], 0);
    }
}

static void check_query(const char *text, size_t size)
{
    struct cs__query query, again;
    struct cs__buffer first = {0}, second = {0}, tree = {0}, tree_again = {0};
    read_query(text, size, &query);
    check_tree(query.tree, 1);
    assert_true(depth_of(query.tree) <= 3 * CS__QUERY_DEPTH_MAX + 8);
    cs__query_print(&query, &first);
    int was_cut = query.notes.count > 0 && strstr(query.notes.items[0], "very long") != NULL;
    if (!was_cut) {
        read_query(first.data ? first.data : "", first.size, &again);
        cs__query_print(&again, &second);
        assert_string_equal(second.data ? second.data : "", first.data ? first.data : "");
        dump(query.tree, &tree);
        dump(again.tree, &tree_again);
        assert_string_equal(tree_again.data ? tree_again.data : "", tree.data ? tree.data : "");
        cs__query_free(&again);
    }
    cs__query_free(&query);
    cs__buffer_free(&first);
    cs__buffer_free(&second);
    cs__buffer_free(&tree);
    cs__buffer_free(&tree_again);
}

static uint64_t random_state = 20230328;

static uint32_t random_below(uint32_t bound)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 33) % bound;
}

static void test_random_bytes(void **state)
{
    (void)state;
    char text[400];
    for (int i = 0; i < RANDOM_QUERIES; i++) {
        size_t size = random_below(sizeof text);
        for (size_t j = 0; j < size; j++)
            text[j] = (char)random_below(256);
        check_query(text, size);
    }
}

static void test_generated_queries(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "asylum",
        "care",
        "in",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/3",
        "(",
        ")",
        "-",
        "=",
        "\"",
        "*",
        " ",
        " ",
        " ",
        " ",
        " ",
        "authority:",
        "kind:",
        "since:",
        "good",
        "article",
        "2023",
        "..",
        "judgement:",
        "\xE2\x80\x9C",
        "'",
        "\xE2\x80\x9D",
        "looked after",
        ",",
        "/",
        "seek*",
        "=word",
        "\xF0\x9F\x98\x80",
        "16-17",
        "s.47",
        "C++",
        "\xC3",
        "section:",
        ":",
        "-(",
        "\"a b\"",
        "x",
        "\n",
    };
    char text[512];
    for (int i = 0; i < GENERATED_QUERIES; i++) {
        size_t size = 0, count = 1 + random_below(24);
        for (size_t j = 0; j < count; j++) {
            const char *piece = pieces[random_below(sizeof pieces / sizeof pieces[0])];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        check_query(text, size);
    }
}

static void test_a_megabyte(void **state)
{
    (void)state;
    static const char *const units[] = {"(",       "(a ",    "NOT ",    "-", "a OR ", "a NEAR ",
                                        "a AND (", "\"a\" ", "kind:x ", ")", "a (b -"};
    size_t size = 1 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        for (size_t j = 0; j < size; j++)
            text[j] = units[i][j % strlen(units[i])];
        check_query(text, size);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees),
        cmocka_unit_test(test_what_is_no_operator_is_text),
        cmocka_unit_test(test_empty_brackets_and_two_authorities_need_no_note),
        cmocka_unit_test(test_judgement_ranges),
        cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_generated_queries),
        cmocka_unit_test(test_a_megabyte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
