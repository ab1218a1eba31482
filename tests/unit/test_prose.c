/* SPDX-License-Identifier: MIT */
/* Words, breaks and patterns over them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <string.h>

#include "core/date.h"
#include "indexer/prose.h"

static struct cs__arena arena;

static struct cs__prose read_text(const char *text)
{
    struct cs__prose prose;
    assert_true(cs__prose_read(&arena, text, strlen(text), &prose));
    return prose;
}

static int finds(const char *text, const char *pattern, struct cs__prose_match *match)
{
    struct cs__prose prose = read_text(text);
    return cs__prose_find(&prose, 0, pattern, match);
}

static void words_and_breaks(void **state)
{
    (void)state;
    struct cs__prose prose =
        read_text("The council\xE2\x80\x99s care: good. Two-day visit (at \xC3\x89 9.30)");
    assert_int_equal(prose.count, 11);
    assert_true(cs__prose_word_is(&prose, 1, "councils", 8));
    assert_true(prose.words[3].breaks & CS__BREAK_COLON);
    assert_true(prose.words[4].breaks & CS__BREAK_SENTENCE);
    assert_true(prose.words[7].breaks & CS__BREAK_BRACKET);
    size_t first, last;
    cs__prose_sentence(&prose, 5, &first, &last);
    assert_int_equal(first, 4);
    assert_int_equal(last, prose.count);
    prose = read_text("");
    assert_int_equal(prose.count, 0);
}

static void literals_gaps_and_options(void **state)
{
    (void)state;
    struct cs__prose_match m;
    assert_true(finds("They saw children's services in two towns", "childrens services ~2 towns", &m));
    assert_int_equal(m.first, 2);
    assert_int_equal(m.last, 7);
    assert_false(finds("They saw childrens services in two old towns", "services ~2 towns", &m));
    assert_true(finds("a big visit", "big|small monitoring? visit", &m));
    assert_true(finds("a small monitoring visit", "big|small monitoring? visit", &m));
    assert_false(finds("The visit. Ended well", "visit ~3 well", &m));
    assert_true(finds("Care: good", "^ care : good $", &m));
    assert_false(finds("Care good", "care : good", &m));
    assert_false(finds("Not care. Good care here", "^ care", &m));
}

static void captures(void **state)
{
    (void)state;
    struct cs__prose_match m;
    assert_true(finds("was judged to require improvement to be good in July 2022.",
                      "judged to? be? <judgement> in <date>", &m));
    assert_int_equal(m.judgement, CS_JUDGEMENT_REQUIRES_IMPROVEMENT);
    assert_int_equal(m.date->windows[0].first.year, 2022);
    assert_true(finds("its third such visit", "its <ordinal> such? visit", &m));
    assert_int_equal(m.ordinal, 3);
    assert_true(finds("the 11th visit; Monitoring Visit 4", "monitoring visit <number>", &m));
    assert_int_equal(m.number, 4);
    assert_true(finds("the 11th visit", "<ordinal> visit", &m));
    assert_int_equal(m.ordinal, 11);
    assert_true(finds("adoption is not judged", "is <judgement>", &m));
    assert_int_equal(m.judgement, CS_JUDGEMENT_NOT_JUDGED);
    assert_false(finds("a goods train", "<judgement>", &m));
    /* What an optional element captured before it was given up does not stay. */
    assert_true(finds("good news", "<judgement>? ~1 news", &m));
    assert_true(finds("on 4 May 2020 in", "on <date>? in", &m));
    assert_true(finds("on in", "on <date>? in", &m));
    assert_null(m.date);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_breaks),
        cmocka_unit_test(literals_gaps_and_options),
        cmocka_unit_test(captures),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    cs__arena_free(&arena);
    return failed;
}
