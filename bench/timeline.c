/* SPDX-License-Identifier: MIT */
/* Timeline: times one in a process that is warm. Usage: timeline INDEX RUNS QUERY...
 *
 * A line a query: milliseconds (median, slowest, median of processor time), rows, passages counted, and the
 * query. The first run of each, which fills caches, is not among them. */
#include <csearch/timeline.h>

#include "bench/bench.h"

enum { RUNS_MAX = 1000 };

static double processor_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static double time_once(cs_reader *reader, const char *query, double *processor, size_t *rows,
                        uint64_t *passages)
{
    cs_timeline *timeline;
    cs_error error = {0};
    double began = bench_now_ms(), processor_began = processor_ms();
    if (cs_timeline_build(reader, query, strlen(query), NULL, &timeline, &error) != CS_OK)
        bench_die("%s", error.message);
    double took = bench_now_ms() - began;
    *processor = processor_ms() - processor_began;
    *rows = cs_timeline_count(timeline);
    *passages = cs_timeline_passages(timeline);
    cs_timeline_free(timeline);
    return took;
}

static int by_time(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

int main(int argc, char **argv)
{
    static double times[RUNS_MAX], processor[RUNS_MAX];
    int runs = argc > 3 ? atoi(argv[2]) : 0;
    if (runs < 1 || runs > RUNS_MAX)
        bench_die("usage: timeline INDEX RUNS QUERY...");
    cs_reader *reader = bench_open(argv[1]);
    for (int i = 3; i < argc; i++) {
        size_t rows;
        uint64_t passages;
        time_once(reader, argv[i], &processor[0], &rows, &passages);
        for (int j = 0; j < runs; j++)
            times[j] = time_once(reader, argv[i], &processor[j], &rows, &passages);
        qsort(times, (size_t)runs, sizeof times[0], by_time);
        qsort(processor, (size_t)runs, sizeof processor[0], by_time);
        printf("%.1f\t%.1f\t%.1f\t%zu\t%llu\t%s\n", times[runs / 2], times[runs - 1], processor[runs / 2],
               rows, (unsigned long long)passages, argv[i]);
    }
    cs_reader_close(reader);
    return 0;
}
