/* SPDX-License-Identifier: MIT */
/* Updates: replaces one document after another and times each until it is searchable, with a reader beside.
 * Usage: updates INDEX PATHS COUNT CS-EXTRACT
 *
 * PATHS: a line a file that the index holds, of one JSON Lines record whose text stands last; one is drawn by
 * lot each time, and gets a new last paragraph.
 * Output: a line an update: milliseconds of wall time, of this process's processor time, and bytes; by tabs.
 * An update whose new words can't be found, or whose old one still can, ends the program. */
#include <inttypes.h>

#include <csearch/index.h>

#include "bench/bench.h"

enum { CHECK_EVERY = 50, PATHS_MAX = 1 << 20 };

struct paths {
    char *names[PATHS_MAX];
    int last_update[PATHS_MAX]; /* -1 for none */
    size_t count;
};

static void read_paths(const char *path, struct paths *paths)
{
    char *line = NULL;
    size_t capacity = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        bench_die("can't read %s", path);
    while (paths->count < PATHS_MAX && getline(&line, &capacity, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        paths->last_update[paths->count] = -1;
        paths->names[paths->count++] = strdup(line);
    }
    free(line);
    fclose(file);
}

/* The record with one more paragraph; its words are in no other document. */
static char *new_text(const char *path, int update, size_t *size)
{
    FILE *file = fopen(path, "r");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        bench_die("can't read %s", path);
    *size = (size_t)ftell(file);
    char *text = malloc(*size + 64);
    rewind(file);
    if (text == NULL || fread(text, 1, *size, file) != *size)
        bench_die("can't read %s", path);
    fclose(file);
    while (*size > 0 && text[*size - 1] != '"')
        --*size;
    if (*size == 0)
        bench_die("%s is no record", path);
    --*size;
    *size += (size_t)sprintf(text + *size, "\\n\\nThis was replaced as qz%dqz says.\"}\n", update);
    return text;
}

static uint64_t found(cs_reader *reader, int update)
{
    char query[32];
    cs_hits *hits;
    cs_error error = {0};
    snprintf(query, sizeof query, "qz%dqz", update);
    if (cs_search(reader, query, strlen(query), NULL, &hits, &error) != CS_OK)
        bench_die("%s", error.message);
    uint64_t count = cs_hits_count(hits);
    cs_hits_free(hits);
    return count;
}

static void update_one(cs_writer *writer, const char *path, int update)
{
    cs_error error = {0};
    size_t size;
    char *text = new_text(path, update, &size);
    double wall = bench_now_ms(), processor = bench_processor_ms();
    if (cs_writer_add_buffer(writer, path, text, size, NULL, 0, &error) != CS_OK ||
        cs_writer_commit(writer, &error) != CS_OK)
        bench_die("%s: %s", path, error.message);
    printf("%.3f\t%.3f\t%zu\n", bench_now_ms() - wall, bench_processor_ms() - processor, size);
    free(text);
}

int main(int argc, char **argv)
{
    static struct paths paths;
    cs_writer_options options = CS_WRITER_OPTIONS_INIT;
    cs_writer *writer;
    cs_error error = {0};
    uint32_t lot = 1;
    if (argc != 5)
        bench_die("usage: updates INDEX PATHS COUNT CS-EXTRACT");
    read_paths(argv[2], &paths);
    options.extract_program = argv[4];
    if (paths.count == 0 || cs_writer_open(argv[1], &options, &writer, &error) != CS_OK)
        bench_die("%s: %s", argv[1], error.message);
    cs_reader *reader = bench_open(argv[1]);
    for (int i = 0; i < atoi(argv[3]); i++) {
        lot = lot * 1664525 + 1013904223; /* Numerical Recipes' */
        size_t drawn = (size_t)((uint64_t)lot * paths.count >> 32);
        int before = paths.last_update[drawn];
        update_one(writer, paths.names[drawn], i);
        paths.last_update[drawn] = i;
        if (i % CHECK_EVERY == 0 && (found(reader, i) != 1 || (before >= 0 && found(reader, before) != 0)))
            bench_die("update %d of %s is not what a search finds", i, paths.names[drawn]);
    }
    cs_reader_close(reader);
    cs_writer_close(writer);
    return 0;
}
