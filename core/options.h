/* SPDX-License-Identifier: MIT */
/* Options that begin with their size: how a newer library reads an older caller's struct, and the reverse. */
#ifndef CORE_OPTIONS_H
#define CORE_OPTIONS_H

#include <csearch/types.h>

/**
 * Copy the options at `from` (NULL: none) into the `size` bytes at `to`.
 *
 * Both begin with a size_t that holds their size. What an older caller's struct does not have is zero; what a
 * newer one has beyond `size` is unknown here and left out. `init` names the macro that sets the size.
 *
 * Returns CS_OK, or CS_ERR_ARGUMENT when the size is not set; `*to` is then all zero.
 */
cs_status cs__options_copy(void *to, size_t size, const void *from, const char *init, cs_error *error);

#endif
