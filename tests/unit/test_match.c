/* SPDX-License-Identifier: MIT */
/* query/match: for random trees over random histories of an index, the best passages, their scores and the
 * totals are exactly those of the reference (match_reference.h). */
#include "tests/unit/match_reference.h"

#include "core/arena.h"
#include "indexer/postings_write.h"
#include "query/reader.h"
#include "tests/unit/index_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static uint64_t seed = 0x9E3779B97F4A7C15u;

static uint32_t any(uint32_t below)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Dull) >> 33) % below;
}

/* Words by Zipf's manner: "a0" is in most passages, "h9" in few. The first letter makes prefixes. */
enum { LETTERS = 8, DIGITS_EACH = 10, WORDS = LETTERS * DIGITS_EACH };

static void make_word(char *out)
{
    uint32_t rank = any(any(any(WORDS) + 1) + 1);
    sprintf(out, "%c%u", (char)('a' + rank % LETTERS), rank / LETTERS);
}

static void make_text(char *out, uint32_t words)
{
    *out = '\0';
    for (char word[8]; words > 0; words--) {
        make_word(word);
        out += sprintf(out, "%s ", word);
    }
}

/* --- A history: passages come and go in transactions, in the index and in the reference. */

struct history {
    struct fixture index;
    struct reference reference;
    struct history_passage {
        int64_t id;
        int is_live;
        char heading[64], text[400];
    } * passages;
    size_t count;
};

static void add_section(struct history *history, int64_t *next)
{
    char heading[64];
    make_text(heading, any(5));
    for (uint32_t left = 1 + any(30); left > 0; left--) {
        history->passages = realloc(history->passages, (history->count + 1) * sizeof *history->passages);
        struct history_passage *passage = &history->passages[history->count++];
        *passage = (struct history_passage){.id = *next, .is_live = 1};
        strcpy(passage->heading, heading);
        make_text(passage->text, any(12) == 0 ? 0 : any(any(4) == 0 ? 90 : 15));
        *next += 1 + (any(10) == 0);
        if (cs__postings_passage(history->index.postings, CS__WRITE_ADD, passage->id, heading,
                                 strlen(heading), passage->text, strlen(passage->text), NULL) != CS_OK)
            abort();
        reference_add(&history->reference, passage->id, heading, passage->text);
    }
}

static void remove_some(struct history *history)
{
    size_t at = any((uint32_t)history->count);
    for (uint32_t left = any(40); left > 0 && at < history->count; left--, at++) {
        struct history_passage *passage = &history->passages[at];
        if (!passage->is_live)
            continue;
        passage->is_live = 0;
        if (cs__postings_passage(history->index.postings, CS__WRITE_REMOVE, passage->id, passage->heading,
                                 strlen(passage->heading), passage->text, strlen(passage->text),
                                 NULL) != CS_OK)
            abort();
        reference_remove(&history->reference, passage->id);
    }
}

static void make_history(struct history *history, int transactions, uint32_t sections)
{
    *history = (struct history){0};
    fixture_open(&history->index);
    reference_open(&history->reference);
    reference_run(&history->reference, "BEGIN");
    for (int i = 0; i < transactions; i++) {
        int64_t next;
        if (cs__postings_next_passage(history->index.postings, &next, NULL) != CS_OK)
            abort();
        for (uint32_t left = 1 + any(sections); left > 0; left--)
            add_section(history, &next);
        if (any(2) == 0)
            remove_some(history);
        if (cs__postings_flush(history->index.postings, NULL) != CS_OK)
            abort();
    }
    if (any(4) == 0 && cs__postings_optimize(history->index.postings, NULL) != CS_OK)
        abort();
    reference_run(&history->reference, "COMMIT");
    fixture_close(&history->index);
}

static void free_history(struct history *history)
{
    reference_close(&history->reference);
    fixture_remove(&history->index);
    free(history->passages);
}

/* --- Random trees, of the shapes that query/tree.h allows. */

static struct cs__node *new_node(struct cs__arena *arena, enum cs__node_kind kind, size_t children)
{
    struct cs__node *node = cs__arena_alloc(arena, sizeof *node);
    node->kind = kind;
    node->weight = 1;
    node->children = cs__arena_array(arena, children + 1, sizeof *node->children);
    return node;
}

static struct cs__node *make_leaf(struct cs__arena *arena, int no_prefix)
{
    uint32_t draw = any(10);
    size_t terms = draw < 6 ? 1 : 2 + any(2);
    int is_prefix = !no_prefix && draw % 5 == 4;
    struct cs__node *leaf = new_node(arena,
                                     is_prefix   ? CS__NODE_PREFIX
                                     : terms > 1 ? CS__NODE_PHRASE
                                                 : CS__NODE_TERM,
                                     0);
    leaf->terms = cs__arena_array(arena, terms, sizeof *leaf->terms);
    leaf->term_count = terms;
    for (size_t i = 0; i < terms; i++) {
        char word[8];
        make_word(word);
        if (any(30) == 0)
            strcpy(word, "none");
        if (is_prefix && i + 1 == terms)
            word[any(3) == 0 ? 2 : 1] = '\0';
        leaf->terms[i] = cs__arena_string(arena, word);
    }
    leaf->weight = any(4) == 0 ? 0.25 + any(8) * 0.25 : 1;
    return leaf;
}

static struct cs__node *make_near(struct cs__arena *arena)
{
    struct cs__node *near = new_node(arena, CS__NODE_NEAR, 3);
    near->child_count = 2 + any(2);
    near->distance = any(6);
    for (size_t i = 0; i < near->child_count; i++)
        near->children[i] = make_leaf(arena, 0);
    return near;
}

static struct cs__node *make_group(struct cs__arena *arena)
{
    struct cs__node *group = new_node(arena, CS__NODE_GROUP, 4);
    group->child_count = 2 + any(3);
    group->children[0] = make_leaf(arena, 0);
    if (any(2) == 0) {
        struct cs__node *bag = new_node(arena, CS__NODE_BAG, 3);
        bag->child_count = 2 + any(2);
        for (size_t i = 0; i < bag->child_count; i++)
            bag->children[i] = make_leaf(arena, 1);
        group->children[0] = bag;
    }
    for (size_t i = 1; i < group->child_count; i++) {
        group->children[i] = make_leaf(arena, 1);
        group->children[i]->weight = 0.5;
    }
    return group;
}

/* More children than are asked one by one. */
static struct cs__node *make_many(struct cs__arena *arena)
{
    size_t count = 20 + any(15);
    struct cs__node *node = new_node(arena, any(4) == 0 ? CS__NODE_OR : CS__NODE_BAG, count);
    for (; node->child_count < count; node->child_count++)
        node->children[node->child_count] = make_leaf(arena, 0);
    return node;
}

static struct cs__node *make_tree(struct cs__arena *arena, int depth)
{
    static const enum cs__node_kind kinds[] = {CS__NODE_BAG, CS__NODE_AND, CS__NODE_OR, CS__NODE_NOT};
    uint32_t draw = any(10);
    if (draw == 0)
        return make_near(arena);
    if (draw == 1)
        return make_group(arena);
    if (depth > 0 && any(12) == 0)
        return make_many(arena);
    if (draw < 4 || depth == 0)
        return make_leaf(arena, 0);
    struct cs__node *node = new_node(arena, kinds[draw < 8 ? 0 : 1 + any(3)], 6);
    node->child_count = node->kind == CS__NODE_NOT ? 2 : 2 + any(5);
    for (size_t i = 0; i < node->child_count; i++)
        node->children[i] = make_tree(arena, depth - 1);
    return node;
}

static struct cs__filter *make_filter(struct cs__arena *arena, const struct history *history)
{
    struct cs__filter *filter = cs__arena_alloc(arena, sizeof *filter);
    int64_t last = history->count > 0 ? history->passages[history->count - 1].id : 1, at = 0;
    filter->ranges = cs__arena_array(arena, 50, sizeof *filter->ranges);
    for (uint32_t wanted = any(50); filter->count < wanted && at < last; filter->count++) {
        at += 1 + any((uint32_t)last / 8 + 2);
        filter->ranges[filter->count] = (struct cs__id_range){at, at + any((uint32_t)last / 16 + 1)};
        at = filter->ranges[filter->count].last + 1;
    }
    return filter;
}

/* --- Holding one against the other. */

static void print_tree(const struct cs__node *node)
{
    print_message("(%d/%.2f", (int)node->kind, node->weight);
    for (size_t i = 0; i < node->term_count; i++)
        print_message(" %s", node->terms[i]);
    for (size_t i = 0; i < node->child_count; i++)
        print_tree(node->children[i]);
    print_message(")");
}

static int agree(const struct cs__matches *got, const struct cs__matches *expected)
{
    int total_agrees = got->total_is_bound ? got->total >= CS__TOTAL_EXACT && got->total <= expected->total
                                           : got->total == expected->total;
    if (got->count != expected->count || !total_agrees)
        return 0;
    for (size_t i = 0; i < got->count; i++)
        if (got->items[i].passage != expected->items[i].passage ||
            got->items[i].score != expected->items[i].score)
            return 0;
    return 1;
}

/* What matches most of the children: the reference is asked for ever fewer of them. */
static void ask_reference(struct history *history, const struct cs__plan *plan, struct cs__matches *out)
{
    struct cs__plan fewer = *plan;
    if (plan->most == 0) {
        reference_match(&history->reference, plan, out);
        return;
    }
    for (fewer.minimum = plan->most; fewer.minimum > 0; fewer.minimum--) {
        reference_match(&history->reference, &fewer, out);
        out->minimum = fewer.minimum;
        if (out->total > 0)
            return;
        cs__matches_free(out);
    }
}

static void expect_same(struct history *history, cs_reader *reader, const struct cs__plan *plan)
{
    struct cs__matches got, expected;
    cs_error error = {0};
    if (cs__match(reader, plan, &got, &error) != CS_OK)
        fail_msg("%s", error.message);
    ask_reference(history, plan, &expected);
    if (!agree(&got, &expected) || (plan->most > 0 && got.count > 0 && got.minimum != expected.minimum)) {
        print_tree(plan->tree);
        print_message("\nmost %u match %d minimum %u limit %u: %zu of %llu, expected %zu of %llu\n",
                      plan->most, (int)plan->match, plan->minimum, plan->limit, got.count,
                      (unsigned long long)got.total, expected.count, (unsigned long long)expected.total);
        for (size_t i = 0; i < got.count && i < expected.count && i < 20; i++)
            print_message("%lld %.17g, expected %lld %.17g\n", (long long)got.items[i].passage,
                          got.items[i].score, (long long)expected.items[i].passage, expected.items[i].score);
        fail();
    }
    cs__matches_free(&got);
    cs__matches_free(&expected);
}

/* Bags whose children are counted, as query/match.h says. */
static size_t count_bags(const struct cs__node *node)
{
    size_t bags = node->kind == CS__NODE_BAG, children = 0;
    if (node->kind == CS__NODE_AND)
        children = node->child_count;
    else if (node->kind == CS__NODE_NOT)
        children = 1;
    for (size_t i = 0; i < children; i++)
        bags += count_bags(node->children[i]);
    return bags;
}

static void ask_random(struct history *history, cs_reader *reader, int times)
{
    static const uint32_t limits[] = {1, 3, 10, 100, 5000, UINT32_MAX};
    for (; times > 0; times--) {
        struct cs__arena arena = {0};
        struct cs__plan plan = {
            .tree = make_tree(&arena, 2),
            .match = any(3) == 0 ? CS_MATCH_ALL : CS_MATCH_ANY,
            .minimum = any(4) == 0 ? any(4) : 0,
            .filter = any(3) == 0 ? make_filter(&arena, history) : NULL,
            .limit = limits[any(6)],
            .count_all = any(8) == 0,
        };
        if (any(6) == 0 && count_bags(plan.tree) == 1) {
            plan.match = CS_MATCH_ANY;
            plan.most = 1 + any(4);
            plan.minimum = 1;
        }
        expect_same(history, reader, &plan);
        cs__arena_free(&arena);
    }
}

static void check_history(int transactions, uint32_t sections, int questions)
{
    struct history history;
    cs_reader *reader;
    cs_error error = {0};
    make_history(&history, transactions, sections);
    if (cs_reader_open(history.index.path, NULL, &reader, &error) != CS_OK)
        fail_msg("%s", error.message);
    ask_random(&history, reader, questions);
    cs_reader_close(reader);
    free_history(&history);
}

/* What a sanitizer finds it finds in some of the histories; all are compared where none slows them down. */
#ifdef __SANITIZE_ADDRESS__
#define SHARE 4
#else
#define SHARE 1
#endif

static void test_small(void **state)
{
    (void)state;
    for (int i = 0; i < 28 / SHARE; i++)
        check_history(1 + (int)any(6), 2, 80);
}

static void test_many_segments(void **state)
{
    (void)state;
    for (int i = 0; i < 4 / SHARE; i++)
        check_history(40, 6, 150);
}

/* Lists of many blocks and parts, so that pruning has something to prune. */
static void test_large(void **state)
{
    (void)state;
    check_history(3, 600, 250 / SHARE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_many_segments),
        cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
