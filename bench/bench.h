/* SPDX-License-Identifier: MIT */
/* What the bench's programs share: opening, timing, and the file of queries.
 *
 * A line of queries: class, kind (term, and, or, phrase, near, prefix, filtered), terms; by tabs, terms by
 * spaces. "near" is within BENCH_NEAR words; "filtered" is "or" among the passages of BENCH_GROUP. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "query/reader.h"

enum { BENCH_GROUPS = 10, BENCH_GROUP = 3, BENCH_NEAR = 5, BENCH_LIMIT = 10, BENCH_TERMS_MAX = 16 };

static inline void bench_die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    putc('\n', stderr);
    exit(2);
}

static inline cs_reader *bench_open(const char *path)
{
    cs_reader *reader;
    cs_error error = {0};
    if (cs_reader_open(path, NULL, &reader, &error) != CS_OK)
        bench_die("%s", error.message);
    return reader;
}

static inline double bench_clock_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static inline double bench_now_ms(void)
{
    return bench_clock_ms(CLOCK_MONOTONIC);
}

/** Of this process: what a warm query takes on an idle machine, whatever else runs on this one. */
static inline double bench_processor_ms(void)
{
    return bench_clock_ms(CLOCK_PROCESS_CPUTIME_ID);
}

#endif
