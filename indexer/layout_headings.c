/* SPDX-License-Identifier: MIT */
/* Headings: which short blocks are headings, of which level, and which is the title. */
#include "indexer/layout_draft.h"

#include <math.h>
#include <string.h>

#include "core/sentence.h"
#include "indexer/layout_signs.h"

/* Points by which a heading's letters are larger, or a title's still larger. */
static const float LARGER = 0.8f;
static const float LONE_WIDTH = 0.75f;
enum {
    HEADING_MAX = 300,
    LONE_HEADING_MAX = 90,
    BOLD_HEADING_MAX = 200,
    BOLD_SENTENCE_MAX = 140,
    FLOW_HEADING_MAX = 120,
    QUESTION_HEADING_MAX = 60,
    LEAD_IN_MIN = 60,
    LABEL_HEADING_MAX = 30,
    STYLES_MAX = 16,
    LEVEL_MAX = 6
};

struct style {
    float size;
    int bold;
};

/* "Inspection dates: ...", "Lead inspector: ...", "Published: ...": a fact, however it is printed. */
static int is_labelled_fact(const struct cs__block *block)
{
    static const char *const labels[] = {"date",      "dates", "inspector", "inspectors",
                                         "published", "group", "by",        NULL};
    const char *colon = memchr(block->text, ':', block->size);
    if (colon == NULL || colon - block->text > 40 || colon + 1 == block->text + block->size)
        return 0;
    const char *word = colon;
    while (word > block->text && word[-1] != ' ')
        word--;
    for (size_t i = 0; labels[i] != NULL; i++)
        if (strlen(labels[i]) == (size_t)(colon - word) &&
            strncasecmp(word, labels[i], strlen(labels[i])) == 0)
            return 1;
    return 0;
}

static int has_letters(const struct cs__block *block)
{
    for (uint32_t i = 0; i < block->size; i++)
        if (((unsigned char)block->text[i] | 0x20) >= 'a')
            return 1;
    return 0;
}

static int ends_with_point(const struct cs__block *block)
{
    return cs__line_ends(block->text, block->size) == CS__END_SENTENCE &&
           block->text[block->size - 1] != '?' && memchr(block->text, '?', block->size) == NULL;
}

/* The block that follows, furniture between pages left out; NULL for none. */
static const struct cs__block *next_in_flow(const struct cs__blocks *blocks, size_t index)
{
    for (size_t i = index + 1; i < blocks->count && i < index + 12; i++)
        if (blocks->items[i].kind < CS__BLOCK_RUNNING_HEADER && blocks->items[i].kind != CS__BLOCK_FOOTNOTE)
            return &blocks->items[i];
    return NULL;
}

/* In the letters of the body, but a short line that stands alone above text. */
static int is_lone_line(const struct cs__drafting *drafting, const struct cs__blocks *blocks, size_t index)
{
    const struct cs__block *block = &blocks->items[index], *next = next_in_flow(blocks, index);
    const struct cs__draft *draft = &drafting->drafts[index];
    const struct cs__line *line = &drafting->text->lines[draft->first];
    if (draft->first != draft->last || !draft->alone || draft->marked != 0 || next == NULL ||
        block->size > LONE_HEADING_MAX || line->x1 - line->x0 > LONE_WIDTH * drafting->measures.width)
        return 0;
    if (cs__line_ends(block->text, block->size) != CS__END_OPEN ||
        memchr(block->text, ':', block->size) != NULL || !cs__begins_capital(block->text, block->size))
        return 0;
    if (memchr(block->text, ',', block->size) != NULL && next->kind != CS__BLOCK_BULLET &&
        next->number == NULL)
        return 0;
    if (next->kind == CS__BLOCK_BULLET || next->number != NULL)
        return 1;
    return next->kind == CS__BLOCK_PARAGRAPH && next->size > block->size && next->page == block->page &&
           !is_labelled_fact(next);
}

static int is_row_on(const struct cs__blocks *blocks, size_t index, uint32_t page)
{
    return index < blocks->count && blocks->items[index].kind == CS__BLOCK_TABLE_ROW &&
           blocks->items[index].page == page;
}

/* A heading beside its grade: two cells in larger letters, or in bold ones that are no table's. */
static int is_heading_row(const struct cs__drafting *drafting, const struct cs__blocks *blocks, size_t index)
{
    const struct cs__block *block = &blocks->items[index];
    const char *tab = memchr(block->text, '\t', block->size);
    if (!block->bold || tab == NULL || block->size > HEADING_MAX ||
        memchr(tab + 1, '\t', (size_t)(block->text + block->size - tab - 1)) != NULL)
        return 0;
    int in_table = is_row_on(blocks, index - 1, block->page) || is_row_on(blocks, index + 1, block->page);
    return block->font_size > drafting->measures.body_size + LARGER ||
           (!in_table && block->page > 1 && !is_labelled_fact(block));
}

/* "2. Schools", all of it bold, above text that isn't. */
static int is_numbered_heading(const struct cs__blocks *blocks, size_t index)
{
    const struct cs__block *block = &blocks->items[index], *next = next_in_flow(blocks, index);
    return block->size <= LONE_HEADING_MAX && cs__line_ends(block->text, block->size) == CS__END_OPEN &&
           next != NULL && !next->bold && next->kind != CS__BLOCK_TABLE_ROW;
}

static int is_page_heading(const struct cs__drafting *drafting, const struct cs__blocks *blocks, size_t index)
{
    const struct cs__block *block = &blocks->items[index];
    const struct cs__draft *draft = &drafting->drafts[index];
    float larger = block->font_size - drafting->measures.body_size;
    if (block->kind == CS__BLOCK_TABLE_ROW)
        return is_heading_row(drafting, blocks, index);
    if (block->kind != CS__BLOCK_PARAGRAPH || !has_letters(block) || is_labelled_fact(block))
        return 0;
    if (larger > LARGER)
        return block->size <= HEADING_MAX;
    if (draft->marked == CS__MARKER_NUMBER && block->bold)
        return is_numbered_heading(blocks, index);
    if (larger < -LARGER || draft->marked != 0)
        return 0;
    if (!block->bold || block->size > BOLD_HEADING_MAX)
        return is_lone_line(drafting, blocks, index);
    return !ends_with_point(block) || (draft->alone && block->size <= BOLD_SENTENCE_MAX);
}

static int is_one_sentence(const struct cs__block *block)
{
    struct cs__sentence_walk walk = cs__sentence_begin(block->text, block->size);
    struct cs__sentence sentence;
    return cs__sentence_next(&walk, &sentence) && !cs__sentence_next(&walk, &sentence);
}

/* Without geometry: short, alone, and no sentence. */
static int is_flow_heading(const struct cs__block *block, const struct cs__draft *draft,
                           const struct cs__block *next)
{
    if (block->kind != CS__BLOCK_PARAGRAPH || !draft->alone || draft->marked != 0 ||
        block->size > FLOW_HEADING_MAX || next == NULL)
        return 0;
    if (is_labelled_fact(block) || !has_letters(block) || cs__begins_small(block->text, block->size) ||
        cs__is_dateline(block->text, block->size) || !is_one_sentence(block) ||
        memchr(block->text, '\t', block->size) != NULL)
        return 0;
    enum cs__line_end end = cs__line_ends(block->text, block->size);
    if (end == CS__END_COLON)
        return block->size < LABEL_HEADING_MAX && next->kind == CS__BLOCK_PARAGRAPH &&
               memchr(block->text, ' ', block->size) == NULL;
    if (block->text[block->size - 1] == ',' || end == CS__END_SEMICOLON)
        return 0;
    if (next->kind == CS__BLOCK_BULLET && block->size > LEAD_IN_MIN)
        return 0;
    return end == CS__END_OPEN || (!ends_with_point(block) && block->size < QUESTION_HEADING_MAX);
}

static int same_style(const struct style *style, const struct cs__block *block)
{
    return fabsf(style->size - block->font_size) < 0.6f && style->bold == block->bold;
}

static void note_style(struct style *styles, size_t *count, const struct cs__block *block)
{
    size_t at = 0;
    while (at < *count && !same_style(&styles[at], block))
        at++;
    if (at < *count || *count == STYLES_MAX)
        return;
    for (at = (*count)++; at > 0; at--) {
        const struct style *above = &styles[at - 1];
        if (above->size > block->font_size + 0.6f || (above->size > block->font_size - 0.6f && above->bold))
            break;
        styles[at] = *above;
    }
    styles[at] = (struct style){block->font_size, block->bold};
}

static uint8_t level_of(const struct style *styles, size_t count, const struct cs__block *block)
{
    size_t at = 0;
    while (at < count && !same_style(&styles[at], block))
        at++;
    return (uint8_t)(at + 1 < LEVEL_MAX ? at + 1 : LEVEL_MAX);
}

/* The first of the largest headings on the first page, if something smaller stands there, too. */
static void find_page_title(struct cs__blocks *blocks)
{
    struct cs__block *title = NULL;
    for (size_t i = 0; i < blocks->count && blocks->items[i].page <= 1; i++) {
        struct cs__block *block = &blocks->items[i];
        if (block->kind == CS__BLOCK_HEADING && (title == NULL || block->font_size > title->font_size + 0.6f))
            title = block;
    }
    if (title != NULL)
        title->kind = CS__BLOCK_TITLE;
}

static void find_levels(struct cs__blocks *blocks)
{
    struct style styles[STYLES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->items[i].kind == CS__BLOCK_HEADING)
            note_style(styles, &count, &blocks->items[i]);
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->items[i].kind == CS__BLOCK_HEADING)
            blocks->items[i].level = level_of(styles, count, &blocks->items[i]);
}

void cs__layout_headings(const struct cs__drafting *drafting, struct cs__blocks *blocks)
{
    int pages = drafting->measures.height > 0;
    uint8_t level = 1; /* of the last heading whose format says so */
    for (size_t i = 0; i < blocks->count; i++) {
        struct cs__block *block = &blocks->items[i];
        const struct cs__block *next = i + 1 < blocks->count ? block + 1 : NULL;
        const struct cs__draft *draft = &drafting->drafts[i];
        if (block->size == 0)
            continue;
        if (block->kind == CS__BLOCK_HEADING)
            level = block->level;
        if (pages ? is_page_heading(drafting, blocks, i) : is_flow_heading(block, draft, next)) {
            block->kind = CS__BLOCK_HEADING;
            block->level = (uint8_t)(level < LEVEL_MAX ? level + 1 : LEVEL_MAX);
        }
    }
    if (pages) {
        find_page_title(blocks);
        find_levels(blocks);
    }
}
