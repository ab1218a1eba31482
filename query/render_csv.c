/* SPDX-License-Identifier: MIT */
/* Hits as CSV, a row each, for spreadsheets. */
#include <string.h>

#include "cli/csv.h"
#include "query/render_hits.h"

static const char *const header[] = {"rank",
                                     "score",
                                     "authority",
                                     "visit",
                                     "visit_kind",
                                     "ordinal",
                                     "visit_start",
                                     "visit_end",
                                     "kind",
                                     "title",
                                     "published",
                                     "judgement",
                                     "judgement_state",
                                     "judgement_area",
                                     "section",
                                     "paragraph",
                                     "page",
                                     "text",
                                     "citation",
                                     "path",
                                     "url"};
enum { COLUMNS = sizeof header / sizeof header[0] };

static const char *day(cs_date date, int last, char out[CS_DATE_SIZE])
{
    int32_t number = last ? date.last : date.first;
    if (date.precision == CS_PRECISION_UNKNOWN)
        return NULL;
    return cs_date_print((cs_date){number, number, CS_PRECISION_DAY}, out);
}

static const char *number(char *out, size_t size, int value)
{
    snprintf(out, size, "%d", value);
    return value > 0 ? out : NULL;
}

static void print_row(FILE *out, const cs_hit *hit)
{
    char rank[16], score[32], ordinal[16], page[16], first[CS_DATE_SIZE], last[CS_DATE_SIZE],
        published[CS_DATE_SIZE];
    const cs_document *document = hit->document;
    const cs_visit *visit = hit->visit;
    snprintf(score, sizeof score, "%.4f", hit->score);
    const char *cells[COLUMNS] = {
        number(rank, sizeof rank, (int)hit->rank),
        score,
        visit != NULL ? visit->authority : document->authority,
        visit != NULL ? visit->id : NULL,
        visit != NULL ? cs_visit_kind_name(visit->kind) : NULL,
        number(ordinal, sizeof ordinal, visit != NULL ? visit->ordinal : 0),
        visit != NULL ? day(visit->date, 0, first) : NULL,
        visit != NULL ? day(visit->date, 1, last) : NULL,
        cs_kind_name(document->kind),
        document->title,
        cs_date_print(document->published, published),
        cs_judgement_name(hit->judgement.value),
        cs_state_name(hit->judgement.state),
        cs_area_name(hit->judgement_area),
        hit->section,
        hit->number,
        number(page, sizeof page, (int)hit->page),
        hit->text,
        hit->citation,
        document->path,
        document->url,
    };
    cs__csv_row(out, cells, COLUMNS);
}

int cs__render_csv(const struct cs__render *render)
{
    cs__csv_row(render->out, header, COLUMNS);
    for (size_t i = 0; i < cs_hits_count(render->hits); i++)
        print_row(render->out, cs_hits_get(render->hits, i));
    return ferror(render->out) ? -1 : 0;
}
