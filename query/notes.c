/* SPDX-License-Identifier: MIT */
/* Sentences for the reader about how a query was read. */
#include "query/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A sentence that quotes the query is cut there, not refused. */
enum { NOTE_SIZE = 512 };

int cs__notes_add(struct cs__notes *notes, struct cs__arena *arena, const char *format, ...)
{
    char sentence[NOTE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    for (size_t i = 0; i < notes->count; i++) {
        if (strcmp(notes->items[i], sentence) == 0)
            return 1;
    }
    if (notes->count == CS__NOTES_MAX)
        return 1;
    char *copy = cs__arena_string(arena, sentence);
    if (copy == NULL)
        return 0;
    notes->items[notes->count++] = copy;
    return 1;
}
