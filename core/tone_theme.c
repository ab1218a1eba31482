/* SPDX-License-Identifier: MIT */
/* The tone of all that was said on a theme at one visit (see tone_theme.h). Sums of the sentences'
 * probabilities, weighted by how closely each is on the theme; the rules that turn them into a tone follow a
 * reader's: the tone is that of the passages on the theme, not of the document. */
#include "core/tone_theme.h"
#include "core/sentence.h"

#include <math.h>
#include <string.h>

/* How much a sentence counts. Set on hand labels (tools/tone/README.md); the
 * labels change little over FOLLOWING 0.5 .. 1 and AFTER 0 .. 0.2. */
#define FOLLOWING 0.7f    /* goes on from a sentence with a mark */
#define AFTER 0.1f        /* stands later in the passage */
#define SMALL_NUMBER 0.5f /* a weakness for "a small number of children" */
#define IMPROVEMENT_BULLET 1.5f
#define DESCRIPTION 0.3f /* a sentence that only describes: what it leans to */

/* Shares of strength, and how much must be said for a tone. */
#define STRENGTH_SHARE 0.75f /* 3 : 1 */
#define CONCERN_SHARE 0.42f
#define PROGRESS_PART 0.2f /* of what speaks for strength */
#define PROGRESS_SHARE 0.5f
#define PROGRESS_SHARE_MAX 0.95f
#define LEAST_SAID 0.2f /* of what was said at all */

static const char *const connectives[] = {
    "this", "these",       "it",          "they",  "their", "as a result", "consequently", "however",
    "but",  "for example", "in addition", "those", "such",  "where",       "when",         NULL};

static int starts_with(const char *text, size_t size, const char *words)
{
    size_t length = strlen(words);
    if (length > size)
        return 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a') : text[i];
        if (c != words[i])
            return 0;
    }
    return length == size || text[length] == ' ' || text[length] == ',';
}

/* Does the sentence go on from the one before it? */
static int goes_on(const char *text, size_t size)
{
    for (const char *const *word = connectives; *word != NULL; word++)
        if (starts_with(text, size, *word))
            return 1;
    return 0;
}

/* Does a mark, from `*next` on, lie in the sentence? Moves `*next` past those before it. */
static int is_marked(const struct cs__sentence *sentence, const cs_range *marks, size_t count, size_t *next)
{
    while (*next < count && marks[*next].end <= sentence->start)
        ++*next;
    return *next < count && marks[*next].start < sentence->end;
}

static void add_evidence(struct cs__tone_theme *theme, const struct cs__tone_evidence *evidence)
{
    uint32_t i = theme->evidence_count;
    while (i > 0 && fabsf(theme->evidence[i - 1].weight) < fabsf(evidence->weight))
        i--;
    if (i == CS__TONE_EVIDENCE_MAX)
        return;
    uint32_t kept =
        theme->evidence_count < CS__TONE_EVIDENCE_MAX ? theme->evidence_count : CS__TONE_EVIDENCE_MAX - 1;
    memmove(theme->evidence + i + 1, theme->evidence + i, (kept - i) * sizeof *theme->evidence);
    theme->evidence[i] = *evidence;
    theme->evidence_count = kept + 1;
}

static void add_quote(struct cs__tone_theme *theme, enum cs__tone tone, const struct cs__tone_quote *quote)
{
    if (quote->probability > theme->quotes[tone].probability)
        theme->quotes[tone] = *quote;
}

static void add_sentence(struct cs__tone_theme *theme, const struct cs__tone_sentence *tone, float relevance,
                         int improvement)
{
    float strength = tone->probability[CS__TONE_STRENGTH] + 0.5f * tone->probability[CS__TONE_MIXED];
    float concern = tone->probability[CS__TONE_CONCERN] + 0.5f * tone->probability[CS__TONE_MIXED];
    theme->weight += relevance;
    if (tone->label == CS__TONE_NEUTRAL)
        relevance *= DESCRIPTION;
    if (improvement)
        concern *= IMPROVEMENT_BULLET;
    else if (tone->hedged)
        concern *= SMALL_NUMBER;
    theme->sentences++;
    theme->strength += relevance * strength;
    theme->concern += relevance * concern;
    if (tone->strength > 0)
        theme->progress += relevance * strength * fminf(1.0f, tone->progress / tone->strength);
}

static void add_cues(struct cs__tone_theme *theme, const struct cs__tone_sentence *tone, float relevance,
                     int64_t passage, uint32_t offset)
{
    for (uint32_t i = 0; i < tone->cue_count; i++) {
        const struct cs__tone_cue *cue = &tone->cues[i];
        if (cue->reason == CS__TONE_DESCRIPTION && tone->label != CS__TONE_NEUTRAL)
            continue; /* it did not lead to the tone */
        uint32_t base = cue->end > cue->start ? offset : 0;
        add_evidence(theme, &(struct cs__tone_evidence){.passage = passage,
                                                        .start = base + cue->start,
                                                        .end = base + cue->end,
                                                        .weight = cue->weight * relevance,
                                                        .reason = cue->reason});
    }
}

void cs__tone_theme_add(struct cs__tone_theme *theme, int64_t passage, const char *text, size_t size,
                        const cs_range *marks, size_t mark_count, const struct cs__tone_context *context)
{
    struct cs__sentence_walk walk = cs__sentence_begin(text, size);
    struct cs__sentence sentence;
    struct cs__tone_sentence tone;
    size_t next = 0;
    int begun = 0, near = 0;
    while (cs__sentence_next(&walk, &sentence)) {
        const char *words = text + sentence.start;
        size_t length = sentence.end - sentence.start;
        int marked = mark_count == 0 || is_marked(&sentence, marks, mark_count, &next);
        if (!marked && !begun)
            continue;
        near = marked || (near && goes_on(words, length));
        begun = 1;
        float relevance = marked ? 1.0f : near ? FOLLOWING : AFTER;
        cs__tone_sentence(words, length, context, &tone);
        add_sentence(theme, &tone, relevance, context != NULL && context->improvement);
        add_cues(theme, &tone, relevance, passage, (uint32_t)sentence.start);
        add_quote(theme, tone.label,
                  &(struct cs__tone_quote){.passage = passage,
                                           .start = (uint32_t)sentence.start,
                                           .end = (uint32_t)sentence.end,
                                           .probability = relevance * tone.probability[tone.label]});
    }
}

void cs__tone_theme_merge(struct cs__tone_theme *theme, const struct cs__tone_theme *from)
{
    theme->strength += from->strength;
    theme->concern += from->concern;
    theme->progress += from->progress;
    theme->sentences += from->sentences;
    theme->weight += from->weight;
    for (uint32_t i = 0; i < from->evidence_count; i++)
        add_evidence(theme, &from->evidence[i]);
    for (int tone = CS__TONE_CONCERN; tone <= CS__TONE_NEUTRAL; tone++)
        add_quote(theme, (enum cs__tone)tone, &from->quotes[tone]);
}

enum cs__tone cs__tone_theme_label(const struct cs__tone_theme *theme)
{
    if (theme->sentences == 0)
        return CS__TONE_NONE;
    float said = theme->strength + theme->concern;
    if (said < LEAST_SAID * theme->weight)
        return CS__TONE_NEUTRAL;
    float share = theme->strength / said;
    if (share >= PROGRESS_SHARE && share < PROGRESS_SHARE_MAX &&
        theme->progress > PROGRESS_PART * theme->strength)
        return CS__TONE_PROGRESS;
    if (share >= STRENGTH_SHARE)
        return CS__TONE_STRENGTH;
    return share <= CONCERN_SHARE ? CS__TONE_CONCERN : CS__TONE_MIXED;
}

float cs__tone_theme_score(const struct cs__tone_theme *theme)
{
    float said = theme->strength + theme->concern;
    return said > 0 ? (theme->strength - theme->concern) / said : 0;
}
