/* SPDX-License-Identifier: MIT */
/* Edit distances, and the bounds of the search for near terms. What is suggested from a real index:
 * tests/cli. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "query/spelling.h"

static unsigned distance(const char *a, const char *b)
{
    return cs__edit_distance(a, strlen(a), b, strlen(b));
}

static void test_edits(void **state)
{
    (void)state;
    assert_int_equal(distance("", ""), 0);
    assert_int_equal(distance("asylum", "asylum"), 0);
    assert_int_equal(distance("", "abc"), 3);
    assert_int_equal(distance("abc", ""), 3);
    assert_int_equal(distance("asilum", "asylum"), 1);
    assert_int_equal(distance("unacompanied", "unaccompanied"), 1);
    assert_int_equal(distance("childern", "children"), 1);
    assert_int_equal(distance("recieve", "receive"), 1);
    assert_int_equal(distance("kitten", "sitting"), 3);
    assert_int_equal(distance("ca", "abc"), 3); /* optimal string alignment: no edit within a swap */
}

/* The rows that terms share must not leak from one comparison to the next, and distance is symmetric. */
static void test_random_words(void **state)
{
    (void)state;
    uint32_t seed = 12345;
    for (int i = 0; i < 20000; i++) {
        char words[2][12];
        size_t sizes[2];
        for (int j = 0; j < 2; j++) {
            seed = seed * 1664525u + 1013904223u;
            sizes[j] = seed >> 24 & 7;
            for (size_t k = 0; k < sizes[j]; k++) {
                seed = seed * 1664525u + 1013904223u;
                words[j][k] = (char)('a' + (seed >> 24) % 3);
            }
        }
        unsigned there = cs__edit_distance(words[0], sizes[0], words[1], sizes[1]);
        unsigned back = cs__edit_distance(words[1], sizes[1], words[0], sizes[0]);
        size_t longer = sizes[0] > sizes[1] ? sizes[0] : sizes[1];
        size_t shorter = sizes[0] > sizes[1] ? sizes[1] : sizes[0];
        assert_int_equal(there, back);
        assert_true(there <= longer && there >= longer - shorter);
        assert_true((there == 0) == (sizes[0] == sizes[1] && memcmp(words[0], words[1], sizes[0]) == 0));
    }
}

static void test_long_words_are_cut(void **state)
{
    (void)state;
    char word[500];
    memset(word, 'a', sizeof word);
    assert_int_equal(cs__edit_distance(word, sizeof word, word, sizeof word), 0);
    assert_true(cs__edit_distance(word, sizeof word, "", 0) <= CS__TERM_SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edits),
        cmocka_unit_test(test_random_words),
        cmocka_unit_test(test_long_words_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
