/* SPDX-License-Identifier: MIT */
/* Mode: --timeline. The timeline goes to stdout, and what a person should know about it to stderr. */
#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"
#include "query/cli_search.h"
#include "query/render_timeline.h"

enum { PAGE_LIMIT = 200 };

/* The authority that all of it is about; NULL when there is none, or several. */
static const char *authority_of(const cs_timeline *timeline)
{
    const char *name = NULL;
    for (size_t i = 0; i < cs_timeline_count(timeline); i++) {
        const cs_visit *visit = cs_timeline_get(timeline, i)->visit;
        if (visit == NULL || visit->authority == NULL ||
            (name != NULL && strcmp(name, visit->authority) != 0))
            return NULL;
        name = visit->authority;
    }
    return name;
}

static int print(cs_reader *reader, const cs_timeline *timeline, const struct cs__search_cli *cli,
                 const char *query)
{
    const struct cs__timeline_renderer *renderer =
        cs__timeline_renderer_find(cs__search_format_name(cli->format));
    struct cs__timeline_render render = {
        .out = stdout,
        .timeline = timeline,
        .query = query,
        .authority = authority_of(timeline),
        .width = cs__terminal_width(stdout),
        .color = cs__terminal_color(stdout, (enum cs__when)cli->color),
        .is_terminal = cs__terminal_is(stdout),
    };
    cs_error error = {0};
    if (cs_reader_identity(reader, &render.identity, &error) != CS_OK) {
        cs__complain("%s", error.message);
        return CS__EXIT_ERROR;
    }
    for (size_t i = 0; cli->format == CS__FORMAT_TEXT && cs_timeline_note(timeline, i) != NULL; i++)
        cs__complain("%s", cs_timeline_note(timeline, i));
    if (renderer->print(&render) != 0 || fflush(stdout) != 0) {
        cs__complain("can't write the timeline");
        return CS__EXIT_ERROR;
    }
    return cs_timeline_passages(timeline) > 0 ? CS__EXIT_FOUND : CS__EXIT_NOTHING;
}

int cs__timeline_is_asked(const struct cs__search_cli *cli)
{
    return cli->timeline;
}

static int answer(cs_reader *reader, const struct cs__search_cli *cli, const char *query)
{
    cs_timeline *timeline = NULL;
    cs_error error = {0};
    int status = CS__EXIT_ERROR;
    cs_search_options search = cs__search_cli_options(cli);
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    /* Text shows the best sentence of each row; a page shows every passage, or nearly. */
    if (search.limit == 0 && cli->format == CS__FORMAT_TEXT)
        search.limit = 1;
    if (search.limit == 0 && cli->format == CS__FORMAT_HTML)
        search.limit = PAGE_LIMIT;
    options.search = &search;
    if (cs_timeline_build(reader, query, strlen(query), &options, &timeline, &error) != CS_OK)
        cs__complain("%s", error.message);
    else
        status = print(reader, timeline, cli, query);
    cs_timeline_free(timeline);
    return status;
}

int cs__timeline_run(const struct cs__search_cli *cli)
{
    int printable = cs__timeline_renderer_find(cs__search_format_name(cli->format)) != NULL;
    return cs__search_cli_ask(cli, "--timeline", printable, answer);
}
