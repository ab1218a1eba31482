/* SPDX-License-Identifier: MIT */
/* Documents: matches of passages -> matches of documents, each once, by its best passages. */
#ifndef QUERY_DOCUMENTS_H
#define QUERY_DOCUMENTS_H

#include "query/match.h"

/**
 * Keep of `matches` (best first) the best passage of each document, and make its score the document's.
 *
 * A document's score is the sum of its passages', each worth a small part of the one above it: s1 + d
 * s2 + d^2 s3 ..., d being CS__RANK_DOCUMENT_DECAY: its title stands above each of its passages, and would
 * count again and again. `total` becomes the count of documents. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO,
 * CS_ERR_CORRUPT.
 */
cs_status cs__documents_group(cs_reader *reader, struct cs__matches *matches, cs_error *error);

#endif
