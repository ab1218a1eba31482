/* SPDX-License-Identifier: MIT */
/* Signs in a line's own characters: list markers, how it begins, how it ends. Input: UTF-8. */
#ifndef INDEXER_LAYOUT_SIGNS_H
#define INDEXER_LAYOUT_SIGNS_H

#include <stddef.h>
#include <stdint.h>

enum cs__marker_kind {
    CS__MARKER_NONE = 0,
    CS__MARKER_BULLET, /**< a sign that is nothing but a bullet: • ■ ▪ … */
    CS__MARKER_DASH,   /**< a sign that may be a dash in a sentence: - – * o */
    CS__MARKER_NUMBER, /**< "29." "29)" "2.1" "2.1." */
    CS__MARKER_BARE,   /**< "29" without a point */
    CS__MARKER_LETTER  /**< "(a)" "a)" "iv." "(1)" */
};

struct cs__marker {
    enum cs__marker_kind kind;
    uint32_t size;         /**< bytes before the text that it marks */
    uint32_t number_start; /**< of the number or letter within the marker, without brackets and points */
    uint32_t number_end;
    uint32_t value; /**< of a number without a point inside; else 0 */
};

/** The marker at the beginning of a line. It must be followed by a blank, or be all of the line. */
struct cs__marker cs__marker_find(const char *text, size_t size);

/** Bytes of the mark at the beginning of a footnote ("1", a raised 1, "*"); 0 where there is none. */
size_t cs__footnote_mark(const char *text, size_t size);

/** How a line ends, seen through closing quotes, brackets and footnote numbers. */
enum cs__line_end {
    CS__END_OPEN = 0, /**< in mid-sentence, or a heading */
    CS__END_SENTENCE, /**< . ! ? … */
    CS__END_COLON,
    CS__END_SEMICOLON
};
enum cs__line_end cs__line_ends(const char *text, size_t size);

/** Whether it begins with a small letter, seen through opening quotes and brackets. */
int cs__begins_small(const char *text, size_t size);
/** Whether it begins with a capital letter, seen through opening quotes and brackets. */
int cs__begins_capital(const char *text, size_t size);
/** Whether it is a date and nothing else: "Wednesday, April 10, 2024", "Last updated 10 April 2024". */
int cs__is_dateline(const char *text, size_t size);
/** Bytes of the first word. */
size_t cs__first_word(const char *text, size_t size);
/** How wide it is drawn in an ordinary sans-serif font, in thousandths of the font size. */
unsigned long cs__drawn_width(const char *text, size_t size);
/** Characters (bytes that begin one). */
size_t cs__characters(const char *text, size_t size);

#endif
