/* SPDX-License-Identifier: MIT */
/* Wrapping text to lines, with some of its bytes marked. */
#include "query/render_wrap.h"

#include <string.h>

#include "cli/terminal.h"

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void set_mark(struct cs__wrap *wrap, int marked)
{
    if (!wrap->color || marked == wrap->is_marked)
        return;
    if (!marked || wrap->style != NULL)
        fputs(CS__STYLE_END, wrap->out);
    if (marked)
        fputs(CS__STYLE_MARK, wrap->out);
    else if (wrap->style != NULL)
        fputs(wrap->style, wrap->out);
    wrap->is_marked = marked;
}

static void begin_line(struct cs__wrap *wrap)
{
    fprintf(wrap->out, "%*s", (int)wrap->indent, "");
    wrap->column = wrap->indent;
    if (wrap->color && wrap->style != NULL)
        fputs(wrap->style, wrap->out);
}

void cs__wrap_end(struct cs__wrap *wrap)
{
    if (wrap->column == 0)
        return;
    set_mark(wrap, 0);
    if (wrap->color && wrap->style != NULL)
        fputs(CS__STYLE_END, wrap->out);
    putc('\n', wrap->out);
    wrap->column = 0;
}

/* The marks left, as a walk over a text goes on. */
struct marks {
    const cs_range *items;
    size_t count;
};

static int is_marked(struct marks *marks, size_t at)
{
    while (marks->count > 0 && marks->items->end <= at) {
        marks->items++;
        marks->count--;
    }
    return marks->count > 0 && marks->items->start <= at;
}

/* Where the mark state at `at` changes next, before `to`. */
static size_t change_after(const struct marks *marks, size_t at, size_t to)
{
    if (marks->count == 0)
        return to;
    size_t change = marks->items->start > at ? marks->items->start : marks->items->end;
    return change < to ? change : to;
}

static void print_run(struct cs__wrap *wrap, const char *text, size_t from, size_t to, struct marks *marks)
{
    while (from < to) {
        int marked = is_marked(marks, from);
        size_t end = change_after(marks, from, to);
        set_mark(wrap, marked);
        cs__terminal_print(wrap->out, text + from, end - from);
        from = end;
    }
}

void cs__wrap_text(struct cs__wrap *wrap, const char *text, size_t from, size_t to, const cs_range *marks,
                   size_t mark_count)
{
    struct marks left = {marks, mark_count};
    for (size_t at = from; at < to;) {
        size_t start = at;
        while (at < to && is_blank(text[at]))
            at++;
        size_t word = at;
        if (word == to)
            break;
        while (at < to && !is_blank(text[at]))
            at++;
        unsigned columns = cs__terminal_columns(text + word, at - word);
        if (wrap->column > wrap->indent && wrap->column + 1 + columns > wrap->width)
            cs__wrap_end(wrap);
        if (wrap->column == 0) {
            begin_line(wrap);
        } else if (word > start || start == from) {
            /* A blank within a mark belongs to it; print_run() keeps the state until then. */
            set_mark(wrap, word > start && is_marked(&left, start));
            putc(' ', wrap->out);
            wrap->column++;
        }
        print_run(wrap, text, word, at, &left);
        wrap->column += columns;
    }
}

void cs__wrap_string(struct cs__wrap *wrap, const char *text)
{
    cs__wrap_text(wrap, text, 0, strlen(text), NULL, 0);
}
