/* SPDX-License-Identifier: MIT */
/* Wording: furniture that is known by what it says and where it stands: contents, what the inspectorate says
 * of itself, contact lines, a letter's frame, a newspaper's own notes. */
#include "indexer/layout_draft.h"

#include <string.h>

#include "indexer/layout_signs.h"

enum { SHORT = 160, FRAME_LINES_MAX = 16, SALUTATION_WITHIN = 40, SALUTATION_SIZE_MAX = 60 };

/* What a block of this kind begins with, in small letters; longer blocks are none. */
struct cue {
    const char *words;
    uint8_t kind;
    uint16_t size_max;
};

/* In the order of their first letters. */
static const struct cue cues[] = {
    {"advertisement", CS__BLOCK_SITE, 40},
    {"any complaints about the inspection or the report", CS__BLOCK_CONTACT, 800},
    {"crown copyright", CS__BLOCK_CONTACT, 120},
    {"e: ", CS__BLOCK_CONTACT, SHORT},
    {"further copies of this report", CS__BLOCK_CONTACT, 300},
    {"if you would like a copy of this document", CS__BLOCK_CONTACT, 600},
    {"interested in our work?", CS__BLOCK_CONTACT, 400},
    {"letters should not exceed", CS__BLOCK_SITE, 300},
    {"read more", CS__BLOCK_SITE, SHORT},
    {"read next", CS__BLOCK_SITE, SHORT},
    {"related articles", CS__BLOCK_SITE, SHORT},
    {"related stories", CS__BLOCK_SITE, SHORT},
    {"related:", CS__BLOCK_SITE, SHORT},
    {"share this", CS__BLOCK_SITE, SHORT},
    {"sign up ", CS__BLOCK_SITE, SHORT},
    {"subscribe ", CS__BLOCK_SITE, SHORT},
    {"t 0", CS__BLOCK_CONTACT, SHORT},
    {"t: 0", CS__BLOCK_CONTACT, SHORT},
    {"telephone:", CS__BLOCK_CONTACT, SHORT},
    {"textphone", CS__BLOCK_CONTACT, SHORT},
    {"this document is available", CS__BLOCK_CONTACT, 300},
    {"this document may be reproduced", CS__BLOCK_CONTACT, 800},
    {"this publication is available", CS__BLOCK_CONTACT, 300},
    {"this report is available", CS__BLOCK_CONTACT, 300},
    {"this website uses cookies", CS__BLOCK_SITE, 600},
    {"to receive regular email alerts", CS__BLOCK_CONTACT, 400},
    {"w: ", CS__BLOCK_CONTACT, SHORT},
    {"we use cookies", CS__BLOCK_SITE, 600},
    {"website:", CS__BLOCK_CONTACT, SHORT},
    {"what are your thoughts?", CS__BLOCK_SITE, 300},
    {"you can send a letter to the editor", CS__BLOCK_SITE, 300},
    {"you may copy all or parts of this document", CS__BLOCK_CONTACT, 800},
    {"you may reuse this information", CS__BLOCK_CONTACT, 800},
    {"\xC2\xA9 crown copyright", CS__BLOCK_CONTACT, 120},
};

enum { CUES = sizeof cues / sizeof cues[0], CUE_SIZE_MAX = 1200 };

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static int begins_with(const char *text, size_t size, const char *words)
{
    size_t i = 0;
    while (words[i] != '\0' && i < size && small(text[i]) == words[i])
        i++;
    return words[i] == '\0';
}

static int holds(const char *text, size_t size, const char *words)
{
    for (size_t at = 0; at < size; at++)
        if (small(text[at]) == words[0] && begins_with(text + at, size - at, words))
            return 1;
    return 0;
}

static int is_content(const struct cs__block *block)
{
    return block->kind <= CS__BLOCK_HEADING;
}

/* The inspectorate on itself: its name, and within the first sentence what it does. */
static int is_boilerplate(const struct cs__block *block)
{
    size_t head = block->size < 240 ? block->size : 240;
    return (begins_with(block->text, head, "the office for standards in education") ||
            begins_with(block->text, head, "ofsted")) &&
           holds(block->text, head, "regulates and inspects");
}

static void apply_cues(struct cs__block *block)
{
    unsigned char first = (unsigned char)small(block->text[0]);
    if ((first == 't' || first == 'o') && is_boilerplate(block)) {
        block->kind = CS__BLOCK_BOILERPLATE;
        return;
    }
    for (size_t i = 0; i < CUES && (unsigned char)cues[i].words[0] <= first; i++)
        if ((unsigned char)cues[i].words[0] == first && block->size <= cues[i].size_max &&
            begins_with(block->text, block->size, cues[i].words)) {
            block->kind = cues[i].kind;
            return;
        }
}

static int is_short(const struct cs__block *block)
{
    return block->size < SHORT && cs__line_ends(block->text, block->size) != CS__END_SENTENCE;
}

static int is_salutation(const struct cs__block *block)
{
    return block->size <= SALUTATION_SIZE_MAX && (is_content(block) || block->kind == CS__BLOCK_CONTACT) &&
           begins_with(block->text, block->size, "dear ") &&
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
        if (block->size == strlen(headings[i]) && begins_with(block->text, block->size, headings[i]))
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

static void find_contents(struct cs__blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->items[i].size < 24 && is_contents_heading(&blocks->items[i]))
            i = mark_contents(blocks, i);
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
           (begins_with(block->text, block->size, "yours sincerely") ||
            begins_with(block->text, block->size, "yours faithfully") ||
            begins_with(block->text, block->size, "yours truly") ||
            begins_with(block->text, block->size, "kind regards"));
}

/* A council's page says what kind of page it is before what it is about. */
static int is_page_kind(const struct cs__block *block)
{
    return block->size < 20 && (begins_with(block->text, block->size, "agenda item") ||
                                begins_with(block->text, block->size, "issue - meetings"));
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
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->items[i].size <= CUE_SIZE_MAX && is_content(&blocks->items[i]))
            apply_cues(&blocks->items[i]);
    find_contents(blocks);
    find_letter_head(blocks);
    close_contact(blocks);
    if (drafting->measures.height <= 0) {
        find_datelines(blocks);
        find_title(blocks);
    }
    find_letter_foot(blocks);
}
