/* SPDX-License-Identifier: MIT */
/* Stream: where one term, phrase or prefix stands in one field of one segment, passage by passage. */
#ifndef QUERY_MATCH_STREAM_H
#define QUERY_MATCH_STREAM_H

#include "core/segment_store.h"
#include "query/match_score.h"

enum cs__stream_kind {
    CS__STREAM_NONE = 0, /**< nothing stands here */
    CS__STREAM_TERM,
    CS__STREAM_PREFIX, /**< all terms that begin so, as if they were one */
    CS__STREAM_PHRASE  /**< terms next to each other; the last may be a prefix */
};

/** What building a stream needs. */
struct cs__stream_place {
    struct cs__segment *segment;
    const struct cs__score_model *model;
    struct cs__arena *arena; /**< streams live as long as it does, and are closed before */
    int is_heading;
};

struct cs__prefix_list;

/** Zero-initialised is closed. Fields are for reading. */
struct cs__stream {
    uint32_t passage;   /**< CS__NO_PASSAGE at the end */
    uint32_t frequency; /**< of the passage at hand */
    uint8_t length;     /**< headings: the heading's length code; else unset */
    uint8_t kind;       /**< enum cs__stream_kind */
    uint8_t is_heading;
    cs_status status; /**< sticky; a stream that fails is at its end */
    uint64_t cost;    /**< passages it may stand on */
    const struct cs__stream_place *place;
    struct cs__cursor *cursor;    /**< TERM */
    struct cs__stream *slots;     /**< PHRASE: a stream a term */
    size_t slot_count, rarest;    /**< which slot to go by */
    struct cs__prefix_list *list; /**< PREFIX */
    uint32_t *positions;          /**< PHRASE, PREFIX: of the passage at hand; owned */
    size_t position_capacity;
    uint32_t bound_part, bound_block; /**< TERM: the block that `bound` is of */
    double bound, list_bound;
    double least; /**< PHRASE: a part of a score up to this is of no use; the owner raises it */
};

/** The lists of one term in a segment, and of all terms that begin with a prefix. */
void cs__stream_open_term(struct cs__stream *stream, const struct cs__stream_place *place,
                          const struct cs__list *list);
void cs__stream_open_prefix(struct cs__stream *stream, const struct cs__stream_place *place,
                            const struct cs__list **lists, size_t list_count);
/** Take over `slots` (in the arena), each opened. */
void cs__stream_open_phrase(struct cs__stream *stream, const struct cs__stream_place *place,
                            struct cs__stream *slots, size_t slot_count);
void cs__stream_close(struct cs__stream *stream);

/** Step to the first passage at or behind `passage`; never back. */
void cs__stream_advance(struct cs__stream *stream, uint32_t passage);

/** As cs__stream_advance(), and on to the first passage whose part of a score is above `part`; but not beyond
 * the first one behind `last`. May stop at others too. */
void cs__stream_advance_above(struct cs__stream *stream, uint32_t passage, uint32_t last, double part);

/** Where the block of `passage` ends: up to there one bound holds. As cs__cursor_look(), it may leave the
 * passage at hand behind: then advance before anything else is asked. */
uint32_t cs__stream_block_end(struct cs__stream *stream, uint32_t passage);
/** No passage from the one last given to cs__stream_block_end() to `last` has a higher part of a score (as
 * cs__score_text() and cs__score_heading() give it). */
double cs__stream_bound(struct cs__stream *stream, uint32_t last);

/** The part of the passage at hand in its score, if it had this frequency there. */
static inline double cs__stream_score_of(const struct cs__stream *stream, uint32_t frequency)
{
    const struct cs__stream_place *place = stream->place;
    return stream->is_heading
               ? cs__score_heading(place->model, frequency, stream->length)
               : cs__score_text(place->model, frequency, cs__segment_length(place->segment, stream->passage));
}

/** The part of the passage at hand in its score. */
static inline double cs__stream_score(const struct cs__stream *stream)
{
    return cs__stream_score_of(stream, stream->frequency);
}

/** Positions of the passage at hand, `frequency` of them (a phrase's are where it begins); NULL on failure.
 * Borrowed until the stream moves. */
const uint32_t *cs__stream_positions(struct cs__stream *stream);

#endif
