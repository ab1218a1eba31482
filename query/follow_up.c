/* SPDX-License-Identifier: MIT */
/* Follow up: the stages, and reading the result. Input: a query and filters; output: bullets with what came
 * of each. */
#include <stdlib.h>
#include <string.h>

#include <csearch/follow_up.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/options.h"
#include "query/follow_up_answer.h"
#include "query/reader.h"
#include "query/timeline_ask.h"

enum { DEFAULT_LIMIT = 2 };

struct cs_follow_up {
    struct cs_hits hits; /* its arena owns all that bullets point to */
    cs_bullet *items;
    size_t count;
    const char *read_as;
    const char **notes;
    size_t note_count;
};

/* What one follow-up goes through. */
struct making {
    cs_reader *reader;
    struct cs__themes *own_themes;
    const struct cs__themes *themes;
    struct cs__request request;
    struct cs__asked asked;
    int has_words;
    struct cs__ids asked_for; /* passages that have the words of the query, where it has any */
    struct cs__frame frame;
    struct cs__sources sources;
    struct cs__passages_read passages;
    struct cs__subjects subjects;
    struct cs__found_bullet *found;
    size_t found_count;
    struct cs__arena arena; /* of `found` */
    cs_follow_up *out;
};

static cs_status read_query(struct making *making, const char *query, size_t size,
                            const cs_timeline_options *options, cs_error *error)
{
    cs_status status =
        cs__request_themes(making->reader, options, &making->own_themes, &making->themes, error);
    if (status == CS_OK)
        status =
            cs__request_read(making->reader, making->themes, query, size, options, &making->request, error);
    if (making->request.search.limit == 0)
        making->request.search.limit = DEFAULT_LIMIT;
    making->has_words = making->request.query.tree != NULL || making->request.has_signs_only;
    if (status == CS_OK && making->has_words)
        status = cs__ask(making->reader, &making->request, making->themes, &making->asked, error);
    if (status == CS_OK && making->has_words && !making->asked.asks_for_nothing)
        status = cs__match_text(making->reader, making->asked.words.tree, making->asked.match,
                                making->request.filter, &making->asked_for, error);
    return status;
}

static int is_asked_for(const struct making *making, int64_t id)
{
    const struct cs__filter *filter = making->request.filter;
    size_t cursor = 0;
    if (filter != NULL && cs__filter_seek(filter, &cursor, id) != id)
        return 0;
    if (!making->has_words)
        return 1;
    for (size_t i = 0; i < making->asked_for.count; i++) {
        if (making->asked_for.items[i] == id)
            return 1;
    }
    return 0;
}

/* What a document asks for. The lead-in of its bullets, and that there is nothing to ask for, are among the
 * passages of such sections, but no areas for improvement: the document's fields tell. */
static cs_status read_asked(struct making *making, int64_t document, struct cs__arena *arena,
                            const char ***out, size_t *count, cs_error *error)
{
    cs_status status;
    int step = SQLITE_DONE;
    sqlite3_stmt *row = cs__reader_statement(making->reader, CS__SQL_IMPROVEMENTS, &status, error);
    *count = 0;
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, document);
    while ((step = sqlite3_step(row)) == SQLITE_ROW)
        ++*count;
    sqlite3_reset(row);
    *out = cs__arena_array(arena, *count + 1, sizeof **out);
    for (size_t i = 0; *out != NULL && i < *count && sqlite3_step(row) == SQLITE_ROW; i++) {
        if (((*out)[i] = cs__arena_string(arena, (const char *)sqlite3_column_text(row, 0))) == NULL)
            *out = NULL;
    }
    sqlite3_reset(row);
    if (step != SQLITE_DONE)
        return cs__reader_failed(making->reader, error);
    return *out != NULL ? CS_OK : cs__error_nomem(error);
}

/* Of the passages from `from` on, those that are among what the document asks for stay. */
static cs_status keep_asked(struct making *making, int64_t document, struct cs__ids *ids, size_t from,
                            cs_error *error)
{
    struct cs__arena work = {0};
    const char **asked = NULL, *text;
    size_t count = 0, size, kept = from;
    cs_status status = read_asked(making, document, &work, &asked, &count, error);
    for (size_t i = from; i < ids->count && status == CS_OK; i++) {
        size_t j = 0;
        status = cs__reader_text(making->reader, ids->items[i], &text, &size, error);
        while (status == CS_OK && j < count && strcmp(asked[j], text) != 0)
            j++;
        if (status == CS_OK && j < count)
            ids->items[kept++] = ids->items[i];
    }
    ids->count = status == CS_OK ? kept : ids->count;
    cs__arena_free(&work);
    return status;
}

/* The bullets of one row; documents of it that tell of the visit at second hand have none. */
static cs_status find_in_row(struct making *making, size_t row, struct cs__ids *out, cs_error *error)
{
    const struct cs__frame_row *from = &making->frame.rows[row];
    cs_status status = CS_OK;
    out->count = 0;
    for (size_t i = 0; i < from->document_count && status == CS_OK; i++) {
        const struct cs__frame_document *document = from->documents[i];
        size_t count = out->count;
        if (document->apart)
            continue;
        status = cs__passages_between(making->reader, document->first, document->last, 1, out, error);
        if (status == CS_OK && out->count > count)
            status = keep_asked(making, document->id, out, count, error);
    }
    return status;
}

static int add_found(struct making *making, size_t row, const struct cs__ids *ids, size_t *capacity)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (!is_asked_for(making, ids->items[i]))
            continue;
        if (making->found_count == *capacity) {
            size_t more = *capacity ? 2 * *capacity : 64;
            struct cs__found_bullet *items = cs__arena_array(&making->arena, more, sizeof *items);
            if (items == NULL)
                return 0;
            if (making->found_count > 0)
                memcpy(items, making->found, making->found_count * sizeof *items);
            making->found = items;
            *capacity = more;
        }
        making->found[making->found_count++] = (struct cs__found_bullet){ids->items[i], row};
    }
    return 1;
}

static cs_status find_bullets(struct making *making, cs_error *error)
{
    struct cs__ids ids = {0};
    size_t capacity = 0;
    cs_status status = CS_OK;
    for (size_t i = 0; i < making->frame.row_count && status == CS_OK; i++) {
        if (making->frame.rows[i].kind != CS_ROW_VISIT)
            continue;
        status = find_in_row(making, i, &ids, error);
        if (status == CS_OK && !add_found(making, i, &ids, &capacity))
            status = cs__error_nomem(error);
    }
    cs__ids_free(&ids);
    return status;
}

static cs_status follow_all(struct making *making, cs_error *error)
{
    cs_follow_up *out = making->out;
    struct cs__following following = {.reader = making->reader,
                                      .frame = &making->frame,
                                      .sources = &making->sources,
                                      .passages = &making->passages,
                                      .subjects = &making->subjects,
                                      .search = &making->request.search};
    cs_status status = CS_OK;
    out->items = cs__arena_array(&out->hits.arena, making->found_count + 1, sizeof *out->items);
    if (out->items == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < making->found_count && status == CS_OK; i++) {
        status = cs__bullet_follow(&following, &making->found[i], &out->hits, &out->items[i], error);
        out->count += status == CS_OK;
    }
    return status;
}

/* By authority; the frame had them by date. */
static int by_authority(const void *a, const void *b)
{
    const cs_bullet *x = a, *y = b;
    const char *own = x->visit != NULL && x->visit->authority != NULL ? x->visit->authority : "";
    const char *other = y->visit != NULL && y->visit->authority != NULL ? y->visit->authority : "";
    int order = strcmp(own, other);
    if (order != 0)
        return order;
    if (x->visit != NULL && y->visit != NULL && x->visit->date.first != y->visit->date.first)
        return x->visit->date.first < y->visit->date.first ? -1 : 1;
    return x->hit->passage < y->hit->passage ? -1 : x->hit->passage > y->hit->passage;
}

/* How the query was read; all of it outlives the stages. */
static cs_status tell(struct making *making, cs_error *error)
{
    cs_follow_up *out = making->out;
    struct cs__arena *arena = &out->hits.arena;
    struct cs__request *request = &making->request;
    struct cs__buffer read_as = {0};
    int ok = 1;
    for (size_t i = 0; i < request->query.notes.count; i++)
        ok &= cs__notes_add(&request->notes, &request->arena, "%s", request->query.notes.items[i]);
    cs__query_print(&request->query, &read_as);
    out->read_as =
        read_as.failed ? NULL : cs__arena_copy(arena, read_as.data != NULL ? read_as.data : "", read_as.size);
    cs__buffer_free(&read_as);
    out->notes = cs__arena_array(arena, request->notes.count + 1, sizeof *out->notes);
    if (!ok || out->read_as == NULL || out->notes == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < request->notes.count; i++) {
        if ((out->notes[i] = cs__arena_string(arena, request->notes.items[i])) == NULL)
            return cs__error_nomem(error);
        out->note_count++;
    }
    return CS_OK;
}

static cs_status make(struct making *making, const char *query, size_t size,
                      const cs_timeline_options *options, cs_error *error)
{
    cs_status status = read_query(making, query, size, options, error);
    if (status == CS_OK)
        status = cs__frame_build(making->reader, NULL, CS_BY_VISIT, &making->frame, error);
    if (status == CS_OK)
        making->subjects.themes = making->themes;
    if (status == CS_OK)
        status = cs__subjects_begin(&making->subjects, error);
    if (status == CS_OK)
        status = find_bullets(making, error);
    if (status == CS_OK)
        status = follow_all(making, error);
    if (status == CS_OK)
        status = tell(making, error);
    if (status == CS_OK && making->out->count > 1)
        qsort(making->out->items, making->out->count, sizeof *making->out->items, by_authority);
    return status;
}

cs_status cs_follow_up_build(cs_reader *reader, const char *query, size_t size,
                             const cs_timeline_options *options, cs_follow_up **out, cs_error *error)
{
    struct making making = {.reader = reader, .subjects = {.reader = reader}};
    *out = NULL;
    if ((making.out = calloc(1, sizeof *making.out)) == NULL)
        return cs__error_nomem(error);
    making.sources = (struct cs__sources){.reader = reader, .arena = &making.out->hits.arena};
    making.passages.sources = &making.sources;
    cs_timeline_options own;
    cs_status status = cs__options_copy(&own, sizeof own, options, "CS_TIMELINE_OPTIONS_INIT", error);
    if (status == CS_OK)
        status = cs__reader_begin(reader, error);
    if (status == CS_OK)
        status = make(&making, query, size, &own, error);
    status = cs__reader_finish(reader, status, error);
    cs__arena_free(&making.arena);
    cs__subjects_end(&making.subjects);
    cs__passages_read_free(&making.passages);
    cs__frame_free(&making.frame);
    cs__ids_free(&making.asked_for);
    cs__asked_free(&making.asked);
    cs__request_free(&making.request);
    cs__themes_free(making.own_themes);
    if (status == CS_OK)
        *out = making.out;
    else
        cs_follow_up_free(making.out);
    return status;
}

const char *cs_bullet_outcome_name(cs_bullet_outcome outcome)
{
    switch (outcome) {
    case CS_BULLET_ANSWERED:
        return "answered";
    case CS_BULLET_NOT_CLEAR:
        return "no clear answer";
    case CS_BULLET_NOT_MENTIONED:
        return "looked at, not mentioned";
    case CS_BULLET_NOT_LOOKED_AT:
        return "not looked at since";
    case CS_BULLET_NOT_KNOWN:
        return "not mentioned; scope unknown";
    default:
        return "no later visit";
    }
}

size_t cs_follow_up_count(const cs_follow_up *follow_up)
{
    return follow_up->count;
}

const cs_bullet *cs_follow_up_get(const cs_follow_up *follow_up, size_t i)
{
    return i < follow_up->count ? &follow_up->items[i] : NULL;
}

const char *cs_follow_up_read_as(const cs_follow_up *follow_up)
{
    return follow_up->read_as;
}

const char *cs_follow_up_note(const cs_follow_up *follow_up, size_t i)
{
    return i < follow_up->note_count ? follow_up->notes[i] : NULL;
}

void cs_follow_up_free(cs_follow_up *follow_up)
{
    if (follow_up == NULL)
        return;
    cs__arena_free(&follow_up->hits.arena);
    free(follow_up);
}
