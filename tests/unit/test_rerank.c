/* SPDX-License-Identifier: MIT */
/* The second look: what it adds and takes, how near words stand, which passages come first, what is folded,
 * what it says of a score. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <csearch/query.h>

#include "query/fold.h"
#include "query/match_places.h"
#include "query/rerank.h"
#include "tests/unit/index_fixture.h"

static struct fixture fixture;
static cs_reader *reader;

enum { LONG_DOCUMENT = 7 };

/* Passages are numbered from 1 in the order of these lines. */
static int write_index(void **state)
{
    (void)state;
    cs_error error;
    fixture_open(&fixture);
    fixture_no_visit(&fixture);
    fixture_document(&fixture, "/papers/order.txt", CS_KIND_OTHER, NULL, NULL, CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "First", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 1 */ fixture_passage(&fixture, "1", "Leavers of whom one speaks often need a little more care today.");
    fixture_section(&fixture, "Second", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 2 */ fixture_passage(&fixture, "2", "Today one often speaks of whom? The care leavers need a little.");
    fixture_document(&fixture, "/papers/long.txt", CS_KIND_OTHER, NULL, NULL, CS_JUDGEMENT_NONE);
    fixture_section(&fixture, "Much", CS_AREA_NONE, CS_JUDGEMENT_NONE);
    /* 3.. */ for (int i = 0; i < LONG_DOCUMENT; i++)
        fixture_passage(&fixture, NULL, "Dentists, dentists.");
    for (int i = 0; i < 5; i++) {
        char path[32];
        snprintf(path, sizeof path, "/papers/short%d.txt", i);
        fixture_document(&fixture, path, CS_KIND_OTHER, NULL, NULL, CS_JUDGEMENT_NONE);
        fixture_section(&fixture, "Little", CS_AREA_NONE, CS_JUDGEMENT_NONE);
        /* 10.. */ fixture_passage(&fixture, NULL, "There are dentists in this place, and they have time.");
    }
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

static cs_hits *search(const char *query, uint32_t limit, uint32_t offset, int no_fold, int explain)
{
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    cs_error error;
    cs_hits *hits;
    options.limit = limit;
    options.offset = offset;
    options.no_fold = no_fold;
    options.explain = explain;
    assert_int_equal(cs_search(reader, query, strlen(query), &options, &hits, &error), CS_OK);
    return hits;
}

static double rerank_score(struct cs__rerank_features features)
{
    struct cs__rerank_parts parts;
    double score = cs__rerank_score(&features, &parts);
    double sum = features.score + parts.near + parts.context + parts.echo + parts.boilerplate;
    assert_true(fabs(score - sum) < 1e-9);
    return score;
}

static void features_add_and_take(void **state)
{
    (void)state;
    struct cs__rerank_features plain = {.score = 5, .words = 20}, other = plain;
    double score = rerank_score(plain);
    assert_true(fabs(score - 5) < 1e-9);
    other.nearness = 1;
    assert_true(rerank_score(other) > score);
    other = plain;
    other.neighbour = 4;
    double short_one = rerank_score(other);
    assert_true(short_one > score);
    other.words = 30;
    assert_true(rerank_score(other) > score && rerank_score(other) < short_one);
    other.words = 4000;
    assert_true(fabs(rerank_score(other) - score) < 1e-9);
    other = plain;
    other.is_echo = 1;
    double echo = rerank_score(other);
    assert_true(echo < score && echo > 0);
    other.is_boilerplate = 1;
    assert_true(rerank_score(other) < echo && rerank_score(other) > 0);
}

static double nearness(uint32_t a, uint32_t b, uint32_t c)
{
    static const double weights[] = {2, 3, 5};
    struct cs__place places[3] = {{a, 0}, {b, 1}, {c, 2}};
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            if (places[j].position > places[j + 1].position) {
                struct cs__place place = places[j];
                places[j] = places[j + 1];
                places[j + 1] = place;
            }
    return cs__place_nearness(places, 3, weights, 3);
}

static void near_words_in_order_count_most(void **state)
{
    (void)state;
    /* Only two of them are near. */
    assert_true(fabs(nearness(10, 11, 100) - 2) < 1e-9);
    assert_true(fabs(nearness(10, 100, 14) - 0.5) < 1e-9);
    assert_true(fabs(nearness(11, 10, 100) - 1) < 1e-9);
    assert_true(fabs(nearness(10, 10 + CS__PLACES_WINDOW + 1, 100)) < 1e-9);
    /* All three: 0-1, 1-2 next to each other, 0-2 two apart. */
    assert_true(fabs(nearness(10, 11, 12) - (2 + 3 + 1)) < 1e-9);
}

static void a_word_is_not_near_itself(void **state)
{
    (void)state;
    static const double weights[] = {2, 3};
    const struct cs__place same[] = {{1, 0}, {2, 0}, {3, 0}};
    const struct cs__place again[] = {{1, 0}, {4, 1}, {20, 0}, {21, 1}, {40, 0}, {41, 1}};
    assert_true(fabs(cs__place_nearness(same, 3, weights, 2)) < 1e-9);
    /* The closest place counts, once. */
    assert_true(fabs(cs__place_nearness(again, 6, weights, 2) - 2) < 1e-9);
    assert_true(fabs(cs__place_nearness(again, 0, weights, 2)) < 1e-9);
}

static void words_in_order_come_first(void **state)
{
    (void)state;
    cs_hits *hits = search("care leavers", 10, 0, 0, 1);
    assert_int_equal(cs_hits_count(hits), 2);
    assert_int_equal(cs_hits_get(hits, 0)->passage, 2);
    assert_true(cs_hits_get(hits, 0)->score > cs_hits_get(hits, 1)->score);
    assert_non_null(strstr(cs_hits_get(hits, 0)->explanation, "near each other"));
    cs_hits_free(hits);
}

static void parts_add_up_to_scores(void **state)
{
    (void)state;
    cs_hits *hits = search("care leavers today", 10, 0, 0, 1);
    assert_int_equal(cs_hits_count(hits), 2);
    for (size_t i = 0; i < 2; i++) {
        const cs_hit *hit = cs_hits_get(hits, i);
        double sum = 0;
        for (size_t j = 0; j < hit->score_part_count; j++)
            sum += hit->score_parts[j].score;
        assert_true(hit->score_part_count >= 3);
        assert_true(fabs(sum - hit->score) < 0.03);
    }
    cs_hits_free(hits);
    hits = search("care leavers", 10, 0, 0, 0);
    assert_null(cs_hits_get(hits, 0)->explanation);
    assert_null(cs_hits_get(hits, 0)->score_parts);
    cs_hits_free(hits);
}

static int is_of_long_document(const cs_hit *hit)
{
    return strstr(hit->document->path, "long") != NULL;
}

static void one_document_does_not_crowd_out_others(void **state)
{
    (void)state;
    cs_hits *folded = search("dentists", 20, 0, 0, 0), *all = search("dentists", 20, 0, 1, 0);
    size_t count = LONG_DOCUMENT + 5;
    assert_int_equal(cs_hits_total(folded), count);
    assert_int_equal(cs_hits_count(folded), count);
    assert_int_equal(cs_hits_count(all), count);
    for (size_t i = 0; i < count; i++) {
        const cs_hit *hit = cs_hits_get(folded, i);
        /* Three of the long one, all others, and the rest of the long one. */
        assert_int_equal(is_of_long_document(hit), i < 3 || i >= 8);
        assert_int_equal(hit->more_in_document, i == 2 ? LONG_DOCUMENT - 3 : 0);
        assert_int_equal(is_of_long_document(cs_hits_get(all, i)), i < LONG_DOCUMENT);
        assert_int_equal(cs_hits_get(all, i)->more_in_document, 0);
    }
    cs_hits_free(folded);
    cs_hits_free(all);
}

static void few_hits_are_left_alone(void **state)
{
    (void)state;
    cs_hits *hits = search("\"dentists dentists\"", 3, 0, 0, 0);
    assert_int_equal(cs_hits_total(hits), LONG_DOCUMENT);
    for (size_t i = 0; i < cs_hits_count(hits); i++)
        assert_int_equal(cs_hits_get(hits, i)->more_in_document, 0);
    cs_hits_free(hits);
}

static void pages_fit_together(void **state)
{
    (void)state;
    cs_hits *all = search("dentists", 100, 0, 0, 0);
    for (uint32_t size = 1; size < 5; size++) {
        for (uint32_t i = 0; i < cs_hits_count(all); i += size) {
            cs_hits *page = search("dentists", size, i, 0, 0);
            for (uint32_t j = 0; j < cs_hits_count(page); j++) {
                assert_int_equal(cs_hits_get(page, j)->passage, cs_hits_get(all, i + j)->passage);
                assert_int_equal(cs_hits_get(page, j)->rank, i + j + 1);
            }
            assert_int_equal(cs_hits_total(page), cs_hits_total(all));
            cs_hits_free(page);
        }
    }
    cs_hits_free(all);
}

/* Matches behind those that were looked at stay where they are, in folding too. */
static void what_was_not_looked_at_stays(void **state)
{
    (void)state;
    struct cs__match items[6] = {{.passage = 1}, {.passage = 2}, {.passage = 3},
                                 {.passage = 4}, {.passage = 5}, {.passage = 9}};
    struct cs__reranked known[5] = {{.passage = 1, .document = 1},
                                    {.passage = 2, .document = 1},
                                    {.passage = 3, .document = 1},
                                    {.passage = 4, .document = 1},
                                    {.passage = 5, .document = 2}};
    struct cs__reranking reranking = {known, 5};
    struct cs__matches matches = {.items = items, .count = 6, .total = 6};
    cs_error error;
    static const int64_t expected[] = {1, 2, 3, 5, 4, 9};
    assert_int_equal(cs__fold_documents(&reranking, &matches, &error), CS_OK);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(matches.items[i].passage, expected[i]);
    assert_int_equal(matches.items[2].more, 1);
    matches = (struct cs__matches){0};
    assert_int_equal(cs__fold_documents(&(struct cs__reranking){0}, &matches, &error), CS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(features_add_and_take),
        cmocka_unit_test(near_words_in_order_count_most),
        cmocka_unit_test(a_word_is_not_near_itself),
        cmocka_unit_test(words_in_order_come_first),
        cmocka_unit_test(parts_add_up_to_scores),
        cmocka_unit_test(one_document_does_not_crowd_out_others),
        cmocka_unit_test(few_hits_are_left_alone),
        cmocka_unit_test(pages_fit_together),
        cmocka_unit_test(what_was_not_looked_at_stays),
    };
    return cmocka_run_group_tests(tests, write_index, remove_index);
}
