/* SPDX-License-Identifier: MIT */
/* Reports: title, dates, framework, judgements, people, areas for improvement. Fixtures are written for these
 * tests in the forms of the frameworks of 2013 to 2026. */
#include "tests/unit/describe_fixture.h"

#include <stdio.h>

#define TABLE_2023                                                                                           \
    "R|Judgement\tGrade\n"                                                                                   \
    "R|The impact of leaders on social work practice with children and families\tGood\n"                     \
    "R|The experiences and progress of children who need help and protection\tRequires improvement to be "   \
    "good\n"                                                                                                 \
    "R|The experiences and progress of children in care\tOutstanding\n"                                      \
    "R|The experiences and progress of care leavers\tInadequate\n"                                           \
    "R|Overall effectiveness\tGood\n"

static void ilacs_of_2023(void **state)
{
    (void)state;
    struct fixture *f = fixture_describe(
        "T|Inspection of Torbay local authority children\xE2\x80\x99s services\n"
        "P|Inspection dates: 6 to 17 November 2023\n"
        "P|Lead inspector: Jo van der Berg, His Majesty\xE2\x80\x99s Inspector\n" TABLE_2023
        "P|Work with families has grown stronger since the previous inspection in 2020, when services were "
        "judged to "
        "require improvement to be good.\n"
        "H2|What needs to improve?\xC2\xB9\n"
        "B|How fast pathway plans are finished.\n"
        "B|Supervision.\n"
        "H2|The experiences and progress of children who need help and protection: requires improvement to "
        "be good\n"
        "1.|Help is there early.\n"
        "H2|The experiences and progress of children in care: outstanding\n"
        "H2|The experiences and progress of care leavers: inadequate\n"
        "H2|The impact of leaders on social work practice with children and families: good\n",
        NULL);
    ASSERT_FIELD(f, "kind", "inspection-report");
    ASSERT_FIELD(f, "authority", "Torbay");
    ASSERT_FIELD(f, "framework", "ILACS");
    ASSERT_FIELD(f, "form", "standard");
    ASSERT_FIELD(f, "visit_window", "2023-11-06/2023-11-17");
    ASSERT_FIELD(f, "lead_inspector", "Jo van der Berg");
    ASSERT_FIELD(f, "judgement.overall", "good");
    ASSERT_FIELD(f, "judgement.leadership", "good");
    ASSERT_FIELD(f, "judgement.help_and_protection", "requires improvement");
    ASSERT_FIELD(f, "judgement.care", "outstanding");
    ASSERT_FIELD(f, "judgement.care_leavers", "inadequate");
    assert_int_equal(fixture_state(f, "judgement.care"), CS_STATE_STATED);
    ASSERT_FIELD(f, "previous_overall", "requires improvement");
    assert_int_equal(fixture_count(f, "improvement"), 2);
    assert_string_equal(fixture_nth(f, "improvement", 1), "Supervision.");
    assert_int_equal(fixture_count(f, "judgement.adoption"), 0);
    const struct cs__section *s = f->described.sections;
    assert_int_equal(f->described.section_count, 6);
    assert_true(s[1].is_improvement && s[1].area == CS_AREA_NONE);
    assert_int_equal(s[2].area, CS_AREA_HELP_AND_PROTECTION);
    assert_int_equal(s[2].judgement, CS_JUDGEMENT_REQUIRES_IMPROVEMENT);
    assert_string_equal(s[2].heading,
                        "The experiences and progress of children who need help and protection");
    fixture_check_quotations(f);
    fixture_free(f);
}

static void ilacs_before_2023_judges_care_leavers_with_care(void **state)
{
    (void)state;
    struct fixture *f = fixture_describe(
        "T|Royal Borough of Kingston upon Thames\n"
        "T|Inspection of children\xE2\x80\x99s social care services\n"
        "P|Inspection dates: 8 July 2019 to 12 July 2019 and 7 August 2019 to 8 August 2019\n"
        "P|Lead inspector: Ann O'Neill Her Majesty\xE2\x80\x99s Inspector\n"
        "R|Judgement\tGrade\n"
        "R|The impact of leaders on social work practice with children and families\tGood\n"
        "R|The experiences and progress of children who need help and protection\tGood\n"
        "R|The experiences and progress of children in care and care leavers\tRequires improvement to be "
        "good\n"
        "R|Overall effectiveness\tGood\n"
        "P|Much is well done.\n",
        NULL);
    ASSERT_FIELD(f, "authority", "Kingston upon Thames");
    ASSERT_FIELD(f, "framework", "ILACS");
    ASSERT_FIELD(f, "form", "short");
    assert_string_equal(fixture_nth(f, "visit_window", 0), "2019-07-08/2019-07-12");
    assert_string_equal(fixture_nth(f, "visit_window", 1), "2019-08-07/2019-08-08");
    ASSERT_FIELD(f, "lead_inspector", "Ann O'Neill");
    ASSERT_FIELD(f, "judgement.care", "requires improvement");
    assert_int_equal(fixture_state(f, "judgement.care_leavers"), CS_STATE_NOT_YET_EXISTING);
    fixture_free(f);
}

static void ilacs_since_april_2026_gives_no_overall(void **state)
{
    (void)state;
    struct fixture *f = fixture_describe(
        "T|Inspection of Brighton and Hove City Council local authority children\xE2\x80\x99s services\n"
        "P|Inspection dates: 20 April 2026 to 1 May 2026\n"
        "R|Judgement\tGrade\n"
        "R|The impact of leaders on social work practice with children and families\tGood\n"
        "R|The experiences and progress of children who need help and protection\tGood\n"
        "R|The experiences and progress of children in care\tGood\n"
        "R|The experiences and progress of care leavers\tGood\n",
        NULL);
    ASSERT_FIELD(f, "authority", "Brighton and Hove");
    assert_int_equal(fixture_state(f, "judgement.overall"), CS_STATE_NOT_REPORTED);
    ASSERT_FIELD(f, "judgement.care_leavers", "good");
    assert_int_equal(fixture_count(f, "lead_inspector"), 0);
    fixture_free(f);
}

/* All labels, then all grades: pdftotext's way with some pages. */
static void a_table_in_two_columns(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_describe("T|Inspection of Slough local authority children\xE2\x80\x99s services\n"
                         "P|Inspection dates: 5 to 9 February 2024\n"
                         "P|Judgement\n"
                         "P|The impact of leaders on social work practice with children and families\n"
                         "P|The experiences and progress of children who need help and protection\n"
                         "P|The experiences and progress of children in care\n"
                         "P|The experiences and progress of care leavers\n"
                         "P|Overall effectiveness\n"
                         "P|Grade\n"
                         "P|Good\n"
                         "P|Requires improvement to be good\n"
                         "P|Outstanding\n"
                         "P|Inadequate\n"
                         "P|Requires improvement to be good\n"
                         "P|Families told us they were heard.\n",
                         NULL);
    ASSERT_FIELD(f, "judgement.leadership", "good");
    ASSERT_FIELD(f, "judgement.help_and_protection", "requires improvement");
    ASSERT_FIELD(f, "judgement.care", "outstanding");
    ASSERT_FIELD(f, "judgement.care_leavers", "inadequate");
    ASSERT_FIELD(f, "judgement.overall", "requires improvement");
    assert_string_equal(cs__described_field(&f->described, "judgement.overall")->quotation,
                        "Overall effectiveness | Requires improvement to be good");
    fixture_free(f);
}

/* Grades in the middle of their labels, a label and a grade in pieces, a page break and a footer in between.
 */
static void a_table_in_pieces(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_describe("T|Inspection of Slough local authority children\xE2\x80\x99s services\n"
                         "P|Inspection dates: 5 to 9 February 2024\n"
                         "R|The impact of leaders on social work\t\n"
                         "R|\tOutstanding\n"
                         "R|practice with children and families\t\n"
                         "R|The experiences and progress of\tRequires improvement\n"
                         "R|children who need help and protection\tto be good\n"
                         "F|Slough, February 2024\n"
                         "---\n"
                         "R|The experiences and progress of children\tGood\n"
                         "R|in care\t\n"
                         "R|The experiences and progress of care\tGood\n"
                         "R|leavers\t\n"
                         "R|Overall effectiveness\tGood\n"
                         "P|Families told us they were heard.\n",
                         NULL);
    ASSERT_FIELD(f, "judgement.leadership", "outstanding");
    ASSERT_FIELD(f, "judgement.help_and_protection", "requires improvement");
    ASSERT_FIELD(f, "judgement.care", "good");
    ASSERT_FIELD(f, "judgement.care_leavers", "good");
    ASSERT_FIELD(f, "judgement.overall", "good");
    fixture_free(f);
}

/* A grade is lost: nothing is guessed from the table, the headings still speak. */
static void a_table_with_a_hole(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_describe("T|Inspection of Slough local authority children\xE2\x80\x99s services\n"
                         "P|Inspection dates: 5 to 9 February 2024\n"
                         "R|The impact of leaders on social work practice with children and families\tGood\n"
                         "R|The experiences and progress of children who need help and protection\t\n"
                         "R|The experiences and progress of children in care\tGood\n"
                         "R|Overall effectiveness\tGood\n"
                         "P|Families told us they were heard.\n"
                         "H2|The experiences and progress of children in care: good\n",
                         NULL);
    assert_int_equal(fixture_state(f, "judgement.help_and_protection"), CS_STATE_UNREADABLE);
    ASSERT_FIELD(f, "judgement.care", "good");
    fixture_free(f);
}

static void table_and_heading_disagree(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_describe("T|Inspection of Torbay local authority children\xE2\x80\x99s services\n"
                         "P|Inspection dates: 6 to 17 November 2023\n" TABLE_2023 "P|Some prose.\n"
                         "H2|The experiences and progress of children in care: good\n",
                         NULL);
    const struct cs__field *care = cs__described_field(&f->described, "judgement.care");
    assert_int_equal(care->state, CS_STATE_CONFLICT);
    assert_string_equal(care->value, "outstanding");
    assert_string_equal(care->quotation,
                        "The experiences and progress of children in care\tOutstanding | The experiences "
                        "and progress of children in care: good");
    fixture_free(f);
}

static void dates_of_footer_and_header_disagree(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_describe("T|Inspection of Torbay local authority children\xE2\x80\x99s services\n"
                         "P|Inspection dates: 6 to 17 November 2023\n" TABLE_2023 "P|Some prose.\n"
                         "F|Inspection of Torbay children\xE2\x80\x99s services, 6 to 27 November 2023\n",
                         NULL);
    ASSERT_FIELD(f, "visit_window", "2023-11-06/2023-11-17");
    assert_int_equal(fixture_state(f, "visit_window"), CS_STATE_CONFLICT);
    fixture_free(f);
}

static void a_title_in_two_blocks_and_dates_in_the_footer(void **state)
{
    (void)state;
    struct fixture *f = fixture_describe(
        "T|Inspection of Bath and North East\n"
        "T|Somerset local authority children\xE2\x80\x99s services\n"
        "P|Inspection dates: 28 Febuary to 4 Marsh 2022\n"
        "P|Lead inspectors: Ann Lee and Bob Ray, Her Majesty\xE2\x80\x99s Inspectors\n" TABLE_2023
        "P|Prose.\n"
        "F|Bath and North East Somerset, 28 February to 4 March 2022\n",
        NULL);
    ASSERT_FIELD(f, "kind", "inspection-report");
    ASSERT_FIELD(f, "authority", "Bath and North East Somerset");
    ASSERT_FIELD(f, "title",
                 "Inspection of Bath and North East Somerset local authority children\xE2\x80\x99s services");
    ASSERT_FIELD(f, "visit_window", "2022-02-28/2022-03-04");
    ASSERT_FIELD(f, "form", "short");
    ASSERT_FIELD(f, "lead_inspector", "Ann Lee");
    fixture_free(f);
}

static void a_report_without_its_title(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_describe("T|Leeds\nP|Inspection dates: 5 to 9 February 2024\n" TABLE_2023 "P|Prose.\n", NULL);
    ASSERT_FIELD(f, "kind", "inspection-report");
    ASSERT_FIELD(f, "authority", "Leeds");
    ASSERT_FIELD(f, "framework", "ILACS");
    ASSERT_FIELD(f, "judgement.care", "outstanding");
    fixture_free(f);
}

static void before_sif_grades_stand_under_headings_and_at_the_end(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_describe("T|Inspection of local authority arrangements for the protection of children\n"
                         "H2|Medway Council\n"
                         "P|Inspection dates:\n"
                         "P|21 January \xE2\x80\x93 30 January 2013 Lead inspector Bea Ford HMI\n"
                         "P|Published:\n"
                         "P|5 March 2013\n"
                         "---\n"
                         "H3|Overall effectiveness\n"
                         "P|Grade 4 (inadequate)\n"
                         "1.|The overall effectiveness of the arrangements is inadequate.\n"
                         "H3|Leadership and governance\n"
                         "P|Grade 3 (adequate)\n"
                         "---\n"
                         "H3|Record of main findings\n"
                         "R|Overall effectiveness\tInadequate\n"
                         "R|The effectiveness of the help and protection provided to children, young people, "
                         "families and carers\tInadequate\n"
                         "R|The quality of practice\tInadequate\n"
                         "R|Leadership and governance\tAdequate\n",
                         NULL);
    ASSERT_FIELD(f, "kind", "inspection-report");
    ASSERT_FIELD(f, "authority", "Medway");
    ASSERT_FIELD(f, "framework", "pre-SIF");
    ASSERT_FIELD(f, "visit_window", "2013-01-21/2013-01-30");
    ASSERT_FIELD(f, "published", "2013-03-05");
    ASSERT_FIELD(f, "lead_inspector", "Bea Ford");
    ASSERT_FIELD(f, "judgement.overall", "inadequate");
    ASSERT_FIELD(f, "judgement.help_and_protection", "inadequate");
    ASSERT_FIELD(f, "judgement.leadership", "adequate");
    fixture_free(f);
}

static void published_is_derived_with_its_reason(void **state)
{
    (void)state;
    static const char text[] =
        "T|Inspection of Torbay local authority children\xE2\x80\x99s services\n"
        "P|Inspection dates: 6 to 17 November 2023\n" TABLE_2023 "C|\xC2\xA9 Crown copyright 2024\n";
    const struct cs__property properties[] = {{"created", "2024-01-11T09:00:00Z"}, {"title", "Template"}};
    struct cs__describe_input input = {
        .name = "0a1b2c.pdf", .format = "pdf", .properties = properties, .property_count = 2};
    struct fixture *f = fixture_describe(text, &input);
    ASSERT_FIELD(f, "published", "2024-01-11");
    assert_int_equal(fixture_state(f, "published"), CS_STATE_DERIVED);
    assert_string_equal(cs__described_field(&f->described, "published")->rule, "published.pdf-created");
    assert_string_equal(fixture_value(f, "title"),
                        "Inspection of Torbay local authority children\xE2\x80\x99s services");
    fixture_free(f);
    input.name = "torbay-20240115.pdf";
    f = fixture_describe(text, &input);
    ASSERT_FIELD(f, "published", "2024-01-15");
    fixture_free(f);
    /* A PDF made before the inspection is another's. */
    const struct cs__property old[] = {{"created", "2019-01-11T09:00:00Z"}};
    input =
        (struct cs__describe_input){.name = "x.pdf", .format = "pdf", .properties = old, .property_count = 1};
    f = fixture_describe(text, &input);
    ASSERT_FIELD(f, "published", "2024");
    fixture_free(f);
}

static void overrides_win(void **state)
{
    (void)state;
    const cs_override overrides[] = {{"authority", "london borough of sutton"},
                                     {"overall", "inadequate"},
                                     {"published", "5 January 2024"},
                                     {"kind", "no such kind"}};
    const struct cs__property properties[] = {{"set.authority", "Merton"},
                                              {"set.title", "As the sidecar says"}};
    struct cs__describe_input input = {.name = "x",
                                       .format = "text",
                                       .properties = properties,
                                       .property_count = 2,
                                       .overrides = overrides,
                                       .override_count = 4};
    struct fixture *f =
        fixture_describe("T|Inspection of Torbay local authority children\xE2\x80\x99s services\n"
                         "P|Inspection dates: 6 to 17 November 2023\n" TABLE_2023,
                         &input);
    ASSERT_FIELD(f, "authority", "Sutton");
    assert_int_equal(fixture_state(f, "authority"), CS_STATE_OVERRIDE);
    assert_int_equal(fixture_count(f, "authority"), 1);
    ASSERT_FIELD(f, "judgement.overall", "inadequate");
    assert_int_equal(fixture_state(f, "judgement.overall"), CS_STATE_OVERRIDE);
    assert_int_equal(fixture_count(f, "judgement.overall"), 1);
    ASSERT_FIELD(f, "published", "2024-01-05");
    ASSERT_FIELD(f, "title", "As the sidecar says");
    ASSERT_FIELD(f, "kind", "inspection-report");
    fixture_free(f);
}

static void other_documents_are_left_alone(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_describe("T|On the inspection of bridges\nP|Bridges are inspected every six years.\n", NULL);
    assert_int_equal(f->described.kind, CS_KIND_OTHER);
    assert_int_equal(fixture_count(f, "authority"), 0);
    fixture_free(f);
    f = fixture_describe("", NULL);
    assert_int_equal(f->described.field_count, 0);
    assert_int_equal(f->described.section_count, 0);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ilacs_of_2023),
        cmocka_unit_test(ilacs_before_2023_judges_care_leavers_with_care),
        cmocka_unit_test(ilacs_since_april_2026_gives_no_overall),
        cmocka_unit_test(a_table_in_two_columns),
        cmocka_unit_test(a_table_in_pieces),
        cmocka_unit_test(a_table_with_a_hole),
        cmocka_unit_test(table_and_heading_disagree),
        cmocka_unit_test(dates_of_footer_and_header_disagree),
        cmocka_unit_test(a_title_in_two_blocks_and_dates_in_the_footer),
        cmocka_unit_test(a_report_without_its_title),
        cmocka_unit_test(before_sif_grades_stand_under_headings_and_at_the_end),
        cmocka_unit_test(published_is_derived_with_its_reason),
        cmocka_unit_test(overrides_win),
        cmocka_unit_test(other_documents_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
