/* SPDX-License-Identifier: MIT */
/* Merging neighbouring segments: their terms walked side by side, each list copied posting by posting. */
#include "indexer/postings_write_merge.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/segment_cache.h"

/* One merge at work: begun or gone on with in this transaction. */
struct merge {
    struct cs__segments *segments;
    struct cs__segment_tables *tables;
    struct cs__stored_segment *inputs;
    size_t count;
    struct cs__merge_row row; /* its `segment` is 0 unless it goes on from one transaction to the next */
    struct cs__term_walk *walks;
    uint8_t *lengths; /* of the result, 0 for what was removed before it began */
    struct cs__segment_builder *builder;
    struct cs__arena arena; /* of the term at hand */
    int64_t text_adjustment, heading_adjustment;
    uint64_t work; /* postings and positions copied */
};

static int is_live(struct cs__stored_segment *stored, uint32_t passage)
{
    return cs__segment_length(stored->segment, passage) > 0 && !cs__passage_is_removed(stored, passage);
}

/* The length codes of all passages that stay, in one array from the first of them to the last. */
static cs_status gather_lengths(struct merge *merge)
{
    struct cs__segment *last = merge->inputs[merge->count - 1].segment;
    int64_t first = merge->inputs[0].segment->base, span = last->base + last->span - first;
    if (span >= CS__NO_PASSAGE)
        return CS_ERR_LIMIT;
    uint8_t *all = calloc((size_t)span + 1, 1);
    int64_t begin = span, end = 0;
    struct cs__segment_row *row = &merge->row.result;
    if (all == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < merge->count; i++) {
        struct cs__stored_segment *stored = &merge->inputs[i];
        for (uint32_t p = 0; p < stored->segment->span; p++) {
            if (!is_live(stored, p))
                continue;
            int64_t at = stored->segment->base + p - first;
            all[at] = cs__segment_length(stored->segment, p);
            begin = at < begin ? at : begin;
            end = at + 1;
            row->passages++;
            row->words += cs__length_decode(all[at]);
        }
    }
    merge->lengths = all;
    for (size_t i = 0; i < merge->count; i++)
        if (merge->inputs[i].segment->status != CS_OK) /* what can't be read has length 0 */
            return merge->inputs[i].segment->status;
    if (end > 0)
        memmove(all, all + begin, (size_t)(end - begin));
    row->first = first + begin;
    row->span = end > 0 ? (uint32_t)(end - begin) : 0;
    return CS_OK;
}

/* The length codes as they were when the merge began: its first chunks. */
static cs_status read_lengths(struct merge *merge)
{
    struct cs__chunk_source source = cs__chunk_cache_source(merge->segments->cache, merge->row.segment);
    uint32_t span = merge->row.result.span;
    cs_status status = CS_OK;
    merge->lengths = calloc((size_t)span + 1, 1);
    if (merge->lengths == NULL)
        return CS_ERR_NOMEM;
    for (uint32_t at = 0, chunk = 0; at < span && status == CS_OK; at += CS__LENGTH_CHUNK, chunk++) {
        const unsigned char *bytes;
        size_t size, left = span - at < CS__LENGTH_CHUNK ? span - at : CS__LENGTH_CHUNK;
        status = cs__chunk_get(&source, chunk, &bytes, &size);
        if (status != CS_OK)
            break;
        memcpy(merge->lengths + at, bytes, size < left ? size : left);
        cs__chunk_put(&source, chunk);
    }
    return status;
}

static uint32_t local_number(const struct merge *merge, const struct cs__stored_segment *stored,
                             uint32_t passage)
{
    return (uint32_t)(stored->segment->base + passage - merge->row.result.first);
}

/* Whether the result has a passage. Asked of the lengths, since in a merge that goes on more passages may
 * have been removed meanwhile than its first part left out. */
static int stays(const struct merge *merge, const struct cs__stored_segment *stored, uint32_t passage)
{
    int64_t number = stored->segment->base + passage - merge->row.result.first;
    return number >= 0 && number < merge->row.result.span && merge->lengths[number] > 0;
}

static cs_status copy_text(struct merge *merge, struct cs__stored_segment *stored,
                           const struct cs__list *list)
{
    struct cs__cursor cursor;
    cs__cursor_open(&cursor, stored->segment, list);
    for (; cursor.passage != CS__NO_PASSAGE; cs__cursor_next(&cursor)) {
        merge->work += 1 + cursor.frequency;
        if (!stays(merge, stored, cursor.passage)) {
            merge->text_adjustment--;
            continue;
        }
        const uint32_t *positions = cs__cursor_positions(&cursor);
        if (positions != NULL)
            cs__segment_builder_text(merge->builder, local_number(merge, stored, cursor.passage), positions,
                                     cursor.frequency);
    }
    cs_status status = cursor.status;
    cs__cursor_close(&cursor);
    return status;
}

/* A heading's run, cut to the passages that stay. */
static void copy_run(struct merge *merge, struct cs__stored_segment *stored, struct cs__cursor *cursor)
{
    uint32_t first = CS__NO_PASSAGE, last = 0;
    merge->work += 1 + cursor->frequency + cursor->run_end - cursor->passage;
    for (uint32_t p = cursor->passage; p <= cursor->run_end; p++) {
        if (stays(merge, stored, p)) {
            first = first == CS__NO_PASSAGE ? p : first;
            last = p;
        } else if (cs__segment_length(stored->segment, p) > 0) {
            merge->heading_adjustment--;
        }
    }
    const uint32_t *positions = first == CS__NO_PASSAGE ? NULL : cs__cursor_positions(cursor);
    if (positions != NULL)
        cs__segment_builder_heading(merge->builder, local_number(merge, stored, first),
                                    local_number(merge, stored, last), cursor->length, positions,
                                    cursor->frequency);
}

static cs_status copy_headings(struct merge *merge, struct cs__stored_segment *stored,
                               const struct cs__list *list)
{
    struct cs__cursor cursor;
    cs__cursor_open(&cursor, stored->segment, list);
    while (cursor.passage != CS__NO_PASSAGE) {
        uint32_t next = cursor.run_end + 1;
        copy_run(merge, stored, &cursor);
        cs__cursor_advance(&cursor, next);
    }
    cs_status status = cursor.status;
    cs__cursor_close(&cursor);
    return status;
}

static int compare_terms(const struct cs__term_walk *a, const struct cs__term_walk *b)
{
    size_t size = a->term_size < b->term_size ? a->term_size : b->term_size;
    int order = memcmp(a->term, b->term, size);
    return order != 0 ? order : (a->term_size > b->term_size) - (a->term_size < b->term_size);
}

/* The walk at the least term, the first of them where several stand at it; NULL at the end. */
static struct cs__term_walk *least_term(struct merge *merge)
{
    struct cs__term_walk *least = NULL;
    for (size_t i = 0; i < merge->count; i++) {
        struct cs__term_walk *walk = &merge->walks[i];
        if (walk->term != NULL && (least == NULL || compare_terms(walk, least) < 0))
            least = walk;
    }
    return least;
}

/* Copy the lists of all inputs that stand at `term`, texts first, in the order of passages. */
static cs_status copy_lists(struct merge *merge, const uint8_t *stands_there)
{
    cs_status status = CS_OK;
    struct cs__term_lists *lists = cs__arena_array(&merge->arena, merge->count, sizeof *lists);
    if (lists == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < merge->count && status == CS_OK; i++) {
        if (!stands_there[i])
            continue;
        status = cs__term_walk_lists(&merge->walks[i], &merge->arena, &lists[i]);
        merge->text_adjustment += lists[i].text_adjustment;
        merge->heading_adjustment += lists[i].heading_adjustment;
        if (status == CS_OK)
            status = copy_text(merge, &merge->inputs[i], &lists[i].text);
    }
    for (size_t i = 0; i < merge->count && status == CS_OK; i++)
        if (lists[i].heading.count > 0)
            status = copy_headings(merge, &merge->inputs[i], &lists[i].heading);
    return status;
}

static cs_status merge_term(struct merge *merge, const struct cs__term_walk *least)
{
    cs__arena_free(&merge->arena);
    uint8_t *stands_there = cs__arena_alloc(&merge->arena, merge->count);
    if (stands_there == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < merge->count; i++)
        stands_there[i] = merge->walks[i].term != NULL && compare_terms(&merge->walks[i], least) == 0;
    merge->text_adjustment = merge->heading_adjustment = 0;
    merge->row.term_size = (uint32_t)least->term_size;
    memcpy(merge->row.term, least->term, least->term_size);
    merge->work++;
    cs__segment_builder_term(merge->builder, least->term, least->term_size);
    cs_status status = copy_lists(merge, stands_there);
    cs__segment_builder_end_term(merge->builder, merge->text_adjustment, merge->heading_adjustment);
    for (size_t i = 0; i < merge->count && status == CS_OK; i++)
        if (stands_there[i])
            status = cs__term_walk_next(&merge->walks[i]);
    return status;
}

/* Copy terms until the work done reaches `limit`. `*is_done` is set where none is left. */
static cs_status merge_terms(struct merge *merge, uint64_t limit, int *is_done)
{
    cs_status status = CS_OK;
    const struct cs__term_walk *least = NULL;
    while (status == CS_OK && (least = least_term(merge)) != NULL && merge->work < limit)
        status = merge_term(merge, least);
    *is_done = status == CS_OK && least == NULL;
    for (size_t i = 0; i < merge->count && status == CS_OK; i++)
        status = merge->inputs[i].segment->status;
    return status;
}

/* Stand with all walks behind the last term copied. */
static cs_status begin_walks(struct merge *merge)
{
    struct cs__merge_row *row = &merge->row;
    cs_status status = CS_OK;
    merge->walks = calloc(merge->count, sizeof *merge->walks);
    if (merge->walks == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < merge->count; i++)
        cs__term_walk_begin(&merge->walks[i], merge->inputs[i].segment, row->term, row->term_size);
    for (size_t i = 0; i < merge->count && status == CS_OK; i++) {
        struct cs__term_walk *walk = &merge->walks[i];
        status = cs__term_walk_next(walk);
        if (status == CS_OK && row->term_size > 0 && walk->term != NULL &&
            walk->term_size == row->term_size && memcmp(walk->term, row->term, row->term_size) == 0)
            status = cs__term_walk_next(walk);
    }
    return status;
}

static void close_merge(struct merge *merge)
{
    for (size_t i = 0; merge->walks != NULL && i < merge->count; i++)
        cs__term_walk_end(&merge->walks[i]);
    cs__segment_builder_free(merge->builder);
    cs__arena_free(&merge->arena);
    free(merge->walks);
    free(merge->lengths);
    cs__segments_touch(merge->segments);
}

static cs_status failed(struct merge *merge, cs_status status, cs_error *error)
{
    if (status == CS_OK || (error != NULL && error->status == status))
        return status;
    if (status != CS_ERR_NOMEM && status != CS_ERR_CORRUPT &&
        sqlite3_errcode(merge->segments->db) != SQLITE_OK)
        return cs__store_failed(merge->segments->db, error);
    return cs__error_set(error, status, "the index of ranked words can't be merged: %s",
                         status == CS_ERR_CORRUPT ? "it is damaged" : cs_status_name(status));
}

/* A page of a bitmap of removed passages, being filled. */
struct removed_page {
    unsigned char bits[CS__REMOVED_PAGE / 8];
    uint32_t number;
    int is_dirty;
};

static cs_status write_page(struct merge *merge, struct removed_page *page,
                            const struct cs__removed_counts *counts, cs_error *error)
{
    if (!page->is_dirty)
        return CS_OK;
    page->is_dirty = 0;
    cs_status status =
        cs__segment_tables_remove(merge->tables, merge->row.segment, page->number, page->bits, counts, error);
    memset(page->bits, 0, sizeof page->bits);
    return status;
}

/* Mark what was removed since the merge began. */
static cs_status mark_removed(struct merge *merge, cs_error *error)
{
    struct cs__removed_counts counts = {0};
    struct removed_page page = {.number = 0};
    cs_status status = CS_OK;
    for (size_t i = 0; i < merge->count && status == CS_OK; i++) {
        struct cs__stored_segment *stored = &merge->inputs[i];
        for (uint32_t p = 0; stored->removed > 0 && p < stored->segment->span && status == CS_OK; p++) {
            if (!cs__passage_is_removed(stored, p) || !stays(merge, stored, p))
                continue;
            uint32_t at = local_number(merge, stored, p), bit = at % CS__REMOVED_PAGE;
            if (at / CS__REMOVED_PAGE != page.number)
                status = write_page(merge, &page, &counts, error);
            page.number = at / CS__REMOVED_PAGE;
            page.bits[bit / 8] |= (unsigned char)(1u << (bit % 8));
            page.is_dirty = 1;
            counts.passages++;
            counts.words += cs__length_decode(merge->lengths[at]);
        }
    }
    return status == CS_OK ? write_page(merge, &page, &counts, error) : status;
}

/* The result takes the place of its inputs. */
static cs_status finish(struct merge *merge, cs_error *error)
{
    struct cs__buffer header = {0};
    cs_status status = failed(merge, cs__segment_builder_finish(merge->builder, &header), error);
    if (status == CS_OK)
        status = cs__segment_tables_end(merge->tables, &merge->row.result, &header, error);
    if (status == CS_OK && merge->row.segment != 0)
        status = mark_removed(merge, error);
    for (size_t i = 0; i < merge->count && status == CS_OK; i++)
        status = cs__segment_tables_drop(merge->tables, merge->inputs[i].id, error);
    if (status == CS_OK && merge->row.segment != 0)
        status = cs__merge_row_delete(merge->tables, &merge->row, error);
    cs__buffer_free(&header);
    return status;
}

static cs_status begin(struct merge *merge, cs_error *error)
{
    struct cs__chunk_sink sink;
    cs_status status = failed(merge, gather_lengths(merge), error);
    if (status == CS_OK)
        status = cs__segment_tables_begin(merge->tables, &sink, error);
    if (status == CS_OK)
        status = failed(
            merge, cs__segment_builder_new(sink, merge->lengths, merge->row.result.span, &merge->builder),
            error);
    return status == CS_OK ? failed(merge, begin_walks(merge), error) : status;
}

cs_status cs__segments_merge(struct cs__segments *segments, size_t first, size_t count,
                             struct cs__segment_tables *tables, uint64_t *work, cs_error *error)
{
    struct merge merge = {
        .segments = segments, .tables = tables, .inputs = segments->items + first, .count = count};
    int is_done;
    cs_status status = begin(&merge, error);
    if (status == CS_OK)
        status = failed(&merge, merge_terms(&merge, UINT64_MAX, &is_done), error);
    if (status == CS_OK)
        status = finish(&merge, error);
    *work += merge.work;
    close_merge(&merge);
    return status;
}

/* Keep what was done for the next transaction. */
static cs_status pause(struct merge *merge, cs_error *error)
{
    struct cs__buffer piece = {0};
    cs_status status =
        failed(merge, cs__segment_builder_pause(merge->builder, &merge->row.mark, &piece), error);
    if (status == CS_OK)
        status = cs__merge_row_write(merge->tables, &merge->row, &piece, error);
    cs__buffer_free(&piece);
    return status;
}

cs_status cs__merge_begin(struct cs__segments *segments, size_t first, size_t count,
                          struct cs__segment_tables *tables, uint64_t limit, uint64_t *work, cs_error *error)
{
    struct merge merge = {
        .segments = segments, .tables = tables, .inputs = segments->items + first, .count = count};
    int is_done = 0;
    cs_status status = begin(&merge, error);
    if (status == CS_OK)
        status = failed(&merge, merge_terms(&merge, limit, &is_done), error);
    if (status == CS_OK && !is_done) {
        merge.row.first_input = segments->items[first].id;
        merge.row.inputs = (uint32_t)count;
        status = cs__segment_tables_keep_id(tables, &merge.row.segment, error);
    }
    if (status == CS_OK)
        status = is_done ? finish(&merge, error) : pause(&merge, error);
    *work += merge.work;
    close_merge(&merge);
    return status;
}

/* What the header will say of the dictionary blocks so far. */
static cs_status read_index(struct merge *merge, struct cs__buffer *index)
{
    struct cs__chunk_source source = cs__chunk_cache_source(merge->segments->cache, merge->row.segment);
    cs_status status = CS_OK;
    for (uint32_t i = 0; i < merge->row.pieces && status == CS_OK; i++) {
        const unsigned char *bytes;
        size_t size;
        status = cs__chunk_get(&source, cs__merge_piece(i), &bytes, &size);
        if (status != CS_OK)
            break;
        cs__buffer_append(index, bytes, size);
        cs__chunk_put(&source, cs__merge_piece(i));
    }
    return status == CS_OK && index->failed ? CS_ERR_NOMEM : status;
}

static cs_status resume(struct merge *merge)
{
    struct cs__buffer index = {0};
    struct cs__chunk_sink sink;
    cs_status status = read_lengths(merge);
    if (status == CS_OK)
        status = read_index(merge, &index);
    cs__merge_row_resume(merge->tables, &merge->row, &sink);
    if (status == CS_OK)
        status = cs__segment_builder_resume(sink, merge->lengths, merge->row.result.span, &merge->row.mark,
                                            &index, &merge->builder);
    cs__buffer_free(&index);
    return status == CS_OK ? begin_walks(merge) : status;
}

cs_status cs__merge_inputs(const struct cs__segments *segments, const struct cs__merge_row *row,
                           size_t *first)
{
    *first = 0;
    while (*first < segments->count && segments->items[*first].id != row->first_input)
        ++*first;
    return row->inputs <= segments->count - *first ? CS_OK : CS_ERR_CORRUPT;
}

cs_status cs__merge_continue(struct cs__segments *segments, const struct cs__merge_row *row,
                             struct cs__segment_tables *tables, uint64_t limit, uint64_t *work,
                             cs_error *error)
{
    struct merge merge = {.segments = segments, .tables = tables, .row = *row};
    size_t first;
    int is_done = 0;
    cs_status status = cs__merge_inputs(segments, row, &first);
    if (status == CS_OK) {
        merge.inputs = segments->items + first;
        merge.count = row->inputs;
        status = resume(&merge);
    }
    if (status == CS_OK)
        status = merge_terms(&merge, limit, &is_done);
    status = failed(&merge, status, error);
    if (status == CS_OK)
        status = is_done ? finish(&merge, error) : pause(&merge, error);
    *work += merge.work;
    close_merge(&merge);
    return status;
}

cs_status cs__merge_abandon(struct cs__segment_tables *tables, const struct cs__merge_row *row,
                            cs_error *error)
{
    cs_status status = cs__merge_row_delete(tables, row, error);
    return status == CS_OK ? cs__segment_tables_drop(tables, row->segment, error) : status;
}
