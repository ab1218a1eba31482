/* SPDX-License-Identifier: MIT */
/* Rows: the documents of a frame -> rows by visit, or by year and by judgement. */
#include "query/timeline_rows.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"

enum { NO_YEAR = INT32_MAX };

/* Papers of the visit itself; all else tells of it. */
static int is_own_paper(cs_kind kind)
{
    return kind == CS_KIND_INSPECTION_REPORT || kind == CS_KIND_MONITORING_LETTER ||
           kind == CS_KIND_FOCUSED_VISIT_LETTER;
}

static int is_second_hand(cs_kind kind)
{
    return kind == CS_KIND_ARTICLE || kind == CS_KIND_MINUTES;
}

/* Documents of one visit next to each other; visits by date, then name; those without a visit by their own
 * date; those of no known date last. */
static int by_visit(const void *a, const void *b)
{
    const struct cs__frame_document *x = *(struct cs__frame_document *const *)a;
    const struct cs__frame_document *y = *(struct cs__frame_document *const *)b;
    if (x->has_date != y->has_date)
        return y->has_date - x->has_date;
    if (x->date_first != y->date_first)
        return x->date_first < y->date_first ? -1 : 1;
    if (x->date_last != y->date_last)
        return x->date_last < y->date_last ? -1 : 1;
    if ((x->visit != 0) != (y->visit != 0))
        return x->visit == 0 ? 1 : -1;
    int order = x->visit != y->visit ? strcmp(x->name, y->name) : 0;
    if (order != 0)
        return order;
    return x->id < y->id ? -1 : x->id > y->id;
}

static int same_visit(const struct cs__frame_document *a, const struct cs__frame_document *b)
{
    return a->visit != 0 && a->visit == b->visit;
}

/* Where a visit has papers of its own, those about it stand apart. `documents` are in the order of visits. */
static void set_apart(struct cs__frame_document *const *documents, size_t count)
{
    for (size_t from = 0, to; from < count; from = to) {
        int own = 0;
        for (to = from; to < count && (to == from || same_visit(documents[from], documents[to])); to++)
            own |= is_own_paper(documents[to]->kind);
        for (size_t i = from; i < to; i++)
            documents[i]->apart = own && !is_own_paper(documents[i]->kind);
    }
}

static int count_in(struct cs__frame_row *row, const struct cs__frame_document *document)
{
    row->documents[row->document_count++] = document;
    if (document->apart)
        return 1;
    row->words += document->words;
    row->reports += !document->is_copy;
    row->at_second_hand |= is_second_hand(document->kind);
    return 1;
}

static int make_visits(struct cs__frame *frame, struct cs__frame_document *const *documents)
{
    size_t count = frame->document_count;
    const struct cs__frame_document **listed = cs__arena_array(&frame->arena, count + 1, sizeof *listed);
    frame->rows = cs__arena_array(&frame->arena, count + 1, sizeof *frame->rows);
    if (frame->rows == NULL || listed == NULL)
        return 0;
    for (size_t i = 0; i < count; i++) {
        struct cs__frame_document *document = documents[i];
        if (i == 0 || !same_visit(documents[i - 1], document)) {
            struct cs__frame_row *row = &frame->rows[frame->row_count++];
            row->kind = document->visit != 0 ? CS_ROW_VISIT : CS_ROW_DOCUMENT;
            row->key = document->visit != 0 ? document->visit : document->id;
            row->label = document->name;
            row->documents = listed + i;
        }
        document->rows[0] = (uint32_t)frame->row_count - 1;
        count_in(&frame->rows[frame->row_count - 1], document);
    }
    return 1;
}

static int year_of(const struct cs__frame_document *document)
{
    int year, month, day;
    if (!document->has_date)
        return NO_YEAR;
    cs__day_to_civil(document->date_first, &year, &month, &day);
    return year;
}

static uint32_t row_of(struct cs__frame *frame, cs_row_kind kind, int64_t key)
{
    for (uint32_t i = 0; i < frame->row_count; i++) {
        if (frame->rows[i].kind == kind && frame->rows[i].key == key)
            return i;
    }
    return CS__FRAME_NO_ROW;
}

static int add_row(struct cs__frame *frame, cs_row_kind kind, int64_t key)
{
    struct cs__frame_row *row = &frame->rows[frame->row_count++];
    row->kind = kind;
    row->key = key;
    if (kind == CS_ROW_JUDGEMENT)
        row->label = key != 0 ? cs_judgement_name((cs_judgement)key) : "no overall judgement";
    else
        row->label = key != NO_YEAR ? cs__arena_printf(&frame->arena, "%d", (int)key) : "no known date";
    row->documents = cs__arena_array(&frame->arena, frame->document_count + 1, sizeof *row->documents);
    return row->label != NULL && row->documents != NULL;
}

/* Documents come in the order of their dates, so years do, too. */
static int make_groups(struct cs__frame *frame, struct cs__frame_document *const *documents)
{
    static const cs_judgement judgements[] = {
        CS_JUDGEMENT_INADEQUATE,  CS_JUDGEMENT_REQUIRES_IMPROVEMENT, CS_JUDGEMENT_ADEQUATE, CS_JUDGEMENT_GOOD,
        CS_JUDGEMENT_OUTSTANDING, CS_JUDGEMENT_NOT_JUDGED,           CS_JUDGEMENT_NONE};
    unsigned seen = 0;
    int ok = 1, years = 0, last = INT32_MIN;
    for (size_t i = 0; i < frame->document_count; i++) {
        int year = year_of(documents[i]);
        years += i == 0 || year != last;
        last = year;
        seen |= 1u << documents[i]->overall;
    }
    frame->rows =
        cs__arena_array(&frame->arena, (size_t)years + CS_JUDGEMENT_NOT_JUDGED + 1, sizeof *frame->rows);
    ok = frame->rows != NULL;
    for (size_t i = 0; ok && i < frame->document_count; i++) {
        int year = year_of(documents[i]);
        if (i == 0 || year != last)
            ok = add_row(frame, CS_ROW_YEAR, year);
        last = year;
        documents[i]->rows[0] = (uint32_t)frame->row_count - 1;
    }
    for (size_t i = 0; ok && i < sizeof judgements / sizeof judgements[0]; i++) {
        if (seen & 1u << judgements[i])
            ok = add_row(frame, CS_ROW_JUDGEMENT, judgements[i]);
    }
    for (size_t i = 0; ok && i < frame->document_count; i++) {
        documents[i]->rows[1] = row_of(frame, CS_ROW_JUDGEMENT, documents[i]->overall);
        count_in(&frame->rows[documents[i]->rows[0]], documents[i]);
        count_in(&frame->rows[documents[i]->rows[1]], documents[i]);
    }
    return ok;
}

static int is_one_authority(const struct cs__frame *frame)
{
    const char *authority = NULL;
    for (size_t i = 0; i < frame->document_count; i++) {
        const char *own = frame->documents[i].authority;
        if (own != NULL && authority != NULL && strcmp(own, authority) != 0)
            return 0;
        authority = own != NULL ? own : authority;
    }
    return authority != NULL;
}

int cs__rows_make(struct cs__frame *frame, cs_timeline_by by)
{
    size_t count = frame->document_count;
    struct cs__frame_document **documents = cs__arena_array(&frame->arena, count + 1, sizeof *documents);
    if (documents == NULL)
        return 0;
    for (size_t i = 0; i < count; i++)
        documents[i] = &frame->documents[i];
    qsort(documents, count, sizeof *documents, by_visit);
    set_apart(documents, count);
    frame->is_one_authority = is_one_authority(frame);
    if (by == CS_BY_VISIT || (by == CS_BY_AUTO && frame->is_one_authority))
        return make_visits(frame, documents);
    return make_groups(frame, documents);
}
