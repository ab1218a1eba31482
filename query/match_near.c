/* SPDX-License-Identifier: MIT */
/* NEAR: terms, phrases or prefixes close together in one field, in any order. Only the occurrences that are
 * part of such a group count. */
#include <stdlib.h>

#include "query/match_scorer.h"

/* An operand in one field. */
struct operand {
    struct cs__stream stream;
    uint32_t words;     /* that it is long */
    const uint32_t *at; /* its positions, while a passage is looked at */
    uint32_t left;      /* of them */
    uint32_t near;      /* occurrences that count */
    int64_t last;       /* the last one that was counted */
};

struct field {
    struct operand *operands;
    size_t rarest;
    uint32_t passage; /* at hand; CS__NO_PASSAGE at the end */
};

struct near {
    struct cs__scorer base;
    struct field text, heading;
    double *factors;
    size_t operand_count;
    uint32_t distance;
};

/* Move operands forward until they stand in one window: none begins more than its own words and the distance
 * before the one that begins last. 0 when an operand has no more. */
static int find_window(const struct near *near, struct field *field)
{
    uint32_t latest = *field->operands[0].at;
    for (size_t settled = 0, i = 0; settled < near->operand_count; i = (i + 1) % near->operand_count) {
        struct operand *operand = &field->operands[i];
        uint64_t reach = (uint64_t)operand->words + near->distance;
        while (*operand->at + reach < latest) {
            if (--operand->left == 0)
                return 0;
            operand->at++;
        }
        settled = *operand->at > latest ? 1 : settled + 1;
        latest = *operand->at > latest ? *operand->at : latest;
    }
    return 1;
}

static void count_window(const struct near *near, struct field *field)
{
    for (size_t i = 0; i < near->operand_count; i++) {
        struct operand *operand = &field->operands[i];
        operand->near += *operand->at != operand->last;
        operand->last = *operand->at;
    }
}

/* Move on the operand whose next occurrence comes first. 0 when it has no more. */
static int leave_window(const struct near *near, struct field *field)
{
    struct operand *first = &field->operands[0];
    for (size_t i = 1; i < near->operand_count; i++) {
        struct operand *operand = &field->operands[i];
        uint32_t next = operand->left > 1 ? operand->at[1] : UINT32_MAX;
        if (next < (first->left > 1 ? first->at[1] : UINT32_MAX))
            first = operand;
    }
    first->at++;
    return --first->left > 0;
}

/* Count each operand's near occurrences in the passage at hand. */
static int count_near(struct near *near, struct field *field)
{
    for (size_t i = 0; i < near->operand_count; i++) {
        struct operand *operand = &field->operands[i];
        operand->near = 0;
        operand->last = -1;
        operand->at = cs__stream_positions(&operand->stream);
        operand->left = operand->stream.frequency;
        if (operand->at == NULL || operand->left == 0)
            return 0;
    }
    while (find_window(near, field)) {
        count_window(near, field);
        if (!leave_window(near, field))
            break;
    }
    return field->operands[0].near > 0;
}

/* The first passage, from `passage`, that has all operands in this field; CS__NO_PASSAGE at the end. */
static uint32_t find_common(const struct near *near, struct field *field, uint32_t passage)
{
    struct cs__stream *rarest = &field->operands[field->rarest].stream;
    for (size_t i = 0; i < near->operand_count;) {
        if (i == 0) {
            cs__stream_advance(rarest, passage);
            passage = rarest->passage;
        }
        if (passage == CS__NO_PASSAGE)
            break;
        struct cs__stream *stream = &field->operands[i].stream;
        cs__stream_advance(stream, passage);
        i = stream->passage == passage ? i + 1 : 0;
        passage = stream->passage;
    }
    return passage;
}

static void advance_field(struct near *near, struct field *field, uint32_t passage)
{
    if (field->passage >= passage && field->passage != 0)
        return;
    for (;; passage++) {
        passage = find_common(near, field, passage);
        if (passage == CS__NO_PASSAGE || count_near(near, field))
            break;
    }
    field->passage = passage;
}

static void near_advance(struct cs__scorer *scorer, uint32_t passage)
{
    struct near *near = (struct near *)scorer;
    do {
        passage = cs__scorer_skip(scorer, passage);
        advance_field(near, &near->text, passage);
        advance_field(near, &near->heading, passage);
        passage = near->text.passage < near->heading.passage ? near->text.passage : near->heading.passage;
    } while (scorer->least > 0 && passage > scorer->window_last && passage != CS__NO_PASSAGE);
    scorer->passage = passage;
}

static double part_of(const struct field *field, size_t i, uint32_t passage)
{
    const struct operand *operand = &field->operands[i];
    return field->passage == passage ? cs__stream_score_of(&operand->stream, operand->near) : 0;
}

static double near_score(struct cs__scorer *scorer)
{
    struct near *near = (struct near *)scorer;
    double score = 0;
    for (size_t i = 0; i < near->operand_count; i++)
        score += near->factors[i] *
                 (part_of(&near->text, i, scorer->passage) + part_of(&near->heading, i, scorer->passage));
    return score;
}

static uint32_t near_block_end(struct cs__scorer *scorer, uint32_t passage)
{
    struct near *near = (struct near *)scorer;
    uint32_t least = CS__NO_PASSAGE;
    for (size_t i = 0; i < near->operand_count; i++) {
        uint32_t text = cs__stream_block_end(&near->text.operands[i].stream, passage);
        uint32_t heading = cs__stream_block_end(&near->heading.operands[i].stream, passage);
        least = text < least ? text : least;
        least = heading < least ? heading : least;
    }
    return least;
}

static double near_bound(struct cs__scorer *scorer, uint32_t last)
{
    struct near *near = (struct near *)scorer;
    double bound = 0;
    for (size_t i = 0; i < near->operand_count; i++)
        bound += near->factors[i] * (cs__stream_bound(&near->text.operands[i].stream, last) +
                                     cs__stream_bound(&near->heading.operands[i].stream, last));
    return bound;
}

static void close_field(struct near *near, struct field *field)
{
    for (size_t i = 0; i < near->operand_count; i++) {
        if (*near->base.status == CS_OK)
            *near->base.status = field->operands[i].stream.status;
        cs__stream_close(&field->operands[i].stream);
    }
}

static void near_close(struct cs__scorer *scorer)
{
    struct near *near = (struct near *)scorer;
    close_field(near, &near->text);
    close_field(near, &near->heading);
}

static void open_field(const struct cs__node *node, const struct cs__stream_place *where,
                       const struct cs__scorer_place *place, struct field *field)
{
    for (size_t i = 0; i < node->child_count; i++) {
        struct operand *operand = &field->operands[i];
        operand->words = (uint32_t)node->children[i]->term_count;
        cs__leaf_open(node->children[i], where, place, &operand->stream);
        if (operand->stream.cost < field->operands[field->rarest].stream.cost)
            field->rarest = i;
    }
}

struct cs__scorer *cs__scorer_near(const struct cs__node *node, struct cs__scorer_place *place)
{
    static const struct cs__scorer_methods methods = {near_advance,   NULL,       near_score,
                                                      near_block_end, near_bound, near_close};
    struct cs__arena *arena = place->text.arena;
    struct near *near = cs__scorer_alloc(place, sizeof *near, &methods, NULL, 0);
    if (near == NULL)
        return NULL;
    near->operand_count = node->child_count;
    near->distance = node->distance;
    near->factors = cs__arena_array(arena, node->child_count, sizeof *near->factors);
    near->text.operands = cs__arena_array(arena, node->child_count, sizeof *near->text.operands);
    near->heading.operands = cs__arena_array(arena, node->child_count, sizeof *near->heading.operands);
    if (near->factors == NULL || near->text.operands == NULL || near->heading.operands == NULL) {
        place->status = CS_ERR_NOMEM;
        return NULL;
    }
    for (size_t i = 0; i < node->child_count; i++)
        near->factors[i] = cs__leaf_factor(node->children[i], place);
    open_field(node, &place->text, place, &near->text);
    open_field(node, &place->heading, place, &near->heading);
    near->base.cost = near->text.operands[near->text.rarest].stream.cost +
                      near->heading.operands[near->heading.rarest].stream.cost;
    near_advance(&near->base, 0);
    return &near->base;
}
