/* SPDX-License-Identifier: MIT */
/* Filling a caller's cs_error. Input: a status and a sentence; output: the same status, so that one line can
 * return it. */
#ifndef CORE_ERROR_H
#define CORE_ERROR_H

#include <csearch/types.h>

/**
 * Set `*error` (which may be NULL) to `status` and the formatted sentence, and return `status`.
 *
 * The sentence says what was wrong, with which file or option, and what to do; no newline.
 */
cs_status cs__error_set(cs_error *error, cs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** CS_ERR_NOMEM with its sentence. */
cs_status cs__error_nomem(cs_error *error);

#endif
