/* SPDX-License-Identifier: MIT */
/* Mode: --themes. The grid goes to stdout, and what a person should know about it to stderr. */
#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"
#include "query/cli_search.h"
#include "query/render_themes.h"

static int anything_said(const cs_grid *grid)
{
    for (size_t i = 0; i < cs_grid_themes(grid); i++) {
        if (cs_grid_theme_get(grid, i)->passages > 0)
            return 1;
    }
    return 0;
}

/* The authority that all of it is about; NULL when there is none, or several. */
static const char *authority_of(const cs_grid *grid)
{
    const char *name = NULL;
    for (size_t i = 0; i < cs_grid_columns(grid); i++) {
        const cs_visit *visit = cs_grid_column(grid, i)->visit;
        if (visit == NULL || visit->authority == NULL ||
            (name != NULL && strcmp(name, visit->authority) != 0))
            return NULL;
        name = visit->authority;
    }
    return name;
}

static int print(cs_reader *reader, const cs_grid *grid, const struct cs__search_cli *cli, const char *query)
{
    struct cs__themes_render render = {
        .out = stdout,
        .grid = grid,
        .query = query,
        .authority = authority_of(grid),
        .width = cs__terminal_width(stdout),
        .color = cs__terminal_color(stdout, (enum cs__when)cli->color),
        .is_terminal = cs__terminal_is(stdout),
    };
    cs_error error = {0};
    if (cs_reader_identity(reader, &render.identity, &error) != CS_OK) {
        cs__complain("%s", error.message);
        return CS__EXIT_ERROR;
    }
    for (size_t i = 0; cli->format == CS__FORMAT_TEXT && cs_grid_note(grid, i) != NULL; i++)
        cs__complain("%s", cs_grid_note(grid, i));
    if (cs__themes_renderer_find(cs__search_format_name(cli->format))->print(&render) != 0 ||
        fflush(stdout) != 0) {
        cs__complain("can't write the grid");
        return CS__EXIT_ERROR;
    }
    return anything_said(grid) ? CS__EXIT_FOUND : CS__EXIT_NOTHING;
}

int cs__themes_is_asked(const struct cs__search_cli *cli)
{
    return cli->themes;
}

static int answer(cs_reader *reader, const struct cs__search_cli *cli, const char *query)
{
    cs_grid *grid = NULL;
    cs_error error = {0};
    int status = CS__EXIT_ERROR;
    cs_search_options search = cs__search_cli_options(cli);
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    options.search = &search;
    if (cs_grid_build(reader, query, strlen(query), &options, &grid, &error) != CS_OK)
        cs__complain("%s", error.message);
    else
        status = print(reader, grid, cli, query);
    cs_grid_free(grid);
    return status;
}

int cs__themes_run(const struct cs__search_cli *cli)
{
    int printable = cs__themes_renderer_find(cs__search_format_name(cli->format)) != NULL;
    return cs__search_cli_ask(cli, "--themes", printable, answer);
}
