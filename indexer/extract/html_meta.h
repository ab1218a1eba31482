/* SPDX-License-Identifier: MIT */
/* What a page says of itself in its head, its JSON-LD and its <time> elements. */
#ifndef INDEXER_EXTRACT_HTML_META_H
#define INDEXER_EXTRACT_HTML_META_H

#include "indexer/extract/builder.h"
#include "indexer/extract/html_tree.h"

/** Keep the properties "title", "url", "published", "modified", "author" and "site". Days are printed as
 * 2023-05-09. */
void cs__html_meta(const struct cs__html_tree *tree, struct cs__builder *builder);

#endif
