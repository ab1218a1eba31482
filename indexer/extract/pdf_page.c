/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One page of a PDF: MuPDF's structured text in, lines in reading order out. */
#include "indexer/extract/pdf_page.h"

#include <math.h>
#include <string.h>

#include "core/arena.h"
#include "indexer/extract/reading_order.h"

/* A run of characters on one baseline, as MuPDF gives it: a line of the page, or a cell of a row. */
struct piece {
    const fz_stext_line *line;
    struct cs__line looks; /* geometry and fonts */
    float baseline;        /* of most of its characters */
    float text_x0;         /* where its words begin: behind a marker, if it has one */
    int only_marker;       /* it is a marker and nothing else */
    int joins;             /* it goes on in the line of the piece before it */
};

static int is_space(int c)
{
    return c == ' ' || c == 0xA0;
}

/* The size and weight of most of a line's characters. */
struct votes {
    struct {
        float size;
        unsigned count;
    } sizes[8];
    unsigned bold, italic, all;
    const fz_font *font; /* the last one, and what it is */
    int font_is_bold, font_is_italic;
};

static int name_says(const char *name, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strstr(name, *words) != NULL)
            return 1;
    return 0;
}

/* Fonts cut down for a PDF often keep their weight in their name only. */
static void look_at_font(fz_context *context, fz_font *font, struct votes *votes)
{
    static const char *const bold[] = {"Bold", "bold", "Black", "Heavy", NULL};
    static const char *const italic[] = {"Italic", "italic", "Oblique", NULL};
    const char *name = fz_font_name(context, font);
    votes->font = font;
    votes->font_is_bold = fz_font_is_bold(context, font) || name_says(name, bold);
    votes->font_is_italic = fz_font_is_italic(context, font) || name_says(name, italic);
}

static void vote(fz_context *context, const fz_stext_char *c, struct votes *votes)
{
    size_t i = 0;
    if (c->font != votes->font)
        look_at_font(context, c->font, votes);
    votes->all++;
    votes->bold += (unsigned)votes->font_is_bold;
    votes->italic += (unsigned)votes->font_is_italic;
    while (i < 7 && votes->sizes[i].count > 0 && fabsf(votes->sizes[i].size - c->size) > 0.05f)
        i++;
    votes->sizes[i].size = c->size;
    votes->sizes[i].count++;
}

static void count_votes(const struct votes *votes, struct cs__line *looks)
{
    size_t most = 0;
    for (size_t i = 1; i < 8; i++)
        if (votes->sizes[i].count > votes->sizes[most].count)
            most = i;
    looks->font_size = votes->sizes[most].size;
    if (2 * votes->bold > votes->all)
        looks->flags |= CS__LINE_BOLD;
    if (2 * votes->italic > votes->all)
        looks->flags |= CS__LINE_ITALIC;
}

static void widen(struct cs__line *looks, const fz_quad *quad)
{
    looks->x0 = fminf(looks->x0, fminf(quad->ul.x, quad->ll.x));
    looks->y0 = fminf(looks->y0, fminf(quad->ul.y, quad->ur.y));
    looks->x1 = fmaxf(looks->x1, fmaxf(quad->ur.x, quad->lr.x));
    looks->y1 = fmaxf(looks->y1, fmaxf(quad->ll.y, quad->lr.y));
}

static int same_row(const struct piece *a, const struct piece *b)
{
    return fabsf(a->baseline - b->baseline) < 0.3f * fminf(a->looks.font_size, b->looks.font_size);
}

/* "•", "29.", "2.1", "(a)", "1)": what stands before an item. */
static int is_marker(const int *c, size_t count)
{
    int digits = 0, letters = 0, points = 0;
    if (count == 1)
        return c[0] > 0x7F || strchr("-*o", c[0]) != NULL;
    for (size_t i = 0; i < count; i++) {
        digits += c[i] >= '0' && c[i] <= '9';
        letters += (c[i] >= 'a' && c[i] <= 'z') || (c[i] >= 'A' && c[i] <= 'Z');
        points += c[i] == '.' || c[i] == ')' || c[i] == '(';
    }
    return points > 0 && (size_t)(digits + letters + points) == count && digits <= 4 &&
           letters <= (digits > 0 ? 0 : 3);
}

/* Finds the marker of a piece whose looks are known. */
static void find_marker(struct piece *piece)
{
    enum { LONGEST = 6 };
    int characters[LONGEST];
    size_t count = 0;
    const fz_stext_char *c = piece->line->first_char;
    piece->text_x0 = piece->looks.x0;
    while (c != NULL && is_space(c->c))
        c = c->next;
    for (; c != NULL && !is_space(c->c); c = c->next) {
        if (count == LONGEST)
            return;
        characters[count++] = c->c;
    }
    if (!is_marker(characters, count))
        return;
    while (c != NULL && is_space(c->c))
        c = c->next;
    piece->only_marker = c == NULL;
    if (c != NULL)
        piece->text_x0 = c->quad.ll.x;
}

static int is_of_size(const fz_stext_char *c, float size)
{
    return fabsf(c->size - size) <= 0.05f;
}

/* A footnote's number may begin the line, above its baseline. */
static float find_baseline(const fz_stext_line *line, float size)
{
    for (const fz_stext_char *c = line->first_char; c != NULL; c = c->next)
        if (!is_space(c->c) && is_of_size(c, size))
            return c->origin.y;
    return 0;
}

/* Geometry from the first visible character to the last. Returns 0 for a line of blanks. */
static int look_at(fz_context *context, const fz_stext_line *line, uint16_t block, struct piece *out)
{
    struct votes votes = {0};
    struct cs__line *looks = &out->looks;
    *out = (struct piece){
        .line = line,
        .looks = {.column = block, .x0 = INFINITY, .y0 = INFINITY, .x1 = -INFINITY, .y1 = -INFINITY}};
    for (const fz_stext_char *c = line->first_char; c != NULL; c = c->next) {
        if (is_space(c->c))
            continue;
        vote(context, c, &votes);
        widen(looks, &c->quad);
    }
    count_votes(&votes, looks);
    out->baseline = find_baseline(line, looks->font_size);
    find_marker(out);
    return votes.all > 0 && isfinite(looks->x0 + looks->y0 + looks->x1 + looks->y1);
}

/* A marker and what it marks are one line of the page, though a tab stands between. */
static int continues(const struct piece *before, const struct piece *piece)
{
    float gap = piece->looks.x0 - before->looks.x1;
    return before->only_marker && same_row(before, piece) && gap > -1 && gap < 5 * piece->looks.font_size;
}

/* MuPDF sees the indent behind a marker as a new block; to the page it is the same. */
static void carry_block_on(struct piece *pieces, size_t count, size_t first)
{
    size_t next = first + 1;
    const struct piece *above = &pieces[first];
    if (next >= count || pieces[next].looks.column == above->looks.column ||
        fabsf(pieces[next].looks.x0 - above->text_x0) > 2 ||
        fabsf(pieces[next].baseline - above->baseline) > 1.6f * above->looks.font_size)
        return;
    uint16_t from = pieces[next].looks.column;
    for (; next < count && pieces[next].looks.column == from; next++)
        pieces[next].looks.column = above->looks.column;
}

/* The same words drawn twice in one place are a shadow, or a poor man's bold. */
static int is_shadow(const struct piece *a, const struct piece *b)
{
    if (fabsf(a->looks.x0 - b->looks.x0) > 1.5f || fabsf(a->looks.y0 - b->looks.y0) > 1.5f)
        return 0;
    const fz_stext_char *c = a->line->first_char, *d = b->line->first_char;
    while (c != NULL && d != NULL && c->c == d->c)
        c = c->next, d = d->next;
    return c == NULL && d == NULL;
}

/* "area" with a raised, small 3 must not become "area3", nor 2014 with a 2 a number of five digits. */
static uint32_t superscript(const struct piece *piece, const fz_stext_char *c)
{
    static const uint32_t digits[] = {0x2070, 0xB9,   0xB2,   0xB3,   0x2074,
                                      0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    float size = piece->looks.font_size;
    if (c->c < '0' || c->c > '9' || c->size > 0.8f * size || piece->baseline - c->origin.y < 0.2f * size)
        return (uint32_t)c->c;
    return digits[c->c - '0'];
}

static void append_characters(struct cs__builder *builder, const struct piece *piece,
                              struct cs__pdf_tally *tally)
{
    for (const fz_stext_char *c = piece->line->first_char; c != NULL; c = c->next) {
        /* A soft hyphen that is drawn inside a line is a hyphen to its reader. */
        uint32_t character = c->c == 0xAD && c->next != NULL ? '-' : superscript(piece, c);
        tally->characters += !is_space(c->c);
        tally->unreadable += c->c == 0xFFFD;
        cs__builder_character(builder, character > 0x10FFFF ? 0xFFFD : character);
    }
}

static void append_pieces(struct cs__builder *builder, const struct piece *pieces, size_t count,
                          struct cs__pdf_tally *tally)
{
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].joins) {
            cs__builder_character(builder, ' ');
        } else {
            struct cs__line looks = pieces[i].looks;
            for (size_t k = i + 1; k < count && pieces[k].joins; k++) {
                looks.x1 = fmaxf(looks.x1, pieces[k].looks.x1);
                looks.y0 = fminf(looks.y0, pieces[k].looks.y0);
                looks.y1 = fmaxf(looks.y1, pieces[k].looks.y1);
                looks.font_size = pieces[k].looks.font_size;
                looks.flags = pieces[k].looks.flags;
            }
            cs__builder_begin_line(builder, &looks);
        }
        append_characters(builder, &pieces[i], tally);
    }
}

static size_t count_lines(const fz_stext_page *page)
{
    size_t count = 0;
    for (const fz_stext_block *block = page->first_block; block != NULL; block = block->next)
        if (block->type == FZ_STEXT_BLOCK_TEXT)
            for (const fz_stext_line *line = block->u.t.first_line; line != NULL; line = line->next)
                count++;
    return count;
}

/* What lies beyond the edge is not printed, and not read. */
static int is_on(const fz_rect *page, const struct cs__line *looks)
{
    return looks->x1 > page->x0 && looks->x0 < page->x1 && looks->y1 > page->y0 && looks->y0 < page->y1;
}

/* All lines that are neither blank nor a shadow of the one before; returns how many. */
static size_t collect(fz_context *context, const fz_stext_page *page, struct piece *out)
{
    size_t count = 0;
    uint16_t number = 0;
    for (const fz_stext_block *block = page->first_block; block != NULL; block = block->next) {
        if (block->type != FZ_STEXT_BLOCK_TEXT)
            continue;
        for (const fz_stext_line *line = block->u.t.first_line; line != NULL; line = line->next)
            if (look_at(context, line, number, &out[count]) && is_on(&page->mediabox, &out[count].looks) &&
                (count == 0 || !is_shadow(&out[count - 1], &out[count])))
                count++;
        number = (uint16_t)(number < UINT16_MAX ? number + 1 : number);
    }
    return count;
}

/* A marker and what it marks stay together: one run. Returns how many runs there are; `starts` gets the first
 * piece of each. */
static size_t make_runs(const struct piece *pieces, size_t count, struct cs__run *runs, size_t *starts)
{
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        const struct cs__line *looks = &pieces[i].looks;
        if (i > 0 && continues(&pieces[i - 1], &pieces[i])) {
            runs[made - 1].x1 = fmaxf(runs[made - 1].x1, looks->x1);
            continue;
        }
        runs[made] = (struct cs__run){looks->x0, looks->x1, pieces[i].baseline, looks->font_size};
        if (fabsf(pieces[i].line->dir.y) > 0.01f)
            runs[made].x1 = looks->x0 - 1;
        starts[made++] = i;
    }
    starts[made] = count;
    return made;
}

/* Everything of one page, allocated together. */
struct work {
    struct piece *drawn, *read;
    struct cs__run *runs;
    size_t *starts, *order;
    unsigned *waits;
};

static void put_in_order(struct work *work, size_t count)
{
    size_t runs = make_runs(work->drawn, count, work->runs, work->starts), done = 0;
    cs__reading_order(work->runs, runs, work->order, work->waits);
    for (size_t i = 0; i < runs; i++)
        for (size_t k = work->starts[work->order[i]]; k < work->starts[work->order[i] + 1]; k++)
            work->read[done++] = work->drawn[k];
}

static void join_and_number(struct piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pieces[i].joins = i > 0 && continues(&pieces[i - 1], &pieces[i]);
        if (pieces[i].joins)
            pieces[i].looks.column = pieces[i - 1].looks.column;
        if (pieces[i].joins || pieces[i].text_x0 > pieces[i].looks.x0)
            carry_block_on(pieces, count, i);
    }
}

int cs__pdf_page_lines(fz_context *context, const fz_stext_page *page, struct cs__builder *builder,
                       struct cs__pdf_tally *tally)
{
    struct cs__arena arena = {0};
    size_t room = count_lines(page) + 1;
    struct work work = {
        .drawn = cs__arena_array(&arena, room, sizeof *work.drawn),
        .read = cs__arena_array(&arena, room, sizeof *work.read),
        .runs = cs__arena_array(&arena, room, sizeof *work.runs),
        .starts = cs__arena_array(&arena, room, sizeof *work.starts),
        .order = cs__arena_array(&arena, room, sizeof *work.order),
        .waits = cs__arena_array(&arena, room, sizeof *work.waits),
    };
    int done = work.drawn != NULL && work.read != NULL && work.runs != NULL && work.starts != NULL &&
               work.order != NULL && work.waits != NULL;
    if (done) {
        size_t count = collect(context, page, work.drawn);
        put_in_order(&work, count);
        join_and_number(work.read, count);
        append_pieces(builder, work.read, count, tally);
        if (builder->in_line)
            cs__builder_end_line(builder);
    }
    cs__arena_free(&arena);
    return done;
}
