/* SPDX-License-Identifier: MIT */
/* What a text says that a short form stands for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/short_form.h"

static void expect_next(const char *text, size_t *at, const char *short_form, const char *long_form)
{
    struct cs__short_form form;
    int found = cs__short_form_next(text, strlen(text), at, &form);
    assert_int_equal(found, short_form != NULL);
    if (short_form == NULL)
        return;
    assert_string_equal(form.text, short_form);
    assert_int_equal(form.long_form.end - form.long_form.start, strlen(long_form));
    assert_memory_equal(text + form.long_form.start, long_form, strlen(long_form));
}

static void expect(const char *text, const char *short_form, const char *long_form)
{
    size_t at = 0;
    expect_next(text, &at, short_form, long_form);
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
    expect("the audited and supported year in employment (ASYE)", "ASYE",
           "audited and supported year in employment");
    expect("a bed and breakfast (B&B)", "B&B", "bed and breakfast");
    expect("the Zebras in Care Council (ZiCC) met", "ZiCC", "Zebras in Care Council");
}

static void test_several(void **state)
{
    (void)state;
    const char *text = "A zebra crossing team (ZCT), with (two) helpers, and lion feeding crews (LFCs).";
    size_t at = 0;
    expect_next(text, &at, "ZCT", "zebra crossing team");
    expect_next(text, &at, "LFC", "lion feeding crews");
    expect_next(text, &at, NULL, NULL);
}

static void test_what_is_none(void **state)
{
    (void)state;
    expect("The team (ZCT) exists.", NULL, NULL);
    expect("Zebra crossing. The team (ZCT) exists.", NULL, NULL);
    expect("zebra crossing team (ZCTX)", NULL, NULL);
    expect("zebra crossing team (zct)", NULL, NULL);
    expect("zebra crossing team (Z)", NULL, NULL);
    expect("zebra crossing team (the ZCT)", NULL, NULL);
    expect("zebra crossing team [ZCT]", NULL, NULL);
    expect("(ZCT) zebra crossing team", NULL, NULL);
    expect("ZCT (ZCT)", NULL, NULL);
    expect("a b c d e f g h i (ABCDEFGHI)", NULL, NULL);
    expect("", NULL, NULL);
    expect("(", NULL, NULL);
    expect("(((((", NULL, NULL);
    expect("zebra (ZCT", NULL, NULL);
    expect("\xC3\xA9\xC3\xA9\xC3\xA9 (ZCT)", NULL, NULL);
    size_t at = 0;
    struct cs__short_form form;
    assert_false(cs__short_form_next("zebra crossing team (ZCT\0)", 26, &at, &form));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_forms),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_what_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
