/* SPDX-License-Identifier: MIT */
/* Link: documents' fields in the index -> visits, standing judgements, echoes. Once, at the end of a run that
 * changed anything.
 *
 * Only the visits of authorities of whose documents some came or went (table `unlinked`) are built anew. It
 * reads and writes the index inside the caller's transaction and depends on nothing but what is stored:
 * the same documents give the same visits, in whatever order and in however many runs they came. */
#ifndef INDEXER_LINK_H
#define INDEXER_LINK_H

#include <csearch/types.h>

#include <sqlite3.h>

/** Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_FULL, CS_ERR_CORRUPT. */
cs_status cs__link(sqlite3 *db, cs_error *error);

#endif
