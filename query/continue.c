/* SPDX-License-Identifier: MIT */
/* Continue: matches -> the passages that go on about them without naming them. */
#include "query/continue.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "query/occur.h"
#include "query/reader.h"

/* "Such children", "These vulnerable children": the noun is one of the words next to it. */
enum { NOUN_REACH = 3 };

/* The word that points back, with its size; 0 when the text begins with none. */
static size_t pointing_word(const char *text)
{
    static const char *const words[] = {"Such ", "These ", "Those "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return strlen(words[i]);
    }
    return 0;
}

static int has_term(const struct cs__words *words, const char *term)
{
    for (size_t i = 0; i < words->count; i++) {
        if (strcmp(words->items[i].term, term) == 0)
            return 1;
    }
    return 0;
}

/* Whether one of the words that `next` points back with stands in `before`. */
static int points_to(const struct cs__words *next, const struct cs__words *before)
{
    for (size_t i = 0; i < next->count && next->items[i].position <= NOUN_REACH; i++) {
        const char *term = next->items[i].term;
        if (next->items[i].position > 0 && !cs__term_is_stop(term, strlen(term)) && has_term(before, term))
            return 1;
    }
    return 0;
}

/* The next searchable passage of the same section; 0 when there is none. */
static cs_status next_passage(cs_reader *reader, int64_t passage, int64_t *out, cs_error *error)
{
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(reader, CS__SQL_NEXT_PASSAGE, &status, error);
    *out = 0;
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, passage);
    int step = sqlite3_step(row);
    if (step == SQLITE_ROW)
        *out = sqlite3_column_int64(row, 0);
    else if (step != SQLITE_DONE)
        status = cs__reader_failed(reader, error);
    sqlite3_reset(row);
    return status;
}

/* Whether `next` goes on about `before`; texts are read in turn, since the second takes the first's place. */
static cs_status continues(cs_reader *reader, int64_t before, int64_t next, int *out, cs_error *error)
{
    struct cs__arena arena = {0};
    struct cs__words next_words, before_words;
    const char *text;
    size_t size;
    *out = 0;
    cs_status status = cs__reader_text(reader, next, &text, &size, error);
    if (status != CS_OK || pointing_word(text) == 0)
        return status;
    status = cs__words_read(reader->tokenizer, text, size, 0, &arena, &next_words);
    if (status == CS_OK)
        status = cs__reader_text(reader, before, &text, &size, error);
    if (status == CS_OK)
        status = cs__words_read(reader->tokenizer, text, size, 0, &arena, &before_words);
    if (status == CS_OK)
        *out = points_to(&next_words, &before_words);
    else if (status == CS_ERR_NOMEM)
        cs__error_nomem(error);
    cs__arena_free(&arena);
    return status;
}

static int is_among(const struct cs__matches *matches, int64_t passage)
{
    for (size_t i = 0; i < matches->count; i++) {
        if (matches->items[i].passage == passage)
            return 1;
    }
    return 0;
}

cs_status cs__continue(cs_reader *reader, struct cs__matches *matches, cs_error *error)
{
    size_t count = matches->count;
    cs_status status = CS_OK;
    if (count == 0 || count > CS__CONTINUED_MAX)
        return CS_OK;
    struct cs__match *items = realloc(matches->items, 2 * count * sizeof *items);
    if (items == NULL)
        return cs__error_nomem(error);
    matches->items = items;
    for (size_t i = 0; i < count && status == CS_OK; i++) {
        int64_t next;
        int goes_on = 0;
        status = next_passage(reader, items[i].passage, &next, error);
        if (status == CS_OK && next != 0 && !is_among(matches, next))
            status = continues(reader, items[i].passage, next, &goes_on, error);
        if (status == CS_OK && goes_on)
            items[matches->count++] = (struct cs__match){.passage = next, .score = 0};
    }
    return status;
}
