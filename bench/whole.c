/* SPDX-License-Identifier: MIT */
/* Whole: times a search as an embedder makes it, from the words typed to hits with their excerpts.
 * Usage: whole INDEX SEARCHES [REPEATS]
 *
 * A line of SEARCHES: class, how (auto, all, any, date, exact), the query; by tabs. Output, a line a search:
 * class, milliseconds of processor time (the best of REPEATS, 3), hits; by tabs. */
#include "bench/bench.h"

enum { LINE_BYTES = 1 << 16 };

static void set_options(const char *how, cs_search_options *options)
{
    *options = (cs_search_options)CS_SEARCH_OPTIONS_INIT;
    options->limit = BENCH_LIMIT;
    if (strcmp(how, "all") == 0)
        options->match = CS_MATCH_ALL;
    else if (strcmp(how, "any") == 0)
        options->match = CS_MATCH_ANY;
    else if (strcmp(how, "date") == 0)
        options->sort = CS_SORT_DATE;
    else if (strcmp(how, "exact") == 0)
        options->exact = 1;
}

static void time_search(cs_reader *reader, char *line, int repeats)
{
    char *class = strtok(line, "\t\n"), *how = strtok(NULL, "\t\n"), *query = strtok(NULL, "\t\n");
    cs_search_options options;
    double best = 0;
    size_t found = 0;
    if (query == NULL)
        return;
    set_options(how, &options);
    for (int i = 0; i < repeats; i++) {
        cs_hits *hits;
        cs_error error = {0};
        double began = bench_processor_ms();
        if (cs_search(reader, query, strlen(query), &options, &hits, &error) != CS_OK)
            bench_die("%s: %s", query, error.message);
        double took = bench_processor_ms() - began;
        best = i == 0 || took < best ? took : best;
        found = cs_hits_count(hits);
        cs_hits_free(hits);
    }
    printf("%s\t%.5f\t%zu\n", class, best, found);
}

int main(int argc, char **argv)
{
    static char line[LINE_BYTES];
    FILE *searches = argc >= 3 ? fopen(argv[2], "r") : NULL;
    if (searches == NULL)
        bench_die("usage: whole INDEX SEARCHES [REPEATS]");
    cs_reader *reader = bench_open(argv[1]);
    while (fgets(line, sizeof line, searches) != NULL)
        time_search(reader, line, argc > 3 ? atoi(argv[3]) : 3);
    cs_reader_close(reader);
    fclose(searches);
    return 0;
}
