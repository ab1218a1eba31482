/* SPDX-License-Identifier: MIT */
/* Whose services a document is about. A report says it in its title; elsewhere the names that the text
 * mentions are weighed: by where they stand, and by whether they are said of a council. */
#include "indexer/describer.h"

#include <string.h>

struct tally {
    const struct cs__authority *authority;
    int weight;
    struct cs__evidence evidence;
    int best; /* of one mention: the evidence is that one's */
    int county_town;
};

enum { TALLIES_MAX = 64, TITLE_BLOCKS = 12, TITLE_SIZE_MAX = 1200 };

static void settle(struct cs__describer *d, const struct cs__authority *authority, cs_state state,
                   struct cs__evidence evidence, const char *rule)
{
    d->authority = authority;
    cs__describer_add(d, "authority", authority->name, state, evidence, rule);
}

/* The mention in a title that begins in a block: in "Inspection of X ...", or on one of the first lines. */
static int in_title(struct cs__describer *d, size_t block, int first_lines,
                    struct cs__authority_mention *mention)
{
    struct cs__prose_match match;
    const struct cs__prose *prose = cs__describer_title(d, block);
    if (!first_lines && !cs__prose_find(prose, 0, "inspection of", &match))
        return 0;
    return cs__authority_next(prose->text, prose->size, 0, mention);
}

/* A line of the title is the authority's name and nothing else, or it says "Inspection of X ...". */
static int from_title(struct cs__describer *d)
{
    struct cs__authority_mention mention, found = {.authority = NULL};
    size_t seen = 0, of_title = 0;
    for (size_t block = 0; block < d->blocks->count && seen < TITLE_BLOCKS; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (!cs__describer_is_body(d, block) || b->size > TITLE_SIZE_MAX)
            continue;
        seen++;
        const struct cs__authority *named = cs__authority_named(b->text, b->size);
        if (named != NULL)
            return settle(d, named, CS_STATE_STATED, cs__evidence_block(d, block), "authority.title-line"), 1;
        if (found.authority == NULL && in_title(d, block, seen <= 3, &mention)) {
            found = mention;
            of_title = block;
        }
    }
    if (found.authority == NULL)
        return 0;
    settle(d, found.authority, found.county_town ? CS_STATE_DERIVED : CS_STATE_STATED,
           cs__evidence_block(d, of_title), "authority.title");
    return 1;
}

/* What one mention weighs: a council's name more than a place's, a subject line more than a paragraph. */
static int weigh(const struct cs__block *b, const struct cs__authority_mention *mention, size_t block)
{
    int weight = mention->council ? 4 : 2;
    if (mention->authority->common_word && !mention->council)
        weight = mention->start == 0 ? 0 : 1;
    if (b->kind == CS__BLOCK_TITLE || b->kind == CS__BLOCK_HEADING || block == 0)
        weight *= 2;
    return weight;
}

static void count_mention(struct tally *tallies, size_t *count, const struct cs__authority_mention *mention,
                          int weight, uint32_t block)
{
    size_t i = 0;
    while (i < *count && tallies[i].authority != mention->authority)
        i++;
    if (i == TALLIES_MAX)
        return;
    if (i == *count)
        tallies[(*count)++] = (struct tally){.authority = mention->authority, .county_town = 1};
    tallies[i].weight += weight;
    tallies[i].county_town &= mention->county_town;
    if (weight > tallies[i].best) {
        tallies[i].best = weight;
        tallies[i].evidence = (struct cs__evidence){block, (uint32_t)mention->start, 0};
    }
}

static size_t count_mentions(struct cs__describer *d, struct tally *tallies)
{
    size_t count = 0;
    for (size_t block = 0; block < d->blocks->count; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        struct cs__authority_mention mention;
        if (!cs__describer_is_text(d, block))
            continue;
        for (size_t at = 0; cs__authority_next(b->text, b->size, at, &mention); at = mention.end)
            count_mention(tallies, &count, &mention, weigh(b, &mention, block), (uint32_t)block);
    }
    return count;
}

/* The sentence that a mention at a byte stands in. */
static struct cs__evidence sentence_at(struct cs__describer *d, struct cs__evidence at)
{
    const struct cs__prose *prose = cs__describer_prose(d, at.block);
    for (size_t i = 0; i < prose->count; i++)
        if (prose->words[i].start >= at.start)
            return cs__evidence_words(d, at.block, i, i + 1);
    return cs__evidence_block(d, at.block);
}

/* A round-up of several authorities is about none of them more than another: the next one weighs nearly as
 * much, or there are many and the first has no third of the whole. */
static int is_round_up(const struct tally *tallies, size_t count, size_t best)
{
    enum { MANY = 5 };
    int total = 0, next = 0;
    for (size_t i = 0; i < count; i++) {
        total += tallies[i].weight;
        next = i != best && tallies[i].weight > next ? tallies[i].weight : next;
    }
    return next * 4 > tallies[best].weight * 3 || (count >= MANY && tallies[best].weight * 3 < total);
}

static void from_text(struct cs__describer *d)
{
    struct tally tallies[TALLIES_MAX];
    size_t count = count_mentions(d, tallies), best = 0;
    if (count == 0)
        return;
    for (size_t i = 1; i < count; i++)
        if (tallies[i].weight > tallies[best].weight)
            best = i;
    if (is_round_up(tallies, count, best))
        cs__describer_add(d, "authority", NULL, CS_STATE_UNREADABLE, sentence_at(d, tallies[best].evidence),
                          "authority.several");
    else if (tallies[best].weight > 0)
        settle(d, tallies[best].authority, tallies[best].county_town ? CS_STATE_DERIVED : CS_STATE_STATED,
               sentence_at(d, tallies[best].evidence), "authority.mentions");
}

void cs__describe_authority(struct cs__describer *d)
{
    if (cs__describer_has(d, "authority"))
        return;
    if (d->out->kind != CS_KIND_INSPECTION_REPORT || !from_title(d))
        from_text(d);
}
