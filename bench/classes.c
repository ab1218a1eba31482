/* SPDX-License-Identifier: MIT */
/* Classes: lines of typed words -> queries of each class, as terms. Usage: classes INDEX QUERIES >CLASSES
 *
 * rare: words that at most one passage in 5,000 has; common: that one in 50 has. All else is made from each
 * line as it stands, stop words left out where ranking leaves them out. */
#include <inttypes.h>

#include "bench/bench.h"
#include "core/segment_store.h"

enum { LINE_MAX_BYTES = 4096, COMMON_MAX = 4096, PREFIX_BYTES = 5 };

struct line {
    char terms[BENCH_TERMS_MAX][CS__TERM_SIZE_MAX + 1];
    uint64_t counts[BENCH_TERMS_MAX];
    int is_stop[BENCH_TERMS_MAX];
    size_t count;
};

struct bench {
    cs_reader *reader;
    struct cs__segments *segments;
    char common[COMMON_MAX][CS__TERM_SIZE_MAX + 1]; /* words met so far, each once */
    size_t common_count;
};

static void read_line(struct bench *bench, const char *text, struct line *line)
{
    struct cs__token token;
    line->count = 0;
    cs__tokenizer_start(bench->reader->tokenizer, text, strlen(text), CS__TOKENIZE_QUERY);
    while (line->count < BENCH_TERMS_MAX && cs__tokenizer_next(bench->reader->tokenizer, &token)) {
        struct cs__term_counts counts;
        snprintf(line->terms[line->count], CS__TERM_SIZE_MAX + 1, "%.*s", (int)token.term_size, token.term);
        line->is_stop[line->count] = cs__term_is_stop(token.term, token.term_size);
        if (cs__segments_count(bench->segments, token.term, token.term_size, &counts) != CS_OK)
            bench_die("can't look up %s", line->terms[line->count]);
        line->counts[line->count++] = counts.text;
    }
}

/* One query of all terms, or of those that are no stop words. */
static void write_query(const char *class, const char *kind, const struct line *line, int with_stop_words)
{
    size_t words = 0;
    for (size_t i = 0; i < line->count; i++)
        words += with_stop_words || !line->is_stop[i];
    if (words < 2)
        return;
    printf("%s\t%s\t", class, kind);
    const char *before = "";
    for (size_t i = 0; i < line->count; i++) {
        if (!with_stop_words && line->is_stop[i])
            continue;
        printf("%s%s", before, line->terms[i]);
        before = " ";
    }
    putchar('\n');
}

static void write_words(struct bench *bench, const struct line *line)
{
    uint64_t passages = bench->segments->passages;
    for (size_t i = 0; i < line->count; i++) {
        const char *term = line->terms[i];
        if (line->is_stop[i])
            continue;
        if (line->counts[i] > 0 && line->counts[i] <= passages / 5000)
            printf("single rare\tterm\t%s\n", term);
        if (strlen(term) > PREFIX_BYTES)
            printf("prefix\tprefix\t%.*s\n", PREFIX_BYTES, term);
        if (line->counts[i] < passages / 50 || bench->common_count == COMMON_MAX)
            continue;
        size_t known = 0;
        while (known < bench->common_count && strcmp(bench->common[known], term) != 0)
            known++;
        if (known < bench->common_count)
            continue;
        strcpy(bench->common[bench->common_count++], term);
        printf("single common\tterm\t%s\n", term);
    }
}

/* Pairs and triples of common words, far apart in the order in which they were met. */
static void write_common(const struct bench *bench)
{
    for (size_t i = 0; i < bench->common_count; i++) {
        const char *a = bench->common[i], *b = bench->common[(i * 7 + 3) % bench->common_count],
                   *c = bench->common[(i * 13 + 5) % bench->common_count];
        if (a != b && b != c && a != c)
            printf("OR common\tor\t%s %s%s%s\n", a, b, i % 2 ? " " : "", i % 2 ? c : "");
    }
}

int main(int argc, char **argv)
{
    static struct bench bench;
    static char text[LINE_MAX_BYTES];
    static struct line line;
    FILE *queries = argc == 3 ? fopen(argv[2], "r") : NULL;
    if (queries == NULL)
        bench_die("usage: classes INDEX QUERIES");
    bench.reader = bench_open(argv[1]);
    if (cs__segments_new(bench.reader->db, CS__CACHE_BYTES_DEFAULT, &bench.segments) != CS_OK ||
        cs__segments_refresh(bench.segments) != CS_OK)
        bench_die("can't read the segments of %s", argv[1]);
    while (fgets(text, sizeof text, queries) != NULL) {
        read_line(&bench, text, &line);
        write_words(&bench, &line);
        write_query("AND", "and", &line, 0);
        write_query("OR", "or", &line, 0);
        write_query("phrase", "phrase", &line, 1);
        write_query("NEAR", "near", &line, 0);
        write_query("filtered", "filtered", &line, 0);
    }
    write_common(&bench);
    fclose(queries);
    cs__segments_free(bench.segments);
    cs_reader_close(bench.reader);
    return 0;
}
