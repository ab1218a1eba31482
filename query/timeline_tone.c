/* SPDX-License-Identifier: MIT */
/* Tone of a row: the passages that count -> tone, cues, the sentence that shows it, an order to read them. */
#include "query/timeline_tone.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/error.h"
#include "core/sentence.h"
#include "query/occur.h"

/* Stored in the index; indexer/split.h has them all. */
enum { FLAG_IMPROVEMENT = 2 };

struct toner {
    struct cs__sources *sources;
    const struct cs__node *tree;
    int with_forms;
    const cs_range *given; /* instead of what the tree matches; NULL for none */
    struct cs__arena work; /* of one passage */
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

static cs_status context_of(struct toner *toner, int64_t id, struct cs__tone_context *out,
                            int *is_second_hand, cs_error *error)
{
    struct cs__passage_row row;
    const struct cs__section_row *section = NULL;
    const struct cs__source_document *source = NULL;
    *out = (struct cs__tone_context){0};
    cs_status status = cs__source_passage(toner->sources, id, &row, error);
    if (status == CS_OK && row.section != 0)
        status = cs__source_section(toner->sources, row.section, &section, error);
    if (status == CS_OK)
        status = cs__source_document(toner->sources, row.document, &source, error);
    if (status != CS_OK)
        return status;
    *is_second_hand = source->document.kind == CS_KIND_ARTICLE || source->document.kind == CS_KIND_MINUTES;
    out->judgement = section != NULL ? section->judgement : CS_JUDGEMENT_NONE;
    out->improvement = (row.flags & FLAG_IMPROVEMENT) != 0;
    return CS_OK;
}

static int is_word_byte(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Whether a sentence has a word in which a council speaks of itself. */
static int is_first_person(const char *text, size_t size)
{
    static const char *const words[] = {"we", "our", "ours", "us", "we've", "we're", "I"};
    for (size_t at = 0, end; at < size; at = end + 1) {
        for (end = at; end < size && is_word_byte(text[end]); end++)
            continue;
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            size_t length = strlen(words[i]);
            if (length == end - at &&
                (length == 1 ? text[at] == 'I' : strncasecmp(text + at, words[i], length) == 0))
                return 1;
        }
    }
    return 0;
}

/* What is written about a visit quotes the council on itself, too; the tone is the inspectors'. A copy of the
 * text with those sentences blank, so that all else stays in its place. */
static const char *without_answers(struct toner *toner, const char *text, size_t size)
{
    char *copy = cs__arena_copy(&toner->work, text, size);
    struct cs__sentence_walk walk = cs__sentence_begin(text, size);
    struct cs__sentence sentence;
    while (copy != NULL && cs__sentence_next(&walk, &sentence)) {
        if (is_first_person(text + sentence.start, sentence.end - sentence.start))
            memset(copy + sentence.start, ' ', sentence.end - sentence.start);
    }
    return copy;
}

static cs_status marks_of(struct toner *toner, const char *text, size_t size, cs_range **marks, size_t *count)
{
    struct cs__words words;
    struct cs__occurrences occurrences;
    if (toner->given != NULL) {
        *count = 1;
        *marks = cs__arena_array(&toner->work, 1, sizeof **marks);
        if (*marks != NULL)
            **marks = *toner->given;
        return *marks != NULL ? CS_OK : CS_ERR_NOMEM;
    }
    cs_status status = cs__words_read(toner->sources->reader->tokenizer, text, size, toner->with_forms,
                                      &toner->work, &words);
    if (status == CS_OK)
        status = cs__tree_occurrences(toner->tree, &words, &toner->work, &occurrences);
    if (status == CS_OK)
        status = cs__occurrences_merge(&occurrences, &toner->work, marks, count);
    return status;
}

static cs_status read_passage(struct toner *toner, int64_t id, struct cs__toned *out, cs_error *error)
{
    struct cs__tone_context context;
    const char *text;
    size_t size, count;
    cs_range *marks;
    int is_second_hand = 0;
    out->id = id;
    cs_status status = context_of(toner, id, &context, &is_second_hand, error);
    if (status == CS_OK)
        status = cs__reader_text(toner->sources->reader, id, &text, &size, error);
    if (status == CS_OK && marks_of(toner, text, size, &marks, &count) != CS_OK)
        status = cs__error_nomem(error);
    if (status == CS_OK && is_second_hand && (text = without_answers(toner, text, size)) == NULL)
        status = cs__error_nomem(error);
    if (status == CS_OK) {
        cs__tone_theme_add(&out->theme, id, text, size, marks, count, &context);
        /* Long passages touch on many things: what counts is how densely this one is met. */
        out->weight = (double)count / (double)(size + 200);
    }
    cs__arena_free(&toner->work);
    return status;
}

cs_status cs__toned_read(struct cs__sources *sources, const struct cs__node *tree, const struct cs__ids *ids,
                         struct cs__toned_list *out, cs_error *error)
{
    struct toner toner = {.sources = sources, .tree = tree, .with_forms = cs__tree_has_forms(tree)};
    cs_status status = CS_OK;
    *out = (struct cs__toned_list){0};
    out->items = cs__arena_array(sources->arena, ids->count + 1, sizeof *out->items);
    if (out->items == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < ids->count && status == CS_OK; i++)
        status = read_passage(&toner, ids->items[i], &out->items[out->count++], error);
    return status;
}

cs_status cs__toned_sentence(struct cs__sources *sources, int64_t id, cs_range sentence,
                             struct cs__toned *out, cs_error *error)
{
    struct toner toner = {.sources = sources, .given = &sentence};
    *out = (struct cs__toned){0};
    return read_passage(&toner, id, out, error);
}

const struct cs__toned *cs__toned_find(const struct cs__toned_list *list, int64_t id)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->items[low].id == id ? &list->items[low] : NULL;
}

/* A quotation below this stands far from the words of the theme. */
static const float least_clear = 0.25f;

/* The clearest sentence of the row's tone; for progress, of what speaks for strength; else any. */
static const struct cs__tone_quote *best_quote(const struct cs__tone_theme *theme, enum cs__tone label)
{
    const struct cs__tone_quote *best = &theme->quotes[label];
    if (label == CS__TONE_PROGRESS && best->probability < least_clear)
        best = &theme->quotes[CS__TONE_STRENGTH];
    for (int i = CS__TONE_CONCERN; i <= CS__TONE_NEUTRAL && best->probability < least_clear; i++)
        best = theme->quotes[i].probability > best->probability ? &theme->quotes[i] : best;
    return best->probability > 0 ? best : NULL;
}

/* Whether the words are among the first `count` cues already. */
static int is_told(const cs_cue *cues, size_t count, const char *words, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        if (cues[i].words != NULL && strlen(cues[i].words) == size &&
            strncasecmp(cues[i].words, words, size) == 0)
            return 1;
    }
    return 0;
}

static cs_status copy_cues(struct cs__sources *sources, const struct cs__tone_theme *theme,
                           struct cs__row_tone *out, cs_error *error)
{
    cs_cue *cues = cs__arena_array(sources->arena, theme->evidence_count + 1, sizeof *cues);
    if (cues == NULL)
        return cs__error_nomem(error);
    out->cues = cues;
    for (uint32_t i = 0; i < theme->evidence_count; i++) {
        const struct cs__tone_evidence *evidence = &theme->evidence[i];
        const char *text;
        size_t size = evidence->end - evidence->start, whole;
        cs_cue *cue = &cues[out->cue_count];
        *cue = (cs_cue){NULL, cs__tone_reason_name(evidence->reason), (double)evidence->weight};
        if (size > 0) {
            cs_status status = cs__reader_text(sources->reader, evidence->passage, &text, &whole, error);
            if (status != CS_OK)
                return status;
            if (is_told(cues, out->cue_count, text + evidence->start, size))
                continue;
            if ((cue->words = cs__arena_copy(sources->arena, text + evidence->start, size)) == NULL)
                return cs__error_nomem(error);
        }
        out->cue_count++;
    }
    return CS_OK;
}

static int by_weight(const void *a, const void *b)
{
    const struct cs__toned *x = *(const struct cs__toned *const *)a, *y = *(const struct cs__toned *const *)b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* The best one; of those looked at, the densest first; then the others as they stand in the index. */
static cs_status order(struct cs__arena *arena, const struct cs__toned_list *toned,
                       const struct cs__toned **looked_at, const struct cs__ids *ids,
                       struct cs__row_tone *out, cs_error *error)
{
    out->passages = cs__arena_array(arena, ids->count + 1, sizeof *out->passages);
    if (out->passages == NULL)
        return cs__error_nomem(error);
    qsort(looked_at, out->sampled, sizeof *looked_at, by_weight);
    if (out->best != 0)
        out->passages[out->passage_count++] = out->best;
    for (size_t i = 0; i < out->sampled; i++) {
        if (looked_at[i]->id != out->best)
            out->passages[out->passage_count++] = looked_at[i]->id;
    }
    for (size_t i = 0; i < ids->count; i++) {
        if (cs__toned_find(toned, ids->items[i]) == NULL)
            out->passages[out->passage_count++] = ids->items[i];
    }
    return CS_OK;
}

cs_status cs__row_tone_make(struct cs__sources *sources, const struct cs__toned_list *toned,
                            const struct cs__ids *ids, struct cs__row_tone *out, cs_error *error)
{
    struct cs__tone_theme theme = {0};
    const struct cs__toned **looked_at = cs__arena_array(sources->arena, toned->count + 1, sizeof *looked_at);
    *out = (struct cs__row_tone){0};
    if (looked_at == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < ids->count; i++) {
        const struct cs__toned *one = cs__toned_find(toned, ids->items[i]);
        if (one == NULL)
            continue;
        cs__tone_theme_merge(&theme, &one->theme);
        looked_at[out->sampled++] = one;
    }
    out->label = cs__tone_theme_label(&theme);
    if (out->label == CS__TONE_NONE && out->sampled > 0)
        out->label = CS__TONE_NEUTRAL;
    out->score = (double)cs__tone_theme_score(&theme);
    const struct cs__tone_quote *quote = best_quote(&theme, out->label);
    out->best = quote != NULL ? quote->passage : 0;
    out->sentence = quote != NULL ? (cs_range){quote->start, quote->end} : (cs_range){0, 0};
    cs_status status = copy_cues(sources, &theme, out, error);
    return status == CS_OK ? order(sources->arena, toned, looked_at, ids, out, error) : status;
}
