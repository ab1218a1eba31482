/* SPDX-License-Identifier: MIT */
/* Passages with their words and sentences, kept by id. */
#include "query/passage_words.h"

#include <string.h>

#include "core/error.h"
#include "query/reader.h"

/* Stored in the index; indexer/layout.h and indexer/split.h have them all. */
enum { KIND_TABLE_ROW = 2 };
enum { FLAG_SEARCHABLE = 1, FLAG_IMPROVEMENT = 2, FLAG_ECHO = 4 };

static size_t slot_of(struct cs__passage_read *const *slots, size_t capacity, int64_t id)
{
    size_t at = (size_t)((uint64_t)id * 0x9E3779B97F4A7C15u >> 20) & (capacity - 1);
    while (slots[at] != NULL && slots[at]->id != id)
        at = (at + 1) & (capacity - 1);
    return at;
}

/* At least half of the slots stay empty; the capacity is a power of two. */
static int grow(struct cs__passages_read *passages)
{
    size_t capacity = passages->capacity ? passages->capacity * 2 : 256;
    if (2 * (passages->count + 1) <= passages->capacity)
        return 1;
    struct cs__passage_read **slots = cs__arena_array(&passages->arena, capacity, sizeof *slots);
    if (slots == NULL)
        return 0;
    for (size_t i = 0; i < passages->capacity; i++) {
        if (passages->slots[i] != NULL)
            slots[slot_of(slots, capacity, passages->slots[i]->id)] = passages->slots[i];
    }
    passages->slots = slots;
    passages->capacity = capacity;
    return 1;
}

static int cut_sentences(struct cs__passage_read *passage, struct cs__arena *arena)
{
    struct cs__sentence_walk walk = cs__sentence_begin(passage->text, passage->size);
    struct cs__sentence sentence;
    size_t count = 0;
    while (cs__sentence_next(&walk, &sentence))
        count++;
    passage->sentences = cs__arena_array(arena, count + 1, sizeof *passage->sentences);
    if (passage->sentences == NULL)
        return 0;
    walk = cs__sentence_begin(passage->text, passage->size);
    while (passage->sentence_count < count &&
           cs__sentence_next(&walk, &passage->sentences[passage->sentence_count]))
        passage->sentence_count++;
    return 1;
}

static cs_status fill(struct cs__passages_read *passages, struct cs__passage_read *out, cs_error *error)
{
    struct cs__sources *sources = passages->sources;
    const char *text;
    cs_status status = cs__source_passage(sources, out->id, &out->row, error);
    if (status == CS_OK && out->row.section != 0)
        status = cs__source_section(sources, out->row.section, &out->section, error);
    if (status == CS_OK)
        status = cs__reader_text(sources->reader, out->id, &text, &out->size, error);
    if (status != CS_OK)
        return status;
    out->text = cs__arena_copy(&passages->arena, text, out->size);
    if (out->text == NULL || !cut_sentences(out, &passages->arena) ||
        cs__words_read(sources->reader->tokenizer, out->text, out->size, 1, &passages->arena, &out->words) !=
            CS_OK)
        return cs__error_nomem(error);
    return CS_OK;
}

cs_status cs__passage_read(struct cs__passages_read *passages, int64_t id,
                           const struct cs__passage_read **out, cs_error *error)
{
    if (!grow(passages))
        return cs__error_nomem(error);
    struct cs__passage_read **slot = &passages->slots[slot_of(passages->slots, passages->capacity, id)];
    if (*slot == NULL) {
        struct cs__passage_read *passage = cs__arena_alloc(&passages->arena, sizeof *passage);
        if (passage == NULL)
            return cs__error_nomem(error);
        passage->id = id;
        cs_status status = fill(passages, passage, error);
        if (status != CS_OK)
            return status;
        *slot = passage;
        passages->count++;
    }
    *out = *slot;
    return CS_OK;
}

void cs__passages_read_free(struct cs__passages_read *passages)
{
    struct cs__sources *sources = passages->sources;
    cs__arena_free(&passages->arena);
    *passages = (struct cs__passages_read){.sources = sources};
}

size_t cs__passage_sentence(const struct cs__passage_read *passage, size_t at)
{
    size_t i = 0;
    while (i + 1 < passage->sentence_count && passage->sentences[i + 1].start <= at)
        i++;
    return i;
}

int cs__passage_is_improvement(const struct cs__passage_read *passage)
{
    return (passage->row.flags & FLAG_IMPROVEMENT) != 0;
}

int cs__passage_is_prose(const struct cs__passage_read *passage)
{
    return !(passage->row.flags & FLAG_ECHO) && passage->row.kind != KIND_TABLE_ROW;
}

cs_status cs__passages_between(cs_reader *reader, int64_t first, int64_t last, int only_improvements,
                               struct cs__ids *out, cs_error *error)
{
    cs_status status;
    int step = SQLITE_DONE;
    sqlite3_stmt *row = cs__reader_statement(reader, CS__SQL_PASSAGES_BETWEEN, &status, error);
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, first);
    sqlite3_bind_int64(row, 2, last);
    sqlite3_bind_int(row, 3, FLAG_SEARCHABLE | FLAG_ECHO | (only_improvements ? FLAG_IMPROVEMENT : 0));
    sqlite3_bind_int(row, 4, FLAG_SEARCHABLE | (only_improvements ? FLAG_IMPROVEMENT : 0));
    while (status == CS_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        if (!cs__ids_add(out, sqlite3_column_int64(row, 0)))
            status = cs__error_nomem(error);
    }
    if (status == CS_OK && step != SQLITE_DONE)
        status = cs__reader_failed(reader, error);
    sqlite3_reset(row);
    return status;
}
