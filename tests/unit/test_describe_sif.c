/* SPDX-License-Identifier: MIT */
/* Reports of the single inspection framework (2013 to 2017): dates, judgements, sections, areas for
 * improvement, in fixtures written for these tests. */
#include "tests/unit/describe_fixture.h"

#include <stdio.h>

static const char sif[] =
    "T|Rutland County Council\n"
    "H3|Inspection of services for children in need of help and protection, children looked after and care "
    "leavers\n"
    "H4|and\n"
    "H3|Review of the effectiveness of the Local Safeguarding Children Board\xC2\xB9\n"
    "P|Inspection date: 29 April \xE2\x80\x93 21 May 2014 Report published: 30 June 2014\n"
    "H4|The overall judgement is that children\xE2\x80\x99s services require improvement\n"
    "P|The council does not yet give good help to all.\n"
    "R|1. Children who need help and protection\tRequires improvement\n"
    "R|2. Children looked after and achieving permanence\tGood\n"
    "R|2.1 Adoption performance\tOutstanding\n"
    "R|2.2 Experiences and progress of care leavers\tGood\n"
    "R|3. Leadership, management and governance\tInadequate\n"
    "H4|The effectiveness of the Local Safeguarding Children Board (LSCB) requires improvement\n"
    "P|Its chair is new.\n"
    "---\n"
    "H3|What does the local authority need to improve?\n"
    "H5|Priority and immediate action\n"
    "1.|There are no areas for priority action.\n"
    "H5|Areas for improvement\n"
    "P|Leadership and management\n"
    "2.|Ensure that panels meet each month.\n"
    "3.|Bring down caseloads by:\n"
    "B|hiring\n"
    "B|keeping those who are hired.\n"
    "H5|Work with schools\n"
    "4.|Ensure that schools hear of meetings in time.\n"
    "H3|Information about this inspection\n"
    "P|Inspectors read many records.\n"
    "H5|The inspection team\n"
    "P|Lead inspector: Mary-Anne Lee HMI\n"
    "P|Deputy lead inspector: Sam Hill HMI\n"
    "P|Team inspectors: Ada King HMI, Bo Marsh (AI) and Cy Nott\n"
    "H3|Previous inspections\n"
    "P|The judgements of the last inspection, in 2011, were:\n"
    "B|overall effectiveness: inadequate\n"
    "B|adoption performance: inadequate\n"
    "H3|The experiences and progress of children looked after and achieving permanence are good.\n"
    "H5|The graded judgement for adoption performance is that it is outstanding\n"
    "H5|Leadership, management and governance is inadequate\n"
    "H2|The Local Safeguarding Children Board (LSCB)\n"
    "H3|The Local Safeguarding Children Board requires improvement\n"
    "H3|Recommendations\n"
    "5.|The board should meet more often.\n"
    "H5|Key strengths and weaknesses of the board\n"
    "6.|The board is small.\n";

static void sif_of_2014(void **state)
{
    (void)state;
    struct fixture *f = fixture_describe(sif, NULL);
    ASSERT_FIELD(f, "kind", "inspection-report");
    ASSERT_FIELD(f, "authority", "Rutland");
    ASSERT_FIELD(f, "framework", "SIF");
    ASSERT_FIELD(f, "visit_window", "2014-04-29/2014-05-21");
    ASSERT_FIELD(f, "published", "2014-06-30");
    assert_int_equal(fixture_state(f, "published"), CS_STATE_STATED);
    ASSERT_FIELD(f, "judgement.overall", "requires improvement");
    ASSERT_FIELD(f, "judgement.help_and_protection", "requires improvement");
    ASSERT_FIELD(f, "judgement.care", "good");
    ASSERT_FIELD(f, "judgement.adoption", "outstanding");
    ASSERT_FIELD(f, "judgement.care_leavers", "good");
    ASSERT_FIELD(f, "judgement.leadership", "inadequate");
    ASSERT_FIELD(f, "judgement.lscb", "requires improvement");
    for (size_t i = 0; i < f->described.field_count; i++)
        assert_int_not_equal(f->described.fields[i].state, CS_STATE_CONFLICT);
    ASSERT_FIELD(f, "previous_overall", "inadequate");
    ASSERT_FIELD(f, "lead_inspector", "Mary-Anne Lee");
    assert_int_equal(fixture_count(f, "inspector"), 4);
    assert_string_equal(fixture_nth(f, "inspector", 0), "Sam Hill");
    assert_string_equal(fixture_nth(f, "inspector", 2), "Bo Marsh");
    assert_string_equal(fixture_nth(f, "inspector", 3), "Cy Nott");
    fixture_check_quotations(f);
    fixture_free(f);
}

/* The section that begins with a heading. */
static const struct cs__section *section_of(const struct fixture *f, const char *heading)
{
    for (size_t i = 0; i < f->described.section_count; i++)
        if (f->described.sections[i].heading != NULL &&
            strcmp(f->described.sections[i].heading, heading) == 0)
            return &f->described.sections[i];
    fail_msg("no section '%s'", heading);
    return NULL;
}

static void check_section(const struct fixture *f, const char *heading, cs_area area, cs_judgement judgement)
{
    const struct cs__section *section = section_of(f, heading);
    if (section->area != area || section->judgement != judgement)
        fail_msg("'%s' is about '%s', judged '%s'", heading, cs_area_name(section->area),
                 cs_judgement_name(section->judgement));
}

static void sections_have_the_judgement_of_their_area(void **state)
{
    (void)state;
    struct fixture *f = fixture_describe(
        "T|Rutland County Council\n"
        "H3|Inspection of services for children in need of help and protection, children looked after and "
        "care leavers\n"
        "H3|Review of the effectiveness of the local safeguarding children board\n"
        "P|Inspection date: 29 April to 21 May 2015\n"
        "H4|The overall judgement is good\n"
        "R|1. Children who need help and protection\tInadequate\n"
        "R|2. Children looked after and achieving permanence\tGood\n"
        "R|2.1 Adoption performance\tOutstanding\n"
        "R|2.2 Experiences and progress of care leavers\tGood\n"
        "R|3. Leadership, management and governance\tRequires improvement\n"
        "---\n---\n"
        "H2|The local authority\n"
        "H3|Information about this local authority area\n"
        "H5|Children looked after in this area\n"
        "H2|Inspection judgements about the local authority\n"
        "R|Key judgement\tJudgement grade\n"
        "R|The experiences and progress of children who need help and protection\tInadequate\n"
        "H5|Summary\n"
        "R|The experiences and progress of children looked after and achieving permanence\tGood\n"
        "H5|Findings on care\n"
        "H5|The graded judgement for adoption performance is that it is outstanding\n"
        "H3|Leadership, management and governance requires improvement\n"
        "H5|Findings on leaders\n"
        "H3|Another part\n"
        "H2|The Local Safeguarding Children Board (LSCB)\n"
        "H3|Rutland Safeguarding Children Board is good\n"
        "H3|Executive summary\n"
        "H2|What the inspection judgements mean\n"
        "H3|The LSCB\n",
        NULL);
    check_section(f, "The overall judgement is good", CS_AREA_OVERALL, CS_JUDGEMENT_GOOD);
    check_section(f, "Children looked after in this area", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    check_section(f, "The experiences and progress of children who need help and protection",
                  CS_AREA_HELP_AND_PROTECTION, CS_JUDGEMENT_INADEQUATE);
    check_section(f, "Summary", CS_AREA_HELP_AND_PROTECTION, CS_JUDGEMENT_INADEQUATE);
    check_section(f, "Findings on care", CS_AREA_CARE, CS_JUDGEMENT_GOOD);
    check_section(f, "The graded judgement for adoption performance", CS_AREA_ADOPTION,
                  CS_JUDGEMENT_OUTSTANDING);
    check_section(f, "Findings on leaders", CS_AREA_LEADERSHIP, CS_JUDGEMENT_REQUIRES_IMPROVEMENT);
    check_section(f, "Another part", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    check_section(f, "Executive summary", CS_AREA_LSCB, CS_JUDGEMENT_GOOD);
    check_section(f, "The LSCB", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    fixture_free(f);
}

static void sif_improvements_end_where_asking_ends(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "Ensure that panels meet each month.", "hiring",
        "keeping those who are hired.",        "Ensure that schools hear of meetings in time.",
        "The board should meet more often.",
    };
    struct fixture *f = fixture_describe(sif, NULL);
    assert_int_equal(fixture_count(f, "improvement"), 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(fixture_nth(f, "improvement", i), expected[i]);
    fixture_free(f);
}

static void sif_in_other_words(void **state)
{
    (void)state;
    struct fixture *f = fixture_describe(
        "T|London Borough of Barking and Dagenham Council\n"
        "H3|Re-inspection of services for children in need of help and protection, children looked after and "
        "care leavers\n"
        "P|Inspection date: 12/09/2016 to 06/10/2016\n"
        "P|Report Published: 25/11/2016\n"
        "P|Children\xE2\x80\x99s services in London Borough of Barking and Dagenham are inadequate.\n"
        "P|1. Children who need help and protection Inadequate\n"
        "P|2. Children looked after and achieving permanence Requires Improvement\n"
        "P|2.1 Adoption performance Not judged\n"
        "P|2.2 Experiences and progress of care leavers Requires improvement\n"
        "P|3. Leadership, management and governance Inadequate\n"
        "P|In the rest of this report more is said.\n"
        "P|Lead inspector: Will Moss\n",
        NULL);
    ASSERT_FIELD(f, "authority", "Barking and Dagenham");
    ASSERT_FIELD(f, "framework", "SIF");
    ASSERT_FIELD(f, "form", "re-inspection");
    ASSERT_FIELD(f, "visit_window", "2016-09-12/2016-10-06");
    ASSERT_FIELD(f, "published", "2016-11-25");
    ASSERT_FIELD(f, "judgement.overall", "inadequate");
    ASSERT_FIELD(f, "judgement.care", "requires improvement");
    ASSERT_FIELD(f, "judgement.adoption", "not judged");
    assert_int_equal(fixture_count(f, "judgement.lscb"), 0);
    fixture_free(f);
}

static void what_could_not_be_judged(void **state)
{
    (void)state;
    static const char *const printed[] = {"Not judged", "Not applicable", "N/A", "No judgement",
                                          "Insufficient evidence"};
    for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 "T|Council of the Isles of Scilly\n"
                 "H3|Inspection of services for children in need of help and protection, children looked "
                 "after and care leavers\n"
                 "P|Inspection date: 3 to 7 July 2017\n"
                 "H4|Children\xE2\x80\x99s services on the Isles of Scilly are good\n"
                 "R|1. Children who need help and protection\tGood\n"
                 "R|2. Children looked after and achieving permanence\tGood\n"
                 "R|2.1 Adoption performance\t%s\n"
                 "R|2.2 Experiences and progress of care leavers\tOutstanding\n"
                 "R|3. Leadership, management and governance\tGood\n"
                 "P|The board.\n"
                 "P|The arrangements in place to evaluate the effectiveness of what is done to keep children "
                 "safe and promote "
                 "the welfare of children require improvement.\n",
                 printed[i]);
        struct fixture *f = fixture_describe(text, NULL);
        ASSERT_FIELD(f, "authority", "Isles of Scilly");
        ASSERT_FIELD(f, "judgement.adoption", "not judged");
        ASSERT_FIELD(f, "judgement.care_leavers", "outstanding");
        ASSERT_FIELD(f, "judgement.overall", "good");
        ASSERT_FIELD(f, "judgement.lscb", "requires improvement");
        fixture_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sif_of_2014),
        cmocka_unit_test(sections_have_the_judgement_of_their_area),
        cmocka_unit_test(sif_improvements_end_where_asking_ends),
        cmocka_unit_test(sif_in_other_words),
        cmocka_unit_test(what_could_not_be_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
