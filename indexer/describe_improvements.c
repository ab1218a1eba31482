/* SPDX-License-Identifier: MIT */
/* Areas for improvement: what stands under "What needs to improve" and its like, one record a bullet or
 * numbered item, in the document's own words. */
#include "indexer/describer.h"

#include <string.h>

#include "indexer/describe_improvements.h"

/* Headings under which areas for improvement stand. */
static const char *const openings[] = {
    "^ what needs|need to improve",
    "^ what does the ~6 need to improve",
    "^ areas|area for improvement",
    "^ areas|area for development",
    "^ priority and|for|or immediate? action",
    "^ areas|area for|of priority action",
    "^ priority actions",
    "^ recommendations $",
    "^ recommendations for",
    "^ immediately $",
    "^ within <number> months $",
    "^ for immediate action $",
};

/* Headings that end them, also where the page shows no difference of level. */
static const char *const closings[] = {
    "^ the? experiences and progress",
    "^ the? impact of leaders",
    "^ summary",
    "^ executive summary",
    "^ information about",
    "^ inspection judgements|judgement|judgments|judgment|findings",
    "^ contents",
    "^ the? local authoritys? strengths",
    "^ progress since",
    "^ key judgement",
    "^ about this inspection",
    "^ what the inspection judgements",
    "^ section <number>",
    "^ outcomes for",
    "^ quality of provision",
    "^ headline findings",
    "^ findings and evaluation",
    "^ main findings",
    "^ children who need help",
    "^ children looked after and",
    "^ capacity to improve",
    "^ the? graded judgement",
    "^ annex",
    "^ record of",
    "^ the local safeguarding",
    "^ service information",
    "^ key strengths",
    "^ strengths",
    "^ the? local authority has",
};

static int matches(const struct cs__prose *prose, const char *const *patterns, size_t count)
{
    struct cs__prose_match match;
    for (size_t i = 0; i < count; i++)
        if (cs__prose_match_at(prose, 0, patterns[i], &match))
            return 1;
    return 0;
}

/* A heading has few words; the same words begin sentences too. */
static int is_short(const struct cs__prose *prose)
{
    return prose->count > 0 && prose->count <= 18;
}

int cs__improvements_open(struct cs__describer *d, size_t block)
{
    const struct cs__block *b = &d->blocks->items[block];
    if (!cs__describer_is_body(d, block) || b->kind == CS__BLOCK_FOOTNOTE || b->number != NULL ||
        b->size > 200)
        return 0;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    return is_short(prose) && matches(prose, openings, sizeof openings / sizeof openings[0]);
}

static int is_item(const struct cs__block *b)
{
    return b->kind == CS__BLOCK_BULLET || (b->number != NULL && b->kind == CS__BLOCK_PARAGRAPH);
}

/* Whether the next item after a heading asks for something: "Ensure that ...", "The board should ...". */
static int asks_next(struct cs__describer *d, size_t block)
{
    static const char *const requests[] = {
        "^ "
        "ensure|improve|review|develop|strengthen|implement|establish|take|put|work|increase|provide|"
        "undertake",
        "^ "
        "continue|accelerate|address|embed|extend|prioritise|reduce|monitor|consult|conduct|clarify|evaluate",
        "^ "
        "agree|fully|further|with|make|use|build|raise|revise|publish|urgently|seek|hold|promote|secure|"
        "complete",
        "^ ~10 should|must",
    };
    for (block++; block < d->blocks->count; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (!cs__describer_is_body(d, block) || b->kind == CS__BLOCK_FOOTNOTE)
            continue;
        return is_item(b) &&
               matches(cs__describer_prose(d, block), requests, sizeof requests / sizeof requests[0]);
    }
    return 0;
}

/* A heading ends the list when it stands above the list's own. Beside it, or below, it ends it when it is
 * known to and when what follows asks for nothing; the list's own headings ("Outcomes for care leavers") are
 * followed by requests. */
static int closes(struct cs__describer *d, size_t block, size_t opening)
{
    const struct cs__block *b = &d->blocks->items[block];
    int heading = b->kind == CS__BLOCK_HEADING || b->kind == CS__BLOCK_TITLE;
    if (!heading && (b->kind != CS__BLOCK_PARAGRAPH || b->number != NULL || b->size > 200))
        return 0;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    uint8_t level = d->blocks->items[opening].level;
    int known = is_short(prose) && matches(prose, closings, sizeof closings / sizeof closings[0]);
    if (!heading) /* one that layout did not tell from a paragraph */
        return known && !asks_next(d, block);
    if (b->level < level || (known && b->level == level))
        return 1;
    return (known || b->level == level) && !asks_next(d, block);
}

int cs__improvements_close(struct cs__describer *d, size_t block, size_t opening)
{
    return !cs__improvements_open(d, block) && closes(d, block, opening);
}

/* An item that only leads in bullets is not one of its own. */
static int leads_bullets(const struct cs__describer *d, size_t block)
{
    const struct cs__block *b = &d->blocks->items[block];
    if (b->size == 0 || b->text[b->size - 1] != ':')
        return 0;
    for (size_t next = block + 1; next < d->blocks->count; next++)
        if (cs__describer_is_body(d, next) && d->blocks->items[next].kind != CS__BLOCK_FOOTNOTE)
            return d->blocks->items[next].kind == CS__BLOCK_BULLET;
    return 0;
}

/* "There are no areas for priority action", "In order to improve ... the authority should take this action."
 */
static int is_no_item(struct cs__describer *d, size_t block)
{
    static const char *const patterns[] = {
        "^ there are|were no",
        "^ ~4 did not find|identify any",
        "^ in order to improve ~30 following",
        "^ no areas|priority|priorities",
        "^ none",
    };
    return matches(cs__describer_prose(d, block), patterns, sizeof patterns / sizeof patterns[0]) ||
           leads_bullets(d, block);
}

static int holds_items(struct cs__describer *d, size_t first, size_t last)
{
    for (size_t block = first; block < last; block++)
        if (is_item(&d->blocks->items[block]) && !is_no_item(d, block))
            return 1;
    return 0;
}

static void put_items(struct cs__describer *d, size_t first, size_t last)
{
    int paragraphs = !holds_items(d, first, last);
    for (size_t block = first; block < last; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        int counts = is_item(b) || (paragraphs && b->kind == CS__BLOCK_PARAGRAPH);
        if (counts && !is_no_item(d, block))
            cs__describer_add(d, "improvement", b->text, CS_STATE_STATED, cs__evidence_block(d, block),
                              b->kind == CS__BLOCK_BULLET ? "improvement.bullet" : "improvement.item");
    }
}

static size_t end_of(struct cs__describer *d, size_t opening)
{
    size_t block = opening + 1;
    while (block < d->blocks->count && !cs__improvements_open(d, block) && !closes(d, block, opening))
        block++;
    return block;
}

void cs__describe_improvements(struct cs__describer *d)
{
    for (size_t block = 0; block < d->blocks->count && !d->failed; block++)
        if (cs__improvements_open(d, block)) {
            size_t end = end_of(d, block);
            put_items(d, block + 1, end);
            block = end - 1;
        }
}
