/* SPDX-License-Identifier: MIT */
/* Printing what was extracted, for people who look at a document that reads wrongly. */
#ifndef INDEXER_EXTRACT_DUMP_H
#define INDEXER_EXTRACT_DUMP_H

#include <stddef.h>

/**
 * Print each file's properties, warnings and lines on stdout as tab-separated values:
 * page, role, level or number, flags, block, x0, y0, x1, y1, font size, text.
 *
 * Returns the exit status: 0; 1 when a file could not be read, which is said on stderr.
 */
int cs__dump_files(char **paths, size_t count);

#endif
