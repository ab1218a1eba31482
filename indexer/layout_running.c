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

enum { SEEN_PAGES = 3 };

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

/* 1 near the top, 2 near the bottom, else 0. */
static int zone_of(const struct cs__drafting *drafting, const struct cs__line *line)
{
    float height = drafting->measures.height;
    if (line->y1 < ZONE * height)
        return 1;
    return line->y0 > (1 - ZONE) * height ? 2 : 0;
}

static struct seen *look_up(struct table *table, uint64_t hash)
{
    hash |= 1;
    size_t at = (size_t)(hash >> 17) & table->mask;
    while (table->slots[at].hash != 0 && table->slots[at].hash != hash)
        at = (at + 1) & table->mask;
    table->slots[at].hash = hash;
    return &table->slots[at];
}

static struct wording wording_of(const struct cs__drafting *drafting, uint32_t line, int zone)
{
    size_t size;
    const char *text = cs__draft_text(drafting, line, &size);
    return read_wording(text, size, zone == 2);
}

static void count_lines(const struct cs__drafting *drafting, struct table *table)
{
    const struct cs__text *text = drafting->text;
    for (uint32_t i = 0; i < text->line_count; i++) {
        int zone = zone_of(drafting, &text->lines[i]);
        if (zone == 0)
            continue;
        struct seen *seen = look_up(table, wording_of(drafting, i, zone).hash);
        seen->pages += seen->last_page != text->lines[i].page;
        seen->last_page = text->lines[i].page;
    }
}

/* "________": what is drawn with characters, or in letters that nobody can see. */
static int is_rule(const struct cs__drafting *drafting, uint32_t line)
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
    int zone = zone_of(drafting, &drafting->text->lines[line]);
    if (is_rule(drafting, line))
        return CS__USE_RULE;
    if (zone == 0)
        return CS__USE_BODY;
    struct wording w = wording_of(drafting, line, zone);
    uint32_t pages = look_up(table, w.hash)->pages;
    int is_number = w.letters == 0 && w.numbers > 0 && w.numbers <= 2;
    int is_its_page = w.numbers == 1 && w.value == drafting->text->lines[line].page;
    uint32_t enough = drafting->text->pages < 5 ? 2 : SEEN_PAGES;
    if (pages < enough && !(is_number && is_its_page))
        return CS__USE_BODY;
    return is_number ? CS__USE_PAGE_NUMBER : zone == 1 ? CS__USE_HEADER : CS__USE_FOOTER;
}

/* Nothing else of a page stands outside of them: what has a line of the body beyond it is body. */
static void keep_outer_ones(struct cs__drafting *drafting, uint32_t begin, uint32_t end)
{
    const struct cs__line *lines = drafting->text->lines;
    float top = INFINITY, bottom = 0;
    for (uint32_t i = begin; i < end; i++)
        if (drafting->lines[i].use == CS__USE_BODY) {
            top = fminf(top, lines[i].y0);
            bottom = fmaxf(bottom, lines[i].y1);
        }
    for (uint32_t i = begin; i < end; i++) {
        int runs = drafting->lines[i].use != CS__USE_BODY && drafting->lines[i].use != CS__USE_RULE;
        float middle = (lines[i].y0 + lines[i].y1) / 2;
        if (runs && (zone_of(drafting, &lines[i]) == 1 ? middle > top : middle < bottom))
            drafting->lines[i].use = CS__USE_BODY;
    }
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
    count_lines(drafting, &table);
    for (uint32_t begin = 0; begin < text->line_count; begin = end) {
        for (end = begin; end < text->line_count && text->lines[end].page == text->lines[begin].page; end++)
            drafting->lines[end].use = (uint8_t)use_of(drafting, end, &table);
        keep_outer_ones(drafting, begin, end);
    }
    return CS_OK;
}
