/* SPDX-License-Identifier: MIT */
/* Hit: the columns of a passage, which searches and documents share. */
#ifndef SQLITE_HIT_H
#define SQLITE_HIT_H

#include "sqlite/table.h"

/** Columns of a hit, in the names of `cs-search --format csv`; FILTERED where a search has a filter so named.
 */
#define CS__HIT_COLUMNS(X)                                                                                   \
    X(RANK, "rank", OUTPUT)                                                                                  \
    X(SCORE, "score", OUTPUT)                                                                                \
    X(AUTHORITY, "authority", FILTERED)                                                                      \
    X(VISIT, "visit", FILTERED)                                                                              \
    X(VISIT_KIND, "visit_kind", OUTPUT)                                                                      \
    X(ORDINAL, "ordinal", OUTPUT)                                                                            \
    X(VISIT_START, "visit_start", OUTPUT)                                                                    \
    X(VISIT_END, "visit_end", OUTPUT)                                                                        \
    X(PRECISION, "precision", OUTPUT)                                                                        \
    X(KIND, "kind", FILTERED)                                                                                \
    X(TITLE, "title", OUTPUT)                                                                                \
    X(PUBLISHED, "published", OUTPUT)                                                                        \
    X(JUDGEMENT, "judgement", FILTERED)                                                                      \
    X(JUDGEMENT_STATE, "judgement_state", OUTPUT)                                                            \
    X(JUDGEMENT_AREA, "judgement_area", OUTPUT)                                                              \
    X(SECTION, "section", FILTERED)                                                                          \
    X(PARAGRAPH, "paragraph", OUTPUT)                                                                        \
    X(PAGE, "page", OUTPUT)                                                                                  \
    X(TEXT, "text", OUTPUT)                                                                                  \
    X(MARKS, "marks", OUTPUT)                                                                                \
    X(EXCERPT, "excerpt", OUTPUT)                                                                            \
    X(EXCERPT_MARKS, "excerpt_marks", OUTPUT)                                                                \
    X(LEAD_IN, "lead_in", OUTPUT)                                                                            \
    X(CITATION, "citation", OUTPUT)                                                                          \
    X(PATH, "path", OUTPUT)                                                                                  \
    X(RECORD, "record", OUTPUT)                                                                              \
    X(URL, "url", OUTPUT)                                                                                    \
    X(SHA256, "sha256", OUTPUT)                                                                              \
    X(DOCUMENT, "document", OUTPUT)                                                                          \
    X(PASSAGE, "passage", OUTPUT)                                                                            \
    X(ECHO, "echo", OUTPUT)                                                                                  \
    X(FOLDED, "folded", OUTPUT)                                                                              \
    X(EXPLANATION, "explanation", OUTPUT)

#define CS__HIT_ID(id, name, role) CS__HIT_##id,
enum cs__hit_column { CS__HIT_COLUMNS(CS__HIT_ID) CS__HIT_COUNT };

/** The value of `column` of a hit. */
void cs__give_hit(sqlite3_context *out, const cs_hit *hit, enum cs__hit_column column);

#endif
