/* SPDX-License-Identifier: MIT */
/* Build: a frame and what is asked -> the rows of a timeline. */
#include "query/timeline_build.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "query/timeline_scope.h"
#include "query/timeline_tone.h"

/* Sections in whose area at least this share of the passages stand tell where the collection speaks of it. */
enum { AREA_PASSAGES = 60, AREA_PERCENT = 25 };

/* Passages that are read for their tone: of one visit, of all years together, of one year at least. */
enum { VISIT_SAMPLE = 80, YEARS_SAMPLE = 90, YEAR_SAMPLE_LEAST = 3 };

struct builder {
    const struct cs__build *build;
    const struct cs__asked *asked;
    struct cs__arena *arena;
    struct cs__tally tally;
    struct cs__toned_list toned;
    struct cs__row_tone *tones;
    cs_timeline_row *rows;
    struct cs__match *matches; /* of all rows, those that are listed */
    size_t match_count;
    cs__area_set areas;
    int has_areas;
};

static cs_status add_document(struct builder *builder, const struct cs__frame_document *document,
                              cs_row_document *out, cs_error *error)
{
    const struct cs__source_document *source;
    cs_status status = cs__source_document(builder->build->sources, document->id, &source, error);
    if (status != CS_OK)
        return status;
    *out =
        (cs_row_document){.document = &source->document,
                          .passages = builder->tally.documents[document - builder->build->frame->documents],
                          .words = document->words,
                          .apart = document->apart};
    return CS_OK;
}

/* The visit and documents of a row; rows across authorities have too many. */
static cs_status add_sources(struct builder *builder, const struct cs__frame_row *from, cs_timeline_row *row,
                             cs_error *error)
{
    const struct cs__source_document *source = NULL;
    cs_status status = CS_OK;
    if (row->kind == CS_ROW_YEAR || row->kind == CS_ROW_JUDGEMENT)
        return CS_OK;
    cs_row_document *documents = cs__arena_array(builder->arena, from->document_count + 1, sizeof *documents);
    if (documents == NULL)
        return cs__error_nomem(error);
    row->documents = documents;
    row->document_count = from->document_count;
    for (size_t i = 0; i < from->document_count && status == CS_OK; i++)
        status = add_document(builder, from->documents[i], &documents[i], error);
    if (status == CS_OK)
        status = cs__source_document(builder->build->sources, from->documents[0]->id, &source, error);
    if (status != CS_OK)
        return status;
    row->visit = source->visit;
    row->judgement = source->visit != NULL ? source->visit->judgements[CS_AREA_OVERALL]
                                           : source->document.judgements[CS_AREA_OVERALL];
    if (row->label == NULL)
        row->label = source->document.path;
    return CS_OK;
}

static cs_status begin_row(struct builder *builder, size_t i, cs_error *error)
{
    const struct cs__frame_row *from = &builder->build->frame->rows[i];
    cs_timeline_row *row = &builder->rows[i];
    *row = (cs_timeline_row){.kind = from->kind,
                             .passages = (uint32_t)builder->tally.rows[i].count,
                             .words = from->words,
                             .reports = from->reports,
                             .reports_with = builder->tally.rows_with[i],
                             .at_second_hand = from->at_second_hand};
    if (from->label != NULL && (row->label = cs__arena_string(builder->arena, from->label)) == NULL)
        return cs__error_nomem(error);
    if (row->words > 0)
        row->rate_per_1000 = 1000.0 * row->passages / (double)row->words;
    if (row->kind == CS_ROW_JUDGEMENT)
        row->judgement = (cs_judged){(cs_judgement)from->key, CS_STATE_UNKNOWN, NULL};
    return add_sources(builder, from, row, error);
}

/* The areas of the sections in which a sample of the passages stands. */
static cs_status sample_areas(struct builder *builder, const struct cs__ids *ids, cs_error *error)
{
    struct cs__sources *sources = builder->build->sources;
    size_t counts[CS_AREA_COUNT] = {0}, known = 0;
    size_t count = ids->count < AREA_PASSAGES ? ids->count : AREA_PASSAGES;
    cs_status status = CS_OK;
    for (size_t i = 0; i < count && status == CS_OK; i++) {
        struct cs__passage_row row;
        const struct cs__section_row *section = NULL;
        status = cs__source_passage(sources, ids->items[i * ids->count / count], &row, error);
        if (status == CS_OK && row.section != 0)
            status = cs__source_section(sources, row.section, &section, error);
        if (status == CS_OK && section != NULL && section->area > CS_AREA_OVERALL &&
            section->area < CS_AREA_COUNT) {
            counts[section->area]++;
            known++;
        }
    }
    for (int area = 0; area < CS_AREA_COUNT; area++) {
        if (known > 0 && counts[area] * 100 >= known * AREA_PERCENT)
            builder->areas |= 1u << area;
    }
    builder->has_areas = 1;
    return status;
}

/* Where the whole collection speaks of it; asked for only where a visit's scope is in doubt. */
static cs_status find_areas(struct builder *builder, cs_error *error)
{
    struct cs__ids ids;
    if (builder->has_areas || builder->asked->theme != NULL || builder->asked->words.tree == NULL)
        return CS_OK;
    cs_status status = cs__match_text(builder->build->reader, builder->asked->words.tree,
                                      builder->asked->match, NULL, &ids, error);
    if (status == CS_OK)
        status = sample_areas(builder, &ids, error);
    cs__ids_free(&ids);
    return status;
}

static cs_status set_scope(struct builder *builder, cs_timeline_row *row, cs_error *error)
{
    cs_status status = CS_OK;
    if (row->visit == NULL)
        return CS_OK;
    if (row->visit->scope_count > 0)
        status = find_areas(builder, error);
    if (status == CS_OK && cs__scope_of(builder->build->reader, builder->asked, builder->areas, row->visit,
                                        &row->scope) != CS_OK)
        status = cs__error_nomem(error);
    return status;
}

/* How many of a row's passages are looked at for its tone: a visit is read whole, or nearly; years share the
 * work, each at least a few and by how much it has to say. Judgements make do with what years looked at. */
static size_t sample_size(const struct builder *builder, size_t i)
{
    const struct cs__frame_row *row = &builder->build->frame->rows[i];
    size_t count = builder->tally.rows[i].count, most = VISIT_SAMPLE;
    if (row->kind == CS_ROW_JUDGEMENT)
        return 0;
    if (row->kind == CS_ROW_YEAR) {
        most = builder->tally.total > 0 ? YEARS_SAMPLE * count / builder->tally.total : 0;
        most = most > YEAR_SAMPLE_LEAST ? most : YEAR_SAMPLE_LEAST;
    }
    return count < most ? count : most;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static cs_status read_tones(struct builder *builder, cs_error *error)
{
    struct cs__ids ids = {0};
    cs_status status = CS_OK;
    for (size_t i = 0; i < builder->build->frame->row_count && status == CS_OK; i++) {
        const struct cs__ids *row = &builder->tally.rows[i];
        size_t count = sample_size(builder, i);
        for (size_t j = 0; j < count && status == CS_OK; j++) {
            if (!cs__ids_add(&ids, row->items[j * row->count / count]))
                status = cs__error_nomem(error);
        }
    }
    if (ids.count > 1)
        qsort(ids.items, ids.count, sizeof *ids.items, by_id);
    if (status == CS_OK)
        status =
            cs__toned_read(builder->build->sources, builder->asked->words.tree, &ids, &builder->toned, error);
    cs__ids_free(&ids);
    return status;
}

static cs_status set_tone(struct builder *builder, size_t i, cs_error *error)
{
    struct cs__row_tone *tone = &builder->tones[i];
    cs_timeline_row *row = &builder->rows[i];
    cs_status status =
        cs__row_tone_make(builder->build->sources, &builder->toned, &builder->tally.rows[i], tone, error);
    if (status != CS_OK)
        return status;
    row->tone = cs__tone_public(tone->label);
    row->tone_score = tone->score;
    row->tone_passages = tone->sampled;
    row->cues = tone->cues;
    row->cue_count = tone->cue_count;
    return CS_OK;
}

static cs_status make_rows(struct builder *builder, cs_error *error)
{
    cs_status status = read_tones(builder, error);
    for (size_t i = 0; i < builder->build->frame->row_count && status == CS_OK; i++) {
        status = begin_row(builder, i, error);
        if (status == CS_OK)
            status = set_scope(builder, &builder->rows[i], error);
        if (status == CS_OK)
            status = set_tone(builder, i, error);
    }
    return status;
}

static size_t listed(const struct builder *builder, size_t row)
{
    size_t count = builder->tones[row].passage_count, most = builder->build->search->limit;
    return count < most ? count : most;
}

/* The passages that are listed, row by row. */
static cs_status list_passages(struct builder *builder, struct cs_hits *hits, cs_error *error)
{
    size_t rows = builder->build->frame->row_count, count = 0;
    for (size_t i = 0; i < rows; i++)
        count += listed(builder, i);
    builder->matches = cs__arena_array(builder->arena, count + 1, sizeof *builder->matches);
    if (builder->matches == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < listed(builder, i); j++)
            builder->matches[builder->match_count++].passage = builder->tones[i].passages[j];
    }
    struct cs__hits_request request = {.tree = builder->asked->words.tree,
                                       .matches = builder->matches,
                                       .count = builder->match_count,
                                       .options = builder->build->search,
                                       .sources = builder->build->sources};
    return cs__hits_fill(builder->build->reader, &request, hits, error);
}

static cs_status share_out(struct builder *builder, struct cs_hits *hits, cs_error *error)
{
    size_t at = 0;
    cs_tone *tones = cs__arena_array(builder->arena, hits->count + 1, sizeof *tones);
    if (tones == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < builder->build->frame->row_count; i++) {
        cs_timeline_row *row = &builder->rows[i];
        row->hits = &hits->items[at];
        row->hit_tones = &tones[at];
        row->hit_count = listed(builder, i);
        for (size_t j = 0; j < row->hit_count; j++) {
            const struct cs__toned *one = cs__toned_find(&builder->toned, row->hits[j].passage);
            hits->items[at + j].rank = (uint32_t)j + 1;
            tones[at + j] = one != NULL ? cs__tone_public(cs__tone_theme_label(&one->theme)) : CS_TONE_NONE;
        }
        at += row->hit_count;
        if (row->hit_count > 0 && builder->tones[i].best == row->hits[0].passage) {
            row->best = &row->hits[0];
            row->sentence = builder->tones[i].sentence;
        }
    }
    return CS_OK;
}

static cs_status build_rows(struct builder *builder, struct cs_hits *hits, struct cs__built *out,
                            cs_error *error)
{
    const struct cs__build *build = builder->build;
    const struct cs__asked *asked = builder->asked;
    struct cs__ids ids = {0};
    const struct cs__ids *found = build->found != NULL ? build->found : &ids;
    cs_status status = CS_OK;
    if (!asked->asks_for_nothing && build->found == NULL)
        status = cs__match_text(build->reader, asked->words.tree, asked->match, build->filter, &ids, error);
    if (status == CS_OK && cs__tally_make(build->frame, found, builder->arena, &builder->tally) != CS_OK)
        status = cs__error_nomem(error);
    out->is_bound = ids.is_bound;
    cs__ids_free(&ids);
    if (status == CS_OK)
        status = make_rows(builder, error);
    if (status == CS_OK)
        status = list_passages(builder, hits, error);
    if (status == CS_OK)
        status = share_out(builder, hits, error);
    out->passages = builder->tally.total;
    cs__tally_free(build->frame, &builder->tally);
    return status;
}

cs_status cs__build_rows(const struct cs__build *build, const struct cs__asked *asked, struct cs_hits *hits,
                         struct cs__built *out, cs_error *error)
{
    struct builder builder = {.build = build, .asked = asked, .arena = build->sources->arena};
    size_t count = build->frame->row_count;
    builder.rows = cs__arena_array(builder.arena, count + 1, sizeof *builder.rows);
    builder.tones = cs__arena_array(builder.arena, count + 1, sizeof *builder.tones);
    *out = (struct cs__built){.rows = builder.rows};
    if (builder.rows == NULL || builder.tones == NULL)
        return cs__error_nomem(error);
    return build_rows(&builder, hits, out, error);
}
