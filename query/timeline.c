/* SPDX-License-Identifier: MIT */
/* Timeline: the stages of one, and reading it. Input: any bytes and options; output: rows. */
#include <stdlib.h>
#include <string.h>

#include <csearch/timeline.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/options.h"
#include "query/reader.h"
#include "query/timeline_build.h"
#include "query/timeline_life.h"

enum { DEFAULT_LIMIT = 3 };

/* What one timeline goes through. */
struct making {
    cs_reader *reader;
    struct cs__themes *own; /* of this call alone; NULL for those of the reader */
    const struct cs__themes *themes;
    struct cs__request request;
    struct cs__asked asked;
    struct cs__frame frame;
    struct cs__sources sources;
    struct cs__built built;
    cs_timeline *out;
};

static const char **copy_strings(struct cs__arena *arena, const char *const *strings, size_t count)
{
    const char **copy = cs__arena_array(arena, count + 1, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        if ((copy[i] = cs__arena_string(arena, strings[i])) == NULL)
            return NULL;
    }
    return copy;
}

static int add_notes(struct making *making)
{
    struct cs__request *request = &making->request;
    const struct cs__notes *more[] = {&request->query.notes, &making->asked.words.notes};
    int ok = 1;
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < more[i]->count; j++)
            ok &= cs__notes_add(&request->notes, &request->arena, "%s", more[i]->items[j]);
    }
    if (making->asked.theme != NULL && request->query.tree->kind != CS__NODE_THEME)
        ok &=
            cs__notes_add(&request->notes, &request->arena,
                          "Read as the theme \"%s\"; --exact, or quotation marks, look for the words alone.",
                          making->asked.theme->name);
    if (making->built.is_bound)
        ok &= cs__notes_add(&request->notes, &request->arena,
                            "So many passages match that only the best of them were looked at and counted.");
    return ok;
}

/* How the query was read; all of it outlives the stages. */
static cs_status tell(struct making *making, cs_error *error)
{
    cs_timeline *out = making->out;
    struct cs__arena *arena = &out->hits.arena;
    const struct cs__theme *theme = making->asked.theme;
    const char *const *also = theme != NULL ? theme->words.items : making->asked.words.also;
    struct cs__buffer read_as = {0};
    int ok = add_notes(making);
    cs__query_print(&making->request.query, &read_as);
    out->read_as =
        read_as.failed ? NULL : cs__arena_copy(arena, read_as.data != NULL ? read_as.data : "", read_as.size);
    cs__buffer_free(&read_as);
    out->also_count = theme != NULL ? theme->words.count : making->asked.words.also_count;
    out->also = copy_strings(arena, also, out->also_count);
    out->note_count = making->request.notes.count;
    out->notes = copy_strings(arena, making->request.notes.items, out->note_count);
    out->theme = theme != NULL ? cs__arena_string(arena, theme->name) : NULL;
    out->life = cs__life_tell(out->rows, out->count, arena);
    ok &= out->read_as != NULL && out->also != NULL && out->notes != NULL && out->life != NULL;
    return ok ? CS_OK : cs__error_nomem(error);
}

static cs_status fill(struct making *making, cs_error *error)
{
    cs_timeline *out = making->out;
    struct cs__build build = {.reader = making->reader,
                              .frame = &making->frame,
                              .filter = making->request.filter,
                              .search = &making->request.search,
                              .sources = &making->sources};
    cs_status status = cs__build_rows(&build, &making->asked, &out->hits, &making->built, error);
    if (status != CS_OK)
        return status;
    out->rows = making->built.rows;
    out->count = making->frame.row_count;
    out->passages = making->built.passages;
    return CS_OK;
}

static cs_status make(struct making *making, const char *query, size_t size,
                      const cs_timeline_options *options, cs_error *error)
{
    cs_reader *reader = making->reader;
    cs_timeline_by by = options != NULL ? options->by : CS_BY_AUTO;
    cs_status status = cs__request_themes(reader, options, &making->own, &making->themes, error);
    if (status == CS_OK)
        status = cs__request_read(reader, making->themes, query, size, options, &making->request, error);
    if (making->request.search.limit == 0)
        making->request.search.limit = DEFAULT_LIMIT;
    if (status == CS_OK)
        status = cs__ask(reader, &making->request, making->themes, &making->asked, error);
    if (status == CS_OK)
        status = cs__frame_build(reader, making->request.filter, by, &making->frame, error);
    if (status == CS_OK)
        status = fill(making, error);
    if (status == CS_OK)
        status = tell(making, error);
    return status;
}

cs_status cs_timeline_build(cs_reader *reader, const char *query, size_t size,
                            const cs_timeline_options *options, cs_timeline **out, cs_error *error)
{
    struct making making = {.reader = reader, .out = calloc(1, sizeof *making.out)};
    *out = NULL;
    if (making.out == NULL)
        return cs__error_nomem(error);
    making.sources = (struct cs__sources){.reader = reader, .arena = &making.out->hits.arena};
    cs_timeline_options own;
    cs_status status = cs__options_copy(&own, sizeof own, options, "CS_TIMELINE_OPTIONS_INIT", error);
    if (status == CS_OK)
        status = cs__reader_begin(reader, error);
    if (status == CS_OK)
        status = make(&making, query, size, &own, error);
    status = cs__reader_finish(reader, status, error);
    cs__frame_free(&making.frame);
    cs__asked_free(&making.asked);
    cs__request_free(&making.request);
    cs__themes_free(making.own);
    if (status == CS_OK)
        *out = making.out;
    else
        cs_timeline_free(making.out);
    return status;
}

size_t cs_timeline_count(const cs_timeline *timeline)
{
    return timeline->count;
}

const cs_timeline_row *cs_timeline_get(const cs_timeline *timeline, size_t i)
{
    return i < timeline->count ? &timeline->rows[i] : NULL;
}

uint64_t cs_timeline_passages(const cs_timeline *timeline)
{
    return timeline->passages;
}

const char *cs_timeline_life(const cs_timeline *timeline)
{
    return timeline->life;
}

const char *cs_timeline_theme(const cs_timeline *timeline)
{
    return timeline->theme;
}

const char *cs_timeline_read_as(const cs_timeline *timeline)
{
    return timeline->read_as;
}

const char *cs_timeline_also_searched(const cs_timeline *timeline, size_t i)
{
    return i < timeline->also_count ? timeline->also[i] : NULL;
}

const char *cs_timeline_note(const cs_timeline *timeline, size_t i)
{
    return i < timeline->note_count ? timeline->notes[i] : NULL;
}

void cs_timeline_free(cs_timeline *timeline)
{
    if (timeline == NULL)
        return;
    cs__arena_free(&timeline->hits.arena);
    free(timeline);
}
