/* SPDX-License-Identifier: MIT */
/* Walking over the lines of a text, and asking what a line begins with. */
#ifndef INDEXER_EXTRACT_TEXT_LINES_H
#define INDEXER_EXTRACT_TEXT_LINES_H

#include <stddef.h>

/** A line without its end; borrowed. */
struct cs__span {
    const char *start, *end;
};

/** The next line from `*at` on, which ends at '\n', "\r\n", or a '\r' alone; moves `*at`. Returns 0 at the
 * end. */
int cs__next_line(const char **at, const char *end, struct cs__span *out);

/** Without blanks and tabs at both ends. */
struct cs__span cs__trim(struct cs__span span);

static inline size_t cs__span_size(struct cs__span span)
{
    return (size_t)(span.end - span.start);
}

/** How many cells tabs make of a line; leading tabs make none. */
size_t cs__tab_cells(struct cs__span line);

/** Of how many lines, from `line` on, is a table of tab-separated cells: all with as many cells, at least two
 * of both; else 0. `at` is what follows `line`. */
size_t cs__tab_rows(struct cs__span line, const char *at, const char *end);

#endif
