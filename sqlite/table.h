/* SPDX-License-Identifier: MIT */
/* Table: what all table-valued functions share: columns, arguments by WHERE or by position, LIMIT, errors.
 *
 * Input: a description of a table and the statement's constraints; output: rows. A table's own file says
 * which columns it has and how its rows are made. The interface is https://sqlite.org/vtab.html. */
#ifndef SQLITE_TABLE_H
#define SQLITE_TABLE_H

#include <csearch.h>

#include <sqlite3ext.h>

/** More columns than any table has. */
#define CS__COLUMNS_MAX 64

/** What a column is for. */
enum cs__role {
    CS__OUTPUT = 0, /**< a value of the row */
    CS__FILTERED,   /**< the same, and `column = x` is the filter of that name, as cs-search reads it */
    CS__ARGUMENT,   /**< hidden: an argument, by position or by `name = x`; its value is what was given */
    CS__FACT        /**< hidden: a value that is one for all rows, shown where it is asked for */
};

struct cs__column {
    const char *name;
    enum cs__role role;
};

struct cs__cursor;

/** One table-valued function. */
struct cs__table {
    const char *name;
    const struct cs__column *columns;
    int column_count;
    int required; /**< the first so many arguments must be given */
    int ranked; /**< its column 0 is the rank: ORDER BY it costs nothing, and LIMIT is asked of the library */
    /** Ask for the rows from `cursor->offset` on; sets `rows` and `count`. Called once. */
    cs_status (*run)(struct cs__cursor *cursor, cs_error *error);
    /** More rows, behind those there are; sets `count` to 0 at the end. NULL: there are none. */
    cs_status (*more)(struct cs__cursor *cursor, cs_error *error);
    /** The value of `column` in row `cursor->at`. */
    void (*value)(sqlite3_context *out, const struct cs__cursor *cursor, int column);
    /** Release `cursor->rows`. */
    void (*release)(struct cs__cursor *cursor);
};

/** A walk through the rows of one call. */
struct cs__cursor {
    sqlite3_vtab_cursor base;
    const struct cs__table *table;
    char *path, *vocabulary; /**< of `reader` */
    cs_reader *reader;
    sqlite3_value *arguments[CS__COLUMNS_MAX]; /**< by column; NULL where none was given */
    int64_t limit, offset;                     /**< limit -1: all */
    void *rows;                                /**< the table's own */
    size_t count, at;                          /**< of `rows` */
    int64_t asked;                             /**< the table's own count of rows asked for */
    sqlite3_int64 row;                         /**< number of the current row over all */
    int ended;
};

/** Register `table`, which lives as long as the program. Returns an SQLite status. */
int cs__table_register(sqlite3 *db, const struct cs__table *table);

/** The column of this name; -1 when there is none. */
int cs__table_column(const struct cs__table *table, const char *name);

/** The text given for the column of this name, borrowed until the next call; NULL when none was. */
const char *cs__argument_text(const struct cs__cursor *cursor, const char *name);
/** The number given, or `otherwise`. */
int64_t cs__argument_number(const struct cs__cursor *cursor, const char *name, int64_t otherwise);

/**
 * The number of the word given, among up to three (NULL: fewer); 0 when none was.
 *
 * Returns CS_OK, or CS_ERR_ARGUMENT with a sentence that names the argument.
 */
cs_status cs__argument_choice(const struct cs__cursor *cursor, const char *name, const char *const words[3],
                              int *out, cs_error *error);

/**
 * Fill the filters of `out` from arguments of their names, for cs_search() and cs_timeline_build().
 *
 * Returns CS_OK, or CS_ERR_ARGUMENT with a sentence that names the argument.
 */
cs_status cs__argument_filters(const struct cs__cursor *cursor, cs_search_options *out, cs_error *error);

/** The SQLite status of a status of ours. */
int cs__sqlite_status(cs_status status);

/** Results. Texts are copied; NULL and "" give NULL. */
void cs__give_text(sqlite3_context *out, const char *text);
void cs__give_bytes(sqlite3_context *out, const char *text, size_t size);
/** The first (or, if `last`, the last) day; NULL where none is known. */
void cs__give_day(sqlite3_context *out, cs_date date, int last);
void cs__give_date(sqlite3_context *out, cs_date date);
/** 0 gives NULL. */
void cs__give_number(sqlite3_context *out, int64_t number);
/** What was gathered in `text`, which is ended. */
void cs__give_string(sqlite3_context *out, sqlite3_str *text);
/** Append a JSON string; NULL is null. */
void cs__json_string(sqlite3_str *out, const char *text);
/** [[0,13],[14,20]]: the marks within `part`, counted from its beginning. */
void cs__give_marks(sqlite3_context *out, const cs_range *marks, size_t count, cs_range part);
/** A JSON array of the strings that `get` gives until NULL. */
typedef const char *cs__strings_fn(const void *owner, size_t i);
void cs__give_strings(sqlite3_context *out, cs__strings_fn *get, const void *owner);

extern const struct cs__table cs__table_search, cs__table_timeline, cs__table_documents, cs__table_fields,
    cs__table_visits, cs__table_passages;

/** Register the scalar functions, and the tokenizer where the host has FTS5. Each returns an SQLite status.
 */
int cs__functions_register(sqlite3 *db);
int cs__fts5_register(sqlite3 *db);

#endif
