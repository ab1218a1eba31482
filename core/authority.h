/* SPDX-License-Identifier: MIT */
/* The local authorities: a table of facts, and finding their names in text. Input: UTF-8 (any bytes are
 * safe); output: rows of the table with the bytes that name them. */
#ifndef CORE_AUTHORITY_H
#define CORE_AUTHORITY_H

#include <stddef.h>
#include <stdint.h>

struct cs__authority {
    uint32_t urn;            /**< the inspectorate's number; 0 where not known */
    uint16_t la_code;        /**< the Department for Education's number */
    const char *name;        /**< short name, "Herefordshire" */
    const char *other_names; /**< separated by ';' */
    const char *region;
    const char *type;    /**< "County", "Unitary Authority", … */
    uint8_t common_word; /**< the name is an English word too: alone it names no place for sure */
};

extern const struct cs__authority cs__authorities[];
extern const size_t cs__authority_count;

/** A name in a text. */
struct cs__authority_mention {
    const struct cs__authority *authority;
    size_t start, end; /**< bytes of the name alone, half open */
    int council;       /**< words of a council stand around it: "Borough of X", "X County Council", "X local
                            authority", "X's children's services" */
    int county_town;   /**< it was read as its county: "Hereford's children's services" */
};

/**
 * The next name that starts at `from` or later; 1 and `*out` is set, or 0 when there is none. The longest
 * name at a place counts ("North East Lincolnshire", never "Lincolnshire" in it); hyphens, commas, line ends,
 * "&" and letter case (but for the first letter) make no difference.
 */
int cs__authority_next(const char *text, size_t size, size_t from, struct cs__authority_mention *out);

/**
 * The authority that the whole of `text` names, as a user or a title may write it ("London Borough of X
 * Council", "Bristol, City of", "st helens"); NULL when it names none.
 */
const struct cs__authority *cs__authority_named(const char *text, size_t size);

#endif
