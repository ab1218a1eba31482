/* SPDX-License-Identifier: MIT */
/* Kept: what the index keeps of a document -> text and blocks as extraction and layout gave them, so that it
 * can be described again by newer rules without its file. Font sizes and the text between blocks are not
 * kept; describe needs neither. */
#ifndef INDEXER_KEPT_H
#define INDEXER_KEPT_H

#include <csearch/index.h>
#include <csearch/types.h>

#include <sqlite3.h>

#include "core/pack.h"
#include "indexer/layout.h"
#include "indexer/text.h"

struct cs__kept {
    struct cs__text text;     /**< format, record, pages, properties; no lines */
    struct cs__blocks blocks; /**< blocks.arena owns their texts */
    cs_override *overrides;   /**< what the user had said of it; owned by text.arena */
    size_t override_count;
};

/**
 * Read what is kept of a document; nothing may be on its way to the packs.
 *
 * `out` is filled; release it with cs__kept_free(). Returns CS_OK, CS_ERR_NOMEM, CS_ERR_CORRUPT, or as
 * cs__store_failed().
 */
cs_status cs__kept_read(sqlite3 *db, struct cs__unpacker *unpacker, int64_t document, struct cs__kept *out,
                        cs_error *error);
void cs__kept_free(struct cs__kept *kept);

#endif
