/* SPDX-License-Identifier: MIT */
/* Lookup: terms in the dictionaries of all segments. */
#include "query/match_lookup.h"

#include <stdlib.h>
#include <string.h>

struct looker {
    struct cs__segments *segments;
    struct cs__arena *arena;
    struct cs__lookup *out;
};

static int is_prefix(const struct cs__node *leaf, size_t i)
{
    return leaf->kind == CS__NODE_PREFIX && i + 1 == leaf->term_count;
}

static size_t count_terms(const struct cs__node *node)
{
    size_t count = node->term_count;
    for (size_t i = 0; i < node->child_count; i++)
        count += count_terms(node->children[i]);
    return count;
}

static void collect_terms(const struct cs__node *node, struct cs__lookup *out)
{
    for (size_t i = 0; i < node->term_count; i++)
        out->terms[out->count++] = (struct cs__lookup_term){node->terms[i], is_prefix(node, i), 0, NULL};
    for (size_t i = 0; i < node->child_count; i++)
        collect_terms(node->children[i], out);
}

static int compare(const void *a, const void *b)
{
    const struct cs__lookup_term *x = a, *y = b;
    int order = strcmp(x->term, y->term);
    return order != 0 ? order : x->is_prefix - y->is_prefix;
}

static void drop_doubles(struct cs__lookup *lookup)
{
    size_t kept = 0;
    for (size_t i = 0; i < lookup->count; i++)
        if (kept == 0 || compare(&lookup->terms[kept - 1], &lookup->terms[i]) != 0)
            lookup->terms[kept++] = lookup->terms[i];
    lookup->count = kept;
}

/* Passages with a term, over the segments looked at so far. */
struct sums {
    int64_t text, heading;
};

/* Lists found in one segment; `capacity` is for each field. */
struct found {
    struct cs__lookup_lists lists;
    size_t capacity;
};

static int reserve(struct found *found, struct cs__arena *arena)
{
    size_t most = found->lists.text_count > found->lists.heading_count ? found->lists.text_count
                                                                       : found->lists.heading_count;
    if (most < found->capacity)
        return 1;
    size_t capacity = found->capacity > 0 ? found->capacity * 4 : 1;
    const struct cs__list **text = cs__arena_array(arena, capacity, sizeof *text);
    const struct cs__list **heading = cs__arena_array(arena, capacity, sizeof *heading);
    if (text == NULL || heading == NULL)
        return 0;
    if (found->lists.text_count > 0)
        memcpy(text, found->lists.text, found->lists.text_count * sizeof *text);
    if (found->lists.heading_count > 0)
        memcpy(heading, found->lists.heading, found->lists.heading_count * sizeof *heading);
    found->lists.text = text;
    found->lists.heading = heading;
    found->capacity = capacity;
    return 1;
}

static cs_status add_lists(struct looker *looker, struct found *found, const struct cs__term_lists *lists,
                           struct sums *sums)
{
    sums->text += (int64_t)lists->text.passages - lists->text_adjustment;
    sums->heading += (int64_t)lists->heading.passages - lists->heading_adjustment;
    if (lists->text.count == 0 && lists->heading.count == 0)
        return CS_OK;
    struct cs__term_lists *kept = cs__arena_alloc(looker->arena, sizeof *kept);
    if (kept == NULL || !reserve(found, looker->arena))
        return CS_ERR_NOMEM;
    *kept = *lists;
    if (lists->text.count > 0)
        found->lists.text[found->lists.text_count++] = &kept->text;
    if (lists->heading.count > 0)
        found->lists.heading[found->lists.heading_count++] = &kept->heading;
    return CS_OK;
}

static cs_status look_up_prefix(struct looker *looker, struct cs__segment *segment, const char *prefix,
                                struct found *found, struct sums *sums)
{
    struct cs__term_walk walk;
    struct cs__term_lists lists;
    size_t size = strlen(prefix);
    cs__term_walk_begin(&walk, segment, prefix, size);
    cs_status status = cs__term_walk_next(&walk);
    while (status == CS_OK && walk.term != NULL && strncmp(walk.term, prefix, size) == 0) {
        status = cs__term_walk_lists(&walk, looker->arena, &lists);
        if (status == CS_OK)
            status = add_lists(looker, found, &lists, sums);
        if (status == CS_OK)
            status = cs__term_walk_next(&walk);
    }
    cs__term_walk_end(&walk);
    return status;
}

static cs_status look_up(struct looker *looker, struct cs__lookup_term *term)
{
    struct sums sums = {0};
    cs_status status = CS_OK;
    term->segments = cs__arena_array(looker->arena, looker->segments->count + 1, sizeof *term->segments);
    if (term->segments == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < looker->segments->count && status == CS_OK; i++) {
        struct cs__segment *segment = looker->segments->items[i].segment;
        struct found found = {0};
        struct cs__term_lists lists;
        if (term->is_prefix) {
            status = look_up_prefix(looker, segment, term->term, &found, &sums);
        } else {
            status = cs__segment_find(segment, term->term, strlen(term->term), looker->arena, &lists);
            if (status == CS_OK)
                status = add_lists(looker, &found, &lists, &sums);
        }
        term->segments[i] = found.lists;
    }
    int64_t more = sums.text > sums.heading ? sums.text : sums.heading;
    term->count = more > 0 ? (uint64_t)more : 0;
    return status;
}

cs_status cs__lookup_tree(const struct cs__node *tree, struct cs__segments *segments, struct cs__arena *arena,
                          struct cs__lookup *out)
{
    struct looker looker = {segments, arena, out};
    cs_status status = CS_OK;
    *out = (struct cs__lookup){0};
    out->terms = cs__arena_array(arena, count_terms(tree) + 1, sizeof *out->terms);
    if (out->terms == NULL)
        return CS_ERR_NOMEM;
    collect_terms(tree, out);
    if (out->count > 1)
        qsort(out->terms, out->count, sizeof *out->terms, compare);
    drop_doubles(out);
    for (size_t i = 0; i < out->count && status == CS_OK; i++)
        status = look_up(&looker, &out->terms[i]);
    return status;
}

const struct cs__lookup_term *cs__lookup_term(const struct cs__lookup *lookup, const struct cs__node *leaf,
                                              size_t i)
{
    struct cs__lookup_term key = {leaf->terms[i], is_prefix(leaf, i), 0, NULL};
    return bsearch(&key, lookup->terms, lookup->count, sizeof key, compare);
}

double cs__lookup_idf(const struct cs__lookup *lookup, const struct cs__score_model *model,
                      const struct cs__node *leaf)
{
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < leaf->term_count; i++) {
        uint64_t count = cs__lookup_term(lookup, leaf, i)->count;
        least = count < least ? count : least;
    }
    return cs__score_idf(model, least);
}
