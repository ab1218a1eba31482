/* SPDX-License-Identifier: MIT */
/* Which part of a page is the article, and which the site around it. */
#ifndef INDEXER_EXTRACT_HTML_MAIN_H
#define INDEXER_EXTRACT_HTML_MAIN_H

#include "indexer/extract/html_tree.h"

/**
 * Set each node's fate. What is furniture by its element, its role or its names is so wherever it stands; the
 * article is where the page says so (itemprop articleBody, article, main), if most of the page's prose is
 * there, else the smallest part that holds nearly all of the prose. A page without prose is an article as a
 * whole.
 */
void cs__html_find_main(struct cs__html_tree *tree);

#endif
