/* SPDX-License-Identifier: MIT */
/* Where areas for improvement begin and end: for the improvements themselves and for the sections they are
 * in. */
#ifndef INDEXER_DESCRIBE_IMPROVEMENTS_H
#define INDEXER_DESCRIBE_IMPROVEMENTS_H

#include "indexer/describer.h"

/** Whether a block is a heading under which areas for improvement stand. */
int cs__improvements_open(struct cs__describer *d, size_t block);
/** Whether a block is a heading that ends those begun at `opening`. */
int cs__improvements_close(struct cs__describer *d, size_t block, size_t opening);

#endif
