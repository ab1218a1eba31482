/* SPDX-License-Identifier: MIT */
/* Passages that go on about a match without naming it: which they are, and where they stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <csearch/query.h>

#include "tests/unit/index_fixture.h"

static struct fixture fixture;
static cs_reader *reader;

static int write_index(void **state)
{
    (void)state;
    cs_error error;
    fixture_open(&fixture);
    fixture_document(&fixture, "/papers/zoo.txt", CS_KIND_OTHER, NULL, NULL, CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "Animals", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 1 */ fixture_passage(&fixture, NULL, "Some penguins live at the zoo.");
    /* 2 */ fixture_passage(&fixture, NULL, "Such young penguins are fed twice a day.");
    /* 3 */ fixture_passage(&fixture, NULL, "Such is life.");
    /* 4 */ fixture_passage(&fixture, NULL, "Herons visit the zoo.");
    /* 5 */ fixture_passage(&fixture, NULL, "These birds are wild, and stay for a day.");
    /* 6 */ fixture_passage(&fixture, NULL, "A seal came to the zoo in May.");
    fixture_section(&fixture, "Other matters", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 7 */ fixture_passage(&fixture, NULL, "Those seals on the beach are another matter.");
    fixture_close(&fixture);
    return cs_reader_open(fixture.path, NULL, &reader, &error) == CS_OK ? 0 : -1;
}

static int remove_index(void **state)
{
    (void)state;
    cs_reader_close(reader);
    fixture_remove(&fixture);
    return 0;
}

/* The ids of hits in their order. */
static void expect(const char *query, const cs_search_options *options, const char *ids, uint64_t total)
{
    cs_hits *hits = NULL;
    cs_error error = {0};
    char got[100] = "";
    if (cs_search(reader, query, strlen(query), options, &hits, &error) != CS_OK)
        fail_msg("%s: %s", query, error.message);
    for (size_t i = 0, at = 0; i < cs_hits_count(hits); i++) {
        const cs_hit *hit = cs_hits_get(hits, i);
        at += (size_t)snprintf(got + at, sizeof got - at, "%s%s%d", i > 0 ? " " : "",
                               hit->continues ? "+" : "", (int)hit->passage);
    }
    assert_string_equal(got, ids);
    assert_int_equal(cs_hits_total(hits), total);
    cs_hits_free(hits);
}

static void test_the_next_passage_that_points_back(void **state)
{
    (void)state;
    expect("live zoo", NULL, "1 +2", 1);
    expect("\"some penguins\"", NULL, "1 +2", 1);
    /* 2 is a match itself, "Such is" points at nothing, and no noun of 4 stands in 5. */
    expect("penguins", NULL, "1 2", 2);
    expect("herons", NULL, "4", 1);
    /* The next section is about something else. */
    expect("May", NULL, "6", 1);
}

static void test_where_nothing_is_added(void **state)
{
    (void)state;
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    expect("live -fed", NULL, "1", 1);
    options.exact = 1;
    expect("live", &options, "1", 1);
    options = (cs_search_options)CS_SEARCH_OPTIONS_INIT;
    options.match = CS_MATCH_ANY;
    expect("live", &options, "1", 1);
    options = (cs_search_options)CS_SEARCH_OPTIONS_INIT;
    options.limit = 1;
    expect("live", &options, "1", 1);
    options.offset = 1;
    expect("live", &options, "+2", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_next_passage_that_points_back),
        cmocka_unit_test(test_where_nothing_is_added),
    };
    return cmocka_run_group_tests(tests, write_index, remove_index);
}
