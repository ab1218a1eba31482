/* SPDX-License-Identifier: MIT */
/* What the files of write share: the handle and its statements. */
#ifndef INDEXER_WRITE_INTERNAL_H
#define INDEXER_WRITE_INTERNAL_H

#include "core/store.h"
#include "indexer/write.h"
#include "indexer/write_pack.h"

/** Statements, prepared when first used; their text is in write_sql.c. */
enum cs__write_sql {
    CS__WRITE_BEGIN = 0,
    CS__WRITE_COMMIT,
    CS__WRITE_ROLLBACK,
    CS__WRITE_FIND_SOURCE,
    CS__WRITE_PUT_SOURCE,
    CS__WRITE_CHANGE_SOURCE,
    CS__WRITE_DELETE_SOURCE,
    CS__WRITE_DOCUMENT,
    CS__WRITE_FIELD,
    CS__WRITE_PROPERTY,
    CS__WRITE_SECTION,
    CS__WRITE_PASSAGE,
    CS__WRITE_FTS,
    CS__WRITE_FTS_DELETE,
    CS__WRITE_PUT_SHORT_FORM,  /**< by short form and terms: one passage more that says so */
    CS__WRITE_TAKE_SHORT_FORM, /**< one less */
    CS__WRITE_DROP_SHORT_FORM, /**< where there is none left */
    CS__WRITE_RANGE,           /**< of a source: first and last passage */
    CS__WRITE_HEADINGS,     /**< searchable passages between two ids, with the heading they were added with */
    CS__WRITE_PACKS,        /**< between two ids */
    CS__WRITE_UNLINK,       /**< the visits of a document's authority are to be built anew */
    CS__WRITE_DELETE_FIRST, /**< … to DELETE_LAST: what a source's documents left, by ids or source */
    CS__WRITE_UNLINK_SOURCE = CS__WRITE_DELETE_FIRST,
    CS__WRITE_DELETE_PACKS,
    CS__WRITE_DELETE_ECHOES,
    CS__WRITE_DELETE_PASSAGES,
    CS__WRITE_DELETE_SECTIONS,
    CS__WRITE_DELETE_FIELDS,
    CS__WRITE_DELETE_PROPERTIES,
    CS__WRITE_DELETE_DOCUMENTS,
    CS__WRITE_NEXT_IDS,
    CS__WRITE_PUT_META,
    CS__WRITE_GET_META,
    CS__WRITE_FTS_OPTIMIZE,
    CS__WRITE_FREE_PAGES, /**< free pages, and all */
    CS__WRITE_SQL_COUNT
};

/** The text of each statement. Static. */
extern const char *const cs__write_sql[CS__WRITE_SQL_COUNT];

struct cs__write {
    sqlite3 *db;
    char *path;
    struct cs__statements statements;
    struct cs__packing *packing;
    struct cs__unpacker *unpacker; /**< for removals; NULL until one */
    int created, committed;        /**< whether the file is new, and anything was ever committed */
    int in_transaction;
    uint64_t pending;
    int64_t next_passage, next_section, next_document;
    uint64_t pages_due; /**< free pages that may be given back: so many commits have earned */

    struct cs__buffer found_message, found_overrides; /**< of the source found last */

    struct cs__token_sink sink;      /**< `begin` is NULL where there is none */
    struct cs__tokenizer *tokenizer; /**< for headings; FTS5 cuts texts */
    cs_status sink_status;
    uint32_t text_words; /**< of the text that FTS5 was given last */
};

/** A statement to bind and run; NULL, with `error` set, when it can't be prepared. */
sqlite3_stmt *cs__write_statement(struct cs__write *write, enum cs__write_sql which, cs_error *error);
/** Run it to its end. Returns CS_OK, or as cs__store_failed(). */
cs_status cs__write_run(struct cs__write *write, sqlite3_stmt *statement, cs_error *error);

/** Give the text of a passage to FTS5 (or take it away), and all words of the passage to the sink. Returns
 * CS_OK, as cs__store_failed(), or what the sink does. */
cs_status cs__write_passage_words(struct cs__write *write, enum cs__write_change change, int64_t passage,
                                  const char *heading, const char *text, size_t size, cs_error *error);

/** Count in (or out) the short forms that a passage explains. Returns CS_OK, CS_ERR_NOMEM, or as
 * cs__store_failed(). */
cs_status cs__write_short_forms(struct cs__write *write, enum cs__write_change change, const char *text,
                                size_t size, cs_error *error);

#endif
