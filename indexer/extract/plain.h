/* SPDX-License-Identifier: MIT */
/* Plain text, in UTF-8 -> its lines as they stand, with the gaps between them noted. */
#ifndef INDEXER_EXTRACT_PLAIN_H
#define INDEXER_EXTRACT_PLAIN_H

#include <stddef.h>

#include "indexer/extract/builder.h"

/** Append the lines of a text. Form feeds are page breaks; two or more lines with equally many tab-separated
 * cells are the rows of a table. */
void cs__plain_read(struct cs__builder *builder, const char *text, size_t size);

#endif
