/* SPDX-License-Identifier: MIT */
/* Usage: fuzz_queries INDEX [SEED [RANDOM [GENERATED]]]
 *
 * Run queries nobody would type through a whole search: RANDOM (200) of random bytes, GENERATED (10,000) made
 * from the grammar of cs-query(7), its signs put wrong now and then. Every one has to end well, with little
 * work, and with hits that hold together; and a query printed as it was read has to be read the same way
 * again. Prints what failed, with the query as a C string; exit 1 then. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <csearch/query.h>

#include "query/parse.h"

/* Bounds that no query on a small index comes near: times it is asked whether to go on, seconds. */
enum { ASKED_MAX = 100000, WATCHDOG_SECONDS = 120, QUERY_SIZE = 1 << 16, DEPTH_MAX = 5 };

struct query {
    char text[QUERY_SIZE];
    size_t size;
};

struct fuzz {
    cs_reader *reader;
    uint64_t random; /* state of the generator */
    uint64_t asked;
    struct query query;
    unsigned long failed, found;
};

/* xorshift64*; Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled" (2016). */
static uint64_t next(struct fuzz *fuzz)
{
    fuzz->random ^= fuzz->random >> 12;
    fuzz->random ^= fuzz->random << 25;
    fuzz->random ^= fuzz->random >> 27;
    return fuzz->random * 0x2545F4914F6CDD1Du;
}

static size_t below(struct fuzz *fuzz, size_t end)
{
    return (size_t)((next(fuzz) >> 11) % end);
}

static int one_in(struct fuzz *fuzz, size_t count)
{
    return below(fuzz, count) == 0;
}

static void add(struct fuzz *fuzz, const char *text)
{
    size_t size = strlen(text);
    if (fuzz->query.size + size > sizeof fuzz->query.text)
        return;
    memcpy(fuzz->query.text + fuzz->query.size, text, size);
    fuzz->query.size += size;
}

#define ADD_ONE(fuzz, table) add(fuzz, (table)[below(fuzz, sizeof(table) / sizeof((table)[0]))])

/* --- what a query is made of --- */

static void add_word(struct fuzz *fuzz)
{
    static const char *const words[] = {
        "child",
        "children's",
        "asylum",
        "unaccompanied",
        "asylum-seeking",
        "UASC",
        "MASH",
        "front door",
        "the",
        "of",
        "SEND",
        "send",
        "turnover",
        "s.47",
        "16-17",
        "s20",
        "section 47",
        "C++",
        "what's",
        "LADO",
        "neglect",
        "private",
        "fostering",
        "Herefordshire",
        "pre-proceedings",
        "é",
        "ﬁne",
        "日本",
        "\xF0\x9F\x98\x80",
        "care",
        "caring",
        "judgement",
        "zzzz",
        "1,000",
        "a",
        "unacompanied",
        "asilum",
        "co-ordination",
        "e.g.",
        "o’clock",
        "AND",
        "and",
        "NEAR",
        "OR",
        "NOT",
        "theme:turnover",
        "social",
        "workers",
        "hotel",
    };
    ADD_ONE(fuzz, words);
}

static void add_words(struct fuzz *fuzz, size_t most)
{
    for (size_t left = 1 + below(fuzz, most); left > 0; left--) {
        add_word(fuzz);
        if (left > 1)
            add(fuzz, " ");
    }
}

static void add_field(struct fuzz *fuzz)
{
    static const char *const names[] = {"authority", "kind",  "judgement", "overall", "area",
                                        "section",   "since", "until",     "visit",   "theme",
                                        "banana",    "SINCE", ""};
    static const char *const values[] = {
        "Herefordshire",
        "article",
        "inadequate..good",
        "good..",
        "..good",
        "good..inadequate",
        "2023-06",
        "\"June 2023\"",
        "2023",
        "autumn",
        "care",
        "\"in care\"",
        "herefordshire/2023-03-29",
        "inspection-report",
        "..",
        "\"",
        "",
        "9999-99",
        "-",
        "outstanding",
    };
    ADD_ONE(fuzz, names);
    add(fuzz, ":");
    ADD_ONE(fuzz, values);
}

static void add_quote(struct fuzz *fuzz)
{
    static const char *const quotes[] = {"\"", "\"", "\"", "“", "”", "„", "«", "'", "‘"};
    ADD_ONE(fuzz, quotes);
}

static void add_leaf(struct fuzz *fuzz)
{
    if (one_in(fuzz, 8))
        add(fuzz, "=");
    switch (below(fuzz, 5)) {
    case 0:
        add_quote(fuzz);
        add_words(fuzz, 4);
        if (!one_in(fuzz, 8))
            add_quote(fuzz);
        break;
    case 1:
        add_word(fuzz);
        add(fuzz, "*");
        break;
    default:
        add_word(fuzz);
    }
}

static void add_near(struct fuzz *fuzz)
{
    static const char *const operators[] = {" NEAR ",  " NEAR/5 ", " NEAR/0 ", " NEAR/99999999999 ",
                                            " NEAR/ ", " NEAR/-1 "};
    add_leaf(fuzz);
    for (size_t left = below(fuzz, 3) + 1; left > 0; left--) {
        ADD_ONE(fuzz, operators);
        add_leaf(fuzz);
    }
}

static void add_query(struct fuzz *fuzz, int depth);

static void add_item(struct fuzz *fuzz, int depth)
{
    static const char *const negations[] = {"NOT ", "-", "--", "NOT NOT "};
    if (one_in(fuzz, 8))
        ADD_ONE(fuzz, negations);
    switch (below(fuzz, 8)) {
    case 0:
        add_near(fuzz);
        break;
    case 1:
        add_field(fuzz);
        break;
    case 2:
        if (depth < DEPTH_MAX) {
            add(fuzz, one_in(fuzz, 10) ? "" : "(");
            add_query(fuzz, depth + 1);
            add(fuzz, one_in(fuzz, 10) ? "" : ")");
            break;
        }
        /* fall through */
    default:
        add_leaf(fuzz);
    }
}

static void add_query(struct fuzz *fuzz, int depth)
{
    static const char *const between[] = {" ",        " ",  " ",  " AND ", " OR ", " NOT ",
                                          "  OR OR ", "\t", "\n", "|",     ", "};
    static const char *const stray[] = {"?", "!", "*", "(", ")", "\"", "AND", "OR", "NOT", "NEAR",
                                        "-", "=", ":", "'", "…", "^",  "~2",  "\\", ";--"};
    for (size_t left = 1 + below(fuzz, depth == 0 ? 5 : 3); left > 0; left--) {
        add_item(fuzz, depth);
        if (one_in(fuzz, 12))
            ADD_ONE(fuzz, stray);
        if (left > 1)
            ADD_ONE(fuzz, between);
    }
}

static void make_random(struct fuzz *fuzz)
{
    fuzz->query.size = below(fuzz, one_in(fuzz, 10) ? 4096 : 64);
    for (size_t i = 0; i < fuzz->query.size; i++)
        fuzz->query.text[i] = (char)next(fuzz);
}

/* A byte of one query in eight is another one. */
static void make_generated(struct fuzz *fuzz)
{
    fuzz->query.size = 0;
    add_query(fuzz, 0);
    if (one_in(fuzz, 8) && fuzz->query.size > 0)
        fuzz->query.text[below(fuzz, fuzz->query.size)] = (char)next(fuzz);
}

/* --- what has to hold --- */

static void fail(struct fuzz *fuzz, const char *why)
{
    fuzz->failed++;
    printf("%s: \"", why);
    for (size_t i = 0; i < fuzz->query.size; i++) {
        unsigned char c = (unsigned char)fuzz->query.text[i];
        if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\')
            putchar(c);
        else
            printf("\\%03o", c);
    }
    puts("\"");
}

static int is_at_character(const cs_hit *hit, uint32_t at)
{
    return at <= hit->text_size && (at == hit->text_size || ((unsigned char)hit->text[at] & 0xC0) != 0x80);
}

static const char *wrong_with_hit(const cs_hit *hit)
{
    uint32_t end = 0;
    for (size_t i = 0; i < hit->mark_count; i++) {
        if (hit->marks[i].start < end || hit->marks[i].end <= hit->marks[i].start)
            return "marks out of order";
        end = hit->marks[i].end;
        if (!is_at_character(hit, hit->marks[i].start) || !is_at_character(hit, end))
            return "a mark cuts a character";
    }
    if (hit->excerpt.end < hit->excerpt.start || !is_at_character(hit, hit->excerpt.start) ||
        !is_at_character(hit, hit->excerpt.end))
        return "an excerpt cuts a character";
    return hit->continues || hit->score >= 0 ? NULL : "a score below zero";
}

static int stop(void *context)
{
    return ++((struct fuzz *)context)->asked > ASKED_MAX;
}

static cs_hits *search(struct fuzz *fuzz, const char *text, size_t size, const cs_search_options *options)
{
    cs_hits *hits = NULL;
    cs_error error = {0};
    fuzz->asked = 0;
    alarm(WATCHDOG_SECONDS);
    cs_status status = cs_search(fuzz->reader, text, size, options, &hits, &error);
    alarm(0);
    if (status == CS_ERR_CANCELLED)
        fail(fuzz, "too much work");
    else if (status != CS_OK)
        fail(fuzz, error.message);
    return hits;
}

/* A query printed as it was read is read, and printed, the same way. */
static void check_read_as(struct fuzz *fuzz, const char *read_as)
{
    struct cs__lexemes lexemes = {0};
    struct cs__query query = {0};
    struct cs__buffer printed = {0};
    if (cs__lex(read_as, strlen(read_as), &lexemes, NULL) != CS_OK ||
        cs__parse(&lexemes, &query, NULL) != CS_OK)
        fail(fuzz, "can't be read a second time");
    cs__query_print(&query, &printed);
    cs__buffer_char(&printed, '\0');
    if (!printed.failed && strcmp(printed.data, read_as) != 0) {
        printf("(%s, then %s)\n", read_as, printed.data);
        fail(fuzz, "read otherwise the second time");
    }
    cs__buffer_free(&printed);
    cs__query_free(&query);
    cs__lexemes_free(&lexemes);
}

static void run(struct fuzz *fuzz)
{
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    options.match = (cs_match_mode)below(fuzz, 3);
    options.sort = one_in(fuzz, 10) ? CS_SORT_DATE : CS_SORT_RELEVANCE;
    options.exact = one_in(fuzz, 10);
    options.explain = one_in(fuzz, 10);
    options.by_document = one_in(fuzz, 20);
    options.limit = (uint32_t)below(fuzz, 20);
    options.offset = one_in(fuzz, 10) ? (uint32_t)below(fuzz, 5) : 0;
    options.context = (uint32_t)below(fuzz, 3);
    cs_hits *hits = search(fuzz, fuzz->query.text, fuzz->query.size, &options);
    if (hits == NULL)
        return;
    fuzz->found += cs_hits_count(hits) > 0;
    for (size_t i = 0; i < cs_hits_count(hits); i++) {
        const char *wrong = wrong_with_hit(cs_hits_get(hits, i));
        if (wrong != NULL)
            fail(fuzz, wrong);
    }
    if (cs_hits_total(hits) + options.offset < cs_hits_count(hits) && !options.by_document &&
        !cs_hits_get(hits, cs_hits_count(hits) - 1)->continues)
        fail(fuzz, "more hits than in all");
    check_read_as(fuzz, cs_hits_read_as(hits));
    cs_hits_free(hits);
}

int main(int argc, char **argv)
{
    static struct fuzz fuzz;
    cs_reader_options options = CS_READER_OPTIONS_INIT;
    cs_error error = {0};
    fuzz.random = argc > 2 ? strtoull(argv[2], NULL, 10) : 20230628;
    unsigned long random = argc > 3 ? strtoul(argv[3], NULL, 10) : 200;
    unsigned long generated = argc > 4 ? strtoul(argv[4], NULL, 10) : 10000;
    options.cancel = stop;
    options.cancel_context = &fuzz;
    if (argc < 2 || fuzz.random == 0 || cs_reader_open(argv[1], &options, &fuzz.reader, &error) != CS_OK) {
        fprintf(stderr, "usage: fuzz_queries INDEX [SEED [RANDOM [GENERATED]]] (%s)\n", error.message);
        return 2;
    }
    for (unsigned long i = 0; i < random; i++) {
        make_random(&fuzz);
        run(&fuzz);
    }
    for (unsigned long i = 0; i < generated; i++) {
        make_generated(&fuzz);
        run(&fuzz);
    }
    cs_reader_close(fuzz.reader);
    printf("%lu queries, %lu with hits, %lu failures\n", random + generated, fuzz.found, fuzz.failed);
    return fuzz.failed > 0;
}
