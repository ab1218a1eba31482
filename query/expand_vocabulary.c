/* SPDX-License-Identifier: MIT */
/* Words side by side -> nodes, with a GROUP where some of them name a thing that the vocabulary knows by
 * other names. */
#include <string.h>

#include "core/short_form.h"
#include "query/expand.h"
#include "query/match.h"
#include "query/short_form.h"
#include "query/vocabulary.h"

/* A variant counts less than what was typed, so that direct hits stand above it: at a weight of 0.4 a passage
 * needs several times as many words of a variant to pass one with the word itself. */
static const double variant_weight = 0.4;
enum { VARIANTS_MAX = 12 };
/* A mined short form that is in more passages than so many, and so many for each that explains it, is a word:
 * over inspection reports the most used one of those that are none is in 37 for each. */
enum { USES_MAX = 50, USES_A_PASSAGE_MAX = 50 };

/* The terms of a run of words, and where each word's begin. */
struct run {
    struct cs__node *const *words; /* as parsed */
    size_t word_count;
    struct cs__typed_term terms[CS__FORM_TERMS_MAX];
    size_t ends[CS__FORM_TERMS_MAX]; /* terms up to the end of word i */
};

static int is_plain_word(const struct cs__node *node)
{
    return node->kind == CS__NODE_TERM && !node->exact;
}

static int in_capitals(const char *typed)
{
    int letters = 0;
    for (; *typed != '\0'; typed++) {
        if (*typed >= 'a' && *typed <= 'z')
            return 0;
        letters += *typed >= 'A' && *typed <= 'Z';
    }
    return letters > 1;
}

/* Read the terms of up to CS__FORM_TERMS_MAX words of `nodes`; whole words only. Returns how many words. */
static size_t read_run(struct cs__expander *expander, struct cs__node *const *nodes, size_t count,
                       struct run *run)
{
    size_t terms = 0;
    *run = (struct run){.words = nodes};
    for (size_t i = 0; i < count && i < CS__FORM_TERMS_MAX && is_plain_word(nodes[i]); i++) {
        size_t found = 0;
        const char **of_word = cs__expand_terms(expander, nodes[i]->typed, &found);
        if (of_word == NULL || found == 0 || terms + found > CS__FORM_TERMS_MAX)
            break;
        for (size_t j = 0; j < found; j++)
            run->terms[terms++] = (struct cs__typed_term){of_word[j], in_capitals(nodes[i]->typed)};
        run->ends[run->word_count++] = terms;
    }
    return run->word_count;
}

/* The longest form that the run begins with; `*words` is then how many words it takes. */
static const struct cs__form *longest_form(struct cs__expander *expander, const struct run *run,
                                           size_t *words)
{
    const struct cs__form *form = NULL;
    for (*words = run->word_count; *words > 0; --*words) {
        size_t count = run->ends[*words - 1];
        if (cs__vocabulary_find(expander->options->vocabulary, run->terms, count, &form) != CS_OK)
            expander->nomem = 1;
        if (form != NULL)
            break;
    }
    return form;
}

/* Whether all of `terms` stand in `form` in a row. */
static int contains(const struct cs__form *form, const char *const *terms, size_t count)
{
    for (size_t i = 0; i + count <= form->term_count; i++) {
        size_t same = 0;
        while (same < count && strcmp(form->terms[i + same], terms[same]) == 0)
            same++;
        if (same == count)
            return 1;
    }
    return 0;
}

/* Whether every typed word is in the form: then it adds nothing to the words themselves. */
static int has_all_typed(const struct cs__form *form, const struct cs__form *typed)
{
    for (size_t i = 0; i < typed->term_count; i++) {
        if (!contains(form, &typed->terms[i], 1))
            return 0;
    }
    return 1;
}

/* Whether another form of the group finds all that this one does; of two that are the same, the first stays.
 */
static int is_covered(const struct cs__form *form, const struct cs__form_group *group,
                      const struct cs__form *typed)
{
    if (form == typed || has_all_typed(form, typed))
        return 1;
    int is_behind = 0;
    for (size_t i = 0; i < group->form_count; i++) {
        const struct cs__form *other = group->forms[i];
        if (other == form)
            is_behind = 1;
        else if (contains(form, other->terms, other->term_count) &&
                 (other->term_count < form->term_count || !is_behind))
            return 1;
    }
    return 0;
}

void cs__expand_also(struct cs__expander *expander, const char *text)
{
    struct cs__expanded *out = expander->out;
    for (size_t i = 0; i < out->also_count; i++) {
        if (strcmp(out->also[i], text) == 0)
            return;
    }
    if (out->also_count == expander->also_capacity) {
        size_t capacity = expander->also_capacity ? expander->also_capacity * 2 : 16;
        const char **also = cs__arena_array(&out->arena, capacity, sizeof *also);
        if (also == NULL) {
            expander->nomem = 1;
            return;
        }
        if (out->also_count > 0)
            memcpy(also, out->also, out->also_count * sizeof *also);
        out->also = also;
        expander->also_capacity = capacity;
    }
    const char *copy = cs__arena_string(&out->arena, text);
    expander->nomem |= copy == NULL;
    if (copy != NULL)
        out->also[out->also_count++] = copy;
}

/* What was typed: one word's leaf, or a BAG of all of them. */
static struct cs__node *typed_node(struct cs__expander *expander, const struct run *run, size_t words)
{
    struct cs__node *bag = cs__expand_node(expander, CS__NODE_BAG, words);
    if (bag == NULL)
        return NULL;
    bag->child_count = 0;
    for (size_t i = 0; i < words; i++) {
        struct cs__node *leaf = cs__expand_leaf(expander, run->words[i], 1);
        if (leaf != NULL)
            bag->children[bag->child_count++] = leaf;
    }
    return cs__expand_tidy(bag);
}

static struct cs__node *group_node(struct cs__expander *expander, const struct run *run, size_t words,
                                   const struct cs__form *typed)
{
    struct cs__form_group group;
    struct cs__node *node = cs__expand_node(expander, CS__NODE_GROUP, VARIANTS_MAX + 1);
    struct cs__node *first = typed_node(expander, run, words);
    if (cs__vocabulary_group(expander->options->vocabulary, typed->group, &group) != CS_OK)
        expander->nomem = 1;
    if (node == NULL || first == NULL || expander->nomem)
        return NULL;
    node->children[0] = first;
    node->child_count = 1;
    for (size_t i = 0; i < group.form_count && node->child_count <= VARIANTS_MAX; i++) {
        const struct cs__form *form = group.forms[i];
        if (is_covered(form, &group, typed))
            continue;
        struct cs__node *variant = cs__expand_text(expander, form->text, variant_weight);
        if (variant == NULL)
            continue;
        node->children[node->child_count++] = variant;
        cs__expand_also(expander, form->text);
    }
    return node->child_count > 1 ? node : first;
}

/* A short form that the vocabulary does not have: the documents may say what it stands for. */
static int is_short_form(const char *typed)
{
    size_t capitals = 0;
    for (const char *at = typed; *at != '\0'; at++)
        capitals += *at >= 'A' && *at <= 'Z';
    return capitals >= 2 && strlen(typed) < CS__SHORT_FORM_SIZE;
}

/* Whether a short form is a word of its own, which passages have far more often than they explain it
 * ("CARE"): the index does not tell capitals. */
static int is_common_word(struct cs__expander *expander, const struct cs__node *variant, int64_t explained)
{
    struct cs__plan plan = {.tree = variant, .match = CS_MATCH_ALL, .limit = 1};
    struct cs__matches matches;
    cs_status status = cs__match(expander->options->reader, &plan, &matches, expander->error);
    if (status != CS_OK) {
        expander->status = status;
        return 1;
    }
    int is_common = matches.total > (uint64_t)explained * USES_A_PASSAGE_MAX + USES_MAX;
    cs__matches_free(&matches);
    return is_common;
}

/* What was typed, with the forms that the documents give for it beside it; NULL where there are none. */
static struct cs__node *mined_node(struct cs__expander *expander, const struct run *run, size_t words,
                                   const struct cs__other_form *forms, size_t count, int are_short)
{
    struct cs__node *node = cs__expand_node(expander, CS__NODE_GROUP, count + 1);
    if (node == NULL)
        return NULL;
    node->child_count = 1;
    for (size_t i = 0; i < count; i++) {
        struct cs__node *variant = cs__expand_text(expander, forms[i].text, variant_weight);
        if (variant == NULL || (are_short && is_common_word(expander, variant, forms[i].passages)))
            continue;
        node->children[node->child_count++] = variant;
        cs__expand_also(expander, forms[i].text);
    }
    if (node->child_count == 1 || (node->children[0] = typed_node(expander, run, words)) == NULL)
        return NULL;
    return node;
}

/* The terms of the first `words` words, joined by blanks as the index has them. */
static const char *joined(struct cs__expander *expander, const struct run *run, size_t words)
{
    struct cs__arena *arena = &expander->out->arena;
    const char *text = run->terms[0].term;
    for (size_t i = 1; i < run->ends[words - 1] && text != NULL; i++)
        text = cs__arena_printf(arena, "%s %s", text, run->terms[i].term);
    expander->nomem |= text == NULL;
    return text;
}

/* A name that the documents explain: a short form, or the longest long form that the run begins with. */
static struct cs__node *explained(struct cs__expander *expander, const struct run *run, size_t *taken)
{
    cs_reader *reader = expander->options->reader;
    struct cs__arena *arena = &expander->out->arena;
    struct cs__other_form forms[CS__OTHER_FORMS_MAX];
    size_t count = 0, words = run->word_count;
    if (reader == NULL)
        return NULL;
    for (; words > 0 && count == 0 && !expander->nomem && expander->status == CS_OK; words--) {
        const char *terms = run->ends[words - 1] > 1 ? joined(expander, run, words) : NULL;
        if (terms != NULL)
            expander->status = cs__long_form_shorten(reader, terms, arena, forms, &count, expander->error);
        else if (words == 1 && is_short_form(run->words[0]->typed))
            expander->status =
                cs__short_form_expand(reader, run->words[0]->typed, arena, forms, &count, expander->error);
        if (count > 0) {
            *taken = words;
            return mined_node(expander, run, words, forms, count, terms != NULL);
        }
    }
    return NULL;
}

struct cs__node *cs__expand_words(struct cs__expander *expander, struct cs__node *const *nodes, size_t count,
                                  size_t *taken)
{
    struct run run;
    size_t words = 0;
    *taken = 1;
    if (expander->options->vocabulary == NULL || expander->options->exact ||
        read_run(expander, nodes, count, &run) == 0)
        return NULL;
    const struct cs__form *form = longest_form(expander, &run, &words);
    if (form == NULL)
        return explained(expander, &run, taken);
    *taken = words;
    return group_node(expander, &run, words, form);
}
