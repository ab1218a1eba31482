/* SPDX-License-Identifier: MIT */
/* Answers: one area for improvement and the visits after it -> the passages that answer, visit by visit. */
#include "query/follow_up_answer.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "query/follow_up_scope.h"
#include "query/match.h"
#include "query/timeline_tone.h"

/* Passages that are looked at for one bullet: those that the words alone put first. */
enum { CANDIDATES = 72 };

/* The share of a bullet that a passage must have to answer it: with one of its themes; where it has one theme
 * only; by words alone; and to leave a trace. More counts where both stand in sections on one area, less
 * where these are of two. With how heavy a word the sentence must have that tells what the bullet is about.
 * Set by reading: of 40 answers drawn from those to three authorities' bullets, 34 were about the bullet;
 * with 0.43 and 0.38 for the first two, 36 of 50. */
static const double least_fit = 0.48, fit_on_theme = 0.44, fit_by_words = 0.58, least_trace = 0.22,
                    same_area = 1.12, other_area = 0.85, least_name = 2.0;

/* A passage that may answer. */
struct candidate {
    int64_t passage;
    size_t row;
    double score;
    cs_area area;
    cs_range sentence;
    int is_improvement, has_theme;
};

/* One bullet under way. */
struct work {
    const struct cs__following *following;
    const struct cs__found_bullet *found;
    const struct cs__passage_read *passage; /* the bullet's own */
    struct cs__subject subject;
    struct cs__arena arena; /* of this bullet's work alone */
    struct cs__filter filter;
    size_t *rows; /* by range of the filter: the row of the frame */
    struct candidate *candidates;
    size_t candidate_count;
    unsigned char *traces; /* by row of the frame */
    size_t *later;         /* rows of the frame that come after, oldest first */
    size_t later_count;
};

static const char *authority_of(const struct cs__frame_row *row)
{
    for (size_t i = 0; i < row->document_count; i++) {
        if (row->documents[i]->authority != NULL)
            return row->documents[i]->authority;
    }
    return NULL;
}

/* Whether the days of `b` all come after those of `a`. */
static int is_later(const struct cs__frame_row *a, const struct cs__frame_row *b)
{
    const struct cs__frame_document *x = a->documents[0], *y = b->documents[0];
    return x->has_date && y->has_date && y->date_first > x->date_last;
}

/* A range a document, with its row beside it; ordered by insertion, since there are few. */
static void add_ranges(struct work *work, size_t row)
{
    const struct cs__frame_row *from = &work->following->frame->rows[row];
    for (size_t i = 0; i < from->document_count; i++) {
        const struct cs__frame_document *document = from->documents[i];
        size_t at = work->filter.count;
        if (document->apart)
            continue;
        for (; at > 0 && work->filter.ranges[at - 1].first > document->first; at--) {
            work->filter.ranges[at] = work->filter.ranges[at - 1];
            work->rows[at] = work->rows[at - 1];
        }
        work->filter.ranges[at] = (struct cs__id_range){document->first, document->last};
        work->rows[at] = row;
        work->filter.count++;
    }
}

/* Where answers may stand: the later visits to the authority; and the visit itself, whose sections tell what
 * the bullet is about. */
static cs_status find_places(struct work *work, cs_error *error)
{
    const struct cs__frame *frame = work->following->frame;
    const struct cs__frame_row *own = &frame->rows[work->found->row];
    const char *authority = authority_of(own);
    work->filter.ranges =
        cs__arena_array(&work->arena, frame->document_count + 1, sizeof *work->filter.ranges);
    work->rows = cs__arena_array(&work->arena, frame->document_count + 1, sizeof *work->rows);
    work->later = cs__arena_array(&work->arena, frame->row_count + 1, sizeof *work->later);
    work->traces = cs__arena_array(&work->arena, frame->row_count + 1, 1);
    if (work->traces == NULL || work->filter.ranges == NULL || work->rows == NULL || work->later == NULL)
        return cs__error_nomem(error);
    add_ranges(work, work->found->row);
    for (size_t i = work->found->row + 1; authority != NULL && i < frame->row_count; i++) {
        const char *other = authority_of(&frame->rows[i]);
        if (frame->rows[i].kind != CS_ROW_VISIT || other == NULL || strcmp(authority, other) != 0 ||
            !is_later(own, &frame->rows[i]))
            continue;
        work->later[work->later_count++] = i;
        add_ranges(work, i);
    }
    return CS_OK;
}

static size_t row_of(const struct work *work, int64_t passage)
{
    size_t i = 0;
    while (i + 1 < work->filter.count && work->filter.ranges[i].last < passage)
        i++;
    return work->rows[i];
}

static cs_status look_at(struct work *work, int64_t id, cs_error *error)
{
    const struct cs__passage_read *passage;
    struct cs__fit fit;
    cs_status status = cs__passage_read(work->following->passages, id, &passage, error);
    if (status != CS_OK || id == work->found->passage || !cs__passage_is_prose(passage))
        return status;
    if (cs__subject_fit(&work->subject, passage, &fit) != CS_OK)
        return cs__error_nomem(error);
    if (fit.score <= 0 || fit.names < least_name)
        return CS_OK;
    const struct cs__sentence *sentence = &passage->sentences[fit.sentence];
    work->candidates[work->candidate_count++] =
        (struct candidate){.passage = id,
                           .row = row_of(work, id),
                           .score = fit.score,
                           .has_theme = fit.has_theme,
                           .area = passage->section != NULL ? passage->section->area : CS_AREA_NONE,
                           .sentence = {(uint32_t)sentence->start, (uint32_t)sentence->end},
                           .is_improvement = cs__passage_is_improvement(passage)};
    return CS_OK;
}

static cs_status find_candidates(struct work *work, cs_error *error)
{
    struct cs__matches matches = {0};
    const struct cs__node *bag = work->subject.bag;
    struct cs__plan plan = {.tree = bag,
                            .match = CS_MATCH_ANY,
                            .minimum = bag->child_count > 2 ? 2 : 1,
                            .filter = &work->filter,
                            .limit = CANDIDATES,
                            .text_only = 1};
    work->candidates = cs__arena_array(&work->arena, CANDIDATES, sizeof *work->candidates);
    if (work->candidates == NULL)
        return cs__error_nomem(error);
    cs_status status = cs__match(work->following->reader, &plan, &matches, error);
    for (size_t i = 0; i < matches.count && status == CS_OK; i++)
        status = look_at(work, matches.items[i].passage, error);
    cs__matches_free(&matches);
    return status;
}

/* The area of its own section (a bullet on the safeguarding board); else that of the sections of the same
 * visit that speak of it. */
static cs_area area_of(const struct work *work)
{
    double sums[CS_AREA_COUNT] = {0}, all = 0;
    cs_area best = CS_AREA_NONE;
    const struct cs__section_row *section = work->passage->section;
    if (section != NULL && section->area > CS_AREA_OVERALL)
        return section->area;
    for (size_t i = 0; i < work->candidate_count; i++) {
        const struct candidate *candidate = &work->candidates[i];
        if (candidate->row != work->found->row || candidate->area <= CS_AREA_OVERALL ||
            candidate->area == CS_AREA_LSCB || candidate->score < least_fit)
            continue;
        sums[candidate->area] += candidate->score;
        all += candidate->score;
    }
    for (int area = CS_AREA_OVERALL; area < CS_AREA_COUNT; area++) {
        if (sums[area] > sums[best] || best == CS_AREA_NONE)
            best = sums[area] > 0 ? (cs_area)area : best;
    }
    return 2 * sums[best] > all ? best : CS_AREA_NONE;
}

/* Care leavers had no section of their own before 2023. */
static int are_one(cs_area a, cs_area b)
{
    int care_a = a == CS_AREA_CARE || a == CS_AREA_CARE_LEAVERS || a == CS_AREA_ADOPTION;
    int care_b = b == CS_AREA_CARE || b == CS_AREA_CARE_LEAVERS || b == CS_AREA_ADOPTION;
    return a == b || (care_a && care_b);
}

static int by_score(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

/* Of a bullet that names one theme, a sentence on that theme needs little more; without its themes, a
 * sentence must have nearly all of its words. */
static double least_of(const struct work *work, const struct candidate *candidate)
{
    if (!candidate->has_theme)
        return fit_by_words;
    return work->subject.bag->child_count == work->subject.word_count + 1 ? fit_on_theme : least_fit;
}

/* What answers is left: later, and with enough of the bullet. Row by row, best first. */
static void keep_answers(struct work *work, cs_area area)
{
    size_t kept = 0;
    for (size_t i = 0; i < work->candidate_count; i++) {
        struct candidate candidate = work->candidates[i];
        if (candidate.row == work->found->row)
            continue;
        if (area > CS_AREA_OVERALL && candidate.area > CS_AREA_OVERALL)
            candidate.score *= are_one(area, candidate.area) ? same_area : other_area;
        if (candidate.score >= least_of(work, &candidate))
            work->candidates[kept++] = candidate;
        else if (candidate.score >= least_trace)
            work->traces[candidate.row] = 1;
    }
    work->candidate_count = kept;
    if (kept > 1)
        qsort(work->candidates, kept, sizeof *work->candidates, by_score);
}

static size_t listed(const struct work *work, size_t total)
{
    size_t most = work->following->search->limit;
    return total < most ? total : most;
}

/* The answers of one visit: candidates `from` and so many of them; all give the tone. */
static cs_status add_answers(struct work *work, size_t from, size_t total, cs_answering_visit *out,
                             cs_error *error)
{
    struct cs__sources *sources = work->following->sources;
    struct cs__tone_theme theme = {0};
    size_t count = listed(work, total);
    cs_answer *answers = cs__arena_array(sources->arena, count + 1, sizeof *answers);
    if (answers == NULL)
        return cs__error_nomem(error);
    out->answers = answers;
    out->answer_count = count;
    out->answer_total = (uint32_t)total;
    for (size_t i = 0; i < total; i++) {
        const struct candidate *candidate = &work->candidates[from + i];
        struct cs__toned toned;
        cs_status status =
            cs__toned_sentence(sources, candidate->passage, candidate->sentence, &toned, error);
        if (status != CS_OK)
            return status;
        cs__tone_theme_merge(&theme, &toned.theme);
        if (i < count)
            answers[i] = (cs_answer){.sentence = candidate->sentence,
                                     .score = candidate->score,
                                     .tone = cs__tone_public(cs__tone_theme_label(&toned.theme)),
                                     .is_improvement = candidate->is_improvement};
    }
    if (total > 0)
        out->tone = cs__tone_public(cs__tone_theme_label(&theme));
    return CS_OK;
}

static cs_status add_visit(struct work *work, size_t row, cs_area area, size_t *at, cs_answering_visit *out,
                           cs_error *error)
{
    const struct cs__following *following = work->following;
    const struct cs__frame_row *from = &following->frame->rows[row];
    const struct cs__source_document *source;
    size_t total = 0;
    cs_status status = cs__source_document(following->sources, from->documents[0]->id, &source, error);
    if (status != CS_OK)
        return status;
    while (*at + total < work->candidate_count && work->candidates[*at + total].row == row)
        total++;
    *out = (cs_answering_visit){.visit = source->visit, .at_second_hand = from->at_second_hand};
    if (cs__bullet_scope(following->reader, &work->subject, area, source->visit, &out->scope) != CS_OK)
        return cs__error_nomem(error);
    status = add_answers(work, *at, total, out, error);
    out->has_traces = total == 0 && work->traces[row] && out->scope != CS_SCOPE_OUT;
    *at += total;
    return status;
}

/* The bullet and its answers as hits, in that order. */
static cs_status fill_hits(struct work *work, const cs_answering_visit *later, struct cs_hits *hits,
                           cs_error *error)
{
    struct cs__match *matches = cs__arena_array(&work->arena, work->candidate_count + 1, sizeof *matches);
    size_t count = 1, at = 0;
    if (matches == NULL)
        return cs__error_nomem(error);
    matches[0].passage = work->found->passage;
    for (size_t i = 0; i < work->later_count; i++) {
        for (size_t j = 0; j < later[i].answer_count; j++)
            matches[count++] = (struct cs__match){.passage = work->candidates[at + j].passage,
                                                  .score = work->candidates[at + j].score};
        at += later[i].answer_total;
    }
    struct cs__hits_request request = {.tree = work->subject.names,
                                       .matches = matches,
                                       .count = count,
                                       .options = work->following->search,
                                       .sources = work->following->sources};
    hits->items = NULL;
    hits->count = 0;
    return cs__hits_fill(work->following->reader, &request, hits, error);
}

static void share_out(const struct work *work, const struct cs_hits *hits, cs_answering_visit *later,
                      cs_bullet *out)
{
    size_t at = 1;
    out->hit = &hits->items[0];
    out->visit = out->hit->visit;
    for (size_t i = 0; i < work->later_count; i++) {
        cs_answer *answers = (cs_answer *)later[i].answers;
        for (size_t j = 0; j < later[i].answer_count; j++) {
            hits->items[at].rank = (uint32_t)j + 1;
            answers[j].hit = &hits->items[at++];
        }
    }
}

/* Silence is told by the visit that says most: one that looked, else one that may have. */
static void conclude(cs_bullet *out)
{
    out->outcome = out->later_count > 0 ? CS_BULLET_NOT_LOOKED_AT : CS_BULLET_NO_LATER_VISIT;
    for (size_t i = 0; i < out->later_count; i++) {
        const cs_answering_visit *visit = &out->later[i];
        if (visit->answer_count > 0)
            out->last = visit;
        if (visit->has_traces)
            out->outcome = CS_BULLET_NOT_CLEAR;
        else if (visit->scope == CS_SCOPE_IN && out->outcome != CS_BULLET_NOT_CLEAR)
            out->outcome = CS_BULLET_NOT_MENTIONED;
        else if (visit->scope == CS_SCOPE_UNKNOWN && out->outcome == CS_BULLET_NOT_LOOKED_AT)
            out->outcome = CS_BULLET_NOT_KNOWN;
    }
    if (out->last != NULL)
        out->outcome = CS_BULLET_ANSWERED;
}

static cs_status follow(struct work *work, struct cs_hits *hits, cs_bullet *out, cs_error *error)
{
    size_t at = 0;
    cs_status status = find_places(work, error);
    cs_answering_visit *later =
        cs__arena_array(work->following->sources->arena, work->later_count + 1, sizeof *later);
    if (status == CS_OK && later == NULL)
        status = cs__error_nomem(error);
    if (status == CS_OK && work->later_count > 0 && work->subject.bag != NULL)
        status = find_candidates(work, error);
    if (status != CS_OK)
        return status;
    out->later = later;
    out->later_count = work->later_count;
    out->area = area_of(work);
    keep_answers(work, out->area);
    for (size_t i = 0; i < work->later_count && status == CS_OK; i++)
        status = add_visit(work, work->later[i], out->area, &at, &later[i], error);
    if (status == CS_OK)
        status = fill_hits(work, later, hits, error);
    if (status == CS_OK) {
        share_out(work, hits, later, out);
        conclude(out);
    }
    return status;
}

cs_status cs__bullet_follow(const struct cs__following *following, const struct cs__found_bullet *found,
                            struct cs_hits *hits, cs_bullet *out, cs_error *error)
{
    struct work work = {.following = following, .found = found};
    *out = (cs_bullet){0};
    cs_status status = cs__passage_read(following->passages, found->passage, &work.passage, error);
    if (status == CS_OK)
        status = cs__subject_read(following->subjects, work.passage->text, work.passage->size, &work.subject,
                                  error);
    if (status == CS_OK)
        status = follow(&work, hits, out, error);
    cs__subject_free(&work.subject);
    cs__arena_free(&work.arena);
    return status;
}
