/* SPDX-License-Identifier: MIT */
/* The table of local authorities, and their names in running text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/authority.h"

static void table_is_sound(void **state)
{
    (void)state;
    assert_true(cs__authority_count > 150);
    for (size_t i = 0; i < cs__authority_count; i++) {
        const struct cs__authority *a = &cs__authorities[i];
        assert_true(a->name[0] != '\0' && a->region[0] != '\0' && a->type[0] != '\0' && a->la_code > 200);
        assert_ptr_equal(cs__authority_named(a->name, strlen(a->name)), a);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(a->name, cs__authorities[j].name);
            assert_true(a->urn == 0 || a->urn != cs__authorities[j].urn);
        }
    }
}

static void whole_names(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"London Borough of Redbridge Council", "Redbridge"},
        {"Royal Borough of Greenwich", "Greenwich"},
        {"The Royal Borough of Windsor and Maidenhead", "Windsor and Maidenhead"},
        {"Bristol City of", "Bristol"},
        {"Bristol, City of", "Bristol"},
        {"City of Bradford Metropolitan District Council", "Bradford"},
        {"City of London", "City of London"},
        {"Council of the Isles of Scilly", "Isles of Scilly"},
        {"Kingston Upon Hull City Council", "Kingston upon Hull"},
        {"Hull", "Kingston upon Hull"},
        {"Hammersmith & Fulham", "Hammersmith and Fulham"},
        {"Bournemouth, Christchurch & Poole", "Bournemouth, Christchurch and Poole"},
        {"BCP Council", "Bournemouth, Christchurch and Poole"},
        {"stoke on trent", "Stoke-on-Trent"},
        {"St. Helens Metropolitan Borough Council", "St Helens"},
        {"Derby City Council", "Derby"},
        {"Rutland County Council", "Rutland"},
        {"County Durham", "Durham"},
        {"Metropolitan Borough of Rotherham", "Rotherham"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const struct cs__authority *a = cs__authority_named(pairs[i][0], strlen(pairs[i][0]));
        if (a == NULL || strcmp(a->name, pairs[i][1]) != 0)
            fail_msg("%s is %s, not %s", pairs[i][0], a == NULL ? "none" : a->name, pairs[i][1]);
    }
    assert_null(cs__authority_named("Council", 7));
    assert_null(cs__authority_named("Derby and Derbyshire", 20));
    assert_null(cs__authority_named("", 0));
}

/* "Name" a mention, "+" where council words stand around it, "~" where a county was read from its town. */
static char *mentions(const char *text)
{
    static char out[1024];
    struct cs__authority_mention m;
    out[0] = '\0';
    for (size_t at = 0; cs__authority_next(text, strlen(text), at, &m); at = m.end) {
        size_t used = strlen(out);
        snprintf(out + used, sizeof out - used, "%s%s%s%s", used > 0 ? " | " : "", m.authority->name,
                 m.council ? "+" : "", m.county_town ? "~" : "");
    }
    return out;
}

static void names_in_text(void **state)
{
    (void)state;
    assert_string_equal(mentions("Children in North East Lincolnshire and in Lincolnshire"),
                        "North East Lincolnshire | Lincolnshire");
    assert_string_equal(mentions("the Borough of Sutton, Kent County Council and York local authority"),
                        "Sutton+ | Kent+ | York+");
    assert_string_equal(mentions("Inspection of Bournemouth,\nChristchurch and Poole local authority"),
                        "Bournemouth, Christchurch and Poole+");
    assert_string_equal(mentions("Greater Manchester and New York are reading about Leedsville"), "");
    assert_string_equal(mentions("Reading\xE2\x80\x99s services"), "Reading");
    assert_string_equal(mentions("Bradford\xE2\x80\x99s Children\xE2\x80\x99s Services"), "Bradford+");
    assert_string_equal(mentions("Hereford's Children's Services"), "Herefordshire+~");
    assert_string_equal(mentions("He lives in Hereford. Lincoln is far."), "");
    assert_string_equal(mentions("bcp and BCP"), "Bournemouth, Christchurch and Poole");
    assert_string_equal(mentions("Stoke-on-Trent, Stockton\xE2\x80\x93on\xE2\x80\x93Tees"),
                        "Stoke-on-Trent | Stockton-on-Tees");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_is_sound),
        cmocka_unit_test(whole_names),
        cmocka_unit_test(names_in_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
