/* SPDX-License-Identifier: MIT */
/* Compare: the stages of one comparison, and reading it. Input: two visits, a query and options; output:
 * sections with pairs, and themes. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/options.h"
#include "query/compare_build.h"

enum { DEFAULT_LIMIT = 10 };

static cs_status read_query(struct cs__comparing *comparing, const char *query, size_t size,
                            const cs_timeline_options *options, cs_error *error)
{
    struct cs__request *request = &comparing->request;
    cs_status status =
        cs__request_themes(comparing->reader, options, &comparing->own_themes, &comparing->themes, error);
    if (status == CS_OK)
        status = cs__request_read(comparing->reader, comparing->themes, query, size, options, request, error);
    if (request->search.limit == 0)
        request->search.limit = DEFAULT_LIMIT;
    comparing->has_words = request->query.tree != NULL || request->has_signs_only;
    if (status == CS_OK && comparing->has_words)
        status = cs__ask(comparing->reader, request, comparing->themes, &comparing->asked, error);
    return status;
}

static cs_status name_visits(struct cs__comparing *comparing, const char *const names[2], cs_error *error)
{
    struct cs__visit_row *visits = comparing->visits;
    struct cs__request *request = &comparing->request;
    cs_status status = cs__visits_named(comparing->reader, names, request->search.authority, &comparing->work,
                                        visits, error);
    if (status != CS_OK)
        return status;
    if (visits[0].id == visits[1].id)
        return cs__error_set(error, CS_ERR_ARGUMENT,
                             "both \"%.100s\" and \"%.100s\" name the visit %s: name two", names[0], names[1],
                             visits[0].name);
    comparing->out->is_one_authority = visits[0].authority != NULL && visits[1].authority != NULL &&
                                       strcmp(visits[0].authority, visits[1].authority) == 0;
    int known =
        visits[0].date.precision != CS_PRECISION_UNKNOWN && visits[1].date.precision != CS_PRECISION_UNKNOWN;
    if (comparing->out->is_one_authority && known && visits[1].date.first < visits[0].date.first) {
        struct cs__visit_row later = visits[0];
        visits[0] = visits[1];
        visits[1] = later;
        if (!cs__notes_add(&request->notes, &request->arena, "%s was the earlier visit: it comes first.",
                           visits[0].name))
            return cs__error_nomem(error);
    }
    return CS_OK;
}

/* Ranges are added in any order and sorted afterwards: a visit's documents may stand anywhere. */
static int by_first(const void *a, const void *b)
{
    const struct cs__id_range *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

static cs_status add_ranges(struct cs__comparing *comparing, int64_t visit, struct cs__filter *out,
                            cs_error *error)
{
    cs_status status;
    size_t count = 0;
    int step = SQLITE_DONE;
    sqlite3_stmt *row = cs__reader_statement(comparing->reader, CS__SQL_VISIT_RANGES, &status, error);
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, visit);
    while ((step = sqlite3_step(row)) == SQLITE_ROW)
        count++;
    sqlite3_reset(row);
    if (step != SQLITE_DONE)
        return cs__reader_failed(comparing->reader, error);
    struct cs__id_range *ranges = cs__arena_array(&comparing->work, out->count + count + 1, sizeof *ranges);
    if (ranges == NULL)
        return cs__error_nomem(error);
    if (out->count > 0)
        memcpy(ranges, out->ranges, out->count * sizeof *ranges);
    out->ranges = ranges;
    for (size_t i = 0; i < count && sqlite3_step(row) == SQLITE_ROW; i++) {
        int64_t first = sqlite3_column_int64(row, 0), blocks = sqlite3_column_int64(row, 1);
        if (blocks > 0)
            ranges[out->count++] = (struct cs__id_range){first, first + blocks - 1};
    }
    sqlite3_reset(row);
    return CS_OK;
}

/* Only the two visits, and of them what the filters let pass. */
static cs_status narrow(struct cs__comparing *comparing, cs_error *error)
{
    struct cs__filter both = {0}, *narrowed = NULL;
    cs_status status = CS_OK;
    for (int i = 0; i < 2 && status == CS_OK; i++)
        status = add_ranges(comparing, comparing->visits[i].id, &both, error);
    if (status != CS_OK)
        return status;
    if (both.count > 1)
        qsort(both.ranges, both.count, sizeof *both.ranges, by_first);
    if (cs__filter_intersect(comparing->request.filter, &both, &comparing->request.arena, &narrowed) != CS_OK)
        return cs__error_nomem(error);
    comparing->request.filter = narrowed;
    return cs__frame_build(comparing->reader, narrowed, CS_BY_VISIT, &comparing->frame, error);
}

static cs_status find_rows(struct cs__comparing *comparing, cs_error *error)
{
    for (int i = 0; i < 2; i++) {
        size_t row = 0;
        while (row < comparing->frame.row_count &&
               (comparing->frame.rows[row].kind != CS_ROW_VISIT ||
                comparing->frame.rows[row].key != comparing->visits[i].id))
            row++;
        if (row == comparing->frame.row_count)
            return cs__error_set(error, CS_ERR_ARGUMENT, "the filters leave nothing of the visit %s",
                                 comparing->visits[i].name);
        comparing->rows[i] = row;
    }
    return CS_OK;
}

/* What each visit says in all: the sides; with a query, what they say on it. */
static cs_status build_sides(struct cs__comparing *comparing, cs_error *error)
{
    const struct cs__asked nothing = {.asks_for_nothing = 1, .match = CS_MATCH_ALL};
    cs_comparison *out = comparing->out;
    struct cs__built built;
    struct cs__build build = {.reader = comparing->reader,
                              .frame = &comparing->frame,
                              .filter = comparing->request.filter,
                              .search = &comparing->request.search,
                              .sources = &comparing->sources};
    cs_status status = cs__build_rows(&build, comparing->has_words ? &comparing->asked : &nothing, &out->hits,
                                      &built, error);
    if (status != CS_OK)
        return status;
    for (int i = 0; i < 2; i++)
        out->sides[i] = &built.rows[comparing->rows[i]];
    out->passages = built.passages;
    return CS_OK;
}

/* Sections in which a report speaks of itself and of its numbers: no finding of the visit stands there. */
static int is_about_itself(const struct cs__passage_read *passage)
{
    static const char *const headings[] = {"information about this",   "the inspection team",
                                           "inspection team",          "what the inspection judg",
                                           "other ofsted inspections", "other information about"};
    const char *heading = passage->section != NULL ? passage->section->heading : NULL;
    if (heading == NULL)
        return 0;
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
        if (strncasecmp(heading, headings[i], strlen(headings[i])) == 0)
            return 1;
    }
    size_t size = strlen(heading), end = strlen(" in this area");
    return size > end && strcasecmp(heading + size - end, " in this area") == 0;
}

/* The passages of one visit that count: of a query, those that match; else all that say something. */
static cs_status gather(struct cs__comparing *comparing, int which, const struct cs__ids *ids,
                        cs_error *error)
{
    struct cs__told *told = &comparing->told[which];
    cs_status status = CS_OK;
    told->items = cs__arena_array(&comparing->work, ids->count + 1, sizeof *told->items);
    if (told->items == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < ids->count && status == CS_OK && told->count < CS__COMPARED_MAX; i++) {
        const struct cs__passage_read *passage;
        status = cs__passage_read(&comparing->passages, ids->items[i], &passage, error);
        if (status != CS_OK ||
            (!comparing->has_words && (!cs__passage_is_prose(passage) || is_about_itself(passage))))
            continue;
        if (!cs__ids_add(&comparing->ids[which], passage->id))
            return cs__error_nomem(error);
        told->items[told->count++] = passage;
        told->words += passage->words.count;
    }
    if (status == CS_OK && told->count == CS__COMPARED_MAX &&
        !cs__notes_add(&comparing->request.notes, &comparing->request.arena,
                       "%s is so long that only its first %d passages were compared.",
                       comparing->visits[which].name, CS__COMPARED_MAX))
        status = cs__error_nomem(error);
    return status;
}

static cs_status gather_both(struct cs__comparing *comparing, cs_error *error)
{
    struct cs__ids ids = {0};
    struct cs__tally tally = {0};
    cs_status status = CS_OK;
    if (!comparing->asked.asks_for_nothing)
        status = cs__match_text(comparing->reader, comparing->asked.words.tree, comparing->asked.match,
                                comparing->request.filter, &ids, error);
    if (status == CS_OK && cs__tally_make(&comparing->frame, &ids, &comparing->work, &tally) != CS_OK)
        status = cs__error_nomem(error);
    for (int i = 0; i < 2 && status == CS_OK; i++)
        status = gather(comparing, i, &tally.rows[comparing->rows[i]], error);
    cs__tally_free(&comparing->frame, &tally);
    cs__ids_free(&ids);
    return status;
}

static const char **copy_strings(struct cs__arena *arena, const char *const *strings, size_t count)
{
    const char **copy = cs__arena_array(arena, count + 1, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        if ((copy[i] = cs__arena_string(arena, strings[i])) == NULL)
            return NULL;
    }
    return copy;
}

static int add_notes(struct cs__comparing *comparing)
{
    struct cs__request *request = &comparing->request;
    const struct cs__notes *more[] = {&request->query.notes, &comparing->asked.words.notes};
    int ok = 1;
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < more[i]->count; j++)
            ok &= cs__notes_add(&request->notes, &request->arena, "%s", more[i]->items[j]);
    }
    if (!comparing->out->is_one_authority)
        ok &= cs__notes_add(
            &request->notes, &request->arena,
            "The visits are to two authorities: \"new\" and \"gone\" say which of them has it.");
    if (comparing->asked.theme != NULL)
        ok &=
            cs__notes_add(&request->notes, &request->arena,
                          "Read as the theme \"%s\"; --exact, or quotation marks, look for the words alone.",
                          comparing->asked.theme->name);
    return ok;
}

/* How the query was read; all of it outlives the stages. */
static cs_status tell(struct cs__comparing *comparing, cs_error *error)
{
    cs_comparison *out = comparing->out;
    struct cs__arena *arena = &out->hits.arena;
    const struct cs__theme *theme = comparing->asked.theme;
    const char *const *also = theme != NULL ? theme->words.items : comparing->asked.words.also;
    struct cs__buffer read_as = {0};
    int ok = add_notes(comparing);
    cs__query_print(&comparing->request.query, &read_as);
    out->read_as =
        read_as.failed ? NULL : cs__arena_copy(arena, read_as.data != NULL ? read_as.data : "", read_as.size);
    cs__buffer_free(&read_as);
    out->also_count = theme != NULL ? theme->words.count : comparing->asked.words.also_count;
    out->also = copy_strings(arena, also, out->also_count);
    out->note_count = comparing->request.notes.count;
    out->notes = copy_strings(arena, comparing->request.notes.items, out->note_count);
    out->theme = theme != NULL ? cs__arena_string(arena, theme->name) : NULL;
    ok &= out->read_as != NULL && out->also != NULL && out->notes != NULL;
    return ok ? CS_OK : cs__error_nomem(error);
}

static cs_status make(struct cs__comparing *comparing, const char *const names[2], const char *query,
                      size_t size, const cs_timeline_options *options, cs_error *error)
{
    cs_status status = read_query(comparing, query, size, options, error);
    if (status == CS_OK)
        status = name_visits(comparing, names, error);
    if (status == CS_OK)
        status = narrow(comparing, error);
    if (status == CS_OK)
        status = find_rows(comparing, error);
    if (status == CS_OK)
        status = build_sides(comparing, error);
    if (status == CS_OK)
        status = gather_both(comparing, error);
    if (status == CS_OK)
        status = cs__compare_sections(comparing, error);
    if (status == CS_OK && !comparing->has_words)
        status = cs__compare_themes(comparing, error);
    return status == CS_OK ? tell(comparing, error) : status;
}

static void clean(struct cs__comparing *comparing)
{
    for (int i = 0; i < 2; i++)
        cs__ids_free(&comparing->ids[i]);
    cs__passages_read_free(&comparing->passages);
    cs__frame_free(&comparing->frame);
    cs__asked_free(&comparing->asked);
    cs__request_free(&comparing->request);
    cs__themes_free(comparing->own_themes);
    cs__arena_free(&comparing->work);
}

cs_status cs_comparison_build(cs_reader *reader, const char *before, const char *after, const char *query,
                              size_t size, const cs_timeline_options *options, cs_comparison **out,
                              cs_error *error)
{
    struct cs__comparing comparing = {.reader = reader};
    const char *names[2] = {before, after};
    *out = NULL;
    if ((comparing.out = calloc(1, sizeof *comparing.out)) == NULL)
        return cs__error_nomem(error);
    comparing.sources = (struct cs__sources){.reader = reader, .arena = &comparing.out->hits.arena};
    comparing.passages.sources = &comparing.sources;
    cs_timeline_options own;
    cs_status status = cs__options_copy(&own, sizeof own, options, "CS_TIMELINE_OPTIONS_INIT", error);
    if (status == CS_OK)
        status = cs__reader_begin(reader, error);
    if (status == CS_OK)
        status = make(&comparing, names, query, size, &own, error);
    status = cs__reader_finish(reader, status, error);
    clean(&comparing);
    if (status == CS_OK)
        *out = comparing.out;
    else
        cs_comparison_free(comparing.out);
    return status;
}

const cs_timeline_row *cs_comparison_side(const cs_comparison *comparison, int which)
{
    return comparison->sides[which != 0];
}

size_t cs_comparison_sections(const cs_comparison *comparison)
{
    return comparison->section_count;
}

const cs_compared_section *cs_comparison_section(const cs_comparison *comparison, size_t i)
{
    return i < comparison->section_count ? &comparison->sections[i] : NULL;
}

size_t cs_comparison_themes(const cs_comparison *comparison)
{
    return comparison->theme_count;
}

const cs_compared_theme *cs_comparison_theme(const cs_comparison *comparison, size_t i)
{
    return i < comparison->theme_count ? &comparison->themes[i] : NULL;
}

uint64_t cs_comparison_passages(const cs_comparison *comparison)
{
    return comparison->passages;
}

int cs_comparison_is_one_authority(const cs_comparison *comparison)
{
    return comparison->is_one_authority;
}

const char *cs_comparison_theme_name(const cs_comparison *comparison)
{
    return comparison->theme;
}

const char *cs_comparison_read_as(const cs_comparison *comparison)
{
    return comparison->read_as;
}

const char *cs_comparison_also_searched(const cs_comparison *comparison, size_t i)
{
    return i < comparison->also_count ? comparison->also[i] : NULL;
}

const char *cs_comparison_note(const cs_comparison *comparison, size_t i)
{
    return i < comparison->note_count ? comparison->notes[i] : NULL;
}

void cs_comparison_free(cs_comparison *comparison)
{
    if (comparison == NULL)
        return;
    cs__arena_free(&comparison->hits.arena);
    free(comparison);
}
