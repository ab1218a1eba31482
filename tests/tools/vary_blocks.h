/* SPDX-License-Identifier: MIT */
/* Other layouts of the same document, to see that describe does not lean on one:
 *
 *     flat      headings and table rows come out as plain paragraphs
 *     columns   a table's labels come first, then its grades
 *     halves    each title and each label of a table is broken in two blocks
 *     merged    short neighbours on the first page come out as one paragraph
 */
#ifndef TESTS_VARY_BLOCKS_H
#define TESTS_VARY_BLOCKS_H

#include <stdlib.h>
#include <string.h>

#include "indexer/layout.h"

struct variant {
    struct cs__blocks *blocks;
    struct cs__block *out;
    size_t count;
};

static inline void variant_text(struct variant *v, struct cs__block block, const char *text, size_t size)
{
    block.text = cs__arena_copy(&v->blocks->arena, text, size);
    block.size = (uint32_t)size;
    v->out[v->count++] = block;
}

static inline void variant_flat(struct variant *v, struct cs__block block)
{
    if (block.kind != CS__BLOCK_HEADING && block.kind != CS__BLOCK_TITLE &&
        block.kind != CS__BLOCK_TABLE_ROW) {
        v->out[v->count++] = block;
        return;
    }
    block.kind = CS__BLOCK_PARAGRAPH;
    block.level = 0;
    variant_text(v, block, block.text, block.size);
    for (char *at = (char *)v->out[v->count - 1].text; *at != '\0'; at++)
        *at = *at == '\t' ? ' ' : *at;
}

static inline void variant_halves(struct variant *v, struct cs__block block)
{
    const char *tab = strchr(block.text, '\t');
    size_t label = block.kind == CS__BLOCK_TABLE_ROW && tab != NULL ? (size_t)(tab - block.text) : block.size;
    size_t half = label / 2;
    int title = block.page == 1 && block.size < 200 && strstr(block.text, "nspection of ") != NULL;
    int row = block.kind == CS__BLOCK_TABLE_ROW && strstr(block.text, "xperiences") != NULL;
    while (half > 0 && block.text[half] != ' ')
        half--;
    if (half == 0 || (!title && !row)) {
        v->out[v->count++] = block;
        return;
    }
    variant_text(v, block, block.text, half);
    variant_text(v, block, block.text + half + 1, block.size - half - 1);
}

static inline int variant_merges(const struct cs__block *block)
{
    return block->page == 1 && (block->kind == CS__BLOCK_PARAGRAPH || block->kind == CS__BLOCK_HEADING);
}

static inline void variant_merged(struct variant *v, struct cs__block block)
{
    struct cs__block *last = v->count > 0 ? &v->out[v->count - 1] : NULL;
    if (last == NULL || !variant_merges(last) || !variant_merges(&block) || last->size >= 300) {
        v->out[v->count++] = block;
        return;
    }
    last->text = cs__arena_printf(&v->blocks->arena, "%s %s", last->text, block.text);
    last->size = (uint32_t)strlen(last->text);
}

/* One run of table rows: all first cells, then all second ones. */
static inline size_t variant_columns(struct variant *v, size_t first)
{
    const struct cs__blocks *blocks = v->blocks;
    size_t last = first;
    while (last < blocks->count && blocks->items[last].kind == CS__BLOCK_TABLE_ROW)
        last++;
    for (int second = 0; second < 2; second++)
        for (size_t i = first; i < last; i++) {
            struct cs__block cell = blocks->items[i];
            const char *tab = strchr(cell.text, '\t');
            cell.kind = CS__BLOCK_PARAGRAPH;
            if (!second)
                variant_text(v, cell, cell.text, tab != NULL ? (size_t)(tab - cell.text) : cell.size);
            else if (tab != NULL)
                variant_text(v, cell, tab + 1, strlen(tab + 1));
        }
    return last;
}

/* Change the blocks in place; `v->out` is to be freed once they are. */
static inline struct cs__block *vary_blocks(struct cs__blocks *blocks, const char *name)
{
    struct variant v = {blocks, calloc(blocks->count * 2 + 1, sizeof *blocks->items), 0};
    for (size_t i = 0; v.out != NULL && i < blocks->count;) {
        if (strcmp(name, "columns") == 0 && blocks->items[i].kind == CS__BLOCK_TABLE_ROW) {
            i = variant_columns(&v, i);
            continue;
        }
        struct cs__block block = blocks->items[i++];
        if (strcmp(name, "flat") == 0)
            variant_flat(&v, block);
        else if (strcmp(name, "halves") == 0)
            variant_halves(&v, block);
        else if (strcmp(name, "merged") == 0)
            variant_merged(&v, block);
        else
            v.out[v.count++] = block;
    }
    blocks->items = v.out;
    blocks->count = v.count;
    return v.out;
}

#endif
