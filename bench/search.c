/* SPDX-License-Identifier: MIT */
/* Search: times the matcher on a file of queries. Usage: search INDEX QUERIES [REPEATS]
 *
 * Output, a line a query: class, milliseconds of processor time (the best of REPEATS, 3), matches returned;
 * by tabs. */
#include "bench/bench.h"
#include "query/match.h"

/* Passages of the documents of BENCH_GROUP. */
static void make_filter(cs_reader *reader, struct cs__filter *filter)
{
    sqlite3_stmt *rows = NULL;
    size_t capacity = 0;
    if (sqlite3_prepare_v2(reader->db,
                           "SELECT first_passage, first_passage + block_count - 1 FROM document "
                           "WHERE id % ?1 = ?2 ORDER BY first_passage",
                           -1, &rows, NULL) != SQLITE_OK)
        bench_die("%s", sqlite3_errmsg(reader->db));
    sqlite3_bind_int(rows, 1, BENCH_GROUPS);
    sqlite3_bind_int(rows, 2, BENCH_GROUP);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        if (filter->count == capacity) {
            capacity = capacity > 0 ? capacity * 2 : 1024;
            filter->ranges = realloc(filter->ranges, capacity * sizeof *filter->ranges);
            if (filter->ranges == NULL)
                bench_die("no memory");
        }
        filter->ranges[filter->count++] =
            (struct cs__id_range){sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1)};
    }
    sqlite3_finalize(rows);
}

static struct cs__node *new_node(struct cs__arena *arena, enum cs__node_kind kind, size_t children)
{
    struct cs__node *node = cs__arena_alloc(arena, sizeof *node);
    if (node == NULL ||
        (node->children = cs__arena_array(arena, children + 1, sizeof *node->children)) == NULL)
        bench_die("no memory");
    node->kind = kind;
    node->weight = 1;
    return node;
}

static struct cs__node *new_leaf(struct cs__arena *arena, enum cs__node_kind kind, const char **terms,
                                 size_t count)
{
    struct cs__node *leaf = new_node(arena, kind, 0);
    leaf->terms = terms;
    leaf->term_count = count;
    return leaf;
}

static struct cs__node *make_tree(struct cs__arena *arena, const char *kind, const char **terms, size_t count)
{
    if (strcmp(kind, "term") == 0 || strcmp(kind, "prefix") == 0 || strcmp(kind, "phrase") == 0)
        return new_leaf(arena,
                        *kind == 't'     ? CS__NODE_TERM
                        : kind[1] == 'r' ? CS__NODE_PREFIX
                                         : CS__NODE_PHRASE,
                        terms, count);
    struct cs__node *node = new_node(arena, strcmp(kind, "near") == 0 ? CS__NODE_NEAR : CS__NODE_BAG, count);
    node->distance = BENCH_NEAR;
    for (; node->child_count < count; node->child_count++)
        node->children[node->child_count] = new_leaf(arena, CS__NODE_TERM, terms + node->child_count, 1);
    return node;
}

static void time_query(cs_reader *reader, const struct cs__filter *filter, char *line, int repeats)
{
    struct cs__arena arena = {0};
    const char *terms[BENCH_TERMS_MAX];
    size_t count = 0;
    char *class = strtok(line, "\t\n"), *kind = strtok(NULL, "\t\n"), *term;
    while (count < BENCH_TERMS_MAX && (term = strtok(NULL, " \n")) != NULL)
        terms[count++] = term;
    if (kind == NULL || count == 0)
        return;
    struct cs__plan plan = {.limit = BENCH_LIMIT};
    /* strcmp(kind, "phrase")'s second letter is h, prefix's is r */
    plan.tree = make_tree(&arena, kind, terms, count);
    plan.match = strcmp(kind, "and") == 0 ? CS_MATCH_ALL : CS_MATCH_ANY;
    plan.filter = strcmp(kind, "filtered") == 0 ? filter : NULL;
    double best = 0;
    size_t found = 0;
    for (int i = 0; i < repeats; i++) {
        struct cs__matches matches;
        cs_error error = {0};
        double began = bench_processor_ms();
        if (cs__match(reader, &plan, &matches, &error) != CS_OK)
            bench_die("%s", error.message);
        double took = bench_processor_ms() - began;
        best = i == 0 || took < best ? took : best;
        found = matches.count;
        cs__matches_free(&matches);
    }
    printf("%s\t%.5f\t%zu\n", class, best, found);
    cs__arena_free(&arena);
}

int main(int argc, char **argv)
{
    static char line[4096];
    struct cs__filter filter = {0};
    FILE *queries = argc >= 3 ? fopen(argv[2], "r") : NULL;
    if (queries == NULL)
        bench_die("usage: search INDEX QUERIES [REPEATS]");
    cs_reader *reader = bench_open(argv[1]);
    cs_error error = {0};
    if (cs__reader_begin(reader, &error) != CS_OK)
        bench_die("%s", error.message);
    make_filter(reader, &filter);
    while (fgets(line, sizeof line, queries) != NULL)
        time_query(reader, &filter, line, argc > 3 ? atoi(argv[3]) : 3);
    cs__reader_end(reader);
    cs_reader_close(reader);
    free(filter.ranges);
    fclose(queries);
    return 0;
}
