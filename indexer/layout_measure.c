/* SPDX-License-Identifier: MIT */
/* Measure: the lines' geometry -> the page's own measures, by majority. */
#include "indexer/layout_draft.h"

#include <math.h>

enum { SIZE_STEPS = 128, PITCH_STEPS = 64, EDGE_STEPS = 2048 };

/* Font sizes in halves of a point, weighted by characters. */
static float body_size(const struct cs__text *text)
{
    uint64_t weights[SIZE_STEPS] = {0};
    size_t best = 0;
    for (size_t i = 0; i < text->line_count; i++) {
        const struct cs__line *line = &text->lines[i];
        size_t step = line->font_size > 0 ? (size_t)fminf(line->font_size * 2 + 0.5f, SIZE_STEPS - 1) : 0;
        weights[step] += line->end - line->start;
    }
    for (size_t i = 1; i < SIZE_STEPS; i++)
        if (weights[i] > weights[best])
            best = i;
    return (float)best / 2;
}

/* From one line of body text to the next, in twentieths of the font size. */
static float leading(const struct cs__text *text, float size)
{
    uint32_t counts[PITCH_STEPS] = {0};
    size_t best = 24; /* 1.2, as fonts have it */
    for (size_t i = 1; i < text->line_count; i++) {
        const struct cs__line *a = &text->lines[i - 1], *b = &text->lines[i];
        float pitch = (b->y1 - a->y1) * 20 / size;
        if (a->page == b->page && fabsf(b->font_size - size) < 0.6f && pitch > 16 && pitch < PITCH_STEPS - 1)
            counts[(size_t)(pitch + 0.5f)]++;
    }
    for (size_t i = 0; i < PITCH_STEPS; i++)
        if (counts[i] > counts[best])
            best = i;
    return (float)best / 20;
}

/* The width that a tenth of the lines of body text reach. */
static float full_width(const struct cs__text *text, float size)
{
    uint32_t counts[EDGE_STEPS] = {0}, all = 0, seen = 0;
    size_t width = EDGE_STEPS - 1;
    for (size_t i = 0; i < text->line_count; i++) {
        float drawn = text->lines[i].x1 - text->lines[i].x0;
        if (fabsf(text->lines[i].font_size - size) < 0.6f && drawn > 0 && drawn < EDGE_STEPS) {
            counts[(size_t)drawn]++;
            all++;
        }
    }
    while (width > 0 && (seen += counts[width]) * 10 <= all)
        width--;
    return (float)width;
}

static int same_run(const struct cs__measures *m, const struct cs__line *a, const struct cs__line *b)
{
    float pitch = b->y1 - a->y1;
    return a->page == b->page && fabsf(a->font_size - b->font_size) < 0.7f && pitch > 0 &&
           pitch < 1.3f * m->leading * b->font_size;
}

/* Lines that follow each other closely share a right edge. */
static void find_runs(struct cs__drafting *drafting)
{
    const struct cs__line *lines = drafting->text->lines;
    size_t count = drafting->text->line_count, end;
    for (size_t begin = 0; begin < count; begin = end) {
        float right = lines[begin].x1;
        for (end = begin + 1; end < count && same_run(&drafting->measures, &lines[end - 1], &lines[end]);
             end++)
            right = fmaxf(right, lines[end].x1);
        for (size_t i = begin; i < end; i++)
            drafting->lines[i].run_right = right;
    }
}

void cs__layout_measure(struct cs__drafting *drafting)
{
    struct cs__measures *m = &drafting->measures;
    m->body_size = body_size(drafting->text);
    if (m->body_size < 1)
        m->body_size = 10;
    m->leading = leading(drafting->text, m->body_size);
    m->width = full_width(drafting->text, m->body_size);
    m->height = drafting->text->page_height;
    find_runs(drafting);
}
