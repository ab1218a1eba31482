/* SPDX-License-Identifier: MIT */
/* The public look-up of an authority's facts. */
#include "core/authority.h"

#include <csearch/types.h>

cs_status cs_authority_find(const char *text, size_t size, cs_authority *out)
{
    const struct cs__authority *found = cs__authority_named(text, size);
    *out = (cs_authority){0};
    if (found == NULL)
        return CS_ERR_NOT_FOUND;
    *out = (cs_authority){found->name, found->region, found->type, found->urn};
    return CS_OK;
}
