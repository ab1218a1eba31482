/* SPDX-License-Identifier: MIT */
/* Streams of terms and phrases; match_prefix.c has those of prefixes. */
#include "query/match_stream.h"

#include <stdlib.h>
#include <string.h>

#include "query/match_prefix.h"

static void fail(struct cs__stream *stream, cs_status status)
{
    if (stream->status == CS_OK)
        stream->status = status;
    stream->passage = CS__NO_PASSAGE;
}

static double score_of(const struct cs__stream *stream, struct cs__impact impact)
{
    const struct cs__score_model *model = stream->place->model;
    return stream->is_heading ? cs__score_heading(model, impact.frequency, impact.length)
                              : cs__score_text(model, impact.frequency, impact.length);
}

static double best_of(const struct cs__stream *stream, const struct cs__impacts *impacts)
{
    double best = 0;
    for (uint32_t i = 0; i < impacts->count; i++) {
        double score = score_of(stream, impacts->items[i]);
        best = score > best ? score : best;
    }
    return best;
}

/* Copy what the cursor knows of where it stands. */
static inline void follow_cursor(struct cs__stream *stream)
{
    stream->passage = stream->cursor->passage;
    stream->frequency = stream->cursor->frequency;
    stream->length = stream->cursor->length;
    if (stream->passage == CS__NO_PASSAGE && stream->cursor->status != CS_OK)
        fail(stream, stream->cursor->status);
}

void cs__stream_open_term(struct cs__stream *stream, const struct cs__stream_place *place,
                          const struct cs__list *list)
{
    *stream = (struct cs__stream){.passage = CS__NO_PASSAGE, .place = place};
    if (list->count == 0)
        return;
    stream->is_heading = (uint8_t)list->is_heading;
    stream->cost = list->passages;
    stream->bound_part = stream->bound_block = UINT32_MAX;
    for (uint32_t i = 0; i < list->part_count; i++) {
        double bound = best_of(stream, &list->parts[i].impacts);
        stream->list_bound = bound > stream->list_bound ? bound : stream->list_bound;
    }
    stream->cursor = cs__arena_alloc(place->arena, sizeof *stream->cursor);
    if (stream->cursor == NULL) {
        fail(stream, CS_ERR_NOMEM);
        return;
    }
    stream->kind = CS__STREAM_TERM;
    cs__cursor_open(stream->cursor, place->segment, list);
    follow_cursor(stream);
}

void cs__stream_close(struct cs__stream *stream)
{
    if (stream->cursor != NULL)
        cs__cursor_close(stream->cursor);
    for (size_t i = 0; i < stream->slot_count; i++)
        cs__stream_close(&stream->slots[i]);
    cs__prefix_list_free(stream->list);
    free(stream->positions);
    *stream = (struct cs__stream){.passage = CS__NO_PASSAGE};
}

/* --- Phrases. */

static int reserve_positions(struct cs__stream *stream, size_t count)
{
    if (count <= stream->position_capacity)
        return 1;
    uint32_t *positions = realloc(stream->positions, count * sizeof *positions);
    if (positions == NULL) {
        fail(stream, CS_ERR_NOMEM);
        return 0;
    }
    stream->positions = positions;
    stream->position_capacity = count;
    return 1;
}

/* Keep of the phrase's beginnings those where the slot's term stands `slot` words on. */
static uint32_t narrow(uint32_t *begins, uint32_t count, const uint32_t *places, uint32_t place_count,
                       uint32_t slot)
{
    uint32_t kept = 0, at = 0;
    for (uint32_t i = 0; i < count; i++) {
        while (at < place_count && places[at] < begins[i] + slot)
            at++;
        if (at == place_count)
            break;
        if (places[at] == begins[i] + slot)
            begins[kept++] = begins[i];
    }
    return kept;
}

/* Where in the passage at hand of all slots the phrase begins: `positions` and `frequency`. */
static int find_phrase(struct cs__stream *stream)
{
    struct cs__stream *rarest = &stream->slots[stream->rarest];
    uint32_t count = 0, skipped = (uint32_t)stream->rarest;
    const uint32_t *places = cs__stream_positions(rarest);
    if (places == NULL || !reserve_positions(stream, rarest->frequency)) {
        fail(stream, rarest->status);
        return 0;
    }
    for (uint32_t i = 0; i < rarest->frequency; i++)
        if (places[i] >= skipped)
            stream->positions[count++] = places[i] - skipped;
    for (uint32_t slot = 0; slot < stream->slot_count && count > 0; slot++) {
        if (slot == stream->rarest)
            continue;
        places = cs__stream_positions(&stream->slots[slot]);
        if (places == NULL) {
            fail(stream, stream->slots[slot].status);
            return 0;
        }
        count = narrow(stream->positions, count, places, stream->slots[slot].frequency, slot);
    }
    stream->frequency = count;
    return count > 0;
}

/* The first passage at or behind `passage` that has all terms; CS__NO_PASSAGE at the end. */
static uint32_t find_common(struct cs__stream *stream, uint32_t passage)
{
    struct cs__stream *rarest = &stream->slots[stream->rarest];
    for (;;) {
        size_t slot = 0;
        cs__stream_advance(rarest, passage);
        passage = rarest->passage;
        for (; slot < stream->slot_count && passage != CS__NO_PASSAGE; slot++) {
            cs__stream_advance(&stream->slots[slot], passage);
            if (stream->slots[slot].passage != passage)
                break;
        }
        if (slot == stream->slot_count || passage == CS__NO_PASSAGE)
            return passage;
        passage = stream->slots[slot].passage;
        if (passage == CS__NO_PASSAGE)
            return passage;
    }
}

/* The first passage, from `passage`, in whose blocks the phrase may score more than `least`. */
static uint32_t skip_useless(struct cs__stream *stream, uint32_t passage)
{
    while (stream->least > 0 && passage != CS__NO_PASSAGE) {
        uint32_t last = cs__stream_block_end(stream, passage);
        if (cs__stream_bound(stream, last) > stream->least)
            break;
        passage = last == CS__NO_PASSAGE ? last : last + 1;
    }
    return passage;
}

/* No phrase is more frequent than its rarest word there: does that rule the passage out? */
static int is_useless(const struct cs__stream *stream)
{
    struct cs__impact most = {UINT32_MAX, stream->slots[0].length};
    if (stream->least <= 0)
        return 0;
    for (size_t i = 0; i < stream->slot_count; i++)
        if (stream->slots[i].frequency < most.frequency)
            most.frequency = stream->slots[i].frequency;
    if (!stream->is_heading)
        most.length = cs__segment_length(stream->place->segment, stream->slots[0].passage);
    return score_of(stream, most) <= stream->least;
}

static void advance_phrase(struct cs__stream *stream, uint32_t passage)
{
    while (stream->status == CS_OK) {
        passage = skip_useless(stream, passage);
        passage = find_common(stream, passage);
        stream->passage = passage;
        for (size_t i = 0; i < stream->slot_count && passage == CS__NO_PASSAGE; i++)
            if (stream->slots[i].status != CS_OK)
                fail(stream, stream->slots[i].status);
        if (passage == CS__NO_PASSAGE)
            return;
        if (!is_useless(stream) && find_phrase(stream)) {
            stream->length = stream->slots[0].length;
            return;
        }
        passage++;
    }
}

void cs__stream_open_phrase(struct cs__stream *stream, const struct cs__stream_place *place,
                            struct cs__stream *slots, size_t slot_count)
{
    *stream = (struct cs__stream){.kind = CS__STREAM_PHRASE, .place = place, .slots = slots};
    stream->slot_count = slot_count;
    stream->is_heading = (uint8_t)place->is_heading;
    for (size_t i = 0; i < slot_count; i++) {
        if (slots[i].status != CS_OK)
            fail(stream, slots[i].status);
        if (slots[i].cost < slots[stream->rarest].cost)
            stream->rarest = i;
        if (i == 0 || slots[i].list_bound < stream->list_bound)
            stream->list_bound = slots[i].list_bound;
    }
    stream->cost = slots[stream->rarest].cost;
    if (slots[stream->rarest].kind == CS__STREAM_NONE)
        stream->passage = CS__NO_PASSAGE;
    else
        advance_phrase(stream, 0);
}

/* --- All kinds. */

void cs__stream_advance(struct cs__stream *stream, uint32_t passage)
{
    if (stream->passage >= passage)
        return;
    switch ((enum cs__stream_kind)stream->kind) {
    case CS__STREAM_NONE:
        break;
    case CS__STREAM_TERM:
        if (stream->cursor->passage + 1 == passage)
            cs__cursor_next(stream->cursor);
        else
            cs__cursor_advance(stream->cursor, passage);
        follow_cursor(stream);
        break;
    case CS__STREAM_PREFIX:
        cs__prefix_advance(stream, passage);
        break;
    case CS__STREAM_PHRASE:
        advance_phrase(stream, passage);
        break;
    }
}

/* Step over the postings of the block at hand that are not above. Stops behind `last`, or at the block's end.
 */
static void skip_low(struct cs__stream *stream, uint32_t last, double part)
{
    struct cs__cursor *cursor = stream->cursor;
    struct cs__segment *segment = stream->place->segment;
    const struct cs__score_model *model = stream->place->model;
    uint32_t i = cursor->i, end = cursor->n - 1;
    for (; i < end && cursor->passages[i] <= last; i++) {
        uint8_t length = cs__segment_length(segment, cursor->passages[i]);
        if (cs__score_text(model, cursor->frequencies[i] + 1, length) > part)
            break;
    }
    cs__cursor_pick(cursor, i);
}

void cs__stream_advance_above(struct cs__stream *stream, uint32_t passage, uint32_t last, double part)
{
    cs__stream_advance(stream, passage);
    if (stream->kind != CS__STREAM_TERM || stream->is_heading)
        return;
    while (stream->passage <= last && stream->passage != CS__NO_PASSAGE && cs__stream_score(stream) <= part) {
        if (stream->cursor->i + 1 < stream->cursor->n) {
            cs__cursor_pick(stream->cursor, stream->cursor->i + 1);
            skip_low(stream, last, part);
        } else {
            cs__cursor_next(stream->cursor);
        }
        follow_cursor(stream);
    }
}

uint32_t cs__stream_block_end(struct cs__stream *stream, uint32_t passage)
{
    uint32_t least = CS__NO_PASSAGE;
    if (stream->kind == CS__STREAM_TERM) {
        cs__cursor_look(stream->cursor, passage);
        return stream->cursor->block_last;
    }
    for (size_t i = 0; i < stream->slot_count; i++) {
        uint32_t last = cs__stream_block_end(&stream->slots[i], passage);
        least = last < least ? last : least;
    }
    return least;
}

static double bound_of_term(struct cs__stream *stream, uint32_t last)
{
    struct cs__cursor *cursor = stream->cursor;
    if (cursor->part >= cursor->list->part_count)
        return 0;
    if (last > cursor->block_last) {
        const struct cs__list_part *part = &cursor->list->parts[cursor->part];
        return cursor->list->part_count > 1 && last <= part->last ? best_of(stream, &part->impacts)
                                                                  : stream->list_bound;
    }
    if (stream->bound_part != cursor->part || stream->bound_block != cursor->block) {
        stream->bound = best_of(stream, &cursor->impacts);
        stream->bound_part = cursor->part;
        stream->bound_block = cursor->block;
    }
    return stream->bound;
}

double cs__stream_bound(struct cs__stream *stream, uint32_t last)
{
    if (stream->kind == CS__STREAM_TERM)
        return bound_of_term(stream, last);
    if (stream->kind != CS__STREAM_PHRASE)
        return stream->list_bound;
    double least = cs__stream_bound(&stream->slots[0], last);
    for (size_t i = 1; i < stream->slot_count; i++) {
        double bound = cs__stream_bound(&stream->slots[i], last);
        least = bound < least ? bound : least;
    }
    return least;
}

const uint32_t *cs__stream_positions(struct cs__stream *stream)
{
    const uint32_t *positions = stream->positions;
    if (stream->kind == CS__STREAM_TERM) {
        positions = cs__cursor_positions(stream->cursor);
        if (positions == NULL)
            fail(stream, stream->cursor->status);
    } else if (stream->kind == CS__STREAM_PREFIX) {
        positions = cs__prefix_positions(stream);
    }
    return positions;
}
