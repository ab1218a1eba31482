/* SPDX-License-Identifier: MIT */
/* A page's tree, its main part found -> lines with roles. */
#ifndef INDEXER_EXTRACT_HTML_LINES_H
#define INDEXER_EXTRACT_HTML_LINES_H

#include "indexer/extract/builder.h"
#include "indexer/extract/html_tree.h"

/** Append the lines of all that is not hidden, in document order; furniture as CS__ROLE_SITE. A short
 * paragraph that is bold as a whole, or begins with a bullet or number that was typed, gets no role: layout
 * finds out what it is. Returns how many lines of the article there are. */
size_t cs__html_lines(struct cs__html_tree *tree, struct cs__builder *builder);

/** Whether a table holds data: rows of short cells, not the page's layout. */
int cs__html_is_data_table(const struct cs__html_tree *tree, uint32_t table);

#endif
