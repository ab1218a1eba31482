/* SPDX-License-Identifier: MIT */
/* Hits as KWIC (keyword in context): a line a mark, aligned at the mark, with its date before it. */
#include <string.h>

#include "cli/terminal.h"
#include "query/render_hits.h"
#include "query/render_wrap.h"

enum { DATE_COLUMNS = 11, WIDTH_LEAST = 40, WIDTH_MOST = 160 };

/* The bytes before `end` that fill at most `columns`. */
static size_t left_of(const char *text, size_t end, unsigned columns)
{
    size_t start = end;
    while (start > 0) {
        size_t before = start - 1;
        while (before > 0 && ((unsigned char)text[before] & 0xC0) == 0x80)
            before--;
        if (cs__terminal_columns(text + before, end - before) > columns)
            break;
        start = before;
    }
    return start;
}

static void print_day(FILE *out, const cs_hit *hit)
{
    cs_date date = hit->visit != NULL ? hit->visit->date : hit->document->published;
    char text[CS_DATE_SIZE];
    if (date.precision == CS_PRECISION_DAY)
        date.last = date.first;
    fprintf(out, "%-*s", DATE_COLUMNS, cs_date_print(date, text));
}

static void print_line(const struct cs__render *render, const cs_hit *hit, const cs_range *mark,
                       unsigned width)
{
    FILE *out = render->out;
    unsigned mark_columns = cs__terminal_columns(hit->text + mark->start, mark->end - mark->start);
    unsigned side = (width - DATE_COLUMNS) / 2, left_side = side > 10 ? side - 5 : side;
    size_t left = left_of(hit->text, mark->start, left_side);
    unsigned used = cs__terminal_columns(hit->text + left, mark->start - left);
    unsigned room = width - DATE_COLUMNS - left_side;
    size_t right = cs__terminal_fit(hit->text + mark->end, hit->text_size - mark->end,
                                    room > mark_columns ? room - mark_columns : 0);
    print_day(out, hit);
    fprintf(out, "%*s", (int)(left_side - used), "");
    cs__terminal_print(out, hit->text + left, mark->start - left);
    fputs(render->color ? CS__STYLE_MARK : "", out);
    cs__terminal_print(out, hit->text + mark->start, mark->end - mark->start);
    fputs(render->color ? CS__STYLE_END : "", out);
    cs__terminal_print(out, hit->text + mark->end, right);
    putc('\n', out);
}

int cs__render_kwic(const struct cs__render *render)
{
    unsigned width = render->width < WIDTH_LEAST  ? WIDTH_LEAST
                     : render->width > WIDTH_MOST ? WIDTH_MOST
                                                  : render->width;
    for (size_t i = 0; i < cs_hits_count(render->hits); i++) {
        const cs_hit *hit = cs_hits_get(render->hits, i);
        for (size_t j = 0; j < hit->mark_count; j++)
            print_line(render, hit, &hit->marks[j], width);
    }
    return ferror(render->out) ? -1 : 0;
}
