/* SPDX-License-Identifier: MIT */
/* Filling a caller's cs_error, and the names of statuses. */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A message cut inside a UTF-8 sequence would not be text any more. */
static void cut_at_character(char *text)
{
    size_t size = strlen(text);
    while (size > 0 && ((unsigned char)text[size - 1] & 0xC0) == 0x80)
        size--;
    if (size > 0 && (unsigned char)text[size - 1] >= 0xC0)
        size--;
    text[size] = '\0';
}

cs_status cs__error_set(cs_error *error, cs_status status, const char *format, ...)
{
    if (error == NULL)
        return status;
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    if (wanted < 0)
        error->message[0] = '\0';
    else if ((size_t)wanted >= sizeof error->message)
        cut_at_character(error->message);
    error->status = status;
    return status;
}

cs_status cs__error_nomem(cs_error *error)
{
    return cs__error_set(error, CS_ERR_NOMEM, "out of memory");
}

const char *cs_status_name(cs_status status)
{
    static const char *const names[] = {
        [CS_OK] = "ok",
        [CS_ERR_NOMEM] = "no memory",
        [CS_ERR_IO] = "input or output failed",
        [CS_ERR_ARGUMENT] = "bad argument",
        [CS_ERR_NOT_FOUND] = "not found",
        [CS_ERR_FORMAT] = "not an index of this version",
        [CS_ERR_CORRUPT] = "index is damaged",
        [CS_ERR_BUSY] = "index is busy",
        [CS_ERR_READ_ONLY] = "index is read-only",
        [CS_ERR_FULL] = "no space left",
        [CS_ERR_DOCUMENT] = "document can't be read",
        [CS_ERR_LIMIT] = "limit exceeded",
        [CS_ERR_CANCELLED] = "cancelled",
        [CS_ERR_INTERNAL] = "internal error",
    };
    size_t i = (size_t)status;
    return i < sizeof names / sizeof names[0] ? names[i] : "unknown status";
}
