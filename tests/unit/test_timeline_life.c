/* SPDX-License-Identifier: MIT */
/* The life of a theme in a line: rows as a timeline has them -> what is told of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "query/timeline_life.h"

#define VISITS_MAX 8

/* A letter a visit: (s)trength, (p)rogress, (m)ixed, (c)oncern, (n)eutral; '-' looked and did not mention it,
 * '.' did not look. The first is in 2010, the next in 2011, and so on. */
static void expect(const char *tones, const char *told)
{
    cs_timeline_row rows[VISITS_MAX] = {{0}};
    cs_visit visits[VISITS_MAX] = {{0}};
    struct cs__arena arena = {0};
    size_t count = strlen(tones);
    for (size_t i = 0; i < count; i++) {
        char day[] = "2010-03-01";
        day[3] = (char)('0' + i);
        assert_int_equal(cs_date_parse(day, strlen(day), &visits[i].date), CS_OK);
        rows[i].visit = &visits[i];
        rows[i].passages = strchr("-.", tones[i]) == NULL;
        rows[i].scope = tones[i] == '.' ? CS_SCOPE_OUT : CS_SCOPE_IN;
        rows[i].tone = tones[i] == 's'   ? CS_TONE_STRENGTH
                       : tones[i] == 'p' ? CS_TONE_PROGRESS
                       : tones[i] == 'm' ? CS_TONE_MIXED
                       : tones[i] == 'c' ? CS_TONE_CONCERN
                       : tones[i] == 'n' ? CS_TONE_NEUTRAL
                                         : CS_TONE_NONE;
    }
    assert_string_equal(cs__life_tell(rows, count, &arena), told);
    cs__arena_free(&arena);
}

static void test_raised(void **state)
{
    (void)state;
    expect("c", "raised in March 2010");
    expect("ccs", "raised in March 2010; a concern at 2 visits; last said to be good in March 2012");
    /* a count of none, or praise, raises nothing */
    expect("nsc", "first mentioned in March 2010; last a concern in March 2012");
    expect("nscs",
           "first mentioned in March 2010; raised in March 2012; a concern at 1 visit; last said to be "
           "good in March 2013");
    expect("nn", "first mentioned in March 2010; last mentioned in March 2011");
}

static void test_good_throughout(void **state)
{
    (void)state;
    expect("s", "said to be good in March 2010");
    expect("p", "said to be improving in March 2010");
    expect("sp", "first mentioned in March 2010; last said to be improving in March 2011");
}

static void test_turns(void **state)
{
    (void)state;
    expect("cpm", "raised in March 2010; a concern at 1 visit; improved in March 2011; last of mixed tone in "
                  "March 2012");
    expect("cscs",
           "raised in March 2010; a concern at 2 visits; a concern again in March 2012; last said to be "
           "good in March 2013");
}

static void test_silence(void **state)
{
    (void)state;
    expect("c-", "raised in March 2010; not mentioned by 1 visit since that looked at it");
    /* a visit that did not look there says nothing */
    expect("c.", "raised in March 2010");
    expect("c-cc",
           "raised in March 2010; a concern at 3 visits; returned in March 2012; last a concern in March "
           "2013");
    expect("--", "not mentioned at any of 2 visits");
    expect("-.", "not mentioned at any of 2 visits, of which 1 did not look at it, or are not known to have");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_raised),
        cmocka_unit_test(test_good_throughout),
        cmocka_unit_test(test_turns),
        cmocka_unit_test(test_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
