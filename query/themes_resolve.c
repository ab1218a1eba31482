/* SPDX-License-Identifier: MIT */
/* Resolve: the `theme:NAME` of a parsed query -> the themes they name. */
#include "query/themes_resolve.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/error.h"
#include "query/spelling.h"

/* A name is near when at most a third of its bytes are other ones; one that has the word in it is nearer than
 * any misspelling of more than one edit. */
enum { BYTES_AN_EDIT = 3, DISTANCE_PART = 1, DISTANCE_NONE = 1000 };

static unsigned distance_to(const char *wanted, const char *name)
{
    size_t size = strlen(wanted), name_size = strlen(name);
    unsigned edits = cs__edit_distance(wanted, size, name, name_size);
    unsigned most = (unsigned)((size < name_size ? size : name_size) / BYTES_AN_EDIT);
    if (size > 2 && strcasestr(name, wanted) != NULL && edits > DISTANCE_PART)
        return DISTANCE_PART;
    return edits <= most ? edits : DISTANCE_NONE;
}

static unsigned distance_of(const char *wanted, const struct cs__theme *theme)
{
    unsigned least = DISTANCE_NONE;
    for (size_t i = 0; i < theme->names.count; i++) {
        unsigned distance = distance_to(wanted, theme->names.items[i]);
        least = distance < least ? distance : least;
    }
    return least;
}

size_t cs__themes_near(const struct cs__themes *themes, const char *name,
                       const char *out[CS__THEMES_NEAR_MAX])
{
    unsigned distances[CS__THEMES_NEAR_MAX];
    size_t count = 0;
    for (size_t i = 0; i < cs__themes_count(themes); i++) {
        const struct cs__theme *theme = cs__themes_get(themes, i);
        unsigned distance = distance_of(name, theme);
        size_t at = count;
        while (at > 0 && distance < distances[at - 1])
            at--;
        if (distance == DISTANCE_NONE || at == CS__THEMES_NEAR_MAX)
            continue;
        count += count < CS__THEMES_NEAR_MAX;
        memmove(&out[at + 1], &out[at], (count - 1 - at) * sizeof *out);
        memmove(&distances[at + 1], &distances[at], (count - 1 - at) * sizeof *distances);
        out[at] = theme->name;
        distances[at] = distance;
    }
    return count;
}

static int note_unknown(const struct cs__themes *themes, struct cs__query *query, const char *name)
{
    const char *near[CS__THEMES_NEAR_MAX];
    char names[512] = "";
    size_t count = cs__themes_near(themes, name, near), size = 0;
    for (size_t i = 0; i < count && size < sizeof names; i++)
        size += (size_t)snprintf(names + size, sizeof names - size, "%s%.100s", i == 0 ? " (near: " : ", ",
                                 near[i]);
    return cs__notes_add(&query->notes, &query->arena, "No theme is named \"%.80s\"%s%s; read as words.",
                         name, names, count > 0 ? ")" : "");
}

/* Whether the text is one word, and no operator, also where it is typed without `theme:`. */
static int is_one_word(const char *text)
{
    static const char *const operators[] = {"AND", "OR", "NOT", "NEAR"};
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (strcmp(text, operators[i]) == 0)
            return 0;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (!isalnum((unsigned char)*at) && (at == text || at[1] == '\0' || (*at != '-' && *at != '\'')))
            return 0;
    }
    return 1;
}

struct resolver {
    cs_reader *reader;
    const struct cs__themes *themes;
    struct cs__query *query;
    cs_error *error;
};

static cs_status resolve_leaf(struct resolver *resolver, struct cs__node *node)
{
    cs_status status = CS_OK;
    if (resolver->themes == NULL)
        status = cs__reader_themes(resolver->reader, &resolver->themes, resolver->error);
    if (status != CS_OK)
        return status;
    node->theme =
        cs__themes_find(resolver->themes, resolver->reader->tokenizer, node->typed, strlen(node->typed));
    if (node->theme != NULL)
        return CS_OK;
    node->kind = is_one_word(node->typed) ? CS__NODE_TERM : CS__NODE_PHRASE;
    node->quoted = node->kind == CS__NODE_PHRASE;
    return note_unknown(resolver->themes, resolver->query, node->typed) ? CS_OK
                                                                        : cs__error_nomem(resolver->error);
}

static cs_status resolve(struct resolver *resolver, struct cs__node *node)
{
    cs_status status = node->kind == CS__NODE_THEME ? resolve_leaf(resolver, node) : CS_OK;
    for (size_t i = 0; i < node->child_count && status == CS_OK; i++)
        status = resolve(resolver, node->children[i]);
    return status;
}

cs_status cs__themes_resolve(cs_reader *reader, const struct cs__themes *themes, struct cs__query *query,
                             cs_error *error)
{
    struct resolver resolver = {.reader = reader, .themes = themes, .query = query, .error = error};
    return query->tree != NULL ? resolve(&resolver, query->tree) : CS_OK;
}

cs_status cs__reader_themes(cs_reader *reader, const struct cs__themes **out, cs_error *error)
{
    cs_status status = CS_OK;
    if (reader->themes == NULL)
        status = cs__themes_load(reader->tokenizer, reader->themes_file, &reader->themes, error);
    *out = reader->themes;
    return status;
}
