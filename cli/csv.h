/* SPDX-License-Identifier: MIT */
/* CSV as RFC 4180 has it: cells quoted where needed, lines ended by CRLF. */
#ifndef CLI_CSV_H
#define CLI_CSV_H

#include <stdio.h>

/**
 * Print `count` cells as one line; NULL is an empty cell.
 *
 * A cell that a spreadsheet would take for a formula (it begins with =, +, -, @, tab or CR) gets an
 * apostrophe before it, since the text comes from the web (OWASP, "CSV Injection"); numbers are left alone.
 */
void cs__csv_row(FILE *out, const char *const *cells, size_t count);

#endif
