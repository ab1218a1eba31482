/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One page of a PDF: MuPDF's structured text in, lines in reading order out. */
#ifndef INDEXER_EXTRACT_PDF_PAGE_H
#define INDEXER_EXTRACT_PDF_PAGE_H

#include <mupdf/fitz.h>

#include "indexer/extract/builder.h"

/** What was seen on pages, added up over a document. */
struct cs__pdf_tally {
    uint64_t characters; /**< that are not blank */
    uint64_t unreadable; /**< of them, those whose font doesn't say which letter they draw */
};

/** Append the lines of `page` to `builder`, whose page has begun. Returns 0 when memory is out. */
int cs__pdf_page_lines(fz_context *context, const fz_stext_page *page, struct cs__builder *builder,
                       struct cs__pdf_tally *tally);

#endif
