/* SPDX-License-Identifier: MIT */
/* Options that begin with their size. */
#include "core/options.h"

#include <string.h>

#include "core/error.h"

cs_status cs__options_copy(void *to, size_t size, const void *from, const char *init, cs_error *error)
{
    size_t given = 0;
    memset(to, 0, size);
    if (from == NULL)
        return CS_OK;
    memcpy(&given, from, sizeof given);
    if (given < sizeof given)
        return cs__error_set(error, CS_ERR_ARGUMENT, "options without their size: begin with %s", init);
    memcpy(to, from, given < size ? given : size);
    return CS_OK;
}
