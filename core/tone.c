/* SPDX-License-Identifier: MIT */
/* The tone of one sentence. Input: text and where it stands; output: label, score and cues (see tone.h).
 *
 * Cue phrases are read from left to right, the longest first. A negation turns what follows it, up to the
 * clause's end; each clause between contrast words ("but", a leading "although ... ,") has its own sum. A
 * softmax over four sums then gives the label, with s the sum of the signed weights: strength  s + bias
 * concern  -s mixed     bias + balance of strengths and weaknesses + how far the clauses oppose each other +
 * "variable" words neutral   bias - how much evidence there is + words of description It is a maximum-entropy
 * model with one weight a phrase (A. Ratnaparkhi 1996); tools/tone says how the weights are made. */
#include "core/tone.h"
#include "core/tone_words.h"

#include <math.h>
#include <string.h>

/* A signed cue, before its sentence is known whole. */
struct found {
    const struct cs__tone_entry *entry;
    struct cs__tone_cue cue;
    float factor;
    uint32_t clause;
};

/* Where reading stands: words of the sentence, and how far what was read reaches. */
struct reader {
    int past;               /* a phrase of history stands anywhere in the sentence */
    int leading;            /* the clause ends at the next comma */
    int hedged;             /* it is about few */
    int ordered;            /* it is a recommendation ("Ensure that ..."): what it names is not so yet */
    uint32_t clause;        /* clauses so far */
    uint32_t conceding;     /* the clause that "despite" opened, 0 for none */
    uint32_t turns;         /* strengths before this word are turned ... */
    uint32_t turns_concern; /* ... and weaknesses before this one ... */
    uint32_t absent;        /* ... and negations before this one ("no delays in") ... */
    uint32_t negation;      /* ... by this cue of `found` */
    uint32_t relieves;      /* weaknesses before this word are being met */
    uint32_t count;         /* of words */
    uint32_t found_count;
    struct cs__tone_word words[CS__TONE_WORDS_MAX];
    const struct cs__tone_entry *phrases[CS__TONE_WORDS_MAX]; /* the phrase that starts at a word, or NULL */
    uint32_t lengths[CS__TONE_WORDS_MAX];                     /* its words; 1 for none */
    struct found found[CS__TONE_WORDS_MAX];
};

static const char *const tone_names[] = {"", "concern", "mixed", "progress", "strength", "neutral"};
static const char *const reason_names[] = {
    "cue",   "improved", "negation", "negated",     "relieved",      "history",           "conceded",
    "hedge", "contrast", "variable", "description", "section grade", "improvement bullet"};

const char *cs__tone_name(enum cs__tone tone)
{
    return (size_t)tone < sizeof tone_names / sizeof *tone_names ? tone_names[tone] : "";
}

const char *cs__tone_reason_name(enum cs__tone_reason reason)
{
    return (size_t)reason < sizeof reason_names / sizeof *reason_names ? reason_names[reason] : "";
}

static int is_mark(const struct cs__tone_word *word)
{
    return word->text[0] == ',';
}

/* Words after which a negation no longer reaches. */
static int is_stop(const struct cs__tone_word *word)
{
    return strcmp(word->text, "because") == 0 || strcmp(word->text, "which") == 0;
}

/* Words that go on, after a comma, with what was negated: "no plans, or reviews". */
static int carries_on(const struct reader *reader, uint32_t at)
{
    if (at >= reader->count)
        return 0;
    const char *text = reader->words[at].text;
    return strcmp(text, "to") == 0 || strcmp(text, "or") == 0 || strcmp(text, "nor") == 0 ||
           strcmp(text, "including") == 0;
}

static void end_reach(struct reader *reader)
{
    reader->turns = reader->ordered ? CS__TONE_WORDS_MAX : 0;
    reader->turns_concern = reader->absent = reader->relieves = 0;
}

static void open_clause(struct reader *reader)
{
    reader->clause++;
    end_reach(reader);
}

/* Does a contrast word at `at` open the sentence ("Although ..., " or "However, although ...,")? */
static int is_leading(const struct reader *reader, uint32_t at)
{
    return at == 1 || (at <= 3 && is_mark(&reader->words[at - 1]));
}

static int is_turnable(enum cs__tone_kind kind)
{
    return kind == CS__TONE_KIND_STRENGTH || kind == CS__TONE_KIND_CONCERN ||
           kind == CS__TONE_KIND_PROGRESS || kind == CS__TONE_KIND_RELIEF || kind == CS__TONE_KIND_SMALL ||
           kind == CS__TONE_KIND_HISTORY;
}

/* "tackle the lack of ...": a weakness that is being met; what follows is not turned. */
static int is_relieved_negation(const struct reader *reader, enum cs__tone_kind kind, uint32_t at)
{
    return kind == CS__TONE_KIND_NEGATION && at < reader->relieves;
}

/* "There were no delays in ...": a negation that is itself denied; what follows is not turned. */
static int is_denied_negation(const struct reader *reader, enum cs__tone_kind kind, uint32_t at)
{
    return kind == CS__TONE_KIND_NEGATION && at < reader->absent;
}

/* How the weight of `entry` at word `at` counts there. */
static float factor_of(struct reader *reader, const struct cs__tone_entry *entry, uint32_t at,
                       enum cs__tone_reason *reason)
{
    const struct cs__tone_model *model = &cs__tone_model;
    if (is_relieved_negation(reader, entry->kind, at)) {
        *reason = CS__TONE_RELIEVED;
        return model->relieved_concern;
    }
    if (is_denied_negation(reader, entry->kind, at)) {
        *reason = CS__TONE_NEGATED;
        reader->found[reader->negation].factor = 0.0f;
        return model->negated_concern;
    }
    if (!is_turnable(entry->kind))
        return 1.0f;
    if (entry->weight >= 0) {
        if (at >= reader->turns)
            return 1.0f;
        *reason = CS__TONE_NEGATED;
        return model->negated_strength;
    }
    if (at < reader->turns_concern) {
        *reason = CS__TONE_NEGATED;
        reader->found[reader->negation].factor = 0.0f; /* it has said its word: "no delay" is one strength */
        return model->negated_concern;
    }
    if (at < reader->relieves) {
        *reason = CS__TONE_RELIEVED;
        return model->relieved_concern;
    }
    if (reader->past) {
        *reason = CS__TONE_HISTORY;
        return model->past_concern;
    }
    return 1.0f;
}

/* What the reach of the negation or relief that ends before word `end` is. */
static void begin_reach(struct reader *reader, enum cs__tone_kind kind, uint32_t at, uint32_t end)
{
    const struct cs__tone_model *model = &cs__tone_model;
    if (kind == CS__TONE_KIND_ORDER) {
        reader->ordered = 1;
        reader->turns = CS__TONE_WORDS_MAX;
    } else if (kind == CS__TONE_KIND_RELIEF) {
        reader->relieves = at < reader->turns ? 0 : end + model->relief_reach;
        reader->turns_concern = 0;
    } else if ((kind == CS__TONE_KIND_NEGATION || kind == CS__TONE_KIND_ABSENCE) &&
               !is_relieved_negation(reader, kind, at) && !is_denied_negation(reader, kind, at)) {
        reader->negation = reader->found_count;
        reader->absent = kind == CS__TONE_KIND_ABSENCE ? end + model->absence_reach : 0;
        reader->turns = end + model->negation_reach;
        reader->turns_concern =
            end + (kind == CS__TONE_KIND_ABSENCE ? model->absence_reach : model->not_reach);
    }
}

static enum cs__tone_reason reason_of(enum cs__tone_kind kind)
{
    switch (kind) {
    case CS__TONE_KIND_PROGRESS:
        return CS__TONE_IMPROVED;
    case CS__TONE_KIND_NEGATION:
    case CS__TONE_KIND_ABSENCE:
    case CS__TONE_KIND_ORDER:
        return CS__TONE_NEGATION;
    case CS__TONE_KIND_CONTRAST:
        return CS__TONE_CONTRAST;
    case CS__TONE_KIND_SMALL:
        return CS__TONE_HEDGE;
    case CS__TONE_KIND_HISTORY:
        return CS__TONE_HISTORY;
    case CS__TONE_KIND_MIXED:
        return CS__TONE_VARIABLE;
    case CS__TONE_KIND_NEUTRAL:
        return CS__TONE_DESCRIPTION;
    default:
        return CS__TONE_CUE;
    }
}

/* Take the phrase `entry` at words `at`..`end` into account. */
static void take(struct reader *reader, const struct cs__tone_entry *entry, uint32_t at, uint32_t end)
{
    if (entry->kind == CS__TONE_KIND_PLAIN)
        return;
    if (entry->kind == CS__TONE_KIND_CONCEDE || entry->kind == CS__TONE_KIND_CONTRAST) {
        open_clause(reader);
        reader->leading = entry->kind == CS__TONE_KIND_CONCEDE || is_leading(reader, at);
        if (entry->kind == CS__TONE_KIND_CONCEDE)
            reader->conceding = reader->clause;
    }
    reader->hedged |= entry->kind == CS__TONE_KIND_SMALL;
    struct found found = {.entry = entry, .factor = 1.0f};
    found.cue.reason = reason_of(entry->kind);
    found.cue.start = reader->words[at].start;
    found.cue.end = reader->words[end - 1].end;
    found.clause = reader->clause;
    found.factor = factor_of(reader, entry, at, &found.cue.reason);
    if (reader->conceding > 0 && found.clause == reader->conceding) {
        found.factor *= cs__tone_model.conceded;
        found.cue.reason = CS__TONE_CONCEDED;
    }
    begin_reach(reader, entry->kind, at, end);
    reader->found[reader->found_count++] = found;
}

static void read_phrases(struct reader *reader)
{
    for (uint32_t at = 0; at < reader->count; at += reader->lengths[at]) {
        reader->lengths[at] = 1;
        reader->phrases[at] = cs__tone_phrase(reader->words, reader->count, at, &reader->lengths[at]);
        if (reader->phrases[at] != NULL && reader->phrases[at]->kind == CS__TONE_KIND_HISTORY)
            reader->past = 1;
    }
}

static void read_cues(struct reader *reader)
{
    for (uint32_t at = 0; at < reader->count; at += reader->lengths[at]) {
        if (reader->phrases[at] != NULL) {
            take(reader, reader->phrases[at], at, at + reader->lengths[at]);
        } else if (is_mark(&reader->words[at]) && reader->leading) {
            reader->leading = 0;
            open_clause(reader);
        } else if (is_stop(&reader->words[at]) ||
                   (is_mark(&reader->words[at]) && !carries_on(reader, at + 1))) {
            end_reach(reader);
        }
    }
}

/* The sums of a sentence. */
struct sums {
    float strength, concern, progress, mixed, neutral;
    float opposed; /* how far the clauses speak against each other */
    float section; /* what the section's grade adds */
};

static void add_cue(struct sums *sums, float *clause, const struct found *found)
{
    float value = found->factor * found->entry->weight;
    if (found->entry->kind == CS__TONE_KIND_MIXED)
        sums->mixed += value;
    else if (found->entry->kind == CS__TONE_KIND_NEUTRAL)
        sums->neutral += value;
    else {
        *(value > 0 ? &sums->strength : &sums->concern) += fabsf(value);
        if (value > 0 && found->entry->kind == CS__TONE_KIND_PROGRESS)
            sums->progress += value;
        if (found->entry->kind != CS__TONE_KIND_CONTRAST)
            *clause += value;
    }
}

static struct sums sum_up(const struct reader *reader)
{
    struct sums sums = {0};
    float best = 0, worst = 0, clause = 0;
    for (uint32_t i = 0; i < reader->found_count; i++) {
        add_cue(&sums, &clause, &reader->found[i]);
        if (i + 1 < reader->found_count && reader->found[i + 1].clause == reader->found[i].clause)
            continue;
        best = fmaxf(best, clause);
        worst = fminf(worst, clause);
        clause = 0;
    }
    sums.opposed = fminf(fminf(best, -worst), cs__tone_model.contrast_cap);
    return sums;
}

/* Label and score by the softmax over the four sums. */
static void decide(const struct sums *sums, struct cs__tone_sentence *out)
{
    static const enum cs__tone labels[4] = {CS__TONE_CONCERN, CS__TONE_MIXED, CS__TONE_STRENGTH,
                                            CS__TONE_NEUTRAL};
    const struct cs__tone_model *model = &cs__tone_model;
    float sum = sums->strength - sums->concern + sums->section;
    float balance = fminf(fminf(sums->strength, sums->concern), model->balance_cap);
    float evidence = fminf(sums->strength + sums->concern, model->evidence_cap);
    float logits[4] = {-sum,
                       model->mixed_bias + model->mixed_balance * balance +
                           model->mixed_contrast * sums->opposed + sums->mixed,
                       sum + model->strength_bias,
                       model->neutral_bias - model->neutral_evidence * evidence + sums->neutral};
    int best = 0;
    for (int i = 1; i < 4; i++)
        if (logits[i] > logits[best])
            best = i;
    float total = 0;
    for (int i = 0; i < 4; i++)
        total += expf(logits[i] - logits[best]);
    for (int i = 0; i < 4; i++)
        out->probability[labels[i]] = expf(logits[i] - logits[best]) / total;
    out->label = labels[best];
    out->score = out->probability[CS__TONE_STRENGTH] - out->probability[CS__TONE_CONCERN];
    out->strength = sums->strength;
    out->concern = sums->concern;
    out->progress = sums->progress;
}

static void put_cue(struct cs__tone_sentence *out, const struct cs__tone_cue *cue)
{
    if (out->cue_count < CS__TONE_CUES_MAX && cue->weight != 0)
        out->cues[out->cue_count++] = *cue;
}

void cs__tone_sentence(const char *text, size_t size, const struct cs__tone_context *context,
                       struct cs__tone_sentence *out)
{
    struct reader reader; /* 20 KB: too much to clear whole for each sentence */
    memset(out, 0, offsetof(struct cs__tone_sentence, cues));
    memset(&reader, 0, offsetof(struct reader, words));
    reader.count = cs__tone_words(text, size, reader.words);
    read_phrases(&reader);
    read_cues(&reader);
    struct sums sums = sum_up(&reader);
    for (uint32_t i = 0; i < reader.found_count; i++) {
        reader.found[i].cue.weight = reader.found[i].factor * reader.found[i].entry->weight;
        put_cue(out, &reader.found[i].cue);
    }
    out->hedged = reader.hedged;
    if (context != NULL && context->judgement != CS_JUDGEMENT_NONE) {
        struct cs__tone_cue section = {.weight = cs__tone_model.section[context->judgement],
                                       .reason = CS__TONE_SECTION};
        sums.section = section.weight;
        put_cue(out, &section);
    }
    decide(&sums, out);
    if (context != NULL && context->improvement) {
        put_cue(out, &(struct cs__tone_cue){.weight = -1.0f, .reason = CS__TONE_IMPROVEMENT});
        memset(out->probability, 0, sizeof out->probability);
        out->probability[CS__TONE_CONCERN] = 1.0f;
        out->label = CS__TONE_CONCERN;
        out->score = -1.0f;
    }
}
