/* SPDX-License-Identifier: MIT */
/* Gather: short neighbouring paragraphs of bare text become one passage's worth.
 *
 * A record of a JSON Lines file has no headings, numbers or pages: what stands between empty lines may be a
 * heading, a line of a table or one answer in a hearing. Alone it tells a reader nothing, and a million of
 * them cost more rows than text. Nothing is lost: the text stays as it is, a line break where a paragraph
 * ended. */
#include "indexer/layout_draft.h"

/* A passage below this size takes in the next paragraph, up to the limit. The measurements of DESIGN 4 are on
 * passages of 590 bytes. */
enum { GATHER_BELOW = 512, GATHER_SIZE_MAX = 1200 };

static int is_bare(const struct cs__block *block)
{
    return block->kind == CS__BLOCK_PARAGRAPH && block->number == NULL && block->level == 0;
}

/* Texts of neighbouring blocks lie one behind the other, a NUL between (see write_block() in
 * layout_compose.c). */
static int lies_behind(const struct cs__block *block, const struct cs__block *next)
{
    return next->text == block->text + block->size + 1;
}

static int takes_in(const struct cs__block *block, const struct cs__block *next)
{
    return is_bare(block) && is_bare(next) && lies_behind(block, next) && block->size < GATHER_BELOW &&
           block->size + next->size < GATHER_SIZE_MAX;
}

static void take_in(struct cs__block *block, const struct cs__block *next)
{
    char *between = (char *)block->text + block->size;
    *between = '\n';
    block->size += next->size + 1;
    block->end = next->end;
    block->last_page = next->last_page;
}

void cs__layout_gather(struct cs__blocks *blocks)
{
    size_t count = 0;
    for (size_t i = 0; i < blocks->count; i++) {
        if (count > 0 && takes_in(&blocks->items[count - 1], &blocks->items[i]))
            take_in(&blocks->items[count - 1], &blocks->items[i]);
        else
            blocks->items[count++] = blocks->items[i];
    }
    blocks->count = count;
}
