/* SPDX-License-Identifier: MIT */
/* The rules of threads: a handle a thread, any number of readers on one index, a writer beside them, and each
 * reader sees whole documents only. `make tsan` runs this under ThreadSanitizer; CS_THREADS_SECONDS says for
 * how long (2). */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <csearch.h>

#include "tests/unit/writer_fixture.h"

enum { READERS = 8, PAPERS = 6, PARAGRAPHS = 24, SEARCHES_A_HANDLE = 40 };

static const char *const names[PAPERS] = {"amber", "birch", "cedar", "damson", "elder", "fennel"};

static struct fixture f;

/* What all threads share. */
struct shared {
    atomic_int stop;
    atomic_ulong searches, editions;
    _Atomic(const char *) problem; /* static text; cmocka's asserts are for one thread */
};

static struct shared shared;

static void complain(const char *what)
{
    const char *none = NULL;
    atomic_compare_exchange_strong(&shared.problem, &none, what);
    atomic_store(&shared.stop, 1);
}

/* Words that stand nowhere else: paragraphs that are alike would be taken for echoes of each other. */
static void append_words(char *text, size_t size, int paper, int paragraph)
{
    unsigned seed = (unsigned)(paper * PARAGRAPHS + paragraph) * 2654435761u + 1;
    for (int word = 0; word < 12; word++) {
        char letters[8] = " ";
        for (int i = 1; i < 7; i++) {
            seed = seed * 1103515245u + 12345u;
            letters[i] = (char)('a' + (seed >> 16) % 26);
        }
        strncat(text, letters, size - strlen(text) - 1);
    }
}

/* A paper whose paragraphs all say of which edition they are. */
static void write_paper(cs_writer *writer, int paper, unsigned edition)
{
    char name[32], text[PARAGRAPHS * 200] = "";
    const cs_override set[] = {{"authority", "Kent"}, {"kind", "inspection-report"}, {"visit", "2023-05-09"}};
    for (int i = 0; i < PARAGRAPHS; i++) {
        size_t size = strlen(text);
        snprintf(text + size, sizeof text - size, "Social workers of %s, edition %u, paragraph %d,",
                 names[paper], edition, i);
        append_words(text, sizeof text, paper, i);
        strncat(text, ".\n\n", sizeof text - strlen(text) - 1);
    }
    snprintf(name, sizeof name, "%s.txt", names[paper]);
    cs_error error = {0};
    if (cs_writer_add_buffer(writer, name, text, strlen(text), set, 3, &error) != CS_OK)
        complain("a paper could not be written");
}

static void write_round(unsigned edition)
{
    cs_writer *writer = NULL;
    cs_error error = {0};
    if (cs_writer_open(f.index, &f.options, &writer, &error) != CS_OK) {
        complain("the writer could not be opened");
        return;
    }
    for (int paper = 0; paper < PAPERS && !atomic_load(&shared.stop); paper++) {
        if ((edition + (unsigned)paper) % 7 == 0)
            cs_writer_remove(writer, names[paper], &error); /* none of this name: nothing is to happen */
        write_paper(writer, paper, edition);
        if (paper % 2 == 0 && cs_writer_commit(writer, &error) != CS_OK)
            complain("the writer could not commit");
    }
    if (cs_writer_commit(writer, &error) != CS_OK)
        complain("the writer could not commit");
    cs_writer_close(writer);
    atomic_fetch_add(&shared.editions, 1);
}

static void *write_on(void *unused)
{
    (void)unused;
    for (unsigned edition = 2; !atomic_load(&shared.stop); edition++)
        write_round(edition);
    return NULL;
}

static unsigned edition_of(const cs_hit *hit)
{
    const char *at = strstr(hit->text, "edition ");
    return at != NULL ? (unsigned)strtoul(at + 8, NULL, 10) : 0;
}

/* All paragraphs of a paper, and all of one edition. */
static void search(cs_reader *reader, int paper)
{
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    cs_hits *hits = NULL;
    options.limit = 2 * PARAGRAPHS;
    if (cs_search(reader, names[paper], strlen(names[paper]), &options, &hits, NULL) != CS_OK) {
        complain("a search failed");
        return;
    }
    if (cs_hits_total(hits) != PARAGRAPHS || cs_hits_count(hits) != PARAGRAPHS)
        complain("a search found part of a paper, or two editions");
    for (size_t i = 1; i < cs_hits_count(hits); i++) {
        if (edition_of(cs_hits_get(hits, i)) != edition_of(cs_hits_get(hits, 0)))
            complain("a search found paragraphs of two editions");
    }
    cs_hits_free(hits);
    atomic_fetch_add(&shared.searches, 1);
}

/* While it is held, an index does not move. */
static void look_twice(cs_reader *reader)
{
    cs_hits *hits[2] = {NULL, NULL};
    if (cs_reader_hold(reader, NULL) != CS_OK) {
        complain("an index could not be held");
        return;
    }
    for (int i = 0; i < 2; i++) {
        if (cs_search(reader, "amber", 5, NULL, &hits[i], NULL) != CS_OK)
            complain("a search failed while the index was held");
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    cs_reader_release(reader);
    if (hits[0] != NULL && hits[1] != NULL && cs_hits_count(hits[0]) > 0 && cs_hits_count(hits[1]) > 0 &&
        edition_of(cs_hits_get(hits[0], 0)) != edition_of(cs_hits_get(hits[1], 0)))
        complain("the index moved while it was held");
    cs_hits_free(hits[0]);
    cs_hits_free(hits[1]);
}

static void list(cs_reader *reader)
{
    cs_documents *documents = NULL;
    cs_timeline *timeline = NULL;
    if (cs_documents_list(reader, NULL, &documents, NULL) != CS_OK ||
        cs_timeline_build(reader, "social workers", 14, NULL, &timeline, NULL) != CS_OK)
        complain("a list failed");
    for (size_t i = 0; documents != NULL && i < cs_documents_count(documents); i++) {
        if (cs_documents_get(documents, i)->passages != PARAGRAPHS)
            complain("a list has part of a paper");
    }
    if (documents != NULL && cs_documents_count(documents) != PAPERS)
        complain("a list has another number of papers");
    if (timeline != NULL && cs_timeline_passages(timeline) != PAPERS * PARAGRAPHS)
        complain("a timeline counts parts of papers");
    cs_documents_free(documents);
    cs_timeline_free(timeline);
}

static void *read_on(void *number)
{
    unsigned turn = *(unsigned *)number;
    while (!atomic_load(&shared.stop)) {
        cs_reader *reader = NULL;
        if (cs_reader_open(f.index, NULL, &reader, NULL) != CS_OK) {
            complain("the index could not be opened");
            break;
        }
        for (int i = 0; i < SEARCHES_A_HANDLE && !atomic_load(&shared.stop); i++)
            search(reader, (int)(turn++ % PAPERS));
        look_twice(reader);
        list(reader);
        cs_reader_close(reader);
    }
    return NULL;
}

static void test_readers_beside_a_writer(void **state)
{
    (void)state;
    pthread_t threads[READERS + 1];
    unsigned numbers[READERS];
    const char *seconds = getenv("CS_THREADS_SECONDS");
    assert_int_equal(fixture_begin(&f), 0);
    f.options.busy_timeout_ms = 10000;
    write_round(1);
    assert_null(atomic_load(&shared.problem));
    assert_int_equal(pthread_create(&threads[READERS], NULL, write_on, NULL), 0);
    for (unsigned i = 0; i < READERS; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &numbers[i]), 0);
    }
    long left_ms = seconds != NULL ? 1000 * atol(seconds) : 2000;
    for (; left_ms > 0 && !atomic_load(&shared.stop); left_ms -= 50)
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    atomic_store(&shared.stop, 1);
    for (int i = 0; i <= READERS; i++)
        pthread_join(threads[i], NULL);
    if (atomic_load(&shared.problem) != NULL)
        fail_msg("%s", atomic_load(&shared.problem));
    assert_true(atomic_load(&shared.searches) > 0 && atomic_load(&shared.editions) > 1);
    print_message("figure: %lu searches of %d readers beside %lu editions\n", atomic_load(&shared.searches),
                  READERS, atomic_load(&shared.editions) - 1);
    fixture_verify(&f);
    assert_int_equal(fixture_end(&f), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_readers_beside_a_writer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
