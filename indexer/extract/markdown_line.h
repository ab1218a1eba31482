/* SPDX-License-Identifier: MIT */
/* What one line of Markdown is by itself. All take a line without blanks at its ends, unless they say so. */
#ifndef INDEXER_EXTRACT_MARKDOWN_LINE_H
#define INDEXER_EXTRACT_MARKDOWN_LINE_H

#include <stdint.h>

#include "indexer/extract/text_lines.h"

struct cs__markdown_item {
    int numbered;
    uint32_t number;
    struct cs__span text; /**< behind the marker */
};

/** Columns of blanks before a line as it stands; a tab goes on to the next multiple of four. */
unsigned cs__markdown_indent(struct cs__span line);
/** The line without the marks of block quotes before it. */
struct cs__span cs__markdown_unquote(struct cs__span line);
/** Level of "# heading", 1..6; `*line` becomes its text. 0: none. */
unsigned cs__markdown_heading(struct cs__span *line);
/** Level of a heading that this line underlines; 0: none. */
unsigned cs__markdown_underline(struct cs__span line);
/** Whether it is "- item" or "1. item". */
int cs__markdown_item(struct cs__span line, struct cs__markdown_item *out);
/** Whether it is "[^1]: note" (`*label` is then "[^1]"), or begins with raised digits (`*label` is then
 * empty). */
int cs__markdown_note(struct cs__span line, struct cs__span *label, struct cs__span *text);
/** "***", "- - -". */
int cs__markdown_is_rule(struct cs__span line);
/** "[name]: https://..." */
int cs__markdown_is_link_definition(struct cs__span line);
/** "|---|:-:|" */
int cs__markdown_is_delimiter_row(struct cs__span line);
/** A row without the pipes at its ends. */
struct cs__span cs__markdown_row(struct cs__span line);
/** Where the row's first cell ends: at the next `border` that no backslash stands before, or the end. */
const char *cs__markdown_cell_end(struct cs__span row, char border);

#endif
