/* SPDX-License-Identifier: MIT */
/* Leaves of a tree: typed words -> terms, the forms that the text must have, and alternatives. */
#include <string.h>

#include "query/expand.h"

/* The index holds stems, and some words that begin as typed have a stem that does not ("exploitat*" and
 * exploitation, whose stem is exploit). They are found by the stems of what was typed with the endings of
 * English (those of Porter's "An algorithm for suffix stripping", 1980, and the plainest inflections). */
static const char *const endings[] = {"",      "e",    "s",     "es",     "ed",  "y",  "ies",  "ing",  "ng",
                                      "g",     "ion",  "on",    "n",      "ive", "al", "ally", "able", "ment",
                                      "ments", "ness", "ation", "ations", "ity", "er", "ers",  "ly",   "ful"};
enum { ENDINGS = sizeof endings / sizeof endings[0], ALTERNATIVES_MAX = 6 };

struct cs__node *cs__expand_node(struct cs__expander *expander, enum cs__node_kind kind, size_t child_count)
{
    struct cs__arena *arena = &expander->out->arena;
    struct cs__node *node = cs__arena_alloc(arena, sizeof *node);
    if (node != NULL) {
        node->kind = kind;
        node->weight = 1;
        node->child_count = child_count;
        node->children = cs__arena_array(arena, child_count + 1, sizeof *node->children);
    }
    if (node == NULL || node->children == NULL) {
        expander->nomem = 1;
        return NULL;
    }
    return node;
}

/* The terms of `text`, at most CS__PHRASE_TERMS_MAX; `*count` may be 0. */
static const char **terms_of(struct cs__expander *expander, const char *text, size_t size, int flags,
                             size_t *count)
{
    struct cs__tokenizer *tokenizer = expander->options->tokenizer;
    struct cs__arena *arena = &expander->out->arena;
    const char *found[CS__PHRASE_TERMS_MAX];
    struct cs__token token;
    *count = 0;
    cs__tokenizer_start(tokenizer, text, size, flags);
    while (*count < CS__PHRASE_TERMS_MAX && cs__tokenizer_next(tokenizer, &token)) {
        found[*count] = cs__arena_copy(arena, token.term, token.term_size);
        expander->nomem |= found[*count] == NULL;
        ++*count;
    }
    const char **terms = cs__arena_array(arena, *count + 1, sizeof *terms);
    expander->nomem |= terms == NULL;
    if (terms != NULL && *count > 0)
        memcpy(terms, found, *count * sizeof *terms);
    return terms;
}

/* Queries obey the mark of ready-made terms; typed text must not hold any. */
static char *clean(struct cs__expander *expander, const char *text)
{
    char *copy = cs__arena_string(&expander->out->arena, text);
    if (copy == NULL)
        expander->nomem = 1;
    for (char *at = copy; at != NULL && *at != '\0'; at++) {
        if (*at == CS__TERM_MARK)
            *at = ' ';
    }
    return copy;
}

const char **cs__expand_terms(struct cs__expander *expander, const char *text, size_t *count)
{
    char *copy = clean(expander, text);
    *count = 0;
    return copy == NULL ? NULL : terms_of(expander, copy, strlen(copy), CS__TOKENIZE_QUERY, count);
}

static struct cs__node *leaf_of(struct cs__expander *expander, const char *typed, double weight)
{
    char *text = clean(expander, typed);
    size_t count;
    if (text == NULL)
        return NULL;
    const char **terms = terms_of(expander, text, strlen(text), CS__TOKENIZE_QUERY, &count);
    if (terms == NULL || count == 0)
        return NULL;
    struct cs__node *node = cs__expand_node(expander, count > 1 ? CS__NODE_PHRASE : CS__NODE_TERM, 0);
    if (node == NULL)
        return NULL;
    node->terms = terms;
    node->term_count = count;
    node->typed = text;
    node->weight = weight;
    expander->leaves++;
    return node;
}

struct cs__node *cs__expand_text(struct cs__expander *expander, const char *text, double weight)
{
    return leaf_of(expander, text, weight);
}

static void require_forms(struct cs__expander *expander, struct cs__node *node)
{
    size_t count;
    const char **forms = terms_of(expander, node->typed, strlen(node->typed), CS__TOKENIZE_EXACT, &count);
    if (forms == NULL || count != node->term_count)
        return;
    node->forms = forms;
    for (size_t i = 0; i < count; i++) {
        /* A short form in capitals is in the index as it is: its term says all. */
        if (node->terms[i][0] >= 'A' && node->terms[i][0] <= 'Z')
            forms[i] = NULL;
    }
}

static struct cs__node *group_of(struct cs__expander *expander, struct cs__node *first,
                                 struct cs__node *const *others, size_t count)
{
    if (count == 0)
        return first;
    struct cs__node *group = cs__expand_node(expander, CS__NODE_GROUP, count + 1);
    if (group == NULL)
        return NULL;
    group->children[0] = first;
    memcpy(group->children + 1, others, count * sizeof *others);
    return group;
}

/* "pre-proceedings" is written "preproceedings" too. Words of letters only, each of two at least: "s-47" and
 * "16-17" are something else. */
static struct cs__node *fused(struct cs__expander *expander, const char *typed)
{
    const char *hyphen = strchr(typed, '-');
    if (hyphen == NULL || hyphen - typed < 2 || strchr(hyphen + 1, '-') != NULL || strlen(hyphen + 1) < 2)
        return NULL;
    for (const char *at = typed; *at != '\0'; at++) {
        if (at != hyphen && (*at | 32) < 'a')
            return NULL;
    }
    char *text = cs__arena_printf(&expander->out->arena, "%.*s%s", (int)(hyphen - typed), typed, hyphen + 1);
    if (text == NULL) {
        expander->nomem = 1;
        return NULL;
    }
    return leaf_of(expander, text, 1);
}

/* "16-17" is written "16 and 17" too, "16 to 17" and "16 or 17". */
static size_t number_ranges(struct cs__expander *expander, const char *typed, struct cs__node *out[3])
{
    static const char *const words[] = {"and", "to", "or"};
    size_t first = strspn(typed, "0123456789"), count = 0;
    const char *second = typed + first + (strncmp(typed + first, "\xE2\x80\x93", 3) == 0 ? 3 : 1);
    if (first == 0 || (typed[first] != '-' && second == typed + first + 1) || *second == '\0' ||
        second[strspn(second, "0123456789")] != '\0')
        return 0;
    for (size_t i = 0; i < 3; i++) {
        char *text =
            cs__arena_printf(&expander->out->arena, "%.*s %s %s", (int)first, typed, words[i], second);
        struct cs__node *node = text != NULL ? leaf_of(expander, text, 1) : NULL;
        expander->nomem |= text == NULL;
        if (node != NULL)
            out[count++] = node;
    }
    return count;
}

static int begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* A leaf for the stem of the last word with `ending`, when that stem is new: the first words as in `prefix`.
 */
static struct cs__node *stem_with(struct cs__expander *expander, const struct cs__node *prefix,
                                  const char *ending, struct cs__node *const *known, size_t known_count)
{
    struct cs__arena *arena = &expander->out->arena;
    size_t last = prefix->term_count - 1, count;
    char *word = cs__arena_printf(arena, "%s%s", prefix->terms[last], ending);
    if (word == NULL) {
        expander->nomem = 1;
        return NULL;
    }
    const char **stem = terms_of(expander, word, strlen(word), CS__TOKENIZE_STEM, &count);
    if (stem == NULL || count != 1 || begins_with(stem[0], prefix->terms[last]))
        return NULL;
    for (size_t i = 0; i < known_count; i++) {
        if (strcmp(known[i]->terms[last], stem[0]) == 0)
            return NULL;
    }
    struct cs__node *node = cs__expand_node(expander, last > 0 ? CS__NODE_PHRASE : CS__NODE_TERM, 0);
    const char **terms = cs__arena_array(arena, last + 1, sizeof *terms);
    const char **forms = cs__arena_array(arena, last + 1, sizeof *forms);
    if (node == NULL || terms == NULL || forms == NULL) {
        expander->nomem = 1;
        return NULL;
    }
    memcpy(terms, prefix->terms, last * sizeof *terms);
    terms[last] = stem[0];
    forms[last] = prefix->terms[last];
    node->terms = terms;
    node->term_count = last + 1;
    node->forms = forms;
    node->form_is_prefix = 1;
    node->typed = prefix->typed;
    expander->leaves++;
    return node;
}

static struct cs__node *prefix_of(struct cs__expander *expander, const struct cs__node *leaf, int alone)
{
    struct cs__node *node = leaf_of(expander, leaf->typed, 1), *others[ALTERNATIVES_MAX];
    size_t count, other_count = 0;
    if (node == NULL)
        return NULL;
    const char **forms = terms_of(expander, node->typed, strlen(node->typed), CS__TOKENIZE_EXACT, &count);
    if (forms == NULL || count != node->term_count)
        return node;
    node->kind = CS__NODE_PREFIX;
    node->terms[count - 1] = forms[count - 1];
    if (alone)
        return node;
    for (size_t i = 0; i < ENDINGS && other_count < ALTERNATIVES_MAX; i++) {
        struct cs__node *other = stem_with(expander, node, endings[i], others, other_count);
        if (other != NULL)
            others[other_count++] = other;
    }
    return group_of(expander, node, others, other_count);
}

struct cs__node *cs__expand_leaf(struct cs__expander *expander, const struct cs__node *leaf, int alone)
{
    if (leaf->kind == CS__NODE_PREFIX)
        return prefix_of(expander, leaf, alone);
    struct cs__node *node = leaf_of(expander, leaf->typed, 1);
    if (node == NULL)
        return NULL;
    node->quoted = leaf->quoted;
    node->exact = leaf->exact || expander->options->exact;
    if (node->exact) {
        require_forms(expander, node);
        return node;
    }
    if (alone || leaf->quoted || node->kind != CS__NODE_PHRASE)
        return node;
    struct cs__node *others[4];
    size_t count = number_ranges(expander, leaf->typed, others);
    if (count == 0 && (others[0] = fused(expander, leaf->typed)) != NULL)
        count = 1;
    return group_of(expander, node, others, count);
}
