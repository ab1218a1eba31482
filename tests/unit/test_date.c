/* SPDX-License-Identifier: MIT */
/* Dates: arithmetic, EDTF, and what a user may type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <string.h>

#include "core/date.h"

static void days_go_round(void **state)
{
    (void)state;
    assert_int_equal(cs__day_from_civil(1970, 1, 1), 0);
    assert_int_equal(cs__day_from_civil(2000, 3, 1), 11017);
    int year, month, day;
    for (int32_t number = cs__day_from_civil(1900, 1, 1); number < cs__day_from_civil(2101, 1, 1); number++) {
        cs__day_to_civil(number, &year, &month, &day);
        assert_int_equal(cs__day_from_civil(year, month, day), number);
        assert_in_range(day, 1, cs__month_days(year, month));
    }
    assert_int_equal(cs__day_of_week(cs__day_from_civil(2023, 6, 28)), 2);
}

static void check(const char *text, const char *expected)
{
    char printed[CS_DATE_SIZE];
    cs_date date;
    cs_status status = cs_date_parse(text, strlen(text), &date);
    assert_string_equal(cs_date_print(date, printed), expected);
    assert_int_equal(status, *expected ? CS_OK : CS_ERR_ARGUMENT);
}

static void dates_are_read_and_printed(void **state)
{
    static const char *const pairs[][2] = {
        {"2023-06-28", "2023-06-28"},
        {"2023-06-28/2023-06-29", "2023-06-28/2023-06-29"},
        {"2023-10", "2023-10"},
        {"2023-23", "2023-23"},
        {"2023-24", "2023-24"},
        {"2023", "2023"},
        {"2021/2023", "2021/2023"},
        {"2023-11/2024-02", "2023-11/2024-02"},
        {"June 2023", "2023-06"},
        {" 28 June 2023 ", "2023-06-28"},
        {"28th of June, 2023", "2023-06-28"},
        {"June 28 2023", "2023-06-28"},
        {"28-29 June 2023", "2023-06-28/2023-06-29"},
        {"28 \xE2\x80\x93 29 June 2023", "2023-06-28/2023-06-29"},
        {"28 and 29 June 2023", "2023-06-28/2023-06-29"},
        {"31 July to 1 August 2018", "2018-07-31/2018-08-01"},
        {"29 December 2022 to 3 January 2023", "2022-12-29/2023-01-03"},
        {"June 28-29 2023", "2023-06-28/2023-06-29"},
        {"autumn 2023", "2023-23"},
        {"Sept 2022", "2022-09"},
        {"28/06/2023", "2023-06-28"},
        {"28.06.2023", "2023-06-28"},
        {"29 February 2024", "2024-02-29"},
        {"29 February 2023", ""},
        {"2023-13", ""},
        {"2023-06-31", ""},
        {"2023-06-29/2023-06-28", ""},
        {"June", ""},
        {"28 2023", ""},
        {"yesterday", ""},
        {"", ""},
        {" ", ""},
        {"99999-01-01", ""},
        {"1 2 3 4 5 6 7 8 9 10 11 12 13 14", ""},
        {"June June 2023", ""},
        {"\xFF\xFE", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        check(pairs[i][0], pairs[i][1]);
}

static void names_go_round(void **state)
{
    (void)state;
    cs_judgement judgement;
    assert_int_equal(cs_judgement_parse("Requires Improvement to be Good", 31, &judgement), CS_OK);
    assert_int_equal(judgement, CS_JUDGEMENT_REQUIRES_IMPROVEMENT);
    assert_int_equal(cs_judgement_parse("requires-improvement", 20, &judgement), CS_OK);
    assert_int_equal(judgement, CS_JUDGEMENT_REQUIRES_IMPROVEMENT);
    assert_int_equal(cs_judgement_parse("goo", 3, &judgement), CS_ERR_ARGUMENT);
    assert_int_equal(cs_judgement_parse("", 0, &judgement), CS_ERR_ARGUMENT);
    for (int i = 1; i < CS_AREA_COUNT; i++) {
        cs_area area;
        const char *name = cs_area_name((cs_area)i), *key = cs_area_key((cs_area)i);
        assert_int_equal(cs_area_parse(name, strlen(name), &area), CS_OK);
        assert_int_equal(area, i);
        assert_int_equal(cs_area_parse(key, strlen(key), &area), CS_OK);
        assert_int_equal(area, i);
    }
    assert_string_equal(cs_area_name((cs_area)99), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_go_round),
        cmocka_unit_test(dates_are_read_and_printed),
        cmocka_unit_test(names_go_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
