/* SPDX-License-Identifier: MIT */
/* Tone of a row: the passages that count -> tone, cues, the sentence that shows it, an order to read them. */
#include "query/timeline_tone.h"

#include <stdlib.h>

#include "core/error.h"
#include "query/occur.h"

/* Stored in the index; indexer/split.h has them all. */
enum { FLAG_IMPROVEMENT = 2 };

/* A passage with how much of it is on the theme. */
struct weighed {
    int64_t id;
    double weight;
};

struct toner {
    struct cs__sources *sources;
    const struct cs__node *tree;
    int with_forms;
    struct cs__arena work; /* of one passage */
    struct cs__tone_theme theme;
    struct weighed *weighed;
    size_t count;
};

cs_tone cs__tone_public(enum cs__tone tone)
{
    static const cs_tone tones[] = {
        [CS__TONE_NONE] = CS_TONE_NONE,         [CS__TONE_CONCERN] = CS_TONE_CONCERN,
        [CS__TONE_MIXED] = CS_TONE_MIXED,       [CS__TONE_PROGRESS] = CS_TONE_PROGRESS,
        [CS__TONE_STRENGTH] = CS_TONE_STRENGTH, [CS__TONE_NEUTRAL] = CS_TONE_NEUTRAL};
    return tones[tone];
}

const char *cs_tone_name(cs_tone tone)
{
    static const char *const names[] = {[CS_TONE_NONE] = "",
                                        [CS_TONE_CONCERN] = "concern",
                                        [CS_TONE_MIXED] = "mixed",
                                        [CS_TONE_PROGRESS] = "progress",
                                        [CS_TONE_STRENGTH] = "strength",
                                        [CS_TONE_NEUTRAL] = "neutral"};
    return tone >= CS_TONE_NONE && tone <= CS_TONE_NEUTRAL ? names[tone] : "";
}

static cs_status context_of(struct toner *toner, int64_t id, struct cs__tone_context *out, cs_error *error)
{
    struct cs__passage_row row;
    const struct cs__section_row *section = NULL;
    *out = (struct cs__tone_context){0};
    cs_status status = cs__source_passage(toner->sources, id, &row, error);
    if (status == CS_OK && row.section != 0)
        status = cs__source_section(toner->sources, row.section, &section, error);
    if (status != CS_OK)
        return status;
    out->judgement = section != NULL ? section->judgement : CS_JUDGEMENT_NONE;
    out->improvement = (row.flags & FLAG_IMPROVEMENT) != 0;
    return CS_OK;
}

static cs_status marks_of(struct toner *toner, const char *text, size_t size, cs_range **marks, size_t *count)
{
    struct cs__words words;
    struct cs__occurrences occurrences;
    cs_status status = cs__words_read(toner->sources->reader->tokenizer, text, size, toner->with_forms,
                                      &toner->work, &words);
    if (status == CS_OK)
        status = cs__tree_occurrences(toner->tree, &words, &toner->work, &occurrences);
    if (status == CS_OK)
        status = cs__occurrences_merge(&occurrences, &toner->work, marks, count);
    return status;
}

static cs_status add_passage(struct toner *toner, int64_t id, cs_error *error)
{
    struct cs__tone_context context;
    const char *text;
    size_t size, count;
    cs_range *marks;
    cs_status status = context_of(toner, id, &context, error);
    if (status == CS_OK)
        status = cs__reader_text(toner->sources->reader, id, &text, &size, error);
    if (status == CS_OK && marks_of(toner, text, size, &marks, &count) != CS_OK)
        status = cs__error_nomem(error);
    if (status == CS_OK) {
        cs__tone_theme_add(&toner->theme, id, text, size, marks, count, &context);
        /* Long passages touch on many things: what counts is how densely this one is met. */
        toner->weighed[toner->count++] = (struct weighed){id, (double)count / (double)(size + 200)};
    }
    cs__arena_free(&toner->work);
    return status;
}

/* The clearest sentence of the row's tone; for progress, of what speaks for strength. */
static const struct cs__tone_quote *best_quote(const struct cs__tone_theme *theme, enum cs__tone label)
{
    const struct cs__tone_quote *best = &theme->quotes[label];
    if (label == CS__TONE_PROGRESS && best->probability <= 0)
        best = &theme->quotes[CS__TONE_STRENGTH];
    for (int i = CS__TONE_CONCERN; i <= CS__TONE_NEUTRAL && best->probability <= 0; i++)
        best = &theme->quotes[i];
    return best->probability > 0 ? best : NULL;
}

static cs_status copy_cues(struct toner *toner, struct cs__row_tone *out, cs_error *error)
{
    struct cs__arena *arena = toner->sources->arena;
    cs_cue *cues = cs__arena_array(arena, toner->theme.evidence_count + 1, sizeof *cues);
    if (cues == NULL)
        return cs__error_nomem(error);
    for (uint32_t i = 0; i < toner->theme.evidence_count; i++) {
        const struct cs__tone_evidence *evidence = &toner->theme.evidence[i];
        const char *text;
        size_t size;
        cues[i] = (cs_cue){NULL, cs__tone_reason_name(evidence->reason), (double)evidence->weight};
        if (evidence->end <= evidence->start)
            continue;
        cs_status status = cs__reader_text(toner->sources->reader, evidence->passage, &text, &size, error);
        if (status != CS_OK)
            return status;
        cues[i].words = cs__arena_copy(arena, text + evidence->start, evidence->end - evidence->start);
        if (cues[i].words == NULL)
            return cs__error_nomem(error);
    }
    out->cues = cues;
    out->cue_count = toner->theme.evidence_count;
    return CS_OK;
}

/* The place of the `i`th of `count` passages, spread evenly. */
static size_t sampled(size_t i, const struct cs__ids *ids, size_t count)
{
    return i * ids->count / count;
}

static int by_weight(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* The best one; of those looked at, the densest first; then the others as they stand in the index. */
static cs_status order(struct toner *toner, const struct cs__ids *ids, struct cs__row_tone *out,
                       cs_error *error)
{
    out->passages = cs__arena_array(toner->sources->arena, ids->count + 1, sizeof *out->passages);
    if (out->passages == NULL)
        return cs__error_nomem(error);
    qsort(toner->weighed, toner->count, sizeof *toner->weighed, by_weight);
    if (out->best != 0)
        out->passages[out->passage_count++] = out->best;
    for (size_t i = 0; i < toner->count; i++) {
        if (toner->weighed[i].id != out->best)
            out->passages[out->passage_count++] = toner->weighed[i].id;
    }
    for (size_t i = 0, next = 0; i < ids->count; i++) {
        if (next < toner->count && i == sampled(next, ids, toner->count))
            next++;
        else
            out->passages[out->passage_count++] = ids->items[i];
    }
    return CS_OK;
}

cs_status cs__row_tone_read(struct cs__sources *sources, const struct cs__node *tree,
                            const struct cs__ids *ids, struct cs__row_tone *out, cs_error *error)
{
    struct toner toner = {.sources = sources, .tree = tree, .with_forms = cs__tree_has_forms(tree)};
    size_t count = ids->count < CS__TONE_SAMPLE ? ids->count : CS__TONE_SAMPLE;
    cs_status status = CS_OK;
    *out = (struct cs__row_tone){0};
    if (count == 0)
        return CS_OK;
    toner.weighed = calloc(count, sizeof *toner.weighed);
    if (toner.weighed == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < count && status == CS_OK; i++)
        status = add_passage(&toner, ids->items[sampled(i, ids, count)], error);
    if (status == CS_OK) {
        out->label = cs__tone_theme_label(&toner.theme);
        out->sampled = (uint32_t)count;
        out->score = (double)cs__tone_theme_score(&toner.theme);
        const struct cs__tone_quote *quote = best_quote(&toner.theme, out->label);
        out->best = quote != NULL ? quote->passage : 0;
        out->sentence = quote != NULL ? (cs_range){quote->start, quote->end} : (cs_range){0, 0};
        status = copy_cues(&toner, out, error);
    }
    if (status == CS_OK)
        status = order(&toner, ids, out, error);
    free(toner.weighed);
    return status;
}
