/* SPDX-License-Identifier: MIT */
/* The statements of write. */
#include "indexer/write_internal.h"

const char *const cs__write_sql[CS__WRITE_SQL_COUNT] = {
    [CS__WRITE_BEGIN] = "BEGIN IMMEDIATE",
    [CS__WRITE_COMMIT] = "COMMIT",
    [CS__WRITE_ROLLBACK] = "ROLLBACK",
    [CS__WRITE_FIND_SOURCE] =
        "SELECT id, size, mtime_ns, sha256, status, message, overrides FROM source WHERE path = ?1",
    [CS__WRITE_PUT_SOURCE] = "INSERT INTO source(path, size, mtime_ns, sha256, status, message, overrides)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [CS__WRITE_CHANGE_SOURCE] =
        "UPDATE source SET path = ?1, size = ?2, mtime_ns = ?3, sha256 = ?4, status = ?5,"
        " message = ?6, overrides = ?7 WHERE id = ?8",
    [CS__WRITE_DELETE_SOURCE] = "DELETE FROM source WHERE id = ?1",
    [CS__WRITE_DOCUMENT] =
        "INSERT INTO document(id, source, record, format, title, url, kind, authority, framework, form,"
        " published_first, published_last, published_precision, pages, words, passages, first_passage, "
        "block_count)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    [CS__WRITE_FIELD] = "INSERT INTO field(document, seq, name, value, state, quotation, page, rule)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [CS__WRITE_PROPERTY] = "INSERT INTO property(document, seq, key, value) VALUES (?1, ?2, ?3, ?4)",
    [CS__WRITE_SECTION] =
        "INSERT INTO section(id, document, level, heading, area, judgement, state, first_passage,"
        " block_count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [CS__WRITE_PASSAGE] =
        "INSERT INTO passage(id, document, section, kind, flags, level, page, last_page, number,"
        " lead, start, size, words)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [CS__WRITE_FTS] = "INSERT INTO passage_fts(rowid, text) VALUES (?1, ?2)",
    [CS__WRITE_FTS_DELETE] = "INSERT INTO passage_fts(passage_fts, rowid, text) VALUES ('delete', ?1, ?2)",
    [CS__WRITE_PUT_SHORT_FORM] = "INSERT INTO short_form(short, terms, long, passages) VALUES (?1, ?2, ?3, 1)"
                                 " ON CONFLICT(short, terms) DO UPDATE SET passages = passages + 1",
    [CS__WRITE_TAKE_SHORT_FORM] =
        "UPDATE short_form SET passages = passages - 1 WHERE short = ?1 AND terms = ?2",
    [CS__WRITE_DROP_SHORT_FORM] = "DELETE FROM short_form WHERE short = ?1 AND terms = ?2 AND passages <= 0",
    [CS__WRITE_RANGE] = "SELECT min(first_passage), max(first_passage + block_count) - 1 FROM document"
                        " WHERE source = ?1",
    [CS__WRITE_HEADINGS] = "SELECT p.id, coalesce(s.heading, d.title, '') FROM passage p"
                           " JOIN document d ON d.id = p.document LEFT JOIN section s ON s.id = p.section"
                           " WHERE p.id BETWEEN ?1 AND ?2 AND p.flags & 1 ORDER BY p.id",
    [CS__WRITE_PACKS] = "SELECT first, data FROM pack WHERE first BETWEEN ?1 AND ?2 ORDER BY first",
    [CS__WRITE_UNLINK] = "INSERT OR IGNORE INTO unlinked(authority) VALUES (coalesce(?1, ''))",
    /* The visit may be another authority's: the user said so. */
    [CS__WRITE_UNLINK_SOURCE] =
        "INSERT OR IGNORE INTO unlinked SELECT coalesce(authority, '') FROM document"
        " WHERE source = ?3 AND visit IS NOT NULL UNION SELECT coalesce(v.authority, '') FROM document d"
        " JOIN visit v ON v.id = d.visit WHERE d.source = ?3",
    [CS__WRITE_DELETE_ECHOES] = "DELETE FROM echo WHERE passage BETWEEN ?1 AND ?2",
    [CS__WRITE_DELETE_PACKS] = "DELETE FROM pack WHERE first BETWEEN ?1 AND ?2",
    [CS__WRITE_DELETE_PASSAGES] = "DELETE FROM passage WHERE id BETWEEN ?1 AND ?2",
    [CS__WRITE_DELETE_SECTIONS] =
        "DELETE FROM section WHERE document IN (SELECT id FROM document WHERE source = ?3)",
    [CS__WRITE_DELETE_FIELDS] =
        "DELETE FROM field WHERE document IN (SELECT id FROM document WHERE source = ?3)",
    [CS__WRITE_DELETE_PROPERTIES] =
        "DELETE FROM property WHERE document IN (SELECT id FROM document WHERE source = ?3)",
    [CS__WRITE_DELETE_DOCUMENTS] = "DELETE FROM document WHERE source = ?3",
    [CS__WRITE_NEXT_IDS] = "SELECT max((SELECT coalesce(max(id), 0) + 1 FROM passage),"
                           " coalesce((SELECT value FROM meta WHERE key = 'next_passage'), 1)),"
                           " (SELECT coalesce(max(id), 0) + 1 FROM section),"
                           " (SELECT coalesce(max(id), 0) + 1 FROM document)",
    [CS__WRITE_PUT_META] = "INSERT INTO meta(key, value) VALUES (?1, ?2)"
                           " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
    [CS__WRITE_GET_META] = "SELECT value FROM meta WHERE key = ?1",
    [CS__WRITE_FTS_OPTIMIZE] = "INSERT INTO passage_fts(passage_fts) VALUES ('optimize')",
    [CS__WRITE_FREE_PAGES] = "SELECT * FROM pragma_freelist_count, pragma_page_count",
};
