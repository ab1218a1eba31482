/* SPDX-License-Identifier: MIT */
/* indexer/layout: pages with geometry. */
#include "layout_fixture.h"

static const char WIDE_A[] =
    "Visits are made on time and records of them say what was seen and heard by whom";
static const char WIDE_B[] =
    "and when. Managers read these records each month and ask for more where there is";
static const char WIDE_C[] =
    "too little in them. Plans are short and clear, so that families know what is to be";

static void footer(struct fixture *f, const char *number)
{
    fixture_at(f, 71, 794, 8, 1, "A look at the services of Anyshire");
    fixture_at(f, 513, 788, 20, 0, number);
}

static void test_paragraphs_end_at_gaps(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_body(&f, 71, 0, WIDE_A);
    fixture_body(&f, 71, 0, WIDE_B);
    fixture_body(&f, 71, 0, "little to read.");
    fixture_body(&f, 71, 12, WIDE_C);
    fixture_body(&f, 71, 0, "done next.");
    const struct cs__blocks *blocks = fixture_layout(&f);
    assert_int_equal(blocks->count, 2);
    assert_memory_equal(blocks->items[0].text, WIDE_A, strlen(WIDE_A));
    assert_string_equal(blocks->items[0].text + blocks->items[0].size - 15, "little to read.");
    assert_int_equal(blocks->items[0].start, 0);
    assert_int_equal(blocks->items[1].end, f.text.size - 1);
    fixture_end(&f);
}

static void test_short_line_ends_paragraph(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_body(&f, 71, 0, WIDE_A);
    fixture_body(&f, 71, 0, "and all is well.");
    fixture_body(&f, 71, 0, WIDE_C);
    fixture_body(&f, 71, 0, "done next.");
    assert_int_equal(fixture_layout(&f)->count, 2);
    fixture_end(&f);
}

/* The paragraph goes on below the footer; footnote and furniture are their own blocks. */
static void test_paragraph_crosses_pages(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    for (int page = 0; page < 4; page++) {
        fixture_page(&f);
        footer(&f, (const char *[]){"1", "2", "3", "4"}[page]);
        fixture_body(&f, 89, 0, page == 0 ? WIDE_A : WIDE_B);
        fixture_body(&f, 89, 0, WIDE_C);
        if (page == 1)
            fixture_at(&f, 71, 740, 10, 0, "1 Counted by the council itself.");
    }
    const struct cs__blocks *blocks = fixture_layout(&f);
    const struct cs__block *paragraph = fixture_block(&f, CS__BLOCK_PARAGRAPH, 0);
    assert_int_equal(fixture_count(&f, CS__BLOCK_PARAGRAPH), 1);
    assert_int_equal(paragraph->page, 1);
    assert_int_equal(paragraph->last_page, 4);
    assert_null(strstr(paragraph->text, "Anyshire"));
    assert_null(strstr(paragraph->text, "Counted"));
    assert_int_equal(fixture_count(&f, CS__BLOCK_RUNNING_FOOTER), 4);
    assert_int_equal(fixture_count(&f, CS__BLOCK_PAGE_NUMBER), 4);
    expect_text(&f, CS__BLOCK_FOOTNOTE, 0, "1 Counted by the council itself.");
    assert_int_equal(blocks->count, 10);
    fixture_end(&f);
}

static void test_ended_paragraph_stays_on_its_page(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_body(&f, 71, 0, WIDE_A);
    fixture_body(&f, 71, 0, "and all is well.");
    fixture_page(&f);
    fixture_body(&f, 71, 0, "Nobody waits.");
    assert_int_equal(fixture_layout(&f)->count, 2);
    fixture_end(&f);
}

static void test_numbers_leave_the_text(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_body(&f, 71, 0,
                 "1. Much was done in the last year, and more was done than in the year before, that is,");
    fixture_body(&f, 89, 0,
                 "2018. After that year nothing was counted any more, though people had asked for it to");
    fixture_body(&f, 89, 0, "2. be done again and again.");
    fixture_body(&f, 71, 12, "2. Homes are near.");
    const struct cs__blocks *blocks = fixture_layout(&f);
    assert_int_equal(blocks->count, 2);
    assert_string_equal(blocks->items[0].number, "1");
    assert_memory_equal(blocks->items[0].text, "Much was", 8);
    assert_non_null(strstr(blocks->items[0].text, "that is, 2018. After"));
    assert_string_equal(blocks->items[1].number, "2");
    assert_string_equal(blocks->items[1].text, "Homes are near.");
    fixture_end(&f);
}

static void test_marker_apart_from_its_text(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_at(&f, 71, 90, 12, 0, "7.");
    fixture_at(&f, 140, 90, 12, 0, WIDE_A);
    fixture_at(&f, 140, 104.4f, 12, 0, "or read.");
    const struct cs__blocks *blocks = fixture_layout(&f);
    assert_int_equal(blocks->count, 1);
    assert_string_equal(blocks->items[0].number, "7");
    assert_memory_equal(blocks->items[0].text, WIDE_A, strlen(WIDE_A));
    fixture_end(&f);
}

/* Numbers without a point, in the margin or before the words. */
static void test_numbers_in_the_margin(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_at(&f, 40, 90, 12, 0, "29");
    fixture_at(&f, 71, 90, 12, 0, WIDE_A);
    fixture_at(&f, 71, 104.4f, 12, 0, "and when.");
    fixture_at(&f, 40, 140, 12, 0, "31");
    fixture_at(&f, 71, 140, 12, 0, WIDE_B);
    fixture_at(&f, 71, 154.4f, 12, 0, "little to read.");
    fixture_at(&f, 40, 190, 12, 0,
               "7 Plans are short and clear, so that families know what is to be done and by whom it");
    fixture_at(&f, 71, 204.4f, 12, 0, "is done.");
    const struct cs__blocks *blocks = fixture_layout(&f);
    assert_int_equal(blocks->count, 3);
    assert_string_equal(blocks->items[0].number, "29");
    assert_string_equal(blocks->items[1].number, "31");
    assert_string_equal(blocks->items[2].number, "7");
    assert_memory_equal(blocks->items[1].text, WIDE_B, strlen(WIDE_B));
    fixture_end(&f);
}

static void test_bullets_nest_and_are_led_in(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_body(&f, 71, 0, "The council should:");
    fixture_body(
        &f, 71, 6,
        "\xE2\x80\xA2 see children sooner, and as often as each of them needs it, and say in writing what");
    fixture_body(&f, 89, 0, "they said");
    fixture_body(&f, 71, 6, "\xE2\x80\xA2 give each child:");
    fixture_body(&f, 107, 6, "\xE2\x80\x93 a room");
    fixture_body(&f, 107, 6, "\xE2\x80\x93 a name to call");
    fixture_body(&f, 71, 6, "\xE2\x80\xA2 listen.");
    const struct cs__blocks *blocks = fixture_layout(&f);
    assert_int_equal(blocks->count, 6);
    for (int i = 1; i < 6; i++)
        assert_int_equal(blocks->items[i].kind, CS__BLOCK_BULLET);
    assert_int_equal(blocks->items[1].lead, 0);
    assert_int_equal(blocks->items[3].lead, 2);
    assert_int_equal(blocks->items[4].lead, 2);
    assert_int_equal(blocks->items[4].level, 2);
    assert_int_equal(blocks->items[5].lead, 0);
    assert_int_equal(blocks->items[5].level, 1);
    assert_string_equal(blocks->items[4].text, "a name to call");
    fixture_end(&f);
}

static void test_dash_within_a_sentence_is_no_bullet(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_body(&f, 71, 0, WIDE_A);
    fixture_body(&f, 71, 0, "\xE2\x80\x93 if anybody at all \xE2\x80\x93 was there.");
    assert_int_equal(fixture_layout(&f)->count, 1);
    fixture_end(&f);
}

/* The grade stands beside the middle of its label, or wraps itself. */
static void test_table_rows(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_at(&f, 71, 90, 12, 1, "Area");
    fixture_at(&f, 300, 90, 12, 1, "Mark");
    fixture_at(&f, 71, 116, 12, 0, "How children and families");
    fixture_at(&f, 71, 130.4f, 12, 0, "are helped");
    fixture_at(&f, 300, 123, 12, 0, "Fair");
    fixture_at(&f, 71, 163, 12, 0, "2.1 How children live");
    fixture_at(&f, 300, 156, 12, 0, "Not yet");
    fixture_at(&f, 300, 170.4f, 12, 0, "fair");
    fixture_at(&f, 71, 196, 12, 0, "How leaders lead and how");
    fixture_at(&f, 300, 196, 12, 0, "Better than");
    fixture_at(&f, 71, 210.4f, 12, 0, "they learn");
    fixture_at(&f, 300, 210.4f, 12, 0, "before");
    const struct cs__blocks *blocks = fixture_layout(&f);
    assert_int_equal(blocks->count, 4);
    expect_text(&f, CS__BLOCK_TABLE_ROW, 0, "Area\tMark");
    expect_text(&f, CS__BLOCK_TABLE_ROW, 1, "How children and families are helped\tFair");
    expect_text(&f, CS__BLOCK_TABLE_ROW, 2, "2.1 How children live\tNot yet fair");
    expect_text(&f, CS__BLOCK_TABLE_ROW, 3, "How leaders lead and how they learn\tBetter than before");
    fixture_end(&f);
}

static void test_headings(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_at(&f, 71, 90, 26, 0, "A look at the services of");
    fixture_at(&f, 71, 121, 26, 0, "Anyshire");
    fixture_at(&f, 71, 170, 12, 1, "Dates: 3 to 7 May 2021");
    f.y = 200;
    fixture_body(&f, 71, 0, WIDE_A);
    fixture_at(&f, 71, 240, 14, 1, "How well are children who come into the care of the");
    fixture_at(&f, 71, 257, 14, 1, "council looked after: fair");
    f.y = 290;
    fixture_body(&f, 71, 0, WIDE_B);
    fixture_at(&f, 71, 330, 12, 1, "Schooling");
    f.y = 345;
    fixture_body(&f, 71, 0, WIDE_A);
    fixture_body(&f, 71, 26, "Health");
    fixture_body(&f, 71, 12, "\xE2\x80\xA2 All see a dentist.");
    fixture_layout(&f);
    expect_text(&f, CS__BLOCK_TITLE, 0, "A look at the services of Anyshire");
    expect_text(&f, CS__BLOCK_HEADING, 0,
                "How well are children who come into the care of the council looked after: fair");
    expect_text(&f, CS__BLOCK_HEADING, 1, "Schooling");
    expect_text(&f, CS__BLOCK_HEADING, 2, "Health");
    expect_text(&f, CS__BLOCK_PARAGRAPH, 0, "Dates: 3 to 7 May 2021");
    assert_int_equal(fixture_block(&f, CS__BLOCK_HEADING, 0)->level, 1);
    assert_int_equal(fixture_block(&f, CS__BLOCK_HEADING, 1)->level, 2);
    assert_int_equal(fixture_block(&f, CS__BLOCK_HEADING, 2)->level, 3);
    fixture_end(&f);
}

static void test_heading_beside_its_grade(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_page(&f);
    fixture_at(&f, 71, 90, 14, 1, "How children are helped");
    fixture_at(&f, 360, 90, 14, 1, "Fair");
    f.y = 120;
    fixture_body(&f, 71, 0, WIDE_A);
    fixture_body(&f, 71, 0, WIDE_B);
    fixture_layout(&f);
    expect_text(&f, CS__BLOCK_HEADING, 0, "How children are helped\tFair");
    fixture_end(&f);
}

static void test_contents_and_closing_words(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_at(&f, 71, 90, 26, 0, "Contents");
    fixture_at(&f, 71, 140, 12, 0, "What was found and what is to be done about it");
    fixture_at(&f, 71, 154.4f, 12, 0, "by whom");
    fixture_at(&f, 517, 154.4f, 12, 0, "3");
    fixture_at(&f, 71, 180, 12, 0, "Who looked");
    fixture_at(&f, 511, 180, 12, 0, "10");
    fixture_page(&f);
    fixture_body(&f, 71, 0, WIDE_A);
    fixture_body(&f, 71, 0, WIDE_B);
    fixture_at(&f, 71, 300, 10, 0, "Ofsted regulates and inspects places where children are.");
    fixture_at(&f, 71, 330, 10, 0, "Upper Gate");
    fixture_at(&f, 71, 342, 10, 0, "Anytown");
    fixture_at(&f, 71, 370, 10, 0, "\xC2\xA9 Crown copyright 2021");
    fixture_layout(&f);
    assert_int_equal(fixture_count(&f, CS__BLOCK_CONTENTS), 3);
    assert_int_equal(fixture_count(&f, CS__BLOCK_BOILERPLATE), 1);
    assert_int_equal(fixture_count(&f, CS__BLOCK_CONTACT), 3);
    assert_int_equal(fixture_count(&f, CS__BLOCK_PARAGRAPH), 1);
    fixture_end(&f);
}

/* What stands at the edge of many pages, but inside of other lines, is text. */
static void test_repeated_words_are_no_footer(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    for (int page = 0; page < 6; page++) {
        fixture_page(&f);
        f.y = 745;
        fixture_body(&f, 71, 0, "Nothing to report.");
        fixture_body(&f, 71, 12, (const char *[]){WIDE_A, WIDE_B, WIDE_C, "One.", "Two.", "Three."}[page]);
    }
    fixture_layout(&f);
    assert_int_equal(fixture_count(&f, CS__BLOCK_RUNNING_FOOTER), 0);
    fixture_end(&f);
}

static void test_broken_words(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_body(&f, 71, 0, "The improvement of well-being is slow for many of the unaccompanied asylum-");
    fixture_body(&f, 71, 0, "seeking children, and so is other improve-");
    fixture_body(&f, 71, 0, "ment, as reported by staff for their well-");
    fixture_body(&f, 71, 0, "being; they do pre-");
    fixture_body(&f, 71, 0, "and post-care work for those of 16-");
    fixture_body(&f, 71, 0, "17 years, with a soft hyp\xC2\xAD");
    fixture_body(&f, 71, 0, "hen and/");
    fixture_body(&f, 71, 0, "or a dash -");
    fixture_body(&f, 71, 0, "this one.");
    const struct cs__blocks *blocks = fixture_layout(&f);
    assert_int_equal(blocks->count, 1);
    assert_string_equal(
        blocks->items[0].text,
        "The improvement of well-being is slow for many of the unaccompanied asylum-seeking "
        "children, and so is other improvement, as reported by staff for their well-being; they "
        "do pre- and post-care work for those of 16-17 years, with a soft hyphen and/or a dash - "
        "this one.");
    fixture_end(&f);
}

/* Where a typesetter broke words beyond doubt, others that are no words in pieces were broken, too. */
static void test_hyphenated_document(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    fixture_body(&f, 71, 0, "Managers read all that is said in supervi-");
    fixture_body(&f, 71, 0, "sion, and look at each assess-");
    fixture_body(&f, 71, 0, "ment, and then they sit to-");
    fixture_body(&f, 71, 0, "gether with those for unaccompanied asylum-");
    fixture_body(&f, 71, 0, "seeking children in 2016-");
    fixture_body(&f, 71, 0, "17, to re-");
    fixture_body(&f, 71, 0, "use what they know.");
    fixture_layout(&f);
    expect_text(
        &f, CS__BLOCK_PARAGRAPH, 0,
        "Managers read all that is said in supervision, and look at each assessment, and then they sit "
        "together with those for unaccompanied asylum-seeking children in 2016-17, to re-use what they "
        "know.");
    fixture_end(&f);
}

static void test_columns(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    for (int column = 0; column < 2; column++) {
        f.y = 90;
        for (int i = 0; i < 20; i++)
            fixture_body(&f, 71 + 240 * (float)column, 0, "Anyshire and all its schools have");
    }
    assert_int_equal(fixture_layout(&f)->count, 1);
    fixture_end(&f);
}

/* Any geometry at all is survived: not numbers, infinite, negative, all in one place. */
static void test_hostile_geometry(void **state)
{
    static const float odd[] = {0, -1, 1e30f, -1e30f, 842, 1e-30f};
    struct fixture f;
    (void)state;
    fixture_begin(&f, "pdf");
    fixture_page(&f);
    for (unsigned i = 0; i < 20000; i++) {
        struct cs__line looks = {.page = (uint16_t)(1 + i / 4000),
                                 .x0 = odd[i % 6],
                                 .y0 = odd[i / 6 % 6],
                                 .x1 = odd[i / 36 % 6],
                                 .y1 = odd[i / 216 % 6],
                                 .font_size = odd[i / 7 % 6]};
        if (i % 11 == 0)
            looks.x0 = looks.y1 = (float)strtod("nan", NULL);
        fixture_line(&f, &looks, i % 3 ? "1" : "\xE2\x80\xA2 a word-");
    }
    assert_true(fixture_layout(&f)->count > 0);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs_end_at_gaps),
        cmocka_unit_test(test_short_line_ends_paragraph),
        cmocka_unit_test(test_paragraph_crosses_pages),
        cmocka_unit_test(test_ended_paragraph_stays_on_its_page),
        cmocka_unit_test(test_numbers_leave_the_text),
        cmocka_unit_test(test_marker_apart_from_its_text),
        cmocka_unit_test(test_numbers_in_the_margin),
        cmocka_unit_test(test_bullets_nest_and_are_led_in),
        cmocka_unit_test(test_dash_within_a_sentence_is_no_bullet),
        cmocka_unit_test(test_table_rows),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_heading_beside_its_grade),
        cmocka_unit_test(test_contents_and_closing_words),
        cmocka_unit_test(test_repeated_words_are_no_footer),
        cmocka_unit_test(test_broken_words),
        cmocka_unit_test(test_hyphenated_document),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_hostile_geometry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
