/* SPDX-License-Identifier: MIT */
/* Write the short forms that a passage explains: counted in as it comes, counted out as it goes. */
#include "core/buffer.h"
#include "core/error.h"
#include "core/short_form.h"
#include "indexer/write_internal.h"

/* The long form as queries are cut, its terms joined by blanks. */
static void join_terms(struct cs__write *write, const char *text, size_t size, struct cs__buffer *out)
{
    struct cs__token token;
    size_t count = 0;
    cs__buffer_clear(out);
    cs__tokenizer_start(write->tokenizer, text, size, CS__TOKENIZE_QUERY);
    while (cs__tokenizer_next(write->tokenizer, &token)) {
        if (count++ > 0)
            cs__buffer_char(out, ' ');
        cs__buffer_append(out, token.term, token.term_size);
    }
}

static cs_status run(struct cs__write *write, enum cs__write_sql which, const struct cs__short_form *form,
                     const struct cs__buffer *terms, const char *text, cs_error *error)
{
    sqlite3_stmt *statement = cs__write_statement(write, which, error);
    if (statement == NULL)
        return error != NULL ? error->status : CS_ERR_IO;
    sqlite3_bind_text(statement, 1, form->text, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, terms->data, (int)terms->size, SQLITE_STATIC);
    if (which == CS__WRITE_PUT_SHORT_FORM)
        sqlite3_bind_text(statement, 3, text + form->long_form.start,
                          (int)(form->long_form.end - form->long_form.start), SQLITE_STATIC);
    return cs__write_run(write, statement, error);
}

cs_status cs__write_short_forms(struct cs__write *write, enum cs__write_change change, const char *text,
                                size_t size, cs_error *error)
{
    struct cs__buffer terms = {0};
    struct cs__short_form form;
    cs_status status = CS_OK;
    size_t at = 0;
    while (status == CS_OK && cs__short_form_next(text, size, &at, &form)) {
        join_terms(write, text + form.long_form.start, form.long_form.end - form.long_form.start, &terms);
        if (terms.failed)
            status = cs__error_nomem(error);
        else if (change == CS__WRITE_ADD)
            status = run(write, CS__WRITE_PUT_SHORT_FORM, &form, &terms, text, error);
        else
            status = run(write, CS__WRITE_TAKE_SHORT_FORM, &form, &terms, text, error);
        if (status == CS_OK && change == CS__WRITE_REMOVE)
            status = run(write, CS__WRITE_DROP_SHORT_FORM, &form, &terms, text, error);
    }
    cs__buffer_free(&terms);
    return status;
}
