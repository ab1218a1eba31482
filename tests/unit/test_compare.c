/* SPDX-License-Identifier: MIT */
/* Comparing: log-likelihood against values worked by hand, words and phrases, pairs, names of visits, scope.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include <csearch/compare.h>
#include <csearch/follow_up.h>

#include "query/area_scope.h"
#include "query/change.h"
#include "query/compare_pairs.h"
#include "query/compare_words.h"
#include "query/visit_named.h"
#include "tests/unit/index_fixture.h"

static struct fixture fixture;
static cs_reader *reader;

static void improvement(const char *text)
{
    fixture_passage(&fixture, NULL, text);
    char *sql =
        sqlite3_mprintf("UPDATE passage SET flags = 3, kind = 1 WHERE id = %lld; INSERT INTO field VALUES"
                        " (%lld, %lld, 'improvement', %Q, 1, NULL, NULL, 'test')",
                        fixture.passage, fixture.document, fixture.passage, text);
    fixture_run(fixture.db, sql);
    sqlite3_free(sql);
}

static void first_inspection(void)
{
    fixture_visit(&fixture, "kent/2018-05-14", "Kent", CS_VISIT_INSPECTION, "2018-05-14/2018-05-18",
                  CS_JUDGEMENT_INADEQUATE, CS_STATE_STATED);
    fixture_document(&fixture, "/d/2018.md", CS_KIND_INSPECTION_REPORT, "Kent", "2018-07-01",
                     CS_JUDGEMENT_INADEQUATE);
    fixture_section(&fixture, "What needs to improve", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    improvement("The oversight of private fostering arrangements.");
    improvement("The timeliness of return home interviews.");
    improvement("The quality of hovercraft maintenance.");
    fixture_section(&fixture, "Help and protection", CS_AREA_HELP_AND_PROTECTION, CS_JUDGEMENT_INADEQUATE);
    fixture_passage(&fixture, "1", "Private fostering is weak and children are not seen often enough.");
    fixture_passage(&fixture, "2", "Return home interviews are late and are not offered to all children.");
    fixture_section(&fixture, "Children in care", CS_AREA_CARE, CS_JUDGEMENT_INADEQUATE);
    fixture_passage(&fixture, "3", "Dental checks for children in care are poor.");
}

static void letter(void)
{
    fixture_visit(&fixture, "kent/2019-03-05", "Kent", CS_VISIT_MONITORING, "2019-03-05/2019-03-06",
                  CS_JUDGEMENT_INADEQUATE, CS_STATE_STANDING);
    char *sql = sqlite3_mprintf(
        "INSERT INTO visit_scope VALUES (%lld, 0, 'children who go missing, and early help')", fixture.visit);
    fixture_run(fixture.db, sql);
    sqlite3_free(sql);
    fixture_document(&fixture, "/d/letter.txt", CS_KIND_MONITORING_LETTER, "Kent", "2019-04-01",
                     CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "Findings", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    fixture_passage(&fixture, NULL,
                    "Return home interviews are now offered to all children, and most are timely.");
}

static void second_inspection(void)
{
    fixture_visit(&fixture, "kent/2021-06-07", "Kent", CS_VISIT_INSPECTION, "2021-06-07/2021-06-18",
                  CS_JUDGEMENT_GOOD, CS_STATE_STATED);
    fixture_document(&fixture, "/d/2021.md", CS_KIND_INSPECTION_REPORT, "Kent", "2021-08-01",
                     CS_JUDGEMENT_GOOD);
    fixture_section(&fixture, "Help and protection", CS_AREA_HELP_AND_PROTECTION, CS_JUDGEMENT_GOOD);
    fixture_passage(&fixture, "1", "Private fostering is a strength, and children are seen often.");
    fixture_passage(&fixture, "2", "An excellent mentoring scheme helps young carers.");
}

static int set_up(void **state)
{
    (void)state;
    fixture_open(&fixture);
    first_inspection();
    letter();
    second_inspection();
    fixture_visit(&fixture, "leeds/2021-06-09", "Leeds", CS_VISIT_INSPECTION, "2021-06-09/2021-06-18",
                  CS_JUDGEMENT_GOOD, CS_STATE_STATED);
    fixture_document(&fixture, "/d/leeds.md", CS_KIND_INSPECTION_REPORT, "Leeds", "2021-08-01",
                     CS_JUDGEMENT_GOOD);
    fixture_passage(&fixture, "1", "Private fostering is well overseen.");
    fixture_close(&fixture);
    cs_error error;
    return cs_reader_open(fixture.path, NULL, &reader, &error) == CS_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    cs_reader_close(reader);
    return remove(fixture.path);
}

/* a = 10 of 1,000 words and b = 20 of 1,000: expected 15 each, 2 (10 ln(10/15) + 20 ln(20/15)) = 3.3980; a
 * = 0 and b = 8 of equal sizes: 16 ln 2 = 11.0904; a = 12 of 3,000 and b = 2 of 1,000: expected 10.5 and 3.5,
 * 2 (12 ln(12/10.5) + 2 ln(2/3.5)) = 0.9663. */
static void test_log_likelihood(void **state)
{
    (void)state;
    assert_true(fabs(cs__log_likelihood(10, 20, 1000, 1000) - 3.3980) < 0.0005);
    assert_true(fabs(cs__log_likelihood(0, 8, 500, 500) - 11.0904) < 0.0005);
    assert_true(fabs(cs__log_likelihood(12, 2, 3000, 1000) - 0.9663) < 0.0005);
    assert_true(cs__log_likelihood(5, 15, 1000, 3000) < 1e-9);
    assert_true(cs__log_likelihood(0, 0, 1000, 1000) < 1e-9);
    assert_true(cs__log_likelihood(3, 0, 1000, 0) < 1e-9);
    assert_true(cs__log_likelihood(UINT32_MAX, 1, UINT64_MAX / 2, UINT64_MAX / 2) > 0);
}

/* Passages made of texts, without an index. */
struct texts {
    struct cs__arena arena;
    struct cs__passage_read items[16];
    const struct cs__passage_read *pointers[16];
    struct cs__told told;
};

static void read_texts(struct cs__tokenizer *tokenizer, struct texts *out, const char *const *texts)
{
    *out = (struct texts){0};
    for (size_t i = 0; texts[i] != NULL; i++) {
        struct cs__passage_read *passage = &out->items[i];
        passage->id = (int64_t)i + 1;
        passage->text = texts[i];
        passage->size = strlen(texts[i]);
        assert_int_equal(
            cs__words_read(tokenizer, passage->text, passage->size, 1, &out->arena, &passage->words), CS_OK);
        out->pointers[i] = passage;
        out->told.count++;
        out->told.words += passage->words.count;
    }
    out->told.items = out->pointers;
}

static int has_phrase(const struct cs__phrases *phrases, const char *surface)
{
    for (size_t i = 0; i < phrases->count; i++) {
        if (phrases->items[i].surface_size == strlen(surface) &&
            memcmp(phrases->items[i].surface, surface, strlen(surface)) == 0)
            return 1;
    }
    return 0;
}

static void test_phrases(void **state)
{
    (void)state;
    struct cs__arena arena = {0};
    struct texts texts[2];
    struct cs__term_list general, left_out;
    struct cs__phrases phrases;
    read_texts(reader->tokenizer, &texts[0],
               (const char *const[]){
                   "The river boat goes out. Good plans are made for all of them, and they are told of "
                   "what is to come in the weeks ahead, what it is for and who is to do it.",
                   "Another river boat came, and the boats of the river, too. That was all there was "
                   "to it, and nobody had much more to say on it than this.",
                   NULL});
    read_texts(reader->tokenizer, &texts[1],
               (const char *const[]){
                   "Edge of care work is new. The edge of care team is here. Edge of care, again.",
                   "An edge of care service works with the edge of care panel.",
                   "The edge of care offer grows. Zebra zebra zebra zebra zebra zebra zebra zebra zebra.",
                   NULL});
    assert_true(cs__general_words(reader->tokenizer, &arena, &general));
    assert_true(cs__term_list_read(reader->tokenizer, "panel", 5, &arena, &left_out));
    struct cs__told told[2] = {texts[0].told, texts[1].told};
    assert_int_equal(cs__phrases_compare(told, &general, &left_out, 5, &arena, &phrases), CS_OK);
    /* The phrase stands for its words; what one passage alone has is no theme; others are said too seldom. */
    assert_true(has_phrase(&phrases, "edge of care"));
    assert_false(has_phrase(&phrases, "edge"));
    assert_false(has_phrase(&phrases, "zebra"));
    assert_false(has_phrase(&phrases, "river boat"));
    for (size_t i = 0; i < phrases.count; i++)
        assert_true(phrases.items[i].log_likelihood >= CS__G2_LEAST);
    cs__arena_free(&texts[0].arena);
    cs__arena_free(&texts[1].arena);
    cs__arena_free(&arena);
}

static void test_pairs(void **state)
{
    (void)state;
    struct cs__arena arena = {0};
    struct texts texts[2];
    struct cs__pairs pairs;
    read_texts(reader->tokenizer, &texts[0],
               (const char *const[]){"Return home interviews are late.", "Supervision is irregular and weak.",
                                     "The hovercraft is full of eels.", NULL});
    read_texts(reader->tokenizer, &texts[1],
               (const char *const[]){"Supervision is regular and challenging.",
                                     "All return home interviews are timely.", "Young carers get mentors.",
                                     NULL});
    struct cs__told told[2] = {texts[0].told, texts[1].told};
    assert_int_equal(cs__pairs_match(told, 0.15, &arena, &pairs), CS_OK);
    assert_int_equal(pairs.count, 4);
    assert_int_equal(pairs.items[0].before, 1);
    assert_int_equal(pairs.items[1].before, 0);
    assert_true(pairs.items[2].before == CS__NO_COUNTERPART);
    assert_int_equal(pairs.items[3].before, 2);
    assert_true(pairs.items[3].after == CS__NO_COUNTERPART);
    /* A passage is most like itself. */
    told[1] = told[0];
    assert_int_equal(cs__pairs_match(told, 0.15, &arena, &pairs), CS_OK);
    assert_int_equal(pairs.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(pairs.items[i].before, i);
        assert_true(pairs.items[i].similarity > 0.9 && pairs.items[i].similarity <= 1.0);
    }
    cs__arena_free(&texts[0].arena);
    cs__arena_free(&texts[1].arena);
    cs__arena_free(&arena);
}

static cs_status name(const char *a, const char *b, const char *authority, const char *expect_a,
                      const char *expect_b)
{
    struct cs__arena arena = {0};
    struct cs__visit_row rows[2];
    cs_error error = {0};
    cs_status status = cs__visits_named(reader, (const char *const[]){a, b}, authority, &arena, rows, &error);
    if (status == CS_OK) {
        assert_string_equal(rows[0].name, expect_a);
        assert_string_equal(rows[1].name, expect_b);
    } else {
        assert_true(*error.message != '\0');
    }
    cs__arena_free(&arena);
    return status;
}

static void test_names(void **state)
{
    (void)state;
    const char *first = "kent/2018-05-14", *second = "kent/2021-06-07";
    assert_int_equal(name("kent/2018-05-14", "kent/2021-06-07", NULL, first, second), CS_OK);
    assert_int_equal(name("Kent/2018-05-14", "kent/2021", NULL, first, second), CS_OK);
    assert_int_equal(name("Kent May 2018", "Kent County Council, 2021-06", NULL, first, second), CS_OK);
    assert_int_equal(name("2018", "kent 9 June 2021", NULL, first, second), CS_OK);
    /* June 2021 is the month of two visits: the other name's authority decides, or the one asked for. */
    assert_int_equal(name("2018", "2021-06", NULL, first, second), CS_OK);
    assert_int_equal(name("2021-06", "2021-06", "Leeds", "leeds/2021-06-09", "leeds/2021-06-09"), CS_OK);
    assert_int_equal(name("2021-06", "2021", NULL, NULL, NULL), CS_ERR_NOT_FOUND);
    assert_int_equal(name("kent", "leeds", NULL, NULL, NULL), CS_ERR_NOT_FOUND);
    assert_int_equal(name("", "2018", NULL, NULL, NULL), CS_ERR_NOT_FOUND);
    assert_int_equal(name("kemt/2018-05-14", "2018", NULL, NULL, NULL), CS_ERR_NOT_FOUND);
    assert_int_equal(name("\xFF\xFE/", "2018", NULL, NULL, NULL), CS_ERR_NOT_FOUND);
}

static cs_change change(cs_tone before, cs_tone after, int said_before, int said_after, cs_scope first,
                        cs_scope second)
{
    return cs__change_of((cs_tone[]){before, after}, (int[]){said_before, said_after},
                         (cs_scope[]){first, second});
}

static void test_changes(void **state)
{
    (void)state;
    const cs_scope in = CS_SCOPE_IN, out = CS_SCOPE_OUT, unknown = CS_SCOPE_UNKNOWN;
    const cs_tone none = CS_TONE_NONE;
    assert_int_equal(change(CS_TONE_CONCERN, CS_TONE_STRENGTH, 1, 1, in, in), CS_CHANGE_BETTER);
    assert_int_equal(change(CS_TONE_PROGRESS, CS_TONE_MIXED, 1, 1, in, in), CS_CHANGE_WORSE);
    assert_int_equal(change(CS_TONE_CONCERN, CS_TONE_NEUTRAL, 1, 1, in, in), CS_CHANGE_SAME);
    assert_int_equal(change(CS_TONE_CONCERN, none, 1, 0, in, in), CS_CHANGE_GONE);
    assert_int_equal(change(CS_TONE_CONCERN, none, 1, 0, in, out), CS_CHANGE_NOT_LOOKED_AT);
    assert_int_equal(change(CS_TONE_CONCERN, none, 1, 0, in, unknown), CS_CHANGE_NOT_KNOWN);
    assert_int_equal(change(none, CS_TONE_CONCERN, 0, 1, in, in), CS_CHANGE_NEW);
    assert_int_equal(change(none, CS_TONE_CONCERN, 0, 1, out, in), CS_CHANGE_NOT_LOOKED_AT_BEFORE);
    /* What the silent one did decides, not what the other did. */
    assert_int_equal(change(none, CS_TONE_CONCERN, 0, 1, in, out), CS_CHANGE_NEW);
}

static void test_area_scope(void **state)
{
    (void)state;
    const char *lines[] = {"the front door", "support for care leavers"};
    cs_visit inspection = {.kind = CS_VISIT_INSPECTION}, letter_visit = {.kind = CS_VISIT_MONITORING};
    assert_int_equal(cs__area_scope(&inspection, CS_AREA_CARE), CS_SCOPE_IN);
    assert_int_equal(cs__area_scope(&inspection, CS_AREA_LSCB), CS_SCOPE_OUT);
    inspection.judgements[CS_AREA_LSCB] = (cs_judged){CS_JUDGEMENT_GOOD, CS_STATE_STATED, NULL};
    assert_int_equal(cs__area_scope(&inspection, CS_AREA_LSCB), CS_SCOPE_IN);
    assert_int_equal(cs__area_scope(&letter_visit, CS_AREA_CARE), CS_SCOPE_UNKNOWN);
    letter_visit.scope = lines;
    letter_visit.scope_count = 2;
    assert_int_equal(cs__area_scope(&letter_visit, CS_AREA_HELP_AND_PROTECTION), CS_SCOPE_IN);
    assert_int_equal(cs__area_scope(&letter_visit, CS_AREA_CARE_LEAVERS), CS_SCOPE_IN);
    assert_int_equal(cs__area_scope(&letter_visit, CS_AREA_LEADERSHIP), CS_SCOPE_OUT);
}

static cs_comparison *compare(const char *before, const char *after, const char *query)
{
    cs_comparison *comparison = NULL;
    cs_error error = {0};
    if (cs_comparison_build(reader, before, after, query, strlen(query), NULL, &comparison, &error) != CS_OK)
        fail_msg("%s", error.message);
    return comparison;
}

static size_t count_changes(const cs_comparison *comparison, cs_change which)
{
    size_t count = 0;
    for (size_t i = 0; i < cs_comparison_sections(comparison); i++)
        count += cs_comparison_section(comparison, i)->counts[which];
    return count;
}

static void test_comparison(void **state)
{
    (void)state;
    cs_comparison *comparison = compare("kent/2021", "kent/2018", "private fostering");
    assert_true(cs_comparison_is_one_authority(comparison));
    assert_string_equal(cs_comparison_side(comparison, 0)->label, "kent/2018-05-14");
    assert_non_null(cs_comparison_note(comparison, 0));
    assert_int_equal(count_changes(comparison, CS_CHANGE_BETTER), 1);
    assert_int_equal(count_changes(comparison, CS_CHANGE_GONE), 1);
    cs_comparison_free(comparison);
    /* The letter's areas have nothing of private fostering, nor of children in care. */
    comparison = compare("kent/2018", "kent/2019", "private fostering");
    assert_int_equal(count_changes(comparison, CS_CHANGE_GONE), 0);
    assert_int_equal(cs_comparison_side(comparison, 1)->scope, CS_SCOPE_OUT);
    cs_comparison_free(comparison);
    comparison = compare("kent/2018", "kent/2019", "");
    for (size_t i = 0; i < cs_comparison_sections(comparison); i++) {
        const cs_compared_section *section = cs_comparison_section(comparison, i);
        if (section->area == CS_AREA_CARE)
            assert_int_equal(section->counts[CS_CHANGE_NOT_LOOKED_AT], section->pair_count);
    }
    cs_comparison_free(comparison);
    cs_comparison_free(NULL);
}

static void test_comparison_mistakes(void **state)
{
    (void)state;
    cs_comparison *comparison = (cs_comparison *)1;
    cs_error error = {0};
    assert_int_equal(
        cs_comparison_build(reader, "kent/2018", "kent May 2018", "", 0, NULL, &comparison, &error),
        CS_ERR_ARGUMENT);
    assert_null(comparison);
    assert_int_equal(cs_comparison_build(reader, "kent/2018", "xyzzy", "", 0, NULL, &comparison, &error),
                     CS_ERR_NOT_FOUND);
    cs_search_options search = CS_SEARCH_OPTIONS_INIT;
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    search.kind = "article";
    options.search = &search;
    assert_int_equal(
        cs_comparison_build(reader, "kent/2018", "kent/2021", "", 0, &options, &comparison, &error),
        CS_ERR_ARGUMENT);
}

static const cs_bullet *bullet_of(const cs_follow_up *follow_up, const char *words)
{
    for (size_t i = 0; i < cs_follow_up_count(follow_up); i++) {
        if (strstr(cs_follow_up_get(follow_up, i)->hit->text, words) != NULL)
            return cs_follow_up_get(follow_up, i);
    }
    fail_msg("no bullet has %s", words);
    return NULL;
}

static void test_follow_up(void **state)
{
    (void)state;
    cs_follow_up *follow_up = NULL;
    cs_error error = {0};
    assert_int_equal(cs_follow_up_build(reader, "", 0, NULL, &follow_up, &error), CS_OK);
    assert_int_equal(cs_follow_up_count(follow_up), 3);
    const cs_bullet *bullet = bullet_of(follow_up, "private fostering");
    assert_int_equal(bullet->later_count, 2); /* not the other authority's */
    assert_int_equal(bullet->outcome, CS_BULLET_ANSWERED);
    assert_string_equal(bullet->last->visit->id, "kent/2021-06-07");
    assert_int_equal(bullet->last->tone, CS_TONE_STRENGTH);
    assert_int_equal(bullet->later[0].answer_count, 0);
    assert_int_equal(bullet->later[0].scope, CS_SCOPE_UNKNOWN); /* its area, but not its name */
    bullet = bullet_of(follow_up, "return home");
    assert_int_equal(bullet->later[0].answer_count, 1);
    assert_int_equal(bullet->last - bullet->later, 0);
    assert_int_equal(bullet->later[1].answer_count, 0);
    assert_int_equal(bullet->later[1].scope, CS_SCOPE_IN);
    bullet = bullet_of(follow_up, "hovercraft");
    assert_int_equal(bullet->outcome, CS_BULLET_NOT_MENTIONED);
    assert_null(bullet->last);
    cs_follow_up_free(follow_up);
    assert_int_equal(cs_follow_up_build(reader, "hovercraft", 10, NULL, &follow_up, &error), CS_OK);
    assert_int_equal(cs_follow_up_count(follow_up), 1);
    cs_follow_up_free(follow_up);
    cs_follow_up_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log_likelihood), cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_pairs),          cmocka_unit_test(test_names),
        cmocka_unit_test(test_changes),        cmocka_unit_test(test_area_scope),
        cmocka_unit_test(test_comparison),     cmocka_unit_test(test_comparison_mistakes),
        cmocka_unit_test(test_follow_up),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
