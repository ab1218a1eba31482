/* SPDX-License-Identifier: MIT */
/**
 * libcsearch: offline full-text search for the papers of an inspectorate.
 *
 * This header brings in all others. Read them in this order:
 *   csearch/types.h     statuses, errors, dates, and the words of the field
 *   csearch/index.h     for those who write an index
 *   csearch/query.h     for those who read one
 *   csearch/document.h  documents, fields with their evidence, visits
 *   csearch/tone.h      concern or strength, of one sentence
 *   csearch/timeline.h  themes across visits
 *   csearch/compare.h   two visits side by side
 *   csearch/follow_up.h areas for improvement, and what came of them
 *   csearch/tokenizer.h what a word is
 *
 * The library keeps no global state and never prints, exits, or touches signals, locale or working directory.
 * Handles may be used from one thread at a time; any number of handles may be open on one index.
 */
#ifndef CSEARCH_H
#define CSEARCH_H

#include <csearch/types.h>
#include <csearch/document.h>
#include <csearch/index.h>
#include <csearch/query.h>
#include <csearch/tone.h>
#include <csearch/timeline.h>
#include <csearch/tokenizer.h>
#include <csearch/compare.h>
#include <csearch/follow_up.h>

#endif
