/* SPDX-License-Identifier: MIT */
/* Letters, articles and minutes: which visit they are about, and the judgement they say is in force. The
 * texts were written for these tests in the forms that such papers use; what misleads in them is named beside
 * each. */
#include "tests/unit/describe_fixture.h"

#include <stdio.h>

struct expected {
    const char *what;
    const char *text;
    const char *kind, *authority, *visit_kind, *ordinal, *window, *standing, *standing_date, *published;
};

static void check_field(const struct fixture *f, const struct expected *e, const char *name,
                        const char *expected)
{
    if (expected != NULL && strcmp(fixture_value(f, name), expected) != 0)
        fail_msg("%s: %s is '%s', not '%s'", e->what, name, fixture_value(f, name), expected);
}

static void check(const struct expected *e)
{
    struct fixture *f = fixture_describe(e->text, NULL);
    const char *kind = cs_kind_name(f->described.kind);
    if (strcmp(kind, e->kind) != 0)
        fail_msg("%s: kind is '%s', not '%s'", e->what, kind, e->kind);
    check_field(f, e, "authority", e->authority);
    check_field(f, e, "visit_kind", e->visit_kind);
    check_field(f, e, "ordinal", e->ordinal);
    check_field(f, e, "visit_window", e->window);
    check_field(f, e, "standing_overall", e->standing);
    check_field(f, e, "standing_date", e->standing_date);
    check_field(f, e, "published", e->published);
    fixture_check_quotations(f);
    fixture_free(f);
}

static const struct expected letters[] = {
    {"a plain letter",
     "C|9 May 2019\nC|Ms A Director\nC|Dear Ms Director\n"
     "P|Monitoring visit to Torbay Council children\xE2\x80\x99s services\n"
     "P|This letter sets out the findings of the monitoring visit to Torbay on 10 and 11 April 2019. It was "
     "the second "
     "monitoring visit since services were judged inadequate in June 2018. The inspectors were Ada King HMI "
     "and Bo "
     "Marsh HMI.\n"
     "H2|Areas covered by the visit\nP|Inspectors looked at:\nB|the front "
     "door\nB|assessments.\nH2|Findings\nP|More.\n"
     "P|We will come again on 3 and 4 July 2019.\n",
     "monitoring-letter", "Torbay", "monitoring", "2", "2019-04-10/2019-04-11", "inadequate", "2018-06",
     "2019-05-09"},
    {"a focused visit's letter",
     "C|2 March 2020\nC|Dear Sam\nP|Focused visit to the London Borough of Sutton children\xE2\x80\x99s "
     "services\n"
     "P|This letter summarises the findings of a focused visit on 28 to 29 January 2020. Her "
     "Majesty\xE2\x80\x99s "
     "Inspectors were Cy Nott and Di Orr. They looked at children in need.\n",
     "focused-visit-letter", "Sutton", "focused", "", "2020-01-28/2020-01-29", "", "", "2020-03-02"},
    {"a letter of one day, date twice at its head, no visit before it",
     "T|Ofsted letter 15 September 2021\nC|15 September 2021\nC|Dear Mr Pike\n"
     "P|Monitoring visit of Slough children\xE2\x80\x99s services\n"
     "P|Two inspectors, Ed Park and Flo Quill, Her Majesty\xE2\x80\x99s Inspectors, came on 20 August 2021. "
     "It is the "
     "first visit since March 2021, when the authority was judged inadequate.\n",
     "monitoring-letter", "Slough", "monitoring", "1", "2021-08-20", "inadequate", "2021-03", "2021-09-15"},
    {"a newspaper's words above the letter: the report's month and the next visit",
     "P|We print the letter in full. The rating came in a report of February; the next visit is likely in "
     "late May.\n"
     "P|Wirral: outcome of monitoring. Gus Reed and Hal Shaw visited the authority on 7 and 8 March 2017, "
     "the second "
     "monitoring visit after the inadequate judgement of July 2016.\n"
     "H2|Areas covered by the visit\nP|They reviewed the progress made in:\nB|early help\nB|child "
     "protection.\n",
     "monitoring-letter", "Wirral", "monitoring", "2", "2017-03-07/2017-03-08", "inadequate", "2016-07",
     NULL},
};

static const struct expected minutes[] = {
    {"meeting's date, item number, letter's date",
     "T|Agenda item\nH2|Ofsted monitoring visit\nH2|Meeting: 14/11/2023 - Scrutiny Committee (Item "
     "12)\nP|Minutes:\n"
     "P|Members of Bury Council heard of the FOURTH monitoring visit, carried out on 12-13 September 2023. "
     "Ofsted's "
     "letter was published on 20 October 2023. The next is due in January 2024.\n",
     "minutes", "Bury", "monitoring", "4", "2023-09-12/2023-09-13", "", "", "2023-11-14"},
    {"an earlier focused visit told at length, the one in question twice",
     "T|Agenda item\nH2|Focused visit\nP|Minutes:\n"
     "P|The board discussed the focused visit of 5th and 6th March 2019 in Dudley.\n"
     "P|The first focused visit was on 17th and 18th April 2018, when the front door was reviewed, with a "
     "letter on "
     "9th May 2018. The second one took place on 5th and 6th March 2019.\n",
     "minutes", "Dudley", "focused", "2", "2019-03-05/2019-03-06", "", "", NULL},
    {"a visit called inspection, counts of children",
     "T|Agenda item\nH2|Ofsted focussed inspection\nP|Minutes:\n"
     "P|Inspectors were in Rutland on 17 and 18 October 2018 for a short focused visit. They followed 25 "
     "children.\n",
     "minutes", "Rutland", "focused", "", "2018-10-17/2018-10-18", "", "", NULL},
};

static const struct expected articles[] = {
    {"days without a year, a weekday beside the day of publication",
     "P|Croydon\xE2\x80\x99s children\xE2\x80\x99s services are on the mend two years after their September "
     "2017 "
     "\xE2\x80\x98inadequate\xE2\x80\x99.\n"
     "P|The sixth and final visit was on July 10-11; the report is out today (Friday, August 2), said Ida "
     "Tate, the "
     "inspector.\n",
     "article", "Croydon", "monitoring", "6", "2019-07-10/2019-07-11", "inadequate", "2017-09", "2019-08-02"},
    {"three visits in a sentence, the year with the first",
     "P|Nottingham City Council is doing better, inspectors say. A report of July 2022 graded it "
     "\xE2\x80\x98inadequate\xE2\x80\x99. "
     "Visits came: the first on 28 February and 1 March 2023, the second on 25 and 26 July, and the latest "
     "on 22 and 23 "
     "November.\n",
     "article", "Nottingham", "monitoring", NULL, "2023-11-22/2023-11-23", "inadequate", "2022-07", NULL},
    {"two ordinals: a company's and the judgement's",
     "P|Today (19/7/19) Ofsted published what it saw on its second monitoring visit since a company took "
     "over the "
     "services of Reading Borough Council in December 2018. Counted from the 2016 inadequate rating it was "
     "the ninth. "
     "Inspectors came on June 26-27.\n",
     "article", "Reading", "monitoring", "9", "2019-06-26/2019-06-27", "inadequate", "2016", "2019-07-19"},
    {"a visit between months, this year; a council that lost control",
     "P|Doncaster is making headway, says a letter Ofsted published today after its latest monitoring visit, "
     "from "
     "February 28 to March 1 this year. The council lost control in 2013; the trust was rated inadequate two "
     "years "
     "ago.\n",
     "article", "Doncaster", "monitoring", "", NULL, "inadequate", NULL, NULL},
    {"the third good report is no third visit, a target is no grade",
     "T|Third good report in a row for Tower Hamlets\n"
     "P|In its latest monitoring visit, in early May, Ofsted saw help for teenagers. The council aims for "
     "\xE2\x80\x98good\xE2\x80\x99 by 2019; its plan was agreed in June 2017.\n",
     "article", "Tower Hamlets", "monitoring", "", NULL, "", "", NULL},
    {"first time since, the rating's date in a sentence of its own",
     "P|For its children Surrey has not come far since May\xE2\x80\x99s \xE2\x80\x98inadequate\xE2\x80\x99 "
     "rating. Inspectors "
     "went there on "
     "September 11 and 12, for the first time since the judgement; their letter went online on October 4. "
     "The rating "
     "was published on May 16, 2018.\n",
     "article", "Surrey", "monitoring", "1", "2018-09-11/2018-09-12", "inadequate", "2018-05-16", NULL},
    {"two judgement years, the last visit's month, a day of publication with its weekday",
     "P|Torbay\xE2\x80\x99s services, \xE2\x80\x98inadequate\xE2\x80\x99 since 2016, improve. Ofsted sent "
     "two inspectors for "
     "a monitoring visit on January 8. It was the fourth since 2018, when they were judged "
     "\xE2\x80\x98inadequate\xE2\x80\x99 "
     "for the second time; the last was in October 2019. The letter was published on Friday, January 31.\n",
     "article", "Torbay", "monitoring", "4", "2020-01-08", "inadequate", "2018", NULL},
    {"a week today, a month with a vague word",
     "P|Ofsted has given a mixed report on Herefordshire\xE2\x80\x99s children\xE2\x80\x99s services. It "
     "made a monitoring "
     "visit in late March, the first such since it was judged \xE2\x80\x9CInadequate\xE2\x80\x9D in July "
     "2022. The cabinet "
     "meets a week today (June 22).\n",
     "article", "Herefordshire", "monitoring", "1", "2023-03", "inadequate", "2022-07", "2023-06-15"},
    {"last year's judgement, last month's visit: no year at all",
     "P|Herefordshire is still too slow, Ofsted says. It rated the department as inadequate in September "
     "last year. Its "
     "latest monitoring report, its third, is based on a visit last month.\n",
     "article", "Herefordshire", "monitoring", "3", "", "inadequate", "", ""},
    {"a published page: the year before, no kind of visit named, appointment",
     "P|Published: Monday, 11th January 2021\n"
     "P|Ofsted has praised Bradford\xE2\x80\x99s children\xE2\x80\x99s services. Its latest visit was "
     "carried out on 15 "
     "December. A new director has been in post since March 2020.\n",
     "article", "Bradford", "", "", "2020-12-15", "", "", "2021-01-11"},
    {"four visits before the fifth",
     "P|After four monitoring visits Ofsted has been back in Solihull for the fifth one since November 2022, "
     "when the "
     "council was judged inadequate. Ivy Usher was there on 15 and 16 October 2024.\n",
     "article", "Solihull", "monitoring", "5", "2024-10-15/2024-10-16", "inadequate", "2022-11", NULL},
    {"a focused visit with an ordinal since an inspection",
     "P|Ofsted has written about a focused visit to Wirral on 17 and 18 September 2024. It was the first "
     "focused visit "
     "since the full inspection in September 2023. Inspectors Jo Vale and Kit Wood were impressed.\n",
     "article", "Wirral", "focused", "1", "2024-09-17/2024-09-18", "", "", NULL},
    {"a county's name cut to its town",
     "P|Members heard Ofsted\xE2\x80\x99s view of Hereford\xE2\x80\x99s children\xE2\x80\x99s services after "
     "the monitoring "
     "visit of 21 - 22 February 2024.\n",
     "article", "Herefordshire", "monitoring", "", "2024-02-21/2024-02-22", "", "", NULL},
    {"several authorities in one article",
     "P|Ofsted: focused visits\nP|Wednesday, April 10, 2024\n"
     "P|Kent County Council was visited on 20 and 21 February 2024.\n"
     "P|Medway Council was visited on 27 and 28 February 2024.\n",
     "article", "", "focused", "", NULL, "", "", "2024-04-10"},
    {"grades of schools and homes are not the council's",
     "P|Ofsted inspectors made a focused visit to Devon children\xE2\x80\x99s services on 4 May 2022. Two of "
     "its homes were "
     "judged good and a school was rated inadequate in 2021.\n",
     "article", "Devon", "focused", "", "2022-05-04", "", "", NULL},
};

static void check_all(const struct expected *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(&all[i]);
}

static void letters_name_their_visit(void **state)
{
    (void)state;
    check_all(letters, sizeof letters / sizeof letters[0]);
}

static void minutes_name_their_visit(void **state)
{
    (void)state;
    check_all(minutes, sizeof minutes / sizeof minutes[0]);
}

static void articles_name_their_visit(void **state)
{
    (void)state;
    check_all(articles, sizeof articles / sizeof articles[0]);
}

static void people_and_scope(void **state)
{
    (void)state;
    struct fixture *f = fixture_describe(letters[0].text, NULL);
    assert_int_equal(fixture_count(f, "inspector"), 2);
    assert_string_equal(fixture_nth(f, "inspector", 0), "Ada King");
    assert_string_equal(fixture_nth(f, "inspector", 1), "Bo Marsh");
    assert_int_equal(fixture_count(f, "scope"), 2);
    assert_string_equal(fixture_nth(f, "scope", 1), "assessments.");
    fixture_free(f);
    f = fixture_describe(letters[2].text, NULL);
    assert_int_equal(fixture_count(f, "inspector"), 2);
    assert_string_equal(fixture_nth(f, "inspector", 1), "Flo Quill");
    fixture_free(f);
}

static void letters_of_another_sort_are_none_of_these(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_describe("C|4 May 2019\nC|Dear local partnership\n"
                         "P|Joint targeted area inspection of the response to neglect in Leeds\n"
                         "P|Ofsted and others inspected how agencies work for children from 8 to 12 April "
                         "2019.\n",
                         NULL);
    assert_int_equal(f->described.kind, CS_KIND_OTHER);
    fixture_free(f);
}

/* What the year is concluded from is said; a year is never a guess. */
static void years_are_concluded_and_said_to_be(void **state)
{
    (void)state;
    struct fixture *f = fixture_describe(articles[0].text, NULL);
    const struct cs__field *window = cs__described_field(&f->described, "visit_window");
    assert_int_equal(window->state, CS_STATE_DERIVED);
    assert_string_equal(window->rule, "year.weekday");
    ASSERT_FIELD(f, "visit_days", "--07-10/--07-11");
    fixture_free(f);
    f = fixture_describe(
        "P|Ofsted\xE2\x80\x99s inspectors were in Kirklees for a monitoring visit on June 7 and June 8.\n",
        NULL);
    ASSERT_FIELD(f, "visit_days", "--06-07/--06-08");
    assert_int_equal(fixture_count(f, "visit_window"), 0);
    fixture_free(f);
    f = fixture_describe(articles[8].text, NULL);
    ASSERT_FIELD(f, "standing_month", "--09");
    ASSERT_FIELD(f, "standing_year_offset", "-1");
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_name_their_visit),
        cmocka_unit_test(minutes_name_their_visit),
        cmocka_unit_test(articles_name_their_visit),
        cmocka_unit_test(people_and_scope),
        cmocka_unit_test(letters_of_another_sort_are_none_of_these),
        cmocka_unit_test(years_are_concluded_and_said_to_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
