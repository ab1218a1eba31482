/* SPDX-License-Identifier: MIT */
/* A small index for tests of the query side, written row by row as the indexer would: documents with sections
 * and passages, in the order of the calls. */
#ifndef TESTS_INDEX_FIXTURE_H
#define TESTS_INDEX_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/date.h"
#include "core/store.h"
#include "indexer/postings_write.h"

struct fixture {
    char path[64];
    sqlite3 *db;
    struct cs__packer *packer;
    struct cs__postings_writer *postings;
    int64_t document, section, passage, visit;
    char heading[128];
};

static int64_t fixture_run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, message);
        abort();
    }
    return sqlite3_last_insert_rowid(db);
}

static inline void fixture_open(struct fixture *fixture)
{
    cs_error error;
    int created;
    *fixture = (struct fixture){.path = "/tmp/cs-fixture-XXXXXX"};
    int file = mkstemp(fixture->path);
    if (file < 0 || close(file) != 0 ||
        cs__store_open_write(fixture->path, 0, NULL, &fixture->db, &created, &error) != CS_OK ||
        cs__packer_new(NULL, 0, &fixture->packer) != CS_OK ||
        cs__postings_writer_new(fixture->db, 0, &fixture->postings, &error) != CS_OK)
        abort();
    fixture_run(fixture->db, "BEGIN");
}

/* A visit of `days`, in EDTF; 0 is no visit. Later documents are about it. */
static inline void fixture_visit(struct fixture *fixture, const char *name, const char *authority,
                                 cs_visit_kind kind, const char *days, cs_judgement overall, cs_state state)
{
    cs_date date;
    if (cs_date_parse(days, strlen(days), &date) != CS_OK)
        abort();
    char *sql = sqlite3_mprintf("INSERT INTO visit VALUES (NULL, %Q, %Q, %d, NULL, %d, %d, %d, 0)", name,
                                authority, kind, date.first, date.last, date.precision);
    fixture->visit = fixture_run(fixture->db, sql);
    sqlite3_free(sql);
    sql = sqlite3_mprintf("INSERT INTO visit_judgement VALUES (%lld, 1, %d, %d, NULL)", fixture->visit,
                          overall, state);
    fixture_run(fixture->db, sql);
    sqlite3_free(sql);
}

static inline void fixture_no_visit(struct fixture *fixture)
{
    fixture->visit = 0;
}

/* Begin a document; `overall` is its stated judgement, or none. */
static inline void fixture_document(struct fixture *fixture, const char *path, cs_kind kind,
                                    const char *authority, const char *published, cs_judgement overall)
{
    cs_date date = {0};
    if (published != NULL && cs_date_parse(published, strlen(published), &date) != CS_OK)
        abort();
    char *sql = sqlite3_mprintf("INSERT INTO source VALUES (NULL, %Q, 1, 1, x'00', 'ok', NULL, NULL)", path);
    int64_t source = fixture_run(fixture->db, sql);
    sqlite3_free(sql);
    sql = sqlite3_mprintf(
        "INSERT INTO document (source, format, title, kind, authority, visit, published_first,"
        " published_last, published_precision, pages, words, passages, first_passage, block_count)"
        " VALUES (%lld, 'text', 'About %q', %d, %Q, nullif(%lld, 0), %d, %d, %d, 1, 1, 1, %lld, 0)",
        source, path, kind, authority, fixture->visit, date.first, date.last, date.precision,
        fixture->passage + 1);
    fixture->document = fixture_run(fixture->db, sql);
    sqlite3_free(sql);
    if (overall == CS_JUDGEMENT_NONE)
        return;
    sql =
        sqlite3_mprintf("INSERT INTO field VALUES (%lld, 0, 'judgement.overall', %Q, 1, NULL, NULL, 'test')",
                        fixture->document, cs_judgement_name(overall));
    fixture_run(fixture->db, sql);
    sqlite3_free(sql);
}

static inline void fixture_section(struct fixture *fixture, const char *heading, cs_area area,
                                   cs_judgement judgement)
{
    snprintf(fixture->heading, sizeof fixture->heading, "%s", heading);
    char *sql = sqlite3_mprintf("INSERT INTO section VALUES (NULL, %lld, 1, %Q, %d, %d, 1, %lld, 0)",
                                fixture->document, heading, area, judgement, fixture->passage + 1);
    fixture->section = fixture_run(fixture->db, sql);
    sqlite3_free(sql);
}

static inline void fixture_passage(struct fixture *fixture, const char *number, const char *text)
{
    struct cs__buffer pack = {0};
    int64_t id = ++fixture->passage;
    sqlite3_stmt *insert = NULL;
    char *sql =
        sqlite3_mprintf("INSERT INTO passage VALUES (%lld, %lld, %lld, 0, 1, 0, 1, 1, %Q, NULL, 0, 0, 1)", id,
                        fixture->document, fixture->section, number);
    fixture_run(fixture->db, sql);
    sqlite3_free(sql);
    sql = sqlite3_mprintf("INSERT INTO passage_fts (rowid, text) VALUES (%lld, %Q);"
                          "UPDATE section SET block_count = block_count + 1 WHERE id = %lld;"
                          "UPDATE document SET block_count = block_count + 1 WHERE id = %lld",
                          id, text, fixture->section, fixture->document);
    fixture_run(fixture->db, sql);
    sqlite3_free(sql);
    if (cs__postings_passage(fixture->postings, CS__WRITE_ADD, id, fixture->heading, strlen(fixture->heading),
                             text, strlen(text), NULL) != CS_OK)
        abort();
    if (cs__packer_add(fixture->packer, text, strlen(text)) != CS_OK ||
        cs__packer_finish(fixture->packer, &pack) != CS_OK ||
        sqlite3_prepare_v2(fixture->db, "INSERT INTO pack VALUES (?1, ?2)", -1, &insert, NULL) != SQLITE_OK)
        abort();
    sqlite3_bind_int64(insert, 1, id);
    sqlite3_bind_blob(insert, 2, pack.data, (int)pack.size, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE)
        abort();
    sqlite3_finalize(insert);
    cs__buffer_free(&pack);
}

/* Finish writing; the file stays until fixture_remove(). */
static inline void fixture_close(struct fixture *fixture)
{
    if (cs__postings_flush(fixture->postings, NULL) != CS_OK)
        abort();
    fixture_run(fixture->db, "COMMIT");
    cs__postings_writer_free(fixture->postings);
    cs__packer_free(fixture->packer);
    cs__store_settle(fixture->db);
    cs__store_close(fixture->db);
}

static inline void fixture_remove(const struct fixture *fixture)
{
    unlink(fixture->path);
}

#endif
