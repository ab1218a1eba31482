/* SPDX-License-Identifier: MIT */
/* Themes: reading a file of them. */
#include "query/themes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "query/themes_internal.h"

/* Generated from query/themes.txt, a string a line. */
static const char *const builtin_lines[] = {
#include "query/themes_txt.h"
};

/* Bounds of a user's file. */
enum { LINE_SIZE_MAX = 4096, LINES_MAX = 100000, THEMES_MAX = 1000, ITEMS_MAX = 500 };

/* Where a file is being read. */
struct load {
    struct cs__themes *themes;
    const char *file; /* NULL for the built-in lines */
    size_t line;
    const char *group;
    struct cs__theme *theme; /* the one at hand; NULL between themes */
    cs_error *error;
};

static cs_status wrong(const struct load *load, const char *what)
{
    return cs__error_set(load->error, CS_ERR_ARGUMENT, "the themes %s, line %zu: %s",
                         load->file != NULL ? load->file : "(built-in)", load->line, what);
}

static int add_item(struct cs__arena *arena, struct cs__theme_items *items, const char *text, size_t size)
{
    if (items->count == items->capacity) {
        size_t capacity = items->capacity ? items->capacity * 2 : 16;
        const char **more = cs__arena_array(arena, capacity, sizeof *more);
        if (more == NULL)
            return 0;
        if (items->count > 0)
            memcpy(more, items->items, items->count * sizeof *more);
        items->items = more;
        items->capacity = capacity;
    }
    items->items[items->count] = cs__arena_copy(arena, text, size);
    return items->items[items->count++] != NULL;
}

/* Items between semicolons, without the blanks around them. */
static cs_status add_items(struct load *load, struct cs__theme_items *items, const char *text)
{
    while (*text != '\0') {
        text += strspn(text, " \t;");
        size_t size = strcspn(text, ";"), kept = size;
        while (kept > 0 && (text[kept - 1] == ' ' || text[kept - 1] == '\t'))
            kept--;
        if (kept > 0 && items->count == ITEMS_MAX)
            return wrong(load, "more than 500 items for one key of a theme");
        if (kept > 0 && !add_item(&load->themes->arena, items, text, kept))
            return cs__error_nomem(load->error);
        text += size;
    }
    return CS_OK;
}

/* A new theme, or the old one of this name, emptied. */
static cs_status begin_theme(struct load *load, const char *name)
{
    struct cs__themes *themes = load->themes;
    struct cs__theme *theme = NULL;
    if (*name == '\0')
        return wrong(load, "a theme needs a name");
    for (size_t i = 0; i < themes->count && theme == NULL; i++) {
        if (strcmp(themes->items[i].name, name) == 0)
            theme = &themes->items[i];
    }
    if (theme == NULL && themes->count == THEMES_MAX)
        return wrong(load, "more than 1000 themes");
    if (theme == NULL && themes->count == themes->capacity) {
        size_t capacity = themes->capacity ? themes->capacity * 2 : 128;
        struct cs__theme *items = realloc(themes->items, capacity * sizeof *items);
        if (items == NULL)
            return cs__error_nomem(load->error);
        themes->items = items;
        themes->capacity = capacity;
    }
    if (theme == NULL)
        theme = &themes->items[themes->count++];
    *theme = (struct cs__theme){.name = cs__arena_string(&themes->arena, name), .group = load->group};
    load->theme = theme;
    if (theme->name == NULL || !add_item(&themes->arena, &theme->names, name, strlen(name)))
        return cs__error_nomem(load->error);
    return CS_OK;
}

static cs_status read_pair(struct load *load, const char *key, const char *value)
{
    struct cs__theme *theme = load->theme;
    if (strcmp(key, "group") == 0) {
        load->group = cs__arena_string(&load->themes->arena, value);
        return load->group != NULL ? CS_OK : cs__error_nomem(load->error);
    }
    if (strcmp(key, "theme") == 0)
        return begin_theme(load, value);
    if (theme == NULL)
        return wrong(load, "`theme: NAME` has to come first");
    if (strcmp(key, "also") == 0)
        return add_items(load, &theme->names, value);
    if (strcmp(key, "words") == 0)
        return add_items(load, &theme->words, value);
    if (strcmp(key, "scope") != 0)
        return wrong(load, "unknown key; keys are theme, also, words, scope, group");
    theme->any_scope |= strcmp(value, "any") == 0;
    return theme->any_scope ? CS_OK : add_items(load, &theme->scope, value);
}

static cs_status end_theme(struct load *load)
{
    const struct cs__theme *theme = load->theme;
    load->theme = NULL;
    if (theme == NULL || theme->words.count > 0)
        return CS_OK;
    return cs__error_set(load->error, CS_ERR_ARGUMENT,
                         "the themes %s, line %zu: the theme \"%s\" has no words",
                         load->file != NULL ? load->file : "(built-in)", load->line, theme->name);
}

static cs_status read_line(struct load *load, const char *line)
{
    char key[16];
    size_t end = strlen(line);
    load->line++;
    while (end > 0 && strchr(" \t\r\n", line[end - 1]) != NULL)
        end--;
    if (end == 0)
        return end_theme(load);
    if (*line == '#')
        return CS_OK;
    const char *colon = memchr(line, ':', end);
    if (colon == NULL || (size_t)(colon - line) >= sizeof key)
        return wrong(load, "a line is `key: value`");
    memcpy(key, line, (size_t)(colon - line));
    key[colon - line] = '\0';
    const char *from = colon + 1 + strspn(colon + 1, " \t");
    char *value =
        cs__arena_copy(&load->themes->arena, from, from < line + end ? (size_t)(line + end - from) : 0);
    return value != NULL ? read_pair(load, key, value) : cs__error_nomem(load->error);
}

static cs_status read_builtin(struct load *load)
{
    cs_status status = CS_OK;
    for (size_t i = 0; i < sizeof builtin_lines / sizeof builtin_lines[0] && status == CS_OK; i++)
        status = read_line(load, builtin_lines[i]);
    return status == CS_OK ? end_theme(load) : status;
}

static cs_status read_file(struct load *load)
{
    char line[LINE_SIZE_MAX];
    cs_status status = CS_OK;
    FILE *file = fopen(load->file, "re");
    if (file == NULL)
        return cs__error_set(load->error, CS_ERR_ARGUMENT, "the themes %s can't be read: %s", load->file,
                             strerror(errno));
    while (status == CS_OK && fgets(line, sizeof line, file) != NULL) {
        if (load->line >= LINES_MAX || (strchr(line, '\n') == NULL && !feof(file))) {
            load->line++;
            status = wrong(load, "the file or this line is too long for a list of themes");
        } else {
            status = read_line(load, line);
        }
    }
    fclose(file);
    return status == CS_OK ? end_theme(load) : status;
}

cs_status cs__themes_load(struct cs__tokenizer *tokenizer, const char *user_file, struct cs__themes **out,
                          cs_error *error)
{
    *out = NULL;
    struct cs__themes *themes = calloc(1, sizeof *themes);
    if (themes == NULL)
        return cs__error_nomem(error);
    struct load load = {.themes = themes, .error = error};
    cs_status status = read_builtin(&load);
    if (status == CS_OK && user_file != NULL) {
        load = (struct load){.themes = themes, .file = user_file, .error = error};
        status = read_file(&load);
    }
    if (status == CS_OK && !cs__themes_key(themes, tokenizer))
        status = cs__error_nomem(error);
    if (status == CS_OK)
        *out = themes;
    else
        cs__themes_free(themes);
    return status;
}

void cs__themes_free(struct cs__themes *themes)
{
    if (themes == NULL)
        return;
    cs__arena_free(&themes->arena);
    free(themes->items);
    free(themes);
}

size_t cs__themes_count(const struct cs__themes *themes)
{
    return themes->count;
}

const struct cs__theme *cs__themes_get(const struct cs__themes *themes, size_t i)
{
    return i < themes->count ? &themes->items[i] : NULL;
}
