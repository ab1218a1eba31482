/* SPDX-License-Identifier: MIT */
/* Occurrences: a tree and one passage -> whether it matches, and which bytes of the text do. */
#include "query/occur.h"

#include <stdlib.h>
#include <string.h>

/* One place where a leaf occurs: words `first` to `last`, both included. */
struct place {
    size_t first, last;
};

static cs_status add_word(struct cs__words *words, size_t *capacity, struct cs__arena *arena,
                          const struct cs__token *token)
{
    if (words->count == *capacity) {
        size_t more = *capacity ? *capacity * 2 : 128;
        struct cs__word *items = cs__arena_array(arena, more, sizeof *items);
        if (items == NULL)
            return CS_ERR_NOMEM;
        if (words->count > 0)
            memcpy(items, words->items, words->count * sizeof *items);
        words->items = items;
        *capacity = more;
    }
    char *term = cs__arena_copy(arena, token->term, token->term_size);
    if (term == NULL)
        return CS_ERR_NOMEM;
    words->items[words->count++] = (struct cs__word){term, NULL, token->start, token->end, token->position};
    return CS_OK;
}

/* Forms come from a second walk; the words of both are at the same positions. */
static cs_status add_forms(struct cs__tokenizer *tokenizer, const char *text, size_t size,
                           struct cs__arena *arena, struct cs__words *words)
{
    struct cs__token token;
    size_t at = 0;
    cs__tokenizer_start(tokenizer, text, size, CS__TOKENIZE_EXACT);
    while (cs__tokenizer_next(tokenizer, &token)) {
        char *form = cs__arena_copy(arena, token.term, token.term_size);
        if (form == NULL)
            return CS_ERR_NOMEM;
        for (; at < words->count && words->items[at].position <= token.position; at++) {
            if (words->items[at].position == token.position)
                words->items[at].form = form;
        }
    }
    return CS_OK;
}

cs_status cs__words_read(struct cs__tokenizer *tokenizer, const char *text, size_t size, int with_forms,
                         struct cs__arena *arena, struct cs__words *out)
{
    struct cs__token token;
    size_t capacity = 0;
    *out = (struct cs__words){0};
    cs__tokenizer_start(tokenizer, text, size, CS__TOKENIZE_STEM);
    while (cs__tokenizer_next(tokenizer, &token)) {
        if (add_word(out, &capacity, arena, &token) != CS_OK)
            return CS_ERR_NOMEM;
    }
    return with_forms ? add_forms(tokenizer, text, size, arena, out) : CS_OK;
}

static int begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* Whether a word is what the leaf has at `i`. */
static int word_is(const struct cs__word *word, const struct cs__node *leaf, size_t i)
{
    int is_last = i + 1 == leaf->term_count;
    if (is_last && leaf->kind == CS__NODE_PREFIX) {
        if (!begins_with(word->term, leaf->terms[i]))
            return 0;
    } else if (strcmp(word->term, leaf->terms[i]) != 0) {
        return 0;
    }
    if (leaf->forms == NULL || leaf->forms[i] == NULL)
        return 1;
    if (word->form == NULL)
        return 0;
    return is_last && leaf->form_is_prefix ? begins_with(word->form, leaf->forms[i])
                                           : strcmp(word->form, leaf->forms[i]) == 0;
}

/* Whether the leaf stands at word `first`; `*last` is then its last word. */
static int stands_at(const struct cs__node *leaf, const struct cs__words *words, size_t first, size_t *last)
{
    uint32_t position = words->items[first].position;
    size_t at = first;
    if (!word_is(&words->items[first], leaf, 0))
        return 0;
    for (size_t i = 1; i < leaf->term_count; i++) {
        position++;
        while (at < words->count && words->items[at].position < position)
            at++;
        while (at < words->count && words->items[at].position == position &&
               !word_is(&words->items[at], leaf, i))
            at++;
        if (at == words->count || words->items[at].position != position)
            return 0;
    }
    *last = at;
    return 1;
}

static int next_place(const struct cs__node *leaf, const struct cs__words *words, size_t from,
                      struct place *out)
{
    for (size_t i = from; i < words->count; i++) {
        if (words->items[i].term[0] == leaf->terms[0][0] && stands_at(leaf, words, i, &out->last)) {
            out->first = i;
            return 1;
        }
    }
    return 0;
}

/* Whether `child` stands before or at position `last_start`, near enough: as FTS5 counts, at most `distance`
 * words between its end and `last_start`. */
static int near_enough(const struct cs__node *child, const struct cs__words *words, uint32_t last_start,
                       uint32_t distance, struct place *out)
{
    for (size_t i = 0; next_place(child, words, i, out); i = out->first + 1) {
        uint32_t start = words->items[out->first].position;
        if (start > last_start)
            return 0;
        if ((uint64_t)start + child->term_count + distance >= last_start)
            return 1;
    }
    return 0;
}

/* The places of a NEAR whose last part is `last`: one a child into `places`. 0 when some child is too far. */
static int near_holds(const struct cs__node *near, const struct cs__words *words, size_t last,
                      struct place last_place, struct place *places)
{
    uint32_t last_start = words->items[last_place.first].position;
    for (size_t i = 0; i < near->child_count; i++) {
        if (i == last)
            places[i] = last_place;
        else if (!near_enough(near->children[i], words, last_start, near->distance, &places[i]))
            return 0;
    }
    return 1;
}

enum { NEAR_CHILDREN_MAX = 64 };

typedef cs_status place_fn(void *context, const struct cs__words *words, struct place place, uint32_t leaf);

/* Give all places of a NEAR to `give`; returns how many stretches hold, or -1 when `give` failed. */
static int walk_near(const struct cs__node *near, const struct cs__words *words, uint32_t leaf,
                     place_fn *give, void *context)
{
    struct place place, places[NEAR_CHILDREN_MAX];
    int found = 0;
    if (near->child_count > NEAR_CHILDREN_MAX)
        return 0;
    for (size_t last = 0; last < near->child_count; last++) {
        for (size_t i = 0; next_place(near->children[last], words, i, &place); i = place.first + 1) {
            if (!near_holds(near, words, last, place, places))
                continue;
            found++;
            if (give == NULL)
                return found;
            for (size_t j = 0; j < near->child_count; j++) {
                if (give(context, words, places[j], leaf + (uint32_t)j) != CS_OK)
                    return -1;
            }
        }
    }
    return found;
}

int cs__leaf_occurs(const struct cs__node *leaf, const struct cs__words *words)
{
    struct place place;
    if (leaf->kind == CS__NODE_NEAR)
        return walk_near(leaf, words, 0, NULL, NULL) > 0;
    return next_place(leaf, words, 0, &place);
}

/* What a tree is held against. */
struct passage {
    cs_match_mode match;
    uint32_t minimum;
    const struct cs__words *heading, *text;
};

static int holds(const struct cs__node *node, const struct passage *passage, uint32_t minimum);

static size_t count_holding(const struct cs__node *node, const struct passage *passage)
{
    size_t count = 0;
    for (size_t i = 0; i < node->child_count; i++)
        count += (size_t)holds(node->children[i], passage, 0);
    return count;
}

static int holds(const struct cs__node *node, const struct passage *passage, uint32_t minimum)
{
    switch (node->kind) {
    case CS__NODE_ALL:
        return 1;
    case CS__NODE_NOT:
        return holds(node->children[0], passage, minimum) && !holds(node->children[1], passage, 0);
    case CS__NODE_AND:
        for (size_t i = 0; i < node->child_count; i++) {
            if (!holds(node->children[i], passage, minimum))
                return 0;
        }
        return 1;
    case CS__NODE_OR:
    case CS__NODE_GROUP:
        return count_holding(node, passage) > 0;
    case CS__NODE_BAG:
        if (passage->match != CS_MATCH_ANY)
            return count_holding(node, passage) == node->child_count;
        return count_holding(node, passage) >= (minimum > 0 ? minimum : 1);
    default:
        return cs__leaf_occurs(node, passage->heading) || cs__leaf_occurs(node, passage->text);
    }
}

int cs__tree_holds(const struct cs__node *tree, cs_match_mode match, uint32_t minimum,
                   const struct cs__words *heading, const struct cs__words *text)
{
    struct passage passage = {match, minimum, heading, text};
    return holds(tree, &passage, minimum);
}

int cs__tree_has_forms(const struct cs__node *tree)
{
    if (tree == NULL)
        return 0;
    if (tree->forms != NULL)
        return 1;
    for (size_t i = 0; i < tree->child_count; i++) {
        if (cs__tree_has_forms(tree->children[i]))
            return 1;
    }
    return 0;
}

struct collect {
    struct cs__arena *arena;
    struct cs__occurrences *out;
};

static cs_status add_place(void *context, const struct cs__words *words, struct place place, uint32_t leaf)
{
    struct collect *collect = context;
    struct cs__occurrences *out = collect->out;
    if (out->count == out->capacity) {
        size_t capacity = out->capacity ? out->capacity * 2 : 16;
        struct cs__occurrence *items = cs__arena_array(collect->arena, capacity, sizeof *items);
        if (items == NULL)
            return CS_ERR_NOMEM;
        if (out->count > 0)
            memcpy(items, out->items, out->count * sizeof *items);
        out->items = items;
        out->capacity = capacity;
    }
    out->items[out->count++] =
        (struct cs__occurrence){words->items[place.first].start, words->items[place.last].end, leaf};
    return CS_OK;
}

static cs_status collect_leaf(struct collect *collect, const struct cs__node *leaf,
                              const struct cs__words *words, uint32_t *number)
{
    struct place place;
    cs_status status = CS_OK;
    if (leaf->kind == CS__NODE_NEAR) {
        if (walk_near(leaf, words, *number, add_place, collect) < 0)
            status = CS_ERR_NOMEM;
        *number += (uint32_t)leaf->child_count;
        return status;
    }
    for (size_t i = 0; status == CS_OK && next_place(leaf, words, i, &place); i = place.first + 1)
        status = add_place(collect, words, place, *number);
    ++*number;
    return status;
}

static cs_status collect_node(struct collect *collect, const struct cs__node *node,
                              const struct cs__words *words, uint32_t *number)
{
    cs_status status = CS_OK;
    if (node->kind == CS__NODE_ALL)
        return CS_OK;
    if (node->kind == CS__NODE_NEAR || node->child_count == 0)
        return collect_leaf(collect, node, words, number);
    size_t count = node->kind == CS__NODE_NOT ? 1 : node->child_count;
    for (size_t i = 0; i < count && status == CS_OK; i++)
        status = collect_node(collect, node->children[i], words, number);
    return status;
}

static int by_start(const void *a, const void *b)
{
    const struct cs__occurrence *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return x->leaf < y->leaf ? -1 : x->leaf > y->leaf;
}

cs_status cs__tree_occurrences(const struct cs__node *tree, const struct cs__words *text,
                               struct cs__arena *arena, struct cs__occurrences *out)
{
    struct collect collect = {arena, out};
    uint32_t number = 0;
    *out = (struct cs__occurrences){0};
    cs_status status = tree == NULL ? CS_OK : collect_node(&collect, tree, text, &number);
    if (status == CS_OK && out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_start);
    return status;
}

cs_status cs__occurrences_merge(const struct cs__occurrences *occurrences, struct cs__arena *arena,
                                cs_range **out, size_t *count)
{
    *count = 0;
    *out = cs__arena_array(arena, occurrences->count + 1, sizeof **out);
    if (*out == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < occurrences->count; i++) {
        const struct cs__occurrence *next = &occurrences->items[i];
        cs_range *last = *count > 0 ? &(*out)[*count - 1] : NULL;
        if (last == NULL || next->start >= last->end)
            (*out)[(*count)++] = (cs_range){next->start, next->end};
        else if (next->end > last->end)
            last->end = next->end;
    }
    return CS_OK;
}
