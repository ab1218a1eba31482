/* SPDX-License-Identifier: MIT */
/* What the other end of a stream is: a terminal or not, how wide, whether colours are wanted; and printing
 * text of unknown origin to it safely. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stddef.h>
#include <stdio.h>

/** The order of the choices "auto|always|never". */
enum cs__when { CS__WHEN_AUTO = 0, CS__WHEN_ALWAYS, CS__WHEN_NEVER };

/** Whether `stream` is a terminal. */
int cs__terminal_is(FILE *stream);

/** Columns of `stream`: $COLUMNS, else what the terminal says, else 80; at least 20. */
unsigned cs__terminal_width(FILE *stream);

/** Whether to colour `stream`: `when`; for auto, a terminal that is not "dumb", and NO_COLOR unset or empty
 * (https://no-color.org). */
int cs__terminal_color(FILE *stream, enum cs__when when);

/** Columns that `size` bytes of UTF-8 take: wide characters two, combining ones none. */
unsigned cs__terminal_columns(const char *text, size_t size);

/** The largest number of bytes of `text` that fits in `columns` and cuts no character. */
size_t cs__terminal_fit(const char *text, size_t size, unsigned columns);

/** Print text of unknown origin: control characters (which could drive the terminal) and broken bytes become
 * U+FFFD, tabs and newlines a space. */
void cs__terminal_print(FILE *out, const char *text, size_t size);

#endif
