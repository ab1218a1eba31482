/* SPDX-License-Identifier: MIT */
/* Continue: matches -> the passages that go on about them without naming them.
 *
 * Where one paragraph says what was found on unaccompanied asylum-seeking children, and the next begins "Such
 * children are placed ...", the second answers too, and has none of the words. A passage continues a match
 * when it is the next one of the same section, and begins with such, these or those and a noun that the match
 * has. */
#ifndef QUERY_CONTINUE_H
#define QUERY_CONTINUE_H

#include "core/arena.h"
#include "query/match.h"

/** With more matches than this, nobody misses what continues them. */
#define CS__CONTINUED_MAX 100

/**
 * Append to `matches`, which must be all there are, the passages that continue one and are none themselves,
 * in the order of those they continue, with score 0. `total` does not count them.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__continue(cs_reader *reader, struct cs__matches *matches, cs_error *error);

#endif
