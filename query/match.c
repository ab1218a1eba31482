/* SPDX-License-Identifier: MIT */
/* Match: plan -> the best passages, segment by segment, through one heap. */
#include "query/match.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/segment_store.h"
#include "query/match_heap.h"
#include "query/match_scorer.h"
#include "query/reader.h"

/* What a reader keeps between queries. */
struct cs__engine {
    struct cs__segments *segments;
    struct cs__score_model model; /* of the segments as they were last */
};

/* Candidates between two looks at whether to stop. */
enum { STOP_EVERY = 256 };

/* One match under way. */
struct run {
    cs_reader *reader;
    const struct cs__plan *plan;
    struct cs__segments *segments;
    struct cs__arena arena; /* of the whole match */
    struct cs__lookup lookup;
    const struct cs__score_model *model;
    struct cs__match_heap heap;
    size_t filter_cursor;
    uint32_t candidates;
    struct cs__quorum quorum;
    uint64_t total;
    int is_bound;
};

void cs__matches_free(struct cs__matches *matches)
{
    free(matches->items);
    *matches = (struct cs__matches){0};
}

void cs__engine_free(struct cs__engine *engine)
{
    if (engine == NULL)
        return;
    cs__segments_free(engine->segments);
    free(engine);
}

/* The reader's engine, brought up to date. */
static cs_status get_engine(cs_reader *reader, struct cs__engine **out)
{
    cs_status status = CS_OK;
    if (reader->engine == NULL)
        reader->engine = calloc(1, sizeof *reader->engine);
    if (reader->engine == NULL)
        return CS_ERR_NOMEM;
    struct cs__engine *engine = *out = reader->engine;
    if (engine->segments == NULL)
        status = cs__segments_new(reader->db, CS__CACHE_BYTES_DEFAULT, &engine->segments);
    if (status == CS_OK)
        status = cs__segments_refresh(engine->segments);
    if (status != CS_OK)
        return status;
    uint64_t passages = engine->segments->passages, words = engine->segments->words;
    if (engine->model.passages != passages || engine->model.words != words)
        cs__score_model_init(&engine->model, passages, words);
    return CS_OK;
}

cs_status cs__engine_ready(cs_reader *reader, struct cs__segments **segments,
                           const struct cs__score_model **model)
{
    struct cs__engine *engine;
    cs_status status = get_engine(reader, &engine);
    if (status != CS_OK)
        return status;
    *segments = engine->segments;
    *model = &engine->model;
    return CS_OK;
}

/* The first passage from `passage` that passes the filter, as a local number. */
static uint32_t pass_filter(struct run *run, const struct cs__segment *segment, uint32_t passage)
{
    if (run->plan->filter == NULL || passage == CS__NO_PASSAGE)
        return passage;
    int64_t id = cs__filter_seek(run->plan->filter, &run->filter_cursor, segment->base + passage);
    return id - segment->base >= segment->span ? CS__NO_PASSAGE : (uint32_t)(id - segment->base);
}

/* From here on the scorer may leave out what can't be kept: the total becomes a bound. */
static void raise_least(struct run *run, struct cs__scorer *scorer)
{
    double least = cs__match_heap_least(&run->heap);
    if (run->total < CS__TOTAL_EXACT || least <= 0 || run->plan->count_all ||
        run->quorum.minimum < run->plan->most) /* one of low score may match more */
        return;
    scorer->least = least;
    run->is_bound = 1;
}

/* The passage at hand matches more children than any before: only such are wanted from here on. */
static void raise_quorum(struct run *run)
{
    uint32_t matched = run->quorum.matched < run->plan->most ? run->quorum.matched : run->plan->most;
    if (matched <= run->quorum.minimum)
        return;
    run->quorum.minimum = matched;
    run->heap.count = 0;
    run->total = 0;
    run->is_bound = 0;
}

static cs_status collect(struct run *run, struct cs__stored_segment *stored, struct cs__scorer *scorer)
{
    cs_status status = CS_OK;
    raise_least(run, scorer);
    for (uint32_t passage = 0; status == CS_OK; passage++) {
        passage = pass_filter(run, stored->segment, passage);
        cs__scorer_advance(scorer, passage);
        passage = scorer->passage;
        if (passage == CS__NO_PASSAGE)
            break;
        if (++run->candidates % STOP_EVERY == 0 && cs__reader_stops(run->reader))
            return CS_ERR_CANCELLED;
        if (pass_filter(run, stored->segment, passage) != passage || cs__passage_is_removed(stored, passage))
            continue;
        raise_quorum(run);
        run->total++;
        double score = scorer->methods->score(scorer);
        status = cs__match_heap_offer(
            &run->heap, (struct cs__match){.passage = stored->segment->base + passage, .score = score});
        raise_least(run, scorer);
    }
    return status;
}

static cs_status run_segment(struct run *run, size_t number)
{
    struct cs__stored_segment *stored = &run->segments->items[number];
    struct cs__arena arena = {0};
    struct cs__scorer_place place = {
        .text = {stored->segment, run->model, &arena, 0},
        .heading = {stored->segment, run->model, &arena, 1},
        .lookup = &run->lookup,
        .segment = number,
        .match = run->plan->match,
        .quorum = &run->quorum,
    };
    struct cs__scorer *scorer = cs__scorer_new(run->plan->tree, &place);
    cs_status status = scorer != NULL ? collect(run, stored, scorer) : CS_ERR_NOMEM;
    cs__scorer_close(scorer);
    cs__arena_free(&arena);
    if (status == CS_OK)
        status = place.status;
    return status == CS_OK ? stored->segment->status : status;
}

static void forget_headings(struct run *run)
{
    for (size_t i = 0; i < run->lookup.count; i++) {
        for (size_t j = 0; j < run->segments->count; j++)
            run->lookup.terms[i].segments[j].heading_count = 0;
    }
}

static cs_status run_segments(struct run *run)
{
    cs_status status = cs__lookup_tree(run->plan->tree, run->segments, &run->arena, &run->lookup);
    if (status == CS_OK && run->plan->text_only)
        forget_headings(run);
    for (size_t i = 0; i < run->segments->count && status == CS_OK; i++)
        status = run_segment(run, i);
    return status;
}

static cs_status failed(cs_status status, cs_error *error)
{
    if (status == CS_ERR_NOMEM)
        return cs__error_nomem(error);
    return cs__error_set(error, status, "the index can't be read: %s",
                         status == CS_ERR_CORRUPT ? "it is damaged (`cs-index --verify` tells more)"
                                                  : cs_status_name(status));
}

cs_status cs__match(cs_reader *reader, const struct cs__plan *plan, struct cs__matches *out, cs_error *error)
{
    struct run run = {.reader = reader,
                      .plan = plan,
                      .heap = {.limit = plan->limit},
                      .quorum = {.minimum = plan->minimum > 0 ? plan->minimum : 1, .counts = plan->most > 0}};
    struct cs__engine *engine;
    *out = (struct cs__matches){0};
    cs_status status = get_engine(reader, &engine);
    if (status == CS_OK) {
        run.segments = engine->segments;
        run.model = &engine->model;
        status = run_segments(&run);
    }
    cs__arena_free(&run.arena);
    if (status != CS_OK) {
        free(run.heap.items);
        return failed(status, error);
    }
    cs__match_heap_sort(&run.heap);
    *out = (struct cs__matches){run.heap.items, run.heap.count, run.total, run.is_bound, run.quorum.minimum};
    return CS_OK;
}

/* Of what was typed: the variants of a GROUP don't make it rarer. */
static double rarity(const struct cs__lookup *lookup, const struct cs__score_model *model,
                     const struct cs__node *node)
{
    double most = 0;
    if (node->child_count == 0)
        return cs__lookup_idf(lookup, model, node);
    for (size_t i = 0; i < (node->kind == CS__NODE_GROUP ? 1 : node->child_count); i++) {
        double idf = rarity(lookup, model, node->children[i]);
        most = idf > most ? idf : most;
    }
    return most;
}

cs_status cs__match_idf(cs_reader *reader, const struct cs__node *bag, double *idf, cs_error *error)
{
    struct cs__engine *engine;
    struct cs__arena arena = {0};
    struct cs__lookup lookup;
    cs_status status = get_engine(reader, &engine);
    if (status == CS_OK)
        status = cs__lookup_tree(bag, engine->segments, &arena, &lookup);
    for (size_t i = 0; status == CS_OK && i < bag->child_count; i++)
        idf[i] = rarity(&lookup, &engine->model, bag->children[i]);
    cs__arena_free(&arena);
    return status == CS_OK ? CS_OK : failed(status, error);
}
