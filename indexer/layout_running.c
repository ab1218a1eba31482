/* SPDX-License-Identifier: MIT */
/* Running: headers, footers and page numbers. They stand at the top or bottom of many pages, outside of all
 * other lines, with only their numbers changing. */
#include "indexer/layout_draft.h"

#include <math.h>
#include <string.h>

/* The share of a page's height, at its top and at its bottom, where they may stand. */
static const float ZONE = 0.12f;
/* Points. */
static const float VISIBLE_SIZE = 2;

/* Without geometry: so many lines at each end of a page. */
enum { ZONE_LINES = 3 };
/* Pages that such a line is seen on. */
enum { SEEN_PAGES = 3 };
/* Text made to collide stays linear: then lines share their counts. */
enum { PROBES_MAX = 64 };

/* What a line says but for its numbers, blanks and case. */
struct wording {
    uint64_t hash;
    unsigned letters; /* or signs, but for those around page numbers */
    unsigned numbers;
    uint32_t value; /* of the last number */
};

struct seen {
    uint64_t hash; /* 0: free */
    uint32_t pages;
    uint16_t last_page;
};

struct table {
    struct seen *slots;
    size_t mask;
};

static int is_page_word(const char *word, size_t size)
{
    static const char *const words[] = {"page", "p", "pg", "of"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == size && strncasecmp(word, words[i], size) == 0)
            return 1;
    return 0;
}

static uint64_t mix(uint64_t hash, unsigned char c)
{
    return (hash ^ c) * 0x100000001B3u;
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_wordly(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static struct wording read_wording(const char *text, size_t size, int at_bottom)
{
    struct wording w = {.hash = mix(0xCBF29CE484222325u, (unsigned char)at_bottom)};
    size_t end;
    for (size_t at = 0; at < size; at = end) {
        end = at + 1;
        if (is_digit(text[at])) {
            w.value = 0;
            for (end = at; end < size && is_digit(text[end]); end++)
                w.value = w.value * 10 + (uint32_t)(text[end] - '0');
            w.numbers++;
            w.hash = mix(w.hash, '#');
        } else if (is_wordly(text[at])) {
            while (end < size && is_wordly(text[end]))
                end++;
            w.letters += is_page_word(text + at, end - at) ? 0 : (unsigned)(end - at);
            for (size_t i = at; i < end; i++)
                w.hash = mix(w.hash, (unsigned char)(text[i] | 0x20));
        }
    }
    return w;
}

/* Where nothing says how high a line stands, it is near the edge by its place among the page's lines. */
static void find_zones(struct cs__drafting *drafting, uint32_t begin, uint32_t end)
{
    float height = drafting->measures.height;
    for (uint32_t i = begin; i < end; i++) {
        const struct cs__line *line = &drafting->text->lines[i];
        int at_top = height > 0 ? line->y1 < ZONE * height : i < begin + ZONE_LINES;
        int at_bottom = height > 0 ? line->y0 > (1 - ZONE) * height : i + ZONE_LINES >= end;
        drafting->lines[i].zone = at_top ? 1 : at_bottom ? 2 : 0;
    }
}

static struct seen *look_up(struct table *table, uint64_t hash)
{
    hash |= 1;
    size_t at = (size_t)(hash >> 17) & table->mask;
    for (int probe = 0; probe < PROBES_MAX; probe++) {
        if (table->slots[at].hash == 0 || table->slots[at].hash == hash)
            break;
        at = (at + 1) & table->mask;
    }
    table->slots[at].hash = hash;
    return &table->slots[at];
}

static int is_number(const struct wording *w)
{
    return w->letters == 0 && w->numbers > 0 && w->numbers <= 2;
}

/* A number alone is told by how far it is from counting the pages. */
static struct wording wording_of(const struct cs__drafting *drafting, uint32_t line, int zone)
{
    size_t size;
    const char *text = cs__draft_text(drafting, line, &size);
    struct wording w = read_wording(text, size, zone == 2);
    uint32_t offset = w.value - drafting->text->lines[line].page;
    for (int i = 0; is_number(&w) && w.numbers == 1 && i < 4; i++)
        w.hash = mix(w.hash, (unsigned char)(offset >> 8 * i));
    return w;
}

static void count_lines(const struct cs__drafting *drafting, struct table *table)
{
    const struct cs__text *text = drafting->text;
    for (uint32_t i = 0; i < text->line_count; i++) {
        int zone = drafting->lines[i].zone;
        if (zone == 0)
            continue;
        struct seen *seen = look_up(table, wording_of(drafting, i, zone).hash);
        seen->pages += seen->last_page != text->lines[i].page;
        seen->last_page = text->lines[i].page;
    }
}

int cs__layout_is_rule(const struct cs__drafting *drafting, uint32_t line)
{
    size_t size;
    const char *text = cs__draft_text(drafting, line, &size);
    if (drafting->text->lines[line].font_size > 0 && drafting->text->lines[line].font_size < VISIBLE_SIZE)
        return 1;
    for (size_t i = 0; i < size; i++)
        if (strchr("_-=* .", text[i]) == NULL || text[i] == '\0')
            return 0;
    return size >= 3;
}

static enum cs__line_use use_of(const struct cs__drafting *drafting, uint32_t line, struct table *table)
{
    int zone = drafting->lines[line].zone;
    if (cs__layout_is_rule(drafting, line))
        return CS__USE_RULE;
    if (zone == 0)
        return CS__USE_BODY;
    struct wording w = wording_of(drafting, line, zone);
    uint32_t pages = look_up(table, w.hash)->pages;
    int is_its_page = is_number(&w) && w.numbers == 1 && w.value == drafting->text->lines[line].page;
    uint32_t enough = drafting->text->pages < 5 ? 2 : SEEN_PAGES;
    if (pages < enough && !is_its_page)
        return CS__USE_BODY;
    return is_number(&w) ? CS__USE_PAGE_NUMBER : zone == 1 ? CS__USE_HEADER : CS__USE_FOOTER;
}

/* What stands beside the page's number runs, too, though it may change from chapter to chapter. */
static void join_numbers(struct cs__drafting *drafting, uint32_t begin, uint32_t end)
{
    const struct cs__line *lines = drafting->text->lines, *number = NULL;
    for (uint32_t i = begin; i < end && drafting->measures.height > 0; i++)
        if (drafting->lines[i].use == CS__USE_PAGE_NUMBER)
            number = &lines[i];
    for (uint32_t i = begin; i < end && number != NULL; i++) {
        float middle = (lines[i].y0 + lines[i].y1) / 2;
        if (drafting->lines[i].use == CS__USE_BODY && drafting->lines[i].zone != 0 && middle > number->y0 &&
            middle < number->y1)
            drafting->lines[i].use = drafting->lines[i].zone == 1 ? CS__USE_HEADER : CS__USE_FOOTER;
    }
}

/* From top to bottom; without geometry a line is as high as its place among the lines. */
static void edges_of(const struct cs__drafting *drafting, uint32_t line, float *top, float *bottom)
{
    const struct cs__line *looks = &drafting->text->lines[line];
    int known = drafting->measures.height > 0;
    *top = known ? looks->y0 : (float)line;
    *bottom = known ? looks->y1 : (float)line;
}

/* Nothing else of a page stands outside of them: what has a line of the body beyond it, or beside it, is
 * body. */
static void keep_outer_ones(struct cs__drafting *drafting, uint32_t begin, uint32_t end)
{
    float body_top = INFINITY, body_bottom = -INFINITY, top, bottom;
    for (uint32_t i = begin; i < end; i++)
        if (drafting->lines[i].use == CS__USE_BODY) {
            edges_of(drafting, i, &top, &bottom);
            body_top = fminf(body_top, top);
            body_bottom = fmaxf(body_bottom, bottom);
        }
    for (uint32_t i = begin; i < end; i++) {
        int runs = drafting->lines[i].use != CS__USE_BODY && drafting->lines[i].use != CS__USE_RULE;
        edges_of(drafting, i, &top, &bottom);
        float middle = (top + bottom) / 2;
        if (runs && (drafting->lines[i].zone == 1 ? middle > body_top : middle < body_bottom))
            drafting->lines[i].use = CS__USE_BODY;
    }
}

static uint32_t page_end(const struct cs__text *text, uint32_t begin)
{
    uint32_t end = begin;
    while (end < text->line_count && text->lines[end].page == text->lines[begin].page)
        end++;
    return end;
}

cs_status cs__layout_running(struct cs__drafting *drafting)
{
    const struct cs__text *text = drafting->text;
    struct table table = {.mask = 15};
    uint32_t end;
    while (table.mask < 2 * text->line_count)
        table.mask = 2 * table.mask + 1;
    table.slots = cs__arena_array(&drafting->scratch, table.mask + 1, sizeof *table.slots);
    if (table.slots == NULL)
        return CS_ERR_NOMEM;
    for (uint32_t begin = 0; begin < text->line_count; begin = end) {
        end = page_end(text, begin);
        find_zones(drafting, begin, end);
    }
    count_lines(drafting, &table);
    for (uint32_t begin = 0; begin < text->line_count; begin = end) {
        end = page_end(text, begin);
        for (uint32_t i = begin; i < end; i++)
            drafting->lines[i].use = (uint8_t)use_of(drafting, i, &table);
        join_numbers(drafting, begin, end);
        keep_outer_ones(drafting, begin, end);
    }
    return CS_OK;
}
