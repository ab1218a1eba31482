/* SPDX-License-Identifier: MIT */
/* Vocabulary: groups of names for one thing. Input: query/vocabulary.txt (compiled in; its head explains the
 * format) and a file of the user's own; output: the group that some words of a query name.
 *
 * A form is cut into terms when a query begins as it does: most are never looked at. */
#ifndef QUERY_VOCABULARY_H
#define QUERY_VOCABULARY_H

#include <csearch/types.h>

#include "core/tokenizer.h"

/** A form of more words than this is an error in the file. */
#define CS__FORM_TERMS_MAX 10

struct cs__vocabulary;

/** One name. */
struct cs__form {
    const char *text;   /**< as the file has it */
    const char **terms; /**< as the tokenizer gives them for a query; NULL until they are needed */
    size_t term_count;
    int in_capitals; /**< counts only where it is typed in capitals */
    uint32_t group;
};

/** One thing. */
struct cs__form_group {
    struct cs__form *const *forms; /**< in the order of the file */
    size_t form_count;
    const char *years, *meaning; /**< NULL where the file has none */
};

/** A word of a query: its term, and whether it was typed in capitals. */
struct cs__typed_term {
    const char *term;
    int in_capitals;
};

/**
 * Read the built-in vocabulary (`tokenizer` is borrowed for as long as it is in use), and `user_file` (NULL
 * for none) on top of it: a group of the user's that shares a form with another is joined to it.
 *
 * The caller owns `*out`; release it with cs__vocabulary_free(). Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO (the
 * file can't be read), CS_ERR_ARGUMENT (it is no vocabulary: the message names file and line).
 */
cs_status cs__vocabulary_load(struct cs__tokenizer *tokenizer, const char *user_file,
                              struct cs__vocabulary **out, cs_error *error);
void cs__vocabulary_free(struct cs__vocabulary *vocabulary);

/**
 * The form that is exactly these `count` terms; `*out` is NULL when there is none, or it is not typed as it
 * must be.
 *
 * Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__vocabulary_find(struct cs__vocabulary *vocabulary, const struct cs__typed_term *terms,
                              size_t count, const struct cs__form **out);

size_t cs__vocabulary_group_count(const struct cs__vocabulary *vocabulary);
/**
 * A group with the terms of all its forms. `*out` lives in `vocabulary`; a group that was joined to another
 * is empty.
 *
 * Returns CS_OK or CS_ERR_NOMEM.
 */
cs_status cs__vocabulary_group(struct cs__vocabulary *vocabulary, uint32_t group, struct cs__form_group *out);

#endif
