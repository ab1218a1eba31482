/* SPDX-License-Identifier: MIT */
/* Kept: rows and packs of one document -> text and blocks. */
#include "indexer/kept.h"

#include <string.h>

#include "core/error.h"
#include "core/store.h"
#include "indexer/split.h"

enum statement { DOCUMENT, PROPERTIES, OVERRIDES, PASSAGES, PACKS, STATEMENT_COUNT };

static const char *const statement_sql[STATEMENT_COUNT] = {
    [DOCUMENT] = "SELECT format, record, pages, first_passage, block_count FROM document WHERE id = ?1",
    [PROPERTIES] = "SELECT key, value FROM property WHERE document = ?1 ORDER BY seq",
    [OVERRIDES] =
        "SELECT name, value FROM field WHERE document = ?1 AND state = 4 AND value IS NOT NULL ORDER BY seq",
    [PASSAGES] = "SELECT id, kind, flags, level, page, last_page, number, lead, start, size FROM passage"
                 " WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
    [PACKS] = "SELECT first, data FROM pack WHERE first >= coalesce((SELECT max(first) FROM pack WHERE first "
              "<= ?1), ?1)"
              " AND first <= ?2 ORDER BY first",
};

struct reading {
    sqlite3 *db;
    struct cs__statements statements;
    struct cs__unpacker *unpacker;
    struct cs__kept *out;
    int64_t document, first, last;
    const char **texts; /**< of passages first .. last; owned by blocks.arena */
    uint32_t *sizes;
    cs_error *error;
};

static const char *copy_at(struct reading *reading, sqlite3_stmt *row, int column)
{
    return cs__arena_string(&reading->out->text.arena, (const char *)sqlite3_column_text(row, column));
}

static cs_status read_document(struct reading *reading)
{
    sqlite3_stmt *row = cs__statements_get(&reading->statements, DOCUMENT);
    if (row == NULL || sqlite3_bind_int64(row, 1, reading->document) != SQLITE_OK ||
        sqlite3_step(row) != SQLITE_ROW)
        return cs__store_failed(reading->db, reading->error);
    reading->out->text.format = copy_at(reading, row, 0);
    reading->out->text.record = copy_at(reading, row, 1);
    reading->out->text.pages = (uint32_t)sqlite3_column_int(row, 2);
    reading->first = sqlite3_column_int64(row, 3);
    reading->last = reading->first + sqlite3_column_int64(row, 4) - 1;
    return reading->out->text.format != NULL ? CS_OK : cs__error_nomem(reading->error);
}

static size_t count_rows(struct reading *reading, sqlite3_stmt *statement)
{
    size_t count = 0;
    sqlite3_bind_int64(statement, 1, reading->document);
    while (sqlite3_step(statement) == SQLITE_ROW)
        count++;
    sqlite3_reset(statement);
    return count;
}

/* Properties and overrides are both pairs of strings. */
static cs_status read_pairs(struct reading *reading)
{
    struct cs__kept *out = reading->out;
    sqlite3_stmt *properties = cs__statements_get(&reading->statements, PROPERTIES);
    sqlite3_stmt *overrides = cs__statements_get(&reading->statements, OVERRIDES);
    if (properties == NULL || overrides == NULL)
        return cs__store_failed(reading->db, reading->error);
    size_t property_count = count_rows(reading, properties), override_count = count_rows(reading, overrides);
    out->text.properties = cs__arena_array(&out->text.arena, property_count, sizeof *out->text.properties);
    out->overrides = cs__arena_array(&out->text.arena, override_count, sizeof *out->overrides);
    if (out->text.properties == NULL || out->overrides == NULL)
        return cs__error_nomem(reading->error);
    for (; out->text.property_count < property_count && sqlite3_step(properties) == SQLITE_ROW;
         out->text.property_count++)
        out->text.properties[out->text.property_count] =
            (struct cs__property){copy_at(reading, properties, 0), copy_at(reading, properties, 1)};
    for (; out->override_count < override_count && sqlite3_step(overrides) == SQLITE_ROW;
         out->override_count++)
        out->overrides[out->override_count] =
            (cs_override){copy_at(reading, overrides, 0), copy_at(reading, overrides, 1)};
    return CS_OK;
}

static cs_status read_pack(struct reading *reading, sqlite3_stmt *row)
{
    const char **texts;
    uint32_t *sizes;
    size_t count;
    int64_t pack = sqlite3_column_int64(row, 0);
    cs_status status =
        cs__unpack(reading->unpacker, sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1),
                   &reading->out->blocks.arena, &texts, &sizes, &count);
    if (status != CS_OK)
        return cs__error_set(reading->error, status, "pack %lld of the index can't be read", (long long)pack);
    for (size_t i = 0; i < count; i++) {
        int64_t passage = pack + (int64_t)i;
        if (passage < reading->first || passage > reading->last)
            continue;
        reading->texts[passage - reading->first] = texts[i];
        reading->sizes[passage - reading->first] = sizes[i];
    }
    return CS_OK;
}

static cs_status read_texts(struct reading *reading)
{
    size_t count = (size_t)(reading->last - reading->first + 1);
    struct cs__arena *arena = &reading->out->blocks.arena;
    sqlite3_stmt *packs = cs__statements_get(&reading->statements, PACKS);
    cs_status status = CS_OK;
    int step;
    reading->texts = cs__arena_array(arena, count, sizeof *reading->texts);
    reading->sizes = cs__arena_array(arena, count, sizeof *reading->sizes);
    if (reading->texts == NULL || reading->sizes == NULL)
        return cs__error_nomem(reading->error);
    if (packs == NULL)
        return cs__store_failed(reading->db, reading->error);
    sqlite3_bind_int64(packs, 1, reading->first);
    sqlite3_bind_int64(packs, 2, reading->last);
    while (status == CS_OK && (step = sqlite3_step(packs)) != SQLITE_DONE)
        status =
            step == SQLITE_ROW ? read_pack(reading, packs) : cs__store_failed(reading->db, reading->error);
    return status;
}

/* A cut of a long block: its text goes behind what stands there, the blank between put back. */
static int extend(struct reading *reading, struct cs__block *block, const char *text, uint32_t size)
{
    char *whole = cs__arena_alloc(&reading->out->blocks.arena, (size_t)block->size + size + 2);
    if (whole == NULL)
        return 0;
    memcpy(whole, block->text, block->size);
    whole[block->size] = ' ';
    memcpy(whole + block->size + 1, text, size);
    block->text = whole;
    block->size += size + 1;
    return 1;
}

static int take_block(struct reading *reading, sqlite3_stmt *row, uint32_t *block_of)
{
    struct cs__blocks *blocks = &reading->out->blocks;
    int64_t at = sqlite3_column_int64(row, 0) - reading->first,
            lead = sqlite3_column_int64(row, 7) - reading->first;
    int continued = sqlite3_column_int(row, 2) & CS__PASSAGE_CONTINUED;
    uint32_t start = (uint32_t)sqlite3_column_int64(row, 8),
             end = start + (uint32_t)sqlite3_column_int64(row, 9);
    if (reading->texts[at] == NULL)
        return 0;
    if (continued && blocks->count > 0) {
        struct cs__block *block = &blocks->items[blocks->count - 1];
        block->end = end;
        block_of[at] = (uint32_t)blocks->count - 1;
        return extend(reading, block, reading->texts[at], reading->sizes[at]);
    }
    block_of[at] = (uint32_t)blocks->count;
    struct cs__block *block = &blocks->items[blocks->count++];
    *block =
        (struct cs__block){.kind = (enum cs__block_kind)sqlite3_column_int(row, 1),
                           .level = (uint8_t)sqlite3_column_int(row, 3),
                           .page = (uint32_t)sqlite3_column_int(row, 4),
                           .last_page = (uint32_t)sqlite3_column_int(row, 5),
                           .start = start,
                           .end = end,
                           .text = cs__arena_copy(&blocks->arena, reading->texts[at], reading->sizes[at]),
                           .size = reading->sizes[at],
                           .number = copy_at(reading, row, 6),
                           .lead = lead >= 0 && lead < at ? block_of[lead] : CS__NO_BLOCK};
    if (block->last_page == 0)
        block->last_page = block->page;
    return block->text != NULL;
}

static cs_status read_blocks(struct reading *reading)
{
    size_t count = (size_t)(reading->last - reading->first + 1);
    struct cs__blocks *blocks = &reading->out->blocks;
    uint32_t *block_of = cs__arena_array(&blocks->arena, count, sizeof *block_of);
    sqlite3_stmt *row = cs__statements_get(&reading->statements, PASSAGES);
    blocks->items = cs__arena_array(&blocks->arena, count, sizeof *blocks->items);
    if (block_of == NULL || blocks->items == NULL)
        return cs__error_nomem(reading->error);
    if (row == NULL)
        return cs__store_failed(reading->db, reading->error);
    sqlite3_bind_int64(row, 1, reading->first);
    sqlite3_bind_int64(row, 2, reading->last);
    int step;
    while ((step = sqlite3_step(row)) == SQLITE_ROW)
        if (!take_block(reading, row, block_of))
            return cs__error_set(reading->error, CS_ERR_CORRUPT, "passage %lld of the index has no text",
                                 (long long)sqlite3_column_int64(row, 0));
    return step == SQLITE_DONE ? CS_OK : cs__store_failed(reading->db, reading->error);
}

cs_status cs__kept_read(sqlite3 *db, struct cs__unpacker *unpacker, int64_t document, struct cs__kept *out,
                        cs_error *error)
{
    struct reading reading = {
        .db = db, .unpacker = unpacker, .out = out, .document = document, .error = error};
    *out = (struct cs__kept){.override_count = 0};
    if (cs__statements_init(&reading.statements, db, statement_sql, STATEMENT_COUNT) != CS_OK)
        return cs__error_nomem(error);
    cs_status status = read_document(&reading);
    if (status == CS_OK)
        status = read_pairs(&reading);
    if (status == CS_OK && reading.last >= reading.first) {
        status = read_texts(&reading);
        if (status == CS_OK)
            status = read_blocks(&reading);
    }
    cs__statements_free(&reading.statements);
    if (status != CS_OK)
        cs__kept_free(out);
    return status;
}

void cs__kept_free(struct cs__kept *kept)
{
    cs__blocks_free(&kept->blocks);
    cs__text_free(&kept->text);
    *kept = (struct cs__kept){.override_count = 0};
}
