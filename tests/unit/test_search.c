/* SPDX-License-Identifier: MIT */
/* Searching a small index end to end: which passages a query finds, how, and what is told of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <csearch/query.h>

#include "core/buffer.h"
#include "tests/unit/index_fixture.h"

static struct fixture fixture;
static cs_reader *reader;

/* Passages are numbered from 1 in the order of these lines. */
static int write_index(void **state)
{
    (void)state;
    cs_error error;
    fixture_open(&fixture);
    fixture_visit(&fixture, "herefordshire/2022-07-18", "Herefordshire", CS_VISIT_INSPECTION,
                  "2022-07-18/2022-07-29", CS_JUDGEMENT_INADEQUATE, CS_STATE_STATED);
    fixture_document(&fixture, "/papers/2022.pdf", CS_KIND_INSPECTION_REPORT, "Herefordshire", "2022-09-22",
                     CS_JUDGEMENT_INADEQUATE);
    fixture_section(&fixture, "Children in need of help and protection", CS_AREA_HELP_AND_PROTECTION,
                    CS_JUDGEMENT_INADEQUATE);
    /* 1 */ fixture_passage(&fixture, "1",
                            "Caring for children is hard. Social workers leave and caseloads rise.");
    /* 2 */ fixture_passage(&fixture, "2",
                            "The multi-agency safeguarding hub (MASH) answers contacts at once.");
    fixture_section(&fixture, "Children in care", CS_AREA_CARE, CS_JUDGEMENT_REQUIRES_IMPROVEMENT);
    /* 3 */ fixture_passage(&fixture, "3", "Unaccompanied asylum-seeking children live in suitable homes.");
    /* 4 */ fixture_passage(&fixture, "4", "Some live in hotels, far from the social worker who knows them.");
    fixture_visit(&fixture, "herefordshire/2023-03-29", "Herefordshire", CS_VISIT_MONITORING,
                  "2023-03-29/2023-03-30", CS_JUDGEMENT_INADEQUATE, CS_STATE_STANDING);
    fixture_document(&fixture, "/papers/letter.txt", CS_KIND_MONITORING_LETTER, "Herefordshire", "2023-05-09",
                     CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "Findings", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 5 */ fixture_passage(&fixture, NULL,
                            "The front door has improved. Exploitation is recognised; hubs are calm.");
    /* 6 */ fixture_passage(&fixture, NULL, "Families say that care is kind. They are careful with money.");
    fixture_no_visit(&fixture);
    fixture_document(&fixture, "/papers/undated.html", CS_KIND_ARTICLE, "Kent", NULL, CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "News", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 7 */ fixture_passage(&fixture, NULL,
                            "Hotels again: asylum seekers wait in Kent for a decision on asylum.");
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

static cs_hits *search(const char *query, const cs_search_options *options)
{
    cs_hits *hits = NULL;
    cs_error error = {0};
    if (cs_search(reader, query, strlen(query), options, &hits, &error) != CS_OK)
        fail_msg("%s: %s", query, error.message);
    return hits;
}

/* The ids of all hits in rising order, as "1 3 4". */
static void ids_of(const cs_hits *hits, char *out, size_t size)
{
    size_t at = 0;
    out[0] = '\0';
    for (int64_t id = 1; id < 100; id++) {
        for (size_t i = 0; i < cs_hits_count(hits); i++) {
            if (cs_hits_get(hits, i)->passage == id)
                at += (size_t)snprintf(out + at, size - at, "%s%d", at > 0 ? " " : "", (int)id);
        }
    }
}

static void expect(const char *query, const cs_search_options *options, const char *ids, const char *match)
{
    char got[200];
    cs_hits *hits = search(query, options);
    ids_of(hits, got, sizeof got);
    if (strcmp(got, ids) != 0 || strcmp(cs_hits_match(hits), match) != 0)
        fail_msg("%s: found [%s] by %s, not [%s] by %s", query, got, cs_hits_match(hits), ids, match);
    assert_int_equal(cs_hits_total(hits), cs_hits_count(hits));
    cs_hits_free(hits);
}

static void test_words(void **state)
{
    (void)state;
    expect("asylum", NULL, "3 7", "all");
    expect("unaccompanied asylum", NULL, "3", "all");
    expect("asylum-seeking", NULL, "3", "all");
    expect("asylum seekers", NULL, "7", "all");
    expect("the social WORKER", NULL, "1 4", "all");
    expect("nothinglikeit", NULL, "", "all");
    expect("\xF0\x9F\x98\x80", NULL, "", "all");
    expect(" ", NULL, "1 2 3 4 5 6 7", "all");
}

static void test_phrases_near_and_prefixes(void **state)
{
    (void)state;
    expect("\"multi-agency safeguarding hub\"", NULL, "2", "phrase");
    expect("\"safeguarding multi agency\"", NULL, "", "phrase");
    expect("hotels NEAR/3 asylum", NULL, "7", "boolean");
    expect("hotels NEAR/1 kent", NULL, "", "boolean");
    expect("famil*", NULL, "6", "all");
    expect("families*", NULL, "6", "all");
    expect("exploitat*", NULL, "5", "all");
    expect("exploited*", NULL, "", "all");
    expect("recognis* calm", NULL, "5", "all");
}

static void test_boolean(void **state)
{
    (void)state;
    expect("hotels AND asylum", NULL, "7", "boolean");
    expect("hotels OR caseloads", NULL, "1 4 7", "boolean");
    expect("asylum -kent", NULL, "3", "boolean");
    expect("asylum NOT (kent OR homes)", NULL, "", "boolean");
    expect("live (hotels OR homes)", NULL, "3 4", "all");
    expect("-children -asylum", NULL, "5 6", "all");
    expect("hotels OR NOT care", NULL, "1 2 4 5 7", "all");
}

static void test_exact_forms(void **state)
{
    (void)state;
    expect("care", NULL, "3 4 6", "all"); /* "care" of the heading counts */
    expect("caring", NULL, "1", "all");
    expect("hub", NULL, "2 5", "all");
    expect("=hub", NULL, "2", "all");
    expect("=hubs", NULL, "5", "all");
    expect("contact -=contact", NULL, "2", "boolean");
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    options.exact = 1;
    expect("hubs", &options, "5", "all");
    expect("\"hub answers\"", &options, "", "phrase");
    expect("exploit*", &options, "5", "all");
}

static void test_relaxing(void **state)
{
    (void)state;
    expect("asylum hotels far", NULL, "3 4", "section");
    expect("caseloads hotels asylum", NULL, "7", "most");
    expect("caseloads hotels asylum -kent", NULL, "1 3 4", "most");
    expect("\"social worker\" zebra", NULL, "", "all");
    expect("asylum hotels zebra", NULL, "7", "most");
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    options.match = CS_MATCH_ALL;
    expect("caseloads hotels", &options, "", "all");
    options.match = CS_MATCH_ANY;
    expect("caseloads hotels zebra", &options, "1 4 7", "any");
    cs_hits *hits = search("asylum hotels far", NULL);
    assert_non_null(strstr(cs_hits_note(hits, 0), "in sections that have them all"));
    cs_hits_free(hits);
}

static void test_vocabulary(void **state)
{
    (void)state;
    expect("UASC", NULL, "3", "all");
    expect("separated children", NULL, "3", "all");
    expect("=UASC", NULL, "", "all");
    expect("MASH", NULL, "2 5", "all");
    cs_hits *hits = search("MASH", NULL);
    assert_int_equal(cs_hits_get(hits, 0)->passage, 2);
    assert_true(cs_hits_get(hits, 0)->score > cs_hits_get(hits, 1)->score);
    assert_int_equal(cs_hits_get(hits, 1)->mark_count, 1);
    assert_string_equal(cs_hits_also_searched(hits, 0), "multi-agency safeguarding hub");
    cs_hits_free(hits);
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    options.exact = 1;
    expect("MASH", &options, "2", "all");
}

static void test_filters(void **state)
{
    (void)state;
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    expect("live judgement:inadequate", NULL, "", "all");
    expect("judgement:inadequate", NULL, "1 2 5 6", "all");
    expect("judgement:\"requires improvement\"", NULL, "3 4", "all");
    expect("judgement:inadequate..good", NULL, "1 2 3 4 5 6", "all");
    expect("overall:inadequate", NULL, "1 2 3 4 5 6", "all");
    expect("-judgement:inadequate", NULL, "3 4 7", "all");
    expect("authority:herefordshire hotels", NULL, "4", "all");
    expect("authority:Kent OR authority:Herefordshire hotels", NULL, "4 7", "all");
    expect("hotels -authority:Kent", NULL, "4", "all");
    expect("kind:article", NULL, "7", "all");
    expect("area:care", NULL, "3 4", "all");
    expect("section:\"in care\"", NULL, "3 4", "all");
    expect("since:2023-01 until:2023-12", NULL, "5 6", "all");
    expect("until:\"July 2022\"", NULL, "1 2 3 4", "all");
    expect("visit:herefordshire/2023", NULL, "5 6", "all");
    options.published_since = "2023";
    expect("", &options, "5 6", "all");
    options = (cs_search_options)CS_SEARCH_OPTIONS_INIT;
    options.authority = "Herefordshire Council";
    expect("hotels", &options, "4", "all");
    cs_hits *hits = search("hotels since:2020", NULL);
    assert_int_equal(cs_hits_count(hits), 1);
    assert_non_null(strstr(cs_hits_note(hits, 0), "1 documents of unknown date"));
    cs_hits_free(hits);
}

static void test_bad_options_are_named(void **state)
{
    (void)state;
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    cs_hits *hits = (cs_hits *)&options;
    cs_error error;
    options.judgement = "splendid";
    assert_int_equal(cs_search(reader, "x", 1, &options, &hits, &error), CS_ERR_ARGUMENT);
    assert_null(hits);
    assert_non_null(strstr(error.message, "--judgement: \"splendid\""));
    options.judgement = NULL;
    options.since = "the day before";
    assert_int_equal(cs_search(reader, "x", 1, &options, &hits, &error), CS_ERR_ARGUMENT);
    assert_non_null(strstr(error.message, "--since"));
}

static void test_what_a_hit_tells(void **state)
{
    (void)state;
    cs_hits *hits = search("unaccompanied asylum", NULL);
    const cs_hit *hit = cs_hits_get(hits, 0);
    assert_int_equal(hit->rank, 1);
    assert_true(hit->score > 0);
    assert_string_equal(hit->text, "Unaccompanied asylum-seeking children live in suitable homes.");
    assert_int_equal(hit->mark_count, 2);
    assert_int_equal(hit->marks[0].start, 0);
    assert_int_equal(hit->marks[0].end, 13);
    assert_int_equal(hit->marks[1].start, 14);
    assert_int_equal(hit->marks[1].end, 37); /* a variant, "asylum-seeking children", covers more */
    assert_int_equal(hit->judgement.value, CS_JUDGEMENT_REQUIRES_IMPROVEMENT);
    assert_int_equal(hit->judgement_area, CS_AREA_CARE);
    assert_string_equal(hit->section, "Children in care");
    assert_string_equal(hit->number, "3");
    assert_string_equal(hit->visit->id, "herefordshire/2022-07-18");
    assert_string_equal(hit->citation, "Herefordshire, About /papers/2022.pdf, visit of 18\xE2\x80\x93"
                                       "29 July 2022, paragraph 3, page 1");
    assert_null(cs_hits_get(hits, 1));
    assert_string_equal(cs_hits_read_as(hits), "unaccompanied asylum");
    cs_hits_free(hits);
    hits = search("front door", NULL);
    hit = cs_hits_get(hits, 0);
    assert_int_equal(hit->judgement.value, CS_JUDGEMENT_INADEQUATE);
    assert_int_equal(hit->judgement.state, CS_STATE_STANDING);
    assert_int_equal(hit->judgement_area, CS_AREA_OVERALL);
    cs_hits_free(hits);
}

static void test_limit_offset_and_order(void **state)
{
    (void)state;
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    options.limit = 2;
    options.offset = 1;
    cs_hits *hits = search("hotels OR caseloads", &options);
    assert_int_equal(cs_hits_count(hits), 2);
    assert_int_equal(cs_hits_total(hits), 3);
    assert_int_equal(cs_hits_get(hits, 0)->rank, 2);
    cs_hits_free(hits);
    options = (cs_search_options)CS_SEARCH_OPTIONS_INIT;
    options.sort = CS_SORT_DATE;
    hits = search("hotels OR caseloads OR families", &options);
    assert_int_equal(cs_hits_count(hits), 4);
    assert_int_equal(cs_hits_get(hits, 0)->passage, 6);
    assert_int_equal(cs_hits_get(hits, 3)->passage, 7);
    cs_hits_free(hits);
    options.offset = 100;
    hits = search("hotels", &options);
    assert_int_equal(cs_hits_count(hits), 0);
    assert_int_equal(cs_hits_total(hits), 2);
    cs_hits_free(hits);
}

static uint64_t random_state = 88172645463325252u;

static uint32_t random_below(uint32_t bound)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 33) % bound;
}

static void run_query(const char *text, size_t size)
{
    cs_hits *hits = NULL;
    cs_error error = {0};
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    options.match = (cs_match_mode)random_below(3);
    options.exact = random_below(4) == 0;
    if (cs_search(reader, text, size, &options, &hits, &error) != CS_OK)
        fail_msg("%.*s: %s", (int)size, text, error.message);
    for (size_t i = 0; i < cs_hits_count(hits); i++) {
        const cs_hit *hit = cs_hits_get(hits, i);
        assert_int_equal(strlen(hit->text), hit->text_size);
        assert_true(hit->excerpt.start < hit->excerpt.end && hit->excerpt.end <= hit->text_size);
        for (size_t j = 0; j < hit->mark_count; j++) {
            assert_true(hit->marks[j].start < hit->marks[j].end && hit->marks[j].end <= hit->text_size);
            assert_true(j == 0 || hit->marks[j].start >= hit->marks[j - 1].end);
        }
    }
    cs_hits_free(hits);
}

static void test_random_bytes(void **state)
{
    (void)state;
    char text[300];
    for (int i = 0; i < 500; i++) {
        size_t size = random_below(sizeof text);
        for (size_t j = 0; j < size; j++)
            text[j] = (char)random_below(256);
        run_query(text, size);
    }
}

static void test_generated_queries(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "asylum",
        "hotels",
        "care*",
        "the",
        " AND ",
        " OR ",
        " NOT ",
        " NEAR/2 ",
        "(",
        ")",
        "-",
        "=",
        "\"",
        " ",
        " ",
        " ",
        "social worker",
        "kind:article",
        "judgement:inadequate",
        "since:2023",
        "MASH",
        "children",
        "live",
        "\x01",
        "exploitat*",
        "\"front door\"",
        "s.47",
        "C++",
        "\xE2\x80\x9C",
        "zebra",
    };
    char text[512];
    for (int i = 0; i < 3000; i++) {
        size_t size = 0, count = 1 + random_below(12);
        for (size_t j = 0; j < count; j++) {
            const char *piece = pieces[random_below(sizeof pieces / sizeof pieces[0])];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        run_query(text, size);
    }
}

static void test_a_megabyte(void **state)
{
    (void)state;
    static const char *const units[] = {"asylum ", "(hotels OR ", "word", "a-", "\"x y\" ", "qa* "};
    size_t size = 1 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        for (size_t j = 0; j < size; j++)
            text[j] = units[i][j % strlen(units[i])];
        run_query(text, size);
    }
    for (size_t j = 0; j < size; j++) /* all words different */
        text[j] = j % 6 == 5 ? ' ' : (char)('a' + random_below(26));
    run_query(text, size);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_phrases_near_and_prefixes),
        cmocka_unit_test(test_boolean),
        cmocka_unit_test(test_exact_forms),
        cmocka_unit_test(test_relaxing),
        cmocka_unit_test(test_vocabulary),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_bad_options_are_named),
        cmocka_unit_test(test_what_a_hit_tells),
        cmocka_unit_test(test_limit_offset_and_order),
        cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_generated_queries),
        cmocka_unit_test(test_a_megabyte),
    };
    return cmocka_run_group_tests(tests, write_index, remove_index);
}
