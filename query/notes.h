/* SPDX-License-Identifier: MIT */
/* Sentences for the reader about how a query was read. Input: sentences, one at a time; output: a short list
 * without repeats. */
#ifndef QUERY_NOTES_H
#define QUERY_NOTES_H

#include <stddef.h>

#include "core/arena.h"

/** More notes than this help nobody: later ones are dropped. */
#define CS__NOTES_MAX 8

/** Zero-initialised is empty and valid. */
struct cs__notes {
    const char *items[CS__NOTES_MAX]; /**< borrowed from the arena given to cs__notes_add() */
    size_t count;
};

/** Add a sentence, unless it is there already. Returns 0 when memory is out, 1 else. */
int cs__notes_add(struct cs__notes *notes, struct cs__arena *arena, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
