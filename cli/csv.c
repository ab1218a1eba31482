/* SPDX-License-Identifier: MIT */
/* CSV as RFC 4180 has it. */
#include "cli/csv.h"

#include <stdlib.h>
#include <string.h>

static int is_number(const char *cell)
{
    char *end;
    strtod(cell, &end);
    return end != cell && *end == '\0';
}

static void print_cell(FILE *out, const char *cell)
{
    int formula = *cell != '\0' && strchr("=+-@\t\r", *cell) != NULL && !is_number(cell);
    if (!formula && strpbrk(cell, ",\"\r\n") == NULL) {
        fputs(cell, out);
        return;
    }
    putc('"', out);
    if (formula)
        putc('\'', out);
    for (; *cell != '\0'; cell++) {
        if (*cell == '"')
            putc('"', out);
        putc(*cell, out);
    }
    putc('"', out);
}

void cs__csv_row(FILE *out, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            putc(',', out);
        if (cells[i] != NULL)
            print_cell(out, cells[i]);
    }
    fputs("\r\n", out);
}
