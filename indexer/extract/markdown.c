/* SPDX-License-Identifier: MIT */
/* Markdown: lines in, lines with roles out. Source of the forms: CommonMark 0.30, sections 4 and 5; tables as
 * in GitHub's; footnotes as in Pandoc. Lists without blank lines, tables of tabs and footnotes that begin
 * with a raised digit are what people's exports of reports look like. */
#include "indexer/extract/markdown.h"

#include <ctype.h>
#include <string.h>

#include "core/utf8.h"
#include "indexer/extract/markdown_line.h"
#include "indexer/extract/text_lines.h"

enum { LIST_DEPTH_MAX = 12, LONE_LINE_MAX = 140 };

struct list {
    unsigned indent;
    uint32_t written, number; /* of its last item */
};

struct markdown {
    struct cs__builder *builder;
    const char *at, *end;  /* what follows the line at hand */
    struct cs__line block; /* the open one; role of its next lines */
    int open, blank;       /* a block is open; an empty line came before */
    struct list lists[LIST_DEPTH_MAX];
    unsigned depth;
};

static struct cs__span peek(const struct markdown *md)
{
    const char *at = md->at;
    struct cs__span line;
    return cs__next_line(&at, md->end, &line) ? cs__trim(line) : (struct cs__span){md->end, md->end};
}

static void close_block(struct markdown *md)
{
    md->open = 0;
}

/* One line of the open block, or the first of a new one. */
static void append(struct markdown *md, struct cs__span label, struct cs__span text, int starts)
{
    struct cs__line looks = md->block;
    if (starts)
        looks.flags |= CS__LINE_STARTS_BLOCK;
    if (md->blank)
        looks.flags |= CS__LINE_BLANK_BEFORE;
    cs__builder_begin_line(md->builder, &looks);
    cs__markdown_inline(md->builder, label.start, cs__span_size(label));
    cs__builder_character(md->builder, ' ');
    if (cs__markdown_inline(md->builder, text.start, cs__span_size(text)))
        md->builder->line.flags |= CS__LINE_BOLD;
    cs__builder_end_line(md->builder);
    md->blank = 0;
}

static struct cs__span no_label(struct cs__span text)
{
    return (struct cs__span){text.start, text.start};
}

static void begin(struct markdown *md, struct cs__line block, struct cs__span text)
{
    md->block = block;
    md->open = 1;
    append(md, no_label(text), text, 1);
}

static int take_fence(struct markdown *md, struct cs__span line)
{
    char mark = cs__span_size(line) >= 3 ? *line.start : '\0';
    if ((mark != '`' && mark != '~') || line.start[1] != mark || line.start[2] != mark)
        return 0;
    close_block(md);
    md->block = (struct cs__line){.role = CS__ROLE_PARAGRAPH};
    struct cs__span code;
    for (int starts = 1; cs__next_line(&md->at, md->end, &code); starts = 0) {
        struct cs__span trimmed = cs__trim(code);
        if (cs__span_size(trimmed) >= 3 && memcmp(trimmed.start, line.start, 3) == 0)
            break;
        struct cs__line looks = {.role = CS__ROLE_PARAGRAPH, .flags = starts ? CS__LINE_STARTS_BLOCK : 0};
        cs__builder_line(md->builder, &looks, code.start, cs__span_size(code));
    }
    return 1;
}

static int take_comment(struct markdown *md, struct cs__span line)
{
    if (cs__span_size(line) < 4 || memcmp(line.start, "<!--", 4) != 0)
        return 0;
    const char *close = memmem(line.start, (size_t)(md->end - line.start), "-->", 3);
    if (close == NULL)
        return 0;
    struct cs__span rest;
    md->at = close + 3;
    cs__next_line(&md->at, md->end, &rest);
    return 1;
}

static int take_heading(struct markdown *md, struct cs__span line)
{
    unsigned level = cs__markdown_heading(&line);
    if (level == 0)
        return 0;
    begin(md, (struct cs__line){.role = CS__ROLE_HEADING, .level = (uint8_t)level}, line);
    close_block(md);
    md->depth = 0;
    return 1;
}

/* A line of text with a line of = or - below it. */
static int take_setext(struct markdown *md, struct cs__span line)
{
    unsigned level = md->open ? 0 : cs__markdown_underline(peek(md));
    if (level == 0)
        return 0;
    begin(md, (struct cs__line){.role = CS__ROLE_HEADING, .level = (uint8_t)level}, line);
    close_block(md);
    cs__next_line(&md->at, md->end, &line);
    md->depth = 0;
    return 1;
}

static void append_cells(struct markdown *md, struct cs__span line, char border)
{
    struct cs__line looks = {.role = CS__ROLE_TABLE_ROW, .flags = CS__LINE_STARTS_BLOCK};
    if (md->blank)
        looks.flags |= CS__LINE_BLANK_BEFORE;
    md->blank = 0;
    line = cs__trim(line);
    if (border == '|')
        line = cs__markdown_row(line);
    cs__builder_begin_line(md->builder, &looks);
    while (line.start <= line.end) {
        const char *stop = cs__markdown_cell_end(line, border);
        cs__markdown_inline(md->builder, line.start, (size_t)(stop - line.start));
        if (stop < line.end)
            cs__builder_cell(md->builder);
        line.start = stop + 1;
    }
    cs__builder_end_line(md->builder);
}

static int take_pipe_table(struct markdown *md, struct cs__span line)
{
    struct cs__span row;
    if (memchr(line.start, '|', cs__span_size(line)) == NULL || !cs__markdown_is_delimiter_row(peek(md)))
        return 0;
    close_block(md);
    append_cells(md, line, '|');
    cs__next_line(&md->at, md->end, &row);
    for (row = peek(md); memchr(row.start, '|', cs__span_size(row)) != NULL; row = peek(md)) {
        cs__next_line(&md->at, md->end, &row);
        append_cells(md, row, '|');
    }
    return 1;
}

static int take_tab_table(struct markdown *md, struct cs__span line)
{
    size_t rows = cs__tab_rows(line, md->at, md->end);
    if (rows == 0)
        return 0;
    close_block(md);
    append_cells(md, line, '\t');
    while (--rows > 0 && cs__next_line(&md->at, md->end, &line))
        append_cells(md, line, '\t');
    return 1;
}

/* The level of an item by its indent: deeper than the last, as deep, or back to one before. */
static struct list *enter_list(struct markdown *md, unsigned indent)
{
    while (md->depth > 1 && indent < md->lists[md->depth - 1].indent)
        md->depth--;
    if (md->depth == 0 || (indent >= md->lists[md->depth - 1].indent + 2 && md->depth < LIST_DEPTH_MAX))
        md->lists[md->depth++] = (struct list){.indent = indent};
    return &md->lists[md->depth - 1];
}

static int take_item(struct markdown *md, struct cs__span line, unsigned indent)
{
    struct cs__markdown_item item;
    if (!cs__markdown_item(line, &item))
        return 0;
    struct list *list = enter_list(md, indent);
    struct cs__line block = {.role = CS__ROLE_BULLET, .level = (uint8_t)md->depth};
    if (item.numbered) {
        /* "1." before each item is the lazy way to write 1, 2, 3. */
        list->number = item.number == list->written ? list->number + 1 : item.number;
        list->written = item.number;
        block.role = CS__ROLE_NUMBERED;
        block.number = list->number;
    }
    begin(md, block, item.text);
    return 1;
}

static int take_note(struct markdown *md, struct cs__span line)
{
    struct cs__span label, text;
    if (!cs__markdown_note(line, &label, &text))
        return 0;
    md->block = (struct cs__line){.role = CS__ROLE_FOOTNOTE};
    md->open = 1;
    append(md, label, text, 1);
    md->depth = 0;
    return 1;
}

static int ends_like_prose(struct cs__span line)
{
    return line.end > line.start && strchr(".;,", line.end[-1]) != NULL;
}

/* Text that is nothing else: it goes on with the open block, or begins a paragraph. */
static void take_text(struct markdown *md, struct cs__span line, unsigned indent)
{
    if (md->open) {
        append(md, no_label(line), line, 0);
        return;
    }
    if (indent == 0)
        md->depth = 0;
    struct cs__span next = peek(md);
    struct cs__markdown_item item;
    int lone = cs__span_size(next) == 0 || cs__markdown_item(next, &item);
    int heading_like = lone && cs__span_size(line) <= LONE_LINE_MAX && !ends_like_prose(line);
    begin(md, (struct cs__line){.role = heading_like ? CS__ROLE_NONE : CS__ROLE_PARAGRAPH}, line);
}

static void take_line(struct markdown *md, struct cs__span whole)
{
    struct cs__span line = cs__markdown_unquote(cs__trim(whole));
    unsigned indent = cs__markdown_indent(whole);
    if (cs__span_size(line) == 0) {
        close_block(md);
        md->blank = 1;
        return;
    }
    if (take_fence(md, line) || take_comment(md, line) || take_heading(md, line) || take_setext(md, line) ||
        take_pipe_table(md, line) || take_item(md, line, indent) || take_tab_table(md, line) ||
        take_note(md, line))
        return;
    if (cs__markdown_is_rule(line) || cs__markdown_is_link_definition(line))
        close_block(md);
    else
        take_text(md, line, indent);
}

void cs__markdown_read(struct cs__builder *builder, const char *text, size_t size)
{
    struct markdown md = {.builder = builder, .at = text, .end = text + size};
    struct cs__span line;
    while (cs__next_line(&md.at, md.end, &line))
        take_line(&md, line);
}
