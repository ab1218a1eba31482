/* SPDX-License-Identifier: MIT */
/* Rows: the documents of a frame -> rows by visit, or by year and by judgement. */
#ifndef QUERY_TIMELINE_ROWS_H
#define QUERY_TIMELINE_ROWS_H

#include "query/timeline_frame.h"

/** Fill `frame->rows` and each document's `rows` and `apart`. Returns 0 when memory is out. */
int cs__rows_make(struct cs__frame *frame, cs_timeline_by by);

#endif
