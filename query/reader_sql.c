/* SPDX-License-Identifier: MIT */
/* The statements of the query side, each prepared on first use. The tables are in core/schema.sql. */
#include "query/reader.h"

const char *const cs__reader_sql[CS__SQL_COUNT] = {
    [CS__SQL_PASSAGE] =
        "SELECT document, section, kind, flags, page, number, lead FROM passage WHERE id = ?1",
    [CS__SQL_SECTION] =
        "SELECT heading, area, judgement, state, first_passage, block_count FROM section WHERE id = ?1",
    [CS__SQL_SECTION_OF] =
        "SELECT coalesce(s.first_passage, d.first_passage),"
        " coalesce(s.first_passage + s.block_count, d.first_passage + d.block_count) - 1"
        " FROM passage p JOIN document d ON d.id = p.document LEFT JOIN section s ON s.id = p.section"
        " WHERE p.id = ?1",
    [CS__SQL_PACK] = "SELECT first, data FROM pack WHERE first <= ?1 ORDER BY first DESC LIMIT 1",
    [CS__SQL_DOCUMENT] =
        "SELECT s.path, d.record, d.format, d.title, d.url, d.authority, d.framework, d.form, d.kind,"
        " d.published_first, d.published_last, d.published_precision, d.pages, d.words, d.passages,"
        " s.status, s.message, nullif(lower(hex(s.sha256)), ''), d.visit"
        " FROM document d JOIN source s ON s.id = d.source WHERE d.id = ?1",
    [CS__SQL_DOCUMENT_JUDGEMENTS] =
        "SELECT name, value, state FROM field"
        " WHERE document = ?1 AND (name = 'lead_inspector' OR name LIKE 'judgement.%') ORDER BY seq",
    [CS__SQL_VISIT] = "SELECT name, authority, kind, ordinal, first, last, precision, scope_known"
                      " FROM visit WHERE id = ?1",
    [CS__SQL_VISIT_WINDOWS] = "SELECT first, last, precision FROM visit_window WHERE visit = ?1 ORDER BY seq",
    [CS__SQL_VISIT_JUDGEMENTS] = "SELECT j.area, j.judgement, j.state, v.name FROM visit_judgement j LEFT "
                                 "JOIN visit v ON v.id = j.source"
                                 " WHERE j.visit = ?1",
    [CS__SQL_VISIT_SCOPE] = "SELECT words FROM visit_scope WHERE visit = ?1 ORDER BY seq",
    [CS__SQL_VISIT_DOCUMENTS] = "SELECT s.path FROM document d JOIN source s ON s.id = d.source"
                                " WHERE d.visit = ?1 ORDER BY s.path",
    /* The overall judgement of a document is its own, else what stands from its visit. */
    [CS__SQL_FILTER_DOCUMENTS] = "SELECT d.id, d.first_passage, d.block_count, d.authority, d.kind, v.name,"
                                 " coalesce(v.first, d.published_first), coalesce(v.last, d.published_last),"
                                 " coalesce(nullif(v.precision, 0), d.published_precision),"
                                 " d.published_first, d.published_last, d.published_precision,"
                                 " CASE WHEN ?1 THEN (SELECT value FROM field f WHERE f.document = d.id AND "
                                 "f.name = 'judgement.overall'"
                                 " AND f.value IS NOT NULL ORDER BY seq LIMIT 1) END,"
                                 " CASE WHEN ?1 THEN (SELECT judgement FROM visit_judgement j WHERE j.visit "
                                 "= d.visit AND j.area = 1) END"
                                 " FROM document d LEFT JOIN visit v ON v.id = d.visit"
                                 " WHERE ?2 IS NULL OR d.authority = ?2 ORDER BY d.first_passage",
    [CS__SQL_FILTER_SECTIONS] = "SELECT first_passage, block_count, heading, area, judgement FROM section"
                                " WHERE document = ?1 ORDER BY first_passage",
    [CS__SQL_NEWEST] =
        "SELECT d.first_passage, d.block_count FROM document d LEFT JOIN visit v ON v.id = d.visit"
        " ORDER BY coalesce(v.last, d.published_last) DESC, d.first_passage",
    [CS__SQL_DATES] = "SELECT d.first_passage, d.block_count, coalesce(v.last, d.published_last)"
                      " FROM document d LEFT JOIN visit v ON v.id = d.visit ORDER BY d.first_passage",
    [CS__SQL_SEARCHABLE] = "SELECT id FROM passage WHERE id BETWEEN ?1 AND ?2 AND flags & 1 ORDER BY id",
    [CS__SQL_NEXT_PASSAGE] = "SELECT n.id FROM passage p JOIN passage n ON n.id > p.id AND n.id <= p.id + 20"
                             " WHERE p.id = ?1 AND n.document = p.document AND n.section IS p.section"
                             " AND n.flags & 1 ORDER BY n.id LIMIT 1",
    [CS__SQL_RANKED] =
        "SELECT coalesce(section, -document), flags, words, document FROM passage WHERE id = ?1",
    [CS__SQL_DOCUMENT_OF] = "SELECT document FROM passage WHERE id = ?1",
    [CS__SQL_NAME_OF] = "SELECT d.id, s.path, d.record FROM passage p JOIN document d ON d.id = p.document"
                        " JOIN source s ON s.id = d.source WHERE p.id = ?1",
    [CS__SQL_ANY_ECHO] = "SELECT passage FROM echo LIMIT 1",
    [CS__SQL_ECHO_SOURCE] = "SELECT source FROM echo WHERE passage = ?1",
    [CS__SQL_MATCH_TEXT] =
        "SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?3 AND rowid BETWEEN ?1 AND ?2"
        " ORDER BY rowid",
    [CS__SQL_FRAME_DOCUMENTS] =
        "SELECT d.id, d.first_passage, d.block_count, d.kind, d.visit, d.words, d.authority,"
        " coalesce(v.first, d.published_first), coalesce(v.last, d.published_last), v.name,"
        " (SELECT judgement FROM visit_judgement j WHERE j.visit = d.visit AND j.area = 1)"
        " FROM document d LEFT JOIN visit v ON v.id = d.visit ORDER BY d.first_passage",
    [CS__SQL_FRAME_ECHOES] =
        "SELECT e.passage, p.words FROM echo e JOIN passage p ON p.id = e.passage ORDER BY e.passage",
    [CS__SQL_FRAME_WORDS] =
        "SELECT coalesce(sum(words), 0) FROM passage WHERE id BETWEEN ?1 AND ?2 AND flags & 1",
    [CS__SQL_DOCUMENT_PASSAGES] = "SELECT p.id FROM document d JOIN passage p"
                                  " ON p.id BETWEEN d.first_passage AND d.first_passage + d.block_count - 1"
                                  " WHERE d.id = ?1 AND p.flags & 1 ORDER BY p.id",
    [CS__SQL_PASSAGE_EXISTS] = "SELECT 1 FROM passage WHERE id = ?1",
    [CS__SQL_DOCUMENT_EXISTS] = "SELECT 1 FROM document WHERE id = ?1",
    [CS__SQL_LONG_FORMS] = "SELECT long, passages FROM short_form WHERE short = ?1"
                           " ORDER BY passages DESC, long",
    [CS__SQL_SHORT_FORMS] = "SELECT short, passages FROM short_form WHERE terms = ?1"
                            " ORDER BY passages DESC, short",
    [CS__SQL_AUTHORITY_EXISTS] = "SELECT 1 FROM document WHERE authority = ?1 LIMIT 1",
    [CS__SQL_TOUCH] = "SELECT 1 FROM meta LIMIT 1",
    [CS__SQL_PASSAGES_BETWEEN] =
        "SELECT id FROM passage WHERE id BETWEEN ?1 AND ?2 AND flags & ?3 = ?4 ORDER BY id",
    [CS__SQL_IMPROVEMENTS] =
        "SELECT value FROM field WHERE document = ?1 AND name = 'improvement' AND value IS NOT NULL",
    [CS__SQL_VISITS_NAMED] = "SELECT id, name, authority, first, last, precision FROM visit"
                             " ORDER BY first IS NULL, first, name",
    [CS__SQL_VISIT_RANGES] =
        "SELECT first_passage, block_count FROM document WHERE visit = ?1 ORDER BY first_passage",
    [CS__SQL_BEGIN] = "BEGIN",
    [CS__SQL_END] = "COMMIT",
};
