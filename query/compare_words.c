/* SPDX-License-Identifier: MIT */
/* Words and phrases of two visits: counting them, and choosing those that changed most. */
#include "query/compare_words.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A phrase of which one visit says so much less often than this is not told for the other. */
enum { LEAST_SAID = 3, LEAST_PASSAGES = 2, GAP_BYTES = 3 };

/* A longer phrase stands for a shorter one in it where it is nearly as frequent. */
static const double nearly_all = 0.7;

struct counter {
    const struct cs__term_list *general, *left_out;
    struct cs__arena *arena;
    struct cs__phrase **slots;
    size_t count, capacity;
};

double cs__log_likelihood(uint64_t a, uint64_t b, uint64_t a_words, uint64_t b_words)
{
    double all = (double)a_words + (double)b_words, both = (double)a + (double)b, sum = 0;
    if (a_words == 0 || b_words == 0)
        return 0;
    if (a > 0)
        sum += (double)a * log((double)a / ((double)a_words * both / all));
    if (b > 0)
        sum += (double)b * log((double)b / ((double)b_words * both / all));
    return sum > 0 ? 2 * sum : 0;
}

static size_t hash(const char *const *terms, size_t count)
{
    uint64_t value = 14695981039346656037u; /* FNV-1a, 64 bits */
    for (size_t i = 0; i < count; i++) {
        for (const char *at = terms[i]; *at != '\0'; at++)
            value = (value ^ (unsigned char)*at) * 1099511628211u;
        value = (value ^ ' ') * 1099511628211u;
    }
    return (size_t)(value ^ value >> 29);
}

static int same_terms(const struct cs__phrase *phrase, const char *const *terms, size_t count)
{
    if (phrase->term_count != count)
        return 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(phrase->terms[i], terms[i]) != 0)
            return 0;
    }
    return 1;
}

static struct cs__phrase **slot_of(struct cs__phrase **slots, size_t capacity, const char *const *terms,
                                   size_t count)
{
    size_t at = hash(terms, count) & (capacity - 1);
    while (slots[at] != NULL && !same_terms(slots[at], terms, count))
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static int grow(struct counter *counter)
{
    size_t capacity = counter->capacity ? counter->capacity * 2 : 16384;
    if (2 * (counter->count + 1) <= counter->capacity)
        return 1;
    struct cs__phrase **slots = cs__arena_array(counter->arena, capacity, sizeof *slots);
    if (slots == NULL)
        return 0;
    for (size_t i = 0; i < counter->capacity; i++) {
        if (counter->slots[i] != NULL)
            *slot_of(slots, capacity, counter->slots[i]->terms, counter->slots[i]->term_count) =
                counter->slots[i];
    }
    counter->slots = slots;
    counter->capacity = capacity;
    return 1;
}

/* A word of a passage, and what it may stand for. */
struct counted_word {
    const struct cs__word *word;
    int is_stop, is_general, is_no_word; /* a number, a single letter, a name that is left out */
};

static void look_at(const struct counter *counter, const struct cs__word *word, struct counted_word *out)
{
    size_t size = strlen(word->term);
    *out = (struct counted_word){.word = word, .is_stop = cs__term_is_stop(word->term, size)};
    out->is_general = !out->is_stop && cs__term_list_has(counter->general, word->term);
    out->is_no_word = size < 2 || cs__term_list_has(counter->left_out, word->term);
    for (size_t i = 0; i < size && !out->is_no_word; i++)
        out->is_no_word = isdigit((unsigned char)word->term[i]) != 0;
}

/* Whether only a blank or a hyphen stands between two words, or what is left of "'s". */
static int is_next(const struct cs__passage_read *passage, const struct cs__word *a, const struct cs__word *b)
{
    if (b->position != a->position + 1 || b->start < a->end || b->start - a->end > GAP_BYTES + 2)
        return 0;
    for (uint32_t at = a->end; at < b->start; at++) {
        if (strchr(".,;:()!?\t", passage->text[at]) != NULL)
            return 0;
    }
    return 1;
}

/* A phrase says something: it begins and ends with a word of its own, and not all of them are general. */
static int is_phrase(const struct counted_word *words, size_t count)
{
    int all_general = 1;
    if (words[0].is_stop || words[count - 1].is_stop)
        return 0;
    for (size_t i = 0; i < count; i++) {
        if (words[i].is_no_word)
            return 0;
        all_general &= words[i].is_general || words[i].is_stop;
    }
    return !all_general;
}

static int count_phrase(struct counter *counter, const struct cs__passage_read *passage, int which,
                        const struct counted_word *words, size_t count)
{
    const char *terms[CS__PHRASE_WORDS_MAX];
    const char *surface = passage->text + words[0].word->start;
    for (size_t i = 0; i < count; i++)
        terms[i] = words[i].word->term;
    if (!grow(counter))
        return 0;
    struct cs__phrase **slot = slot_of(counter->slots, counter->capacity, terms, count);
    if (*slot == NULL) {
        if ((*slot = cs__arena_alloc(counter->arena, sizeof **slot)) == NULL)
            return 0;
        memcpy((*slot)->terms, terms, count * sizeof *terms);
        (*slot)->term_count = count;
        counter->count++;
    }
    /* The beginning of a sentence is in a capital for no reason of its own. */
    if ((*slot)->surface == NULL ||
        (isupper((unsigned char)(*slot)->surface[0]) && islower((unsigned char)*surface))) {
        (*slot)->surface = surface;
        (*slot)->surface_size = words[count - 1].word->end - words[0].word->start;
    }
    (*slot)->said[which]++;
    return 1;
}

static int count_words(struct counter *counter, const struct cs__passage_read *passage, int which,
                       const struct counted_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t size = 1; size <= CS__PHRASE_WORDS_MAX && i + size <= count; size++) {
            if (size > 1 && !is_next(passage, words[i + size - 2].word, words[i + size - 1].word))
                break;
            if (is_phrase(words + i, size) && !count_phrase(counter, passage, which, words + i, size))
                return 0;
        }
    }
    return 1;
}

static int count_passage(struct counter *counter, const struct cs__passage_read *passage, int which)
{
    struct cs__arena work = {0};
    struct counted_word *words = cs__arena_array(&work, passage->words.count + 1, sizeof *words);
    size_t count = 0;
    int ok = words != NULL;
    for (size_t i = 0; ok && i < passage->words.count; i++) {
        /* A short form in capitals is two words at one position. */
        if (i > 0 && passage->words.items[i].position == passage->words.items[i - 1].position)
            continue;
        look_at(counter, &passage->words.items[i], &words[count++]);
    }
    ok = ok && count_words(counter, passage, which, words, count);
    cs__arena_free(&work);
    return ok;
}

/* Of those that are said often enough, in how many passages. */
static void count_passages(struct cs__phrase *phrase, const struct cs__told *told, int which)
{
    for (size_t i = 0; i < told->count; i++) {
        const struct cs__words *words = &told->items[i]->words;
        int found = 0;
        for (size_t j = 0; j + phrase->term_count <= words->count && !found; j++) {
            size_t same = 0;
            while (same < phrase->term_count && strcmp(words->items[j + same].term, phrase->terms[same]) == 0)
                same++;
            found = same == phrase->term_count;
        }
        phrase->passages[which] += (uint32_t)found;
    }
}

static int says_more(const struct cs__phrase *phrase, const struct cs__told told[2])
{
    return (double)phrase->said[1] * (double)told[0].words > (double)phrase->said[0] * (double)told[1].words;
}

static int by_likelihood(const void *a, const void *b)
{
    const struct cs__phrase *x = *(const struct cs__phrase *const *)a;
    const struct cs__phrase *y = *(const struct cs__phrase *const *)b;
    if (x->log_likelihood != y->log_likelihood)
        return x->log_likelihood > y->log_likelihood ? -1 : 1;
    if (x->term_count != y->term_count)
        return x->term_count > y->term_count ? -1 : 1;
    for (size_t i = 0; i < x->term_count; i++) {
        int order = strcmp(x->terms[i], y->terms[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

static int shares_a_word(const struct counter *counter, const struct cs__phrase *a,
                         const struct cs__phrase *b)
{
    for (size_t i = 0; i < a->term_count; i++) {
        for (size_t j = 0; j < b->term_count; j++) {
            if (strcmp(a->terms[i], b->terms[j]) == 0 && !cs__term_list_has(counter->general, a->terms[i]))
                return 1;
        }
    }
    return 0;
}

static int contains(const struct cs__phrase *longer, const struct cs__phrase *phrase)
{
    for (size_t i = 0; i + phrase->term_count <= longer->term_count; i++) {
        if (same_terms(phrase, longer->terms + i, phrase->term_count))
            return 1;
    }
    return 0;
}

/* The longest of `found` that says `phrase` nearly always when it is said; else itself. */
static struct cs__phrase *lengthened(struct cs__phrase *phrase, struct cs__phrase **found, size_t count,
                                     int which)
{
    struct cs__phrase *best = phrase;
    for (size_t i = 0; i < count; i++) {
        struct cs__phrase *longer = found[i];
        if (longer->term_count > best->term_count &&
            (double)longer->said[which] >= nearly_all * (double)phrase->said[which] &&
            contains(longer, phrase))
            best = longer;
    }
    return best;
}

static cs_status choose(struct counter *counter, const struct cs__told told[2], struct cs__phrase **found,
                        size_t count, size_t limit, struct cs__phrases *out)
{
    size_t of_kind[2] = {0, 0};
    out->items = cs__arena_array(counter->arena, 2 * limit + 1, sizeof *out->items);
    if (out->items == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        int which = says_more(found[i], told), is_taken = 0;
        if (of_kind[which] == limit)
            continue;
        struct cs__phrase *phrase = lengthened(found[i], found, count, which);
        for (size_t j = 0; j < out->count && !is_taken; j++)
            is_taken =
                says_more(&out->items[j], told) == which && shares_a_word(counter, &out->items[j], phrase);
        if (is_taken)
            continue;
        for (int j = 0; j < 2; j++)
            count_passages(phrase, &told[j], j);
        if (phrase->passages[which] < LEAST_PASSAGES)
            continue;
        out->items[out->count++] = *phrase;
        of_kind[which]++;
    }
    return CS_OK;
}

cs_status cs__phrases_compare(const struct cs__told told[2], const struct cs__term_list *general,
                              const struct cs__term_list *left_out, size_t limit, struct cs__arena *arena,
                              struct cs__phrases *out)
{
    struct counter counter = {.general = general, .left_out = left_out, .arena = arena};
    size_t count = 0;
    *out = (struct cs__phrases){0};
    for (int i = 0; i < 2; i++) {
        for (size_t j = 0; j < told[i].count; j++) {
            if (!count_passage(&counter, told[i].items[j], i))
                return CS_ERR_NOMEM;
        }
    }
    struct cs__phrase **found = cs__arena_array(arena, counter.count + 1, sizeof *found);
    if (found == NULL)
        return CS_ERR_NOMEM;
    for (size_t i = 0; i < counter.capacity; i++) {
        struct cs__phrase *phrase = counter.slots[i];
        if (phrase == NULL || (phrase->said[0] < LEAST_SAID && phrase->said[1] < LEAST_SAID))
            continue;
        phrase->log_likelihood =
            cs__log_likelihood(phrase->said[0], phrase->said[1], told[0].words, told[1].words);
        if (phrase->log_likelihood >= (phrase->term_count > 1 ? CS__G2_LEAST : CS__G2_LEAST_WORD))
            found[count++] = phrase;
    }
    qsort(found, count, sizeof *found, by_likelihood);
    return choose(&counter, told, found, count, limit, out);
}
