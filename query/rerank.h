/* SPDX-License-Identifier: MIT */
/* Rerank: the second look at the best matches. Input: matches by the words they have (query/match_score.h),
 * best first; output: the same matches in the order in which a reader wants them.
 *
 *     score + NEAR x nearness + CONTEXT x the best neighbour's score x what a passage lacks of SHORT words,
 *     times ECHO for what only repeats its source, times BOILERPLATE for what every document says
 *
 * nearness: over each pair of different words of the query, at the place where they stand closest within
 * WINDOW words: the smaller of their weights (idf) / distance; half of it where they stand in the other
 * order. Once in the text and once in the heading. After Rasolofo and Savoy, "Term Proximity Scoring for
 * Keyword-Based Retrieval Systems" (2003), each pair once, so that a long passage gains nothing by being
 * long.
 *
 * neighbour: another match of the same section (of the document, where it has none). */
#ifndef QUERY_RERANK_H
#define QUERY_RERANK_H

#include "core/arena.h"
#include "query/match.h"

/** How many of the best are looked at again. Fixed, so that pages of one result fit together. */
#define CS__RERANK_DEPTH 200

/** What the second look goes by, of one match. */
struct cs__rerank_features {
    double score;     /**< of the first look */
    double nearness;  /**< as above; cs__places_nearness() */
    double neighbour; /**< the best score, of the first look, of another match of its section; 0 for none */
    uint32_t words;   /**< of the passage */
    int is_echo, is_boilerplate;
};

/** What it adds and takes. */
struct cs__rerank_parts {
    double near, context;     /**< added */
    double echo, boilerplate; /**< taken: 0 or negative */
};

/** The score of the second look; `*parts` says what it is made of, beside the first one's. */
double cs__rerank_score(const struct cs__rerank_features *features, struct cs__rerank_parts *parts);

/** Of one passage that was looked at again. */
struct cs__reranked {
    int64_t passage, document;
    struct cs__rerank_parts parts;
};

/** Those that were looked at again, in order of passages. Zero-initialised is empty and valid. */
struct cs__reranking {
    struct cs__reranked *items; /**< in the arena given */
    size_t count;
};

/**
 * Bring the first CS__RERANK_DEPTH of `matches` into their order, ties by passage; those behind stay where
 * they are, whatever their score. `tree` is what they match.
 *
 * `*out` lives in `arena`. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__rerank(cs_reader *reader, const struct cs__node *tree, struct cs__matches *matches,
                     struct cs__arena *arena, struct cs__reranking *out, cs_error *error);

/** One passage; NULL where it was not looked at again. */
const struct cs__reranked *cs__reranking_find(const struct cs__reranking *reranking, int64_t passage);

#endif
