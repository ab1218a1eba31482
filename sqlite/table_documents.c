/* SPDX-License-Identifier: MIT */
/* cs_documents('index.db'), a row a document, and cs_fields('index.db'), a row a field with its evidence. */
#include "sqlite/table.h"

SQLITE_EXTENSION_INIT3

enum column {
    ID,
    PATH,
    RECORD,
    FORMAT,
    KIND,
    TITLE,
    URL,
    AUTHORITY,
    FRAMEWORK,
    FORM,
    VISIT,
    PUBLISHED,
    LEAD_INSPECTOR,
    JUDGEMENTS, /* one an area */
    STATES = JUDGEMENTS + CS_AREA_COUNT - 1,
    PAGES = STATES + CS_AREA_COUNT - 1,
    WORDS,
    PASSAGES,
    SHA256,
    STATUS,
    MESSAGE,
    INDEX_FILE,
    WITH_FAILED,
    COLUMNS
};

static const struct cs__column columns[COLUMNS] = {
    [ID] = {"id", CS__OUTPUT},
    [PATH] = {"path", CS__OUTPUT},
    [RECORD] = {"record", CS__OUTPUT},
    [FORMAT] = {"format", CS__OUTPUT},
    [KIND] = {"kind", CS__OUTPUT},
    [TITLE] = {"title", CS__OUTPUT},
    [URL] = {"url", CS__OUTPUT},
    [AUTHORITY] = {"authority", CS__OUTPUT},
    [FRAMEWORK] = {"framework", CS__OUTPUT},
    [FORM] = {"form", CS__OUTPUT},
    [VISIT] = {"visit", CS__OUTPUT},
    [PUBLISHED] = {"published", CS__OUTPUT},
    [LEAD_INSPECTOR] = {"lead_inspector", CS__OUTPUT},
    [JUDGEMENTS] = {"overall", CS__OUTPUT},
    {"leadership", CS__OUTPUT},
    {"help_and_protection", CS__OUTPUT},
    {"care", CS__OUTPUT},
    {"care_leavers", CS__OUTPUT},
    {"adoption", CS__OUTPUT},
    {"lscb", CS__OUTPUT},
    [STATES] = {"overall_state", CS__OUTPUT},
    {"leadership_state", CS__OUTPUT},
    {"help_and_protection_state", CS__OUTPUT},
    {"care_state", CS__OUTPUT},
    {"care_leavers_state", CS__OUTPUT},
    {"adoption_state", CS__OUTPUT},
    {"lscb_state", CS__OUTPUT},
    [PAGES] = {"pages", CS__OUTPUT},
    [WORDS] = {"words", CS__OUTPUT},
    [PASSAGES] = {"passages", CS__OUTPUT},
    [SHA256] = {"sha256", CS__OUTPUT},
    [STATUS] = {"status", CS__OUTPUT},
    [MESSAGE] = {"message", CS__OUTPUT},
    [INDEX_FILE] = {"index_file", CS__ARGUMENT},
    [WITH_FAILED] = {"with_failed", CS__ARGUMENT},
};

static void release(struct cs__cursor *cursor)
{
    cs_documents_free(cursor->rows);
}

static cs_status list(struct cs__cursor *cursor, int with_fields, cs_error *error)
{
    cs_list_options options = CS_LIST_OPTIONS_INIT;
    cs_documents *documents = NULL;
    options.with_fields = with_fields;
    options.with_failed = cs__argument_number(cursor, "with_failed", 0) != 0;
    cs_status status = cs_documents_list(cursor->reader, &options, &documents, error);
    cursor->rows = documents;
    cursor->count = documents != NULL ? cs_documents_count(documents) : 0;
    return status;
}

static cs_status run(struct cs__cursor *cursor, cs_error *error)
{
    return list(cursor, 0, error);
}

static void give_text(sqlite3_context *out, const cs_document *document, enum column column)
{
    const char *const texts[COLUMNS] = {
        [PATH] = document->path,
        [RECORD] = document->record,
        [FORMAT] = document->format,
        [KIND] = document->id != 0 ? cs_kind_name(document->kind) : NULL,
        [TITLE] = document->title,
        [URL] = document->url,
        [AUTHORITY] = document->authority,
        [FRAMEWORK] = document->framework,
        [FORM] = document->form,
        [VISIT] = document->visit,
        [LEAD_INSPECTOR] = document->lead_inspector,
        [SHA256] = document->sha256,
        [STATUS] = document->status,
        [MESSAGE] = document->message,
    };
    cs__give_text(out, texts[column]);
}

static void value(sqlite3_context *out, const struct cs__cursor *cursor, int column)
{
    const cs_document *document = cs_documents_get(cursor->rows, cursor->at);
    enum column which = (enum column)column;
    if (which >= JUDGEMENTS && which < STATES)
        cs__give_text(out, cs_judgement_name(document->judgements[which - JUDGEMENTS + 1].value));
    else if (which >= STATES && which < PAGES)
        cs__give_text(out, cs_state_name(document->judgements[which - STATES + 1].state));
    else if (which == ID)
        cs__give_number(out, document->id);
    else if (which == PUBLISHED)
        cs__give_date(out, document->published);
    else if (which == PAGES)
        cs__give_number(out, document->pages);
    else if (which == WORDS || which == PASSAGES)
        sqlite3_result_int64(out, which == WORDS ? document->words : document->passages);
    else
        give_text(out, document, which);
}

const struct cs__table cs__table_documents = {
    .name = "cs_documents",
    .columns = columns,
    .column_count = COLUMNS,
    .required = 1,
    .run = run,
    .value = value,
    .release = release,
};

enum { FIELD_DOCUMENT, FIELD_PATH, FIELD_RECORD, FIELD_NAME, FIELD_VALUE, FIELD_STATE, FIELD_QUOTATION };
enum { FIELD_PAGE = FIELD_QUOTATION + 1, FIELD_RULE, FIELD_INDEX_FILE, FIELD_COLUMNS };

static const struct cs__column field_columns[FIELD_COLUMNS] = {
    [FIELD_DOCUMENT] = {"document", CS__OUTPUT},   [FIELD_PATH] = {"path", CS__OUTPUT},
    [FIELD_RECORD] = {"record", CS__OUTPUT},       [FIELD_NAME] = {"name", CS__OUTPUT},
    [FIELD_VALUE] = {"value", CS__OUTPUT},         [FIELD_STATE] = {"state", CS__OUTPUT},
    [FIELD_QUOTATION] = {"quotation", CS__OUTPUT}, [FIELD_PAGE] = {"page", CS__OUTPUT},
    [FIELD_RULE] = {"rule", CS__OUTPUT},           [FIELD_INDEX_FILE] = {"index_file", CS__ARGUMENT},
};

/* A portion of rows is the fields of one document; `asked` is the number of the next one. */
static cs_status more_fields(struct cs__cursor *cursor, cs_error *error)
{
    const cs_document *document;
    (void)error;
    cursor->count = 0;
    while (cursor->count == 0 && (document = cs_documents_get(cursor->rows, (size_t)cursor->asked)) != NULL) {
        cursor->count = document->field_count;
        cursor->asked++;
    }
    return CS_OK;
}

static cs_status run_fields(struct cs__cursor *cursor, cs_error *error)
{
    cs_status status = list(cursor, 1, error);
    return status == CS_OK ? more_fields(cursor, error) : status;
}

static void field_value(sqlite3_context *out, const struct cs__cursor *cursor, int column)
{
    const cs_document *document = cs_documents_get(cursor->rows, (size_t)cursor->asked - 1);
    const cs_field *field = &document->fields[cursor->at];
    const char *const texts[FIELD_COLUMNS] = {
        [FIELD_PATH] = document->path,
        [FIELD_RECORD] = document->record,
        [FIELD_NAME] = field->name,
        [FIELD_VALUE] = field->value,
        [FIELD_STATE] = cs_state_name(field->state),
        [FIELD_QUOTATION] = field->quotation,
        [FIELD_RULE] = field->rule,
    };
    if (column == FIELD_DOCUMENT)
        sqlite3_result_int64(out, document->id);
    else if (column == FIELD_PAGE)
        cs__give_number(out, field->page);
    else
        cs__give_text(out, texts[column]);
}

const struct cs__table cs__table_fields = {
    .name = "cs_fields",
    .columns = field_columns,
    .column_count = FIELD_COLUMNS,
    .required = 1,
    .run = run_fields,
    .more = more_fields,
    .value = field_value,
    .release = release,
};
