/* SPDX-License-Identifier: MIT */
/* Describe when memory runs out: each allocation fails in turn, and nothing is leaked, half done or read.
 * Linked with the wrappers below in place of malloc, calloc and realloc (see the Makefile). */
#include "tests/unit/describe_fixture.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static long left = -1; /* allocations that still succeed; -1: all */

static int runs_out(void)
{
    return left >= 0 && left-- == 0;
}

void *__wrap_malloc(size_t size)
{
    return runs_out() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return runs_out() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return runs_out() ? NULL : __real_realloc(memory, size);
}

static const char report[] =
    "T|Inspection of Torbay local authority children\xE2\x80\x99s services\n"
    "P|Inspection dates:\nP|6 to 17 November 2023\n"
    "P|Lead inspector: Jo Berg HMI\n"
    "R|The impact of leaders on social work practice with children and families\tGood\n"
    "R|The experiences and progress of children in care\tGood\n"
    "R|Overall effectiveness\tGood\n"
    "P|Since the last inspection in 2020, when services were judged inadequate, much was done.\n"
    "H2|What needs to improve?\nB|Plans.\n"
    "H2|The experiences and progress of children in care: inadequate\n"
    "F|Torbay, 6 to 27 November 2023\n";

static const char letter[] =
    "C|9 May 2019\nC|Dear Sam\nP|Monitoring visit to Torbay children\xE2\x80\x99s services\n"
    "P|This letter sets out the findings of the second monitoring visit, on 10 and 11 April, since services "
    "were "
    "judged inadequate in June 2018. The inspectors were Ada King HMI and Bo Marsh HMI.\n"
    "H2|Areas covered by the visit\nB|the front door\n";

static void fail_each_allocation(const char *text)
{
    static const cs_override overrides[] = {{"title", "A title"}};
    const struct cs__describe_input input = {
        .name = "x", .format = "text", .overrides = overrides, .override_count = 1};
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct cs__blocks blocks = {.items = fixture->items};
    blocks.count = fixture_blocks(fixture, text);
    cs_status status = CS_ERR_NOMEM;
    for (long n = 0; status != CS_OK; n++) {
        cs_error error = {0};
        left = n;
        status = cs__describe(&blocks, &input, &fixture->described, &error);
        left = -1;
        assert_true(status == CS_OK || (status == CS_ERR_NOMEM && error.status == CS_ERR_NOMEM));
        assert_true(status == CS_OK || fixture->described.fields == NULL);
        assert_true(n < 10000);
    }
    assert_true(fixture->described.field_count > 5);
    fixture_free(fixture);
}

static void a_report(void **state)
{
    (void)state;
    fail_each_allocation(report);
}

static void a_letter(void **state)
{
    (void)state;
    fail_each_allocation(letter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_report), cmocka_unit_test(a_letter)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
