/* SPDX-License-Identifier: MIT */
/* Life of a theme: the rows of a timeline by visit -> one line that tells it. */
#include "query/timeline_life.h"

#include <string.h>

#include "core/buffer.h"

/* The rows that mention the theme, and what came of it. Indices into the rows. */
struct life {
    size_t visits, mentions, concerns;
    size_t first, last, returned, improved; /* SIZE_MAX for never */
    size_t raised, again; /* first said to be bad; said to be bad again after it was good, the last time */
    size_t silent_since;  /* visits that looked at it after the last mention */
    size_t not_looked;    /* that did not, or that nothing is known of */
};

static int is_good(cs_tone tone)
{
    return tone == CS_TONE_STRENGTH || tone == CS_TONE_PROGRESS;
}

static int is_bad(cs_tone tone)
{
    return tone == CS_TONE_CONCERN || tone == CS_TONE_MIXED;
}

static struct life live(const cs_timeline_row *rows, size_t count)
{
    struct life life = {.first = SIZE_MAX, .last = SIZE_MAX, .returned = SIZE_MAX, .improved = SIZE_MAX};
    life.raised = life.again = SIZE_MAX;
    int was_bad = 0, was_good = 0;
    for (size_t i = 0; i < count; i++) {
        const cs_timeline_row *row = &rows[i];
        life.visits++;
        if (row->passages == 0) {
            life.silent_since += row->scope == CS_SCOPE_IN;
            life.not_looked += row->scope != CS_SCOPE_IN;
            continue;
        }
        if (life.first == SIZE_MAX)
            life.first = i;
        else if (life.silent_since > 0)
            life.returned = i;
        if (was_bad && is_good(row->tone))
            life.improved = i;
        if (is_bad(row->tone) && life.raised == SIZE_MAX)
            life.raised = i;
        else if (row->tone == CS_TONE_CONCERN && was_good)
            life.again = i;
        was_bad = is_bad(row->tone) || (was_bad && !is_good(row->tone));
        was_good = is_good(row->tone) || (was_good && !is_bad(row->tone));
        life.concerns += row->tone == CS_TONE_CONCERN;
        life.last = i;
        life.mentions++;
        life.silent_since = 0;
    }
    return life;
}

/* "in June 2018": month and year are enough for a line; a season or year is told as it is known. */
static void tell_when(struct cs__buffer *out, const char *before, const cs_timeline_row *row)
{
    char words[CS_DATE_WORDS_SIZE];
    cs_date date = row->visit != NULL ? row->visit->date : row->documents[0].document->published;
    if (date.precision == CS_PRECISION_DAY) {
        date.last = date.first;
        date.precision = CS_PRECISION_MONTH;
    }
    cs__buffer_string(out, before);
    if (date.precision != CS_PRECISION_UNKNOWN)
        cs__buffer_printf(out, " in %s", cs_date_words(date, words));
    else
        cs__buffer_string(out, " at a visit of unknown date");
}

static void separate(struct cs__buffer *out)
{
    if (out->size > 0)
        cs__buffer_string(out, "; ");
}

static const char *last_said(cs_tone tone)
{
    switch (tone) {
    case CS_TONE_STRENGTH:
        return "last said to be good";
    case CS_TONE_PROGRESS:
        return "last said to be improving";
    case CS_TONE_CONCERN:
        return "last a concern";
    case CS_TONE_MIXED:
        return "last of mixed tone";
    default:
        return "last mentioned";
    }
}

/* What row `i` was to the theme, in a word or two; NULL where it was one of many. */
static const char *event_of(const cs_timeline_row *rows, const struct life *life, size_t i)
{
    if (i == life->first && i == life->last && is_good(rows[i].tone))
        return rows[i].tone == CS_TONE_STRENGTH ? "said to be good" : "said to be improving";
    if (i == life->first)
        return i == life->raised ? "raised" : "first mentioned";
    if (i == life->last)
        return last_said(rows[i].tone);
    if (i == life->raised)
        return "raised";
    if (i == life->again)
        return "a concern again";
    if (i == life->improved)
        return "improved";
    return i == life->returned ? "returned" : NULL;
}

static void tell_concerns(struct cs__buffer *out, const struct life *life)
{
    if (life->concerns == 0)
        return;
    separate(out);
    cs__buffer_printf(out, "a concern at %zu visit%s", life->concerns, life->concerns == 1 ? "" : "s");
}

/* In the order of the visits; how often it was a concern, where that was first raised. */
static void tell_mentions(struct cs__buffer *out, const cs_timeline_row *rows, const struct life *life)
{
    for (size_t i = life->first; i <= life->last; i++) {
        const char *event = event_of(rows, life, i);
        if (event != NULL) {
            separate(out);
            tell_when(out, event, &rows[i]);
        }
        if (i == life->raised && i != life->last)
            tell_concerns(out, life);
    }
}

static void tell_silence(struct cs__buffer *out, const struct life *life)
{
    if (life->mentions == 0) {
        cs__buffer_printf(out, "not mentioned at any of %zu visit%s", life->visits,
                          life->visits == 1 ? "" : "s");
        if (life->not_looked > 0)
            cs__buffer_printf(out, ", of which %zu did not look at it, or are not known to have",
                              life->not_looked);
        return;
    }
    if (life->silent_since > 0)
        cs__buffer_printf(out, "; not mentioned by %zu visit%s since that looked at it", life->silent_since,
                          life->silent_since == 1 ? "" : "s");
}

const char *cs__life_tell(const cs_timeline_row *rows, size_t count, struct cs__arena *arena)
{
    struct cs__buffer out = {0};
    if (count == 0 || rows[0].kind == CS_ROW_YEAR || rows[0].kind == CS_ROW_JUDGEMENT)
        return "";
    struct life life = live(rows, count);
    if (life.mentions > 0)
        tell_mentions(&out, rows, &life);
    tell_silence(&out, &life);
    const char *told = out.failed ? NULL : cs__arena_copy(arena, out.data, out.size);
    cs__buffer_free(&out);
    return told;
}
