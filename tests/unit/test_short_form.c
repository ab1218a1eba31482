/* SPDX-License-Identifier: MIT */
/* What a text says that a short form stands for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "query/short_form.h"

static void expect(const char *text, const char *short_form, const char *long_form)
{
    cs_range range;
    int found = cs__long_form_before(text, strlen(text), short_form, &range);
    assert_int_equal(found, long_form != NULL);
    if (long_form == NULL)
        return;
    assert_int_equal(range.end - range.start, strlen(long_form));
    assert_memory_equal(text + range.start, long_form, strlen(long_form));
}

static void test_long_forms(void **state)
{
    (void)state;
    expect("They ring the children's advice and support service (CASS) first.", "CASS",
           "children's advice and support service");
    expect("A zebra crossing team (ZCT) exists.", "ZCT", "zebra crossing team");
    expect("Zebra crossing teams (ZCTs) exist.", "ZCT", "Zebra crossing teams");
    expect("The multi-agency safeguarding hub (MASH, the front door) answers.", "MASH",
           "multi-agency safeguarding hub");
    expect("zebra  crossing team (ZCT)", "ZCT", "zebra  crossing team");
}

static void test_what_is_none(void **state)
{
    (void)state;
    expect("The team (ZCT) exists.", "ZCT", NULL);
    expect("Zebra crossing. The team (ZCT) exists.", "ZCT", NULL);
    expect("zebra crossing team (ZCTX)", "ZCT", NULL);
    expect("zebra crossing team [ZCT]", "ZCT", NULL);
    expect("(ZCT) zebra crossing team", "ZCT", NULL);
    expect("ZCT (ZCT)", "ZCT", NULL);
    expect("", "ZCT", NULL);
    expect("(", "ZCT", NULL);
    expect("zebra (ZCT", "ZCT", NULL);
    expect("\xC3\xA9\xC3\xA9\xC3\xA9 (ZCT)", "ZCT", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_forms),
        cmocka_unit_test(test_what_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
