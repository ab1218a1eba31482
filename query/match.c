/* SPDX-License-Identifier: MIT */
/* Match: plan -> the best passages. */
#include "query/match.h"

#include <stdlib.h>

cs_status cs__match(cs_reader *reader, const struct cs__plan *plan, struct cs__matches *out, cs_error *error)
{
    return cs__match_exhaustive(reader, plan, out, error);
}

void cs__matches_free(struct cs__matches *matches)
{
    free(matches->items);
    *matches = (struct cs__matches){0};
}

void cs__engine_free(struct cs__engine *engine)
{
    (void)engine;
}
