/* SPDX-License-Identifier: MIT */
/* Extraction of HTML: the article, the site around it, what a page says of itself. */
#include "extract_helper.h"

#define PROSE "Inspectors found that most assessments are timely, and that children are seen and heard."
#define LONG PROSE " " PROSE

static void check_page(const char *body, const char *expected)
{
    char page[20000];
    snprintf(page, sizeof page, "<!DOCTYPE html><html><head></head><body>%s</body></html>", body);
    check(page, expected);
}

static void test_blocks(void **state)
{
    (void)state;
    check_page("<h2>Head <em>line</em></h2><p>One<br>two</p><div>Loose "
               "<b>text</b><p>Para</p>tail</div><blockquote><p>Quote</p></blockquote>",
               "heading 2: Head line\nparagraph: One\nparagraph +: two\nparagraph: Loose text\nparagraph: "
               "Para\nparagraph: tail\n"
               "paragraph: Quote\n");
    check_page("<p>One<br><br>Two</p><pre>a\n  b</pre><p><strong>Like a "
               "heading</strong></p><p>x<sup>12</sup> and 18<sup>th</sup></p>",
               "paragraph: One\nparagraph: Two\nparagraph: a\nparagraph +: b\n- bold: Like a heading\n"
               "paragraph: x\xC2\xB9\xC2\xB2 and 18th\n");
}

static void test_lists(void **state)
{
    (void)state;
    check_page("<p>&bull;&nbsp;Typed</p><p>29. Typed, too</p><p>2.5 is a number</p>",
               "-: \xE2\x80\xA2 Typed\n-: 29. Typed, too\nparagraph: 2.5 is a number\n");
    check_page("<ul><li>One<ul><li>Deep</li></ul></li><li><p>Two</p><p>More</p></li></ul><ol "
               "start=3><li>Three<li value=7>Seven<li>Eight</ol>",
               "bullet 1: One\nbullet 2: Deep\nbullet 1: Two\nparagraph: More\nnumbered 3: Three\nnumbered "
               "7: Seven\n"
               "numbered 8: Eight\n");
}

static void test_tables(void **state)
{
    (void)state;
    check_page("<table><tr><th>Judgement<th>Grade<tr><td><p>Overall</p><td>Good</table>",
               "row: Judgement\tGrade\nrow: Overall\tGood\n");
    check_page("<table role=presentation><tr><td><p>Left</p><td><p>Right</p></table>",
               "paragraph: Left\nparagraph: Right\n");
    check_page("<table><tr><td><table><tr><td>A<td>B</table><td>Side</table>",
               "row: A\tB\nparagraph: Side\n");
}

static void test_article_and_site(void **state)
{
    (void)state;
    check_page("<header role=banner><h1>The Paper</h1></header><nav><a href=/>Home</a></nav><div "
               "class='cookieBanner'><p>We use cookies.</p></div>"
               "<h1>The title</h1><div id=story><p>" LONG "</p><p>" LONG
               "</p><aside><p>Read this, too.</p></aside><p>" LONG "</p>"
               "<p><a href=x>One link</a></p><div "
               "class='related-stories'><p>Others</p></div></div><footer><p>Contact us</p></footer>",
               "= title: The title\nsite: The Paper\nsite: Home\nsite: We use cookies.\nheading 1: The "
               "title\nparagraph: " LONG "\nparagraph: " LONG "\nsite: Read this, too.\nparagraph: " LONG
               "\nsite: One link\nsite: Others\nsite: Contact us\n");
}

static void test_where_the_article_is(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "<div class=x><p>" LONG
        "</p></div><main><div><p>Some teaser.</p></div><article><h1>T</h1><p>" LONG LONG LONG
        "</p></article></main>",
        "<div class=x><p>" LONG "</p></div><h1>T</h1><div itemprop=articleBody><p>" LONG LONG LONG
        "</p></div>",
        "<div class=sidebar><p>" LONG "</p></div><div><h1>T</h1><p>" LONG LONG LONG "</p></div>",
    };
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        char page[20000], *got;
        snprintf(page, sizeof page, "<html><body>%s</body></html>", pages[i]);
        got = extract_bytes(page, strlen(page), "x.html");
        assert_non_null(strstr(got, "heading 1: T\nparagraph: Inspectors"));
        assert_non_null(strstr(got, "site: Inspectors"));
        free(got);
    }
}

/* A page of a few words is no article; all that is not furniture is its text. */
static void test_short_pages(void **state)
{
    (void)state;
    check_page("<nav><a href=/>Home</a></nav><h1>Not found</h1><p>Sorry, it is gone.</p><ul><li>Go <a "
               "href=/>home</a></ul>",
               "= title: Not found\nsite: Home\nheading 1: Not found\nparagraph: Sorry, it is gone.\nbullet "
               "1: Go home\n");
    check_page("<nav><a href=/>Home</a></nav>", "paragraph: Home\n");
}

static void test_hidden(void **state)
{
    (void)state;
    check_page("<p>Seen</p><script>var x = '<p>no</p>';</script><style>p{}</style><p hidden>no</p><p "
               "style='display: none'>no</p>"
               "<noscript><p>no</p></noscript><button>no</button><template><p>no</p></"
               "template><svg><text>no</text></svg>",
               "paragraph: Seen\n");
}

static void test_metadata(void **state)
{
    (void)state;
    check("<html><head><title>Long title | The Paper</title><link rel=canonical href='https://x.org/a'>"
          "<meta property='article:published_time' content='2023-05-09T10:00:00Z'><meta "
          "property='og:site_name' content='The Paper'>"
          "</head><body><p>Text.</p></body></html>",
          "= url: https://x.org/a\n= published: 2023-05-09\n= site: The Paper\n= title: Long "
          "title\nparagraph: Text.\n");
    check("<html><head><script "
          "type='application/"
          "ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"datePublished\":"
          "\"2024-01-02\",\"author\":{\"name\":\"A. B.\"}}]}</script></head><body><p>Text.</p></body></html>",
          "= title: H\n= published: 2024-01-02\n= author: A. B.\nparagraph: Text.\n");
}

/* The date of a comment is not the article's. */
static void test_time_of_a_comment(void **state)
{
    (void)state;
    char *got = extract_bytes(
        "<html><body><article><p>" LONG LONG LONG "</p></article><section id=comments><time datetime="
        "2023-06-15T18:04>18:04</time><p>Hm.</p></section></body></html>",
        sizeof "<html><body><article><p>" LONG LONG LONG "</p></article><section id=comments><time datetime="
               "2023-06-15T18:04>18:04</time><p>Hm.</p></section></body></html>" -
            1,
        "a");
    assert_null(strstr(got, "published"));
    free(got);
    check_page("<article><time datetime=2023-06-15T18:04>15 June</time><p>" PROSE "</p></article>",
               "= published: 2023-06-15\nparagraph: 15 June\nparagraph: " PROSE "\n");
}

static void test_character_sets(void **state)
{
    (void)state;
    check("<!DOCTYPE html><meta charset=windows-1252><p>Children\x92s</p>",
          "paragraph: Children\xE2\x80\x99s\n");
    check("<!DOCTYPE html><meta charset=iso-8859-1><p>Caf\xC3\xA9 &eacute; &#8217;</p>",
          "paragraph: Caf\xC3\xA9 \xC3\xA9 \xE2\x80\x99\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_article_and_site),
        cmocka_unit_test(test_where_the_article_is),
        cmocka_unit_test(test_short_pages),
        cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_time_of_a_comment),
        cmocka_unit_test(test_character_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
