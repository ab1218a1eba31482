/* SPDX-License-Identifier: MIT */
/* One line of JSON Lines -> a record: its id, title, text or html, and its other fields as properties. */
#ifndef INDEXER_EXTRACT_JSONL_RECORD_H
#define INDEXER_EXTRACT_JSONL_RECORD_H

#include <stddef.h>

#include "core/buffer.h"
#include "indexer/extract/builder.h"

enum { CS__RECORD_KEY_SIZE = 64, CS__RECORD_REASON_SIZE = 300 };

/** Strings of the record's own level only: what is nested deeper is passed over, but a list of strings is as
 * many values. All but `builder` is private while a line is read. */
struct cs__record {
    struct cs__builder *builder; /**< takes every other field as a property "set.KEY" */
    struct cs__buffer id, title, text, html;
    char key[CS__RECORD_KEY_SIZE + 4]; /**< "set." and the key at hand; empty: passed over */
    unsigned depth;
    int in_list; /**< at depth 2, in the list of a key */
    int too_deep, is_object;
};

/**
 * Read one line into `record`, emptied first; its buffers fail sticky.
 *
 * Returns 1; 0 when the line is no JSON object, `reason` then being what is wrong with it ("is no JSON object
 * (...)"); -1 when memory is out.
 */
int cs__record_parse(struct cs__record *record, const char *line, size_t size,
                     char reason[CS__RECORD_REASON_SIZE]);
void cs__record_free(struct cs__record *record);

#endif
