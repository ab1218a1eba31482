/* SPDX-License-Identifier: MIT */
/* Layout: text -> blocks. Lines become headings, paragraphs, bullets, table rows, footnotes; furniture is
 * told apart and kept. */
#ifndef INDEXER_LAYOUT_H
#define INDEXER_LAYOUT_H

#include <csearch/types.h>

#include "core/arena.h"
#include "indexer/text.h"

/** Stored in the index (passage.kind): append only. */
enum cs__block_kind {
    CS__BLOCK_PARAGRAPH = 0,
    CS__BLOCK_BULLET,
    CS__BLOCK_TABLE_ROW, /**< cells separated by '\t' */
    CS__BLOCK_FOOTNOTE,
    CS__BLOCK_TITLE, /**< of the document, on its first page */
    CS__BLOCK_HEADING,
    CS__BLOCK_RUNNING_HEADER,
    CS__BLOCK_RUNNING_FOOTER,
    CS__BLOCK_PAGE_NUMBER,
    CS__BLOCK_CONTENTS,    /**< a line of the table of contents */
    CS__BLOCK_BOILERPLATE, /**< what the inspectorate says of itself at the end of each report */
    CS__BLOCK_CONTACT,     /**< addresses, copyright, addressee, salutation, signature */
    CS__BLOCK_SITE,        /**< a web page's or newspaper's own furniture */
    CS__BLOCK_KIND_COUNT
};

/** Whether blocks of `kind` are what readers search and quote. */
int cs__block_is_passage(enum cs__block_kind kind);

#define CS__NO_BLOCK UINT32_MAX

struct cs__block {
    enum cs__block_kind kind;
    uint8_t level; /**< headings 1..6, bullets 1.. */
    uint32_t page; /**< on which it begins; 0 where there are no pages */
    uint32_t last_page;
    /** Bytes in the extracted text, from its first character behind a marker to its last; furniture may stand
     * between, at a page break. Where end - start == size, these are the bytes of `text`. */
    uint32_t start, end;
    /** As a reader sees it: lines joined by a space, a compound broken at a line end joined with its hyphen,
     * a word broken by a real hyphenation joined without. Cells of a row, and a heading and the grade that
     * stands beside it, are separated by '\t'. NUL-terminated UTF-8. */
    const char *text;
    uint32_t size;
    const char *number; /**< "29", "1.2"; NULL where it has none; not part of `text` */
    uint32_t lead;      /**< bullets: the block that leads the list in; else CS__NO_BLOCK */
    float font_size;    /**< 0 where unknown */
    uint8_t bold;
};

struct cs__blocks {
    struct cs__arena arena;
    struct cs__block *items;
    size_t count;
};

/** `out` is filled; release it with cs__blocks_free(). Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__layout(const struct cs__text *text, struct cs__blocks *out, cs_error *error);
void cs__blocks_free(struct cs__blocks *blocks);

#endif
