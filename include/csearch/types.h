/* SPDX-License-Identifier: MIT */
/**
 * Statuses, errors, dates, and the words of the field (kinds, areas, judgements, value states).
 */
#ifndef CSEARCH_TYPES_H
#define CSEARCH_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Marks each name that leaves the shared library. */
#if defined(__GNUC__)
#define CS_API __attribute__((visibility("default")))
#else
#define CS_API
#endif

/** What a call came to. Each function lists the ones it returns; one not in its list is a bug. */
typedef enum cs_status {
    CS_OK = 0,
    CS_ERR_NOMEM,     /**< an allocation failed; nothing was changed */
    CS_ERR_IO,        /**< reading or writing a file failed */
    CS_ERR_ARGUMENT,  /**< an argument is outside what the function takes */
    CS_ERR_NOT_FOUND, /**< no such file, document, visit or passage */
    CS_ERR_FORMAT,    /**< the file is no index, or one of another version */
    CS_ERR_CORRUPT,   /**< the index contradicts itself; `cs-index --verify` tells more */
    CS_ERR_BUSY,      /**< another writer holds the index */
    CS_ERR_READ_ONLY, /**< the index, or its medium, can't be written */
    CS_ERR_FULL,      /**< no space is left; the index stays as it was */
    CS_ERR_DOCUMENT,  /**< one document could not be read; the others can */
    CS_ERR_LIMIT,     /**< an input exceeds a stated bound */
    CS_ERR_CANCELLED, /**< the caller's callback asked to stop */
    CS_ERR_INTERNAL   /**< a bug in the library; please report it */
} cs_status;

/** A short, fixed English name of `status`, e.g. "no memory". Static; never NULL. */
CS_API const char *cs_status_name(cs_status status);

/** Bytes in cs_error.message, its NUL included. */
#define CS_ERROR_SIZE 1024

/** A range of bytes in a text, half open. */
typedef struct cs_range {
    uint32_t start, end;
} cs_range;

/**
 * What went wrong, in a sentence that names the file or option and says what to do.
 *
 * The caller owns it, and hands it to each call that can fail; NULL where the status is enough. On CS_OK it
 * is left alone. `message` is UTF-8, without a newline at its end, cut at a character when too long.
 */
typedef struct cs_error {
    cs_status status;
    char message[CS_ERROR_SIZE];
} cs_error;

/** How exactly a date is known. */
typedef enum cs_precision {
    CS_PRECISION_UNKNOWN = 0,
    CS_PRECISION_YEAR,
    CS_PRECISION_SEASON,
    CS_PRECISION_MONTH,
    CS_PRECISION_DAY
} cs_precision;

/** The name of `precision`: "day", "month", "season", "year", "unknown". Static; never NULL. */
CS_API const char *cs_precision_name(cs_precision precision);

/**
 * A day or a span of days, as first and last possible day.
 *
 * Days are counted from 1970-01-01 (day 0) in the proleptic Gregorian calendar. A zeroed cs_date is
 * "unknown": look at `precision` before `first` and `last`. A visit of several days has precision day and
 * first < last.
 */
typedef struct cs_date {
    int32_t first;
    int32_t last;
    cs_precision precision;
} cs_date;

/** Bytes that cs_date_print() writes at most, NUL included. */
#define CS_DATE_SIZE 32

/**
 * Print `date` as EDTF (ISO 8601-2:2019, level 1): `2023-06-28`, `2023-06-28/2023-06-29`, `2023-10`,
 * `2023-23` (autumn), `2023`.
 *
 * `out` takes CS_DATE_SIZE bytes; an unknown date prints as "". Returns `out`.
 */
CS_API char *cs_date_print(cs_date date, char out[CS_DATE_SIZE]);

/** Bytes that cs_date_words() writes at most, NUL included. */
#define CS_DATE_WORDS_SIZE 64

/**
 * Print `date` as an English reader writes it: `28 June 2023`, `28–29 June 2023`, `31 July – 1 August 2018`,
 * `October 2023`, `autumn 2023`, `2023`.
 *
 * `out` takes CS_DATE_WORDS_SIZE bytes; an unknown date prints as "". Returns `out`.
 */
CS_API char *cs_date_words(cs_date date, char out[CS_DATE_WORDS_SIZE]);

/**
 * Read a date in EDTF, or in plain English words ("28 June 2023", "June 2023", "autumn 2023", "28-29 June
 * 2023").
 *
 * `text` holds `size` bytes and need not end with NUL.
 *
 * Returns:
 *   CS_OK            `*out` is set
 *   CS_ERR_ARGUMENT  `text` is no date; `*out` is the unknown date
 */
CS_API cs_status cs_date_parse(const char *text, size_t size, cs_date *out);

/** What a document is. */
typedef enum cs_kind {
    CS_KIND_OTHER = 0,
    CS_KIND_INSPECTION_REPORT,
    CS_KIND_MONITORING_LETTER,
    CS_KIND_FOCUSED_VISIT_LETTER,
    CS_KIND_ARTICLE,
    CS_KIND_MINUTES
} cs_kind;

/** What a visit is. */
typedef enum cs_visit_kind {
    CS_VISIT_UNKNOWN = 0,
    CS_VISIT_INSPECTION,
    CS_VISIT_MONITORING,
    CS_VISIT_FOCUSED
} cs_visit_kind;

/** A judgement, worst first, so that ranges of them (`inadequate..good`) are ranges of numbers. */
typedef enum cs_judgement {
    CS_JUDGEMENT_NONE = 0,
    CS_JUDGEMENT_INADEQUATE = 1,
    CS_JUDGEMENT_REQUIRES_IMPROVEMENT = 2,
    CS_JUDGEMENT_ADEQUATE = 3, /**< before 2013 only */
    CS_JUDGEMENT_GOOD = 4,
    CS_JUDGEMENT_OUTSTANDING = 5,
    CS_JUDGEMENT_NOT_JUDGED = 6 /**< the document prints "not judged"; in no range */
} cs_judgement;

/** What a judgement is about. */
typedef enum cs_area {
    CS_AREA_NONE = 0,
    CS_AREA_OVERALL,
    CS_AREA_LEADERSHIP,
    CS_AREA_HELP_AND_PROTECTION,
    CS_AREA_CARE,
    CS_AREA_CARE_LEAVERS,
    CS_AREA_ADOPTION,
    CS_AREA_LSCB,
    CS_AREA_COUNT
} cs_area;

/** How a value came to be; a field is never just empty. */
typedef enum cs_state {
    CS_STATE_UNKNOWN = 0,      /**< nothing was found */
    CS_STATE_STATED,           /**< the document says so */
    CS_STATE_STANDING,         /**< in force from an earlier visit */
    CS_STATE_DERIVED,          /**< concluded from something else, which the evidence names */
    CS_STATE_OVERRIDE,         /**< the user says so */
    CS_STATE_NOT_REPORTED,     /**< this framework gives no such value (since April 2026: overall) */
    CS_STATE_NOT_YET_EXISTING, /**< the framework had no such value yet (care leavers before January 2023) */
    CS_STATE_UNREADABLE,       /**< it should be there and can't be read */
    CS_STATE_CONFLICT          /**< the document contradicts itself; the evidence quotes both */
} cs_state;

/** What a timeline says of a theme and a visit's scope. */
typedef enum cs_scope { CS_SCOPE_UNKNOWN = 0, CS_SCOPE_IN, CS_SCOPE_OUT } cs_scope;

/**
 * The words printed for each value: "inspection-report", "monitoring", "requires improvement", "help and
 * protection", "not-yet-existing", "in-scope". cs_area_key() gives the JSON key ("help_and_protection").
 * Static; never NULL; "" for none.
 */
CS_API const char *cs_kind_name(cs_kind kind);
CS_API const char *cs_visit_kind_name(cs_visit_kind kind);
CS_API const char *cs_judgement_name(cs_judgement judgement);
CS_API const char *cs_area_name(cs_area area);
CS_API const char *cs_area_key(cs_area area);
CS_API const char *cs_state_name(cs_state state);
CS_API const char *cs_scope_name(cs_scope scope);

/**
 * The value named by `size` bytes at `text`, in any letter case; a space, hyphen or underscore stand for each
 * other, and "requires improvement to be good" is `requires improvement`.
 *
 * Returns CS_OK, or CS_ERR_ARGUMENT when it names none (`*out` is then the zero value).
 */
CS_API cs_status cs_kind_parse(const char *text, size_t size, cs_kind *out);
CS_API cs_status cs_visit_kind_parse(const char *text, size_t size, cs_visit_kind *out);
CS_API cs_status cs_judgement_parse(const char *text, size_t size, cs_judgement *out);
CS_API cs_status cs_area_parse(const char *text, size_t size, cs_area *out);
CS_API cs_status cs_state_parse(const char *text, size_t size, cs_state *out);

/** Facts about a local authority. Static strings. */
typedef struct cs_authority {
    const char *name;   /**< short name, "Herefordshire" */
    const char *region; /**< "West Midlands" */
    const char *type;   /**< "Unitary Authority" */
    uint32_t urn;       /**< the inspectorate's number; 0 where not known */
} cs_authority;

/**
 * The authority that `size` bytes at `text` name, as a user or a title may write it ("london borough of
 * brent").
 *
 * Returns CS_OK, or CS_ERR_NOT_FOUND when they name none (`*out` is then zeroed).
 */
CS_API cs_status cs_authority_find(const char *text, size_t size, cs_authority *out);

/** The library's version, e.g. "0.1.0". Static. */
CS_API const char *cs_version(void);

/**
 * Called between steps of a long task, with what has been done of what is known so far.
 *
 * `done` and `total` are in the unit named by the function that takes the callback. Return nonzero to stop:
 * the call then ends with CS_ERR_CANCELLED and leaves whole documents only.
 */
typedef int (*cs_progress_fn)(void *context, const char *stage, uint64_t done, uint64_t total);

/**
 * Asked now and then in a long call, from the thread of that call, with the context given beside it.
 *
 * Return nonzero to stop: the call then ends with CS_ERR_CANCELLED, and its handle can be used again.
 */
typedef int (*cs_cancel_fn)(void *context);

#ifdef __cplusplus
}
#endif
#endif
