/* SPDX-License-Identifier: MIT */
/* Lists: how deep a bullet stands, and which block leads it in. */
#include "indexer/layout_draft.h"

#include "indexer/layout_signs.h"

enum { DEPTH_MAX = 8 };
/* Points by which bullets of one depth may differ. */
static const float EDGE = 5;

struct list {
    struct {
        float x0;
        uint32_t block;
    } depths[DEPTH_MAX]; /* the bullet that stands last at each depth */
    uint32_t depth;
    uint32_t lead; /* of the outermost bullets */
};

static int interrupts(enum cs__block_kind kind)
{
    switch (kind) {
    case CS__BLOCK_RUNNING_HEADER:
    case CS__BLOCK_RUNNING_FOOTER:
    case CS__BLOCK_PAGE_NUMBER:
    case CS__BLOCK_FOOTNOTE:
    case CS__BLOCK_SITE:
        return 0;
    default:
        return 1;
    }
}

static void put_bullet(struct list *list, const struct cs__drafting *drafting, struct cs__block *block,
                       uint32_t index)
{
    float x0 = drafting->drafts[index].x0;
    if (block->level > 0) {
        uint32_t level = block->level < DEPTH_MAX ? block->level : DEPTH_MAX;
        list->depth = list->depth < level - 1 ? list->depth : level - 1;
    } else {
        while (list->depth > 0 && list->depths[list->depth - 1].x0 > x0 - EDGE)
            list->depth--;
        if (list->depth == DEPTH_MAX)
            list->depth--;
    }
    block->lead = list->depth > 0 ? list->depths[list->depth - 1].block : list->lead;
    list->depths[list->depth].x0 = x0;
    list->depths[list->depth].block = index;
    block->level = (uint8_t)++list->depth;
}

/* A paragraph right before a list leads it in, unless it ends a sentence and its list has only begun by
 * chance after it. */
static uint32_t lead_of(const struct cs__block *block, uint32_t index)
{
    int may = block->kind == CS__BLOCK_PARAGRAPH;
    enum cs__line_end end = cs__line_ends(block->text, block->size);
    return may && (end == CS__END_COLON || end == CS__END_OPEN || end == CS__END_SEMICOLON) ? index
                                                                                            : CS__NO_BLOCK;
}

/* A remark that is set in as deep as the list's items doesn't end it. */
static int is_inside(const struct list *list, const struct cs__drafting *drafting,
                     const struct cs__block *block, uint32_t index)
{
    return block->kind == CS__BLOCK_PARAGRAPH && block->number == NULL && list->depth > 0 &&
           drafting->drafts[index].x0 > list->depths[0].x0 + EDGE;
}

void cs__layout_lists(const struct cs__drafting *drafting, struct cs__blocks *blocks)
{
    struct list list = {.lead = CS__NO_BLOCK};
    for (uint32_t i = 0; i < blocks->count; i++) {
        struct cs__block *block = &blocks->items[i];
        if (block->kind == CS__BLOCK_BULLET) {
            put_bullet(&list, drafting, block, i);
        } else if (interrupts(block->kind) && !is_inside(&list, drafting, block, i)) {
            list.depth = 0;
            list.lead = lead_of(block, i);
        }
    }
}
