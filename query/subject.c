/* SPDX-License-Identifier: MIT */
/* Subject: the text of an area for improvement -> words with weights. How a passage fits is in subject_fit.c.
 */
#include "query/subject.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "query/match.h"
#include "query/reader.h"
#include "query/vocabulary.h"

/* The share that the first word counts, and that all have from the so manieth on. */
static const double most_of_place = 1.25, least_of_place = 0.75, words_of_place = 16;

/* What a general word weighs, and the least weight of one that tells what a bullet is about: half of the
 * passages of a collection have none of its idf, a tenth some 2.3. */
static const double general_share = 0.2, least_of_a_name = 1.6, most_of_a_word = 4, theme_weight = 3;

static cs_status ask_themes(struct cs__subjects *subjects, cs_error *error)
{
    size_t count = cs__themes_count(subjects->themes);
    cs_status status = CS_OK;
    subjects->asked = cs__arena_array(&subjects->arena, count + 1, sizeof *subjects->asked);
    if (subjects->asked == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < count && status == CS_OK; i++) {
        status =
            cs__ask_theme(subjects->reader, cs__themes_get(subjects->themes, i), &subjects->asked[i], error);
        subjects->theme_count += status == CS_OK;
    }
    return status;
}

cs_status cs__subjects_begin(struct cs__subjects *subjects, cs_error *error)
{
    cs_reader *reader = subjects->reader;
    cs_status status = ask_themes(subjects, error);
    if (status == CS_OK && reader->vocabulary == NULL)
        status = cs__vocabulary_load(reader->tokenizer, reader->vocabulary_file, &reader->vocabulary, error);
    if (status == CS_OK && !cs__general_words(reader->tokenizer, &subjects->arena, &subjects->general))
        status = cs__error_nomem(error);
    return status;
}

void cs__subjects_end(struct cs__subjects *subjects)
{
    for (size_t i = 0; i < subjects->theme_count; i++)
        cs__asked_free(&subjects->asked[i]);
    subjects->theme_count = 0;
    cs__arena_free(&subjects->arena);
}

static int is_general(const struct cs__subjects *subjects, const struct cs__node *leaf)
{
    for (size_t i = 0; i < leaf->term_count; i++) {
        if (!cs__term_list_has(&subjects->general, leaf->terms[i]))
            return 0;
    }
    return 1;
}

/* Whether nothing of what was written, in a GROUP or a BAG, says what it is about. */
static int is_all_general(const struct cs__subjects *subjects, const struct cs__node *node)
{
    if (node->child_count == 0)
        return is_general(subjects, node);
    for (size_t i = 0; i < (node->kind == CS__NODE_GROUP ? 1 : node->child_count); i++) {
        if (!is_all_general(subjects, node->children[i]))
            return 0;
    }
    return 1;
}

/* The themes that a text names, as trees, behind the `count` children that `out` has. */
static int add_themes(const struct cs__subjects *subjects, const char *text, size_t size,
                      struct cs__node *out)
{
    const struct cs__words no_heading = {0};
    struct cs__arena work = {0};
    struct cs__words words;
    int ok = cs__words_read(subjects->reader->tokenizer, text, size, 1, &work, &words) == CS_OK;
    for (size_t i = 0; ok && i < subjects->theme_count; i++) {
        struct cs__node *tree = subjects->asked[i].words.tree;
        if (tree != NULL && cs__tree_holds(tree, CS_MATCH_ALL, 0, &no_heading, &words))
            out->children[out->child_count++] = tree;
    }
    cs__arena_free(&work);
    return ok;
}

/* The words and the themes as one BAG; a tree of one word has none around it. */
static cs_status gather(const struct cs__subjects *subjects, const char *text, size_t size,
                        struct cs__subject *out, cs_error *error)
{
    struct cs__arena *arena = &out->words.arena;
    struct cs__node *tree = out->words.tree, *bag = cs__arena_alloc(arena, sizeof *bag);
    out->word_count = tree->kind == CS__NODE_BAG ? tree->child_count : 1;
    if (bag == NULL || (bag->children = cs__arena_array(arena, out->word_count + subjects->theme_count,
                                                        sizeof *bag->children)) == NULL)
        return cs__error_nomem(error);
    bag->kind = CS__NODE_BAG;
    bag->weight = 1;
    bag->child_count = out->word_count;
    for (size_t i = 0; i < out->word_count; i++)
        bag->children[i] = tree->kind == CS__NODE_BAG ? tree->children[i] : tree;
    out->bag = bag;
    return add_themes(subjects, text, size, bag) ? CS_OK : cs__error_nomem(error);
}

/* What a bullet is about tends to come first: "Ensure that caseloads ... so that ...". */
static double share_of_place(const struct cs__subject *subject, size_t i)
{
    double share = most_of_place - (most_of_place - least_of_place) / words_of_place * (double)i;
    if (i >= subject->word_count)
        return 1;
    return share > least_of_place ? share : least_of_place;
}

static cs_status weigh(const struct cs__subjects *subjects, struct cs__subject *subject, cs_error *error)
{
    const struct cs__node *bag = subject->bag;
    struct cs__arena *arena = &subject->words.arena;
    struct cs__node *names = cs__arena_alloc(arena, sizeof *names);
    subject->weights = cs__arena_array(arena, bag->child_count, sizeof *subject->weights);
    if (names == NULL || subject->weights == NULL ||
        (names->children = cs__arena_array(arena, bag->child_count, sizeof *names->children)) == NULL)
        return cs__error_nomem(error);
    cs_status status = cs__match_idf(subjects->reader, bag, subject->weights, error);
    names->kind = CS__NODE_BAG;
    names->weight = 1;
    for (size_t i = 0; i < bag->child_count && status == CS_OK; i++) {
        double *weight = &subject->weights[i], idf = i < subject->word_count ? *weight : theme_weight;
        *weight = (idf < most_of_a_word ? idf : most_of_a_word) * share_of_place(subject, i);
        if (i < subject->word_count && is_all_general(subjects, bag->children[i]))
            *weight *= general_share;
        else if (idf >= least_of_a_name)
            names->children[names->child_count++] = bag->children[i];
    }
    subject->names = names->child_count > 0 ? names : NULL;
    return status;
}

cs_status cs__subject_read(const struct cs__subjects *subjects, const char *text, size_t size,
                           struct cs__subject *out, cs_error *error)
{
    struct cs__arena work = {0};
    struct cs__expand_options options = {.tokenizer = subjects->reader->tokenizer,
                                         .vocabulary = subjects->reader->vocabulary};
    *out = (struct cs__subject){0};
    struct cs__node *bag = cs__words_bag(subjects->reader->tokenizer, text, size, &work);
    cs_status status = bag != NULL ? cs__expand(bag, &options, &out->words, error) : cs__error_nomem(error);
    cs__arena_free(&work);
    if (status != CS_OK || out->words.tree == NULL)
        return status;
    status = gather(subjects, text, size, out, error);
    if (status == CS_OK)
        status = weigh(subjects, out, error);
    if (status == CS_OK) {
        out->whole = cs__subject_whole(out);
        return CS_OK;
    }
    cs__subject_free(out);
    return status;
}

void cs__subject_free(struct cs__subject *subject)
{
    cs__expanded_free(&subject->words);
    *subject = (struct cs__subject){0};
}
