/* SPDX-License-Identifier: MIT */
/* core/tone_theme: the tone of passages on a theme. */
#include "core/tone_theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* Add `text` as passage `id`, with each place of `word` marked. */
static void add(struct cs__tone_theme *theme, int64_t id, const char *text, const char *word,
                const struct cs__tone_context *context)
{
    cs_range marks[16];
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
        marks[count++] =
            (cs_range){.start = (uint32_t)(at - text), .end = (uint32_t)(at - text + (int)strlen(word))};
    cs__tone_theme_add(theme, id, text, strlen(text), marks, count, context);
}

static void expect(const struct cs__tone_theme *theme, const char *tone)
{
    assert_string_equal(cs__tone_name(cs__tone_theme_label(theme)), tone);
}

static void test_dominant(void **state)
{
    (void)state;
    struct cs__tone_theme theme = {0};
    expect(&theme, "");
    add(&theme, 1, "Supervision is regular and effective. Supervision notes are thorough.", "Supervision",
        NULL);
    expect(&theme, "strength");
    assert_true(cs__tone_theme_score(&theme) > 0.5f);
    add(&theme, 2, "Supervision is poor in two teams. Supervision is not recorded well.", "Supervision",
        NULL);
    expect(&theme, "mixed");
    add(&theme, 3,
        "Supervision is too infrequent. Supervision lacks challenge. Supervision is often cancelled, and "
        "overdue. Supervision is inadequate.",
        "Supervision", NULL);
    expect(&theme, "concern");
    assert_int_equal(theme.sentences, 8);
}

static void test_small_exception(void **state)
{
    (void)state;
    struct cs__tone_theme theme = {0};
    add(&theme, 1,
        "Health checks are timely and thorough. Health needs are well met. Health staff are skilled. A small "
        "number of "
        "children wait too long for health checks.",
        "ealth", NULL);
    expect(&theme, "strength");
}

static void test_progress(void **state)
{
    (void)state;
    struct cs__tone_theme theme = {0};
    add(&theme, 1,
        "Caseloads have reduced. Caseloads are now improving in both teams. However, caseloads remain too "
        "high in one team.",
        "aseloads", NULL);
    expect(&theme, "progress");
}

static void test_neutral(void **state)
{
    (void)state;
    struct cs__tone_theme theme = {0};
    struct cs__tone_context context = {0};
    add(&theme, 1, "The council plans to open two hubs in 2030.", "hubs", &context);
    assert_true(theme.strength + theme.concern < 0.5f);
    assert_int_equal(theme.quotes[CS__TONE_NEUTRAL].passage, 1);
}

static void test_improvement_bullet(void **state)
{
    (void)state;
    struct cs__tone_theme theme = {0};
    struct cs__tone_context context = {.improvement = 1};
    add(&theme, 9, "The quality and timeliness of pathway plans.", "pathway", &context);
    expect(&theme, "concern");
    assert_int_equal(theme.evidence[0].reason == CS__TONE_IMPROVEMENT ||
                         theme.evidence[theme.evidence_count - 1].reason == CS__TONE_IMPROVEMENT,
                     1);
}

/* Only what is said on the theme counts, and what comes before it does not. */
static void test_relevance(void **state)
{
    (void)state;
    struct cs__tone_theme theme = {0};
    const char *text = "Fostering is inadequate and very poor. Adoption is a strength and very well managed.";
    add(&theme, 1, text, "Adoption", NULL);
    expect(&theme, "strength");
    assert_int_equal(theme.sentences, 1);
    assert_int_equal(theme.quotes[CS__TONE_STRENGTH].start, strstr(text, "Adoption") - text);
    theme = (struct cs__tone_theme){0};
    add(&theme, 1, "Adoption is tracked. This is not timely. Fostering is weak.", "Adoption", NULL);
    struct cs__tone_theme close = {0};
    add(&close, 1, "Adoption is tracked. Fostering is not timely. This is weak.", "Adoption", NULL);
    assert_true(theme.concern > close.concern);
}

static void test_evidence(void **state)
{
    (void)state;
    struct cs__tone_theme theme = {0};
    const char *text = "Visits are good, timely, thorough, effective, strong, robust, skilled, committed, "
                       "prompt and regular.";
    add(&theme, 5, text, "Visits", NULL);
    assert_int_equal(theme.evidence_count, CS__TONE_EVIDENCE_MAX);
    for (uint32_t i = 0; i < theme.evidence_count; i++) {
        assert_int_equal(theme.evidence[i].passage, 5);
        assert_true(theme.evidence[i].end <= strlen(text) && theme.evidence[i].start < theme.evidence[i].end);
        assert_true(i == 0 || theme.evidence[i].weight <= theme.evidence[i - 1].weight);
    }
}

static void test_merge_is_adding(void **state)
{
    (void)state;
    const char *first = "Supervision is regular and effective.",
               *second = "Supervision is poor in two teams.";
    struct cs__tone_theme both = {0}, one = {0}, other = {0};
    add(&both, 1, first, "Supervision", NULL);
    add(&both, 2, second, "Supervision", NULL);
    add(&one, 1, first, "Supervision", NULL);
    add(&other, 2, second, "Supervision", NULL);
    cs__tone_theme_merge(&one, &other);
    assert_memory_equal(&one, &both, sizeof one);
    assert_int_equal(other.sentences, 1);
    cs__tone_theme_merge(&one, &(struct cs__tone_theme){0});
    assert_memory_equal(&one, &both, sizeof one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dominant),           cmocka_unit_test(test_small_exception),
        cmocka_unit_test(test_progress),           cmocka_unit_test(test_neutral),
        cmocka_unit_test(test_improvement_bullet), cmocka_unit_test(test_relevance),
        cmocka_unit_test(test_evidence),           cmocka_unit_test(test_merge_is_adding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
