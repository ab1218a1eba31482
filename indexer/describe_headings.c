/* SPDX-License-Identifier: MIT */
/* Judgements in words: headings that end in their own grade, and the sentences of the first pages. */
#include <string.h>

#include "indexer/describe_judgements.h"

/* A heading-like block has at most so many words. */
enum { HEADING_WORDS_MAX = 40 };

static int is_filler(const struct cs__prose *prose, size_t i)
{
    static const char *const words[] = {"is",       "are",   "that",  "it",       "judged", "as",     "to",
                                        "be",       "which", "lscb",  "services", "for",    "looked", "after",
                                        "children", "and",   "young", "people",   "of",     "grade",  "1",
                                        "2",        "3",     "4",     "the",      "with",   "in"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (cs__prose_word_is(prose, i, words[k], strlen(words[k])))
            return 1;
    return 0;
}

/* Words before the area's name that a heading may begin with. */
static int is_opening(const struct cs__prose *prose, size_t i)
{
    static const char *const words[] = {"the",         "graded", "judgement",  "judgment", "about",
                                        "experiences", "and",    "progress",   "of",       "effectiveness",
                                        "for",         "on",     "experience", "quality",  "our",
                                        "1",           "2",      "3"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (cs__prose_word_is(prose, i, words[k], strlen(words[k])))
            return 1;
    return 0;
}

/* Whether a heading may begin with the words before its area's; a safeguarding board's name begins with its
 * place's. */
static int opens_with(const struct cs__prose *prose, size_t first, cs_area area)
{
    if (cs__prose_word_is(prose, 0, "review", 6)) /* the title of a joint report */
        return 0;
    for (size_t i = 0; i < first; i++)
        if (!is_opening(prose, i) && !(area == CS_AREA_LSCB && cs__prose_is_capital(prose, i)))
            return 0;
    return 1;
}

int cs__judgements_read_heading(const struct cs__prose *prose, cs_area *area, cs_judgement *judgement,
                                size_t *label_last)
{
    size_t first, last;
    *area = cs__area_find(prose, 0, &first, &last);
    if (*area == CS_AREA_NONE || prose->count > HEADING_WORDS_MAX || !opens_with(prose, first, *area))
        return 0;
    *label_last = last;
    for (size_t at = last; at < prose->count; at++) {
        size_t words = cs__prose_judgement(prose, at, judgement);
        if (words > 0) /* "The board is good because:" leads in a list */
            return at + words == prose->count ||
                   (at + words + 1 == prose->count && cs__prose_word_is(prose, at + words, "because", 7));
        if (!is_filler(prose, at))
            return 0;
    }
    return 0;
}

cs_area cs__judgements_heading_area(const struct cs__prose *prose)
{
    size_t first, last;
    cs_area area = cs__area_find(prose, 0, &first, &last);
    if (area == CS_AREA_NONE || !opens_with(prose, first, area))
        return CS_AREA_NONE;
    while (last < prose->count && cs__prose_word_is(prose, last, "lscb", 4))
        last++;
    return last == prose->count ? area : CS_AREA_NONE;
}

/* "The judgements at the last inspection were:" leads in a list that is history. */
static int is_listed(struct cs__describer *d, size_t block)
{
    const struct cs__block *b = &d->blocks->items[block];
    if (b->kind == CS__BLOCK_BULLET || b->kind == CS__BLOCK_FOOTNOTE)
        return 1;
    while (block-- > 0)
        if (cs__describer_is_body(d, block)) {
            const struct cs__block *before = &d->blocks->items[block];
            return before->kind != CS__BLOCK_HEADING && before->size > 0 &&
                   before->text[before->size - 1] == ':';
        }
    return 0;
}

/* "Grade 4 (inadequate)", the form of 2013, is of the heading above it. */
static void read_grade_line(struct cs__describer *d, size_t block)
{
    struct cs__prose_match match;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    if (!cs__prose_match_at(prose, 0, "^ grade <number> <judgement> $", &match))
        return;
    for (size_t above = block; above-- > 0;) {
        if (!cs__describer_is_body(d, above))
            continue;
        size_t first, last;
        cs_area area = cs__area_find(cs__describer_prose(d, above), 0, &first, &last);
        if (area != CS_AREA_NONE && d->blocks->items[above].kind == CS__BLOCK_HEADING && first < 2)
            cs__judgements_add(d, area, match.judgement, cs__evidence_block(d, block), "heading.grade-below");
        return;
    }
}

/* How reports of 2014-17 put the board's judgement into a sentence. */
static void read_board(struct cs__describer *d, size_t block)
{
    struct cs__prose_match match;
    if (cs__prose_find(
            cs__describer_prose(d, block), 0,
            "arrangements in place to evaluate the effectiveness ~30 children is|are? <judgement> $", &match))
        cs__judgements_add(d, CS_AREA_LSCB, match.judgement,
                           cs__evidence_words(d, block, match.first, match.last), "lscb.arrangements");
}

void cs__judgements_from_headings(struct cs__describer *d)
{
    for (size_t block = 0; block < d->blocks->count && !d->failed; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (!cs__describer_is_body(d, block) || b->size > 400 || is_listed(d, block))
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        cs_area area;
        cs_judgement judgement;
        size_t label_last;
        if (cs__judgements_read_heading(prose, &area, &judgement, &label_last))
            cs__judgements_add(d, area, judgement, cs__evidence_block(d, block), "heading.grade");
        else {
            read_grade_line(d, block);
            read_board(d, block);
        }
    }
}

/* Sentences that state a judgement, each with the area it is about. */
static const struct {
    const char *pattern;
    cs_area area;
    const char *rule;
} sentences[] = {
    {"^ the overall judgement|judgment is that? the? childrens? services? ~8 is|are? <judgement> $",
     CS_AREA_OVERALL, "front.overall-judgement"},
    {"^ the overall judgement|judgment for|of|on ~10 is|are that? they|it? <judgement> $", CS_AREA_OVERALL,
     "front.overall-judgement"},
    {"^ childrens services in ~10 are <judgement> because|and|where|overall", CS_AREA_OVERALL,
     "front.services-are"},
    {"^ the overall judgement|judgment is that? they|it? <judgement> $", CS_AREA_OVERALL,
     "front.overall-judgement"},
    {"^ ~8 childrens services in|on|across|for|at|of ~10 is|are <judgement> $", CS_AREA_OVERALL,
     "front.services-are"},
    {"^ childrens services in ~10 is|are <judgement> $", CS_AREA_OVERALL, "front.services-are"},
    {"^ childrens services in ~10 <judgement> $", CS_AREA_OVERALL, "front.services-are"},
    {"^ services for children in <capital> ~6 are <judgement> $", CS_AREA_OVERALL, "front.services-are"},
    {"^ services to children and families in ~8 are <judgement> $", CS_AREA_OVERALL, "front.services-are"},
    {"^ the overall effectiveness ~16 is <judgement> $", CS_AREA_OVERALL, "front.overall-effectiveness"},
    {"^ the judgement|judgment ~1 the effectiveness of the local safeguarding childrens|children board lscb? "
     "is "
     "that? it? <judgement> $",
     CS_AREA_LSCB, "front.lscb"},
    {"^ the? effectiveness of the local safeguarding childrens|children board lscb? is? <judgement> $",
     CS_AREA_LSCB, "front.lscb"},
};

/* The same inside a longer block, where a title page came out as one paragraph: asked only when nothing else
 * says. */
static const char *const loose[] = {
    "the overall judgement|judgment is that? the? ~10 <judgement>",
    "childrens services in ~10 are <judgement>",
    "childrens services in <capital> ~8 <judgement>",
};

static int read_sentences(struct cs__describer *d, const struct cs__prose *prose, size_t block)
{
    struct cs__prose_match match;
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        if (cs__prose_find(prose, 0, sentences[i].pattern, &match)) {
            cs__judgements_add(d, sentences[i].area, match.judgement,
                               cs__evidence_words(d, block, match.first, match.last), sentences[i].rule);
            return 1;
        }
    return 0;
}

/* A heading of two lines may have come apart: its first line states nothing, both together do. */
static int is_first_line(const struct cs__describer *d, size_t block)
{
    size_t next = cs__describer_next(d, block);
    return d->blocks->items[block].size < 200 && next < d->blocks->count &&
           d->blocks->items[next].size < 200 && cs__describer_is_body(d, next);
}

void cs__judgements_from_front(struct cs__describer *d)
{
    size_t body = 0;
    for (size_t block = 0; block < d->blocks->count && body < 80; block++) {
        if (!cs__describer_is_body(d, block) || d->blocks->items[block].kind == CS__BLOCK_BULLET)
            continue;
        if (d->blocks->items[block].page > 2)
            break;
        body++;
        if (!read_sentences(d, cs__describer_prose(d, block), block) && is_first_line(d, block))
            read_sentences(d, cs__describer_joined(d, block), block);
    }
}

void cs__judgements_from_title_page(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t i = 0; i < sizeof loose / sizeof loose[0]; i++)
        for (size_t block = 0; block < d->blocks->count && d->blocks->items[block].page <= 1; block++) {
            if (!cs__describer_is_body(d, block) || block > 40 ||
                !cs__prose_find(cs__describer_prose(d, block), 0, loose[i], &match))
                continue;
            cs__judgements_add(d, CS_AREA_OVERALL, match.judgement,
                               cs__evidence_words(d, block, match.first, match.last), "front.title-page");
            return;
        }
}
