/* SPDX-License-Identifier: MIT */
/* Wording: furniture that is known by what it says and where it stands: contents, what the inspectorate says
 * of itself, contact lines, a letter's frame, a newspaper's own notes. */
#include "indexer/layout_draft.h"

#include <string.h>

#include "indexer/layout_cues.h"
#include "indexer/layout_signs.h"

enum { SHORT = 160, FRAME_LINES_MAX = 16, SALUTATION_WITHIN = 40, SALUTATION_SIZE_MAX = 60, LEADER_DOTS = 4 };

static int is_content(const struct cs__block *block)
{
    return block->kind <= CS__BLOCK_HEADING;
}

static int is_short(const struct cs__block *block)
{
    return block->size < SHORT && cs__line_ends(block->text, block->size) != CS__END_SENTENCE;
}

static int is_salutation(const struct cs__block *block)
{
    return block->size <= SALUTATION_SIZE_MAX && (is_content(block) || block->kind == CS__BLOCK_CONTACT) &&
           cs__begins_with(block->text, block->size, "dear ") &&
           cs__line_ends(block->text, block->size) != CS__END_SENTENCE;
}

/* Addresses stand after contact lines, before or between more of them, on the same page. */
static void close_contact(struct cs__blocks *blocks)
{
    const struct cs__block *last = NULL;
    for (size_t i = 0; i < blocks->count; i++) {
        struct cs__block *block = &blocks->items[i];
        if (block->kind == CS__BLOCK_BOILERPLATE || block->kind == CS__BLOCK_CONTACT)
            last = is_salutation(block) ? NULL : block;
        else if (is_content(block) && last != NULL && last->page == block->page &&
                 block->font_size == last->font_size && block->bold == last->bold && is_short(block))
            block->kind = CS__BLOCK_CONTACT;
        else if (is_content(block))
            last = NULL;
    }
}

static int is_contents_heading(const struct cs__block *block)
{
    static const char *const headings[] = {"contents", "table of contents", "contents page",
                                           "list of contents"};
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        if (block->size == strlen(headings[i]) && cs__begins_with(block->text, block->size, headings[i]))
            return is_content(block);
    return 0;
}

static int ends_with_page(const struct cs__block *block)
{
    size_t at = block->size;
    while (at > 0 && block->text[at - 1] >= '0' && block->text[at - 1] <= '9')
        at--;
    return at < block->size && block->size - at <= 3 && at > 1 &&
           (block->text[at - 1] == '\t' || block->text[at - 1] == ' ' || block->text[at - 1] == '.');
}

/* Entries end with a page; one that was wrapped has its page on the next line. */
static size_t mark_contents(struct cs__blocks *blocks, size_t heading)
{
    blocks->items[heading].kind = CS__BLOCK_CONTENTS;
    size_t last = heading;
    for (size_t i = heading + 1; i < blocks->count && i <= last + 2; i++)
        if (is_content(&blocks->items[i]) && ends_with_page(&blocks->items[i]))
            last = i;
        else if (!is_content(&blocks->items[i]))
            last += last + 1 == i;
    for (size_t i = heading; i <= last; i++)
        if (is_content(&blocks->items[i]))
            blocks->items[i].kind = CS__BLOCK_CONTENTS;
    return last;
}

/* ". . . . ." or "....." before a page: a line of contents, wherever it stands. */
static int has_leader(const struct cs__block *block)
{
    int dots = 0;
    for (size_t at = block->size; at > 0 && dots < LEADER_DOTS; at--) {
        char c = block->text[at - 1];
        if (c == '.')
            dots++;
        else if (c != ' ' && c != '\t' && !(dots == 0 && c >= '0' && c <= '9'))
            break;
    }
    return dots == LEADER_DOTS;
}

static void find_contents(struct cs__blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->items[i].size < 24 && is_contents_heading(&blocks->items[i]))
            i = mark_contents(blocks, i);
        else if (is_content(&blocks->items[i]) && ends_with_page(&blocks->items[i]) &&
                 has_leader(&blocks->items[i]))
            blocks->items[i].kind = CS__BLOCK_CONTENTS;
}

static void find_datelines(struct cs__blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->items[i].kind == CS__BLOCK_PARAGRAPH && blocks->items[i].number == NULL &&
            cs__is_dateline(blocks->items[i].text, blocks->items[i].size))
            blocks->items[i].kind = CS__BLOCK_CONTACT;
}

static int is_valediction(const struct cs__block *block)
{
    return block->size <= 200 && is_content(block) &&
           (cs__begins_with(block->text, block->size, "yours sincerely") ||
            cs__begins_with(block->text, block->size, "yours faithfully") ||
            cs__begins_with(block->text, block->size, "yours truly") ||
            cs__begins_with(block->text, block->size, "kind regards"));
}

/* A council's page says what kind of page it is before what it is about. */
static int is_page_kind(const struct cs__block *block)
{
    return block->size < 20 && (cs__begins_with(block->text, block->size, "agenda item") ||
                                cs__begins_with(block->text, block->size, "issue - meetings"));
}

/* Without pages, the first heading before any text is the title. */
static void find_title(struct cs__blocks *blocks)
{
    for (size_t i = 0; i < blocks->count && i < FRAME_LINES_MAX; i++) {
        struct cs__block *block = &blocks->items[i];
        if (block->kind == CS__BLOCK_HEADING && is_page_kind(block))
            continue;
        if (block->kind == CS__BLOCK_HEADING)
            block->kind = CS__BLOCK_TITLE;
        if (is_content(block))
            return;
    }
}

/* Date, addressee and salutation before; what it is about is the title. */
static void find_letter_head(struct cs__blocks *blocks)
{
    size_t dear = 0;
    while (dear < blocks->count && dear < SALUTATION_WITHIN && !is_salutation(&blocks->items[dear]))
        dear++;
    if (dear == blocks->count || dear == SALUTATION_WITHIN)
        return;
    for (size_t i = dear + 1; i-- > 0 && (i == dear || is_short(&blocks->items[i]));)
        if (is_content(&blocks->items[i]))
            blocks->items[i].kind = CS__BLOCK_CONTACT;
    for (size_t i = dear + 1; i < blocks->count && i < dear + 3; i++)
        if (blocks->items[i].kind == CS__BLOCK_HEADING) {
            blocks->items[i].kind = CS__BLOCK_TITLE;
            return;
        }
}

static void find_letter_foot(struct cs__blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++) {
        if (!is_valediction(&blocks->items[i]))
            continue;
        size_t end = i + FRAME_LINES_MAX;
        for (; i < blocks->count && i < end; i++) {
            if (!is_content(&blocks->items[i]))
                continue;
            if (!is_short(&blocks->items[i]))
                break;
            blocks->items[i].kind = CS__BLOCK_CONTACT;
        }
    }
}

void cs__layout_wording(const struct cs__drafting *drafting, struct cs__blocks *blocks)
{
    int is_site = drafting->measures.height <= 0;
    for (size_t i = 0; i < blocks->count; i++)
        if (is_content(&blocks->items[i]))
            blocks->items[i].kind = cs__cue_kind(&blocks->items[i], is_site);
    find_contents(blocks);
    find_letter_head(blocks);
    close_contact(blocks);
    if (is_site) {
        find_datelines(blocks);
        find_title(blocks);
    }
    find_letter_foot(blocks);
}
