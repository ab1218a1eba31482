/* SPDX-License-Identifier: MIT */
/* Merging neighbouring segments: their terms walked side by side, each list copied posting by posting. */
#include "indexer/postings_write_merge.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"

/* One merge under way. */
struct merge {
    struct cs__stored_segment *inputs;
    size_t count;
    struct cs__term_walk *walks;
    int64_t base; /* of the result */
    uint8_t *lengths;
    struct cs__segment_row row;
    struct cs__segment_builder *builder;
    struct cs__arena arena; /* of the term at hand */
    int64_t text_adjustment, heading_adjustment;
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
            merge->row.passages++;
            merge->row.words += cs__length_decode(all[at]);
        }
    }
    if (end > 0)
        memmove(all, all + begin, (size_t)(end - begin));
    merge->lengths = all;
    merge->row.first = merge->base = first + begin;
    merge->row.span = end > 0 ? (uint32_t)(end - begin) : 0;
    return CS_OK;
}

static uint32_t local_number(const struct merge *merge, const struct cs__stored_segment *stored,
                             uint32_t passage)
{
    return (uint32_t)(stored->segment->base + passage - merge->base);
}

static cs_status copy_text(struct merge *merge, struct cs__stored_segment *stored,
                           const struct cs__list *list)
{
    struct cs__cursor cursor;
    cs__cursor_open(&cursor, stored->segment, list);
    for (; cursor.passage != CS__NO_PASSAGE; cs__cursor_next(&cursor)) {
        if (cs__passage_is_removed(stored, cursor.passage)) {
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
    for (uint32_t p = cursor->passage; p <= cursor->run_end; p++) {
        if (is_live(stored, p)) {
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
    cs__segment_builder_term(merge->builder, least->term, least->term_size);
    cs_status status = copy_lists(merge, stands_there);
    cs__segment_builder_end_term(merge->builder, merge->text_adjustment, merge->heading_adjustment);
    for (size_t i = 0; i < merge->count && status == CS_OK; i++)
        if (stands_there[i])
            status = cs__term_walk_next(&merge->walks[i]);
    return status;
}

static cs_status merge_terms(struct merge *merge)
{
    cs_status status = CS_OK;
    const struct cs__term_walk *least;
    for (size_t i = 0; i < merge->count && status == CS_OK; i++)
        status = cs__term_walk_next(&merge->walks[i]);
    while (status == CS_OK && (least = least_term(merge)) != NULL)
        status = merge_term(merge, least);
    for (size_t i = 0; i < merge->count && status == CS_OK; i++)
        status = merge->inputs[i].segment->status;
    return status;
}

static cs_status run(struct merge *merge, struct cs__chunk_sink sink, struct cs__buffer *header)
{
    cs_status status = gather_lengths(merge);
    merge->walks = status == CS_OK ? calloc(merge->count, sizeof *merge->walks) : NULL;
    if (status == CS_OK && merge->walks == NULL)
        status = CS_ERR_NOMEM;
    if (status != CS_OK)
        return status;
    for (size_t i = 0; i < merge->count; i++)
        cs__term_walk_begin(&merge->walks[i], merge->inputs[i].segment, "", 0);
    status = cs__segment_builder_new(sink, merge->lengths, merge->row.span, &merge->builder);
    if (status == CS_OK)
        status = merge_terms(merge);
    if (status == CS_OK)
        status = cs__segment_builder_finish(merge->builder, header);
    for (size_t i = 0; i < merge->count; i++)
        cs__term_walk_end(&merge->walks[i]);
    return status;
}

cs_status cs__segments_merge(struct cs__segments *segments, size_t first, size_t count,
                             struct cs__segment_tables *tables, cs_error *error)
{
    struct merge merge = {.inputs = segments->items + first, .count = count};
    struct cs__buffer header = {0};
    struct cs__chunk_sink sink;
    cs_status status = cs__segment_tables_begin(tables, &sink, error);
    if (status == CS_OK) {
        status = run(&merge, sink, &header);
        if (status != CS_OK)
            cs__error_set(error, status, "the index of ranked words can't be merged: %s",
                          status == CS_ERR_CORRUPT ? "it is damaged" : cs_status_name(status));
    }
    if (status == CS_OK)
        status = cs__segment_tables_end(tables, &merge.row, &header, error);
    for (size_t i = 0; i < count && status == CS_OK; i++)
        status = cs__segment_tables_drop(tables, merge.inputs[i].id, error);
    cs__segments_touch(segments);
    cs__segment_builder_free(merge.builder);
    cs__arena_free(&merge.arena);
    cs__buffer_free(&header);
    free(merge.walks);
    free(merge.lengths);
    return status;
}

/* Levels of size: doubling up to CS__SMALL_SEGMENT passages, fourfold above. */
enum { FIRST_LEVEL = 64, SMALL_FACTOR = 2, LARGE_FACTOR = 4 };

static unsigned level_of(struct cs__segment_load load, unsigned *factor)
{
    unsigned level = 0;
    uint64_t size = FIRST_LEVEL;
    for (*factor = SMALL_FACTOR; size * *factor <= load.live; level++) {
        size *= *factor;
        *factor = size >= CS__SMALL_SEGMENT ? LARGE_FACTOR : SMALL_FACTOR;
    }
    return level;
}

/* The newest segments, from the first of a level that is full with them. */
static size_t full_tail(const struct cs__segment_load *loads, size_t count)
{
    size_t first = count, of_level = 0;
    unsigned highest = 0, factor;
    for (size_t i = count; i-- > 0;) {
        unsigned level = level_of(loads[i], &factor);
        of_level = level > highest ? 1 : of_level + (level == highest);
        highest = level > highest ? level : highest;
        if (level == highest && of_level >= factor)
            first = i;
    }
    return first;
}

void cs__merge_choose(const struct cs__segment_load *loads, size_t segment_count, size_t *first,
                      size_t *count)
{
    *first = full_tail(loads, segment_count);
    *count = segment_count - *first;
    for (size_t i = 0; i < segment_count && *count == 0; i++) {
        if (loads[i].live < loads[i].all / 2) {
            *first = i;
            *count = 1;
        }
    }
}
