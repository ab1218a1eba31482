/* SPDX-License-Identifier: MIT */
/* A text made by hand, a line at a time, and its blocks. */
#ifndef LAYOUT_FIXTURE_H
#define LAYOUT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/buffer.h"
#include "indexer/layout.h"

struct fixture {
    struct cs__text text;
    struct cs__buffer utf8, lines;
    struct cs__blocks blocks;
    float y;
};

static inline void fixture_begin(struct fixture *f, const char *format)
{
    *f = (struct fixture){.text.format = format};
}

static inline void fixture_line(struct fixture *f, const struct cs__line *like, const char *text)
{
    struct cs__line line = *like;
    line.start = (uint32_t)f->utf8.size;
    cs__buffer_string(&f->utf8, text);
    line.end = (uint32_t)f->utf8.size;
    cs__buffer_char(&f->utf8, '\n');
    cs__buffer_append(&f->lines, &line, sizeof line);
}

/* A page of 595 x 842 points begins. */
static inline void fixture_page(struct fixture *f)
{
    if (f->text.pages++ > 0)
        cs__buffer_char(&f->utf8, '\f');
    f->text.page_width = 595;
    f->text.page_height = 842;
    f->y = 90;
}

/* Words of `size` points from `x0` on, at `y`; six points a character at twelve points. */
static inline void fixture_at(struct fixture *f, float x0, float y, float size, int bold, const char *text)
{
    size_t characters = 0;
    for (const char *c = text; *c != '\0'; c++)
        characters += ((unsigned char)*c & 0xC0) != 0x80;
    struct cs__line looks = {.page = (uint16_t)f->text.pages,
                             .flags = bold ? CS__LINE_BOLD : 0,
                             .x0 = x0,
                             .y0 = y,
                             .x1 = x0 + (float)characters * size / 2,
                             .y1 = y + size * 1.2f,
                             .font_size = size};
    fixture_line(f, &looks, text);
}

/* A line of body text, `gap` points below the one before. */
static inline void fixture_body(struct fixture *f, float x0, float gap, const char *text)
{
    f->y += gap;
    fixture_at(f, x0, f->y, 12, 0, text);
    f->y += 14.4f;
}

static inline const struct cs__blocks *fixture_layout(struct fixture *f)
{
    f->text.utf8 = f->utf8.data;
    f->text.size = f->utf8.size;
    f->text.lines = (void *)f->lines.data;
    f->text.line_count = f->lines.size / sizeof *f->text.lines;
    assert_int_equal(cs__layout(&f->text, &f->blocks, NULL), CS_OK);
    return &f->blocks;
}

static inline void fixture_end(struct fixture *f)
{
    cs__blocks_free(&f->blocks);
    cs__buffer_free(&f->utf8);
    cs__buffer_free(&f->lines);
}

/* The `index`th block of `kind`; fails where there is none. */
static inline const struct cs__block *fixture_block(const struct fixture *f, enum cs__block_kind kind,
                                                    int index)
{
    for (size_t i = 0; i < f->blocks.count; i++)
        if (f->blocks.items[i].kind == kind && index-- == 0)
            return &f->blocks.items[i];
    fail_msg("no such block of kind %d", (int)kind);
    return NULL;
}

static inline int fixture_count(const struct fixture *f, enum cs__block_kind kind)
{
    int count = 0;
    for (size_t i = 0; i < f->blocks.count; i++)
        count += f->blocks.items[i].kind == kind;
    return count;
}

static inline void expect_text(const struct fixture *f, enum cs__block_kind kind, int index, const char *text)
{
    assert_string_equal(fixture_block(f, kind, index)->text, text);
}

#endif
