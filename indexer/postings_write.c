/* SPDX-License-Identifier: MIT */
/* Writing the index of ranked words: passages go to memory, removals to bitmaps, both to the tables when the
 * transaction ends. */
#include "indexer/postings_write.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/segment_store.h"
#include "indexer/postings_write_memory.h"
#include "indexer/postings_write_merge.h"
#include "indexer/postings_write_tables.h"

/* Merging reads each chunk once: a small cache is enough. */
enum { CACHE_BYTES = 8 << 20 };

/* A posting is copied some twelve times in its life at most (see cs__merge_choose()), the first times by
 * merges that are done at once: eight for each token keep up, and merges are over before the next of their
 * size is due. The least keeps a commit of one document short. */
static const struct cs__postings_pace default_pace = {400000, 8, 8192};

/* Chunks that a merge left behind are deleted at the pace at which it writes new ones. */
enum { SWEEP_MIN = 64, WORK_A_CHUNK = 4000 };

/* A page of a bitmap that was changed. */
struct dirty_page {
    size_t segment;
    uint32_t page;
};

struct cs__postings_writer {
    sqlite3 *db;
    size_t memory_bytes;
    struct cs__segments *segments;
    struct cs__segment_tables tables;
    struct cs__memory_postings *memory;
    struct cs__tokenizer *tokenizer; /* NULL until needed */
    int is_ready;                    /* the segments are read */
    enum cs__write_change change;
    struct dirty_page *dirty;
    size_t dirty_count;
    uint64_t written; /* tokens since the last commit */
    struct cs__postings_pace pace;
};

static cs_status failed(cs_status status, cs_error *error)
{
    if (status == CS_ERR_NOMEM)
        return cs__error_nomem(error);
    return cs__error_set(error, status, "the index of ranked words can't be written: %s",
                         status == CS_ERR_CORRUPT ? "it is damaged (`cs-index --verify` tells more)"
                                                  : cs_status_name(status));
}

cs_status cs__postings_writer_new(sqlite3 *db, size_t memory_bytes, struct cs__postings_writer **out,
                                  cs_error *error)
{
    struct cs__postings_writer *writer = *out = calloc(1, sizeof *writer);
    if (writer == NULL)
        return cs__error_nomem(error);
    writer->db = db;
    writer->pace = default_pace;
    writer->memory_bytes = memory_bytes > 0 ? memory_bytes : CS__POSTINGS_MEMORY_DEFAULT;
    cs_status status = cs__segments_new(db, CACHE_BYTES, &writer->segments);
    if (status == CS_OK)
        status = cs__segment_tables_init(&writer->tables, db);
    if (status == CS_OK)
        status = cs__memory_postings_new(&writer->memory);
    if (status == CS_OK)
        return CS_OK;
    cs__postings_writer_free(writer);
    *out = NULL;
    return failed(status, error);
}

void cs__postings_writer_free(struct cs__postings_writer *writer)
{
    if (writer == NULL)
        return;
    cs__memory_postings_free(writer->memory);
    cs__segment_tables_free(&writer->tables);
    cs__segments_free(writer->segments);
    cs__tokenizer_free(writer->tokenizer);
    free(writer->dirty);
    free(writer);
}

void cs__postings_set_pace(struct cs__postings_writer *writer, const struct cs__postings_pace *pace)
{
    writer->pace = *pace;
}

static cs_status get_ready(struct cs__postings_writer *writer, cs_error *error)
{
    cs_status status = writer->is_ready ? CS_OK : cs__segments_refresh(writer->segments);
    if (status != CS_OK)
        return failed(status, error);
    writer->is_ready = 1;
    return CS_OK;
}

/* The id behind all passages that ever were in a segment. */
static int64_t stored_end(const struct cs__segments *segments)
{
    if (segments->count == 0)
        return 1;
    const struct cs__segment *last = segments->items[segments->count - 1].segment;
    return last->base + last->span;
}

cs_status cs__postings_next_passage(struct cs__postings_writer *writer, int64_t *out, cs_error *error)
{
    cs_status status = get_ready(writer, error);
    if (status != CS_OK)
        return status;
    struct cs__memory_size size = cs__memory_postings_size(writer->memory);
    *out = size.span > 0 ? size.first + size.span : stored_end(writer->segments);
    return CS_OK;
}

static cs_status write_memory(struct cs__postings_writer *writer, cs_error *error)
{
    struct cs__memory_size size = cs__memory_postings_size(writer->memory);
    struct cs__segment_row row = {size.first, size.span, size.passages, size.words};
    struct cs__buffer header = {0};
    struct cs__chunk_sink sink;
    if (size.terms == 0 && size.passages == 0)
        return CS_OK;
    if (size.span == 0)
        row.first = stored_end(writer->segments);
    cs_status status = cs__segment_tables_begin(&writer->tables, &sink, error);
    if (status == CS_OK) {
        status = cs__memory_postings_write(writer->memory, sink, &header);
        if (status != CS_OK)
            status = sqlite3_errcode(writer->db) != SQLITE_OK && status != CS_ERR_NOMEM
                         ? cs__store_failed(writer->db, error)
                         : failed(status, error);
    }
    if (status == CS_OK)
        status = cs__segment_tables_end(&writer->tables, &row, &header, error);
    cs__buffer_free(&header);
    cs__segments_touch(writer->segments);
    writer->is_ready = 0;
    return status;
}

static cs_status write_removed(struct cs__postings_writer *writer, cs_error *error)
{
    cs_status status = CS_OK;
    for (size_t i = 0; i < writer->dirty_count && status == CS_OK; i++) {
        const struct dirty_page *dirty = &writer->dirty[i];
        const struct cs__stored_segment *stored = &writer->segments->items[dirty->segment];
        struct cs__removed_counts counts = {stored->removed, stored->removed_words};
        status = cs__segment_tables_remove(&writer->tables, stored->id, dirty->page,
                                           stored->pages[dirty->page], &counts, error);
    }
    writer->dirty_count = 0;
    return status;
}

static cs_status flush_memory(struct cs__postings_writer *writer, cs_error *error)
{
    cs_status status = get_ready(writer, error);
    if (status == CS_OK)
        status = write_removed(writer, error);
    if (status == CS_OK)
        status = write_memory(writer, error);
    return status == CS_OK ? get_ready(writer, error) : status;
}

/* The newest segments that are not inputs of the merge under way and are small enough, taken together, to be
 * merged at once; or all of these segments, with `any_size`. */
static cs_status choose(struct cs__postings_writer *writer, size_t from, int any_size, size_t *first,
                        size_t *count, cs_error *error)
{
    const struct cs__segments *segments = writer->segments;
    struct cs__segment_load *loads = calloc(segments->count + 1, sizeof *loads);
    uint64_t sum = 0;
    size_t begin = segments->count;
    if (loads == NULL)
        return cs__error_nomem(error);
    for (; begin > from; begin--) {
        struct cs__segment_load *load = &loads[begin - 1];
        load->all = segments->items[begin - 1].segment->passages;
        load->live = load->all - segments->items[begin - 1].removed;
        sum += load->all;
        if (!any_size && sum > writer->pace.merged_at_once)
            break;
    }
    cs__merge_choose(loads + begin, segments->count - begin, first, count);
    *first += begin;
    free(loads);
    return CS_OK;
}

static cs_status merged(struct cs__postings_writer *writer, cs_status status, cs_error *error)
{
    writer->is_ready = 0;
    return status == CS_OK ? get_ready(writer, error) : status;
}

/* Small segments behind segment `from` are merged at once, as many times as they are due. */
static cs_status merge_small(struct cs__postings_writer *writer, size_t from, uint64_t *work, cs_error *error)
{
    size_t first, count;
    cs_status status;
    while ((status = choose(writer, from, 0, &first, &count, error)) == CS_OK && count > 0) {
        status = merged(
            writer, cs__segments_merge(writer->segments, first, count, &writer->tables, work, error), error);
        if (status != CS_OK)
            return status;
    }
    return status;
}

/* All else is merged a part in each commit: as much as keeps up with what the commit wrote, so that merges
 * are over long before the next of their size is due. */
static cs_status merge_large(struct cs__postings_writer *writer, struct cs__merge_row *row, uint64_t limit,
                             uint64_t *work, cs_error *error)
{
    cs_status status = CS_OK;
    while (status == CS_OK && *work < limit) {
        size_t first, count = 0;
        if (row->segment != 0)
            status = cs__merge_continue(writer->segments, row, &writer->tables, limit - *work, work, error);
        else
            status = choose(writer, 0, 1, &first, &count, error);
        if (status == CS_OK && row->segment == 0 && count == 0)
            return CS_OK;
        if (status == CS_OK && row->segment == 0)
            status =
                cs__merge_begin(writer->segments, first, count, &writer->tables, limit - *work, work, error);
        status = merged(writer, status, error);
        if (status == CS_OK)
            status = cs__merge_row_read(&writer->tables, row, error);
    }
    return status;
}

static cs_status merge_what_is_due(struct cs__postings_writer *writer, cs_error *error)
{
    struct cs__merge_row row;
    size_t from = 0;
    uint64_t work = 0, limit = writer->pace.work_min + writer->pace.work_a_token * writer->written;
    writer->written = 0;
    cs_status status = cs__merge_row_read(&writer->tables, &row, error);
    if (status == CS_OK && row.segment != 0) {
        status = cs__merge_inputs(writer->segments, &row, &from);
        from += row.inputs;
    }
    if (status != CS_OK)
        return failed(status, error);
    status = merge_small(writer, from, &work, error);
    if (status == CS_OK)
        status = merge_large(writer, &row, limit, &work, error);
    if (status == CS_OK)
        status =
            cs__segment_tables_sweep(&writer->tables, (uint32_t)(SWEEP_MIN + work / WORK_A_CHUNK), error);
    return status;
}

cs_status cs__postings_flush(struct cs__postings_writer *writer, cs_error *error)
{
    writer->tables.in_transaction = !sqlite3_get_autocommit(writer->db);
    cs_status status = flush_memory(writer, error);
    if (status == CS_OK)
        status = merge_what_is_due(writer, error);
    writer->tables.in_transaction = 0;
    return status;
}

void cs__postings_rollback(struct cs__postings_writer *writer)
{
    cs__memory_postings_clear(writer->memory);
    writer->dirty_count = 0;
    writer->written = 0;
    writer->is_ready = 0;
    cs__segments_forget(writer->segments);
}

cs_status cs__postings_optimize(struct cs__postings_writer *writer, cs_error *error)
{
    struct cs__merge_row row;
    uint64_t work = 0;
    cs_status status = flush_memory(writer, error);
    if (status == CS_OK)
        status = cs__merge_row_read(&writer->tables, &row, error);
    if (status == CS_OK && row.segment != 0)
        status = cs__merge_abandon(&writer->tables, &row, error);
    size_t count = writer->segments->count;
    if (status == CS_OK && count > 0 && (count > 1 || writer->segments->items[0].removed > 0))
        status = merged(writer, cs__segments_merge(writer->segments, 0, count, &writer->tables, &work, error),
                        error);
    return status == CS_OK ? cs__segment_tables_sweep(&writer->tables, UINT32_MAX, error) : status;
}

/* The segment that covers an id; the count of segments when none does. */
static size_t find_segment(const struct cs__segments *segments, int64_t passage)
{
    size_t low = 0, high = segments->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cs__segment *segment = segments->items[middle].segment;
        if (segment->base + segment->span <= passage)
            low = middle + 1;
        else
            high = middle;
    }
    return low < segments->count && segments->items[low].segment->base <= passage ? low : segments->count;
}

static cs_status mark_dirty(struct cs__postings_writer *writer, size_t segment, uint32_t page)
{
    for (size_t i = writer->dirty_count; i-- > 0;)
        if (writer->dirty[i].segment == segment && writer->dirty[i].page == page)
            return CS_OK;
    struct dirty_page *dirty = realloc(writer->dirty, (writer->dirty_count + 1) * sizeof *dirty);
    if (dirty == NULL)
        return CS_ERR_NOMEM;
    writer->dirty = dirty;
    dirty[writer->dirty_count++] = (struct dirty_page){segment, page};
    return CS_OK;
}

static cs_status mark_removed(struct cs__postings_writer *writer, int64_t passage)
{
    size_t number = find_segment(writer->segments, passage);
    if (number == writer->segments->count)
        return CS_ERR_CORRUPT;
    struct cs__stored_segment *stored = &writer->segments->items[number];
    uint32_t local = (uint32_t)(passage - stored->segment->base);
    uint32_t page = local / CS__REMOVED_PAGE, bit = local % CS__REMOVED_PAGE;
    uint8_t length = cs__segment_length(stored->segment, local);
    if (stored->pages[page] == NULL)
        cs__segments_load_page(stored, page);
    if (stored->segment->status != CS_OK)
        return stored->segment->status;
    if (length == 0 || (stored->pages[page][bit / 8] >> (bit % 8) & 1))
        return CS_ERR_CORRUPT;
    stored->pages[page][bit / 8] |= (unsigned char)(1u << (bit % 8));
    stored->removed++;
    stored->removed_words += cs__length_decode(length);
    return mark_dirty(writer, number, page);
}

static cs_status begin_removal(struct cs__postings_writer *writer, int64_t passage, cs_error *error)
{
    struct cs__memory_size size = cs__memory_postings_size(writer->memory);
    int is_in_memory = size.span > 0 && passage >= size.first && passage < size.first + size.span;
    cs_status status = is_in_memory ? flush_memory(writer, error) : CS_OK;
    if (status != CS_OK)
        return status;
    status = mark_removed(writer, passage);
    if (status == CS_ERR_CORRUPT)
        return cs__error_set(error, status, "passage %" PRId64 " is not in the index of ranked words",
                             passage);
    cs__memory_postings_removal(writer->memory);
    return status == CS_OK ? CS_OK : failed(status, error);
}

cs_status cs__postings_begin(struct cs__postings_writer *writer, enum cs__write_change change,
                             int64_t passage, cs_error *error)
{
    int64_t next;
    cs_status status = cs__postings_next_passage(writer, &next, error);
    if (status != CS_OK)
        return status;
    writer->change = change;
    if (change == CS__WRITE_REMOVE)
        return begin_removal(writer, passage, error);
    if (passage < next)
        return cs__error_set(error, CS_ERR_INTERNAL,
                             "passage %" PRId64 " is not behind those before it (%" PRId64 " comes next)",
                             passage, next);
    cs__memory_postings_passage(writer->memory, passage);
    return CS_OK;
}

void cs__postings_token(struct cs__postings_writer *writer, enum cs__write_field field,
                        const struct cs__token *token)
{
    writer->written++;
    if (writer->change == CS__WRITE_ADD)
        cs__memory_postings_token(writer->memory, field, token);
    else
        cs__memory_postings_unword(writer->memory, field, token);
}

cs_status cs__postings_end(struct cs__postings_writer *writer, const uint32_t lengths[CS__FIELD_COUNT],
                           cs_error *error)
{
    if (writer->change == CS__WRITE_ADD)
        cs__memory_postings_end(writer->memory, lengths);
    if (cs__memory_postings_size(writer->memory).bytes < writer->memory_bytes)
        return CS_OK;
    return flush_memory(writer, error);
}

/* The tokens of one field; returns its words, those that share a position counted once. */
static uint32_t add_text(struct cs__postings_writer *writer, enum cs__write_field field, const char *text,
                         size_t size)
{
    struct cs__token token;
    uint32_t words = 0, last = UINT32_MAX;
    cs__tokenizer_start(writer->tokenizer, text, size, CS__TOKENIZE_STEM);
    while (cs__tokenizer_next(writer->tokenizer, &token)) {
        words += token.position != last;
        last = token.position;
        cs__postings_token(writer, field, &token);
    }
    return words;
}

cs_status cs__postings_passage(struct cs__postings_writer *writer, enum cs__write_change change,
                               int64_t passage, const char *heading, size_t heading_size, const char *text,
                               size_t text_size, cs_error *error)
{
    uint32_t lengths[CS__FIELD_COUNT];
    cs_status status = CS_OK;
    if (writer->tokenizer == NULL)
        status = cs__tokenizer_new(&writer->tokenizer);
    if (status != CS_OK)
        return failed(status, error);
    status = cs__postings_begin(writer, change, passage, error);
    if (status != CS_OK)
        return status;
    lengths[CS__FIELD_HEADING] =
        add_text(writer, CS__FIELD_HEADING, heading != NULL ? heading : "", heading_size);
    lengths[CS__FIELD_TEXT] = add_text(writer, CS__FIELD_TEXT, text, text_size);
    return cs__postings_end(writer, lengths, error);
}
