/* SPDX-License-Identifier: MIT */
/* The constants of ranking, in one table. `make rank` measures each again, with its neighbours, on the judged
 * data that set it, and prints the table of tests/rank/README.md; it gives other values by -D. */
#ifndef QUERY_RANK_CONSTANTS_H
#define QUERY_RANK_CONSTANTS_H

/* --- The first stage: BM25 of text and heading (query/match_score.h). Set on ../shared/ir. */

#ifndef CS__RANK_K1
#define CS__RANK_K1 1.0 /**< how soon a word said again says no more */
#endif
#ifndef CS__RANK_B
#define CS__RANK_B 0.6 /**< how much a long text must say a word more often */
#endif
#ifndef CS__RANK_HEADING
#define CS__RANK_HEADING 1.1 /**< a heading's weight beside a text's */
#endif
#ifndef CS__RANK_HEADING_K1
#define CS__RANK_HEADING_K1 1.2
#endif
#ifndef CS__RANK_HEADING_B
#define CS__RANK_HEADING_B 0.5
#endif
#ifndef CS__RANK_HEADING_WORDS
#define CS__RANK_HEADING_WORDS 8.0 /**< an average heading's length */
#endif
#ifndef CS__RANK_COMPOUND
#define CS__RANK_COMPOUND 0.5 /**< under match-any: of a compound, and of each of its words */
#endif

/* --- The second stage for passages (query/rerank.h). Set on what readers type: tests/rank/judgments.tsv; the
 * long queries of ../shared/ir don't tell. */

#ifndef CS__RANK_NEAR
#define CS__RANK_NEAR 0.4 /**< of the nearness of the query's words */
#endif
#ifndef CS__RANK_CONTEXT
#define CS__RANK_CONTEXT 0.1 /**< of the best neighbour's score, for a passage of no words */
#endif
#ifndef CS__RANK_SHORT_WORDS
#define CS__RANK_SHORT_WORDS 40.0 /**< a passage of so many words stands for itself */
#endif
#ifndef CS__RANK_ECHO
#define CS__RANK_ECHO 0.9 /**< what is left of the score of a passage that repeats another */
#endif
#ifndef CS__RANK_BOILERPLATE
#define CS__RANK_BOILERPLATE 0.5 /**< and of one that every document has */
#endif

/* --- The second stage for documents (query/feedback.h, query/documents.h). Set on ../shared/ir. */

#ifndef CS__RANK_FEEDBACK
#define CS__RANK_FEEDBACK 0.2 /**< of the words added, all together, beside the query's own */
#endif
#ifndef CS__RANK_FEEDBACK_PASSAGES
#define CS__RANK_FEEDBACK_PASSAGES 5 /**< the best ones, whose words are taken */
#endif
#ifndef CS__RANK_FEEDBACK_WORDS
#define CS__RANK_FEEDBACK_WORDS 10 /**< how many words are added */
#endif
#ifndef CS__RANK_FEEDBACK_COMMON
#define CS__RANK_FEEDBACK_COMMON 0.1 /**< a word in more than this part of all passages says nothing */
#endif
#ifndef CS__RANK_FEEDBACK_SHARED
#define CS__RANK_FEEDBACK_SHARED 2 /**< so many of the best passages must have it */
#endif
#ifndef CS__RANK_DOCUMENT_DECAY
#define CS__RANK_DOCUMENT_DECAY 0.05 /**< what a document's second passage adds; its third, the square */
#endif

#endif
