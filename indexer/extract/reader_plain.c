/* SPDX-License-Identifier: MIT */
/* Plain text: bytes in, lines as they stand out. */
#include "indexer/extract/reader.h"

#include <string.h>

#include "core/error.h"

/* Where the line begins: the columns before it, as points of a typewriter's font. */
static float indentation(const char *at, const char *end)
{
    unsigned columns = 0;
    for (; at < end && columns < 200; at++)
        if (*at == '\t')
            columns = (columns + 8) / 8 * 8;
        else if (*at == ' ')
            columns++;
        else
            break;
    return 6.0f * (float)columns;
}

/* Tabs within a line part the cells of a row. */
static void append_cells(struct cs__builder *builder, const char *at, const char *end)
{
    while (at < end && (*at == '\t' || *at == ' '))
        at++;
    while (at < end) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        const char *cell_end = tab != NULL ? tab : end;
        cs__builder_utf8(builder, at, (size_t)(cell_end - at));
        at = cell_end;
        while (at < end && (*at == '\t' || *at == ' ' || *at == '\r'))
            at++;
        if (at < end)
            cs__builder_cell(builder);
    }
}

cs_status cs__read_plain(struct cs__input *input, cs_error *error)
{
    struct cs__builder *builder = input->builder;
    const char *at = input->bytes, *end = at + input->size;
    struct cs__line looks = {0};
    cs__builder_begin(builder, "text");
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (line_end == NULL)
            line_end = end;
        looks.x0 = indentation(at, line_end);
        cs__builder_begin_line(builder, &looks);
        append_cells(builder, at, line_end);
        int empty = line_end == at || (line_end == at + 1 && *at == '\r');
        if (cs__builder_end_line(builder))
            looks.flags = 0;
        else
            looks.flags |= CS__LINE_BLANK_BEFORE | (empty ? 0 : CS__LINE_WRAPPED_BLANK);
        at = line_end + (line_end < end);
    }
    return cs__reader_send(input, error);
}
