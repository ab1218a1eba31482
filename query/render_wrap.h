/* SPDX-License-Identifier: MIT */
/* Wrapping text to lines, with some of its bytes marked. Input: UTF-8 and ranges; output: lines on a stream.
 */
#ifndef QUERY_RENDER_WRAP_H
#define QUERY_RENDER_WRAP_H

#include <csearch/query.h>

#include <stdio.h>

/** Where a paragraph stands. Fill in `out`, `width`, `indent`, `color`; the rest zero. */
struct cs__wrap {
    FILE *out;
    unsigned width;    /**< columns of a line */
    unsigned indent;   /**< blanks before each line */
    int color;         /**< whether marks are shown */
    const char *style; /**< escape sequence of all that is not marked; NULL for plain */
    unsigned column;
    int is_marked;
};

/** Escape sequences; print them only where colour is wanted. */
#define CS__STYLE_MARK "\x1b[1;33m"
#define CS__STYLE_BOLD "\x1b[1m"
#define CS__STYLE_DIM "\x1b[2m"
#define CS__STYLE_END "\x1b[0m"

/**
 * Append the bytes `from` to `to` of `text`, word by word; a word that does not fit begins a new line. Of
 * `marks`, the ranges are bytes of `text`, in order.
 */
void cs__wrap_text(struct cs__wrap *wrap, const char *text, size_t from, size_t to, const cs_range *marks,
                   size_t mark_count);
/** The same for a string without marks. */
void cs__wrap_string(struct cs__wrap *wrap, const char *text);
/** End the line, if one was begun. */
void cs__wrap_end(struct cs__wrap *wrap);

#endif
