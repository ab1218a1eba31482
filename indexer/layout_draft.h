/* SPDX-License-Identifier: MIT */
/* Drafts: blocks under construction, shared by the steps of layout. A draft is a chain of lines.
 *
 * Steps, in order. Of pages with geometry: measure, running, footnotes, pages build the drafts. Of other
 * text: flow does, after running where the text has pages. Compose writes each draft as a block. Headings,
 * wording (by cues), lists, and for bare text gather, then look at what the blocks say. */
#ifndef INDEXER_LAYOUT_DRAFT_H
#define INDEXER_LAYOUT_DRAFT_H

#include <csearch/types.h>

#include "core/arena.h"
#include "indexer/layout.h"
#include "indexer/text.h"

#define CS__NO_LINE UINT32_MAX

/** What a line of a page is for. */
enum cs__line_use {
    CS__USE_BODY = 0,
    CS__USE_HEADER,
    CS__USE_FOOTER,
    CS__USE_PAGE_NUMBER,
    CS__USE_FOOTNOTE,
    CS__USE_RULE /**< a line drawn with characters */
};

/** What layout knows of one line; parallel to cs__text.lines. */
struct cs__draft_line {
    uint32_t start, end; /**< the part that counts: without its marker */
    uint32_t next;       /**< line of the same draft; CS__NO_LINE at its end */
    float run_right;     /**< right edge of the lines it stands among, in points */
    uint8_t join;        /**< what stands before it when it isn't the first: ' ' or '\t' */
    uint8_t use;         /**< enum cs__line_use */
    uint8_t zone;        /**< 1 near the top of its page, 2 near the bottom, else 0 */
};

struct cs__draft {
    uint32_t first, last;              /**< lines */
    uint32_t number_start, number_end; /**< bytes of the text; equal where there is no number */
    uint32_t number_value;             /**< where the format gave a number and no words */
    float x0;                          /**< of its first line, the marker included */
    float hang;                        /**< of its later lines; x0 until known */
    float font_size;
    uint8_t kind; /**< enum cs__block_kind */
    uint8_t level;
    uint8_t bold;
    uint8_t marked; /**< enum cs__marker_kind of its first line */
    uint8_t alone;  /**< more space stands before it than within a paragraph */
};

/** The page's own measures. All 0 where lines have no geometry. */
struct cs__measures {
    float body_size; /**< font size of most characters, in points */
    float leading;   /**< from line to line in a paragraph, as a multiple of the font size */
    float width;     /**< of full lines of body text, in points */
    float height;    /**< of the page, in points */
};

struct cs__drafting {
    const struct cs__text *text;
    struct cs__arena scratch;     /**< owns `lines` and what steps need for themselves */
    struct cs__draft_line *lines; /**< parallel to text->lines */
    struct cs__draft *drafts;     /**< malloc'd; later parallel to the blocks */
    uint32_t count, capacity;
    struct cs__measures measures;
};

/** A new draft of one line, with that line's looks; NULL when memory is out. Moves the other drafts. */
struct cs__draft *cs__draft_add(struct cs__drafting *drafting, uint32_t line, enum cs__block_kind kind);
/** Append `line` to `draft`. */
void cs__draft_append(struct cs__drafting *drafting, struct cs__draft *draft, uint32_t line, char join);
/** The part of `line` that counts; not NUL-terminated. */
const char *cs__draft_text(const struct cs__drafting *drafting, uint32_t line, size_t *size);

/** "________": whether the line is drawn with characters, or in letters that nobody can see. */
int cs__layout_is_rule(const struct cs__drafting *drafting, uint32_t line);

/** Steps before compose. Those that return a status return CS_OK or CS_ERR_NOMEM. */
void cs__layout_measure(struct cs__drafting *drafting);
cs_status cs__layout_running(struct cs__drafting *drafting);
void cs__layout_footnotes(struct cs__drafting *drafting);
cs_status cs__layout_pages(struct cs__drafting *drafting);
cs_status cs__layout_flow(struct cs__drafting *drafting);
/** Drafts -> blocks, one each. Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__layout_compose(struct cs__drafting *drafting, struct cs__blocks *out);
/** Steps after compose: they change kind, level and lead of the blocks. */
void cs__layout_headings(const struct cs__drafting *drafting, struct cs__blocks *blocks);
void cs__layout_wording(const struct cs__drafting *drafting, struct cs__blocks *blocks);
void cs__layout_lists(const struct cs__drafting *drafting, struct cs__blocks *blocks);
/** For bare text: short neighbouring paragraphs become one block. The blocks are no longer parallel to the
 * drafts. */
void cs__layout_gather(struct cs__blocks *blocks);

#endif
