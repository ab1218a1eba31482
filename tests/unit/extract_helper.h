/* SPDX-License-Identifier: MIT */
/* Documents made in a test, through the real cs-extract of this build, printed as lines that a test can hold
 * against what it expects. */
#ifndef TESTS_UNIT_EXTRACT_HELPER_H
#define TESTS_UNIT_EXTRACT_HELPER_H

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

#include "core/buffer.h"
#include "indexer/extract.h"

static inline struct cs__extractor *open_pool(unsigned jobs)
{
    static char program[4096];
    const char *build = getenv("BUILD");
    snprintf(program, sizeof program, "%s/cs-extract", build == NULL ? "build/release" : build);
    struct cs__extract_options options = {.program = program,
                                          .jobs = jobs,
                                          .timeout_ms = 60000,
                                          .max_memory_bytes = 512u << 20,
                                          .max_file_bytes = 1u << 30};
    struct cs__extractor *extractor = NULL;
    cs_error error = {0};
    if (cs__extractor_open(&options, &extractor, &error) != CS_OK)
        fail_msg("%s", error.message);
    return extractor;
}

static inline uint64_t submit(struct cs__extractor *extractor, const char *bytes, size_t size,
                              const char *name)
{
    uint64_t ticket = 0;
    cs_error error = {0};
    int descriptor = memfd_create("document", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, size), (ssize_t)size);
    if (cs__extractor_submit(extractor, descriptor, name, &ticket, &error) != CS_OK)
        fail_msg("%s", error.message);
    return ticket;
}

static inline struct cs__extracted next_result(struct cs__extractor *extractor)
{
    struct cs__extracted out;
    cs_error error = {0};
    if (cs__extractor_next(extractor, &out, &error) != CS_OK)
        fail_msg("%s", error.message);
    return out;
}

static inline void print_line(struct cs__buffer *out, const struct cs__text *text,
                              const struct cs__line *line)
{
    static const char *const roles[] = {"-",        "heading", "paragraph", "bullet",
                                        "numbered", "row",     "note",      "site"};
    cs__buffer_string(out, roles[line->role]);
    if (line->role == CS__ROLE_NUMBERED)
        cs__buffer_printf(out, " %u", line->number);
    else if (line->level > 0)
        cs__buffer_printf(out, " %u", line->level);
    if (line->flags & CS__LINE_BOLD)
        cs__buffer_string(out, " bold");
    if (line->role != CS__ROLE_NONE && (line->flags & CS__LINE_STARTS_BLOCK) == 0)
        cs__buffer_string(out, " +");
    cs__buffer_printf(out, ": %.*s\n", (int)(line->end - line->start), text->utf8 + line->start);
}

/* "= key: value" a property, "! ..." a warning, then "role level: words" a line ("+" where it continues a
 * block). */
static inline void print_text(struct cs__buffer *out, const struct cs__text *text)
{
    if (text->record != NULL)
        cs__buffer_printf(out, "# %s\n", text->record);
    for (size_t i = 0; i < text->property_count; i++)
        cs__buffer_printf(out, "= %s: %s\n", text->properties[i].key, text->properties[i].value);
    for (size_t i = 0; i < text->warning_count; i++)
        cs__buffer_printf(out, "! %s\n", text->warnings[i]);
    for (size_t i = 0; i < text->line_count; i++)
        print_line(out, text, &text->lines[i]);
}

/* All that one document gives. The caller frees it. */
static inline char *extract_bytes(const char *bytes, size_t size, const char *name)
{
    struct cs__extractor *extractor = open_pool(1);
    struct cs__buffer out = {0};
    struct cs__extracted result;
    submit(extractor, bytes, size, name);
    do {
        result = next_result(extractor);
        if (result.what == CS__EXTRACTED_TEXT)
            print_text(&out, result.text);
        else if (result.what == CS__EXTRACTED_WARNING)
            cs__buffer_printf(&out, "! %s\n", result.message);
        else if (result.what == CS__EXTRACTED_FAILED)
            cs__buffer_printf(&out, "failed: %s\n", result.message);
        cs__text_free(result.text);
        free(result.text);
    } while (result.what != CS__EXTRACTED_END && result.what != CS__EXTRACTED_FAILED);
    cs__extractor_close(extractor);
    return out.data;
}

static inline void check_bytes(const char *bytes, size_t size, const char *name, const char *expected)
{
    char *got = extract_bytes(bytes, size, name);
    assert_string_equal(got, expected);
    free(got);
}

static inline void check(const char *text, const char *expected)
{
    check_bytes(text, strlen(text), "document", expected);
}

#endif
