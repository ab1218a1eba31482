/* SPDX-License-Identifier: MIT */
/* core/sentence: where sentences begin and end. */
#include "core/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* `marked` is a text with each of its sentences between `<` and `>`, which are not part of it. */
static void expect_split(const char *marked)
{
    char text[1024], got[2048];
    size_t size = 0, n = 0, at = 0;
    for (const char *c = marked; *c != '\0'; c++)
        if (*c != '<' && *c != '>')
            text[size++] = *c;
    struct cs__sentence_walk walk = cs__sentence_begin(text, size);
    struct cs__sentence found;
    while (cs__sentence_next(&walk, &found)) {
        assert_true(found.start >= at && found.start < found.end && found.end <= size);
        memcpy(got + n, text + at, found.start - at);
        n += found.start - at;
        got[n++] = '<';
        memcpy(got + n, text + found.start, found.end - found.start);
        n += found.end - found.start;
        got[n++] = '>';
        at = found.end;
    }
    memcpy(got + n, text + at, size - at);
    got[n + size - at] = '\0';
    assert_string_equal(got, marked);
}

static void test_plain(void **state)
{
    (void)state;
    expect_split("<Visits are regular.> <Plans are not!> <Why?> <Nobody knows>");
    expect_split("  <One sentence, with space around it.>  ");
    expect_split("<Staff turnover...> <Managers know\xE2\x80\xA6 and wait.>");
    expect_split("<It was late.It was short.>");
    expect_split("<iPads are lent. iPhones are not.>");
}

static void test_numbers(void **state)
{
    (void)state;
    expect_split("<Some 2.5 per cent left in 2022.> <29 stayed.>");
    expect_split("<29. Children are seen.> <30. Plans are late.>");
    expect_split("<2.1. Children are seen.> <They talk.>");
    expect_split("<iv. Visits are late.> <(As are plans.)>");
    expect_split("<See para. 4, no. 12 and s. 47 of the Act.> <There were no.> <Others came.>");
}

static void test_abbreviations(void **state)
{
    (void)state;
    expect_split("<Dr. Brown met Ms. J. A. Grey in St. Neots.> <They agreed.>");
    expect_split("<Some services, e.g. Home-Start, are used.>");
    expect_split("<Support, e.g. play, games etc. is offered.> <It helps, i.e. it works.>");
    expect_split("<They saw the plans, reviews, etc.> <They were late.>");
}

static void test_quotes(void **state)
{
    (void)state;
    expect_split("<'They go the extra mile.'> <A carer said so.>");
    expect_split("<'Are they safe?' asked one.> <\xE2\x80\x98Yes.\xE2\x80\x99> "
                 "<\xE2\x80\x9CGood.\xE2\x80\x9D> <(This is an aside.)> <And on.>");
    expect_split("<The workers\xE2\x80\x99.> <Then more.>");
}

static void test_footnotes(void **state)
{
    (void)state;
    expect_split("<Checks are made by workers.3> <The second is late.>");
    expect_split("<It rose to 12.3 The rest fell.>");
}

static void test_breaks_and_bullets(void **state)
{
    (void)state;
    expect_split("<A heading>\n\n<A sentence over\ntwo lines.> <Another.>");
    expect_split("<What is late:>\n- <visits>\n- <plans>\n");
    expect_split("<What is late:> \xE2\x80\xA2 <visits> \xE2\x80\xA2 <plans of 2 - 3 weeks>");
    expect_split("<What is late:>\n\xEF\x81\xAE <visits>\n\xE2\x97\xBC <plans>");
    expect_split("<**Bold** text.> <More.>");
}

static void test_nothing_to_find(void **state)
{
    (void)state;
    struct cs__sentence found;
    struct cs__sentence_walk walk = cs__sentence_begin("", 0);
    assert_false(cs__sentence_next(&walk, &found));
    walk = cs__sentence_begin(" \n - \n\n \xE2\x80\xA2 \xC2\xA0", 14);
    assert_false(cs__sentence_next(&walk, &found));
    walk = cs__sentence_begin(NULL, 0);
    assert_false(cs__sentence_next(&walk, &found));
}

/* All but white space and bullets is in a sentence, whatever the bytes. */
static void test_any_bytes(void **state)
{
    (void)state;
    static const char alphabet[] = "aB.!?'\"()[]*-\n\n  29\xE2\x80\xA2\xC2\xA0\xFF\0v";
    uint32_t random = 1;
    for (int round = 0; round < 20000; round++) {
        char text[48];
        size_t size = (size_t)round % (sizeof text + 1), at = 0;
        for (size_t i = 0; i < size; i++) {
            random = random * 1664525u + 1013904223u;
            text[i] = alphabet[(random >> 16) % sizeof alphabet];
        }
        char *exact = malloc(size + 1); /* the sanitizer sees a read past the end */
        assert_non_null(exact);
        exact = realloc(exact, size > 0 ? size : 1);
        memcpy(exact, text, size);
        struct cs__sentence_walk walk = cs__sentence_begin(exact, size);
        struct cs__sentence found;
        while (cs__sentence_next(&walk, &found)) {
            assert_true(found.start >= at && found.start < found.end && found.end <= size);
            for (; at < found.start; at++)
                assert_false(text[at] == 'a' || text[at] == 'B' || text[at] == '2' || text[at] == '.');
            at = found.end;
        }
        for (; at < size; at++)
            assert_false(text[at] == 'a' || text[at] == 'B' || text[at] == '2' || text[at] == '.');
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),           cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_abbreviations),   cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_footnotes),       cmocka_unit_test(test_breaks_and_bullets),
        cmocka_unit_test(test_nothing_to_find), cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
