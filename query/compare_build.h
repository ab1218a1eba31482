/* SPDX-License-Identifier: MIT */
/* The inner side of a comparison: what its stages share (compare.c runs them). */
#ifndef QUERY_COMPARE_BUILD_H
#define QUERY_COMPARE_BUILD_H

#include <csearch/compare.h>

#include "query/compare_words.h"
#include "query/timeline_build.h"
#include "query/visit_named.h"

struct cs_comparison {
    struct cs_hits hits; /**< its arena owns all that is handed out */
    const cs_timeline_row *sides[2];
    cs_compared_section *sections;
    size_t section_count;
    cs_compared_theme *themes;
    size_t theme_count;
    uint64_t passages;
    int is_one_authority;
    const char *theme, *read_as;
    const char **also;
    size_t also_count;
    const char **notes;
    size_t note_count;
};

/** More passages of one visit than this are not compared. */
#define CS__COMPARED_MAX 2000

/** One comparison under way. */
struct cs__comparing {
    cs_reader *reader;
    struct cs__themes *own_themes;
    const struct cs__themes *themes;
    struct cs__request request;
    struct cs__asked asked;
    int has_words; /**< there is a query; else everything is compared */
    struct cs__visit_row visits[2];
    struct cs__frame frame; /**< of the two visits alone */
    size_t rows[2];         /**< of the frame */
    struct cs__sources sources;
    struct cs__passages_read passages;
    struct cs__ids ids[2];   /**< passages that count, by visit */
    struct cs__told told[2]; /**< the same, read */
    struct cs__arena work;
    cs_comparison *out;
};

/** Sections with their pairs. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. */
cs_status cs__compare_sections(struct cs__comparing *comparing, cs_error *error);
/** Themes, words and phrases that changed. Returns as above. */
cs_status cs__compare_themes(struct cs__comparing *comparing, cs_error *error);

#endif
