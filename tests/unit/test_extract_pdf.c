/* SPDX-License-Identifier: MIT */
/* Extraction of PDF: small files written by hand, so that what is drawn where, and in which order, is known.
 */
#include "extract_helper.h"

/* Objects 1 to 4 are the catalog, the tree of pages and two fonts; then come a page and its contents in turn.
 */
static void append_object(struct cs__buffer *pdf, size_t *offsets, unsigned number, const char *body)
{
    offsets[number] = pdf->size;
    cs__buffer_printf(pdf, "%u 0 obj\n%s\nendobj\n", number, body);
}

static struct cs__buffer make_pdf(const char *const *contents, unsigned pages)
{
    struct cs__buffer pdf = {0}, body = {0};
    size_t offsets[32];
    unsigned count = 5 + 2 * pages;
    cs__buffer_string(&pdf, "%PDF-1.4\n");
    append_object(&pdf, offsets, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    cs__buffer_printf(&body, "<< /Type /Pages /Count %u /Kids [", pages);
    for (unsigned i = 0; i < pages; i++)
        cs__buffer_printf(&body, "%u 0 R ", 5 + 2 * i);
    cs__buffer_string(&body, "] >>");
    append_object(&pdf, offsets, 2, body.data);
    append_object(&pdf, offsets, 3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    append_object(&pdf, offsets, 4, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>");
    for (unsigned i = 0; i < pages; i++) {
        cs__buffer_clear(&body);
        cs__buffer_printf(
            &body,
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %u 0 R /Resources << /Font << "
            "/F 3 0 R /B 4 0 R >> >> >>",
            6 + 2 * i);
        append_object(&pdf, offsets, 5 + 2 * i, body.data);
        cs__buffer_clear(&body);
        cs__buffer_printf(&body, "<< /Length %zu >>\nstream\n%s\nendstream", strlen(contents[i]),
                          contents[i]);
        append_object(&pdf, offsets, 6 + 2 * i, body.data);
    }
    size_t table = pdf.size;
    cs__buffer_printf(&pdf, "xref\n0 %u\n0000000000 65535 f \n", count);
    for (unsigned i = 1; i < count; i++)
        cs__buffer_printf(&pdf, "%010zu 00000 n \n", offsets[i]);
    cs__buffer_printf(
        &pdf,
        "trailer\n<< /Size %u /Root 1 0 R /Info << /Title (A title) /CreationDate (D:20240102030405Z) >> >>\n"
        "startxref\n%zu\n%%%%EOF\n",
        count, table);
    cs__buffer_free(&body);
    return pdf;
}

#define TITLE "= title: A title\n= created: 2024-01-02\n"

static void check_page(const char *contents, const char *expected)
{
    struct cs__buffer pdf = make_pdf(&contents, 1);
    check_bytes(pdf.data, pdf.size, "a.pdf", expected);
    cs__buffer_free(&pdf);
}

/* "x y moves there" in points from the lower left. */
#define AT(x, y, words) " 1 0 0 1 " #x " " #y " Tm (" words ") Tj\n"

static void test_lines_and_fonts(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "BT /B 20 Tf" AT(50, 700, "A heading") "/F 10 Tf" AT(50, 670, "Some words") "ET",
        "BT /F 10 Tf" AT(50, 700, "Page two") "ET"};
    struct cs__buffer pdf = make_pdf(pages, 2);
    struct cs__extractor *extractor = open_pool(1);
    submit(extractor, pdf.data, pdf.size, "a.pdf");
    struct cs__extracted out = next_result(extractor);
    assert_int_equal(out.what, CS__EXTRACTED_TEXT);
    const struct cs__text *text = out.text;
    assert_string_equal(text->format, "pdf");
    assert_string_equal(text->utf8, "A heading\nSome words\n\fPage two\n");
    assert_int_equal(text->pages, 2);
    assert_int_equal((int)text->page_width, 600);
    assert_int_equal((int)text->page_height, 800);
    assert_int_equal(text->lines[0].flags, CS__LINE_BOLD);
    assert_int_equal((int)(text->lines[0].font_size + 0.5f), 20);
    assert_int_equal(text->lines[1].flags, 0);
    assert_int_equal((int)(text->lines[1].x0 + 0.5f), 50);
    assert_true(text->lines[1].y0 > 115 && text->lines[1].y1 < 135 && text->lines[1].y0 < text->lines[1].y1);
    assert_true(text->lines[0].y1 < text->lines[1].y0 + 1);
    assert_int_equal(text->lines[2].page, 2);
    cs__text_free(out.text);
    free(out.text);
    cs__extractor_close(extractor);
    cs__buffer_free(&pdf);
}

static void test_reading_order(void **state)
{
    (void)state;
    /* The footer and the page number are drawn first, the last paragraph before the first. */
    check_page(
        "BT /F 10 Tf" AT(50, 30, "Footer of the report") AT(540, 30, "7")
            AT(50, 400, "Third line, that is last") AT(50, 414, "Second line") AT(
                50, 700, "First line of the page, that is as wide as the page is, to the right margin") "ET",
        TITLE
        "-: First line of the page, that is as wide as the page is, to the right margin\n-: Second line\n"
        "-: Third line, that is last\n-: Footer of the report\n-: 7\n");
    /* Columns stay as they were drawn. */
    check_page("BT /F 10 Tf" AT(50, 700, "Left one") AT(50, 686, "left two") AT(300, 700, "Right one")
                   AT(300, 686, "right two") "ET",
               TITLE "-: Left one\n-: left two\n-: Right one\n-: right two\n");
}

static void test_markers_and_superscripts(void **state)
{
    (void)state;
    check_page("BT /F 10 Tf" AT(50, 700, "29.") AT(80, 700, "Children in care") AT(80, 688, "live well.")
                   AT(50, 660, "Overall") AT(300, 660, "Good") "ET",
               TITLE "-: 29. Children in care\n-: live well.\n-: Overall\n-: Good\n");
    check_page(
        "BT /F 10 Tf 1 0 0 1 50 700 Tm (in this area) Tj 4 Ts /F 6 Tf (3) Tj 0 Ts /F 10 Tf ( in 2014) Tj ET",
        TITLE "-: in this area\xC2\xB3 in 2014\n");
}

static void test_shadows_and_margins(void **state)
{
    (void)state;
    check_page("BT /F 10 Tf" AT(50, 700, "A title with a shadow") AT(50.5, 699.5, "A title with a shadow")
                   AT(50, 600, "Text") AT(900, 600, "beyond the edge") "ET",
               TITLE "-: A title with a shadow\n-: Text\n");
}

static void test_without_text(void **state)
{
    (void)state;
    check_page("0 0 100 100 re f",
               "failed: the PDF has no text (1 page of pictures, or blank): run OCR on it first\n");
}

static void test_cut_off(void **state)
{
    (void)state;
    static const char *const pages[] = {"BT /F 10 Tf" AT(50, 700, "Page one") "ET",
                                        "BT /F 10 Tf" AT(50, 700, "Page two") "ET",
                                        "BT /F 10 Tf" AT(50, 700, "Page three") "ET"};
    struct cs__buffer pdf = make_pdf(pages, 3);
    char *third = memmem(pdf.data, pdf.size, "9 0 obj", 7), *table = memmem(pdf.data, pdf.size, "xref", 4);
    assert_true(third != NULL && table != NULL);
    char *got = extract_bytes(pdf.data, (size_t)(third - pdf.data), "cut.pdf");
    assert_non_null(strstr(
        got, "! the PDF is damaged after page 2 (its end is missing: download it again): 1 of its 3 pages"));
    assert_non_null(strstr(got, "-: Page one\n-: Page two\n"));
    free(got);
    check_bytes(pdf.data, (size_t)(table - pdf.data), "cut.pdf",
                "! the PDF is damaged (its end is missing: download it again), and was repaired: all of its "
                "3 pages are indexed\n"
                "-: Page one\n-: Page two\n-: Page three\n");
    cs__buffer_free(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_and_fonts),
        cmocka_unit_test(test_reading_order),
        cmocka_unit_test(test_markers_and_superscripts),
        cmocka_unit_test(test_shadows_and_margins),
        cmocka_unit_test(test_without_text),
        cmocka_unit_test(test_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
