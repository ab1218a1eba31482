/* SPDX-License-Identifier: MIT */
/* Page flow: where the walk over a page's lines stands, and how the next line stands to it. */
#ifndef INDEXER_LAYOUT_PAGE_FLOW_H
#define INDEXER_LAYOUT_PAGE_FLOW_H

#include "indexer/layout_draft.h"
#include "indexer/layout_rows.h"
#include "indexer/layout_signs.h"

/** A line further below the one before than this, in multiples of what lines of a paragraph have, begins a
 * block. */
#define CS__PARAGRAPH_PITCH 1.27f
/** Points by which lines of one edge may differ. */
#define CS__EDGE 3.0f
/** A marker stands at most this many font sizes before what it marks. */
#define CS__HANG_MAX 6.0f

struct cs__page_flow {
    struct cs__drafting *drafting;
    struct cs__draft *open; /**< may be continued; NULL at the beginning */
    uint32_t before;        /**< the body line put down last */
    uint32_t last_number;   /**< of the numbered paragraphs so far */
    struct cs__row row;     /**< where `open` may be, or is, a row of a table */
    uint32_t footnote;      /**< draft; CS__NO_BLOCK for none */
};

/** Whether `line` goes on in the open draft, below its last line, in the next column or on the next page.
 * Learns the draft's hanging edge from its second line. */
int cs__flow_continues(const struct cs__page_flow *flow, uint32_t line);
/** Whether the marker that `line` begins with is one: sets apart "29. Children" from a sentence whose line
 * begins with a year or a dash. */
int cs__flow_is_item(const struct cs__page_flow *flow, uint32_t line, const struct cs__marker *marker);
/** Whether `line` is an item whose bullet draws nothing: it is set in below a line that leads it in. */
int cs__flow_has_lost_bullet(const struct cs__page_flow *flow, uint32_t line);

/** How the line before and `line` stand to each other. */
const struct cs__line *cs__flow_looks(const struct cs__page_flow *flow, uint32_t line);
int cs__flow_same_page(const struct cs__page_flow *flow, uint32_t line);
/** From `before` down to `line`, in multiples of what lines of a paragraph have. */
float cs__flow_pitch(const struct cs__page_flow *flow, uint32_t before, uint32_t line);
enum cs__line_end cs__flow_ends(const struct cs__page_flow *flow, uint32_t line);
/** Whether size and weight are the open draft's. */
int cs__flow_same_looks(const struct cs__page_flow *flow, uint32_t line);
/** Whether the line stands where the open item's own lines stand, not where its marker does. */
int cs__flow_in_hang(const struct cs__page_flow *flow, uint32_t line);
/** Whether the open draft looks like a heading. */
int cs__flow_in_heading(const struct cs__page_flow *flow);

#endif
