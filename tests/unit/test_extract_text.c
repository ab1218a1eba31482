/* SPDX-License-Identifier: MIT */
/* Extraction of plain text, Markdown, front matter, character sets, JSON Lines. */
#include "extract_helper.h"

static void test_plain_text(void **state)
{
    (void)state;
    struct cs__extractor *extractor = open_pool(1);
    const char *bytes = "First  line \r\n\r\nsecond\n  \n   third\n\n\nfourth\n";
    uint64_t ticket = submit(extractor, bytes, strlen(bytes), "a.txt");
    struct cs__extracted out = next_result(extractor);
    assert_int_equal(out.what, CS__EXTRACTED_TEXT);
    assert_int_equal(out.ticket, ticket);
    assert_string_equal(out.text->format, "text");
    assert_string_equal(out.text->utf8, "First line\nsecond\nthird\nfourth\n");
    assert_int_equal(out.text->line_count, 4);
    assert_int_equal(out.text->lines[0].flags, 0);
    assert_int_equal(out.text->lines[1].flags, CS__LINE_BLANK_BEFORE);
    assert_int_equal(out.text->lines[2].flags, CS__LINE_BLANK_BEFORE | CS__LINE_WRAPPED_BLANK);
    assert_true(out.text->lines[2].x0 > 17 && out.text->lines[2].x0 < 19);
    assert_int_equal(out.text->lines[3].flags, CS__LINE_BLANK_BEFORE | CS__LINE_WRAPPED_BLANK);
    cs__text_free(out.text);
    free(out.text);
    assert_int_equal(next_result(extractor).what, CS__EXTRACTED_END);
    cs__extractor_close(extractor);
}

static void test_form_feeds_are_pages(void **state)
{
    (void)state;
    struct cs__extractor *extractor = open_pool(1);
    const char *bytes = "One.\n\fTwo.\n\fThree.\n\f";
    submit(extractor, bytes, strlen(bytes), "a.txt");
    struct cs__extracted out = next_result(extractor);
    assert_string_equal(out.text->utf8, "One.\n\fTwo.\n\fThree.\n");
    assert_int_equal(out.text->pages, 3);
    for (uint16_t i = 0; i < 3; i++)
        assert_int_equal(out.text->lines[i].page, i + 1);
    cs__text_free(out.text);
    free(out.text);
    cs__extractor_close(extractor);
}

static void test_characters_are_cleaned(void **state)
{
    (void)state;
    check("o\xEF\xAC\x83"
          "ce \xEF\xAC\x81ne\n",
          "-: office fine\n");
    check("\xEF\x82\xB7 One\n\xEF\x82\xA7\tTwo\n", "-: \xE2\x80\xA2 One\n-: \xE2\x96\xAA\tTwo\n");
    check("a\xC2\xA0\xE2\x80\x89 b\xE2\x80\x8B"
          "c\x01\xEF\xBB\xBF\n",
          "-: a bc\n");
    check("pro\xC2\xAD"
          "duct broke\xC2\xAD\nn\n",
          "-: product broke\xC2\xAD\n-: n\n");
}

static void test_character_sets(void **state)
{
    (void)state;
    check("\xEF\xBB\xBF"
          "Caf\xC3\xA9\n",
          "-: Caf\xC3\xA9\n");
    check("Children\x92s caf\xE9 \x96 \x80"
          "5\n",
          "-: Children\xE2\x80\x99s caf\xC3\xA9 \xE2\x80\x93 \xE2\x82\xAC"
          "5\n");
    check_bytes("\xFF\xFE"
                "A\0 \0=\xD8\0\xDE\n\0",
                12, "a", "-: A \xF0\x9F\x98\x80\n");
    check_bytes("\xFE\xFF\0A\0\xE9\xD8\x3D\0\n", 10, "a",
                "! 1 broken byte of the UTF-16 text replaced by U+FFFD\n-: A\xC3\xA9\xEF\xBF\xBD\n");
    check("\xC3\xA9\xC3\xA9\xC3\xA9 \xFF\n",
          "! 1 broken byte of the UTF-8 text replaced by U+FFFD\n-: \xC3\xA9\xC3\xA9\xC3\xA9 \xEF\xBF\xBD\n");
}

static void test_refused(void **state)
{
    (void)state;
    check("", "failed: empty file\n");
    check(" \n\t\n", "failed: the file holds nothing but blanks\n");
    check_bytes("ab\0cd", 5, "a.txt",
                "failed: not a PDF, HTML, Markdown, JSON Lines or text file (it looks like binary data)\n");
    check_bytes("T\0e\0x\0t\0", 8, "a.txt",
                "failed: not a PDF, HTML, Markdown, JSON Lines or text file (it looks like UTF-16 without a "
                "byte order mark: "
                "save it as UTF-8)\n");
    check("GIF89a\x01\x02\x03\x04\x05",
          "failed: not a PDF, HTML, Markdown, JSON Lines or text file (it looks like a GIF picture)\n");
}

static void test_tab_tables(void **state)
{
    (void)state;
    check("Judgement\tGrade\nLeaders\tGood\n\nText\twith a tab\n",
          "row: Judgement\tGrade\nrow: Leaders\tGood\n-: Text\twith a tab\n");
}

static void test_front_matter(void **state)
{
    (void)state;
    check(
        "---\nkind: article\ntitle: \"A: b\"\nscope:\n  - care\n  - help\ninspector: [A B, 'C D']\n# "
        "note\n---\nThe text.\n",
        "= set.kind: article\n= set.title: A: b\n= set.scope: care\n= set.scope: help\n= set.inspector: A B\n"
        "= set.inspector: C D\n-: The text.\n");
    check("---\nNot front matter, but prose.\n---\nThe text.\n",
          "-: ---\n-: Not front matter, but prose.\n-: ---\n-: The text.\n");
}

static void test_markdown_blocks(void **state)
{
    (void)state;
    check("# Title #\n\nA paragraph that goes\non here.\n\nSetext\n---\n\n- one\n  more\n  - two\n* "
          "three\n\n1. first\n1. second\n5) fifth\n",
          "heading 1: Title\nparagraph: A paragraph that goes\nparagraph +: on here.\nheading 2: Setext\n"
          "bullet 1: one\nbullet 1 +: more\nbullet 2: two\nbullet 1: three\nnumbered 1: first\nnumbered 2: "
          "second\n"
          "numbered 5: fifth\n");
    check("# T\n\n| a | b |\n|---|:-:|\n| 1 \\| x | **2** |\n\n> quoted\n\n***\n\n```\n# code\n```\n",
          "heading 1: T\nrow: a\tb\nrow: 1 | x\t2\n-: quoted\nparagraph: # code\n");
    check("# T\n\nWhat needs to improve?\xC2\xB9\n\n\xC2\xB9 A note.\n\n[^2]: Another.\n\n**Strong**\n",
          "heading 1: T\n-: What needs to improve?\xC2\xB9\nnote: \xC2\xB9 A note.\nnote: \xC2\xB2 "
          "Another.\n- bold: Strong\n");
}

static void test_markdown_inline(void **state)
{
    (void)state;
    check("# T\n\nSome *words*, **more**, `co*de`, [a link](http://x.y/(z)), a_name_here, 2 * 3 * 4, "
          "note[^12] &amp; \\*star\\*.\n",
          "heading 1: T\nparagraph: Some words, more, co*de, a link, a_name_here, 2 * 3 * 4, "
          "note\xC2\xB9\xC2\xB2 & *star*.\n");
    check("# T\n\n[text][ref] and [plain] ![alt](pic.png) &#8217; <b>bold</b>\n\n[ref]: http://x.y\n",
          "heading 1: T\n-: text and [plain] alt \xE2\x80\x99 bold\n");
}

/* Markdown is known by its looks, whatever its name; a letter with bullets is none. */
static void test_what_is_markdown(void **state)
{
    (void)state;
    const char *letter = "Dear colleague\n\nAreas covered by the visit:\n\n- early help\n- the front "
                         "door\n\nThe visit took place.\n";
    check(letter, "-: Dear colleague\n-: Areas covered by the visit:\n-: - early help\n-: - the front "
                  "door\n-: The visit took place.\n");
    check_bytes(
        letter, strlen(letter), "letter.md",
        "-: Dear colleague\n-: Areas covered by the visit:\nbullet 1: early help\nbullet 1: the front door\n"
        "paragraph: The visit took place.\n");
}

static void test_json_lines(void **state)
{
    (void)state;
    check("{\"id\":\"a\",\"title\":\"T\",\"text\":\"One\\nwrapped.\\n\\nTwo "
          "\\u00e9.\",\"kind\":\"article\",\"scope\":[\"x\",\"y\"],"
          "\"n\":5,\"o\":{\"text\":\"no\"}}\n{\"id\":7,\"html\":\"<h1>H</h1><p>P</"
          "p>\"}\n\n{\"title\":\"Only\"}\n",
          "# a\n= set.kind: article\n= set.scope: x\n= set.scope: y\n= set.n: 5\n= title: T\nheading 1: T\n"
          "paragraph: One\nparagraph +: wrapped.\nparagraph: Two \xC3\xA9.\n"
          "# 7\n= title: H\nheading 1: H\nparagraph: P\n# #4\n= title: Only\nparagraph: Only\n");
    check("{\"id\":1,\"title\":\"Same\",\"text\":\"Same\\n\\nText.\"}\n{\"id\":2,\"title\":\"Sam\",\"text\":"
          "\"Same, too.\"}\n",
          "# 1\n= title: Same\nheading 1: Same\nparagraph: Text.\n# 2\n= title: Sam\nheading 1: "
          "Sam\nparagraph: Same, too.\n");
}

static void test_bad_json_lines(void **state)
{
    (void)state;
    check("{\"id\":1,\"text\":\"A.\"}\nnonsense\n{\"id\":3}\n[]\n{\"id\":4,\"text\":\"B.\"}",
          "# 1\nparagraph: A.\n! line 2 is no JSON object (lexical error: invalid string in json text.): "
          "left out\n"
          "! line 3 has no \"text\": left out\n! line 4 is no JSON object: left out\n# 4\nparagraph: B.\n");
}

static void test_results_come_in_order(void **state)
{
    (void)state;
    struct cs__extractor *extractor = open_pool(3);
    enum { COUNT = 200 };
    char bytes[64];
    for (int i = 0; i < COUNT; i++) {
        int size = snprintf(bytes, sizeof bytes, "Document %d.\n", i);
        submit(extractor, bytes, i % 7 == 3 ? 0 : (size_t)size, "x");
    }
    for (int i = 0; i < COUNT; i++) {
        struct cs__extracted out = next_result(extractor);
        assert_int_equal(out.ticket, i + 1);
        if (i % 7 == 3) {
            assert_int_equal(out.what, CS__EXTRACTED_FAILED);
            assert_string_equal(out.message, "empty file");
            continue;
        }
        snprintf(bytes, sizeof bytes, "Document %d.\n", i);
        assert_int_equal(out.what, CS__EXTRACTED_TEXT);
        assert_string_equal(out.text->utf8, bytes);
        cs__text_free(out.text);
        free(out.text);
        assert_int_equal(next_result(extractor).what, CS__EXTRACTED_END);
    }
    assert_int_equal(cs__extractor_pending(extractor), 0);
    cs__extractor_close(extractor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_text),
        cmocka_unit_test(test_form_feeds_are_pages),
        cmocka_unit_test(test_characters_are_cleaned),
        cmocka_unit_test(test_character_sets),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_tab_tables),
        cmocka_unit_test(test_front_matter),
        cmocka_unit_test(test_markdown_blocks),
        cmocka_unit_test(test_markdown_inline),
        cmocka_unit_test(test_what_is_markdown),
        cmocka_unit_test(test_json_lines),
        cmocka_unit_test(test_bad_json_lines),
        cmocka_unit_test(test_results_come_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
