/* SPDX-License-Identifier: MIT */
/* Extraction as cs-index does it, for tests and figures: files in, one line of outcome each out.
 *
 *   extract [-p PROGRAM] [-j JOBS] [-t TIMEOUT_MS] [-m MEMORY_MIB] [-f FILE_MIB] [-s] FILE...
 *
 * Prints "text FILE FORMAT BYTES LINES", "warning FILE: ...", "failed FILE: ...", "end FILE"; with -s the
 * sums and the rate only. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "indexer/extract.h"

struct run {
    struct cs__extract_options options;
    int sums_only;
    char **files;
    size_t count, submitted;
    size_t texts, bytes, lines, warnings, failed;
};

static const char *beside(const char *self)
{
    static char path[4096];
    const char *slash = strrchr(self, '/');
    snprintf(path, sizeof path, "%.*s/../../cs-extract", slash == NULL ? 1 : (int)(slash - self),
             slash == NULL ? "." : self);
    return path;
}

static void say(struct run *run, const struct cs__extracted *out)
{
    const char *file = run->files[out->ticket - 1];
    switch (out->what) {
    case CS__EXTRACTED_TEXT:
        run->texts++;
        run->bytes += out->text->size;
        run->lines += out->text->line_count;
        if (run->sums_only)
            break;
        printf("text %s %s %zu %zu\n", file, out->text->format, out->text->size, out->text->line_count);
        for (size_t i = 0; i < out->text->warning_count; i++)
            printf("warning %s: %s\n", file, out->text->warnings[i]);
        break;
    case CS__EXTRACTED_WARNING:
        run->warnings++;
        printf("warning %s: %s\n", file, out->message);
        break;
    case CS__EXTRACTED_FAILED:
        run->failed++;
        printf("failed %s: %s\n", file, out->message);
        break;
    case CS__EXTRACTED_END:
        if (!run->sums_only)
            printf("end %s\n", file);
    }
    fflush(stdout);
}

static cs_status submit(struct run *run, struct cs__extractor *extractor, cs_error *error)
{
    uint64_t ticket;
    int descriptor = open(run->files[run->submitted], O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        fprintf(stderr, "%s: %s\n", run->files[run->submitted], strerror(errno));
        exit(2);
    }
    return cs__extractor_submit(extractor, descriptor, run->files[run->submitted++], &ticket, error);
}

static cs_status extract(struct run *run, cs_error *error)
{
    struct cs__extractor *extractor = NULL;
    struct cs__extracted out;
    cs_status status = cs__extractor_open(&run->options, &extractor, error);
    while (status == CS_OK && (run->submitted < run->count || cs__extractor_pending(extractor) > 0)) {
        while (status == CS_OK && run->submitted < run->count &&
               cs__extractor_pending(extractor) < 3 * (size_t)run->options.jobs)
            status = submit(run, extractor, error);
        if (status == CS_OK)
            status = cs__extractor_next(extractor, &out, error);
        if (status != CS_OK)
            break;
        say(run, &out);
        if (out.text != NULL)
            cs__text_free(out.text);
        free(out.text);
    }
    cs__extractor_close(extractor);
    return status;
}

int main(int argc, char **argv)
{
    struct run run = {.options = {.program = beside(argv[0]),
                                  .jobs = 2,
                                  .timeout_ms = 60000,
                                  .max_memory_bytes = 512u << 20,
                                  .max_file_bytes = 256u << 20}};
    cs_error error = {0};
    int option;
    while ((option = getopt(argc, argv, "p:j:t:m:f:s")) != -1) {
        unsigned long value = optarg == NULL ? 0 : strtoul(optarg, NULL, 10);
        switch (option) {
        case 'p':
            run.options.program = optarg;
            break;
        case 'j':
            run.options.jobs = (unsigned)value;
            break;
        case 't':
            run.options.timeout_ms = (unsigned)value;
            break;
        case 'm':
            run.options.max_memory_bytes = (uint64_t)value << 20;
            break;
        case 'f':
            run.options.max_file_bytes = (uint64_t)value << 20;
            break;
        case 's':
            run.sums_only = 1;
            break;
        default:
            return 2;
        }
    }
    run.files = argv + optind;
    run.count = (size_t)(argc - optind);
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (extract(&run, &error) != CS_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    if (run.sums_only)
        printf("%zu texts, %zu bytes, %zu lines, %zu warnings, %zu failed, %.2f s, %.1f MB/s\n", run.texts,
               run.bytes, run.lines, run.warnings, run.failed, seconds, (double)run.bytes / seconds / 1e6);
    return 0;
}
