/* SPDX-License-Identifier: MIT */
/* Grid: a timeline of each theme, over one frame. Input: filters and names of themes; output: cells. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <csearch/timeline.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/options.h"
#include "query/reader.h"
#include "query/timeline_build.h"
#include "query/timeline_life.h"

struct cs_grid {
    struct cs_hits hits; /* its arena owns all that cells point to */
    cs_timeline_row *columns;
    size_t column_count;
    cs_grid_theme *themes;
    size_t theme_count;
    const char **notes;
    size_t note_count;
};

/* What one grid goes through. */
struct making {
    cs_reader *reader;
    struct cs__themes *own; /* of this call alone; NULL for those of the reader */
    const struct cs__themes *themes;
    struct cs__request request;
    struct cs__frame frame;
    struct cs__sources sources;
    cs_grid *out;
};

static cs_status fill(struct making *making, const struct cs__asked *asked, struct cs__built *built,
                      cs_error *error)
{
    struct cs__build build = {.reader = making->reader,
                              .frame = &making->frame,
                              .filter = making->request.filter,
                              .search = &making->request.search,
                              .sources = &making->sources};
    making->out->hits.items = NULL;
    making->out->hits.count = 0;
    return cs__build_rows(&build, asked, &making->out->hits, built, error);
}

static cs_status add_columns(struct making *making, cs_error *error)
{
    const struct cs__asked nothing = {.asks_for_nothing = 1, .match = CS_MATCH_ALL};
    struct cs__built built;
    cs_status status = fill(making, &nothing, &built, error);
    if (status == CS_OK) {
        making->out->columns = built.rows;
        making->out->column_count = making->frame.row_count;
    }
    return status;
}

static cs_status add_theme(struct making *making, const struct cs__theme *theme, cs_error *error)
{
    cs_grid *out = making->out;
    struct cs__arena *arena = &out->hits.arena;
    struct cs__asked asked;
    struct cs__built built;
    cs_status status = cs__ask_theme(making->reader, theme, &asked, error);
    if (status != CS_OK)
        return status;
    status = fill(making, &asked, &built, error);
    cs__asked_free(&asked);
    if (status != CS_OK)
        return status;
    cs_grid_theme *added = &out->themes[out->theme_count++];
    *added = (cs_grid_theme){.name = cs__arena_string(arena, theme->name),
                             .group = cs__arena_string(arena, theme->group),
                             .life = cs__life_tell(built.rows, out->column_count, arena),
                             .passages = built.passages,
                             .cells = built.rows};
    int ok = added->name != NULL && added->life != NULL && (theme->group == NULL || added->group != NULL);
    return ok ? CS_OK : cs__error_nomem(error);
}

static int has_part(const struct cs__theme *theme, const char *part)
{
    if (theme->group != NULL && strcasestr(theme->group, part) != NULL)
        return 1;
    for (size_t i = 0; i < theme->names.count; i++) {
        if (strcasestr(theme->names.items[i], part) != NULL)
            return 1;
    }
    return 0;
}

/* One theme by its name, else all whose names or group have the words in them. */
static cs_status add_named(struct making *making, const char *words, cs_error *error)
{
    const struct cs__theme *one =
        cs__themes_find(making->themes, making->reader->tokenizer, words, strlen(words));
    cs_status status = CS_OK;
    if (one != NULL)
        return add_theme(making, one, error);
    for (size_t i = 0; i < cs__themes_count(making->themes) && status == CS_OK; i++) {
        const struct cs__theme *theme = cs__themes_get(making->themes, i);
        if (has_part(theme, words))
            status = add_theme(making, theme, error);
    }
    if (status == CS_OK && making->out->theme_count == 0 &&
        !cs__notes_add(&making->request.notes, &making->request.arena, "No theme has \"%s\" in its names.",
                       words))
        return cs__error_nomem(error);
    return status;
}

static cs_status add_all(struct making *making, cs_error *error)
{
    cs_status status = CS_OK;
    for (size_t i = 0; i < cs__themes_count(making->themes) && status == CS_OK; i++)
        status = add_theme(making, cs__themes_get(making->themes, i), error);
    return status;
}

static cs_status add_themes(struct making *making, cs_error *error)
{
    struct cs__buffer words = {0};
    cs_grid *out = making->out;
    out->themes =
        cs__arena_array(&out->hits.arena, cs__themes_count(making->themes) + 1, sizeof *out->themes);
    if (out->themes == NULL)
        return cs__error_nomem(error);
    const struct cs__node *tree = making->request.query.tree;
    if (tree == NULL)
        return add_all(making, error);
    if (tree->kind == CS__NODE_THEME)
        return add_theme(making, tree->theme, error);
    cs__tree_print(tree, &words);
    cs_status status = words.failed ? cs__error_nomem(error) : add_named(making, words.data, error);
    cs__buffer_free(&words);
    return status;
}

static cs_status copy_notes(struct making *making, cs_error *error)
{
    const struct cs__notes *notes = &making->request.notes;
    cs_grid *out = making->out;
    out->notes = cs__arena_array(&out->hits.arena, notes->count + 1, sizeof *out->notes);
    if (out->notes == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < notes->count; i++) {
        if ((out->notes[i] = cs__arena_string(&out->hits.arena, notes->items[i])) == NULL)
            return cs__error_nomem(error);
        out->note_count++;
    }
    return CS_OK;
}

static cs_status make(struct making *making, const char *query, size_t size,
                      const cs_timeline_options *options, cs_error *error)
{
    cs_timeline_by by = options != NULL ? options->by : CS_BY_AUTO;
    cs_status status = cs__request_themes(making->reader, options, &making->own, &making->themes, error);
    if (status == CS_OK)
        status =
            cs__request_read(making->reader, making->themes, query, size, options, &making->request, error);
    if (making->request.search.limit == 0)
        making->request.search.limit = 1;
    if (status == CS_OK)
        status = cs__frame_build(making->reader, making->request.filter, by, &making->frame, error);
    if (status == CS_OK)
        status = add_columns(making, error);
    if (status == CS_OK)
        status = add_themes(making, error);
    return status == CS_OK ? copy_notes(making, error) : status;
}

cs_status cs_grid_build(cs_reader *reader, const char *query, size_t size, const cs_timeline_options *options,
                        cs_grid **out, cs_error *error)
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
    cs__request_free(&making.request);
    cs__themes_free(making.own);
    if (status == CS_OK)
        *out = making.out;
    else
        cs_grid_free(making.out);
    return status;
}

size_t cs_grid_columns(const cs_grid *grid)
{
    return grid->column_count;
}

const cs_timeline_row *cs_grid_column(const cs_grid *grid, size_t i)
{
    return i < grid->column_count ? &grid->columns[i] : NULL;
}

size_t cs_grid_themes(const cs_grid *grid)
{
    return grid->theme_count;
}

const cs_grid_theme *cs_grid_theme_get(const cs_grid *grid, size_t i)
{
    return i < grid->theme_count ? &grid->themes[i] : NULL;
}

const char *cs_grid_note(const cs_grid *grid, size_t i)
{
    return i < grid->note_count ? grid->notes[i] : NULL;
}

void cs_grid_free(cs_grid *grid)
{
    if (grid == NULL)
        return;
    cs__arena_free(&grid->hits.arena);
    free(grid);
}
