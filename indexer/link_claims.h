/* SPDX-License-Identifier: MIT */
/* What each document claims of the visit it is about, and the visits made of such claims. Shared by the steps
 * of link:
 *
 *   changes -> authorities (link_changed.c)
 *   index -> claims (link_claims.c, link_years.c) -> visits (link_cluster.c) -> standing judgements
 * (link_standing.c) -> index (link.c), echoes (link_echo.c)
 */
#ifndef INDEXER_LINK_CLAIMS_H
#define INDEXER_LINK_CLAIMS_H

#include <csearch/types.h>

#include <sqlite3.h>

#include "core/arena.h"

struct cs__link_visit;

/** A judgement as a document states it; value 0 and state unknown where it states none. */
struct cs__link_judged {
    cs_judgement value;
    cs_state state;
    const struct cs__link_visit *source; /**< visits only: from which it stands */
};

/** Days of a visit of which the document does not say the year; all 0 where there are none. */
struct cs__link_days {
    int month, day; /**< first; `day` is 0 where only the month is said */
    int last_month, last_day;
};

/** One document's claim. Strings and arrays live in the arena of cs__link_claims. */
struct cs__link_claim {
    int64_t document;
    int64_t first_passage, last_passage; /**< last < first where it has none */
    const char *path, *record;
    const char *authority; /**< "" where the document names none: then it shares its visit with no other */
    cs_kind kind;
    int pages;
    cs_visit_kind visit_kind;
    int ordinal;            /**< 0: none is said */
    const cs_date *windows; /**< in order of their first day */
    size_t window_count;
    cs_date date;              /**< over all windows; unknown when there is none */
    struct cs__link_days days; /**< see cs__link_years() */
    int baseline_month;        /**< "inadequate in September": the month alone; 0 where none is said */
    int baseline_year_offset;  /**< "last year" -1; 0 where none is said */
    cs_date published;
    cs_date baseline; /**< the inspection that ordinals count from, as the document dates it (its visit or its
                         report) */
    cs_judgement standing; /**< the overall judgement that the document says is in force */
    struct cs__link_judged judgements[CS_AREA_COUNT];
    const char *const *scope;
    size_t scope_count;
    const char *forced_visit; /**< a visit's id by override; NULL else */
    struct cs__link_visit *visit;
};

struct cs__link_claims {
    struct cs__arena arena;
    struct cs__link_claim *items; /**< strongest first within an authority: see cs__link_claims_load() */
    size_t count;
};

/** A visit in the making. */
struct cs__link_visit {
    const char *name;
    const char *authority;
    cs_visit_kind kind;
    int ordinal;
    cs_date date;
    cs_date baseline;
    cs_date published;              /**< the report's or letter's, else unknown */
    struct cs__link_claim **claims; /**< best source first */
    size_t claim_count;
    struct cs__link_judged judgements[CS_AREA_COUNT];
    int64_t id; /**< row in the index */
};

struct cs__link_visits {
    struct cs__link_visit **items; /**< by authority, then date */
    size_t count;
};

/**
 * The authorities of whose documents on visits some came or went since link ran ("" for none), and those that
 * share a visit or the beginning of their visits' names with them: the visits of all others stay as they are.
 *
 * `*names` lives in `arena`. Returns CS_OK, CS_ERR_NOMEM, or as cs__store_failed().
 */
cs_status cs__link_changed(sqlite3 *db, struct cs__arena *arena, const char ***names, size_t *count,
                           cs_error *error);
/** How the names of an authority's visits begin: "bath-and-north-east-somerset", "unknown" for "". NULL when
 * memory is out. */
char *cs__link_slug(struct cs__arena *arena, const char *authority);

/**
 * Read the claims of all documents of these authorities that name a visit.
 *
 * They come by authority, then by how exactly they date the visit, then by date, kind, ordinal and path: an
 * order that depends on what is said alone, so that the result does not depend on the order of indexing.
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO.
 */
cs_status cs__link_claims_load(sqlite3 *db, const char *const *authorities, size_t count,
                               struct cs__link_claims *out, cs_error *error);
void cs__link_claims_free(struct cs__link_claims *claims);

/**
 * Give days without a year the year that the other claims on the authority's services fix: that of another
 * document on the same days, or the first working days after the judgement from which visits are counted.
 * "Last year's" judgement gives the visit's year. What stays open stays without a date. Called by
 * cs__link_claims_load(). Returns 1, or 0 when memory is out.
 */
int cs__link_years(struct cs__link_claims *claims);

/** Bring claims on one visit together; sets each claim's `visit`. Arrays live in the claims' arena. Returns
 * CS_OK or CS_ERR_NOMEM. */
cs_status cs__link_cluster(struct cs__link_claims *claims, struct cs__link_visits *out, cs_error *error);

/** Fill the judgements of visits: stated ones, and for others those that stand from the last inspection
 * before. */
void cs__link_standing(struct cs__link_visits *visits);

/** Ranges of passages that were looked at together, from before the visits were written anew: lines of
 * `echoed`. */
struct cs__link_echoed {
    struct cs__link_echoed *next;
    const char *ranges;
    int stays; /**< used by cs__link_echo() */
};

/** The lines of an authority's visits, before `next`; they live in `arena`. Returns CS_OK, CS_ERR_NOMEM, or
 * as cs__store_failed(). */
cs_status cs__link_echoed_load(sqlite3 *db, const char *authority, struct cs__arena *arena,
                               struct cs__link_echoed **first, cs_error *error);

/**
 * Find the passages that only repeat another one of the same visit, and write them to the table `echo`; what
 * was `echoed` together and still is, is left as it is.
 *
 * The first document of a visit is nobody's echo. Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_FULL,
 * CS_ERR_CORRUPT.
 */
cs_status cs__link_echo(sqlite3 *db, const struct cs__link_visits *visits, struct cs__link_echoed *echoed,
                        cs_error *error);

/** Whether `said` (the month or day that a document gives for an inspection) is that of `inspection`, by its
 * visit or its report's publication. */
int cs__link_same_inspection(cs_date said, const struct cs__link_visit *inspection);

#endif
