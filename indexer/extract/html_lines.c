/* SPDX-License-Identifier: MIT */
/* A page's tree -> lines with roles. One walk in document order; what a line is, its ancestors say when it
 * begins. */
#include "indexer/extract/html_lines.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONE_LINE_MAX = 140, LEVEL_MAX = 12 };

struct lines {
    struct cs__html_tree *tree;
    struct cs__builder *builder;
    int fresh;            /* the next line begins a block */
    int broken;           /* a line break came, and no text since */
    uint32_t row;         /* the open row of a table; 0: none */
    uint8_t fate;         /* of the open line */
    size_t letters, bold; /* of the open line */
    size_t article_lines;
};

static int is_block(GumboTag tag)
{
    static const GumboTag blocks[] = {
        GUMBO_TAG_P,       GUMBO_TAG_DIV,        GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE,  GUMBO_TAG_MAIN,
        GUMBO_TAG_HEADER,  GUMBO_TAG_FOOTER,     GUMBO_TAG_ASIDE,   GUMBO_TAG_NAV,      GUMBO_TAG_H1,
        GUMBO_TAG_H2,      GUMBO_TAG_H3,         GUMBO_TAG_H4,      GUMBO_TAG_H5,       GUMBO_TAG_H6,
        GUMBO_TAG_UL,      GUMBO_TAG_OL,         GUMBO_TAG_LI,      GUMBO_TAG_DL,       GUMBO_TAG_DT,
        GUMBO_TAG_DD,      GUMBO_TAG_TABLE,      GUMBO_TAG_CAPTION, GUMBO_TAG_THEAD,    GUMBO_TAG_TBODY,
        GUMBO_TAG_TFOOT,   GUMBO_TAG_TR,         GUMBO_TAG_TD,      GUMBO_TAG_TH,       GUMBO_TAG_BLOCKQUOTE,
        GUMBO_TAG_PRE,     GUMBO_TAG_FIGURE,     GUMBO_TAG_FORM,    GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND,
        GUMBO_TAG_ADDRESS, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY,  GUMBO_TAG_HR,
        GUMBO_TAG_BODY,    GUMBO_TAG_HTML,       GUMBO_TAG_CENTER,  GUMBO_TAG_MENU};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (blocks[i] == tag)
            return 1;
    return 0;
}

static const struct cs__html_node *parent(const struct lines *lines, const struct cs__html_node *node)
{
    return &lines->tree->nodes[node->parent];
}

static int is_root(const struct lines *lines, const struct cs__html_node *node)
{
    return node == lines->tree->nodes;
}

/* "• item", "29. Paragraph": an item whose author typed its marker, as pages made from letters have them. */
static int has_typed_marker(const struct cs__builder *builder)
{
    static const char *const bullets[] = {"\xE2\x80\xA2", "\xC2\xB7", "\xE2\x96\xAA", "\xE2\x97\xA6",
                                          "\xE2\x96\xA0"};
    const char *text = builder->utf8.data + builder->line.start;
    size_t size = builder->utf8.size - builder->line.start, digits = 0;
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (size > strlen(bullets[i]) && memcmp(text, bullets[i], strlen(bullets[i])) == 0)
            return 1;
    while (digits < size && digits < 4 && isdigit((unsigned char)text[digits]))
        digits++;
    return digits > 0 && digits < 4 && size > digits + 1 && (text[digits] == '.' || text[digits] == ')') &&
           text[digits + 1] == ' ';
}

/* A line that is bold from end to end stands like a heading. */
static void end_line(struct lines *lines)
{
    struct cs__line *line = &lines->builder->line;
    if (!lines->builder->in_line)
        return;
    if (line->role == CS__ROLE_PARAGRAPH && (line->flags & CS__LINE_STARTS_BLOCK) &&
        has_typed_marker(lines->builder))
        line->role = CS__ROLE_NONE;
    int bold = lines->letters > 0 && lines->bold == lines->letters;
    if (bold)
        line->flags |= CS__LINE_BOLD;
    if (bold && line->role == CS__ROLE_PARAGRAPH && (line->flags & CS__LINE_STARTS_BLOCK) &&
        lines->letters <= LONE_LINE_MAX) {
        line->role = CS__ROLE_NONE;
        lines->fresh = 1;
    }
    if (cs__builder_end_line(lines->builder) && lines->fate == CS__HTML_ARTICLE)
        lines->article_lines++;
}

static void end_block(struct lines *lines)
{
    if (lines->row != 0) {
        cs__builder_character(lines->builder, ' ');
        return;
    }
    end_line(lines);
    lines->fresh = 1;
    lines->broken = 0;
}

/* Two breaks in a row are how some write paragraphs. */
static void break_line(struct lines *lines)
{
    if (lines->row != 0) {
        cs__builder_character(lines->builder, ' ');
        return;
    }
    end_line(lines);
    if (lines->broken)
        lines->fresh = 1;
    lines->broken = 1;
}

static unsigned list_level(const struct lines *lines, const struct cs__html_node *node)
{
    unsigned level = 0;
    for (; !is_root(lines, node) && level < LEVEL_MAX; node = parent(lines, node)) {
        GumboTag tag = node->tag;
        level += tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL || tag == GUMBO_TAG_MENU;
    }
    return level;
}

/* A list's item has its marker before its first line only. */
static struct cs__line item_line(struct lines *lines, uint32_t item)
{
    struct cs__html_node *node = &lines->tree->nodes[item];
    struct cs__line line = {.role = CS__ROLE_PARAGRAPH};
    if (node->used && lines->fresh)
        return line;
    node->used = 1;
    line.level = (uint8_t)list_level(lines, node);
    line.role = CS__ROLE_BULLET;
    if (parent(lines, node)->tag == GUMBO_TAG_OL) {
        line.role = CS__ROLE_NUMBERED;
        line.number = node->number;
    }
    return line;
}

static struct cs__line heading_line(GumboTag tag)
{
    return (struct cs__line){.role = CS__ROLE_HEADING, .level = (uint8_t)(tag - GUMBO_TAG_H1 + 1)};
}

/* What a line is that begins with this text: the nearest ancestor that has a say. */
static struct cs__line describe_line(struct lines *lines, const struct cs__html_node *text)
{
    for (const struct cs__html_node *node = text; !is_root(lines, node); node = parent(lines, node)) {
        GumboTag tag = node->tag;
        if (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6)
            return heading_line(tag);
        if (tag == GUMBO_TAG_LI)
            return item_line(lines, (uint32_t)(node - lines->tree->nodes));
    }
    return (struct cs__line){.role = CS__ROLE_PARAGRAPH};
}

static int begins_with_one_of(const char *text, const char *const *words)
{
    while (isspace((unsigned char)*text))
        text++;
    for (; *words != NULL; words++)
        if (strncasecmp(text, *words, strlen(*words)) == 0)
            return 1;
    return 0;
}

/* "Read more: ..." within an article, and paragraphs that are one link. */
static int leads_away(const struct lines *lines, const struct cs__html_node *text)
{
    static const char *const calls[] = {
        "read more", "read also", "also read",  "read next",        "see also",   "sign up",
        "subscribe", "follow us", "click here", "advertisement",    "share this", "related:",
        "more:",     "watch:",    "listen:",    "download our app", NULL};
    const struct cs__html_node *block = text;
    while (!is_root(lines, block) && !is_block(block->tag))
        block = parent(lines, block);
    if (block->tag != GUMBO_TAG_P || block->letters > 200)
        return 0;
    if (block->link_letters * 10 >= block->letters * 9 && block->letters > 0)
        return 1;
    return begins_with_one_of(cs__html_text(text), calls) &&
           (block->link_letters * 3 > block->letters || block->letters < 20);
}

static void begin_line(struct lines *lines, const struct cs__html_node *text)
{
    struct cs__line line = describe_line(lines, text);
    lines->fate = text->fate;
    if (lines->fate == CS__HTML_ARTICLE && lines->fresh && leads_away(lines, text))
        lines->fate = CS__HTML_SITE;
    if (lines->fate == CS__HTML_SITE)
        line = (struct cs__line){.role = CS__ROLE_SITE};
    if (lines->fresh)
        line.flags |= CS__LINE_STARTS_BLOCK;
    if (lines->fresh && line.role == CS__ROLE_PARAGRAPH)
        line.flags |= CS__LINE_BLANK_BEFORE;
    cs__builder_begin_line(lines->builder, &line);
    lines->fresh = lines->broken = 0;
    lines->letters = lines->bold = 0;
}

struct style {
    int bold, superscript, preformatted;
};

static struct style style_of(const struct lines *lines, const struct cs__html_node *node)
{
    struct style style = {0};
    for (; !is_root(lines, node); node = parent(lines, node)) {
        GumboTag tag = node->tag;
        style.bold |= tag == GUMBO_TAG_B || tag == GUMBO_TAG_STRONG;
        style.superscript |= tag == GUMBO_TAG_SUP;
        style.preformatted |= tag == GUMBO_TAG_PRE;
        if (is_block(tag))
            break;
    }
    return style;
}

static int is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n\f")] == '\0';
}

/* "1" or "[1]", raised: a note's number, that must not become part of a word. */
static int append_note_number(struct lines *lines, const char *text)
{
    static const uint32_t raised[] = {0x2070, 0xB9,   0xB2,   0xB3,   0x2074,
                                      0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    if (text[strspn(text, "[]0123456789 \n")] != '\0')
        return 0;
    for (; *text != '\0'; text++)
        if (isdigit((unsigned char)*text))
            cs__builder_character(lines->builder, raised[*text - '0']);
    return 1;
}

static void append_words(struct lines *lines, const char *text, size_t size, const struct style *style)
{
    for (size_t i = 0; i < size; i++)
        lines->letters += (unsigned char)text[i] > ' ';
    if (style->bold)
        for (size_t i = 0; i < size; i++)
            lines->bold += (unsigned char)text[i] > ' ';
    cs__builder_utf8(lines->builder, text, size);
}

static void append_text(struct lines *lines, const struct cs__html_node *node)
{
    const char *text = cs__html_text(node);
    struct style style = style_of(lines, node);
    if (lines->builder->in_line && lines->row == 0 && !is_blank(text) && node->fate != lines->fate &&
        node->fate == CS__HTML_SITE)
        end_block(lines);
    if (!lines->builder->in_line) {
        if (is_blank(text))
            return;
        begin_line(lines, node);
    }
    if (style.superscript && append_note_number(lines, text))
        return;
    while (style.preformatted && strchr(text, '\n') != NULL) {
        append_words(lines, text, strcspn(text, "\n"), &style);
        text += strcspn(text, "\n") + 1;
        break_line(lines);
        if (is_blank(text))
            return;
        begin_line(lines, node);
    }
    append_words(lines, text, strlen(text), &style);
}

static void begin_row(struct lines *lines, uint32_t row)
{
    const struct cs__html_node *node = &lines->tree->nodes[row];
    struct cs__line line = {.role = node->fate == CS__HTML_SITE ? CS__ROLE_SITE : CS__ROLE_TABLE_ROW,
                            .flags = CS__LINE_STARTS_BLOCK};
    end_block(lines);
    lines->row = row;
    lines->fate = node->fate;
    lines->letters = lines->bold = 0;
    cs__builder_begin_line(lines->builder, &line);
}

/* The row's table; 0 when it is in none. */
static uint32_t table_of(const struct cs__html_tree *tree, uint32_t i)
{
    while (i != 0 && tree->nodes[i].tag != GUMBO_TAG_TABLE)
        i = tree->nodes[i].parent;
    return i;
}

static int is_first_cell(const struct cs__html_tree *tree, uint32_t row, uint32_t cell)
{
    for (uint32_t i = row + 1; i < cell; i = tree->nodes[i].end)
        if (tree->nodes[i].tag == GUMBO_TAG_TD || tree->nodes[i].tag == GUMBO_TAG_TH)
            return 0;
    return 1;
}

/* An item's number: its own, or one more than the last. */
static void number_item(struct cs__html_tree *tree, struct cs__html_node *item)
{
    struct cs__html_node *list = &tree->nodes[item->parent];
    long value = strtol(cs__html_attribute(item, "value"), NULL, 10);
    if (value > 0 && value < 1000000)
        list->number = (uint32_t)value;
    item->number = list->number++;
}

static void open_element(struct lines *lines, uint32_t i)
{
    struct cs__html_tree *tree = lines->tree;
    struct cs__html_node *node = &tree->nodes[i];
    GumboTag tag = node->tag;
    if (tag == GUMBO_TAG_BR) {
        break_line(lines);
    } else if (tag == GUMBO_TAG_Q && lines->builder->in_line) {
        cs__builder_character(lines->builder, 0x201C);
    } else if (tag == GUMBO_TAG_OL) {
        long start = strtol(cs__html_attribute(node, "start"), NULL, 10);
        node->number = start > 0 && start < 1000000 ? (uint32_t)start : 1;
    } else if (tag == GUMBO_TAG_LI) {
        number_item(tree, node);
    } else if (tag == GUMBO_TAG_TABLE) {
        node->used = (uint8_t)cs__html_is_data_table(tree, i);
    }
    if (tag == GUMBO_TAG_TR && lines->row == 0 && tree->nodes[table_of(tree, i)].used)
        begin_row(lines, i);
    else if ((tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) && lines->row != 0 && node->parent == lines->row &&
             !is_first_cell(tree, lines->row, i))
        cs__builder_cell(lines->builder);
    else if (is_block(tag))
        end_block(lines);
}

static void close_element(struct lines *lines, uint32_t i)
{
    GumboTag tag = lines->tree->nodes[i].tag;
    if (i == lines->row && i != 0) {
        lines->row = 0;
        end_block(lines);
    } else if (is_block(tag)) {
        end_block(lines);
    } else if (tag == GUMBO_TAG_Q && lines->builder->in_line) {
        cs__builder_character(lines->builder, 0x201D);
    }
}

size_t cs__html_lines(struct cs__html_tree *tree, struct cs__builder *builder)
{
    struct lines lines = {.tree = tree, .builder = builder, .fresh = 1};
    uint32_t open = 0;
    for (uint32_t i = 1; i < tree->count; i++) {
        struct cs__html_node *node = &tree->nodes[i];
        for (; open != node->parent; open = tree->nodes[open].parent)
            close_element(&lines, open);
        if (node->fate == CS__HTML_HIDDEN) {
            i = node->end - 1;
        } else if (cs__html_text(node) != NULL) {
            append_text(&lines, node);
        } else {
            open_element(&lines, i);
            open = i;
        }
    }
    lines.row = 0;
    end_block(&lines);
    return lines.article_lines;
}
