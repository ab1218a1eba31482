/* SPDX-License-Identifier: MIT */
/* Text: what extraction gives for one document, before any understanding. Output of extract, input of layout.
 *
 * The extracted UTF-8 text is the document's own text: one line of the page a line, '\n' after each, '\f'
 * alone between pages (it belongs to no line). All positions anywhere are byte offsets into it. Where the
 * format says what a line is (HTML, Markdown), `role` says so; else it is CS__ROLE_NONE and layout finds out
 * from the words and the geometry.
 *
 * Characters are cleaned: no controls, no zero-width marks, one space for any run of blanks and none at a
 * line's ends, ligatures spelt out, bullets of symbol fonts as real ones (U+2022 and its like, always first
 * in the line). A soft hyphen (U+00AD) stands at the end of a line only, where a word was broken for certain.
 * A PDF's line is a run on one baseline: cells of one row are lines of their own with the same y, but a
 * marker ("29.", a bullet) and its words are one line. Raised, small digits come as U+00B9 and its like: a
 * footnote's number is never part of a word or a number. */
#ifndef INDEXER_TEXT_H
#define INDEXER_TEXT_H

#include <csearch/types.h>

#include "core/arena.h"

enum cs__role {
    CS__ROLE_NONE = 0,
    CS__ROLE_HEADING, /**< level 1..6 */
    CS__ROLE_PARAGRAPH,
    CS__ROLE_BULLET,    /**< level 1.. = nesting; its marker is not in the line */
    CS__ROLE_NUMBERED,  /**< a numbered list's item; `number` is its number, not in the line */
    CS__ROLE_TABLE_ROW, /**< cells separated by '\t' */
    CS__ROLE_FOOTNOTE,
    CS__ROLE_SITE /**< a web page's furniture: kept apart from the article */
};

enum cs__line_flags {
    CS__LINE_BOLD = 1,
    CS__LINE_ITALIC = 2,
    CS__LINE_STARTS_BLOCK = 4,  /**< this line begins a new block (with a role); one without continues it */
    CS__LINE_BLANK_BEFORE = 8,  /**< text, Markdown: an empty line, or one of blanks, stood before it;
                                     HTML: a paragraph's gap */
    CS__LINE_WRAPPED_BLANK = 16 /**< text: more than one empty line, or a line of blanks, stood before it */
};

/** One line. Geometry is in points, y downwards from the top of the page; all 0 where the format has none,
 * but that x0 of plain text is its indentation, 6 points a column. */
struct cs__line {
    uint32_t start, end; /**< bytes in the text, half open, without the '\n' */
    uint16_t page;       /**< 1-based; 0 where the format has no pages */
    uint8_t role;        /**< enum cs__role */
    uint8_t level;
    uint16_t flags;  /**< enum cs__line_flags */
    uint16_t column; /**< MuPDF's block on this page: lines of one block belong together by the page's own
                        layout */
    uint32_t number; /**< CS__ROLE_NUMBERED */
    float x0, y0, x1, y1;
    float font_size; /**< of most of its characters */
};

struct cs__text {
    struct cs__arena arena; /**< owns all below */
    const char *format;     /**< "pdf", "html", "text", "markdown", "jsonl" */
    const char *record;     /**< JSON Lines: the record's id; else NULL */
    char *utf8;
    size_t size;
    struct cs__line *lines;
    size_t line_count;
    uint32_t pages;
    float page_width, page_height; /**< of the first page */
    /** What the container says of the document: "title", "author", "created", "modified", "url", "published",
     * …, and for JSON Lines, front matter and sidecar-like records each field given there as "set.KEY". Pairs
     * of key and value. */
    struct cs__property {
        const char *key;
        const char *value;
    } * properties;
    size_t property_count;
    const char **warnings; /**< what was repaired or left out, as sentences */
    size_t warning_count;
};

/** The value of a property; NULL when there is none. */
const char *cs__text_property(const struct cs__text *text, const char *key);
void cs__text_free(struct cs__text *text);

#endif
