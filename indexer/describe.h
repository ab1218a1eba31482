/* SPDX-License-Identifier: MIT */
/* Describe: blocks -> document: what it is and says of itself, every value with the words that say so. Pure:
 * no file, no database, so that an index can be described again by newer rules. */
#ifndef INDEXER_DESCRIBE_H
#define INDEXER_DESCRIBE_H

#include <csearch/index.h>
#include <csearch/types.h>

#include "core/arena.h"
#include "indexer/layout.h"
#include "indexer/text.h"

/** Raise with any change of a rule's result. */
#define CS__RULES_VERSION 1

/**
 * One value of one field; several of one name are allowed where a field has several.
 *
 *     kind authority framework form url title
 *     visit_kind ordinal
 *     visit_window         EDTF; one a window
 *     visit_days           days of the visit without their year, "--06-07/--06-08" or "--06": link finds the
 * year published            EDTF lead_inspector inspector judgement.AREA_KEY   canonical name, as in
 * previous_overall and standing_overall previous_overall     of a report: what was judged before
 *     standing_overall     what a letter, an article or minutes say is in force
 *     standing_date        EDTF, of that inspection or its report
 *     standing_month standing_year_offset   "--09" and "-1": "judged inadequate in September last year"
 *     improvement          one an area for improvement
 *     scope                one an area that the visit covered, as it is worded
 *     about                no value: the words that tie a document to its visit
 *     visit                override only
 */
struct cs__field {
    const char *name;
    const char *value;
    cs_state state;
    const char *quotation; /**< verbatim from one block; of two (in a conflict, or of a table whose label and
                              grade came apart) with " | " between them; NULL where there is none */
    uint32_t page;
    uint32_t block;   /**< where the quotation stands; CS__NO_BLOCK for none */
    const char *rule; /**< static */
};

/** A section begins at a heading and goes to the next of its level or above. Sections do not nest here: each
 * has the nearest heading. */
struct cs__section {
    uint32_t first_block; /**< its heading's, or 0 for what stands before the first heading */
    uint8_t level;
    const char *heading; /**< without the grade; NULL before the first heading */
    cs_area area;
    cs_judgement judgement; /**< of its area, as the heading, the table or the parent section states */
    cs_state state;
    int is_improvement; /**< "What needs to improve" and its like: its bullets are areas for improvement */
};

struct cs__described {
    struct cs__arena arena;
    struct cs__field *fields;
    size_t field_count;
    struct cs__section *sections; /**< in order of first_block; at least one when there is a block */
    size_t section_count;
    cs_kind kind;
};

/** What is known of a document beside its blocks. */
struct cs__describe_input {
    const char *name; /**< file name without folders, or the record's id; for `derived` values only */
    const char *format;
    uint32_t pages;
    const struct cs__property *properties; /**< of the text */
    size_t property_count;
    const cs_override *overrides; /**< by --set, sidecar, front matter, in falling order of weight */
    size_t override_count;
};

/**
 * Whether an override can be: `key` names a field that may be set, and `value` is one for it.
 *
 * Returns CS_OK, or CS_ERR_ARGUMENT with a sentence that says what is taken.
 */
cs_status cs__override_check(const char *key, const char *value, cs_error *error);

/** Release `out` with cs__described_free(). Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__describe(const struct cs__blocks *blocks, const struct cs__describe_input *input,
                       struct cs__described *out, cs_error *error);
void cs__described_free(struct cs__described *described);

/** The first value of a field; NULL when there is none. */
const struct cs__field *cs__described_field(const struct cs__described *described, const char *name);

#endif
