/* SPDX-License-Identifier: MIT */
/* Excerpt: a passage and its marks -> the part to show where space is short. */
#include "query/excerpt.h"

#include "core/sentence.h"
#include "core/utf8.h"

/* A stretch of the text and what it holds of the query. Leaves beyond the 64th share a bit: that many
 * different words in one passage tell nothing apart any more. */
struct stretch {
    uint32_t start, end;
    uint64_t leaves;
    uint32_t marks;
};

struct stretches {
    struct stretch *items;
    size_t count;
};

static unsigned bits(uint64_t set)
{
    unsigned count = 0;
    for (; set != 0; set &= set - 1)
        count++;
    return count;
}

/* More different words first, then more of them. */
static int is_better(const struct stretch *a, const struct stretch *b)
{
    unsigned x = bits(a->leaves), y = bits(b->leaves);
    return x != y ? x > y : a->marks > b->marks;
}

static void add_marks(struct stretch *stretch, const struct cs__occurrences *occurrences)
{
    for (size_t i = 0; i < occurrences->count; i++) {
        const struct cs__occurrence *occurrence = &occurrences->items[i];
        if (occurrence->start < stretch->start || occurrence->end > stretch->end)
            continue;
        stretch->leaves |= UINT64_C(1) << (occurrence->leaf < 63 ? occurrence->leaf : 63);
        stretch->marks++;
    }
}

static cs_status read_sentences(const char *text, size_t size, const struct cs__occurrences *occurrences,
                                struct cs__arena *arena, struct stretches *out)
{
    struct cs__sentence sentence;
    size_t count = 0;
    for (struct cs__sentence_walk walk = cs__sentence_begin(text, size); cs__sentence_next(&walk, &sentence);)
        count++;
    *out = (struct stretches){cs__arena_array(arena, count + 1, sizeof *out->items), 0};
    if (out->items == NULL)
        return CS_ERR_NOMEM;
    for (struct cs__sentence_walk walk = cs__sentence_begin(text, size);
         cs__sentence_next(&walk, &sentence);) {
        struct stretch *stretch = &out->items[out->count++];
        *stretch = (struct stretch){(uint32_t)sentence.start, (uint32_t)sentence.end, 0, 0};
        add_marks(stretch, occurrences);
    }
    return CS_OK;
}

/* Sentence `i` and those behind it while they fit; that one also when it does not. */
static struct stretch from_sentence(const struct stretches *sentences, size_t i)
{
    struct stretch out = sentences->items[i];
    for (i++; i < sentences->count; i++) {
        const struct stretch *next = &sentences->items[i];
        if (next->end - out.start > CS__EXCERPT_BYTES)
            break;
        out.end = next->end;
        out.leaves |= next->leaves;
        out.marks += next->marks;
    }
    return out;
}

static struct stretch best_window(const struct stretches *sentences)
{
    struct stretch best = from_sentence(sentences, 0);
    for (size_t i = 1; i < sentences->count; i++) {
        struct stretch window = from_sentence(sentences, i);
        if (is_better(&window, &best))
            best = window;
    }
    return best;
}

static struct stretch with_context(const struct stretches *sentences, uint32_t context)
{
    size_t best = 0;
    for (size_t i = 1; i < sentences->count; i++) {
        if (is_better(&sentences->items[i], &sentences->items[best]))
            best = i;
    }
    size_t first = best > context ? best - context : 0;
    size_t last = sentences->count - best > context ? best + context : sentences->count - 1;
    struct stretch out = sentences->items[first];
    out.end = sentences->items[last].end;
    return out;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Bring both ends of a cut to where words begin and end, inwards; where a word fills it all, to characters.
 */
static void snap(const char *text, const struct stretch *whole, struct stretch *cut)
{
    uint32_t start = cut->start, end = cut->end;
    while (start > whole->start && start < end && !is_blank(text[start - 1]))
        start++;
    while (end < whole->end && end > start && !is_blank(text[end]))
        end--;
    while (end > start && is_blank(text[end - 1]))
        end--;
    if (start < end) {
        cut->start = start;
        cut->end = end;
        return;
    }
    while (cut->start > whole->start && ((unsigned char)text[cut->start] & 0xC0) == 0x80)
        cut->start--;
    while (cut->end < whole->end && ((unsigned char)text[cut->end] & 0xC0) == 0x80)
        cut->end++;
}

/* A sentence too long to show: its best CS__EXCERPT_BYTES, beginning a little before a mark. */
static struct stretch cut_sentence(const char *text, const struct stretch *sentence,
                                   const struct cs__occurrences *occurrences)
{
    struct stretch best = {sentence->start, sentence->start + CS__EXCERPT_BYTES, 0, 0};
    add_marks(&best, occurrences);
    for (size_t i = 0; i < occurrences->count; i++) {
        uint32_t mark = occurrences->items[i].start, before = CS__EXCERPT_BYTES / 4;
        if (mark < sentence->start + before || mark >= sentence->end)
            continue;
        struct stretch cut = {mark - before, mark - before + CS__EXCERPT_BYTES, 0, 0};
        if (cut.end > sentence->end)
            cut = (struct stretch){sentence->end - CS__EXCERPT_BYTES, sentence->end, 0, 0};
        add_marks(&cut, occurrences);
        if (is_better(&cut, &best))
            best = cut;
    }
    snap(text, sentence, &best);
    return best;
}

cs_status cs__excerpt(const char *text, size_t size, const struct cs__occurrences *occurrences,
                      uint32_t context, struct cs__arena *arena, cs_range *out)
{
    struct stretches sentences;
    *out = (cs_range){0, (uint32_t)size};
    if (size <= CS__EXCERPT_BYTES && context == 0)
        return CS_OK;
    if (read_sentences(text, size, occurrences, arena, &sentences) != CS_OK)
        return CS_ERR_NOMEM;
    if (sentences.count == 0)
        return CS_OK;
    struct stretch best = context > 0 ? with_context(&sentences, context) : best_window(&sentences);
    if (context == 0 && best.end - best.start > CS__EXCERPT_BYTES)
        best = cut_sentence(text, &best, occurrences);
    *out = (cs_range){best.start, best.end};
    return CS_OK;
}
