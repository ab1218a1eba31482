/* SPDX-License-Identifier: MIT */
/* Mode: --compare. The comparison goes to stdout, and what a person should know about it to stderr. */
#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"
#include "query/cli_search.h"
#include "query/render_compare.h"

/* With a query, whether anybody says something on it; without, there is always something to compare. */
static int anything_said(const cs_comparison *comparison, const char *query)
{
    return *query == '\0' || cs_comparison_passages(comparison) > 0;
}

static int print(cs_reader *reader, const cs_comparison *comparison, const struct cs__search_cli *cli,
                 const char *query)
{
    struct cs__compare_render render = {
        .out = stdout,
        .comparison = comparison,
        .query = query,
        .limit = cli->limit > 0 ? cli->limit : CS__COMPARED_SHOWN,
        .width = cs__terminal_width(stdout),
        .color = cs__terminal_color(stdout, (enum cs__when)cli->color),
        .is_terminal = cs__terminal_is(stdout),
    };
    cs_error error = {0};
    if (cs_reader_identity(reader, &render.identity, &error) != CS_OK) {
        cs__complain("%s", error.message);
        return CS__EXIT_ERROR;
    }
    for (size_t i = 0; cli->format == CS__FORMAT_TEXT && cs_comparison_note(comparison, i) != NULL; i++)
        cs__complain("%s", cs_comparison_note(comparison, i));
    if (cs__compare_renderer_find(cs__search_format_name(cli->format))->print(&render) != 0 ||
        fflush(stdout) != 0) {
        cs__complain("can't write the comparison");
        return CS__EXIT_ERROR;
    }
    return anything_said(comparison, query) ? CS__EXIT_FOUND : CS__EXIT_NOTHING;
}

int cs__compare_is_asked(const struct cs__search_cli *cli)
{
    return cli->compare[0] != NULL;
}

static int answer(cs_reader *reader, const struct cs__search_cli *cli, const char *query)
{
    cs_comparison *comparison = NULL;
    cs_error error = {0};
    int status = CS__EXIT_ERROR;
    cs_search_options search = cs__search_cli_options(cli);
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    options.search = &search;
    if (cs_comparison_build(reader, cli->compare[0], cli->compare[1], query, strlen(query), &options,
                            &comparison, &error) != CS_OK)
        cs__complain("%s", error.message);
    else
        status = print(reader, comparison, cli, query);
    cs_comparison_free(comparison);
    return status;
}

int cs__compare_run(const struct cs__search_cli *cli)
{
    int printable = cs__compare_renderer_find(cs__search_format_name(cli->format)) != NULL;
    return cs__search_cli_ask(cli, "--compare", printable, answer);
}
