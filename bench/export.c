/* SPDX-License-Identifier: MIT */
/* Export: an index -> what the peers index. Usage: export INDEX TEXTS WORDS
 *
 * A line a passage in both files: id, group, then the text (TEXTS) or its terms (WORDS), by tabs. The group
 * is one of ten and the same for all passages of a document: filters ask for one group. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"

struct output {
    FILE *texts, *words;
    struct cs__tokenizer *tokenizer;
};

/* A tab or a line end within a text would break the lines. */
static void write_text(FILE *file, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        putc((unsigned char)text[i] < ' ' ? ' ' : text[i], file);
}

/* One term a word: the capitals of an acronym, which share its position, are left out. */
static void write_words(struct output *output, const char *text, size_t size)
{
    struct cs__token token;
    uint32_t position = UINT32_MAX;
    const char *before = "";
    cs__tokenizer_start(output->tokenizer, text, size, CS__TOKENIZE_STEM);
    while (cs__tokenizer_next(output->tokenizer, &token)) {
        if (token.position == position)
            continue;
        position = token.position;
        fprintf(output->words, "%s%.*s", before, (int)token.term_size, token.term);
        before = " ";
    }
}

static void write_passage(struct output *output, int64_t id, int64_t document, const char *text, size_t size)
{
    fprintf(output->texts, "%" PRId64 "\t%" PRId64 "\t", id, document % BENCH_GROUPS);
    write_text(output->texts, text, size);
    putc('\n', output->texts);
    fprintf(output->words, "%" PRId64 "\t%" PRId64 "\t", id, document % BENCH_GROUPS);
    write_words(output, text, size);
    putc('\n', output->words);
}

static void write_all(struct output *output, cs_reader *reader)
{
    sqlite3_stmt *rows = NULL;
    cs_error error = {0};
    if (sqlite3_prepare_v2(reader->db, "SELECT id, document FROM passage WHERE flags & 1 ORDER BY id", -1,
                           &rows, NULL) != SQLITE_OK)
        bench_die("%s", sqlite3_errmsg(reader->db));
    while (sqlite3_step(rows) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(rows, 0);
        const char *text;
        size_t size;
        if (cs__reader_text(reader, id, &text, &size, &error) != CS_OK)
            bench_die("%s", error.message);
        write_passage(output, id, sqlite3_column_int64(rows, 1), text, size);
    }
    sqlite3_finalize(rows);
}

int main(int argc, char **argv)
{
    struct output output = {0};
    if (argc != 4)
        bench_die("usage: export INDEX TEXTS WORDS");
    cs_reader *reader = bench_open(argv[1]);
    output.texts = fopen(argv[2], "w");
    output.words = fopen(argv[3], "w");
    if (output.texts == NULL || output.words == NULL || cs__tokenizer_new(&output.tokenizer) != CS_OK)
        bench_die("can't write %s and %s", argv[2], argv[3]);
    write_all(&output, reader);
    cs__tokenizer_free(output.tokenizer);
    cs_reader_close(reader);
    return fclose(output.texts) == 0 && fclose(output.words) == 0 ? 0 : 1;
}
