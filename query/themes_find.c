/* SPDX-License-Identifier: MIT */
/* Themes: finding one by name, and its words as a tree. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "query/themes_internal.h"

enum { KEY_TERMS_MAX = 16 };

/* Words that stand around a theme and say nothing of their own. */
static const char bare_words[] =
    "arrangements children concerns delivery effectiveness impact issues overall people practice "
    "process provision quality response service social support system timeliness use "
    "work young";

static int is_bare(const struct cs__themes *themes, const char *term)
{
    for (size_t i = 0; i < themes->bare_count; i++) {
        if (strcmp(term, themes->bare[i]) == 0)
            return 1;
    }
    return 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The terms of `text`, sorted; 0 where there are none, or more than `most`. */
static size_t terms_of(struct cs__tokenizer *tokenizer, struct cs__arena *arena, const char *text,
                       size_t size, const char **terms, size_t most)
{
    struct cs__token token;
    size_t count = 0;
    uint32_t position = UINT32_MAX;
    cs__tokenizer_start(tokenizer, text, size, CS__TOKENIZE_STEM);
    while (cs__tokenizer_next(tokenizer, &token)) {
        /* A short form in capitals comes twice, at one position. */
        if (token.position == position || cs__term_is_stop(token.term, token.term_size))
            continue;
        position = token.position;
        if (count == most || (terms[count] = cs__arena_copy(arena, token.term, token.term_size)) == NULL)
            return 0;
        count++;
    }
    qsort(terms, count, sizeof *terms, by_text);
    return count;
}

/* Terms with blanks between, each once; without those that say nothing when `bare_of` is given. */
static const char *join(struct cs__arena *arena, const char *const *terms, size_t count,
                        const struct cs__themes *bare_of)
{
    struct cs__buffer out = {0};
    const char *last = "";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(terms[i], last) == 0 || (bare_of != NULL && is_bare(bare_of, terms[i])))
            continue;
        cs__buffer_string(&out, terms[i]);
        cs__buffer_char(&out, ' ');
        last = terms[i];
    }
    const char *key = out.failed ? NULL : cs__arena_copy(arena, out.data != NULL ? out.data : "", out.size);
    cs__buffer_free(&out);
    return key;
}

static int make_key(const struct cs__themes *themes, struct cs__tokenizer *tokenizer, struct cs__arena *arena,
                    const char *text, size_t size, struct cs__theme_key *out)
{
    const char *terms[KEY_TERMS_MAX];
    size_t count = terms_of(tokenizer, arena, text, size, terms, KEY_TERMS_MAX);
    out->full = join(arena, terms, count, NULL);
    out->bare = join(arena, terms, count, themes);
    return out->full != NULL && out->bare != NULL;
}

int cs__themes_key(struct cs__themes *themes, struct cs__tokenizer *tokenizer)
{
    size_t count = 0;
    themes->bare_count = terms_of(tokenizer, &themes->arena, bare_words, sizeof bare_words - 1, themes->bare,
                                  CS__THEME_BARE_MAX);
    for (size_t i = 0; i < themes->count; i++)
        count += themes->items[i].names.count;
    themes->keys = cs__arena_array(&themes->arena, count + 1, sizeof *themes->keys);
    if (themes->keys == NULL)
        return 0;
    for (size_t i = 0; i < themes->count; i++) {
        const struct cs__theme_items *names = &themes->items[i].names;
        for (size_t j = 0; j < names->count; j++) {
            struct cs__theme_key *key = &themes->keys[themes->key_count++];
            key->theme = i;
            if (!make_key(themes, tokenizer, &themes->arena, names->items[j], strlen(names->items[j]), key))
                return 0;
        }
    }
    return 1;
}

static const struct cs__theme *find_key(const struct cs__themes *themes, const struct cs__theme_key *wanted,
                                        int bare)
{
    const char *text = bare ? wanted->bare : wanted->full;
    for (size_t i = 0; *text != '\0' && i < themes->key_count; i++) {
        const struct cs__theme_key *key = &themes->keys[i];
        if (strcmp(text, key->full) == 0 || (bare && strcmp(text, key->bare) == 0))
            return &themes->items[key->theme];
    }
    return NULL;
}

const struct cs__theme *cs__themes_find(const struct cs__themes *themes, struct cs__tokenizer *tokenizer,
                                        const char *text, size_t size)
{
    struct cs__arena work = {0};
    struct cs__theme_key key;
    const struct cs__theme *found = NULL;
    if (make_key(themes, tokenizer, &work, text, size, &key)) {
        found = find_key(themes, &key, 0);
        if (found == NULL)
            found = find_key(themes, &key, 1);
    }
    cs__arena_free(&work);
    return found;
}

static struct cs__node *new_node(struct cs__arena *arena, enum cs__node_kind kind, size_t child_count)
{
    struct cs__node *node = cs__arena_alloc(arena, sizeof *node);
    if (node == NULL)
        return NULL;
    node->kind = kind;
    node->weight = 1;
    node->child_count = child_count;
    node->children = cs__arena_array(arena, child_count + 1, sizeof *node->children);
    return node->children != NULL ? node : NULL;
}

static struct cs__node *phrase(struct cs__arena *arena, const char *text, size_t size)
{
    struct cs__node *node = new_node(arena, CS__NODE_PHRASE, 0);
    if (node == NULL)
        return NULL;
    node->exact = size > 0 && *text == '=';
    node->quoted = 1;
    node->typed = cs__arena_copy(arena, text + node->exact, size - (size_t)node->exact);
    return node->typed != NULL ? node : NULL;
}

/* `A NEAR/n B`, `=words`, or words. */
static struct cs__node *item_tree(struct cs__arena *arena, const char *item)
{
    const char *near = strstr(item, " NEAR/");
    unsigned distance;
    int size = 0;
    if (near == NULL || sscanf(near, " NEAR/%3u %n", &distance, &size) != 1 || size == 0)
        return phrase(arena, item, strlen(item));
    struct cs__node *node = new_node(arena, CS__NODE_NEAR, 2);
    if (node == NULL)
        return NULL;
    node->distance = distance;
    node->children[0] = phrase(arena, item, (size_t)(near - item));
    node->children[1] = phrase(arena, near + size, strlen(near + size));
    return node->children[0] != NULL && node->children[1] != NULL ? node : NULL;
}

struct cs__node *cs__themes_tree(const struct cs__theme_items *items, struct cs__arena *arena)
{
    if (items->count == 1)
        return item_tree(arena, items->items[0]);
    struct cs__node *node = items->count > 0 ? new_node(arena, CS__NODE_OR, items->count) : NULL;
    for (size_t i = 0; node != NULL && i < items->count; i++) {
        node->children[i] = item_tree(arena, items->items[i]);
        if (node->children[i] == NULL)
            return NULL;
    }
    return node;
}
