/* SPDX-License-Identifier: MIT */
/* Telling tables of data from those that lay a page out. */
#include "indexer/extract/html_lines.h"

#include <string.h>

/* A cell of more is a column of the page. */
enum { CELL_LETTERS_MAX = 800 };

int cs__html_is_data_table(const struct cs__html_tree *tree, uint32_t table)
{
    const struct cs__html_node *nodes = tree->nodes;
    const char *role = cs__html_attribute(&nodes[table], "role");
    unsigned cells = 0, most_cells = 0;
    if (strcmp(role, "presentation") == 0 || strcmp(role, "none") == 0)
        return 0;
    for (uint32_t i = table + 1; i < nodes[table].end; i++) {
        GumboTag tag = nodes[i].tag;
        if (tag == GUMBO_TAG_TABLE)
            return 0;
        if (tag == GUMBO_TAG_TR)
            cells = 0;
        if (tag != GUMBO_TAG_TD && tag != GUMBO_TAG_TH)
            continue;
        if (nodes[i].letters > CELL_LETTERS_MAX)
            return 0;
        if (++cells > most_cells)
            most_cells = cells;
    }
    return most_cells >= 2;
}
