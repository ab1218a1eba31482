/* SPDX-License-Identifier: MIT */
/* HTML in UTF-8 -> its elements and texts in document order, measured. */
#ifndef INDEXER_EXTRACT_HTML_TREE_H
#define INDEXER_EXTRACT_HTML_TREE_H

#include <stdint.h>

#include <gumbo.h>

#include "core/arena.h"

/** What becomes of a node and all below it. */
enum cs__html_fate {
    CS__HTML_ARTICLE = 0,
    CS__HTML_SITE,  /**< furniture: kept apart */
    CS__HTML_HIDDEN /**< not for readers: scripts, form fields, what is not displayed */
};

struct cs__html_node {
    const GumboNode *node;
    GumboTag tag;          /**< GUMBO_TAG_LAST for a text */
    uint32_t parent;       /**< of the root: itself */
    uint32_t end;          /**< index behind its last descendant */
    uint32_t letters;      /**< bytes of visible text that are not blank */
    uint32_t link_letters; /**< of them, within links */
    uint32_t prose;        /**< of them, in blocks that read like sentences; set by html_main.h */
    uint32_t number;       /**< of a list: of its next item; of an item: its own */
    uint8_t fate;
    uint8_t in_link;
    uint8_t furniture; /**< by its own look or an ancestor's, not for standing outside the article only */
    uint8_t used;      /**< of an item: its marker was printed; of a table: it is one of data */
};

struct cs__html_tree {
    struct cs__arena arena; /**< of the parser and all below */
    struct cs__html_node *nodes;
    uint32_t count;
};

/** Parse `html`, which must outlive the tree; the parser gets at most `max_bytes` of memory. Release with
 * cs__html_tree_free(). Returns 0 when memory is out. */
int cs__html_tree_parse(struct cs__html_tree *tree, const char *html, size_t size, size_t max_bytes);
void cs__html_tree_free(struct cs__html_tree *tree);

/** An attribute's value, "" where there is none. */
const char *cs__html_attribute(const struct cs__html_node *node, const char *name);
/** A text's characters; NULL for an element. */
const char *cs__html_text(const struct cs__html_node *node);

#endif
