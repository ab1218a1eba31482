/* SPDX-License-Identifier: MIT */
/* Which format a file is of, told by its content and never by its name alone. */
#ifndef INDEXER_EXTRACT_FORMAT_H
#define INDEXER_EXTRACT_FORMAT_H

#include <stddef.h>

enum cs__format {
    CS__FORMAT_UNKNOWN = 0, /**< none that is read */
    CS__FORMAT_EMPTY,       /**< nothing but blanks */
    CS__FORMAT_PDF,
    CS__FORMAT_HTML,
    CS__FORMAT_JSONL,
    CS__FORMAT_TEXT /**< plain text or Markdown */
};

/** Bytes of a file that cs__format_of() wants to see, if it has as many. */
#define CS__FORMAT_HEAD_SIZE 65536u

/** The format of a file that begins with `head`. */
enum cs__format cs__format_of(const char *head, size_t size);

/** What a file of CS__FORMAT_UNKNOWN looks like, to go in "it looks like ...". Static; never NULL. */
const char *cs__format_guess(const char *head, size_t size);

#endif
