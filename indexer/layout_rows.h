/* SPDX-License-Identifier: MIT */
/* Rows of tables: lines that stand beside each other. The open draft is a row's first cell as soon as a line
 * comes that stands to its right. */
#ifndef INDEXER_LAYOUT_ROWS_H
#define INDEXER_LAYOUT_ROWS_H

#include "indexer/layout_draft.h"

enum { CS__ROW_CELLS_MAX = 12 };

struct cs__cell {
    uint32_t last; /**< line */
    float x0, y0, x1, y1;
};

/** The open draft as a row, on the page of its last line. One cell: it is no row yet. */
struct cs__row {
    struct cs__cell cells[CS__ROW_CELLS_MAX];
    uint32_t cell_count;
};

/** A new draft begins with `line`. */
void cs__row_begin(struct cs__row *row, const struct cs__drafting *drafting, uint32_t line);
/** `line` went on in the open draft, as one below the other. */
void cs__row_extend(struct cs__row *row, const struct cs__drafting *drafting, uint32_t line);
/** Put `line` into the open draft when it stands beside it, as a cell or as a cell's next line. Makes `open`
 * a CS__BLOCK_TABLE_ROW. Returns whether it did. */
int cs__row_take(struct cs__row *row, struct cs__drafting *drafting, struct cs__draft *open, uint32_t line);

#endif
