/* SPDX-License-Identifier: MIT */
/* Grids of themes as JSON: one object (`cs-themes/1`), or one theme a line. A cell is a row of a timeline. */
#include <jansson.h>

#include "cli/json.h"
#include "query/render_evidence.h"
#include "query/render_themes.h"
#include "query/render_timeline.h"

static json_t *theme_of(const cs_grid *grid, const cs_grid_theme *theme)
{
    json_t *object = json_object(), *cells = json_array();
    for (size_t i = 0; i < cs_grid_columns(grid); i++)
        json_array_append_new(cells, cs__render_timeline_row(&theme->cells[i]));
    json_object_set_new(object, "theme", cs__json_text(theme->name));
    json_object_set_new(object, "group", cs__json_text(theme->group));
    json_object_set_new(object, "life", cs__json_text(theme->life));
    json_object_set_new(object, "passages", json_integer((json_int_t)theme->passages));
    json_object_set_new(object, "rows", cells);
    return object;
}

int cs__render_themes_json(const struct cs__themes_render *render)
{
    const cs_grid *grid = render->grid;
    struct cs__evidence evidence = {0};
    json_t *object = json_object(), *notes = json_array(), *themes = json_array();
    for (size_t i = 0; cs_grid_note(grid, i) != NULL; i++)
        json_array_append_new(notes, cs__json_text(cs_grid_note(grid, i)));
    for (size_t i = 0; i < cs_grid_columns(grid); i++)
        cs__evidence_add_row(&evidence, cs_grid_column(grid, i));
    for (size_t i = 0; i < cs_grid_themes(grid); i++)
        json_array_append_new(themes, theme_of(grid, cs_grid_theme_get(grid, i)));
    json_object_set_new(object, "format", json_string("cs-themes/1"));
    json_object_set_new(object, "query", cs__json_text(render->query));
    json_object_set_new(object, "notes", notes);
    json_object_set_new(object, "themes", themes);
    json_object_set_new(object, "evidence", cs__evidence_json(&evidence, &render->identity));
    int status = evidence.failed ? -1 : 0;
    cs__evidence_free(&evidence);
    return cs__json_print(render->out, object, render->is_terminal) == 0 ? status : -1;
}

int cs__render_themes_jsonl(const struct cs__themes_render *render)
{
    for (size_t i = 0; i < cs_grid_themes(render->grid); i++) {
        if (cs__json_print(render->out, theme_of(render->grid, cs_grid_theme_get(render->grid, i)), 0) != 0)
            return -1;
    }
    return 0;
}
