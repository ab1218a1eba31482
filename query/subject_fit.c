/* SPDX-License-Identifier: MIT */
/* Fit: a subject and a passage -> how much of the subject the passage has, and in which sentence. */
#include "query/subject.h"

#include <string.h>

/* What a word counts beside the sentence that answers; how many bytes apart two words stand that belong
 * together, and what that adds, as a share of the lighter one. Set by reading what they let through on the
 * areas for improvement of three authorities (tests/shared/follow_up.sh). */
static const double next_to_it = 0.5, elsewhere = 0.15, close_share = 0.6;
enum { CLOSE_BYTES = 40, SENTENCES_MAX = 64 };

/* Of a long bullet, with many things in it, a passage that answers has only some: its whole counts for no
 * more than so many words of a common weight. */
static const double whole_max = 17;

/* Where a child of the bag stands. */
struct place {
    struct cs__occurrence *items;
    size_t count;
    uint64_t sentences; /* a bit each; those past the last bit are left out */
};

static size_t sentence_at(const struct cs__passage_read *passage, size_t at)
{
    size_t sentence = cs__passage_sentence(passage, at);
    return sentence < SENTENCES_MAX ? sentence : SENTENCES_MAX - 1;
}

/* The sentences in which a node holds; of a BAG (a name of several words), all its words. */
static uint64_t sentences_of(const struct cs__node *node, const struct cs__passage_read *passage,
                             struct cs__arena *arena, int *nomem)
{
    struct cs__occurrences found;
    uint64_t sentences = node->kind == CS__NODE_BAG ? UINT64_MAX : 0;
    if (node->child_count == 0) {
        *nomem |= cs__tree_occurrences(node, &passage->words, arena, &found) != CS_OK;
        for (size_t i = 0; !*nomem && i < found.count; i++)
            sentences |= UINT64_C(1) << sentence_at(passage, found.items[i].start);
        return sentences;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        uint64_t of_child = sentences_of(node->children[i], passage, arena, nomem);
        sentences = node->kind == CS__NODE_BAG ? sentences & of_child : sentences | of_child;
    }
    return sentences;
}

static int find_place(const struct cs__node *node, const struct cs__passage_read *passage,
                      struct cs__arena *arena, struct place *out)
{
    struct cs__occurrences found;
    int nomem = 0;
    if (cs__tree_occurrences(node, &passage->words, arena, &found) != CS_OK)
        return 0;
    *out = (struct place){.items = found.items, .count = found.count};
    if (found.count > 0)
        out->sentences = sentences_of(node, passage, arena, &nomem);
    return !nomem;
}

/* Whether two things stand close together in a sentence. */
static int are_close(const struct place *a, const struct place *b, const struct cs__sentence *sentence)
{
    for (size_t i = 0; i < a->count; i++) {
        if (a->items[i].start < sentence->start || a->items[i].start >= sentence->end)
            continue;
        for (size_t j = 0; j < b->count; j++) {
            uint32_t x = a->items[i].start, y = b->items[j].start;
            if (y >= sentence->start && y < sentence->end && (x < y ? y - x : x - y) <= CLOSE_BYTES)
                return 1;
        }
    }
    return 0;
}

static double lighter(const struct cs__subject *subject, size_t i)
{
    double a = subject->weights[i], b = subject->weights[i + 1];
    return a < b ? a : b;
}

static struct cs__fit score_at(const struct cs__subject *subject, const struct cs__passage_read *passage,
                               const struct place *places, size_t sentence)
{
    uint64_t here = UINT64_C(1) << sentence, beside = here << 1 | here >> 1;
    size_t count = subject->bag->child_count;
    struct cs__fit fit = {.sentence = sentence, .has_theme = count == subject->word_count};
    for (size_t i = 0; i < count; i++) {
        double weight = subject->weights[i];
        if (places[i].sentences & here) {
            fit.score += weight;
            fit.names = weight > fit.names ? weight : fit.names;
            fit.has_theme |= i >= subject->word_count;
        } else if (places[i].sentences & beside) {
            fit.score += next_to_it * weight;
        } else if (places[i].sentences != 0) {
            fit.score += elsewhere * weight;
        }
        if (i + 1 < subject->word_count && (places[i].sentences & places[i + 1].sentences & here) &&
            are_close(&places[i], &places[i + 1], &passage->sentences[sentence]))
            fit.score += close_share * lighter(subject, i);
    }
    fit.score /= subject->whole;
    return fit;
}

double cs__subject_whole(const struct cs__subject *subject)
{
    double whole = 0;
    for (size_t i = 0; i < subject->bag->child_count; i++) {
        whole += subject->weights[i];
        if (i + 1 < subject->word_count)
            whole += close_share * lighter(subject, i);
    }
    return whole < whole_max ? whole : whole_max;
}

static cs_status fit(const struct cs__subject *subject, const struct cs__passage_read *passage,
                     struct cs__arena *work, struct cs__fit *out)
{
    size_t count = subject->bag->child_count;
    struct place *places = cs__arena_array(work, count, sizeof *places);
    uint64_t any = 0;
    if (places == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        if (!find_place(subject->bag->children[i], passage, work, &places[i]))
            return CS_ERR_NOMEM;
        any |= places[i].sentences;
    }
    for (size_t i = 0; i < passage->sentence_count && i < SENTENCES_MAX; i++) {
        if (!(any >> i & 1))
            continue;
        struct cs__fit here = score_at(subject, passage, places, i);
        if (here.score > out->score)
            *out = here;
    }
    return CS_OK;
}

cs_status cs__subject_fit(const struct cs__subject *subject, const struct cs__passage_read *passage,
                          struct cs__fit *out)
{
    struct cs__arena work = {0};
    *out = (struct cs__fit){0};
    if (subject->bag == NULL || subject->whole <= 0)
        return CS_OK;
    cs_status status = fit(subject, passage, &work, out);
    cs__arena_free(&work);
    return status;
}
