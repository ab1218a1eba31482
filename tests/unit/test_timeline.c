/* SPDX-License-Identifier: MIT */
/* Timelines of a small index: what counts and what does not, scope, grouping, tone, life. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <csearch.h>

#include "tests/unit/index_fixture.h"

static struct fixture fixture;
static cs_reader *reader;

static void run(const char *format, long long a, long long b)
{
    char *sql = sqlite3_mprintf(format, a, b);
    fixture_run(fixture.db, sql);
    sqlite3_free(sql);
}

/* Six visits to one authority; passages are numbered from 1. */
static void write_visits(void)
{
    fixture_visit(&fixture, "kent/2018-06-11", "Kent", CS_VISIT_INSPECTION, "2018-06-11/2018-06-22",
                  CS_JUDGEMENT_REQUIRES_IMPROVEMENT, CS_STATE_STATED);
    fixture_document(&fixture, "/papers/2018.pdf", CS_KIND_INSPECTION_REPORT, "Kent", "2018-07-23",
                     CS_JUDGEMENT_REQUIRES_IMPROVEMENT);
    fixture_section(&fixture, "Private fostering and other matters", CS_AREA_HELP_AND_PROTECTION,
                    CS_JUDGEMENT_REQUIRES_IMPROVEMENT);
    /* 1 */ fixture_passage(&fixture, "1",
                            "Private fostering is poorly understood. Too many children are not seen.");
    /* 2 */ fixture_passage(&fixture, "2", "The canteen is warm.");

    fixture_visit(&fixture, "kent/2022-07-18", "Kent", CS_VISIT_INSPECTION, "2022-07-18/2022-07-29",
                  CS_JUDGEMENT_INADEQUATE, CS_STATE_STATED);
    fixture_document(&fixture, "/papers/2022.pdf", CS_KIND_INSPECTION_REPORT, "Kent", "2022-09-22",
                     CS_JUDGEMENT_INADEQUATE);
    fixture_section(&fixture, "Help and protection", CS_AREA_HELP_AND_PROTECTION, CS_JUDGEMENT_INADEQUATE);
    /* 3 */ fixture_passage(&fixture, "3",
                            "Arrangements for privately fostered children are weak and inadequate.");
    /* 4 */ fixture_passage(&fixture, "4",
                            "Private fostering needs urgent improvement; failures are serious.");

    fixture_visit(&fixture, "kent/2023-03-29", "Kent", CS_VISIT_MONITORING, "2023-03-29/2023-03-30",
                  CS_JUDGEMENT_INADEQUATE, CS_STATE_STANDING);
    run("INSERT INTO visit_scope VALUES (%lld, 0, 'Early help and the front door')", fixture.visit, 0);
    fixture_document(&fixture, "/papers/letter.txt", CS_KIND_MONITORING_LETTER, "Kent", "2023-05-09",
                     CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "Findings", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 5 */ fixture_passage(&fixture, NULL,
                            "Early help is effective and children benefit from strong support.");
    fixture_document(&fixture, "/papers/article.html", CS_KIND_ARTICLE, "Kent", "2023-05-12",
                     CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "News", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 6 */ fixture_passage(&fixture, NULL,
                            "Early help is effective and children benefit from strong support.");
    /* 7 */ fixture_passage(&fixture, NULL, "Councillors say that early help is their pride.");
    run("INSERT INTO echo VALUES (6, 5); UPDATE passage SET flags = 5 WHERE id = 6", 0, 0);

    fixture_visit(&fixture, "kent/2023-06-28", "Kent", CS_VISIT_MONITORING, "2023-06-28/2023-06-29",
                  CS_JUDGEMENT_INADEQUATE, CS_STATE_STANDING);
    fixture_document(&fixture, "/papers/second.html", CS_KIND_ARTICLE, "Kent", "2023-08-01",
                     CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "News", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 8 */ fixture_passage(&fixture, NULL, "Hotels house lone children, and inspectors are concerned.");

    fixture_visit(&fixture, "kent/2025-11-10", "Kent", CS_VISIT_INSPECTION, "2025-11-10/2025-11-21",
                  CS_JUDGEMENT_GOOD, CS_STATE_STATED);
    fixture_document(&fixture, "/papers/2025.pdf", CS_KIND_INSPECTION_REPORT, "Kent", "2026-01-12",
                     CS_JUDGEMENT_GOOD);
    fixture_section(&fixture, "Help and protection", CS_AREA_HELP_AND_PROTECTION, CS_JUDGEMENT_GOOD);
    /* 9 */ fixture_passage(&fixture, "9",
                            "Private fostering arrangements are strong, effective and well managed.");
}

static void write_other_authority(void)
{
    fixture_visit(&fixture, "york/2022-01-10", "York", CS_VISIT_INSPECTION, "2022-01-10/2022-01-21",
                  CS_JUDGEMENT_GOOD, CS_STATE_STATED);
    fixture_document(&fixture, "/papers/york.pdf", CS_KIND_INSPECTION_REPORT, "York", "2022-03-01",
                     CS_JUDGEMENT_GOOD);
    fixture_section(&fixture, "Children in care", CS_AREA_CARE, CS_JUDGEMENT_GOOD);
    /* 10 */ fixture_passage(&fixture, "1", "Private fostering is managed well. Dentists are seen.");
}

static int write_index(void **state)
{
    (void)state;
    cs_error error;
    fixture_open(&fixture);
    write_visits();
    write_other_authority();
    run("UPDATE passage SET words = 10; UPDATE document SET words = 10 * block_count", 0, 0);
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

static cs_timeline *follow(const char *query, const char *authority, uint32_t limit)
{
    cs_timeline *timeline = NULL;
    cs_error error = {0};
    cs_search_options search = CS_SEARCH_OPTIONS_INIT;
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    search.authority = authority;
    search.limit = limit;
    options.search = &search;
    if (cs_timeline_build(reader, query, strlen(query), &options, &timeline, &error) != CS_OK)
        fail_msg("%s: %s", query, error.message);
    return timeline;
}

/* Passages of all rows, as "1 2 0 0 1". */
static void expect_counts(const char *query, const char *authority, const char *counts)
{
    char got[128] = "";
    size_t size = 0;
    cs_timeline *timeline = follow(query, authority, 0);
    for (size_t i = 0; i < cs_timeline_count(timeline); i++)
        size += (size_t)snprintf(got + size, sizeof got - size, "%s%u", i > 0 ? " " : "",
                                 cs_timeline_get(timeline, i)->passages);
    if (strcmp(got, counts) != 0)
        fail_msg("%s: counted [%s], not [%s]", query, got, counts);
    cs_timeline_free(timeline);
}

static void test_counts_by_text_alone(void **state)
{
    (void)state;
    expect_counts("private fostering", "Kent", "1 2 0 0 1");
    expect_counts("\"private fostering\"", "Kent", "1 2 0 0 1");
    expect_counts("canteen", "Kent", "1 0 0 0 0");
    expect_counts("canteen OR hotels", "Kent", "1 0 0 1 0");
    expect_counts("private NOT =fostered", "Kent", "1 1 0 0 1");
    expect_counts("nothinglikeit", "Kent", "0 0 0 0 0");
    expect_counts("\xF0\x9F\x98\x80", "Kent", "0 0 0 0 0");
    expect_counts("", "Kent", "2 2 1 1 1");
    expect_counts("-canteen", "Kent", "1 2 1 1 1");
}

static void test_filters_narrow_rows_and_words(void **state)
{
    (void)state;
    expect_counts("private fostering since:2022", "Kent", "2 0 0 1");
    expect_counts("private fostering kind:article", "Kent", "0 0");
    expect_counts("early help kind:article", "Kent", "1 0");
    cs_timeline *timeline = follow("fostering area:care", NULL, 0);
    assert_int_equal(cs_timeline_count(timeline), 1);
    assert_int_equal(cs_timeline_get(timeline, 0)->words, 10);
    cs_timeline_free(timeline);
    timeline = follow("private fostering", "Kent", 0);
    assert_int_equal(cs_timeline_get(timeline, 0)->words, 20);
    assert_true(cs_timeline_get(timeline, 0)->rate_per_1000 == 50.0);
    cs_timeline_free(timeline);
}

static void test_echoes_and_articles_stand_apart(void **state)
{
    (void)state;
    cs_timeline *timeline = follow("early help", "Kent", 0);
    const cs_timeline_row *row = cs_timeline_get(timeline, 2);
    assert_int_equal(row->passages, 1);
    assert_int_equal(row->words, 10);
    assert_int_equal(row->reports, 1);
    assert_false(row->at_second_hand);
    assert_int_equal(row->document_count, 2);
    for (size_t i = 0; i < row->document_count; i++) {
        const cs_row_document *document = &row->documents[i];
        assert_int_equal(document->passages, 1);
        assert_int_equal(document->words, 10);
        assert_int_equal(document->apart, document->document->kind == CS_KIND_ARTICLE);
    }
    cs_timeline_free(timeline);
    timeline = follow("hotels", "Kent", 0);
    assert_true(cs_timeline_get(timeline, 3)->at_second_hand);
    assert_int_equal(cs_timeline_get(timeline, 3)->passages, 1);
    cs_timeline_free(timeline);
}

static void expect_scope(const char *query, cs_scope letter, cs_scope article)
{
    cs_timeline *timeline = follow(query, "Kent", 0);
    assert_int_equal(cs_timeline_get(timeline, 0)->scope, CS_SCOPE_IN);
    if (cs_timeline_get(timeline, 2)->scope != letter)
        fail_msg("%s: scope of the letter %s", query, cs_scope_name(cs_timeline_get(timeline, 2)->scope));
    assert_int_equal(cs_timeline_get(timeline, 3)->scope, article);
    cs_timeline_free(timeline);
}

static void test_scope(void **state)
{
    (void)state;
    expect_scope("early help", CS_SCOPE_IN, CS_SCOPE_UNKNOWN);
    expect_scope("private fostering", CS_SCOPE_OUT, CS_SCOPE_UNKNOWN);
    expect_scope("multi-agency safeguarding hub", CS_SCOPE_IN, CS_SCOPE_UNKNOWN);
    expect_scope("social worker turnover", CS_SCOPE_UNKNOWN, CS_SCOPE_UNKNOWN);
    /* No themes: by where the collection speaks of them. */
    expect_scope("dentists", CS_SCOPE_OUT, CS_SCOPE_UNKNOWN);
    expect_scope("canteen", CS_SCOPE_UNKNOWN, CS_SCOPE_UNKNOWN);
    expect_scope("\"front door\"", CS_SCOPE_IN, CS_SCOPE_UNKNOWN);
}

static void test_tone_and_its_evidence(void **state)
{
    (void)state;
    cs_timeline *timeline = follow("private fostering", "Kent", 0);
    assert_int_equal(cs_timeline_get(timeline, 0)->tone, CS_TONE_CONCERN);
    assert_int_equal(cs_timeline_get(timeline, 1)->tone, CS_TONE_CONCERN);
    assert_int_equal(cs_timeline_get(timeline, 2)->tone, CS_TONE_NONE);
    assert_int_equal(cs_timeline_get(timeline, 4)->tone, CS_TONE_STRENGTH);
    const cs_timeline_row *row = cs_timeline_get(timeline, 4);
    assert_int_equal(row->tone_passages, 1);
    assert_true(row->cue_count > 0);
    assert_true(row->tone_score > 0);
    assert_non_null(row->best);
    assert_int_equal(row->best->passage, 9);
    assert_int_equal(row->sentence.start, 0);
    assert_int_equal(row->sentence.end, row->best->text_size);
    assert_null(cs_timeline_get(timeline, 2)->best);
    assert_string_equal(cs_timeline_life(timeline),
                        "raised in June 2018; a concern at 2 visits; last said to be "
                        "good in November 2025");
    cs_timeline_free(timeline);
    timeline = follow("nothinglikeit", "Kent", 0);
    assert_string_equal(cs_timeline_life(timeline),
                        "not mentioned at any of 5 visits, of which 2 did not look at it, "
                        "or are not known to have");
    cs_timeline_free(timeline);
}

/* Every number can be opened: with no limit, the passages listed are those counted, and each matches. */
static void test_listed_are_counted(void **state)
{
    (void)state;
    cs_timeline *timeline = follow("private fostering", "Kent", 1000);
    uint64_t total = 0;
    for (size_t i = 0; i < cs_timeline_count(timeline); i++) {
        const cs_timeline_row *row = cs_timeline_get(timeline, i);
        assert_int_equal(row->hit_count, row->passages);
        for (size_t j = 0; j < row->hit_count; j++) {
            assert_int_equal(row->hits[j].rank, j + 1);
            assert_true(row->hits[j].mark_count > 0);
            assert_ptr_equal(row->hits[j].visit != NULL ? row->hits[j].visit->id[0] : 0, 'k');
        }
        total += row->hit_count;
    }
    assert_int_equal(total, cs_timeline_passages(timeline));
    cs_timeline_free(timeline);
    timeline = follow("private fostering", "Kent", 1);
    assert_int_equal(cs_timeline_get(timeline, 1)->passages, 2);
    assert_int_equal(cs_timeline_get(timeline, 1)->hit_count, 1);
    cs_timeline_free(timeline);
}

static void test_across_authorities(void **state)
{
    (void)state;
    expect_counts("private fostering", NULL, "1 3 0 1 2 1 2");
    cs_timeline *timeline = follow("private fostering", NULL, 0);
    const cs_timeline_row *year = cs_timeline_get(timeline, 1), *good = cs_timeline_get(timeline, 6);
    assert_int_equal(year->kind, CS_ROW_YEAR);
    assert_string_equal(year->label, "2022");
    assert_int_equal(year->reports, 2);
    assert_int_equal(year->reports_with, 2);
    assert_null(year->visit);
    assert_int_equal(good->kind, CS_ROW_JUDGEMENT);
    assert_string_equal(good->label, "good");
    assert_int_equal(good->reports, 2);
    assert_string_equal(cs_timeline_life(timeline), "");
    assert_int_equal(cs_timeline_passages(timeline), 5);
    cs_timeline_free(timeline);
}

static void test_read_as_a_theme_and_not(void **state)
{
    (void)state;
    cs_timeline *timeline = follow("fostering, private", "Kent", 0);
    assert_string_equal(cs_timeline_theme(timeline), "private fostering");
    assert_non_null(cs_timeline_also_searched(timeline, 0));
    assert_non_null(strstr(cs_timeline_note(timeline, 0), "theme"));
    cs_timeline_free(timeline);
    const char *const words[] = {"\"private fostering\"", "private AND fostering", "=private fostering",
                                 "canteen"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        timeline = follow(words[i], "Kent", 0);
        assert_null(cs_timeline_theme(timeline));
        cs_timeline_free(timeline);
    }
}

static cs_grid *lay_out(const char *query)
{
    cs_grid *grid = NULL;
    cs_error error = {0};
    if (cs_grid_build(reader, query, strlen(query), NULL, &grid, &error) != CS_OK)
        fail_msg("%s: %s", query, error.message);
    return grid;
}

/* A cell is what the timeline of its theme has there. */
static void test_grid(void **state)
{
    (void)state;
    cs_grid *grid = lay_out("authority:Kent");
    size_t said = 0;
    assert_int_equal(cs_grid_columns(grid), 5);
    assert_string_equal(cs_grid_column(grid, 4)->visit->id, "kent/2025-11-10");
    assert_null(cs_grid_column(grid, 5));
    assert_true(cs_grid_themes(grid) >= 60);
    for (size_t i = 0; i < cs_grid_themes(grid); i++) {
        const cs_grid_theme *theme = cs_grid_theme_get(grid, i);
        cs_timeline *timeline = follow(theme->name, "Kent", 1);
        assert_string_equal(cs_timeline_theme(timeline), theme->name);
        assert_string_equal(cs_timeline_life(timeline), theme->life);
        assert_int_equal(cs_timeline_passages(timeline), theme->passages);
        for (size_t j = 0; j < cs_grid_columns(grid); j++) {
            const cs_timeline_row *row = cs_timeline_get(timeline, j), *cell = &theme->cells[j];
            assert_int_equal(cell->passages, row->passages);
            assert_int_equal(cell->tone, row->tone);
            assert_int_equal(cell->scope, row->scope);
            assert_string_equal(cell->label, row->label);
            assert_int_equal(cell->hit_count, row->passages > 0);
        }
        said += theme->passages > 0;
        cs_timeline_free(timeline);
    }
    assert_true(said >= 2);
    cs_grid_free(grid);
}

static void test_grid_of_some_themes(void **state)
{
    (void)state;
    cs_grid *grid = lay_out("authority:Kent privately fostered children");
    assert_int_equal(cs_grid_themes(grid), 1);
    assert_string_equal(cs_grid_theme_get(grid, 0)->name, "private fostering");
    cs_grid_free(grid);
    grid = lay_out("care leavers authority:York");
    assert_int_equal(cs_grid_themes(grid), 1);
    cs_grid_free(grid);
    grid = lay_out("what harms");
    assert_true(cs_grid_themes(grid) > 5);
    assert_int_equal(cs_grid_column(grid, 0)->kind, CS_ROW_YEAR);
    cs_grid_free(grid);
    grid = lay_out("zebra");
    assert_int_equal(cs_grid_themes(grid), 0);
    assert_non_null(strstr(cs_grid_note(grid, 0), "zebra"));
    assert_null(cs_grid_theme_get(grid, 0));
    cs_grid_free(grid);
    cs_grid_free(NULL);
}

static void test_errors(void **state)
{
    (void)state;
    cs_timeline *timeline = NULL;
    cs_error error = {0};
    cs_search_options search = CS_SEARCH_OPTIONS_INIT;
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    search.since = "some day";
    options.search = &search;
    assert_int_equal(cs_timeline_build(reader, "x", 1, &options, &timeline, &error), CS_ERR_ARGUMENT);
    assert_null(timeline);
    assert_non_null(strstr(error.message, "--since"));
    search.since = NULL;
    options.themes_file = "/no/such/file";
    assert_int_equal(cs_timeline_build(reader, "x", 1, &options, &timeline, &error), CS_ERR_ARGUMENT);
    assert_non_null(strstr(error.message, "/no/such/file"));
    assert_int_equal(cs_timeline_build(reader, "canteen", 7, NULL, &timeline, NULL), CS_OK);
    assert_null(cs_timeline_get(timeline, cs_timeline_count(timeline)));
    cs_timeline_free(timeline);
    cs_timeline_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_by_text_alone),
        cmocka_unit_test(test_filters_narrow_rows_and_words),
        cmocka_unit_test(test_echoes_and_articles_stand_apart),
        cmocka_unit_test(test_scope),
        cmocka_unit_test(test_tone_and_its_evidence),
        cmocka_unit_test(test_listed_are_counted),
        cmocka_unit_test(test_across_authorities),
        cmocka_unit_test(test_read_as_a_theme_and_not),
        cmocka_unit_test(test_grid),
        cmocka_unit_test(test_grid_of_some_themes),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, write_index, remove_index);
}
