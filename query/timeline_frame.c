/* SPDX-License-Identifier: MIT */
/* Frame: a filter -> the documents that it lets pass, and their words. The rows are made in timeline_rows.c.
 */
#include "query/timeline_frame.h"

#include <string.h>

#include "core/error.h"
#include "query/reader.h"
#include "query/timeline_rows.h"

/* A copy repeats all but one in so many of its words. */
enum { COPY_FACTOR = 10 };

struct framer {
    cs_reader *reader;
    const struct cs__filter *filter;
    struct cs__frame *out;
    uint64_t *echo_words; /* of the first echoes: echo_words[i] of those before echo i */
    size_t capacity, cursor;
};

static cs_status load_echoes(struct framer *framer, cs_error *error)
{
    cs_status status;
    struct cs__frame *frame = framer->out;
    sqlite3_stmt *row = cs__reader_statement(framer->reader, CS__SQL_FRAME_ECHOES, &status, error);
    size_t capacity = 0;
    int step = SQLITE_DONE;
    uint64_t sum = 0;
    while (row != NULL && (step = sqlite3_step(row)) == SQLITE_ROW) {
        if (frame->echoes.count + 1 >= capacity) {
            uint64_t *more = cs__arena_array(&frame->arena, capacity = 2 * capacity + 256, sizeof *more);
            if (more != NULL && framer->echo_words != NULL)
                memcpy(more, framer->echo_words, (frame->echoes.count + 1) * sizeof *more);
            framer->echo_words = more;
        }
        if (framer->echo_words == NULL || !cs__ids_add(&frame->echoes, sqlite3_column_int64(row, 0)))
            return cs__error_nomem(error);
        sum += (uint64_t)sqlite3_column_int64(row, 1);
        framer->echo_words[frame->echoes.count] = sum;
    }
    if (row != NULL && step != SQLITE_DONE)
        return cs__reader_failed(framer->reader, error);
    return status;
}

/* How many ids stand before `id`. */
static size_t count_before(const struct cs__ids *ids, int64_t id)
{
    size_t low = 0, high = ids->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ids->items[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint64_t echo_words_in(const struct framer *framer, int64_t first, int64_t last)
{
    const struct cs__ids *echoes = &framer->out->echoes;
    if (echoes->count == 0)
        return 0;
    return framer->echo_words[count_before(echoes, last + 1)] -
           framer->echo_words[count_before(echoes, first)];
}

static cs_status words_in(struct framer *framer, int64_t first, int64_t last, uint64_t *words,
                          cs_error *error)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(framer->reader, CS__SQL_FRAME_WORDS, &status, error);
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, first);
    sqlite3_bind_int64(row, 2, last);
    if (sqlite3_step(row) != SQLITE_ROW)
        return cs__reader_failed(framer->reader, error);
    *words += (uint64_t)sqlite3_column_int64(row, 0) - echo_words_in(framer, first, last);
    sqlite3_reset(row);
    return CS_OK;
}

/* Words of the parts of a document that pass. The whole of it is known without a look at its passages. */
static cs_status count_words(struct framer *framer, struct cs__frame_document *document, uint64_t whole,
                             int *passes, cs_error *error)
{
    const struct cs__filter *filter = framer->filter;
    cs_status status = CS_OK;
    int64_t at = document->first;
    *passes = filter == NULL;
    document->words = 0;
    for (size_t cursor = framer->cursor; filter != NULL && status == CS_OK && at <= document->last;) {
        at = cs__filter_seek(filter, &cursor, at);
        if (at > document->last)
            break;
        *passes = 1;
        framer->cursor = cursor;
        int64_t last = filter->ranges[cursor].last;
        if (at == document->first && last >= document->last)
            break;
        last = last < document->last ? last : document->last;
        status = words_in(framer, at, last, &document->words, error);
        at = last + 1;
    }
    if (at == document->first && *passes)
        document->words = whole - echo_words_in(framer, document->first, document->last);
    return status;
}

static struct cs__frame_document *add_document(struct framer *framer)
{
    struct cs__frame *frame = framer->out;
    if (frame->document_count == framer->capacity) {
        size_t capacity = framer->capacity ? framer->capacity * 2 : 128;
        struct cs__frame_document *items = cs__arena_array(&frame->arena, capacity, sizeof *items);
        if (items == NULL)
            return NULL;
        if (frame->document_count > 0)
            memcpy(items, frame->documents, frame->document_count * sizeof *items);
        frame->documents = items;
        framer->capacity = capacity;
    }
    return &frame->documents[frame->document_count++];
}

static int copy_texts(struct cs__arena *arena, sqlite3_stmt *row, struct cs__frame_document *document)
{
    const char *authority = (const char *)sqlite3_column_text(row, 6);
    const char *name = (const char *)sqlite3_column_text(row, 9);
    document->authority = cs__arena_string(arena, authority);
    document->name = cs__arena_string(arena, name);
    return (authority == NULL || document->authority != NULL) && (name == NULL || document->name != NULL);
}

static cs_status read_document(struct framer *framer, sqlite3_stmt *row, cs_error *error)
{
    int passes;
    struct cs__frame_document document = {
        .id = sqlite3_column_int64(row, 0),
        .first = sqlite3_column_int64(row, 1),
        .last = sqlite3_column_int64(row, 1) + sqlite3_column_int64(row, 2) - 1,
        .kind = (cs_kind)sqlite3_column_int(row, 3),
        .visit = sqlite3_column_int64(row, 4),
        .date_first = sqlite3_column_int(row, 7),
        .date_last = sqlite3_column_int(row, 8),
        .has_date = sqlite3_column_type(row, 7) != SQLITE_NULL,
        .overall = (cs_judgement)sqlite3_column_int(row, 10),
        .rows = {CS__FRAME_NO_ROW, CS__FRAME_NO_ROW},
    };
    uint64_t whole = (uint64_t)sqlite3_column_int64(row, 5);
    cs_status status = count_words(framer, &document, whole, &passes, error);
    if (status != CS_OK || !passes)
        return status;
    document.is_copy =
        COPY_FACTOR * echo_words_in(framer, document.first, document.last) > (COPY_FACTOR - 1) * whole &&
        whole > 0;
    struct cs__frame_document *kept = add_document(framer);
    if (kept == NULL || !copy_texts(&framer->out->arena, row, &document))
        return cs__error_nomem(error);
    *kept = document;
    return CS_OK;
}

static cs_status load_documents(struct framer *framer, cs_error *error)
{
    cs_status status;
    int step = SQLITE_DONE;
    sqlite3_stmt *row = cs__reader_statement(framer->reader, CS__SQL_FRAME_DOCUMENTS, &status, error);
    while (row != NULL && status == CS_OK && (step = sqlite3_step(row)) == SQLITE_ROW)
        status = read_document(framer, row, error);
    if (row != NULL && status == CS_OK && step != SQLITE_DONE)
        status = cs__reader_failed(framer->reader, error);
    if (row != NULL)
        sqlite3_reset(row);
    return status;
}

cs_status cs__frame_build(cs_reader *reader, const struct cs__filter *filter, cs_timeline_by by,
                          struct cs__frame *out, cs_error *error)
{
    struct framer framer = {.reader = reader, .filter = filter, .out = out};
    *out = (struct cs__frame){0};
    cs_status status = load_echoes(&framer, error);
    if (status == CS_OK)
        status = load_documents(&framer, error);
    if (status == CS_OK && !cs__rows_make(out, by))
        status = cs__error_nomem(error);
    if (status != CS_OK)
        cs__frame_free(out);
    return status;
}

void cs__frame_free(struct cs__frame *frame)
{
    cs__ids_free(&frame->echoes);
    cs__arena_free(&frame->arena);
    *frame = (struct cs__frame){0};
}

static int tally_document(const struct cs__frame *frame, size_t i, const struct cs__ids *ids, size_t *at,
                          size_t *echo, struct cs__tally *out)
{
    const struct cs__frame_document *document = &frame->documents[i];
    for (; *at < ids->count && ids->items[*at] <= document->last; ++*at) {
        int64_t id = ids->items[*at];
        while (*echo < frame->echoes.count && frame->echoes.items[*echo] < id)
            ++*echo;
        if (id < document->first || (*echo < frame->echoes.count && frame->echoes.items[*echo] == id))
            continue;
        out->documents[i]++;
        if (document->apart)
            continue;
        out->total++;
        for (int j = 0; j < 2; j++) {
            uint32_t row = document->rows[j];
            if (row != CS__FRAME_NO_ROW && !cs__ids_add(&out->rows[row], id))
                return 0;
        }
    }
    for (int j = 0; j < 2; j++)
        if (document->rows[j] != CS__FRAME_NO_ROW)
            out->rows_with[document->rows[j]] +=
                !document->apart && !document->is_copy && out->documents[i] > 0;
    return 1;
}

cs_status cs__tally_make(const struct cs__frame *frame, const struct cs__ids *ids, struct cs__arena *arena,
                         struct cs__tally *out)
{
    size_t at = 0, echo = 0;
    int ok;
    *out = (struct cs__tally){0};
    out->rows = cs__arena_array(arena, frame->row_count + 1, sizeof *out->rows);
    out->documents = cs__arena_array(arena, frame->document_count + 1, sizeof *out->documents);
    out->rows_with = cs__arena_array(arena, frame->row_count + 1, sizeof *out->rows_with);
    ok = out->rows != NULL && out->documents != NULL && out->rows_with != NULL;
    for (size_t i = 0; ok && i < frame->document_count; i++)
        ok = tally_document(frame, i, ids, &at, &echo, out);
    if (!ok)
        cs__tally_free(frame, out);
    return ok ? CS_OK : CS_ERR_NOMEM;
}

void cs__tally_free(const struct cs__frame *frame, struct cs__tally *tally)
{
    for (size_t i = 0; tally->rows != NULL && i < frame->row_count; i++)
        cs__ids_free(&tally->rows[i]);
    *tally = (struct cs__tally){0};
}
