/* SPDX-License-Identifier: MIT */
/* How deep a page is nested, before a parser whose time grows with the square of it sees the page. */
#ifndef INDEXER_EXTRACT_HTML_DEPTH_H
#define INDEXER_EXTRACT_HTML_DEPTH_H

#include <stddef.h>

#include "core/buffer.h"

/** Real pages nest some thirty deep; Blink and Gecko flatten what is deeper than this, too. */
#define CS__HTML_DEPTH_MAX 400u

/** Append the page without the tags that are nested deeper than CS__HTML_DEPTH_MAX; their text stays. Returns
 * how many tags are left out; 0: nothing was appended, the page is good as it is. */
size_t cs__html_limit_depth(const char *html, size_t size, struct cs__buffer *out);

#endif
