/* SPDX-License-Identifier: MIT */
/* Pages: what every page that cs-search prints begins and ends with, and printing text of unknown origin in
 * HTML. A page stands alone: its style and pictures are in it, there are no scripts, and it asks for nothing
 * from outside. */
#ifndef QUERY_RENDER_HTML_H
#define QUERY_RENDER_HTML_H

#include <csearch.h>

#include <stdio.h>

#include "query/render_evidence.h"

/** Print text: `<`, `>`, `&` and quotes as references, control characters as U+FFFD. NULL prints nothing. */
void cs__html_text(FILE *out, const char *text);
void cs__html_bytes(FILE *out, const char *text, size_t size);
/** The bytes `from` to `to`, marks as `<mark>`. Of `marks`, the ranges are bytes of `text`, in order. */
void cs__html_marked(FILE *out, const char *text, size_t from, size_t to, const cs_range *marks,
                     size_t count);

/**
 * Everything up to the page's first own element; `title` is the heading, too.
 *
 * The page has to have an element with the id `content`, where a reader without a mouse may skip to. The
 * tones are there as patterns, `fill="url(#fill-concern)"`.
 */
void cs__html_begin(FILE *out, const char *title);
/** A paragraph; `class` is "lead" (once, under the heading) or "faint". Nothing for no text. */
void cs__html_paragraph(FILE *out, const char *class, const char *text);
/** What each tone looks like. */
void cs__html_legend(FILE *out);
/** What a page is about, for its end. */
struct cs__html_end {
    const char *query, *read_as; /**< NULL for none */
    const char *const *also;     /**< searched beside the words given */
    size_t also_count;
    const struct cs__evidence *evidence;
    const cs_identity *identity;
    int has_tones; /**< the page shows tones: say what they are worth */
};
/** The evidence pack, and the end of the page. */
void cs__html_end(FILE *out, const struct cs__html_end *end);

/** The words that lead in the list that a bullet is of; nothing for other passages. */
void cs__html_lead_in(FILE *out, const cs_hit *hit);
/** One passage: its words, citation and tone. */
void cs__html_passage(FILE *out, const cs_hit *hit, cs_tone tone);
/** A tone as a labelled box; nothing for none. */
void cs__html_tone(FILE *out, cs_tone tone);
/** "in scope, not mentioned" and the like, or what was said: "3 passages, 0.4 per 1,000 words, concern". */
void cs__html_said(FILE *out, const cs_timeline_row *row);
/** "28–29 June 2023, second monitoring visit": what a row is about. */
void cs__html_row_name(FILE *out, const cs_timeline_row *row);

/**
 * The chart of a timeline: the time axis, judgements behind, rates as bars that lead to `#row-N`, articles as
 * marks. Nothing for rows that have no place on a time axis. Returns 0, or -1 when memory is out.
 */
int cs__html_chart(FILE *out, const cs_timeline *timeline);

#endif
