/* SPDX-License-Identifier: MIT */
/* Reader: an index file open for reading, and what all of the query side shares: its connection, prepared
 * statements, tokenizer and texts. */
#ifndef QUERY_READER_H
#define QUERY_READER_H

#include <csearch/query.h>

#include <sqlite3.h>

#include "core/arena.h"
#include "core/store.h"

/** Statements, prepared when first used; their text is in reader_sql.c. */
enum cs__sql {
    CS__SQL_PASSAGE = 0, /**< by id: document, section, kind, flags, page, number, lead */
    CS__SQL_SECTION,     /**< by id: heading, area, judgement, state, first_passage, block_count */
    CS__SQL_SECTION_OF,  /**< by passage id: first and last passage of its section, else of its document */
    CS__SQL_PACK,        /**< by passage id: first, data */
    CS__SQL_DOCUMENT,    /**< by id */
    CS__SQL_DOCUMENT_JUDGEMENTS, /**< by document id: name, value, state */
    CS__SQL_VISIT,               /**< by row */
    CS__SQL_VISIT_WINDOWS,
    CS__SQL_VISIT_JUDGEMENTS,
    CS__SQL_VISIT_SCOPE,
    CS__SQL_VISIT_DOCUMENTS,
    CS__SQL_FILTER_DOCUMENTS, /**< every document with what filters ask of it, by first_passage */
    CS__SQL_FILTER_SECTIONS,  /**< by document id: sections with what filters ask of them */
    CS__SQL_NEWEST,       /**< documents, newest visit (else publication) first: first_passage, block_count */
    CS__SQL_DATES,        /**< documents by first_passage: first_passage, block_count, last day or NULL */
    CS__SQL_SEARCHABLE,   /**< searchable passages between two ids */
    CS__SQL_NEXT_PASSAGE, /**< by passage id: the next searchable one of its section */
    CS__SQL_RANKED, /**< by passage id: section (less than 0: document without), flags, words, document */
    CS__SQL_DOCUMENT_OF, /**< by passage id: document */
    CS__SQL_NAME_OF,     /**< by passage id: document, its path and record */
    CS__SQL_ANY_ECHO,
    CS__SQL_ECHO_SOURCE,
    CS__SQL_MATCH_TEXT,        /**< between two ids, those that an FTS5 expression matches */
    CS__SQL_FRAME_DOCUMENTS,   /**< every document with what a timeline groups by, by first_passage */
    CS__SQL_FRAME_ECHOES,      /**< passage, words; by passage */
    CS__SQL_FRAME_WORDS,       /**< of what can be searched between two ids */
    CS__SQL_DOCUMENT_PASSAGES, /**< by document id: those that can be searched, in order */
    CS__SQL_PASSAGE_EXISTS,    /**< by id */
    CS__SQL_DOCUMENT_EXISTS,   /**< by id */
    CS__SQL_LONG_FORMS,        /**< by short form: long form, passages */
    CS__SQL_SHORT_FORMS,       /**< by the long form's terms: short form, passages */
    CS__SQL_AUTHORITY_EXISTS,  /**< any document of an authority */
    CS__SQL_TOUCH,             /**< anything: a transaction begins with its first look */
    CS__SQL_PASSAGES_BETWEEN,  /**< between two ids, those whose flags under a mask are these */
    CS__SQL_IMPROVEMENTS,      /**< by document: the areas for improvement that it states */
    CS__SQL_VISITS_NAMED,      /**< every visit: id, name, authority, first, last, precision; oldest first */
    CS__SQL_VISIT_RANGES,      /**< of the documents of a visit: first_passage, block_count */
    CS__SQL_BEGIN,
    CS__SQL_END,
    CS__SQL_COUNT
};

struct cs__vocabulary;
struct cs__themes;
struct cs__engine;
struct cs__text_cache;

struct cs_reader {
    sqlite3 *db;
    struct cs__statements statements;
    struct cs__tokenizer *tokenizer;
    struct cs__unpacker *unpacker;     /**< NULL until a text is read */
    struct cs__text_cache *texts;      /**< the packs read last; NULL until then */
    char *vocabulary_file;             /**< the user's own; NULL for none */
    struct cs__vocabulary *vocabulary; /**< NULL until a query is expanded */
    char *themes_file;                 /**< the user's own; NULL for none */
    struct cs__themes *themes;         /**< NULL until a query names one */
    struct cs__engine *engine;         /**< what match keeps between queries; its own */
    unsigned busy_timeout_ms;
    cs_cancel_fn cancel; /**< NULL: nobody asks to stop */
    void *cancel_context;
    unsigned asks;    /**< how often a stop could have been asked for */
    int is_cancelled; /**< somebody did, in this call */
    int is_held;      /**< one state of the index is looked at until it is released */
};

/**
 * The statement `which`, reset and without bindings; borrowed from `reader`.
 *
 * Returns NULL, with `*status` and `error` set, when it can't be prepared; sets `*status` to CS_OK else.
 */
sqlite3_stmt *cs__reader_statement(cs_reader *reader, enum cs__sql which, cs_status *status, cs_error *error);

/** Set `error` from the connection's last failure: CS_ERR_NOMEM, CS_ERR_CORRUPT, or CS_ERR_IO. Returns the
 * status. */
cs_status cs__reader_failed(cs_reader *reader, cs_error *error);

/** CS_ERR_CORRUPT, with a sentence that names the index and says that `what` (of number `id`) is missing. */
cs_status cs__reader_missing(cs_reader *reader, const char *what, int64_t id, cs_error *error);

/**
 * Begin and end a look at one state of the index, so that a search sees whole documents only, whatever a
 * writer does meanwhile. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
cs_status cs__reader_begin(cs_reader *reader, cs_error *error);
void cs__reader_end(cs_reader *reader);

/** Whether the caller asks to stop. Cheap enough for each step of a loop: the caller is asked once in a
 * while. */
int cs__reader_stops(cs_reader *reader);
/**
 * The end of a public call: cs__reader_end(), and the status to give back. It is CS_ERR_CANCELLED, with its
 * sentence, where the caller stopped it, whatever `status` it came to.
 */
cs_status cs__reader_finish(cs_reader *reader, cs_status status, cs_error *error);

/**
 * The text of a passage. `*text` is NUL-terminated, borrowed until the next call.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT (there is no such passage).
 */
cs_status cs__reader_text(cs_reader *reader, int64_t passage, const char **text, size_t *size,
                          cs_error *error);
void cs__text_cache_free(struct cs__text_cache *cache);

/** The SQL of all statements, by enum cs__sql. */
extern const char *const cs__reader_sql[CS__SQL_COUNT];

#endif
