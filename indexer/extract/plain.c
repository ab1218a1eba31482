/* SPDX-License-Identifier: MIT */
/* Plain text -> its lines as they stand. */
#include "indexer/extract/plain.h"

#include <string.h>

#include "indexer/extract/text_lines.h"

struct plain {
    struct cs__builder *builder;
    size_t empty_lines; /* since the last line with words */
    int blank_line;     /* one of them was of blanks */
    size_t rows;        /* of a table, left */
};

static uint16_t gap_flags(const struct plain *plain)
{
    if (plain->empty_lines == 0)
        return 0;
    return plain->blank_line || plain->empty_lines > 1 ? CS__LINE_BLANK_BEFORE | CS__LINE_WRAPPED_BLANK
                                                       : CS__LINE_BLANK_BEFORE;
}

/* Where the line begins: the columns before it, as points of a typewriter's font. */
static float indentation(struct cs__span line)
{
    unsigned columns = 0;
    for (const char *at = line.start; at < line.end && columns < 200 && (*at == ' ' || *at == '\t'); at++)
        columns = *at == '\t' ? (columns + 8) / 8 * 8 : columns + 1;
    return 6.0f * (float)columns;
}

/* Tabs within a line part cells, whether or not there are rows enough for a table. */
static void append_cells(struct cs__builder *builder, struct cs__span line)
{
    line = cs__trim(line);
    while (line.start < line.end) {
        const char *tab = memchr(line.start, '\t', cs__span_size(line));
        const char *stop = tab == NULL ? line.end : tab;
        cs__builder_utf8(builder, line.start, (size_t)(stop - line.start));
        if (tab != NULL)
            cs__builder_cell(builder);
        line.start = stop + (tab != NULL);
    }
}

/* `rest` is what follows the line, up to `end`. */
static void append_line(struct plain *plain, struct cs__span line, const char *rest, const char *end)
{
    struct cs__line looks = {.flags = gap_flags(plain), .x0 = indentation(line)};
    if (plain->rows == 0)
        plain->rows = cs__tab_rows(line, rest, end);
    if (plain->rows > 0) {
        plain->rows--;
        looks.role = CS__ROLE_TABLE_ROW;
        looks.flags |= CS__LINE_STARTS_BLOCK;
    }
    cs__builder_begin_line(plain->builder, &looks);
    append_cells(plain->builder, line);
    if (cs__builder_end_line(plain->builder)) {
        plain->empty_lines = 0;
        plain->blank_line = 0;
        return;
    }
    plain->empty_lines++;
    plain->blank_line |= line.start < line.end;
}

static void read_page(struct plain *plain, const char *at, const char *end)
{
    struct cs__span line;
    while (cs__next_line(&at, end, &line))
        append_line(plain, line, at, end);
}

void cs__plain_read(struct cs__builder *builder, const char *text, size_t size)
{
    struct plain plain = {.builder = builder};
    const char *at = text, *end = text + size, *feed;
    while (end > at && strchr("\f\n\r \t", end[-1]) != NULL)
        end--;
    while ((feed = memchr(at, '\f', (size_t)(end - at))) != NULL && builder->text.pages < UINT16_MAX) {
        cs__builder_begin_page(builder);
        read_page(&plain, at, feed);
        at = feed + 1;
    }
    if (at > text)
        cs__builder_begin_page(builder);
    read_page(&plain, at, end);
}
