/* SPDX-License-Identifier: MIT */
/* Walking over the lines of a text. */
#include "indexer/extract/text_lines.h"

int cs__next_line(const char **at, const char *end, struct cs__span *out)
{
    if (*at >= end)
        return 0;
    const char *start = *at, *stop = start;
    while (stop < end && *stop != '\n' && *stop != '\r')
        stop++;
    const char *next = stop + (stop < end);
    if (next < end && *stop == '\r' && *next == '\n')
        next++;
    *out = (struct cs__span){start, stop};
    *at = next;
    return 1;
}

struct cs__span cs__trim(struct cs__span span)
{
    while (span.start < span.end && (*span.start == ' ' || *span.start == '\t'))
        span.start++;
    while (span.start < span.end && (span.end[-1] == ' ' || span.end[-1] == '\t'))
        span.end--;
    return span;
}

size_t cs__tab_cells(struct cs__span line)
{
    size_t cells = 1;
    line = cs__trim(line);
    for (const char *at = line.start; at < line.end; at++)
        cells += *at == '\t';
    return line.start == line.end ? 0 : cells;
}

size_t cs__tab_rows(struct cs__span line, const char *at, const char *end)
{
    size_t cells = cs__tab_cells(line), rows = 1;
    if (cells < 2)
        return 0;
    while (cs__next_line(&at, end, &line) && cs__tab_cells(line) == cells)
        rows++;
    return rows < 2 ? 0 : rows;
}
