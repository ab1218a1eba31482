/* SPDX-License-Identifier: MIT */
/* The areas that a visit covered, as the document words them: one record a bullet; without bullets, the words
 * that follow "focused on" and its like. */
#include "indexer/describer.h"

#include <string.h>

/* Headings over the areas covered. */
static const char *const headings[] = {
    "^ areas covered by|in|during the|this ~1 visit",
    "^ areas covered $",
    "^ focus of the visit",
    "^ scope of the visit",
};

/* Words that lead in the areas, in a sentence; `list`: bullets may follow. */
static const struct {
    const char *pattern;
    const char *rule;
} leads[] = {
    {"areas covered by|in the|this ~1 visit were|was|included|include", "scope.areas-covered"},
    {"focus of the ~2 visit was|were on?", "scope.focus"},
    {"inspectors|we ~4 reviewed|considered|concentrated|looked|examined|evaluated|focused|focussed ~3 how "
     "far|on|at|the",
     "scope.inspectors"},
    {"focused|focussed|concentrated on", "scope.focused-on"},
    {"with a focus on", "scope.focused-on"},
    {"took|taking in", "scope.took-in"},
    {"deep dive into", "scope.deep-dive"},
    {"looked|looking at", "scope.looked-at"},
    {"considered|reviewed|examined|covered|covering", "scope.considered"},
    {"visit ~12 about", "scope.about"},
    {"latest|recent one? ~12 about", "scope.about"},
};

static int is_heading(struct cs__describer *d, size_t block)
{
    struct cs__prose_match match;
    const struct cs__block *b = &d->blocks->items[block];
    if (!cs__describer_is_body(d, block) || b->size > 120)
        return 0;
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        if (cs__prose_match_at(cs__describer_prose(d, block), 0, headings[i], &match))
            return 1;
    return 0;
}

static int put_bullets(struct cs__describer *d, size_t block)
{
    int count = 0;
    for (; block < d->blocks->count; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (!cs__describer_is_body(d, block) || b->kind == CS__BLOCK_FOOTNOTE)
            continue;
        if (b->kind == CS__BLOCK_HEADING || (count > 0 && b->kind != CS__BLOCK_BULLET))
            break;
        if (b->kind != CS__BLOCK_BULLET)
            continue;
        cs__describer_add(d, "scope", b->text, CS_STATE_STATED, cs__evidence_block(d, block), "scope.bullet");
        count++;
    }
    return count;
}

/* "The front door was reviewed, with a letter on ...": what follows is not what was looked at. */
static int is_passive(const struct cs__prose *prose, const struct cs__prose_match *match)
{
    static const char *const words[] = {"was", "were", "been", "be", "being"};
    for (size_t i = 0;
         match->last == match->first + 1 && match->first > 0 && i < sizeof words / sizeof words[0]; i++)
        if (cs__prose_word_is(prose, match->first - 1, words[i], strlen(words[i])))
            return 1;
    return 0;
}

/* ", and they can see ...": a clause with a subject of its own says no more of what was looked at. */
static size_t end_of_areas(const struct cs__prose *prose, size_t first, size_t last)
{
    static const char *const subjects[] = {"they",  "it",   "he",    "she", "inspectors",
                                           "there", "said", "found", "saw"};
    for (size_t i = first + 1; i + 1 < last; i++) {
        int joins = cs__prose_word_is(prose, i, "and", 3) || cs__prose_word_is(prose, i, "but", 3);
        for (size_t k = 0; joins && k < sizeof subjects / sizeof subjects[0]; k++)
            if (cs__prose_word_is(prose, i + 1, subjects[k], strlen(subjects[k])))
                return i;
    }
    return last;
}

/* The rest of the sentence after the words that lead in. */
static int put_sentence(struct cs__describer *d, size_t block, const char *pattern, const char *rule)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    struct cs__prose_match match;
    size_t first, last;
    if (!cs__prose_find(prose, 0, pattern, &match) || match.last >= prose->count || is_passive(prose, &match))
        return 0;
    cs__prose_sentence(prose, match.last - 1, &first, &last);
    if (match.last >= last)
        return 0;
    last = end_of_areas(prose, match.last, last);
    uint32_t start = prose->words[match.last].start, end = prose->words[last - 1].end;
    while (end < prose->size &&
           (prose->text[end] == '\'' || prose->text[end] == '"' || prose->text[end] == ')'))
        end++;
    if (prose->size - end >= 3 && memcmp(prose->text + end, "\xE2\x80\x99", 3) == 0)
        end += 3;
    cs__describer_add_text(d, "scope", prose->text + start, end - start, CS_STATE_STATED,
                           cs__evidence_words(d, block, match.first, last), rule);
    return 1;
}

static int from_sentences(struct cs__describer *d, size_t first, size_t last)
{
    for (size_t row = 0; row < sizeof leads / sizeof leads[0]; row++)
        for (size_t block = first; block < last; block++)
            if (cs__describer_is_body(d, block) &&
                put_sentence(d, block, leads[row].pattern, leads[row].rule))
                return 1;
    return 0;
}

void cs__describe_scope(struct cs__describer *d)
{
    for (size_t block = 0; block < d->blocks->count; block++)
        if (is_heading(d, block)) {
            size_t end = block + 4 < d->blocks->count ? block + 4 : d->blocks->count;
            if (put_bullets(d, block + 1) > 0 || from_sentences(d, block + 1, end))
                return;
        }
    /* Minutes have bullets under "inspectors reviewed:". */
    struct cs__prose_match match;
    for (size_t block = 0; block + 1 < d->blocks->count; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (cs__describer_is_body(d, block) && d->blocks->items[block + 1].kind == CS__BLOCK_BULLET &&
            cs__prose_find(cs__describer_prose(d, block), 0, "reviewed|considered|covered|focused|looked",
                           &match) &&
            b->size > 0 && put_bullets(d, block + 1) > 0)
            return;
    }
    from_sentences(d, 0, d->blocks->count);
}
