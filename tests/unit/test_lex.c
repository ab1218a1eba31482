/* SPDX-License-Identifier: MIT */
/* Lexing: what each sign means, and that no bytes at all are an error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "query/lex.h"

static const char *kind_letters[] = {
    [CS__LEX_WORD] = "w",  [CS__LEX_PHRASE] = "p", [CS__LEX_PREFIX] = "x", [CS__LEX_FIELD] = "f",
    [CS__LEX_AND] = "AND", [CS__LEX_OR] = "OR",    [CS__LEX_NOT] = "NOT",  [CS__LEX_NEAR] = "NEAR",
    [CS__LEX_OPEN] = "(",  [CS__LEX_CLOSE] = ")",
};

/* All lexemes on one line: `w:asylum =w:care f:authority:Leeds NEAR/5`. */
static void print_lexemes(const struct cs__lexemes *lexemes, struct cs__buffer *out)
{
    for (size_t i = 0; i < lexemes->count; i++) {
        const struct cs__lexeme *lexeme = &lexemes->items[i];
        cs__buffer_printf(out, "%s%s%s", i > 0 ? " " : "", lexeme->exact ? "=" : "",
                          kind_letters[lexeme->kind]);
        if (lexeme->kind == CS__LEX_FIELD)
            cs__buffer_printf(out, ":%s", cs__field_name(lexeme->field));
        if (lexeme->kind <= CS__LEX_FIELD)
            cs__buffer_printf(out, ":%s", lexeme->text);
        if (lexeme->kind == CS__LEX_NEAR)
            cs__buffer_printf(out, "/%u", lexeme->distance);
    }
}

static void expect(const char *query, size_t size, const char *wanted, const char *note)
{
    struct cs__lexemes lexemes;
    struct cs__buffer got = {0};
    assert_int_equal(cs__lex(query, size, &lexemes, NULL), CS_OK);
    print_lexemes(&lexemes, &got);
    assert_string_equal(got.data ? got.data : "", wanted);
    if (note == NULL)
        assert_int_equal(lexemes.notes.count, 0);
    else
        assert_non_null(lexemes.notes.count > 0 ? strstr(lexemes.notes.items[0], note) : NULL);
    cs__buffer_free(&got);
    cs__lexemes_free(&lexemes);
}

static void test_words_and_signs(void **state)
{
    (void)state;
    static const struct {
        const char *query, *lexemes, *note;
    } cases[] = {
        {"", "", NULL},
        {"unaccompanied asylum", "w:unaccompanied w:asylum", NULL},
        {"asylum-seeking what's next?", "w:asylum-seeking w:what's w:next", NULL},
        {"16-17 s.47 section 47 C++.", "w:16-17 w:s.47 w:section w:47 w:C++", NULL},
        {"R&D, e.g. Kent;Leeds and/or 24/7", "w:R&D w:e.g w:Kent w:Leeds w:and w:or w:24/7", NULL},
        {"\"front door\" \xE2\x80\x9Clooked after\xE2\x80\x9D", "p:front door p:looked after", NULL},
        {"\xC2\xAB care leavers \xC2\xBB", "p:care leavers", NULL},
        {"asyl* =caring =\"in care\"", "x:asyl =w:caring =p:in care", NULL},
        {"a* b**", "w:a w:b", "two letters"},
        {"as*lum *end", "w:as*lum w:end", "end of a word"},
        {"a AND b OR c NOT d", "w:a AND w:b OR w:c NOT w:d", NULL},
        {"a and b or c not d", "w:a w:and w:b w:or w:c w:not w:d", NULL},
        {"a NEAR/5 b NEAR c NEAR/99999999999 d", "w:a NEAR/5 w:b NEAR/10 w:c NEAR/1000 w:d", NULL},
        {"NEARBY ANDY NEAR-miss AND, x", "w:NEARBY w:ANDY w:NEAR-miss w:and w:x", NULL},
        {"a -b -\"c d\" -(e) pre - birth co-op", "w:a NOT w:b NOT p:c d NOT ( w:e ) w:pre w:birth w:co-op",
         NULL},
        {"-=exact (-b) (=c)", "NOT =w:exact ( NOT w:b ) ( =w:c )", NULL},
        {"authority:Leeds KIND:article since:\"June 2023\"",
         "f:authority:Leeds f:kind:article f:since:June 2023", NULL},
        {"(judgement:inadequate..good) judgment:good", "( f:judgement:inadequate..good ) f:judgement:good",
         NULL},
        {"authority: Leeds", "w:authority w:Leeds", "right behind the colon"},
        {"authority:\"Leeds", "w:authority w:Leeds", "right behind the colon"},
        {"note:this 10:30 http://x.org/y", "w:note w:this w:10:30 w:http w:x.org w:y", NULL},
        {"a \"b c", "w:a w:b w:c", "without its pair"},
        {"\"\" \"?!\" a", "w:a", NULL},
        {"\xF0\x9F\x98\x80 ... -- + * & ? !", "", NULL},
        {"caf\xC3\xA9\xC2\xA0na\xC3\xAFve", "w:caf\xC3\xA9 w:na\xC3\xAFve", NULL},
        {"placed\xE2\x80\x94quickly 16\xE2\x80\x93"
         "17",
         "w:placed w:quickly w:16\xE2\x80\x93"
         "17",
         NULL},
        {"wait..what yes\xE2\x80\xA6no", "w:wait w:what w:yes w:no", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(cases[i].query, strlen(cases[i].query), cases[i].lexemes, cases[i].note);
}

static void test_broken_bytes_separate_words(void **state)
{
    (void)state;
    expect("a\0b", 3, "w:a w:b", NULL);
    expect("a\xFF\xFE"
           "b\xC3",
           5, "w:a w:b", NULL);
}

static void test_columns(void **state)
{
    (void)state;
    struct cs__lexemes lexemes;
    const char *query = "  asylum -\"a b\" kind:article";
    assert_int_equal(cs__lex(query, strlen(query), &lexemes, NULL), CS_OK);
    assert_int_equal(lexemes.count, 4);
    assert_int_equal(lexemes.items[0].column, 2);
    assert_int_equal(lexemes.items[1].column, 9);
    assert_int_equal(lexemes.items[2].column, 10);
    assert_int_equal(lexemes.items[3].column, 16);
    cs__lexemes_free(&lexemes);
}

/* A megabyte of anything is read up to its bounds, with a note, in linear time. */
static void test_a_megabyte(void **state)
{
    (void)state;
    static const char *const units[] = {"a",    "word ",        "\"",    "(",  "-",    "=",
                                        "\xFF", "\xE2\x80\x9C", "kind:", "* ", "a\" ", "NOT "};
    size_t size = 1 << 20;
    char *query = malloc(size);
    assert_non_null(query);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t unit = strlen(units[i]);
        for (size_t j = 0; j < size; j++)
            query[j] = units[i][j % unit];
        struct cs__lexemes lexemes;
        assert_int_equal(cs__lex(query, size, &lexemes, NULL), CS_OK);
        assert_true(lexemes.count <= CS__QUERY_LEXEMES_MAX);
        assert_true(lexemes.notes.count > 0);
        assert_non_null(strstr(lexemes.notes.items[0], "very long"));
        cs__lexemes_free(&lexemes);
    }
    free(query);
}

static void test_free_of_nothing(void **state)
{
    (void)state;
    struct cs__lexemes lexemes = {0};
    cs__lexemes_free(&lexemes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_signs), cmocka_unit_test(test_broken_bytes_separate_words),
        cmocka_unit_test(test_columns),         cmocka_unit_test(test_a_megabyte),
        cmocka_unit_test(test_free_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
