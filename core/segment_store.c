/* SPDX-License-Identifier: MIT */
/* The segments of an index: list, bitmaps of removed passages, and the cache of chunks. */
#include "core/segment_store.h"

#include <stdlib.h>
#include <string.h>

#include "core/segment_cache.h"

enum { SELECT_SEGMENTS, SELECT_REMOVED, DATA_VERSION, STATEMENT_COUNT };

static const char *const sql[STATEMENT_COUNT] = {
    [SELECT_SEGMENTS] =
        "SELECT id, first, passages, words, removed, removed_words FROM segment ORDER BY first, id",
    [SELECT_REMOVED] = "SELECT bits FROM segment_removed WHERE id = ?",
    [DATA_VERSION] = "PRAGMA data_version",
};

/* Stands for a page that could not be loaded: nothing removed. Never written, never freed. */
static unsigned char no_page[CS__REMOVED_PAGE / 8];

cs_status cs__segments_new(sqlite3 *db, size_t cache_bytes, struct cs__segments **out)
{
    struct cs__segments *segments = *out = calloc(1, sizeof *segments);
    if (segments == NULL)
        return CS_ERR_NOMEM;
    segments->db = db;
    segments->is_stale = 1;
    cs_status status = cs__chunk_cache_new(db, cache_bytes, &segments->cache);
    if (status == CS_OK)
        status = cs__statements_init(&segments->statements, db, sql, STATEMENT_COUNT);
    if (status != CS_OK) {
        cs__segments_free(segments);
        *out = NULL;
    }
    return status;
}

static void close_pages(struct cs__stored_segment *stored)
{
    for (uint32_t i = 0; stored->pages != NULL && i < stored->page_count; i++)
        if (stored->pages[i] != no_page)
            free(stored->pages[i]);
    free(stored->pages);
    stored->pages = NULL;
}

static void close_items(struct cs__stored_segment *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        close_pages(&items[i]);
        cs__segment_close(items[i].segment);
    }
    free(items);
}

void cs__segments_free(struct cs__segments *segments)
{
    if (segments == NULL)
        return;
    close_items(segments->items, segments->count);
    cs__chunk_cache_free(segments->cache);
    cs__statements_free(&segments->statements);
    free(segments);
}

void cs__segments_touch(struct cs__segments *segments)
{
    segments->is_stale = 1;
}

void cs__segments_forget(struct cs__segments *segments)
{
    close_items(segments->items, segments->count);
    segments->items = NULL;
    segments->count = 0;
    segments->is_stale = 1;
    cs__chunk_cache_clear(segments->cache);
}

static cs_status open_segment(struct cs__segments *segments, int64_t id, int64_t first,
                              struct cs__segment **out)
{
    struct cs__chunk_source source = cs__chunk_cache_source(segments->cache, id);
    const unsigned char *header;
    size_t size;
    cs_status status = cs__chunk_get(&source, CS__CHUNK_HEADER, &header, &size);
    if (status != CS_OK)
        return status;
    status = cs__segment_open(header, size, first, source, out);
    cs__chunk_put(&source, CS__CHUNK_HEADER);
    return status;
}

/* Take over the opened segment from the list before, where it was there. */
static cs_status take_or_open(struct cs__segments *segments, struct cs__stored_segment *stored, int64_t first)
{
    for (size_t i = 0; i < segments->count; i++) {
        struct cs__stored_segment *before = &segments->items[i];
        if (before->id != stored->id)
            continue;
        stored->segment = before->segment;
        before->segment = NULL;
        if (before->removed == stored->removed) {
            stored->pages = before->pages;
            before->pages = NULL;
        }
        break;
    }
    cs_status status = CS_OK;
    if (stored->segment == NULL)
        status = open_segment(segments, stored->id, first, &stored->segment);
    if (status != CS_OK)
        return status;
    stored->page_count = (stored->segment->span + CS__REMOVED_PAGE - 1) / CS__REMOVED_PAGE;
    if (stored->pages == NULL)
        stored->pages = calloc(stored->page_count + (size_t)1, sizeof *stored->pages);
    return stored->pages == NULL ? CS_ERR_NOMEM : CS_OK;
}

static cs_status read_row(struct cs__segments *segments, sqlite3_stmt *row, struct cs__stored_segment *stored)
{
    int64_t passages = sqlite3_column_int64(row, 2), words = sqlite3_column_int64(row, 3);
    int64_t removed = sqlite3_column_int64(row, 4), removed_words = sqlite3_column_int64(row, 5);
    if (removed < 0 || removed > passages || removed_words < 0 || removed_words > words)
        return CS_ERR_CORRUPT;
    *stored = (struct cs__stored_segment){.id = sqlite3_column_int64(row, 0),
                                          .store = segments,
                                          .removed = (uint32_t)removed,
                                          .removed_words = (uint64_t)removed_words};
    cs_status status = take_or_open(segments, stored, sqlite3_column_int64(row, 1));
    if (status == CS_OK &&
        (stored->segment->passages != passages || stored->segment->words != (uint64_t)words))
        status = CS_ERR_CORRUPT;
    return status;
}

/* Segments stand in order and never overlap: matching and merging rely on it. */
static int follows(const struct cs__stored_segment *before, const struct cs__stored_segment *stored)
{
    return before->segment->base + before->segment->span <= stored->segment->base;
}

static cs_status read_rows(struct cs__segments *segments, struct cs__stored_segment **items, size_t *count)
{
    int code;
    cs_status status = CS_OK;
    sqlite3_stmt *select = cs__statements_get(&segments->statements, SELECT_SEGMENTS);
    if (select == NULL)
        return cs__store_failed(segments->db, NULL);
    while (status == CS_OK && (code = sqlite3_step(select)) == SQLITE_ROW) {
        struct cs__stored_segment *more = realloc(*items, (*count + 1) * sizeof *more);
        if (more == NULL) {
            status = CS_ERR_NOMEM;
            break;
        }
        *items = more;
        status = read_row(segments, select, &more[(*count)++]);
        if (status == CS_OK && *count > 1 && !follows(&more[*count - 2], &more[*count - 1]))
            status = CS_ERR_CORRUPT;
    }
    if (status == CS_OK && code != SQLITE_DONE)
        status = cs__store_failed(segments->db, NULL);
    sqlite3_reset(select);
    return status;
}

static cs_status reload(struct cs__segments *segments)
{
    struct cs__stored_segment *items = NULL;
    size_t count = 0;
    cs_status status = read_rows(segments, &items, &count);
    close_items(segments->items, segments->count);
    segments->items = items;
    segments->count = count;
    segments->passages = segments->words = 0;
    for (size_t i = 0; i < count && status == CS_OK; i++) {
        segments->passages += items[i].segment->passages - items[i].removed;
        segments->words += items[i].segment->words - items[i].removed_words;
    }
    return status;
}

cs_status cs__segments_refresh(struct cs__segments *segments)
{
    sqlite3_stmt *select = cs__statements_get(&segments->statements, DATA_VERSION);
    if (select == NULL || sqlite3_step(select) != SQLITE_ROW)
        return cs__store_failed(segments->db, NULL);
    int64_t version = sqlite3_column_int64(select, 0);
    sqlite3_reset(select);
    if (version == segments->version && !segments->is_stale)
        return CS_OK;
    cs_status status = reload(segments);
    segments->is_stale = status != CS_OK;
    segments->version = version;
    return status;
}

static cs_status read_page(struct cs__stored_segment *stored, uint32_t page, unsigned char *out)
{
    struct cs__segments *segments = stored->store;
    sqlite3_stmt *select = cs__statements_get(&segments->statements, SELECT_REMOVED);
    if (select == NULL)
        return cs__store_failed(segments->db, NULL);
    sqlite3_bind_int64(select, 1, stored->id << CS__CHUNK_BITS | page);
    int code = sqlite3_step(select);
    if (code == SQLITE_ROW) {
        size_t size = (size_t)sqlite3_column_bytes(select, 0);
        const void *bits = sqlite3_column_blob(select, 0);
        if (bits != NULL && size <= CS__REMOVED_PAGE / 8)
            memcpy(out, bits, size);
    }
    cs_status status =
        code == SQLITE_ROW || code == SQLITE_DONE ? CS_OK : cs__store_failed(segments->db, NULL);
    sqlite3_reset(select);
    return status;
}

void cs__segments_load_page(struct cs__stored_segment *stored, uint32_t page)
{
    unsigned char *bits = calloc(1, CS__REMOVED_PAGE / 8);
    cs_status status = bits == NULL ? CS_ERR_NOMEM : read_page(stored, page, bits);
    if (status != CS_OK && stored->segment->status == CS_OK)
        stored->segment->status = status;
    stored->pages[page] = bits != NULL ? bits : no_page;
}

cs_status cs__segments_count(struct cs__segments *segments, const char *term, size_t size,
                             struct cs__term_counts *out)
{
    int64_t text = 0, heading = 0;
    for (size_t i = 0; i < segments->count; i++) {
        struct cs__arena arena = {0};
        struct cs__term_lists lists;
        cs_status status = cs__segment_find(segments->items[i].segment, term, size, &arena, &lists);
        cs__arena_free(&arena);
        if (status != CS_OK)
            return status;
        text += (int64_t)lists.text.passages - lists.text_adjustment;
        heading += (int64_t)lists.heading.passages - lists.heading_adjustment;
    }
    *out = (struct cs__term_counts){text > 0 ? (uint64_t)text : 0, heading > 0 ? (uint64_t)heading : 0};
    return CS_OK;
}
