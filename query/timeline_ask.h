/* SPDX-License-Identifier: MIT */
/* Ask: any bytes and options -> what a timeline follows: a theme by its name, or the words as they were
 * typed; and which passages pass. */
#ifndef QUERY_TIMELINE_ASK_H
#define QUERY_TIMELINE_ASK_H

#include <csearch/timeline.h>

#include "core/arena.h"
#include "query/expand.h"
#include "query/filter.h"
#include "query/parse.h"
#include "query/themes.h"

/** A theme, or a query, ready to be matched. Release with cs__asked_free(); zero-initialised is empty. */
struct cs__asked {
    const struct cs__theme *theme; /**< NULL where the query was read as words */
    struct cs__expanded words;     /**< what is counted */
    struct cs__expanded scope;     /**< what areas covered may be called; no tree without a theme */
    cs_match_mode match;           /**< ALL or ANY */
    int asks_for_nothing;          /**< its words all came to nothing (signs only) */
};

/** The parts of a request that hold for all themes. Release with cs__request_free(). */
struct cs__request {
    struct cs__arena arena;
    cs_search_options search;
    struct cs__query query;
    int has_signs_only;        /**< there is something, but no word and no field */
    struct cs__filter *filter; /**< NULL: all */
    struct cs__notes notes;
};

/**
 * The themes that a call goes by: those of the file that `options` name, which `*own` then owns, else those
 * of the reader. Release `*own` with cs__themes_free(), after what was asked by them.
 *
 * Returns CS_OK, CS_ERR_ARGUMENT (the file is no list of themes), CS_ERR_NOMEM.
 */
cs_status cs__request_themes(cs_reader *reader, const cs_timeline_options *options, struct cs__themes **own,
                             const struct cs__themes **out, cs_error *error);

/**
 * Read a query and its filters. `options` may be NULL; `themes` must outlive `*out`.
 *
 * Returns CS_OK, CS_ERR_ARGUMENT, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. On any error `*out` is empty.
 */
cs_status cs__request_read(cs_reader *reader, const struct cs__themes *themes, const char *query, size_t size,
                           const cs_timeline_options *options, struct cs__request *out, cs_error *error);
void cs__request_free(struct cs__request *request);

/**
 * What the request follows. `themes` must outlive `*out`.
 *
 * Returns CS_OK, CS_ERR_ARGUMENT, CS_ERR_NOMEM. On any error `*out` is empty.
 */
cs_status cs__ask(cs_reader *reader, const struct cs__request *request, const struct cs__themes *themes,
                  struct cs__asked *out, cs_error *error);
/** A theme as if it had been asked for by name. Returns CS_OK or CS_ERR_NOMEM. */
cs_status cs__ask_theme(cs_reader *reader, const struct cs__theme *theme, struct cs__asked *out,
                        cs_error *error);
void cs__asked_free(struct cs__asked *asked);

#endif
