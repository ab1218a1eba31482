/* SPDX-License-Identifier: MIT */
/* Hits for people: who said it, when, under which judgement; where it stands; the words; a citation. */
#include <string.h>

#include "query/render_hits.h"
#include "query/render_words.h"
#include "query/render_wrap.h"

/* Longer lines are hard to read, however wide the terminal is. */
enum { WIDTH_MAX = 100, INDENT = 3 };

#define DOT " \xC2\xB7 "
#define ELLIPSIS "\xE2\x80\xA6"
#define BULLET "\xE2\x80\xA2"

/* A line of parts with dots between them. */
struct line {
    char text[512];
    size_t size;
};

static void add(struct line *line, const char *before, const char *text, const char *after)
{
    if (text == NULL || *text == '\0' || line->size >= sizeof line->text - 1)
        return;
    int wrote = snprintf(line->text + line->size, sizeof line->text - line->size, "%s%s%s%s",
                         line->size > 0 ? DOT : "", before, text, after);
    size_t most = sizeof line->text - 1;
    line->size = wrote > 0 && line->size + (size_t)wrote < most ? line->size + (size_t)wrote : most;
}

static void print_head(struct cs__wrap *wrap, const cs_hit *hit)
{
    struct line line = {.size = 0};
    char visit[64], judgement[96], date[CS_DATE_WORDS_SIZE], rank[16];
    const cs_document *document = hit->document;
    cs__hit_visit_words(hit, visit, sizeof visit);
    cs__hit_judgement_words(hit, judgement, sizeof judgement);
    add(&line, "", hit->visit != NULL ? hit->visit->authority : document->authority, "");
    add(&line, "", visit, "");
    if (hit->visit != NULL && hit->visit->date.precision != CS_PRECISION_UNKNOWN)
        add(&line, "", cs_date_words(hit->visit->date, date), "");
    else
        add(&line, "published ", cs_date_words(document->published, date), "");
    add(&line, "", judgement, "");
    if (line.size == 0)
        add(&line, "", document->title != NULL ? document->title : document->record, "");
    snprintf(rank, sizeof rank, "%u ", hit->rank);
    struct cs__wrap head = *wrap;
    head.indent = 0;
    head.style = CS__STYLE_BOLD;
    cs__wrap_string(&head, rank);
    head.indent = INDENT;
    while (head.column + 1 < INDENT) {
        putc(' ', head.out);
        head.column++;
    }
    cs__wrap_string(&head, line.text);
    cs__wrap_end(&head);
}

static void print_place(const struct cs__wrap *wrap, const cs_hit *hit)
{
    struct line line = {.size = 0};
    struct cs__wrap place = *wrap;
    char page[16] = "", folded[16] = "", more[16] = "";
    if (hit->page > 0)
        snprintf(page, sizeof page, "%u", hit->page);
    if (hit->folded > 0)
        snprintf(folded, sizeof folded, "%u", hit->folded);
    if (hit->more_in_document > 0)
        snprintf(more, sizeof more, "%u", hit->more_in_document);
    add(&line, "", hit->section, "");
    add(&line, "paragraph ", hit->number, "");
    add(&line, "page ", page, "");
    add(&line, "", hit->continues ? "goes on about the passage before it" : NULL, "");
    add(&line, "", hit->is_echo ? "repeats its source" : NULL, "");
    add(&line, "", folded, " more like it");
    add(&line, "", more, " more in this document");
    cs__wrap_string(&place, line.text);
    cs__wrap_end(&place);
}

static void print_words(const struct cs__wrap *wrap, const cs_hit *hit)
{
    struct cs__wrap words = *wrap;
    if (hit->lead_in != NULL) {
        words.style = CS__STYLE_DIM;
        cs__wrap_string(&words, hit->lead_in);
        cs__wrap_end(&words);
        words.style = NULL;
        cs__wrap_string(&words, BULLET);
    }
    if (hit->excerpt.start > 0)
        cs__wrap_string(&words, ELLIPSIS);
    cs__wrap_text(&words, hit->text, hit->excerpt.start, hit->excerpt.end, hit->marks, hit->mark_count);
    if (hit->excerpt.end < hit->text_size)
        cs__wrap_string(&words, ELLIPSIS);
    cs__wrap_end(&words);
}

static void print_dim(const struct cs__wrap *wrap, const char *text)
{
    struct cs__wrap dim = *wrap;
    if (text == NULL || *text == '\0')
        return;
    dim.style = CS__STYLE_DIM;
    cs__wrap_string(&dim, text);
    cs__wrap_end(&dim);
}

int cs__render_text(const struct cs__render *render)
{
    struct cs__wrap wrap = {.out = render->out, .indent = INDENT, .color = render->color};
    wrap.width = render->width < WIDTH_MAX ? render->width : WIDTH_MAX;
    for (size_t i = 0; i < cs_hits_count(render->hits); i++) {
        const cs_hit *hit = cs_hits_get(render->hits, i);
        if (i > 0)
            putc('\n', render->out);
        print_head(&wrap, hit);
        print_place(&wrap, hit);
        print_words(&wrap, hit);
        print_dim(&wrap, hit->citation);
        print_dim(&wrap, hit->explanation);
    }
    return ferror(render->out) ? -1 : 0;
}
