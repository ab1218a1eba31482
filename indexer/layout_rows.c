/* SPDX-License-Identifier: MIT */
/* Rows of tables: lines that stand beside each other. */
#include "indexer/layout_rows.h"

#include <math.h>

#include "indexer/layout_signs.h"

/* In font sizes: what stands at least this far to the right is another cell, nearer it is the same line. */
static const float CELL_GAP = 1.0f;
/* Of a line's height. */
static const float OVERLAP = 0.3f;
static const float CELL_PITCH = 0.45f;
/* Points. */
static const float EDGE = 4;

static struct cs__cell cell_of(const struct cs__line *line, uint32_t index)
{
    return (struct cs__cell){.last = index, .x0 = line->x0, .y0 = line->y0, .x1 = line->x1, .y1 = line->y1};
}

static void widen(struct cs__cell *cell, const struct cs__line *line, uint32_t index)
{
    cell->last = index;
    cell->x0 = fminf(cell->x0, line->x0);
    cell->x1 = fmaxf(cell->x1, line->x1);
    cell->y0 = fminf(cell->y0, line->y0);
    cell->y1 = fmaxf(cell->y1, line->y1);
}

void cs__row_begin(struct cs__row *row, const struct cs__drafting *drafting, uint32_t line)
{
    row->cells[0] = cell_of(&drafting->text->lines[line], line);
    row->cell_count = 1;
}

void cs__row_extend(struct cs__row *row, const struct cs__drafting *drafting, uint32_t line)
{
    const struct cs__line *looks = &drafting->text->lines[line];
    if (drafting->text->lines[row->cells[0].last].page != looks->page)
        cs__row_begin(row, drafting, line);
    else
        widen(&row->cells[0], looks, line);
}

static float overlap(const struct cs__row *row, const struct cs__line *line)
{
    float y0 = row->cells[0].y0, y1 = row->cells[0].y1;
    for (uint32_t i = 1; i < row->cell_count; i++) {
        y0 = fminf(y0, row->cells[i].y0);
        y1 = fmaxf(y1, row->cells[i].y1);
    }
    return (fminf(y1, line->y1) - fmaxf(y0, line->y0)) / fmaxf(line->y1 - line->y0, 1);
}

static int is_beside(const struct cs__row *row, const struct cs__line *line)
{
    const struct cs__cell *last = &row->cells[row->cell_count - 1];
    return line->x0 > last->x1 && overlap(row, line) > OVERLAP;
}

/* The cell whose next line this is; cell_count for none. */
static uint32_t cell_above(const struct cs__row *row, const struct cs__drafting *drafting, uint32_t index)
{
    const struct cs__line *line = &drafting->text->lines[index];
    float height = line->y1 - line->y0;
    size_t size;
    const char *text = cs__draft_text(drafting, index, &size);
    for (uint32_t i = row->cell_count; i-- > 0;) {
        const struct cs__cell *cell = &row->cells[i];
        float gap = line->y0 - cell->y1;
        int under = line->x0 > cell->x0 - EDGE && (fabsf(line->x0 - cell->x0) < EDGE || line->x0 < cell->x1);
        if (!under || gap > CELL_PITCH * height || gap < -CELL_PITCH * height)
            continue;
        if (i + 1 == row->cell_count || overlap(row, line) > 0.5f || cs__begins_small(text, size))
            return i;
    }
    return row->cell_count;
}

/* Its own marker is part of a row's first cell: "2.1" in "2.1 Adoption performance". */
static void make_row(struct cs__drafting *drafting, struct cs__draft *open)
{
    drafting->lines[open->first].start = drafting->text->lines[open->first].start;
    open->marked = 0;
    open->number_start = open->number_end = 0;
    open->kind = CS__BLOCK_TABLE_ROW;
}

static int is_empty(const struct cs__drafting *drafting, const struct cs__draft *open)
{
    return open->first == open->last &&
           drafting->lines[open->first].start == drafting->lines[open->first].end;
}

/* The middle of a chain has no `last` to change. */
static void insert(struct cs__drafting *drafting, struct cs__draft *open, struct cs__row *row, uint32_t cell,
                   uint32_t line)
{
    uint32_t after = row->cells[cell].last;
    if (after == open->last) {
        cs__draft_append(drafting, open, line, ' ');
    } else {
        drafting->lines[line].join = ' ';
        drafting->lines[line].next = drafting->lines[after].next;
        drafting->lines[after].next = line;
    }
    widen(&row->cells[cell], &drafting->text->lines[line], line);
}

static int add_cell(struct cs__row *row, struct cs__drafting *drafting, struct cs__draft *open, uint32_t line)
{
    const struct cs__line *looks = &drafting->text->lines[line];
    const struct cs__cell *cell = &row->cells[row->cell_count - 1];
    float drop = fabsf(looks->y1 - drafting->text->lines[cell->last].y1);
    int same_line = drop < OVERLAP * looks->font_size && looks->x0 - cell->x1 < CELL_GAP * looks->font_size;
    if (is_empty(drafting, open) || same_line) {
        if (is_empty(drafting, open))
            open->hang = looks->x0;
        cs__draft_append(drafting, open, line, ' ');
        widen(&row->cells[row->cell_count - 1], looks, line);
        return 1;
    }
    if (row->cell_count == CS__ROW_CELLS_MAX)
        return 0;
    make_row(drafting, open);
    cs__draft_append(drafting, open, line, '\t');
    row->cells[row->cell_count++] = cell_of(looks, line);
    return 1;
}

int cs__row_take(struct cs__row *row, struct cs__drafting *drafting, struct cs__draft *open, uint32_t line)
{
    const struct cs__line *looks = &drafting->text->lines[line];
    if (is_beside(row, looks))
        return add_cell(row, drafting, open, line);
    if (row->cell_count < 2)
        return 0;
    uint32_t cell = cell_above(row, drafting, line);
    if (cell == row->cell_count)
        return 0;
    insert(drafting, open, row, cell, line);
    return 1;
}
