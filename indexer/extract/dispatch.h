/* SPDX-License-Identifier: MIT */
/* One open file to the reader of its format. */
#ifndef INDEXER_EXTRACT_DISPATCH_H
#define INDEXER_EXTRACT_DISPATCH_H

#include "indexer/extract/reader.h"

/**
 * Read the open file `input->descriptor`, whose descriptor, name, builder and sink are set; the rest is
 * filled in here. Files of more than `max_file_bytes` are refused (0: none), but JSON Lines.
 *
 * Returns what cs__reader_fn says.
 */
cs_status cs__dispatch(struct cs__input *input, uint64_t max_file_bytes, cs_error *error);

#endif
