/* SPDX-License-Identifier: MIT */
/* The peer by SQLite's FTS5 as it comes: bm25(), ORDER BY rank LIMIT 10, words that are terms already.
 * Usage: fts5 index WORDS DATABASE | fts5 search DATABASE QUERIES [REPEATS]
 *
 * Files are those of bench/export.c and bench/classes.c; output as bench/search.c. */
#include <sqlite3.h>

#include "bench/bench.h"

/* A tokenizer that splits at spaces, https://sqlite.org/fts5.html#custom_tokenizers. */
typedef int token_fn(void *, int, const char *, int, int, int);

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)arguments;
    (void)count;
    *out = context;
    return SQLITE_OK;
}

static void delete (Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int size,
                    token_fn *give)
{
    (void)tokenizer;
    (void)flags;
    for (int at = 0; at < size;) {
        int end = at;
        while (end < size && text[end] != ' ')
            end++;
        int status = end > at ? give(context, 0, text + at, end - at, at, end) : SQLITE_OK;
        if (status != SQLITE_OK)
            return status;
        at = end + 1;
    }
    return SQLITE_OK;
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        bench_die("%s: %s", sql, sqlite3_errmsg(db));
}

static sqlite3 *open_database(const char *path)
{
    static int self;
    fts5_api *api = NULL;
    fts5_tokenizer functions = {create, delete, tokenize};
    sqlite3_stmt *statement = NULL;
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) != SQLITE_OK)
        bench_die("can't open %s", path);
    sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    api->xCreateTokenizer(api, "spaces", &self, &functions, NULL);
    run(db, "PRAGMA cache_size = -65536; PRAGMA mmap_size = 2000000000");
    return db;
}

static void index_words(const char *input, const char *path)
{
    FILE *in = fopen(input, "r");
    char *line = NULL;
    size_t capacity = 0;
    sqlite3_stmt *insert = NULL;
    sqlite3 *db = open_database(path);
    if (in == NULL)
        bench_die("can't read %s", input);
    run(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; BEGIN;"
            "CREATE VIRTUAL TABLE words USING fts5(text, tag, content='', tokenize='spaces')");
    if (sqlite3_prepare_v2(db, "INSERT INTO words (rowid, tag, text) VALUES (?1, 'g' || ?2, ?3)", -1, &insert,
                           NULL) != SQLITE_OK)
        bench_die("%s", sqlite3_errmsg(db));
    while (getline(&line, &capacity, in) > 0) {
        char *id = strtok(line, "\t\n"), *tag = strtok(NULL, "\t\n"), *text = strtok(NULL, "\n");
        sqlite3_bind_text(insert, 1, id, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, tag, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, text != NULL ? text : "", -1, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE)
            bench_die("%s", sqlite3_errmsg(db));
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(db, "INSERT INTO words (words) VALUES ('optimize'); COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    free(line);
    fclose(in);
    sqlite3_close(db);
}

/* "a" AND "b"; NEAR("a" "b", 5); "a b"; "a" *; all in the column of texts. */
static void make_expression(const char *kind, char *words, char *out, size_t size)
{
    const char *before = "", *between = strcmp(kind, "and") == 0 ? " AND " : " OR ";
    int is_near = strcmp(kind, "near") == 0, is_phrase = strcmp(kind, "phrase") == 0;
    size_t at = (size_t)snprintf(out, size, "text : (%s", is_near ? "NEAR(" : is_phrase ? "\"" : "");
    if (is_near || is_phrase)
        between = " ";
    for (char *word = strtok(words, " \n"); word != NULL && at < size; word = strtok(NULL, " \n")) {
        at += (size_t)snprintf(out + at, size - at, is_phrase ? "%s%s" : "%s\"%s\"", before, word);
        before = between;
    }
    if (at < size)
        snprintf(out + at, size - at, "%s%s",
                 is_near                       ? ", 5))"
                 : is_phrase                   ? "\")"
                 : strcmp(kind, "prefix") == 0 ? " *)"
                                               : ")",
                 strcmp(kind, "filtered") == 0 ? " AND tag : \"g3\"" : "");
}

static void search(const char *path, const char *queries, int repeats)
{
    static char line[4096], expression[8192];
    sqlite3_stmt *select = NULL;
    sqlite3 *db = open_database(path);
    FILE *in = fopen(queries, "r");
    if (in == NULL ||
        sqlite3_prepare_v2(db, "SELECT rowid, rank FROM words WHERE words MATCH ?1 ORDER BY rank LIMIT 10",
                           -1, &select, NULL) != SQLITE_OK)
        bench_die("%s", sqlite3_errmsg(db));
    while (fgets(line, sizeof line, in) != NULL) {
        char *class = strtok(line, "\t\n"), *kind = strtok(NULL, "\t\n"), *words = strtok(NULL, "\n");
        if (words == NULL)
            continue;
        make_expression(kind, words, expression, sizeof expression);
        double best = 0;
        int found = 0;
        for (int i = 0; i < repeats; i++) {
            double began = bench_processor_ms();
            sqlite3_bind_text(select, 1, expression, -1, SQLITE_STATIC);
            for (found = 0; sqlite3_step(select) == SQLITE_ROW; found++)
                ;
            sqlite3_reset(select);
            double took = bench_processor_ms() - began;
            best = i == 0 || took < best ? took : best;
        }
        printf("%s\t%.5f\t%d\n", class, best, found);
    }
    sqlite3_finalize(select);
    fclose(in);
    sqlite3_close(db);
}

int main(int argc, char **argv)
{
    if (argc >= 4 && strcmp(argv[1], "index") == 0)
        index_words(argv[2], argv[3]);
    else if (argc >= 4 && strcmp(argv[1], "search") == 0)
        search(argv[2], argv[3], argc > 4 ? atoi(argv[4]) : 3);
    else
        bench_die("usage: fts5 index WORDS DATABASE | fts5 search DATABASE QUERIES [REPEATS]");
    return 0;
}
