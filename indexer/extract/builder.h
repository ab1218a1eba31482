/* SPDX-License-Identifier: MIT */
/* The text under construction in the worker. Readers of a format append lines; what is promised in text.h of
 * characters, order and bounds is kept here, once for all formats.
 *
 * Characters are cleaned on the way in: control characters, zero-width ones and the byte order mark go;
 * all kinds of blanks become a space and runs of them one; a soft hyphen stays at the end of a line only;
 * ligatures are spelt out; bullets of symbol fonts become real ones. */
#ifndef INDEXER_EXTRACT_BUILDER_H
#define INDEXER_EXTRACT_BUILDER_H

#include "core/buffer.h"
#include "indexer/text.h"

/** Zero-initialised is empty and valid. Errors are sticky: look at `failed` once at the end. */
struct cs__builder {
    struct cs__text text; /**< points into what is below; hand out with cs__builder_text() */
    struct cs__buffer utf8;
    struct cs__buffer lines; /**< of struct cs__line */
    struct cs__buffer properties, warnings;
    struct cs__line line; /**< the open one */
    int in_line;
    int blank, soft_hyphen; /**< seen, and written when the line goes on (the blank) or ends (the hyphen) */
    size_t broken;          /**< bytes of the input that were no UTF-8 and became U+FFFD */
    int full;               /**< CS__FRAME_TEXT_MAX was reached: later lines are dropped */
    int failed;             /**< memory is out */
};

/** Empty it for the next document; keeps its memory. `format` is one of text.h's. */
void cs__builder_begin(struct cs__builder *builder, const char *format);

/** Begin a line. `like` gives its role, level, flags, number and geometry; its position is the builder's. */
void cs__builder_begin_line(struct cs__builder *builder, const struct cs__line *like);
/** Append one character to the open line, cleaned. */
void cs__builder_character(struct cs__builder *builder, uint32_t character);
/** Append UTF-8 to the open line, cleaned. Broken bytes become U+FFFD. */
void cs__builder_utf8(struct cs__builder *builder, const char *text, size_t size);
/** Append a tab, the border of two cells. */
void cs__builder_cell(struct cs__builder *builder);
/** End the open line, without the blanks at its end; a line of nothing but blanks vanishes. Returns whether
 * there is one. */
int cs__builder_end_line(struct cs__builder *builder);
/** A whole line. */
void cs__builder_line(struct cs__builder *builder, const struct cs__line *like, const char *text,
                      size_t size);
/** All lines from now on are on the next page. Call before the first page, too. */
void cs__builder_begin_page(struct cs__builder *builder);

/** Keep a property; `size` bytes of `value` are cleaned; an empty one is dropped, as is a second of its key.
 */
void cs__builder_property(struct cs__builder *builder, const char *key, const char *value, size_t size);
/** Keep a sentence on what was repaired or left out. */
void cs__builder_warning(struct cs__builder *builder, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** A copy of `text` as one clean line, that lives as long as the document; NULL when nothing is left of it
 * (or of memory: then `failed` is set). */
char *cs__builder_clean(struct cs__builder *builder, const char *text, size_t size);

/** Whether the document has no text. One that ran out of memory is not called empty: cs__builder_text() says
 * so. */
int cs__builder_is_empty(const struct cs__builder *builder);

/** The text as it is now; valid until the next change. NULL when memory is out. */
const struct cs__text *cs__builder_text(struct cs__builder *builder);
void cs__builder_free(struct cs__builder *builder);

#endif
