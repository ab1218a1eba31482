/* SPDX-License-Identifier: MIT */
/* The table of formats, and what all of them use: kinds of change and their order. */
#include "query/render_compare.h"

#include <string.h>

static const struct cs__compare_renderer renderers[] = {
    {"text", cs__render_compare_text}, {"json", cs__render_compare_json}, {"jsonl", cs__render_compare_jsonl},
    {"csv", cs__render_compare_csv},   {"html", cs__render_compare_html},
};

const struct cs__compare_renderer *cs__compare_renderer_find(const char *name)
{
    for (size_t i = 0; i < sizeof renderers / sizeof renderers[0]; i++) {
        if (strcmp(renderers[i].name, name) == 0)
            return &renderers[i];
    }
    return NULL;
}

static double rate(uint32_t said, const cs_timeline_row *row)
{
    return row->words > 0 ? (double)said / (double)row->words : 0;
}

enum cs__change_kind cs__change_kind_of(const cs_compared_theme *theme)
{
    switch (theme->change) {
    case CS_CHANGE_BETTER:
    case CS_CHANGE_WORSE:
        if (theme->is_named)
            return CS__IN_ANOTHER_TONE;
        break;
    case CS_CHANGE_NOT_LOOKED_AT:
    case CS_CHANGE_NOT_LOOKED_AT_BEFORE:
    case CS_CHANGE_NOT_KNOWN:
        return CS__NOT_COMPARED;
    default:
        break;
    }
    return rate(theme->after_said, theme->after) > rate(theme->before_said, theme->before) ? CS__SAID_MORE
                                                                                           : CS__SAID_LESS;
}

const char *cs__change_kind_name(enum cs__change_kind kind)
{
    static const char *const names[] = {
        [CS__IN_ANOTHER_TONE] = "In another tone",
        [CS__SAID_MORE] = "New, or said more",
        [CS__SAID_LESS] = "Gone, or said less",
        [CS__NOT_COMPARED] = "Said at one visit, and not looked at by the other, or not known to have been"};
    return kind < CS__CHANGE_KINDS ? names[kind] : "";
}

/* How much a tone changed, and on how much it rests. */
static double tone_change(const cs_compared_theme *theme)
{
    double by = theme->after->tone_score - theme->before->tone_score;
    uint32_t least =
        theme->before->passages < theme->after->passages ? theme->before->passages : theme->after->passages;
    return (by < 0 ? -by : by) * (least > 3 ? 2 : 1 + (double)least / 3);
}

static int stands_before(const cs_compared_theme *a, const cs_compared_theme *b)
{
    double x = tone_change(a), y = tone_change(b);
    return x > y || (x >= y && strcmp(a->name, b->name) < 0);
}

/* The one that has `rank` others of its kind before it. There are a hundred themes, so looking is enough. */
static const cs_compared_theme *by_tone(const cs_comparison *comparison, size_t rank)
{
    for (size_t i = 0; i < cs_comparison_themes(comparison); i++) {
        const cs_compared_theme *theme = cs_comparison_theme(comparison, i);
        size_t before = 0;
        if (cs__change_kind_of(theme) != CS__IN_ANOTHER_TONE)
            continue;
        for (size_t j = 0; j < cs_comparison_themes(comparison); j++) {
            const cs_compared_theme *other = cs_comparison_theme(comparison, j);
            before += other != theme && cs__change_kind_of(other) == CS__IN_ANOTHER_TONE &&
                      stands_before(other, theme);
        }
        if (before == rank)
            return theme;
    }
    return NULL;
}

const cs_compared_theme *cs__changed_theme(const struct cs__compare_render *render, enum cs__change_kind kind,
                                           size_t i)
{
    if (i >= render->limit && kind != CS__NOT_COMPARED)
        return NULL;
    if (kind == CS__IN_ANOTHER_TONE)
        return by_tone(render->comparison, i);
    for (size_t j = 0; j < cs_comparison_themes(render->comparison); j++) {
        const cs_compared_theme *theme = cs_comparison_theme(render->comparison, j);
        if (cs__change_kind_of(theme) == kind && i-- == 0)
            return theme;
    }
    return NULL;
}
