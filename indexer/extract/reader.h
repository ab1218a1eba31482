/* SPDX-License-Identifier: MIT */
/* What a reader of a format gets and what it gives: an open file in, texts out. One reader a file,
 * reader_FORMAT.c; which one reads a file is told by its content (format.h). */
#ifndef INDEXER_EXTRACT_READER_H
#define INDEXER_EXTRACT_READER_H

#include <csearch/types.h>

#include "indexer/extract/builder.h"

/** Where texts and warnings go. Both return 0 when nobody takes them any more: the reader then stops. */
struct cs__sink {
    void *context;
    int (*text)(void *context, const struct cs__text *text);
    int (*warning)(void *context, const char *message);
};

/** One file to read. */
struct cs__input {
    int descriptor;
    const char *name; /**< for hints; never opened */
    int64_t size;     /**< by fstat() */
    const char *head; /**< its first bytes */
    size_t head_size;
    const char *bytes; /**< all of it; NULL for the formats that read by themselves (PDF, JSON Lines) */
    struct cs__builder *builder; /**< the worker's one; a reader begins it anew */
    struct cs__sink sink;
    uint64_t max_memory_bytes; /**< for sentences about it, and for bounds of its own */
};

/**
 * A reader: sends one text (JSON Lines: many) to the sink, with its warnings.
 *
 * Returns CS_OK; CS_ERR_DOCUMENT with a sentence that goes on after the file's name ("the PDF is
 * encrypted..."); CS_ERR_NOMEM; CS_ERR_IO (reading failed); CS_ERR_CANCELLED (the sink is closed).
 */
typedef cs_status cs__reader_fn(struct cs__input *input, cs_error *error);

cs__reader_fn cs__read_pdf;
cs__reader_fn cs__read_text;
cs__reader_fn cs__read_html;
cs__reader_fn cs__read_jsonl;

/** Send what the builder holds; the end of every reader. */
cs_status cs__reader_send(struct cs__input *input, cs_error *error);

#endif
