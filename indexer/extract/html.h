/* SPDX-License-Identifier: MIT */
/* HTML, in UTF-8 -> the article's lines with their roles, and the site around it as CS__ROLE_SITE lines. */
#ifndef INDEXER_EXTRACT_HTML_H
#define INDEXER_EXTRACT_HTML_H

#include <stddef.h>

#include "indexer/extract/builder.h"

/** Append a page's lines and properties ("title", "url", "published", "author", "site"). Pages nested beyond
 * reason lose the tags that are too deep, and a warning says so. Returns 0 when memory is out. */
int cs__html_read(struct cs__builder *builder, const char *html, size_t size);

#endif
