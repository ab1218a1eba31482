/* SPDX-License-Identifier: MIT */
/* Schema: making the tables of schema.sql in an empty database, and telling whether a database has them. */
#ifndef CORE_SCHEMA_H
#define CORE_SCHEMA_H

#include <csearch/types.h>

#include <sqlite3.h>

/** `PRAGMA application_id`: "csrc". */
#define CS__APPLICATION_ID 0x63737263
/** `PRAGMA user_version`. Raise it with any change of schema.sql or of a format kept in a table. */
#define CS__SCHEMA_VERSION 3

/**
 * Create all tables, with a new identity, in one transaction. The tokenizer must be registered.
 *
 * Returns CS_OK, or as cs__store_failed().
 */
cs_status cs__schema_create(sqlite3 *db, cs_error *error);

/**
 * Check that `db` holds an index of this schema and tokenizer. `path` is for the message.
 *
 * `*is_empty` tells a database without any table (then CS_OK). Returns CS_OK, CS_ERR_FORMAT with a sentence
 * that says what it is instead, or as cs__store_failed().
 */
cs_status cs__schema_check(sqlite3 *db, const char *path, int *is_empty, cs_error *error);

#endif
