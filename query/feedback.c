/* SPDX-License-Identifier: MIT */
/* Feedback: words that the best passages share count a little for the others. */
#include "query/feedback.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/tokenizer.h"
#include "query/filter.h"
#include "query/match_scorer.h"
#include "query/rank_constants.h"
#include "query/reader.h"

enum { WORDS_MAX = 4096, WORD_SIZE_MIN = 3 };

/* A word of the best passages. */
struct word {
    const char *term;
    double weight;
    uint32_t passages, last_passage, frequency; /* frequency: in the passage being read */
};

struct feedback {
    cs_reader *reader;
    struct cs__arena arena;
    struct word *words; /* a hash table of `capacity`, a power of two */
    size_t capacity, count;
    const struct cs__score_model *model;
    struct cs__segments *segments;
};

static struct word *find_word(struct feedback *feedback, const char *term, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)term[i]) * 16777619u;
    for (size_t at = hash & (feedback->capacity - 1);; at = (at + 1) & (feedback->capacity - 1)) {
        struct word *word = &feedback->words[at];
        if (word->term == NULL) {
            if (feedback->count == WORDS_MAX)
                return NULL;
            word->term = cs__arena_copy(&feedback->arena, term, size);
            feedback->count += word->term != NULL;
            return word->term != NULL ? word : NULL;
        }
        if (strlen(word->term) == size && memcmp(word->term, term, size) == 0)
            return word;
    }
}

/* Numbers and shreds of words tell of one passage, not of what it shares with others. */
static int is_telling(const struct cs__token *token)
{
    if (token->term_size < WORD_SIZE_MIN || cs__term_is_stop(token->term, token->term_size))
        return 0;
    for (uint32_t i = 0; i < token->term_size; i++) {
        if (token->term[i] >= '0' && token->term[i] <= '9')
            return 0;
    }
    return 1;
}

/* Count the words of one passage; `number` from 1. Their count in all is its length. */
static uint32_t count_words(struct feedback *feedback, const char *text, size_t size, uint32_t number)
{
    struct cs__token token;
    uint32_t length = 0;
    cs__tokenizer_start(feedback->reader->tokenizer, text, size, CS__TOKENIZE_STEM);
    for (; cs__tokenizer_next(feedback->reader->tokenizer, &token); length++) {
        struct word *word = is_telling(&token) ? find_word(feedback, token.term, token.term_size) : NULL;
        if (word == NULL)
            continue;
        if (word->last_passage != number) {
            word->last_passage = number;
            word->frequency = 0;
            word->passages++;
        }
        word->frequency++;
    }
    return length;
}

static cs_status read_passage(struct feedback *feedback, int64_t id, double share, uint32_t number,
                              cs_error *error)
{
    const char *text;
    size_t size;
    cs_status status = cs__reader_text(feedback->reader, id, &text, &size, error);
    if (status != CS_OK)
        return status;
    uint8_t length = cs__length_encode(count_words(feedback, text, size, number));
    for (size_t i = 0; i < feedback->capacity; i++) {
        struct word *word = &feedback->words[i];
        if (word->term != NULL && word->last_passage == number)
            word->weight += share * cs__score_text(feedback->model, word->frequency, length);
    }
    return CS_OK;
}

static cs_status read_best(struct feedback *feedback, const struct cs__matches *matches, cs_error *error)
{
    size_t count = matches->count < CS__RANK_FEEDBACK_PASSAGES ? matches->count : CS__RANK_FEEDBACK_PASSAGES;
    double sum = 0;
    cs_status status = CS_OK;
    for (size_t i = 0; i < count; i++)
        sum += matches->items[i].score * matches->items[i].score;
    for (size_t i = 0; i < count && status == CS_OK; i++) {
        double score = matches->items[i].score;
        status =
            read_passage(feedback, matches->items[i].passage, score * score / sum, (uint32_t)i + 1, error);
    }
    return status;
}

static struct cs__node *new_node(struct cs__arena *arena, enum cs__node_kind kind, size_t child_count)
{
    struct cs__node *node = cs__arena_alloc(arena, sizeof *node);
    if (node == NULL ||
        (node->children = cs__arena_array(arena, child_count + 1, sizeof *node->children)) == NULL)
        return NULL;
    node->kind = kind;
    node->weight = 1;
    return node;
}

static struct cs__node *new_term(struct cs__arena *arena, const char *term, double weight)
{
    struct cs__node *node = new_node(arena, CS__NODE_TERM, 0);
    const char **terms = cs__arena_array(arena, 1, sizeof *terms);
    if (node == NULL || terms == NULL)
        return NULL;
    terms[0] = node->typed = term;
    node->terms = terms;
    node->term_count = 1;
    node->weight = weight;
    return node;
}

/* A bag of the words that enough of the best passages share, each with its weight so far. */
static struct cs__node *shared_words(struct feedback *feedback)
{
    struct cs__node *bag = new_node(&feedback->arena, CS__NODE_BAG, feedback->count);
    for (size_t i = 0; bag != NULL && i < feedback->capacity; i++) {
        const struct word *word = &feedback->words[i];
        if (word->term == NULL || word->passages < CS__RANK_FEEDBACK_SHARED)
            continue;
        struct cs__node *term = new_term(&feedback->arena, word->term, word->weight);
        if (term == NULL)
            return NULL;
        bag->children[bag->child_count++] = term;
    }
    return bag;
}

static int by_weight(const void *a, const void *b)
{
    const struct cs__node *x = *(struct cs__node *const *)a, *y = *(struct cs__node *const *)b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return strcmp(x->terms[0], y->terms[0]);
}

/* The best of them by how rare they are, too. */
static cs_status choose(struct feedback *feedback, struct cs__node *bag)
{
    struct cs__lookup lookup;
    double passages = (double)feedback->model->passages;
    size_t kept = 0;
    cs_status status = cs__lookup_tree(bag, feedback->segments, &feedback->arena, &lookup);
    for (size_t i = 0; i < bag->child_count && status == CS_OK; i++) {
        struct cs__node *term = bag->children[i];
        double count = (double)cs__lookup_term(&lookup, term, 0)->count;
        if (count < CS__RANK_FEEDBACK_SHARED || count > passages * CS__RANK_FEEDBACK_COMMON)
            continue;
        term->weight *= log(1 + passages / count);
        bag->children[kept++] = term;
    }
    if (kept > 1)
        qsort(bag->children, kept, sizeof *bag->children, by_weight);
    bag->child_count = kept < CS__RANK_FEEDBACK_WORDS ? kept : CS__RANK_FEEDBACK_WORDS;
    return status;
}

static double weight_of(const struct cs__node *node)
{
    if (node->kind == CS__NODE_GROUP)
        return weight_of(node->children[0]);
    if (node->child_count == 0)
        return node->weight;
    double sum = 0;
    for (size_t i = 0; i < node->child_count; i++)
        sum += weight_of(node->children[i]);
    return sum;
}

/* The query with the words that it was given. */
static struct cs__node *enlarge(const struct cs__node *tree, const struct cs__node *given,
                                struct cs__arena *arena)
{
    struct cs__node *bag = new_node(arena, CS__NODE_BAG, tree->child_count + given->child_count);
    double sum = 0;
    if (bag == NULL)
        return NULL;
    for (size_t i = 0; i < given->child_count; i++)
        sum += given->children[i]->weight;
    double factor = CS__RANK_FEEDBACK * weight_of(tree) / sum;
    for (size_t i = 0; i < tree->child_count; i++)
        bag->children[bag->child_count++] = tree->children[i];
    for (size_t i = 0; i < given->child_count; i++) {
        given->children[i]->weight *= factor;
        bag->children[bag->child_count++] = given->children[i];
    }
    return bag;
}

static int by_id(const void *a, const void *b)
{
    const struct cs__id_range *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Score the first `count` matches by another tree. */
static cs_status score_again(struct feedback *feedback, const struct cs__node *tree,
                             struct cs__matches *matches, size_t count, cs_error *error)
{
    struct cs__filter only = {cs__arena_array(&feedback->arena, count, sizeof *only.ranges), count};
    struct cs__plan plan = {
        .tree = tree, .match = CS_MATCH_ANY, .filter = &only, .limit = (uint32_t)count, .count_all = 1};
    struct cs__matches again;
    if (only.ranges == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < count; i++)
        only.ranges[i] = (struct cs__id_range){matches->items[i].passage, matches->items[i].passage};
    qsort(only.ranges, count, sizeof *only.ranges, by_id);
    cs_status status = cs__match(feedback->reader, &plan, &again, error);
    if (status != CS_OK)
        return status;
    if (again.count == count)
        memcpy(matches->items, again.items, count * sizeof *again.items);
    cs__matches_free(&again);
    return CS_OK;
}

static cs_status run(struct feedback *feedback, const struct cs__node *tree, struct cs__matches *matches,
                     cs_error *error)
{
    size_t count = matches->count < CS__FEEDBACK_DEPTH ? matches->count : CS__FEEDBACK_DEPTH;
    cs_status status = cs__engine_ready(feedback->reader, &feedback->segments, &feedback->model);
    if (status != CS_OK)
        return cs__error_set(error, status, "the index can't be read");
    feedback->capacity = WORDS_MAX * 2;
    feedback->words = cs__arena_array(&feedback->arena, feedback->capacity, sizeof *feedback->words);
    if (feedback->words == NULL)
        return cs__error_nomem(error);
    status = read_best(feedback, matches, error);
    if (status != CS_OK)
        return status;
    struct cs__node *given = shared_words(feedback);
    if (given == NULL)
        return cs__error_nomem(error);
    status = choose(feedback, given);
    if (status != CS_OK)
        return cs__error_set(error, status, "the index can't be read");
    if (given->child_count == 0)
        return CS_OK;
    struct cs__node *larger = enlarge(tree, given, &feedback->arena);
    return larger != NULL ? score_again(feedback, larger, matches, count, error) : cs__error_nomem(error);
}

cs_status cs__feedback(cs_reader *reader, const struct cs__node *tree, struct cs__matches *matches,
                       cs_error *error)
{
    struct feedback feedback = {.reader = reader};
    if (tree == NULL || tree->kind != CS__NODE_BAG || matches->count < CS__RANK_FEEDBACK_SHARED)
        return CS_OK;
    cs_status status = run(&feedback, tree, matches, error);
    cs__arena_free(&feedback.arena);
    return status;
}
