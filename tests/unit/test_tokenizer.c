/* SPDX-License-Identifier: MIT */
/* The tokenizer: tables of texts and their terms, offsets, FTS5, and any bytes at all. */
#include "core/tokenizer.h"
#include "core/tokenizer_term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"

static struct cs__tokenizer *tokenizer;

static int set_up(void **state)
{
    (void)state;
    return cs__tokenizer_new(&tokenizer) == CS_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    cs__tokenizer_free(tokenizer);
    cs__tokenizer_free(NULL);
    return 0;
}

/* Terms separated by spaces; a colocated one behind '|' instead. */
static void terms(const char *text, size_t size, int flags, struct cs__buffer *out)
{
    struct cs__token token;
    uint32_t position = UINT32_MAX;
    cs__buffer_clear(out);
    cs__buffer_string(out, "");
    cs__tokenizer_start(tokenizer, text, size, flags);
    while (cs__tokenizer_next(tokenizer, &token)) {
        if (out->size > 0)
            cs__buffer_char(out, token.position == position ? '|' : ' ');
        cs__buffer_append(out, token.term, token.term_size);
        position = token.position;
    }
}

struct row {
    const char *text, *terms;
};

static void check(const struct row *rows, size_t count, int flags)
{
    struct cs__buffer out = {0};
    for (size_t i = 0; i < count; i++) {
        terms(rows[i].text, strlen(rows[i].text), flags, &out);
        if (strcmp(out.data, rows[i].terms) != 0)
            fail_msg("'%s' gives '%s', not '%s'", rows[i].text, out.data, rows[i].terms);
    }
    cs__buffer_free(&out);
}
#define CHECK(rows, flags) check(rows, sizeof(rows) / sizeof((rows)[0]), flags)

static void test_words(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", ""},
        {" \t\n.,;-", ""},
        {"Children in Care", "child in care"},
        {"unaccompanied asylum-seeking children", "unaccompani asylum seek child"},
        {"children\xE2\x80\x99s inspectors' LADO's", "child inspector lado"},
        {"CHILDREN'S SERVICES", "child servic"},
        {"don't don\xE2\x80\x99t o'clock", "don't don't o'clock"},
        {"'good' \xE2\x80\x98good\xE2\x80\x99 \xE2\x80\x9Cgood\xE2\x80\x9D", "good good good"},
        {"'s 's's s's", "s s s"},
        {"unac\xC2\xAD"
         "companied",
         "unaccompani"},
        {"multi_agency/hub\xE2\x80\x93team\xE2\x80\x91work", "multi agenc hub team work"},
        {"A&E, C++ and c# (C#) x++y a+b", "a e c++ and c# c# x y a b"},
        {"e.g. i.e. U.K. U.A.S.C. plan B. And", "eg ie uk uasc plan b and"},
        {"\xF0\x9F\x98\x80 ok", "ok"},
    };
    CHECK(rows, CS__TOKENIZE_STEM);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"16-17 year olds in 2023", "16 17 year old in 2023"},
        {"s.47 S47 s 47 s106", "s 47 s 47 s 47 s 106"},
        {"Covid-19 Covid19 mp3 B12 5th", "covid 19 covid 19 mp3 b12 5th"},
        {"1,000 1,234,567 2018,300 1,00 1,0000 12,34", "1000 1234567 2018 300 1 00 1 0000 12 34"},
        {"12/09/2016 12.09.2016 2.5%", "12 09 2016 12 09 2016 2 5"},
        {"children\xC2\xB2 care\xC2\xB9", "child care"},
        {"\xD9\xA1\xD9\xA2", "\xD9\xA1\xD9\xA2"},
    };
    CHECK(rows, CS__TOKENIZE_STEM);
}

static void test_stems_that_mislead(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"care cared cares", "care care care"},
        {"careful carefully caring carer carers", "careful careful caring carer carer"},
        {"authority authorities author authors", "authority authority author author"},
        {"missing missed misses", "missing miss miss"},
        {"minority minor majority major", "minority minor majority major"},
        {"child children children's childhood", "child child child childhood"},
        {"experience experiment", "experi experiment"},
        {"department depart governance government govern", "department depart governance government govern"},
        {"witness with wit", "witness with wit"},
        {"timely time timeliness", "timely time timely"},
    };
    CHECK(rows, CS__TOKENIZE_STEM);
}

static void test_one_word_two_spellings(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"judgement", "judgment"},
        {"organisation", "organization"},
        {"organisational", "organizational"},
        {"prioritise", "prioritize"},
        {"recognised", "recognized"},
        {"utilising", "utilizing"},
        {"analyse", "analyze"},
        {"behaviour", "behavior"},
        {"behavioural", "behavioral"},
        {"centre", "center"},
        {"centres", "centers"},
        {"programme", "program"},
        {"licence", "license"},
        {"practice", "practise"},
        {"practising", "practicing"},
        {"defence", "defense"},
        {"counsellor", "counselor"},
        {"counselling", "counseling"},
        {"travelled", "traveled"},
        {"enrol", "enroll"},
        {"enrolment", "enrollment"},
        {"fulfil", "fulfill"},
        {"instalment", "installment"},
        {"skilful", "skillful"},
        {"focused", "focussed"},
        {"ageing", "aging"},
        {"adviser", "advisor"},
        {"labour", "labor"},
        {"neighbourhood", "neighborhood"},
        {"paediatric", "pediatric"},
        {"cancelled", "canceled"},
        {"acknowledgement", "acknowledgment"},
    };
    struct cs__buffer a = {0}, b = {0};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        terms(pairs[i][0], strlen(pairs[i][0]), 0, &a);
        terms(pairs[i][1], strlen(pairs[i][1]), 0, &b);
        if (strcmp(a.data, b.data) != 0)
            fail_msg("%s is '%s', %s is '%s'", pairs[i][0], a.data, pairs[i][1], b.data);
    }
    static const struct row apart[] = {
        {"prize size seize maize horizon citizen", "prize size seiz maiz horizon citizen"},
        {"inquiry enquiry", "inquiri enquiri"},
    };
    CHECK(apart, CS__TOKENIZE_STEM);
    cs__buffer_free(&a);
    cs__buffer_free(&b);
}

static void test_capitals(void **state)
{
    (void)state;
    static const struct row text[] = {
        {"SEND send Sending", "send|SEND send send"},
        {"a PA and PAs", "a pa|PA and pa|PA"},
        {"IROs EHCPs LADOs' IRO's", "iro ehcp lado iro"},
        {"IT it WHO", "it|IT it who|WHO"},
        {"TEAMS Teams", "team team"},
    };
    static const struct row query[] = {{"SEND send PAs", "SEND send PA"}};
    static const struct row exact[] = {{"SEND IROs", "send iros"}};
    CHECK(text, CS__TOKENIZE_STEM);
    CHECK(query, CS__TOKENIZE_QUERY);
    CHECK(exact, CS__TOKENIZE_EXACT);
}

static void test_other_scripts(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"na\xC3\xAFve r\xC3\xA9sum\xC3\xA9 re\xCC\x81sume\xCC\x81", "naiv resume resume"},
        {"\xEF\xAC\x81nding o\xEF\xAC\x83"
         "ce",
         "find offic"},
        {"\xC5\x81\xC3\xB3"
         "d\xC5\xBA stra\xC3\x9F"
         "e \xC3\x86gir",
         "lodz strass aegir"},
        {"\xCE\x91\xCE\x98\xCE\x97\xCE\x9D\xCE\x91", "\xCE\xB1\xCE\xB8\xCE\xB7\xCE\xBD\xCE\xB1"},
        {"\xE6\xBC\xA2\xE5\xAD\x97", "\xE6\xBC\xA2 \xE5\xAD\x97"},
        {"O\xE2\x80\x99"
         "Brien O'Brien",
         "o'brien o'brien"},
        {"\xEF\xBC\xA1\xEF\xBC\xA2\xEF\xBC\xA3", "abc"},
    };
    CHECK(rows, CS__TOKENIZE_STEM);
}

static void test_exact(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Caring inspectors' JUDGMENTS organizations", "caring inspectors judgments organizations"},
        {"R\xC3\xA9sum\xC3\xA9 children\xE2\x80\x99s", "resume children"},
    };
    CHECK(rows, CS__TOKENIZE_EXACT);
}

static void test_marked_terms(void **state)
{
    (void)state;
    static const struct row query[] = {
        {"\x01unaccompani\x01seek", "unaccompani seek"}, {"\x01", ""}, {"\x01\x01SEND\x01", "SEND"}};
    static const struct row text[] = {{"\x01unaccompanied", "unaccompani"}};
    CHECK(query, CS__TOKENIZE_QUERY);
    CHECK(text, CS__TOKENIZE_STEM);
}

static void test_offsets(void **state)
{
    (void)state;
    static const char text[] =
        "The inspectors\xE2\x80\x99 asylum-seeking children\xE2\x80\x99s 1,000 e.g. C++.";
    static const char *const words[] = {"The",      "inspectors", "asylum", "seeking",
                                        "children", "1,000",      "e.g",    "C++"};
    struct cs__token token;
    cs__tokenizer_start(tokenizer, text, sizeof text - 1, 0);
    for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        assert_true(cs__tokenizer_next(tokenizer, &token));
        assert_int_equal(token.position, i);
        assert_int_equal(token.end - token.start, strlen(words[i]));
        assert_memory_equal(text + token.start, words[i], strlen(words[i]));
    }
    assert_false(cs__tokenizer_next(tokenizer, &token));
}

static void test_long_words_are_cut(void **state)
{
    (void)state;
    struct cs__buffer text = {0}, out = {0};
    for (int i = 0; i < 5000; i++)
        cs__buffer_string(&text, i % 7 ? "q" : "\xC3\xA9");
    terms(text.data, text.size, 0, &out);
    assert_true(out.size <= CS__TERM_SIZE_MAX);
    assert_null(strchr(out.data, ' '));
    cs__buffer_free(&text);
    cs__buffer_free(&out);
}

/* Any bytes: terms are never empty nor too long, offsets are in order and inside; and twice gives the same.
 */
static void test_any_bytes(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "care", "\xE2\x80\x99", "'s",       "\xC3",     "\xA9", "SEND", "1,000", ".",
        "\x01", "\xE6\xBC\xA2", "\xCC\x81", "\xC2\xAD", "+",    "#",    "s4",    "\xF0\x9F"};
    unsigned seed = 7;
    struct cs__buffer text = {0}, first = {0}, second = {0};
    for (int round = 0; round < 3000; round++) {
        cs__buffer_clear(&text);
        for (int i = 0; i < 20; i++) {
            seed = seed * 1103515245 + 12345;
            cs__buffer_string(&text, pieces[(seed >> 16) % (sizeof pieces / sizeof pieces[0])]);
            if (seed & 0x400000)
                cs__buffer_char(&text, (char)(seed >> 8));
        }
        char *own = malloc(text.size); /* reading past it is seen by the sanitizer */
        memcpy(own, text.data, text.size);
        struct cs__token token;
        uint32_t last = 0;
        cs__tokenizer_start(tokenizer, own, text.size, round % 4);
        while (cs__tokenizer_next(tokenizer, &token)) {
            assert_true(token.start >= last && token.start < token.end && token.end <= text.size);
            assert_true(token.term_size > 0);
            last = token.start;
        }
        terms(own, text.size, round % 4, &first);
        terms(own, text.size, round % 4, &second);
        assert_string_equal(first.data, second.data);
        free(own);
    }
    cs__buffer_free(&text);
    cs__buffer_free(&first);
    cs__buffer_free(&second);
}

static void test_stop_words(void **state)
{
    (void)state;
    static const char *const stop[] = {"the",    "The",  "does", "why", "his",
                                       "what's", "it's", "whom", "any", "while"};
    static const char *const kept[] = {"not", "no", "after", "before", "may", "children", "IT", "WHO", ""};
    struct cs__buffer out = {0};
    for (size_t i = 0; i < sizeof stop / sizeof stop[0]; i++) {
        terms(stop[i], strlen(stop[i]), CS__TOKENIZE_QUERY, &out);
        if (!cs__term_is_stop(out.data, out.size))
            fail_msg("%s is no stop word", stop[i]);
    }
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        terms(kept[i], strlen(kept[i]), CS__TOKENIZE_QUERY, &out);
        if (cs__term_is_stop(out.data, out.size))
            fail_msg("%s is a stop word", kept[i]);
    }
    cs__buffer_free(&out);
}

/* Lookups are binary searches: a table out of order would hide its own rows. */
static void test_tables_find_their_rows(void **state)
{
    (void)state;
    static const char *const exceptions[] = {"accountabilities", "accountability", "apartment", "wives",
                                             "women"};
    assert_null(cs__word_exception(exceptions[0], strlen(exceptions[0])));
    for (size_t i = 1; i < sizeof exceptions / sizeof exceptions[0]; i++)
        assert_non_null(cs__word_exception(exceptions[i], strlen(exceptions[i])));
    assert_true(cs__word_tables_sorted());
}

static int count_row(void *context, int columns, char **values, char **names)
{
    (void)names;
    (void)columns;
    *(int *)context = atoi(values[0]);
    return 0;
}

static int count_matches(sqlite3 *db, const char *match)
{
    char sql[200];
    int count = -1;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM t WHERE t MATCH '%s'", match);
    assert_int_equal(sqlite3_exec(db, sql, count_row, &count, NULL), SQLITE_OK);
    return count;
}

struct seen {
    int texts, tokens;
};

static int see_text(void *context)
{
    ((struct seen *)context)->texts++;
    return 0;
}

static int see_token(void *context, const struct cs__token *token)
{
    (void)token;
    ((struct seen *)context)->tokens++;
    return 0;
}

static void test_fts5(void **state)
{
    (void)state;
    sqlite3 *db = NULL;
    struct seen seen = {0, 0};
    struct cs__token_tap tap = {see_text, see_token, &seen};
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(cs__tokenizer_register(db, &tap, NULL), CS_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "CREATE VIRTUAL TABLE t USING fts5(a, b, content='', tokenize='csearch');"
                     "INSERT INTO t(rowid, a, b) VALUES (1, 'Care', 'unaccompanied asylum-seeking'),"
                     "(2, '', 'SEND provision'), (3, '', 'they send letters')",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_equal(seen.texts, 6);
    assert_int_equal(seen.tokens, 1 + 3 + 3 + 3);
    assert_int_equal(count_matches(db, "\"asylum seeking\""), 1);
    assert_int_equal(count_matches(db, "\"\x01"
                                       "asylum\x01"
                                       "seek\""),
                     1);
    assert_int_equal(count_matches(db, "\"\x01unaccompani\""), 1);
    assert_int_equal(count_matches(db, "send"), 2);
    assert_int_equal(count_matches(db, "SEND"), 1);
    assert_int_equal(count_matches(db, "\"\x01SEND\""), 1);
    assert_int_equal(seen.texts, 6);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_stems_that_mislead),
        cmocka_unit_test(test_one_word_two_spellings),
        cmocka_unit_test(test_capitals),
        cmocka_unit_test(test_other_scripts),
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_marked_terms),
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_long_words_are_cut),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_stop_words),
        cmocka_unit_test(test_tables_find_their_rows),
        cmocka_unit_test(test_fts5),
    };
    return cmocka_run_group_tests_name("tokenizer", tests, set_up, tear_down);
}
