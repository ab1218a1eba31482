/* SPDX-License-Identifier: MIT */
/* Hits: matches -> what a reader is shown. */
#include "query/hits.h"

#include <stdlib.h>

#include "core/error.h"
#include "query/excerpt.h"
#include "query/explain.h"
#include "query/occur.h"
#include "query/reader.h"

struct filler {
    cs_reader *reader;
    const struct cs__hits_request *request;
    struct cs_hits *hits;
    struct cs__sources *sources, own;
    struct cs__arena work; /**< of one hit; emptied after each */
    int with_forms;
};

/* Stored in the index; indexer/split.h has them all. */
enum { FLAG_ECHO = 4 };

static cs_status read_text(struct filler *filler, int64_t id, const char **out, size_t *size, cs_error *error)
{
    const char *text;
    cs_status status = cs__reader_text(filler->reader, id, &text, size, error);
    if (status != CS_OK)
        return status;
    *out = cs__arena_copy(&filler->hits->arena, text, *size);
    return *out != NULL ? CS_OK : cs__error_nomem(error);
}

static cs_status mark(struct filler *filler, cs_hit *hit, cs_error *error)
{
    struct cs__words words;
    struct cs__occurrences occurrences;
    cs_range *marks;
    cs_status status = cs__words_read(filler->reader->tokenizer, hit->text, hit->text_size,
                                      filler->with_forms, &filler->work, &words);
    if (status == CS_OK)
        status = cs__tree_occurrences(filler->request->tree, &words, &filler->work, &occurrences);
    if (status == CS_OK)
        status = cs__occurrences_merge(&occurrences, &filler->hits->arena, &marks, &hit->mark_count);
    if (status == CS_OK) {
        hit->marks = marks;
        status = cs__excerpt(hit->text, hit->text_size, &occurrences, filler->request->options->context,
                             &filler->work, &hit->excerpt);
    }
    cs__arena_free(&filler->work);
    return status == CS_OK ? CS_OK : cs__error_nomem(error);
}

/* Of the passage's section, else of the document, else standing. */
static void judge(cs_hit *hit, const struct cs__section_row *section)
{
    if (section != NULL && section->judgement != CS_JUDGEMENT_NONE) {
        hit->judgement = (cs_judged){section->judgement, section->state, NULL};
        hit->judgement_area = section->area;
        return;
    }
    hit->judgement = hit->document->judgements[CS_AREA_OVERALL];
    hit->judgement_area = CS_AREA_OVERALL;
}

static cs_status place(struct filler *filler, cs_hit *hit, cs_error *error)
{
    struct cs__passage_row row;
    const struct cs__source_document *source;
    const struct cs__section_row *section = NULL;
    size_t size;
    cs_status status = cs__source_passage(filler->sources, hit->passage, &row, error);
    if (status == CS_OK)
        status = cs__source_document(filler->sources, row.document, &source, error);
    if (status == CS_OK && row.section != 0)
        status = cs__source_section(filler->sources, row.section, &section, error);
    if (status == CS_OK && row.lead != 0)
        status = read_text(filler, row.lead, &hit->lead_in, &size, error);
    if (status != CS_OK)
        return status;
    hit->document = &source->document;
    hit->visit = source->visit;
    hit->section = section != NULL ? section->heading : NULL;
    hit->number = row.number;
    hit->page = row.page;
    hit->is_echo = (row.flags & FLAG_ECHO) != 0;
    judge(hit, section);
    return CS_OK;
}

/* The document's name alone: of a thousand hits for a run file, nothing else is asked. */
static cs_status fill_bare(struct filler *filler, cs_hit *hit, cs_error *error)
{
    struct cs__arena *arena = &filler->hits->arena;
    cs_document *document = cs__arena_alloc(arena, sizeof *document);
    cs_status status;
    sqlite3_stmt *row = cs__reader_statement(filler->reader, CS__SQL_NAME_OF, &status, error);
    if (document == NULL)
        return cs__error_nomem(error);
    if (row == NULL)
        return status;
    sqlite3_bind_int64(row, 1, hit->passage);
    int step = sqlite3_step(row);
    if (step != SQLITE_ROW)
        return step == SQLITE_DONE ? cs__reader_missing(filler->reader, "passage", hit->passage, error)
                                   : cs__reader_failed(filler->reader, error);
    document->id = sqlite3_column_int64(row, 0);
    document->path = cs__arena_string(arena, (const char *)sqlite3_column_text(row, 1));
    document->record = cs__arena_string(arena, (const char *)sqlite3_column_text(row, 2));
    sqlite3_reset(row);
    hit->document = document;
    return document->path != NULL ? CS_OK : cs__error_nomem(error);
}

static cs_status explain(struct filler *filler, const struct cs__match *match, cs_hit *hit, cs_error *error)
{
    struct cs__explained explained;
    cs_status status = cs__explain(filler->reader, filler->request->tree, match, filler->request->reranking,
                                   &filler->hits->arena, &explained, error);
    hit->explanation = explained.text;
    hit->score_parts = explained.parts;
    hit->score_part_count = explained.part_count;
    return status;
}

static cs_status fill_one(struct filler *filler, const struct cs__match *match, cs_hit *hit, cs_error *error)
{
    hit->passage = match->passage;
    hit->folded = match->folded;
    hit->more_in_document = match->more;
    hit->score = match->score;
    hit->continues = filler->request->zero_continues && !(match->score > 0);
    if (filler->request->options->bare)
        return fill_bare(filler, hit, error);
    cs_status status = place(filler, hit, error);
    if (status == CS_OK)
        status = read_text(filler, match->passage, &hit->text, &hit->text_size, error);
    if (status == CS_OK)
        status = mark(filler, hit, error);
    if (status == CS_OK && filler->request->options->explain)
        status = explain(filler, match, hit, error);
    if (status == CS_OK && (hit->citation = cs__citation(hit, &filler->hits->arena)) == NULL)
        status = cs__error_nomem(error);
    return status;
}

cs_status cs__hits_fill(cs_reader *reader, const struct cs__hits_request *request, struct cs_hits *hits,
                        cs_error *error)
{
    struct filler filler = {.reader = reader, .request = request, .hits = hits};
    cs_status status = CS_OK;
    filler.own = (struct cs__sources){.reader = reader, .arena = &hits->arena};
    filler.sources = request->sources != NULL ? request->sources : &filler.own;
    filler.with_forms = cs__tree_has_forms(request->tree);
    hits->items = cs__arena_array(&hits->arena, request->count, sizeof *hits->items);
    if (hits->items == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < request->count && status == CS_OK; i++) {
        hits->items[i].rank = request->offset + (uint32_t)i + 1;
        status = fill_one(&filler, &request->matches[i], &hits->items[i], error);
        hits->count += status == CS_OK;
    }
    cs__arena_free(&filler.work);
    return status;
}

size_t cs_hits_count(const cs_hits *hits)
{
    return hits->count;
}

uint64_t cs_hits_total(const cs_hits *hits)
{
    return hits->total;
}

int cs_hits_total_is_bound(const cs_hits *hits)
{
    return hits->total_is_bound;
}

const cs_hit *cs_hits_get(const cs_hits *hits, size_t i)
{
    return i < hits->count ? &hits->items[i] : NULL;
}

const char *cs_hits_read_as(const cs_hits *hits)
{
    return hits->read_as;
}

const char *cs_hits_match(const cs_hits *hits)
{
    return hits->match;
}

const char *cs_hits_also_searched(const cs_hits *hits, size_t i)
{
    return i < hits->also_count ? hits->also[i] : NULL;
}

const char *cs_hits_note(const cs_hits *hits, size_t i)
{
    return i < hits->note_count ? hits->notes[i] : NULL;
}

void cs_hits_free(cs_hits *hits)
{
    if (hits == NULL)
        return;
    cs__arena_free(&hits->arena);
    free(hits);
}
