/* SPDX-License-Identifier: MIT */
/* Markdown: its blocks line by line, and its marks within a line. */
#ifndef INDEXER_EXTRACT_MARKDOWN_H
#define INDEXER_EXTRACT_MARKDOWN_H

#include <stddef.h>

#include "indexer/extract/builder.h"

/** Whether a text is written in Markdown, by what its lines look like. */
int cs__markdown_is(const char *text, size_t size);

/** Append the lines of a text in Markdown, with their roles. A lone short line without a full stop gets no
 * role: layout finds out whether it is a heading. */
void cs__markdown_read(struct cs__builder *builder, const char *text, size_t size);

/**
 * Append a line's words to the open line, without the marks of emphasis, code, links and footnotes, character
 * references resolved. Returns whether all of it was strong.
 */
int cs__markdown_inline(struct cs__builder *builder, const char *text, size_t size);

#endif
