/* SPDX-License-Identifier: MIT */
/* Extraction through the pool: documents made here, in memory files, through the real cs-extract of this
 * build. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/extract.h"

static char program[4096];

static int make_file(const char *bytes, size_t size)
{
    int descriptor = memfd_create("document", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, size), (ssize_t)size);
    return descriptor;
}

static struct cs__extractor *open_pool(unsigned jobs)
{
    struct cs__extract_options options = {.program = program,
                                          .jobs = jobs,
                                          .timeout_ms = 20000,
                                          .max_memory_bytes = 512u << 20,
                                          .max_file_bytes = 1u << 30};
    struct cs__extractor *extractor = NULL;
    cs_error error = {0};
    assert_int_equal(cs__extractor_open(&options, &extractor, &error), CS_OK);
    return extractor;
}

static struct cs__extracted next(struct cs__extractor *extractor)
{
    struct cs__extracted out;
    cs_error error = {0};
    cs_status status = cs__extractor_next(extractor, &out, &error);
    if (status != CS_OK)
        fail_msg("%s", error.message);
    return out;
}

static uint64_t submit(struct cs__extractor *extractor, const char *bytes, size_t size, const char *name)
{
    uint64_t ticket = 0;
    cs_error error = {0};
    cs_status status = cs__extractor_submit(extractor, make_file(bytes, size), name, &ticket, &error);
    if (status != CS_OK)
        fail_msg("%s", error.message);
    return ticket;
}

static void test_plain_text(void **state)
{
    (void)state;
    struct cs__extractor *extractor = open_pool(1);
    const char *bytes = "First line \n\nsecond\n  \nthird";
    uint64_t ticket = submit(extractor, bytes, strlen(bytes), "a.txt");
    struct cs__extracted out = next(extractor);
    assert_int_equal(out.what, CS__EXTRACTED_TEXT);
    assert_int_equal(out.ticket, ticket);
    assert_string_equal(out.text->utf8, "First line\nsecond\nthird\n");
    assert_int_equal(out.text->line_count, 3);
    assert_int_equal(out.text->lines[1].flags, CS__LINE_BLANK_BEFORE);
    assert_int_equal(out.text->lines[2].flags, CS__LINE_BLANK_BEFORE | CS__LINE_WRAPPED_BLANK);
    cs__text_free(out.text);
    free(out.text);
    assert_int_equal(next(extractor).what, CS__EXTRACTED_END);
    cs__extractor_close(extractor);
}

static void test_results_come_in_order(void **state)
{
    (void)state;
    struct cs__extractor *extractor = open_pool(3);
    enum { COUNT = 200 };
    char bytes[64];
    for (int i = 0; i < COUNT; i++) {
        int size = snprintf(bytes, sizeof bytes, i % 7 == 3 ? "" : "Document %d.\n", i);
        submit(extractor, bytes, (size_t)size, "x");
    }
    for (int i = 0; i < COUNT; i++) {
        struct cs__extracted out = next(extractor);
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
        assert_int_equal(next(extractor).what, CS__EXTRACTED_END);
    }
    assert_int_equal(cs__extractor_pending(extractor), 0);
    cs__extractor_close(extractor);
}

int main(void)
{
    const char *build = getenv("BUILD");
    snprintf(program, sizeof program, "%s/cs-extract", build == NULL ? "build/release" : build);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_text),
        cmocka_unit_test(test_results_come_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
