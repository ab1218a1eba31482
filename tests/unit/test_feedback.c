/* SPDX-License-Identifier: MIT */
/* Where any word may match: compounds are their words too, and words that the best passages share count for
 * documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <csearch/query.h>

#include "query/feedback.h"
#include "query/loosen.h"
#include "tests/unit/index_fixture.h"

static struct fixture fixture;
static cs_reader *reader;

enum { DOCUMENTS = 60 };

static void write_document(int number, const char *text)
{
    char path[32];
    snprintf(path, sizeof path, "/papers/%02d.txt", number);
    fixture_document(&fixture, path, CS_KIND_OTHER, NULL, NULL, CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "Paper", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    fixture_passage(&fixture, NULL, text);
}

/* The best passages on kilns speak of glaze. Of two more with one word of the query each, alike in all else,
 * the later one speaks of it too. */
static int write_index(void **state)
{
    (void)state;
    cs_error error;
    fixture_open(&fixture);
    fixture_no_visit(&fixture);
    write_document(1, "Pottery kilns want glaze that lasts.");
    write_document(2, "Pottery and its kilns: glaze and more glaze.");
    write_document(3, "Kilns of some pottery lost their glaze.");
    write_document(4, "Pottery was once sold in markets.");
    write_document(5, "Pottery was once sold with glaze.");
    write_document(6, "A high-speed train has left the station.");
    write_document(7, "Its speed is not known.");
    for (int i = 8; i <= DOCUMENTS; i++)
        write_document(i, "Nothing of the kind was heard of in those days.");
    fixture_close(&fixture);
    return cs_reader_open(fixture.path, NULL, &reader, &error) == CS_OK ? 0 : -1;
}

static int remove_index(void **state)
{
    (void)state;
    cs_reader_close(reader);
    fixture_remove(&fixture);
    return 0;
}

static cs_hits *search(const char *query, cs_match_mode match, int by_document)
{
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    cs_error error;
    cs_hits *hits;
    options.match = match;
    options.by_document = by_document;
    assert_int_equal(cs_search(reader, query, strlen(query), &options, &hits, &error), CS_OK);
    return hits;
}

static size_t rank_of(const cs_hits *hits, int64_t passage)
{
    for (size_t i = 0; i < cs_hits_count(hits); i++)
        if (cs_hits_get(hits, i)->passage == passage)
            return i + 1;
    return 0;
}

static void shared_words_count_for_documents(void **state)
{
    (void)state;
    cs_hits *passages = search("pottery kilns", CS_MATCH_ANY, 0);
    cs_hits *documents = search("pottery kilns", CS_MATCH_ANY, 1);
    assert_int_equal(cs_hits_count(passages), 5);
    assert_int_equal(cs_hits_count(documents), 5);
    assert_true(rank_of(passages, 4) < rank_of(passages, 5));
    assert_true(rank_of(documents, 5) < rank_of(documents, 4));
    /* No document comes in by a shared word alone, and none changes its place for the better ones. */
    assert_int_equal(rank_of(documents, 8), 0);
    for (int64_t passage = 1; passage <= 3; passage++)
        assert_true(rank_of(documents, passage) <= 3);
    cs_hits_free(passages);
    cs_hits_free(documents);
}

static void one_word_gets_no_feedback(void **state)
{
    (void)state;
    cs_hits *hits = search("pottery", CS_MATCH_ANY, 1);
    assert_int_equal(cs_hits_count(hits), 5);
    assert_true(rank_of(hits, 4) < rank_of(hits, 5));
    cs_hits_free(hits);
}

static void a_compound_is_its_words_under_any(void **state)
{
    (void)state;
    cs_hits *all = search("high-speed", CS_MATCH_AUTO, 0), *any = search("high-speed", CS_MATCH_ANY, 0);
    assert_int_equal(cs_hits_count(all), 1);
    assert_int_equal(cs_hits_count(any), 2);
    assert_int_equal(rank_of(any, 6), 1);
    cs_hits_free(all);
    cs_hits_free(any);
    any = search("\"high-speed\"", CS_MATCH_ANY, 0);
    assert_int_equal(cs_hits_count(any), 1);
    cs_hits_free(any);
    any = search("=high-speed", CS_MATCH_ANY, 0);
    assert_int_equal(cs_hits_count(any), 1);
    cs_hits_free(any);
}

static void loosening_shares_what_it_leaves(void **state)
{
    (void)state;
    struct cs__arena arena = {0};
    const char *one[] = {"speed"}, *two[] = {"high", "speed"};
    struct cs__node word = {.kind = CS__NODE_TERM, .terms = one, .term_count = 1, .weight = 1};
    struct cs__node compound = {.kind = CS__NODE_PHRASE, .terms = two, .term_count = 2, .weight = 2};
    struct cs__node *children[] = {&word, &compound};
    struct cs__node bag = {.kind = CS__NODE_BAG, .children = children, .child_count = 2, .weight = 1};
    assert_ptr_equal(cs__loosen(&word, &arena), &word);
    struct cs__node *out = cs__loosen(&bag, &arena);
    assert_non_null(out);
    assert_ptr_equal(out->children[0], &word);
    assert_int_equal(out->children[1]->kind, CS__NODE_GROUP);
    const struct cs__node *typed = out->children[1]->children[0];
    assert_int_equal(typed->child_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(typed->children[i]->weight > 0 && typed->children[i]->weight < 2);
    assert_true(compound.weight > 1.9);
    compound.quoted = 1;
    assert_ptr_equal(cs__loosen(&compound, &arena), &compound);
    cs__arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_words_count_for_documents),
        cmocka_unit_test(one_word_gets_no_feedback),
        cmocka_unit_test(a_compound_is_its_words_under_any),
        cmocka_unit_test(loosening_shares_what_it_leaves),
    };
    return cmocka_run_group_tests(tests, write_index, remove_index);
}
