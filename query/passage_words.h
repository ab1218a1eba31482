/* SPDX-License-Identifier: MIT */
/* Passages with their words and sentences: each read once, looked at by many. Input: ids; output: what stands
 * there. */
#ifndef QUERY_PASSAGE_WORDS_H
#define QUERY_PASSAGE_WORDS_H

#include "core/arena.h"
#include "core/sentence.h"
#include "query/match_text.h"
#include "query/occur.h"
#include "query/source.h"

/** One passage, as its own words say it. */
struct cs__passage_read {
    int64_t id;
    const char *text;
    size_t size;
    struct cs__passage_row row;
    const struct cs__section_row *section; /**< NULL for none */
    struct cs__words words;                /**< as terms, with forms */
    struct cs__sentence *sentences;
    size_t sentence_count;
};

/** Zero-initialised but for `sources` is empty and valid. Release with cs__passages_read_free(). */
struct cs__passages_read {
    struct cs__sources *sources;
    struct cs__arena arena; /**< of the passages, but not of rows and sections: these are the sources' */
    struct cs__passage_read **slots;
    size_t count, capacity;
};

/**
 * The passage of this id; `*out` is valid until cs__passages_read_free().
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT (there is no such passage).
 */
cs_status cs__passage_read(struct cs__passages_read *passages, int64_t id,
                           const struct cs__passage_read **out, cs_error *error);
void cs__passages_read_free(struct cs__passages_read *passages);

/** Of a passage, the sentence that byte `at` stands in; the last one before it, where it stands in none. */
size_t cs__passage_sentence(const struct cs__passage_read *passage, size_t at);

/** Whether a passage is a bullet under what needs to improve. */
int cs__passage_is_improvement(const struct cs__passage_read *passage);
/** Whether somebody says something there: no row of a table, nothing that only repeats another passage. */
int cs__passage_is_prose(const struct cs__passage_read *passage);

/**
 * Append the searchable passages from `first` to `last`, both included, echoes left out: all, or only areas
 * for improvement.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__passages_between(cs_reader *reader, int64_t first, int64_t last, int only_improvements,
                               struct cs__ids *out, cs_error *error);

#endif
