/* SPDX-License-Identifier: MIT */
/* Write one document: its row, fields, sections, passages, words and texts. */
#include <string.h>

#include "core/error.h"
#include "indexer/write_internal.h"

/* What of a document is being written. */
struct document {
    struct cs__write *write;
    const struct cs__text *text;
    const struct cs__described *described;
    const struct cs__passages *passages;
    int64_t id, source, first_passage, first_section;
};

static void bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

/* A value that is not zero; else NULL, which takes no room. */
static void bind_known(sqlite3_stmt *statement, int at, int64_t value)
{
    if (value != 0)
        sqlite3_bind_int64(statement, at, value);
}

static const char *value_of(const struct document *document, const char *name)
{
    const struct cs__field *field = cs__described_field(document->described, name);
    return field != NULL ? field->value : NULL;
}

static void bind_published(const struct document *document, sqlite3_stmt *statement, int at)
{
    const char *value = value_of(document, "published");
    cs_date date;
    if (value == NULL || cs_date_parse(value, strlen(value), &date) != CS_OK)
        return;
    sqlite3_bind_int(statement, at, date.first);
    sqlite3_bind_int(statement, at + 1, date.last);
    sqlite3_bind_int(statement, at + 2, (int)date.precision);
}

static void count_searchable(const struct cs__passages *passages, int64_t *words, int64_t *count)
{
    *words = *count = 0;
    for (size_t i = 0; i < passages->count; i++) {
        if (!(passages->items[i].flags & CS__PASSAGE_SEARCHABLE))
            continue;
        *words += passages->items[i].words;
        ++*count;
    }
}

static cs_status put_document(const struct document *document, cs_error *error)
{
    sqlite3_stmt *statement = cs__write_statement(document->write, CS__WRITE_DOCUMENT, error);
    int64_t words, count;
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    count_searchable(document->passages, &words, &count);
    sqlite3_bind_int64(statement, 1, document->id);
    sqlite3_bind_int64(statement, 2, document->source);
    bind_text(statement, 3, document->text->record);
    bind_text(statement, 4, document->text->format);
    bind_text(statement, 5, value_of(document, "title"));
    bind_text(statement, 6, value_of(document, "url"));
    sqlite3_bind_int(statement, 7, (int)document->described->kind);
    bind_text(statement, 8, value_of(document, "authority"));
    bind_text(statement, 9, value_of(document, "framework"));
    bind_text(statement, 10, value_of(document, "form"));
    bind_published(document, statement, 11);
    sqlite3_bind_int64(statement, 14, document->text->pages);
    sqlite3_bind_int64(statement, 15, words);
    sqlite3_bind_int64(statement, 16, count);
    sqlite3_bind_int64(statement, 17, document->first_passage);
    sqlite3_bind_int64(statement, 18, (int64_t)document->passages->count);
    return cs__write_run(document->write, statement, error);
}

static cs_status put_field(const struct document *document, size_t i, cs_error *error)
{
    const struct cs__field *field = &document->described->fields[i];
    sqlite3_stmt *statement = cs__write_statement(document->write, CS__WRITE_FIELD, error);
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_int64(statement, 1, document->id);
    sqlite3_bind_int64(statement, 2, (int64_t)i);
    bind_text(statement, 3, field->name);
    bind_text(statement, 4, field->value);
    sqlite3_bind_int(statement, 5, (int)field->state);
    bind_text(statement, 6, field->quotation);
    bind_known(statement, 7, field->page);
    bind_text(statement, 8, field->rule);
    return cs__write_run(document->write, statement, error);
}

/* Only a document that names a visit can change any (indexer/link_claims.c). */
static cs_status unlink_visits(const struct document *document, cs_error *error)
{
    static const char *const naming[] = {"visit", "visit_window", "visit_days", "ordinal"};
    const char *authority = value_of(document, "authority");
    int names_one = 0;
    for (size_t i = 0; i < sizeof naming / sizeof naming[0]; i++)
        names_one |= value_of(document, naming[i]) != NULL;
    if (!names_one || (authority == NULL && document->described->kind == CS_KIND_OTHER))
        return CS_OK;
    sqlite3_stmt *statement = cs__write_statement(document->write, CS__WRITE_UNLINK, error);
    if (statement != NULL)
        bind_text(statement, 1, authority);
    return cs__write_run(document->write, statement, error);
}

static cs_status put_property(const struct document *document, size_t i, cs_error *error)
{
    const struct cs__property *property = &document->text->properties[i];
    sqlite3_stmt *statement = cs__write_statement(document->write, CS__WRITE_PROPERTY, error);
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_int64(statement, 1, document->id);
    sqlite3_bind_int64(statement, 2, (int64_t)i);
    bind_text(statement, 3, property->key);
    bind_text(statement, 4, property->value);
    return cs__write_run(document->write, statement, error);
}

/* A section's passages stand together; those of the sections after it behind them. */
static cs_status put_section(const struct document *document, size_t i, size_t first, size_t end,
                             cs_error *error)
{
    const struct cs__section *section = &document->described->sections[i];
    sqlite3_stmt *statement = cs__write_statement(document->write, CS__WRITE_SECTION, error);
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_int64(statement, 1, document->first_section + (int64_t)i);
    sqlite3_bind_int64(statement, 2, document->id);
    sqlite3_bind_int(statement, 3, section->level);
    bind_text(statement, 4, section->heading);
    sqlite3_bind_int(statement, 5, (int)section->area);
    sqlite3_bind_int(statement, 6, (int)section->judgement);
    sqlite3_bind_int(statement, 7, (int)section->state);
    sqlite3_bind_int64(statement, 8, document->first_passage + (int64_t)first);
    sqlite3_bind_int64(statement, 9, (int64_t)(end - first));
    return cs__write_run(document->write, statement, error);
}

static cs_status put_sections(const struct document *document, cs_error *error)
{
    cs_status status = CS_OK;
    size_t at = 0;
    for (size_t i = 0; i < document->described->section_count && status == CS_OK; i++) {
        size_t first = at;
        while (at < document->passages->count && document->passages->items[at].section <= i)
            at++;
        status = put_section(document, i, first, at, error);
    }
    return status;
}

static cs_status put_passage(const struct document *document, size_t i, cs_error *error)
{
    const struct cs__passage *passage = &document->passages->items[i];
    const struct cs__block *block = passage->block;
    sqlite3_stmt *statement = cs__write_statement(document->write, CS__WRITE_PASSAGE, error);
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_int64(statement, 1, document->first_passage + (int64_t)i);
    sqlite3_bind_int64(statement, 2, document->id);
    if (passage->section < document->described->section_count)
        sqlite3_bind_int64(statement, 3, document->first_section + passage->section);
    sqlite3_bind_int(statement, 4, (int)block->kind);
    sqlite3_bind_int(statement, 5, passage->flags);
    bind_known(statement, 6, block->level);
    bind_known(statement, 7, block->page);
    bind_known(statement, 8, block->last_page != block->page ? block->last_page : 0);
    bind_text(statement, 9, block->number);
    if (passage->lead != CS__NO_BLOCK)
        sqlite3_bind_int64(statement, 10, document->first_passage + passage->lead);
    sqlite3_bind_int64(statement, 11, passage->start);
    sqlite3_bind_int64(statement, 12, passage->end - passage->start);
    sqlite3_bind_int64(statement, 13, passage->words);
    return cs__write_run(document->write, statement, error);
}

/* As CS__WRITE_HEADINGS gives it back when the passage is removed. */
static const char *heading_of(const struct document *document, const struct cs__passage *passage)
{
    const struct cs__described *described = document->described;
    const char *heading =
        passage->section < described->section_count ? described->sections[passage->section].heading : NULL;
    return heading != NULL ? heading : value_of(document, "title");
}

static cs_status put_passages(const struct document *document, cs_error *error)
{
    struct cs__write *write = document->write;
    for (size_t i = 0; i < document->passages->count; i++) {
        const struct cs__passage *passage = &document->passages->items[i];
        int64_t id = document->first_passage + (int64_t)i;
        cs_status status = put_passage(document, i, error);
        if (status == CS_OK && (passage->flags & CS__PASSAGE_SEARCHABLE))
            status = cs__write_passage_words(write, CS__WRITE_ADD, id, heading_of(document, passage),
                                             passage->text, passage->size, error);
        if (status == CS_OK)
            status = cs__packing_add(write->packing, id, passage->text, passage->size, error);
        if (status != CS_OK)
            return status;
        write->pending += passage->size;
    }
    return CS_OK;
}

cs_status cs__write_document(struct cs__write *write, int64_t source, const struct cs__text *text,
                             const struct cs__described *described, const struct cs__passages *passages,
                             cs_error *error)
{
    struct document document = {.write = write,
                                .text = text,
                                .described = described,
                                .passages = passages,
                                .id = write->next_document,
                                .source = source,
                                .first_passage = write->next_passage,
                                .first_section = write->next_section};
    cs_status status = put_document(&document, error);
    if (status == CS_OK)
        status = unlink_visits(&document, error);
    for (size_t i = 0; i < described->field_count && status == CS_OK; i++)
        status = put_field(&document, i, error);
    for (size_t i = 0; i < text->property_count && status == CS_OK; i++)
        status = put_property(&document, i, error);
    if (status == CS_OK)
        status = put_sections(&document, error);
    if (status == CS_OK)
        status = put_passages(&document, error);
    write->next_document++;
    write->next_passage += (int64_t)passages->count;
    write->next_section += (int64_t)described->section_count;
    return status;
}

cs_status cs__write_end_source(struct cs__write *write, cs_error *error)
{
    return cs__packing_break(write->packing, error);
}
