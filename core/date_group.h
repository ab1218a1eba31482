/* SPDX-License-Identifier: MIT */
/* One group of a date phrase: days of one month, a month, a season, a year. Used by core/date_phrase.c alone.
 */
#ifndef CORE_DATE_GROUP_H
#define CORE_DATE_GROUP_H

#include "core/date_phrase.h"

/** How two days, or two groups, are tied. */
enum cs__date_tie { CS__DATE_TIE_NONE = 0, CS__DATE_TIE_RANGE, CS__DATE_TIE_LIST };

/** Where reading stands. */
struct cs__date_cursor {
    const char *text;
    size_t size;
    size_t at;
};

/** What stands between two ties: days of one month, or one point. */
struct cs__date_group {
    struct cs__date_window windows[CS__DATE_WINDOWS_MAX];
    size_t count;
    int season;
    int weekday;
    int year_offset, has_year_offset;
    int year_only;
};

/** Read a group; 0 and the cursor is where it was when there is none. `between`: "and" makes a range. */
int cs__date_group_take(struct cs__date_cursor *cursor, struct cs__date_group *group, int between);
/** Read what ties the next day or group to the one before; NONE leaves the cursor where it was. */
enum cs__date_tie cs__date_tie_take(struct cs__date_cursor *cursor);
/** Whether a byte belongs to a word or number. */
int cs__date_word_byte(unsigned char byte);

#endif
