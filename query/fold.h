/* SPDX-License-Identifier: MIT */
/* Fold: matches that only repeat another match go under it, and many of one document behind those of others.
 * Input and output: matches, best first. */
#ifndef QUERY_FOLD_H
#define QUERY_FOLD_H

#include <csearch/query.h>

#include "query/match.h"
#include "query/rerank.h"

/** How many more matches than wanted to ask for, so that enough are left when echoes are folded. */
#define CS__FOLD_MARGIN 40

/** Whether the index has any echo at all. */
int cs__fold_has_echoes(cs_reader *reader);

/**
 * Take out each match that is the echo of another match, and count it in that one's `folded`; an echo whose
 * source does not match stays.
 *
 * `matches->total` still counts all. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO.
 */
cs_status cs__fold_echoes(cs_reader *reader, struct cs__matches *matches, cs_error *error);

/** So few matches crowd nothing out: they fit on a page. */
#define CS__FOLD_ABOVE 10
/** Matches of one document that stay where they rank. */
#define CS__FOLD_OF_A_DOCUMENT 3

/**
 * Of the matches that were looked at again, put each document's fourth and later behind all others' (in their
 * order), and count them in `more` of its third. With one document alone nothing changes; nothing is lost.
 *
 * Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__fold_documents(const struct cs__reranking *reranking, struct cs__matches *matches,
                             cs_error *error);

#endif
