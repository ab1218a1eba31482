/* SPDX-License-Identifier: MIT */
/* Mode: one query. Results go to stdout, and what a person should know about them to stderr. */
#include "query/cli_search.h"

#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"
#include "query/render_hits.h"

enum { ALSO_SHOWN = 12 };

static void tell(const char *before, const char *text)
{
    fputs(before, stderr);
    cs__terminal_print(stderr, text, strlen(text));
}

/* A theme may stand for dozens of words: enough of them to see what it is about. */
static void tell_also(const cs_hits *hits)
{
    size_t count = 0;
    for (; cs_hits_also_searched(hits, count) != NULL; count++) {
        if (count < ALSO_SHOWN)
            tell(count == 0 ? "cs-search: also searched: " : ", ", cs_hits_also_searched(hits, count));
    }
    if (count > ALSO_SHOWN)
        fprintf(stderr, ", and %zu more that --format json lists", count - ALSO_SHOWN);
    /* The words of a theme are what was asked for. */
    int is_theme = strstr(cs_hits_read_as(hits), "theme:") != NULL;
    if (count > 0)
        fputs(is_theme ? "\n" : " (--exact leaves that out)\n", stderr);
}

/* How the query was read, when that is not plain, and what else was searched. */
static void tell_reading(const cs_hits *hits, const char *query)
{
    int has_notes = cs_hits_note(hits, 0) != NULL;
    for (size_t i = 0; cs_hits_note(hits, i) != NULL; i++)
        cs__complain("%s", cs_hits_note(hits, i));
    if (has_notes && *cs_hits_read_as(hits) != '\0' && strcmp(query, cs_hits_read_as(hits)) != 0)
        cs__complain("read as: %s", cs_hits_read_as(hits));
    tell_also(hits);
}

/* To someone at a terminal: how much there is, and how to see more. */
static void tell_total(const cs_hits *hits, const struct cs__search_cli *cli)
{
    size_t count = cs_hits_count(hits);
    uint64_t total = cs_hits_total(hits);
    if (count == 0)
        fputs(total > 0 ? "cs-search: nothing left behind that offset\n" : "cs-search: nothing found\n",
              stderr);
    else if (total > count && cs__terminal_is(stdout) && cs__terminal_is(stderr))
        fprintf(stderr, "\n%zu of %s%llu passages; more with --offset %zu\n", count,
                cs_hits_total_is_bound(hits) ? "more than " : "", (unsigned long long)total,
                (size_t)cli->offset + count);
}

static int print(cs_reader *reader, const cs_hits *hits, const struct cs__search_cli *cli, const char *query)
{
    cs_identity identity;
    cs_error error = {0};
    const struct cs__hit_renderer *renderer = cs__hit_renderer_find(cs__search_format_name(cli->format));
    struct cs__render render = {
        .out = stdout,
        .hits = hits,
        .query = query,
        .query_size = strlen(query),
        .width = cs__terminal_width(stdout),
        .color = cs__terminal_color(stdout, (enum cs__when)cli->color),
        .is_terminal = cs__terminal_is(stdout),
        .is_first = 1,
        .identity = &identity,
    };
    if (cs_reader_identity(reader, &identity, &error) != CS_OK) {
        cs__complain("%s", error.message);
        return CS__EXIT_ERROR;
    }
    int machine = cli->format != CS__FORMAT_TEXT && cli->format != CS__FORMAT_KWIC;
    if (!machine || cs_hits_count(hits) == 0)
        tell_reading(hits, query);
    if (renderer->print(&render) != 0 || fflush(stdout) != 0) {
        cs__complain("can't write the results");
        return CS__EXIT_ERROR;
    }
    tell_total(hits, cli);
    return cs_hits_count(hits) > 0 ? CS__EXIT_FOUND : CS__EXIT_NOTHING;
}

/* A query may be nothing but filters, but somebody has to ask for something. */
int cs__search_is_asked(const struct cs__search_cli *cli)
{
    const char *filters[] = {
        cli->since,     cli->until, cli->published_since, cli->published_until, cli->judgement, cli->overall,
        cli->authority, cli->kind,  cli->visit,           cli->section,         cli->area};
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        if (filters[i] != NULL)
            return 1;
    }
    return cli->word_count > 0;
}

static int answer(cs_reader *reader, const struct cs__search_cli *cli, const char *query)
{
    cs_hits *hits = NULL;
    cs_error error = {0};
    int status = CS__EXIT_ERROR;
    cs_search_options options = cs__search_cli_options(cli);
    if (cs_search(reader, query, strlen(query), &options, &hits, &error) != CS_OK)
        cs__complain("%s", error.message);
    else
        status = print(reader, hits, cli, query);
    cs_hits_free(hits);
    return status;
}

int cs__search_run(const struct cs__search_cli *cli)
{
    int printable = cs__hit_renderer_find(cs__search_format_name(cli->format)) != NULL;
    return cs__search_cli_ask(cli, "a search", printable, answer);
}
