/* SPDX-License-Identifier: MIT */
/* Vocabulary: groups of names for one thing, and finding them by their terms. */
#include "query/vocabulary.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/error.h"

/* Generated from query/vocabulary.txt, a string a line. */
static const char *const builtin_lines[] = {
#include "query/vocabulary_txt.h"
};

/* Bounds of a user's file. */
enum { LINE_SIZE_MAX = 4096, LINES_MAX = 100000, BUCKETS = 2048 };

struct entry {
    struct entry *next; /* in its bucket */
    struct cs__form form;
    struct entry *next_of_group;
};

struct group {
    struct entry *first, *last;
    struct cs__form_group view;
    const char *years, *meaning;
};

struct cs__vocabulary {
    struct cs__arena arena;
    struct entry *buckets[BUCKETS];
    struct group *groups;
    size_t group_count, group_capacity;
};

/* Where a file is being read. */
struct load {
    struct cs__vocabulary *vocabulary;
    struct cs__tokenizer *tokenizer;
    const char *file; /* NULL for the built-in lines */
    size_t line;
    uint32_t group; /* the group at hand; UINT32_MAX between groups */
    cs_error *error;
};

static size_t hash_term(size_t hash, const char *term)
{
    for (; *term != '\0'; term++)
        hash = (hash ^ (unsigned char)*term) * 16777619u; /* FNV-1a */
    return (hash ^ ' ') * 16777619u;
}

static size_t bucket_of(const char *const *terms, size_t count)
{
    size_t hash = 2166136261u;
    for (size_t i = 0; i < count; i++)
        hash = hash_term(hash, terms[i]);
    return hash % BUCKETS;
}

static struct entry *find_entry(const struct cs__vocabulary *vocabulary, const char *const *terms,
                                size_t count)
{
    struct entry *entry = vocabulary->buckets[bucket_of(terms, count)];
    for (; entry != NULL; entry = entry->next) {
        size_t same = 0;
        if (entry->form.term_count != count)
            continue;
        while (same < count && strcmp(entry->form.terms[same], terms[same]) == 0)
            same++;
        if (same == count)
            return entry;
    }
    return NULL;
}

static cs_status wrong(const struct load *load, const char *what)
{
    return cs__error_set(load->error, CS_ERR_ARGUMENT, "the vocabulary %s, line %zu: %s",
                         load->file != NULL ? load->file : "(built-in)", load->line, what);
}

static cs_status begin_group(struct load *load)
{
    struct cs__vocabulary *vocabulary = load->vocabulary;
    if (load->group != UINT32_MAX)
        return CS_OK;
    if (vocabulary->group_count == vocabulary->group_capacity) {
        size_t capacity = vocabulary->group_capacity ? vocabulary->group_capacity * 2 : 256;
        struct group *groups = realloc(vocabulary->groups, capacity * sizeof *groups);
        if (groups == NULL)
            return cs__error_nomem(load->error);
        vocabulary->groups = groups;
        vocabulary->group_capacity = capacity;
    }
    load->group = (uint32_t)vocabulary->group_count++;
    vocabulary->groups[load->group] = (struct group){0};
    return CS_OK;
}

/* Everything of group `from` becomes the group at hand's. */
static void join_groups(struct load *load, uint32_t from)
{
    struct group *into = &load->vocabulary->groups[load->group], *other = &load->vocabulary->groups[from];
    if (from == load->group)
        return;
    for (struct entry *entry = other->first; entry != NULL; entry = entry->next_of_group)
        entry->form.group = load->group;
    if (other->last != NULL) {
        other->last->next_of_group = into->first;
        into->first = other->first;
        into->last = into->last != NULL ? into->last : other->last;
    }
    into->years = into->years != NULL ? into->years : other->years;
    into->meaning = into->meaning != NULL ? into->meaning : other->meaning;
    *other = (struct group){0};
}

static cs_status add_entry(struct load *load, const char *text, const char *const *found, size_t count,
                           int in_capitals)
{
    struct cs__vocabulary *vocabulary = load->vocabulary;
    struct entry *entry = cs__arena_alloc(&vocabulary->arena, sizeof *entry);
    const char **terms = cs__arena_array(&vocabulary->arena, count, sizeof *terms);
    struct group *group = &vocabulary->groups[load->group];
    if (entry == NULL || terms == NULL)
        return cs__error_nomem(load->error);
    memcpy(terms, found, count * sizeof *terms);
    entry->form = (struct cs__form){text, terms, count, in_capitals, load->group};
    size_t bucket = bucket_of(terms, count);
    entry->next = vocabulary->buckets[bucket];
    vocabulary->buckets[bucket] = entry;
    if (group->last != NULL)
        group->last->next_of_group = entry;
    else
        group->first = entry;
    group->last = entry;
    return CS_OK;
}

static cs_status add_form(struct load *load, const char *text, size_t size, int in_capitals)
{
    struct cs__arena *arena = &load->vocabulary->arena;
    const char *terms[CS__FORM_TERMS_MAX];
    struct cs__token token;
    size_t count = 0;
    cs_status status = begin_group(load);
    char *copy = cs__arena_copy(arena, text, size);
    if (status != CS_OK || copy == NULL)
        return cs__error_nomem(load->error);
    cs__tokenizer_start(load->tokenizer, copy, size, CS__TOKENIZE_QUERY);
    while (cs__tokenizer_next(load->tokenizer, &token)) {
        if (count == CS__FORM_TERMS_MAX)
            return wrong(load, "a form has more than 10 words");
        if ((terms[count++] = cs__arena_copy(arena, token.term, token.term_size)) == NULL)
            return cs__error_nomem(load->error);
    }
    if (count == 0)
        return wrong(load, "a form without any word");
    struct entry *known = find_entry(load->vocabulary, terms, count);
    if (known == NULL)
        return add_entry(load, copy, terms, count, in_capitals);
    join_groups(load, known->form.group);
    return CS_OK;
}

static cs_status add_forms(struct load *load, const char *value, int in_capitals)
{
    cs_status status = CS_OK;
    while (status == CS_OK && *value != '\0') {
        size_t blank = strspn(value, " \t;"), size = strcspn(value + blank, ";");
        value += blank;
        const char *next = value + size;
        while (size > 0 && (value[size - 1] == ' ' || value[size - 1] == '\t'))
            size--;
        if (size > 0)
            status = add_form(load, value, size, in_capitals);
        value = next;
    }
    return status;
}

static cs_status set_string(struct load *load, const char *value, int is_years)
{
    cs_status status = begin_group(load);
    char *copy = cs__arena_string(&load->vocabulary->arena, value);
    if (status != CS_OK || copy == NULL)
        return cs__error_nomem(load->error);
    struct group *group = &load->vocabulary->groups[load->group];
    *(is_years ? &group->years : &group->meaning) = copy;
    return CS_OK;
}

/* One line, without its end. */
static cs_status read_line(struct load *load, char *line)
{
    load->line++;
    line += strspn(line, " \t");
    size_t size = strlen(line);
    while (size > 0 && strchr(" \t\r\n", line[size - 1]) != NULL)
        line[--size] = '\0';
    if (size == 0) {
        load->group = UINT32_MAX;
        return CS_OK;
    }
    if (*line == '#')
        return CS_OK;
    char *colon = strchr(line, ':');
    if (colon == NULL)
        return wrong(load, "neither `key: value`, nor empty, nor a comment (#)");
    *colon = '\0';
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    if (strcmp(line, "capitals") == 0)
        return add_forms(load, value, 1);
    if (strcmp(line, "short") == 0 || strcmp(line, "long") == 0 || strcmp(line, "also") == 0)
        return add_forms(load, value, 0);
    if (strcmp(line, "years") == 0 || strcmp(line, "means") == 0)
        return set_string(load, value, *line == 'y');
    return wrong(load, "unknown key: there are short, capitals, long, also, years, means");
}

static cs_status read_builtin(struct load *load)
{
    char line[LINE_SIZE_MAX];
    cs_status status = CS_OK;
    for (size_t i = 0; i < sizeof builtin_lines / sizeof builtin_lines[0] && status == CS_OK; i++) {
        snprintf(line, sizeof line, "%s", builtin_lines[i]);
        status = read_line(load, line);
    }
    return status;
}

static cs_status read_file(struct load *load, const char *path)
{
    char line[LINE_SIZE_MAX];
    cs_status status = CS_OK;
    FILE *file = fopen(path, "rb");
    load->file = path;
    load->line = 0;
    load->group = UINT32_MAX;
    if (file == NULL)
        return cs__error_set(load->error, CS_ERR_IO, "the vocabulary %s can't be read: %s", path,
                             strerror(errno));
    while (status == CS_OK && fgets(line, sizeof line, file) != NULL) {
        if (strchr(line, '\n') == NULL && !feof(file))
            status = wrong(load, "longer than 4,095 bytes");
        else if (load->line == LINES_MAX)
            status = wrong(load, "more than 100,000 lines");
        else
            status = read_line(load, line);
    }
    if (status == CS_OK && ferror(file))
        status = cs__error_set(load->error, CS_ERR_IO, "the vocabulary %s can't be read: %s", path,
                               strerror(errno));
    fclose(file);
    return status;
}

static cs_status make_views(struct cs__vocabulary *vocabulary)
{
    for (size_t i = 0; i < vocabulary->group_count; i++) {
        struct group *group = &vocabulary->groups[i];
        size_t count = 0;
        for (const struct entry *entry = group->first; entry != NULL; entry = entry->next_of_group)
            count++;
        const struct cs__form **forms = cs__arena_array(&vocabulary->arena, count, sizeof *forms);
        if (forms == NULL)
            return CS_ERR_NOMEM;
        count = 0;
        for (const struct entry *entry = group->first; entry != NULL; entry = entry->next_of_group)
            forms[count++] = &entry->form;
        group->view = (struct cs__form_group){forms, count, group->years, group->meaning};
    }
    return CS_OK;
}

cs_status cs__vocabulary_load(struct cs__tokenizer *tokenizer, const char *user_file,
                              struct cs__vocabulary **out, cs_error *error)
{
    struct cs__vocabulary *vocabulary = calloc(1, sizeof *vocabulary);
    struct load load = {
        .vocabulary = vocabulary, .tokenizer = tokenizer, .group = UINT32_MAX, .error = error};
    *out = NULL;
    if (vocabulary == NULL)
        return cs__error_nomem(error);
    cs_status status = read_builtin(&load);
    if (status == CS_OK && user_file != NULL)
        status = read_file(&load, user_file);
    if (status == CS_OK && make_views(vocabulary) != CS_OK)
        status = cs__error_nomem(error);
    if (status == CS_OK)
        *out = vocabulary;
    else
        cs__vocabulary_free(vocabulary);
    return status;
}

void cs__vocabulary_free(struct cs__vocabulary *vocabulary)
{
    if (vocabulary == NULL)
        return;
    cs__arena_free(&vocabulary->arena);
    free(vocabulary->groups);
    free(vocabulary);
}

const struct cs__form *cs__vocabulary_find(const struct cs__vocabulary *vocabulary,
                                           const struct cs__typed_term *terms, size_t count)
{
    const char *plain[CS__FORM_TERMS_MAX];
    int in_capitals = 1;
    if (count == 0 || count > CS__FORM_TERMS_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        plain[i] = terms[i].term;
        in_capitals &= terms[i].in_capitals;
    }
    const struct entry *entry = find_entry(vocabulary, plain, count);
    if (entry == NULL || (entry->form.in_capitals && !in_capitals))
        return NULL;
    return &entry->form;
}

size_t cs__vocabulary_group_count(const struct cs__vocabulary *vocabulary)
{
    return vocabulary->group_count;
}

const struct cs__form_group *cs__vocabulary_group(const struct cs__vocabulary *vocabulary, uint32_t group)
{
    return &vocabulary->groups[group].view;
}
