/* SPDX-License-Identifier: MIT */
/* Years of visits that a document dates without one, from the other documents on the same authority. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "indexer/link_claims.h"

static struct cs__link_claims claims;

static cs_date date_of(const char *text)
{
    cs_date date;
    cs_date_parse(text, strlen(text), &date);
    return date;
}

static struct cs__link_claim *add(const char *authority, cs_visit_kind kind)
{
    struct cs__link_claim *claim = &claims.items[claims.count++];
    *claim = (struct cs__link_claim){.authority = authority, .path = "", .record = "", .visit_kind = kind};
    return claim;
}

static struct cs__link_claim *add_dated(const char *authority, cs_visit_kind kind, int ordinal,
                                        const char *date)
{
    struct cs__link_claim *claim = add(authority, kind);
    cs_date *window = cs__arena_alloc(&claims.arena, sizeof *window);
    *window = claim->date = date_of(date);
    claim->windows = window;
    claim->window_count = 1;
    claim->ordinal = ordinal;
    return claim;
}

static struct cs__link_claim *add_days(const char *authority, int ordinal, struct cs__link_days days)
{
    struct cs__link_claim *claim = add(authority, CS_VISIT_MONITORING);
    claim->ordinal = ordinal;
    claim->days = days;
    claim->standing = CS_JUDGEMENT_INADEQUATE;
    return claim;
}

static int setup(void **state)
{
    (void)state;
    claims = (struct cs__link_claims){.items = calloc(16, sizeof *claims.items)};
    return claims.items == NULL;
}

static int teardown(void **state)
{
    (void)state;
    free(claims.items);
    cs__arena_free(&claims.arena);
    return 0;
}

static void check(const struct cs__link_claim *claim, const char *expected)
{
    char printed[CS_DATE_SIZE];
    assert_string_equal(cs_date_print(claim->date, printed), expected);
    assert_int_equal(claim->window_count, *expected ? 1 : 0);
}

static void the_same_days_elsewhere_tell_the_year(void **state)
{
    (void)state;
    struct cs__link_claim *article = add_days("Northshire", 0, (struct cs__link_days){6, 0, 6, 0});
    struct cs__link_claim *other = add_days("Southshire", 0, (struct cs__link_days){6, 0, 6, 0});
    add_dated("Northshire", CS_VISIT_MONITORING, 2, "2023-06-28/2023-06-29");
    assert_true(cs__link_years(&claims));
    check(article, "2023-06");
    check(other, "");
}

static void the_judgement_tells_when_a_visit_was_due(void **state)
{
    (void)state;
    struct cs__link_claim *first = add_days("Northshire", 1, (struct cs__link_days){6, 7, 6, 8});
    struct cs__link_claim *sixth = add_days("Northshire", 6, (struct cs__link_days){1, 16, 1, 17});
    struct cs__link_claim *report = add_dated("Northshire", CS_VISIT_INSPECTION, 0, "2021-12-06/2021-12-17");
    report->judgements[CS_AREA_OVERALL].value = CS_JUDGEMENT_INADEQUATE;
    assert_true(cs__link_years(&claims));
    check(first, "2022-06-07/2022-06-08");
    check(sixth, "2024-01-16/2024-01-17"); /* in 2023 these were a Monday and a Tuesday, but too early */
}

static void another_document_may_date_the_judgement(void **state)
{
    (void)state;
    struct cs__link_claim *article = add_days("Northshire", 1, (struct cs__link_days){6, 7, 6, 8});
    struct cs__link_claim *letter = add_dated("Northshire", CS_VISIT_MONITORING, 2, "2022-10-04/2022-10-05");
    letter->standing = CS_JUDGEMENT_INADEQUATE;
    letter->baseline = date_of("2021-12");
    assert_true(cs__link_years(&claims));
    check(article, "2022-06-07/2022-06-08");
}

static void last_years_judgement_tells_the_year(void **state)
{
    (void)state;
    struct cs__link_claim *article = add("Northshire", CS_VISIT_MONITORING);
    article->ordinal = 3;
    article->standing = CS_JUDGEMENT_INADEQUATE;
    article->baseline_month = 9;
    article->baseline_year_offset = -1;
    struct cs__link_claim *letter = add_dated("Northshire", CS_VISIT_MONITORING, 1, "2023-03-29/2023-03-30");
    letter->standing = CS_JUDGEMENT_INADEQUATE;
    letter->baseline = date_of("2022-07");
    assert_true(cs__link_years(&claims));
    check(article, "2023");
}

static void what_stays_open_has_no_date(void **state)
{
    (void)state;
    struct cs__link_claim *north = add_days("Northshire", 0, (struct cs__link_days){6, 7, 6, 8});
    struct cs__link_claim *nowhere = add_days("", 0, (struct cs__link_days){6, 7, 6, 8});
    add_dated("Southshire", CS_VISIT_MONITORING, 2, "2022-06-07/2022-06-08");
    add_dated("", CS_VISIT_MONITORING, 2, "2022-06-07/2022-06-08");
    assert_true(cs__link_years(&claims));
    check(north, "");
    check(nowhere, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_days_elsewhere_tell_the_year, setup, teardown),
        cmocka_unit_test_setup_teardown(the_judgement_tells_when_a_visit_was_due, setup, teardown),
        cmocka_unit_test_setup_teardown(another_document_may_date_the_judgement, setup, teardown),
        cmocka_unit_test_setup_teardown(last_years_judgement_tells_the_year, setup, teardown),
        cmocka_unit_test_setup_teardown(what_stays_open_has_no_date, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
