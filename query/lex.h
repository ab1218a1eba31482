/* SPDX-License-Identifier: MIT */
/* Lex: any bytes -> lexemes. Nothing is an error: what cannot be an operator is a word, and bytes that are no
 * text separate words. */
#ifndef QUERY_LEX_H
#define QUERY_LEX_H

#include <csearch/types.h>

#include "core/arena.h"
#include "query/notes.h"

/** Bounds of a query; what lies beyond them is left out, and a note says so. */
#define CS__QUERY_BYTES_MAX 65536
#define CS__QUERY_LEXEMES_MAX 2048
/** A longer word is cut, at a character. */
#define CS__QUERY_WORD_BYTES_MAX 256
/** The distance of a NEAR without a number, and the largest. */
#define CS__NEAR_DEFAULT 10
#define CS__NEAR_MAX 1000

enum cs__lexeme_kind {
    CS__LEX_WORD = 1, /**< `asylum`, `asylum-seeking`; `exact` for `=asylum` */
    CS__LEX_PHRASE,   /**< between quotation marks, straight or curly; `exact` for `="..."` */
    CS__LEX_PREFIX,   /**< `asyl*`, the text without its star */
    CS__LEX_FIELD,    /**< `authority:Leeds`, `section:"in care"`; the text is the value */
    CS__LEX_AND,
    CS__LEX_OR,
    CS__LEX_NOT,  /**< NOT, or a `-` in front of a word, phrase, bracket or field */
    CS__LEX_NEAR, /**< NEAR, NEAR/n */
    CS__LEX_OPEN,
    CS__LEX_CLOSE
};

enum cs__query_field {
    CS__FIELD_AUTHORITY = 0,
    CS__FIELD_KIND,
    CS__FIELD_JUDGEMENT,
    CS__FIELD_OVERALL,
    CS__FIELD_AREA,
    CS__FIELD_SECTION,
    CS__FIELD_SINCE,
    CS__FIELD_UNTIL,
    CS__FIELD_VISIT,
    CS__FIELD_THEME, /**< no filter: a leaf of the tree */
    CS__FIELD_COUNT
};

struct cs__lexeme {
    enum cs__lexeme_kind kind;
    const char
        *text; /**< UTF-8, NUL terminated, without the signs that made it what it is; operators: as typed */
    size_t size;
    uint32_t column;            /**< byte of the query (after repair of broken UTF-8) where it starts */
    uint32_t distance;          /**< NEAR */
    int exact;                  /**< WORD, PHRASE */
    enum cs__query_field field; /**< FIELD */
};

/** Release with cs__lexemes_free(); zero-initialised is empty and valid. */
struct cs__lexemes {
    struct cs__arena arena;
    struct cs__lexeme *items;
    size_t count;
    struct cs__notes notes;
};

/**
 * Lex `size` bytes at `query`, which are borrowed for the call only.
 *
 * Returns CS_OK or CS_ERR_NOMEM (`*out` is then empty).
 */
cs_status cs__lex(const char *query, size_t size, struct cs__lexemes *out, cs_error *error);
void cs__lexemes_free(struct cs__lexemes *lexemes);

/** The name of a field, as it is typed in a query, e.g. "authority". Static. */
const char *cs__field_name(enum cs__query_field field);

#endif
