/* SPDX-License-Identifier: MIT */
/* Echoes: what repeats a source is told from what only speaks of the same thing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "indexer/echo.h"

static const char source[] =
    "Most families who ask for help at the front door are heard within a day, but some wait "
    "three weeks before a social worker calls on them at home.";
static const char other_source[] =
    "Leaders know where the service is weak, and they have put money into training new staff.";

static int64_t source_of(struct cs__echoes *echoes, const char *text)
{
    int64_t found = -1;
    assert_int_equal(cs__echoes_find(echoes, text, strlen(text), &found), CS_OK);
    return found;
}

static void repetition_is_told_from_talk(void **state)
{
    static const struct {
        const char *text;
        int64_t source;
    } cases[] = {
        /* a quotation with its introduction, in other case and quotes */
        {"The letter goes on: \xE2\x80\x9CMOST families who ask for help at the front door are heard within "
         "a day, but some"
         " wait three weeks before a social worker calls on them\xE2\x80\x9D.",
         11},
        /* the same passage, line breaks elsewhere */
        {"Leaders know where\nthe service is weak, and they have put money\ninto training new staff.", 12},
        /* half a quotation inside a sentence of its own */
        {"Councillors were told on Tuesday that some families wait three weeks before anyone calls on them, "
         "and asked what"
         " the director would do about it by the end of the year.",
         0},
        {"Nothing here is shared with any other document at all, as far as one can see.", 0},
        {"Most families who ask for help", 0}, /* too short to be sure */
        {"", 0},
    };
    struct cs__echoes *echoes;
    (void)state;
    assert_int_equal(cs__echoes_new(&echoes), CS_OK);
    assert_int_equal(source_of(echoes, source), 0);
    assert_int_equal(cs__echoes_add(echoes, 11, source, strlen(source)), CS_OK);
    assert_int_equal(cs__echoes_add(echoes, 12, other_source, strlen(other_source)), CS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(source_of(echoes, cases[i].text), cases[i].source);
    cs__echoes_free(echoes);
    cs__echoes_free(NULL);
}

static void many_passages_keep_apart(void **state)
{
    struct cs__echoes *echoes;
    char text[256];
    (void)state;
    assert_int_equal(cs__echoes_new(&echoes), CS_OK);
    for (int i = 1; i <= 5000; i++) {
        int size = snprintf(text, sizeof text, "w%d a%d b%d c%d d%d e%d f%d g%d h%d i%d", i, i, i, i, i, i, i,
                            i, i, i);
        assert_int_equal(cs__echoes_add(echoes, i, text, (size_t)size), CS_OK);
    }
    for (int i = 1; i <= 5000; i += 7) {
        snprintf(text, sizeof text, "w%d a%d b%d c%d d%d e%d f%d g%d h%d i%d", i, i, i, i, i, i, i, i, i, i);
        assert_int_equal(source_of(echoes, text), i);
    }
    cs__echoes_free(echoes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repetition_is_told_from_talk),
        cmocka_unit_test(many_passages_keep_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
