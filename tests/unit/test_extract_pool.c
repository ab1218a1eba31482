/* SPDX-License-Identifier: MIT */
/* The pool of extraction processes against programs that hang, crash, lie or are not cs-extract at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/utf8.h"
#include "indexer/extract.h"
#include "indexer/extract_frame.h"

static char good_program[4096], bad_program[4096];

static struct cs__extractor *open_pool(const char *program, unsigned jobs, unsigned timeout_ms)
{
    struct cs__extract_options options = {.program = program,
                                          .jobs = jobs,
                                          .timeout_ms = timeout_ms,
                                          .max_memory_bytes = 512u << 20,
                                          .max_file_bytes = 1u << 30};
    struct cs__extractor *extractor = NULL;
    assert_int_equal(cs__extractor_open(&options, &extractor, NULL), CS_OK);
    return extractor;
}

static cs_status submit(struct cs__extractor *extractor, const char *name, cs_error *error)
{
    uint64_t ticket;
    int descriptor = memfd_create("document", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "some text\n", 10), 10);
    return cs__extractor_submit(extractor, descriptor, name, &ticket, error);
}

/* Frees a text, if there is one; gives what came. */
static enum cs__extracted_what next(struct cs__extractor *extractor, struct cs__extracted *out)
{
    cs_error error = {0};
    if (cs__extractor_next(extractor, out, &error) != CS_OK)
        fail_msg("%s", error.message);
    enum cs__extracted_what what = out->what;
    cs__text_free(out->text);
    free(out->text);
    out->text = NULL;
    return what;
}

/* Two good documents around a bad one: they come whole, it fails with a sentence. */
static void check_costs_itself_only(const char *name, const char *sentence, unsigned timeout_ms,
                                    unsigned texts)
{
    struct cs__extractor *extractor = open_pool(bad_program, 1, timeout_ms);
    struct cs__extracted out;
    assert_int_equal(submit(extractor, "good", NULL), CS_OK);
    assert_int_equal(submit(extractor, name, NULL), CS_OK);
    assert_int_equal(submit(extractor, "good", NULL), CS_OK);
    assert_int_equal(next(extractor, &out), CS__EXTRACTED_TEXT);
    assert_int_equal(next(extractor, &out), CS__EXTRACTED_END);
    for (unsigned i = 0; i < texts; i++)
        assert_int_equal(next(extractor, &out), CS__EXTRACTED_TEXT);
    assert_int_equal(next(extractor, &out), CS__EXTRACTED_FAILED);
    assert_int_equal(out.ticket, 2);
    if (strstr(out.message, sentence) == NULL)
        fail_msg("%s: %s", name, out.message);
    assert_int_equal(next(extractor, &out), CS__EXTRACTED_TEXT);
    assert_int_equal(out.ticket, 3);
    assert_int_equal(next(extractor, &out), CS__EXTRACTED_END);
    assert_int_equal(cs__extractor_pending(extractor), 0);
    cs__extractor_close(extractor);
}

static void test_crash(void **state)
{
    (void)state;
    check_costs_itself_only("crash", "crashed the extraction process (Segmentation fault)", 20000, 0);
    check_costs_itself_only("exit", "exit status 3", 20000, 0);
    check_costs_itself_only("half", "ended without a word", 20000, 0);
}

static void test_hang(void **state)
{
    (void)state;
    check_costs_itself_only("hang", "took longer than 0.3 s", 300, 0);
    check_costs_itself_only("spin", "took longer than 0.3 s", 300, 0);
}

static void test_lies(void **state)
{
    (void)state;
    static const char *const lies[] = {"huge", "unknown", "hello", "short"};
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++)
        check_costs_itself_only(lies[i], "broke the protocol", 20000, 0);
    check_costs_itself_only("twice", "broke the protocol", 20000, 1);
}

static void test_escapes_are_taken_out(void **state)
{
    (void)state;
    check_costs_itself_only("escape", "red  [31m \xEF\xBF\xBD   end", 20000, 0);
}

/* Texts or warnings without end fill neither the index nor the memory. */
static void test_floods(void **state)
{
    (void)state;
    static const char *const floods[] = {"endless", "chatter"};
    for (size_t i = 0; i < 2; i++) {
        struct cs__extractor *extractor = open_pool(bad_program, 1, 20000);
        struct cs__extracted out;
        size_t count = 0;
        assert_int_equal(submit(extractor, floods[i], NULL), CS_OK);
        while (next(extractor, &out) != CS__EXTRACTED_FAILED)
            assert_true(count++ < 20000);
        assert_non_null(strstr(out.message, "broke the protocol"));
        cs__extractor_close(extractor);
    }
}

/* Whatever bytes come, the result is a text that keeps its promises or a failure. */
static void check_promises(const struct cs__text *text)
{
    assert_true(cs__utf8_valid(text->utf8, text->size));
    uint32_t least = 0;
    for (size_t i = 0; i < text->line_count; i++) {
        const struct cs__line *line = &text->lines[i];
        assert_true(line->start >= least && line->end >= line->start && line->end < text->size);
        assert_int_equal(text->utf8[line->end], '\n');
        assert_true(line->page <= text->pages && line->role <= CS__ROLE_SITE);
        least = line->end + 1;
    }
    for (size_t i = 0; i < text->property_count; i++)
        assert_true(strlen(text->properties[i].key) + strlen(text->properties[i].value) < 100);
}

static void test_mutants(void **state)
{
    (void)state;
    enum { COUNT = 300 };
    struct cs__extractor *extractor = open_pool(bad_program, 2, 20000);
    unsigned good = 0, bad = 0, submitted = 0;
    while (good + bad < COUNT) {
        char name[32];
        struct cs__extracted out = {0};
        for (; submitted < COUNT && cs__extractor_pending(extractor) < 6; submitted++) {
            snprintf(name, sizeof name, "mutant-%u", submitted);
            assert_int_equal(submit(extractor, name, NULL), CS_OK);
        }
        assert_int_equal(cs__extractor_next(extractor, &out, NULL), CS_OK);
        if (out.what == CS__EXTRACTED_TEXT)
            check_promises(out.text);
        good += out.what == CS__EXTRACTED_END;
        bad += out.what == CS__EXTRACTED_FAILED;
        cs__text_free(out.text);
        free(out.text);
    }
    assert_true(good > 0 && bad > 0);
    cs__extractor_close(extractor);
}

/* The same in this process and much oftener. */
static void test_mutant_frames(void **state)
{
    (void)state;
    static char utf8[] = "One\n\fTwo\n";
    struct cs__line lines[] = {{.start = 0, .end = 3, .page = 1}, {.start = 5, .end = 8, .page = 2}};
    struct cs__property property = {"title", "Title"};
    struct cs__text text = {.format = "pdf",
                            .utf8 = utf8,
                            .size = sizeof utf8 - 1,
                            .lines = lines,
                            .line_count = 2,
                            .pages = 2,
                            .properties = &property,
                            .property_count = 1};
    struct cs__buffer frame = {0};
    struct cs__text *out = NULL;
    cs__frame_put_text(&frame, &text);
    char *payload = frame.data + sizeof(struct cs__frame_header);
    size_t size = frame.size - sizeof(struct cs__frame_header);
    assert_int_equal(cs__frame_get_text(payload, size, &out, NULL), CS_OK);
    assert_string_equal(out->utf8, utf8);
    assert_string_equal(cs__text_property(out, "title"), "Title");
    cs__text_free(out);
    free(out);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_not_equal(cs__frame_get_text(payload, cut, &out, NULL), CS_OK);
    srand(7);
    for (int i = 0; i < 20000; i++) {
        char copy[512];
        memcpy(copy, payload, size);
        for (int changes = 1 + rand() % 3; changes > 0; changes--)
            copy[(size_t)rand() % size] = (char)(rand() % 256);
        if (cs__frame_get_text(copy, size, &out, NULL) == CS_OK) {
            check_promises(out);
            cs__text_free(out);
        }
        free(out);
    }
    cs__buffer_free(&frame);
}

static void test_a_slow_frame_comes_whole(void **state)
{
    (void)state;
    struct cs__extractor *extractor = open_pool(bad_program, 1, 20000);
    struct cs__extracted out;
    assert_int_equal(submit(extractor, "slow", NULL), CS_OK);
    assert_int_equal(next(extractor, &out), CS__EXTRACTED_TEXT);
    assert_int_equal(next(extractor, &out), CS__EXTRACTED_END);
    cs__extractor_close(extractor);
}

/* Work in hand, when the pool is closed, does not keep it. */
static void test_close_in_mid_work(void **state)
{
    (void)state;
    struct cs__extractor *extractor = open_pool(bad_program, 2, 60000);
    for (int i = 0; i < 5; i++)
        assert_int_equal(submit(extractor, "hang", NULL), CS_OK);
    time_t begin = time(NULL);
    cs__extractor_close(extractor);
    assert_true(time(NULL) - begin < 10);
    cs__extractor_close(NULL);
}

static void check_no_program(const char *program, const char *sentence)
{
    struct cs__extractor *extractor = open_pool(program, 1, 20000);
    struct cs__extracted out;
    cs_error error = {0};
    cs_status status = submit(extractor, "a", &error);
    if (status == CS_OK)
        status = cs__extractor_next(extractor, &out, &error);
    assert_int_equal(status, CS_ERR_IO);
    if (strstr(error.message, sentence) == NULL)
        fail_msg("%s", error.message);
    cs__extractor_close(extractor);
}

static void test_programs_that_are_not_cs_extract(void **state)
{
    (void)state;
    check_no_program("/nowhere/cs-extract", "cannot start the extraction program /nowhere/cs-extract");
    check_no_program("/bin/true", "does not work");
    check_no_program("/bin/cat", "does not work");
}

static long status_of(long pid, const char *field)
{
    char path[64], line[256];
    long value = -1;
    snprintf(path, sizeof path, "/proc/%ld/status", pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, field, strlen(field)) == 0)
            value = strtol(line + strlen(field) + 1, NULL, 10);
    fclose(file);
    return value;
}

static long first_child(void)
{
    char path[64];
    long pid = 0;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%ld", &pid) != 1)
        pid = 0;
    fclose(file);
    return pid;
}

static void test_worker_is_locked_down(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip();
#endif
    struct cs__extractor *extractor = open_pool(good_program, 1, 20000);
    struct cs__extracted out;
    assert_int_equal(submit(extractor, "a", NULL), CS_OK);
    assert_int_equal(next(extractor, &out), CS__EXTRACTED_TEXT);
    assert_int_equal(next(extractor, &out), CS__EXTRACTED_END);
    long pid = first_child();
    if (pid == 0)
        skip();
    assert_int_equal(status_of(pid, "NoNewPrivs:"), 1);
    long seccomp = status_of(pid, "Seccomp:");
    if (status_of(getpid(), "Seccomp:") == 0 && seccomp != 2)
        print_message("this kernel has no seccomp filter\n");
    cs__extractor_close(extractor);
}

int main(void)
{
    const char *build = getenv("BUILD");
    if (build == NULL)
        build = "build/release";
    snprintf(good_program, sizeof good_program, "%s/cs-extract", build);
    snprintf(bad_program, sizeof bad_program, "%s/tests/tools/bad_extract", build);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crash),
        cmocka_unit_test(test_hang),
        cmocka_unit_test(test_lies),
        cmocka_unit_test(test_escapes_are_taken_out),
        cmocka_unit_test(test_floods),
        cmocka_unit_test(test_mutants),
        cmocka_unit_test(test_mutant_frames),
        cmocka_unit_test(test_a_slow_frame_comes_whole),
        cmocka_unit_test(test_close_in_mid_work),
        cmocka_unit_test(test_programs_that_are_not_cs_extract),
        cmocka_unit_test(test_worker_is_locked_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
