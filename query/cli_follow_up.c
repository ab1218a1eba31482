/* SPDX-License-Identifier: MIT */
/* Mode: --follow-up. Areas for improvement go to stdout, and what a person should know about them to stderr.
 */
#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"
#include "query/cli_search.h"
#include "query/render_follow_up.h"

static int print(cs_reader *reader, const cs_follow_up *follow_up, const struct cs__search_cli *cli,
                 const char *query)
{
    struct cs__follow_up_render render = {
        .out = stdout,
        .follow_up = follow_up,
        .query = query,
        .authority = cli->authority,
        .width = cs__terminal_width(stdout),
        .color = cs__terminal_color(stdout, (enum cs__when)cli->color),
        .is_terminal = cs__terminal_is(stdout),
    };
    cs_error error = {0};
    if (cs_reader_identity(reader, &render.identity, &error) != CS_OK) {
        cs__complain("%s", error.message);
        return CS__EXIT_ERROR;
    }
    for (size_t i = 0; cli->format == CS__FORMAT_TEXT && cs_follow_up_note(follow_up, i) != NULL; i++)
        cs__complain("%s", cs_follow_up_note(follow_up, i));
    if (cli->format == CS__FORMAT_TEXT && cs_follow_up_count(follow_up) == 0)
        cs__complain("no area for improvement found");
    if (cs__follow_up_renderer_find(cs__search_format_name(cli->format))->print(&render) != 0 ||
        fflush(stdout) != 0) {
        cs__complain("can't write what came of them");
        return CS__EXIT_ERROR;
    }
    return cs_follow_up_count(follow_up) > 0 ? CS__EXIT_FOUND : CS__EXIT_NOTHING;
}

int cs__follow_up_is_asked(const struct cs__search_cli *cli)
{
    return cli->follow_up;
}

static int answer(cs_reader *reader, const struct cs__search_cli *cli, const char *query)
{
    cs_follow_up *follow_up = NULL;
    cs_error error = {0};
    int status = CS__EXIT_ERROR;
    cs_search_options search = cs__search_cli_options(cli);
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    options.search = &search;
    if (cs_follow_up_build(reader, query, strlen(query), &options, &follow_up, &error) != CS_OK)
        cs__complain("%s", error.message);
    else
        status = print(reader, follow_up, cli, query);
    cs_follow_up_free(follow_up);
    return status;
}

int cs__follow_up_run(const struct cs__search_cli *cli)
{
    int printable = cs__follow_up_renderer_find(cs__search_format_name(cli->format)) != NULL;
    return cs__search_cli_ask(cli, "--follow-up", printable, answer);
}
