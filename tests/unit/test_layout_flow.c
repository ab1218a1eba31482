/* SPDX-License-Identifier: MIT */
/* indexer/layout: text without geometry, and formats that say what a line is. */
#include "layout_fixture.h"

/* Lines as plain text has them: an empty one is "", one of blanks " ". */
static void plain(struct fixture *f, const char *const *lines, size_t count)
{
    struct cs__line looks = {0};
    fixture_begin(f, "text");
    for (size_t i = 0; i < count; i++) {
        size_t blanks = strspn(lines[i], " ");
        if (lines[i][blanks] == '\0') {
            looks.flags |= CS__LINE_BLANK_BEFORE | (blanks > 0 ? CS__LINE_WRAPPED_BLANK : 0);
            continue;
        }
        looks.x0 = 6.0f * (float)blanks;
        fixture_line(f, &looks, lines[i] + blanks);
        looks.flags = 0;
    }
    fixture_layout(f);
}

#define PLAIN(f, ...)                                                                                        \
    plain(f, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void test_letter(void **state)
{
    struct fixture f;
    (void)state;
    PLAIN(&f, "3 May 2021", "", "Ann Other", "Anyshire Council", "1 High Street", "AB1 2CD", "", "Dear Ann",
          "", "A second look at Anyshire\xE2\x80\x99s services", "",
          "This letter says what we found when we came back to see how children are looked after",
          "in Anyshire, on 28 and 29 April 2021. Two of us came.", "", "What we looked at", "",
          "We looked at what had changed since our last letter on how well the council does in these",
          "areas:", "", " How soon help comes.", "", " The front door.", "", "We saw it all.", "",
          "Yours sincerely", "", "Bea Lowe", "Inspector");
    assert_int_equal(fixture_count(&f, CS__BLOCK_CONTACT), 9);
    expect_text(&f, CS__BLOCK_TITLE, 0, "A second look at Anyshire\xE2\x80\x99s services");
    expect_text(&f, CS__BLOCK_HEADING, 0, "What we looked at");
    assert_int_equal(fixture_count(&f, CS__BLOCK_PARAGRAPH), 3);
    expect_text(&f, CS__BLOCK_BULLET, 1, "The front door.");
    assert_int_equal(fixture_count(&f, CS__BLOCK_BULLET), 2);
    expect_text(&f, CS__BLOCK_PARAGRAPH, 2, "We saw it all.");
    assert_ptr_equal(&f.blocks.items[fixture_block(&f, CS__BLOCK_BULLET, 1)->lead],
                     fixture_block(&f, CS__BLOCK_PARAGRAPH, 1));
    fixture_end(&f);
}

/* Each line is followed by an empty one; a line of blanks ends the paragraph, or the page within it. */
static void test_double_spaced(void **state)
{
    struct fixture f;
    (void)state;
    PLAIN(&f, "Since then, the way in which calls are taken has become much better, and most of the",
          "families who need help get it when they ask.", "", "What we found", " ", "",
          "The team that takes the calls has been made larger, and there is always somebody who", "",
          "knows the answer. Children are seen on the day that the call came, or on the next day.", "",
          "Nobody waits for a week any more. That is a great change, and people say that they are", "",
          "happy.", "", " ", "",
          "Plans are not so good. Some are long and hard to read, some are short and say next to", "",
          "nothing, and a few could not be found while we were there, though managers say they", "", " ", "",
          "were written.", "", " ", "", "Staff stay.");
    assert_int_equal(fixture_count(&f, CS__BLOCK_PARAGRAPH), 4);
    expect_text(&f, CS__BLOCK_HEADING, 0, "What we found");
    assert_non_null(strstr(fixture_block(&f, CS__BLOCK_PARAGRAPH, 1)->text, "next day. Nobody waits"));
    assert_non_null(
        strstr(fixture_block(&f, CS__BLOCK_PARAGRAPH, 2)->text, "managers say they were written."));
    fixture_end(&f);
}

static void test_article(void **state)
{
    struct fixture f;
    (void)state;
    PLAIN(&f, "Council told to do better by children", "", "Wednesday, 5 May 2021", "",
          "Inspectors say that children in Anyshire wait too long for help, and that the council has been "
          "too slow to put this "
          "right since the last time that they came to see it, which was two years ago now.",
          "", "What are your thoughts?", "", "You can send a letter to the editor by clicking here.", "",
          "\xE2\x80\x9CWe know that we must do better,\xE2\x80\x9D said the council\xE2\x80\x99s leader.", "",
          "Read more: the last visit");
    expect_text(&f, CS__BLOCK_TITLE, 0, "Council told to do better by children");
    expect_text(&f, CS__BLOCK_CONTACT, 0, "Wednesday, 5 May 2021");
    assert_int_equal(fixture_count(&f, CS__BLOCK_PARAGRAPH), 2);
    assert_int_equal(fixture_count(&f, CS__BLOCK_SITE), 3);
    fixture_end(&f);
}

static void test_lists_in_plain_text(void **state)
{
    struct fixture f;
    (void)state;
    PLAIN(&f, "What should be done next by those who lead the council, and by when, in our view, is to",
          "- see children sooner, and as often as each of them needs it, and to say in writing what it",
          "  was that they said", "- give each child:", "    * a room", "    * a name",
          "1. Help comes soon to those who ask for it, as was the case also in the year",
          "2018. It was not so before that.", "2. Homes are near.", "");
    assert_int_equal(fixture_count(&f, CS__BLOCK_BULLET), 4);
    assert_int_equal(fixture_block(&f, CS__BLOCK_BULLET, 3)->level, 2);
    assert_ptr_equal(&f.blocks.items[fixture_block(&f, CS__BLOCK_BULLET, 3)->lead],
                     fixture_block(&f, CS__BLOCK_BULLET, 1));
    assert_string_equal(fixture_block(&f, CS__BLOCK_PARAGRAPH, 1)->number, "1");
    assert_non_null(strstr(fixture_block(&f, CS__BLOCK_PARAGRAPH, 1)->text, "year 2018. It was"));
    expect_text(&f, CS__BLOCK_PARAGRAPH, 2, "Homes are near.");
    fixture_end(&f);
}

static void test_table_rows_and_notes(void **state)
{
    struct fixture f;
    (void)state;
    PLAIN(&f, "How leaders lead\tFair", "How children live\tNot fair", "",
          "\xC2\xB9 As counted by the council.");
    expect_text(&f, CS__BLOCK_TABLE_ROW, 1, "How children live\tNot fair");
    expect_text(&f, CS__BLOCK_FOOTNOTE, 0, "\xC2\xB9 As counted by the council.");
    fixture_end(&f);
}

static void role(struct fixture *f, enum cs__role kind, int level, int starts, const char *text)
{
    struct cs__line looks = {.role = (uint8_t)kind,
                             .level = (uint8_t)level,
                             .number = kind == CS__ROLE_NUMBERED ? 7 : 0,
                             .flags = starts ? CS__LINE_STARTS_BLOCK : 0};
    fixture_line(f, &looks, text);
}

static void test_roles(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "html");
    role(&f, CS__ROLE_SITE, 0, 1, "Home");
    role(&f, CS__ROLE_HEADING, 1, 1, "A visit");
    role(&f, CS__ROLE_PARAGRAPH, 0, 1, "They came in a");
    role(&f, CS__ROLE_PARAGRAPH, 0, 0, "bus and saw");
    role(&f, CS__ROLE_PARAGRAPH, 0, 1, "What they saw:");
    role(&f, CS__ROLE_BULLET, 1, 1, "homes");
    role(&f, CS__ROLE_BULLET, 2, 1, "small ones");
    role(&f, CS__ROLE_HEADING, 2, 1, "Then");
    role(&f, CS__ROLE_NUMBERED, 0, 1, "They left.");
    role(&f, CS__ROLE_TABLE_ROW, 0, 1, "Fair\tNot fair");
    fixture_layout(&f);
    assert_int_equal(f.blocks.count, 9);
    expect_text(&f, CS__BLOCK_TITLE, 0, "A visit");
    expect_text(&f, CS__BLOCK_PARAGRAPH, 0, "They came in a bus and saw");
    assert_int_equal(fixture_block(&f, CS__BLOCK_BULLET, 0)->lead, 3);
    assert_int_equal(fixture_block(&f, CS__BLOCK_BULLET, 1)->lead, 4);
    assert_int_equal(fixture_block(&f, CS__BLOCK_HEADING, 0)->level, 2);
    assert_string_equal(fixture_block(&f, CS__BLOCK_PARAGRAPH, 2)->number, "7");
    assert_int_equal(fixture_count(&f, CS__BLOCK_TABLE_ROW), 1);
    fixture_end(&f);
}

/* Form feeds part pages; what runs through them is left out of the paragraphs that do so, too. */
static void test_plain_pages(void **state)
{
    static const char *const pages[][3] = {
        {"All of the homes that were looked at this year by those whom",
         "Anyshire sent had a garden, and the schools which are near to", "- 1 -"},
        {"them were good ones too, as everybody told us whom we asked at",
         "Anytown and at Otherton, or who had written to us before this", "- 2 -"},
        {"visit, as some had. There were no more than two who thought it",
         "would be better to send children to schools that are not near", "- 3 -"},
        {"their homes, but in a larger town, so that they might get used",
         "to longer ways and to other people than those they know there.", "- 4 -"}};
    struct fixture f;
    (void)state;
    fixture_begin(&f, "text");
    for (int page = 0; page < 4; page++) {
        struct cs__line looks = {.page = (uint16_t)++f.text.pages};
        fixture_line(&f, &looks, "Report to the council of Anyshire");
        looks.flags = CS__LINE_BLANK_BEFORE;
        fixture_line(&f, &looks, pages[page][0]);
        fixture_line(&f, &(struct cs__line){.page = looks.page}, pages[page][1]);
        fixture_line(&f, &looks, pages[page][2]);
    }
    fixture_layout(&f);
    assert_int_equal(fixture_count(&f, CS__BLOCK_RUNNING_HEADER), 4);
    assert_int_equal(fixture_count(&f, CS__BLOCK_PAGE_NUMBER), 4);
    assert_int_equal(fixture_count(&f, CS__BLOCK_PARAGRAPH), 1);
    assert_int_equal(fixture_block(&f, CS__BLOCK_PARAGRAPH, 0)->last_page, 4);
    fixture_end(&f);
}

static void test_nothing(void **state)
{
    struct fixture f;
    (void)state;
    fixture_begin(&f, "text");
    assert_int_equal(fixture_layout(&f)->count, 0);
    fixture_end(&f);
    cs__blocks_free(NULL);
}

/* Linear in time and bounded in depth, or this never ends. */
static void test_hostile_lines(void **state)
{
    static const char *const lines[] = {"-",     "\xE2\x80\xA2 b", "a-",       "1. x", "",
                                        "(a) y", "word word word", "\xFF\xC2", "* *"};
    struct fixture f;
    (void)state;
    for (size_t kind = 0; kind < sizeof lines / sizeof lines[0]; kind++) {
        fixture_begin(&f, "text");
        for (unsigned i = 0; i < 200000; i++)
            fixture_line(&f, &(struct cs__line){.x0 = (float)(i % 3000)}, lines[kind]);
        fixture_layout(&f);
        for (size_t i = 0; i < f.blocks.count; i++)
            assert_true(f.blocks.items[i].level <= 8);
        fixture_end(&f);
    }
}

static void test_one_long_line(void **state)
{
    static const char *const words[] = {"-", "a", "a- ", "x. ", "\xE2\x80\xA2"};
    struct fixture f;
    (void)state;
    for (size_t kind = 0; kind < sizeof words / sizeof words[0]; kind++) {
        struct cs__buffer line = {0};
        while (line.size < 2000000)
            cs__buffer_string(&line, words[kind]);
        fixture_begin(&f, "text");
        for (int i = 0; i < 3; i++)
            fixture_line(&f, &(struct cs__line){0}, line.data);
        fixture_layout(&f);
        cs__buffer_free(&line);
        fixture_end(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letter),
        cmocka_unit_test(test_double_spaced),
        cmocka_unit_test(test_article),
        cmocka_unit_test(test_lists_in_plain_text),
        cmocka_unit_test(test_table_rows_and_notes),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_plain_pages),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_hostile_lines),
        cmocka_unit_test(test_one_long_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
