/* SPDX-License-Identifier: MIT */
/* Spelling: a query with words that the index does not have -> the same query with words that it has.
 *
 * Candidates come from the index's own dictionary of terms, by edit distance; terms are stems, so the words
 * that are offered, and the distances that decide, come from passages that have them. */
#ifndef QUERY_SPELLING_H
#define QUERY_SPELLING_H

#include "core/arena.h"
#include "query/parse.h"
#include "query/reader.h"

/**
 * `*out` is the query as it may have been meant, in canonical form, or NULL where nothing is to be said:
 * every word is known, or nothing is near. It lives in `arena`.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__spelling_correct(cs_reader *reader, const struct cs__query *query, struct cs__arena *arena,
                               const char **out, cs_error *error);

/** --- The inner side, shared by spelling.c and spelling_near.c. */

/** A term of the index, near to one that was typed. */
struct cs__near_term {
    char term[CS__TERM_SIZE_MAX + 1];
    unsigned
        distance; /**< edits, of the whole or (where `is_beginning`) of what the typed word begins with */
    int is_beginning;
    uint64_t passages; /**< that have it */
};

/** Candidates kept, best first. */
#define CS__NEAR_TERMS_MAX 12

struct cs__segments;

/**
 * The terms nearest to `typed` (a term, `size` bytes): fewest edits first (an ending left out counts as one),
 * then those that most passages have. An edit is a byte more, less or other, or two swapped (optimal string
 * alignment).
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__near_terms(struct cs__segments *segments, const char *typed, size_t size,
                         struct cs__near_term out[CS__NEAR_TERMS_MAX], size_t *count);

/** The edits between two words, as above; words are cut at CS__TERM_SIZE_MAX bytes. */
unsigned cs__edit_distance(const char *a, size_t a_size, const char *b, size_t b_size);

#endif
