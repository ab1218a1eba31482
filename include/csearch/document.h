/* SPDX-License-Identifier: MIT */
/**
 * Documents, their fields with evidence, and visits, as an index holds them.
 *
 * Every struct here is a view into the list it came from and is valid until that list is freed; strings are
 * UTF-8, NUL terminated, and NULL where there is no value.
 */
#ifndef CSEARCH_DOCUMENT_H
#define CSEARCH_DOCUMENT_H

#include <csearch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cs_reader cs_reader;

/** A judgement with how it is known. `source` names the visit it stands from, when `state` is standing. */
typedef struct cs_judged {
    cs_judgement value;
    cs_state state;
    const char *source;
} cs_judged;

/** One on-site event; see DESIGN, "visit". */
typedef struct cs_visit {
    const char *id;        /**< "herefordshire/2023-06-28", "herefordshire/2023-monitoring-3" */
    const char *authority; /**< short name, "Herefordshire" */
    cs_visit_kind kind;
    int ordinal;  /**< 1 = first; 0 = not known or none */
    cs_date date; /**< first to last day over all windows */
    const cs_date *windows;
    size_t window_count;
    cs_judged judgements[CS_AREA_COUNT]; /**< by cs_area; state stated, conflict, standing, … */
    const char *const *scope;            /**< areas covered, as the letter words them */
    size_t scope_count;
    cs_scope scope_known; /**< CS_SCOPE_IN where everything is covered (inspections), UNKNOWN where no letter
                             says */
    const char *const *documents; /**< paths */
    size_t document_count;
} cs_visit;

/** One field of one document, with the words that say so. */
typedef struct cs_field {
    const char
        *name; /**< "authority", "visit_window", "judgement.overall", "improvement", …; see csearch(5) */
    const char *value; /**< canonical: EDTF for dates, names as in DESIGN 2 */
    cs_state state;
    const char *quotation; /**< verbatim words of the document, or NULL */
    uint32_t page;         /**< 1-based; 0 where the document has no pages */
    const char *rule;      /**< the rule that read it, e.g. "ilacs.table" */
} cs_field;

/** One document. */
typedef struct cs_document {
    int64_t id;
    const char *path;   /**< of its file, as it was given to the indexer, made absolute */
    const char *record; /**< the id of a JSON Lines record, else NULL */
    const char *format; /**< "pdf", "html", "text", "markdown", "jsonl" */
    const char *title;
    const char *url;
    const char *authority;
    const char *framework; /**< "SIF", "ILACS", … */
    const char *form;      /**< "standard", "short", "re-inspection" */
    const char *lead_inspector;
    cs_kind kind;
    cs_date published;
    const char *visit; /**< id of its visit, or NULL */
    cs_judged judgements[CS_AREA_COUNT];
    const cs_field *fields; /**< all of them, conflicts first */
    size_t field_count;
    uint32_t pages;
    uint32_t words;
    uint32_t passages;
    const char *status;  /**< "ok" or "failed" */
    const char *message; /**< why it failed, or a warning */
    const char *sha256;  /**< of the source, 64 hexadecimal digits */
} cs_document;

/** What to list; NULL and zero mean all. */
typedef struct cs_list_options {
    size_t struct_size;
    const char *const *paths; /**< documents at or below one of these, which are absolute */
    size_t path_count;
    const char *authority;
    int with_fields; /**< fill cs_document.fields */
    int with_failed; /**< also sources that could not be read */
} cs_list_options;
#define CS_LIST_OPTIONS_INIT                                                                                 \
    {                                                                                                        \
        sizeof(cs_list_options), NULL, 0, NULL, 0, 0                                                         \
    }

typedef struct cs_documents cs_documents;
typedef struct cs_visits cs_visits;

/**
 * List documents, in the order of their paths and records.
 *
 * The caller owns `*out`; release it with cs_documents_free(). It does not need `reader` to stay open.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_CORRUPT, CS_ERR_IO, CS_ERR_ARGUMENT (options without a size),
 * CS_ERR_CANCELLED. On any error `*out` is NULL.
 */
CS_API cs_status cs_documents_list(cs_reader *reader, const cs_list_options *options, cs_documents **out,
                                   cs_error *error);
CS_API size_t cs_documents_count(const cs_documents *documents);
/** Borrowed from `documents`; NULL when `i` is past the end. */
CS_API const cs_document *cs_documents_get(const cs_documents *documents, size_t i);
CS_API void cs_documents_free(cs_documents *documents);

/**
 * List visits, oldest first, those of unknown date last.
 *
 * The caller owns `*out`; release it with cs_visits_free(). Returns as cs_documents_list().
 */
CS_API cs_status cs_visits_list(cs_reader *reader, const cs_list_options *options, cs_visits **out,
                                cs_error *error);
CS_API size_t cs_visits_count(const cs_visits *visits);
/** Borrowed from `visits`; NULL when `i` is past the end. */
CS_API const cs_visit *cs_visits_get(const cs_visits *visits, size_t i);
CS_API void cs_visits_free(cs_visits *visits);

#ifdef __cplusplus
}
#endif
#endif
