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
enum { LINE_SIZE_MAX = 4096, LINES_MAX = 100000, BUCKETS = 27 * 27 };

struct group {
    struct cs__form **forms;
    size_t count, capacity;
    const char *years, *meaning;
};

struct bucket {
    struct cs__form **forms;
    size_t count, capacity;
    int has_terms; /* of all its forms */
};

struct cs__vocabulary {
    struct cs__arena arena;
    struct cs__tokenizer *tokenizer;
    struct bucket buckets[BUCKETS];
    struct group *groups;
    size_t group_count, group_capacity;
};

/* Where a file is being read. */
struct load {
    struct cs__vocabulary *vocabulary;
    const char *file; /* NULL for the built-in lines */
    size_t line;
    uint32_t group; /* the group at hand; UINT32_MAX between groups */
    cs_error *error;
};

static unsigned letter_of(char c)
{
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') + 1 : 0;
}

/* Forms are kept by the first two letters of their first word, which stemming leaves alone. */
static struct bucket *bucket_of(struct cs__vocabulary *vocabulary, const char *text)
{
    unsigned first = letter_of(text[0]), second = text[0] != '\0' ? letter_of(text[1]) : 0;
    return &vocabulary->buckets[first * 27 + second];
}

/* Append to an array in the vocabulary's arena; 0 when memory is out. */
static int append(struct cs__vocabulary *vocabulary, struct cs__form ***forms, size_t *count,
                  size_t *capacity, struct cs__form *form)
{
    if (*count == *capacity) {
        size_t more = *capacity ? *capacity * 2 : 8;
        struct cs__form **items = cs__arena_array(&vocabulary->arena, more, sizeof *items);
        if (items == NULL)
            return 0;
        if (*count > 0)
            memcpy(items, *forms, *count * sizeof *items);
        *forms = items;
        *capacity = more;
    }
    (*forms)[(*count)++] = form;
    return 1;
}

static cs_status read_terms(struct cs__vocabulary *vocabulary, struct cs__form *form)
{
    const char *terms[CS__FORM_TERMS_MAX];
    struct cs__token token;
    if (form->terms != NULL)
        return CS_OK;
    cs__tokenizer_start(vocabulary->tokenizer, form->text, strlen(form->text), CS__TOKENIZE_QUERY);
    for (form->term_count = 0; cs__tokenizer_next(vocabulary->tokenizer, &token); form->term_count++) {
        if (form->term_count == CS__FORM_TERMS_MAX)
            break;
        terms[form->term_count] = cs__arena_copy(&vocabulary->arena, token.term, token.term_size);
        if (terms[form->term_count] == NULL)
            return CS_ERR_NOMEM;
    }
    form->terms = cs__arena_array(&vocabulary->arena, form->term_count + 1, sizeof *form->terms);
    if (form->terms == NULL)
        return CS_ERR_NOMEM;
    memcpy(form->terms, terms, form->term_count * sizeof *terms);
    return CS_OK;
}

/* How many terms a text has: for messages about a user's file. */
static size_t count_terms(struct cs__tokenizer *tokenizer, const char *text)
{
    struct cs__token token;
    size_t count = 0;
    cs__tokenizer_start(tokenizer, text, strlen(text), CS__TOKENIZE_QUERY);
    while (count <= CS__FORM_TERMS_MAX && cs__tokenizer_next(tokenizer, &token))
        count++;
    return count;
}

static int is_form(const struct cs__form *form, const char *const *terms, size_t count)
{
    size_t same = 0;
    while (same < count && form->term_count == count && strcmp(form->terms[same], terms[same]) == 0)
        same++;
    return same == count;
}

static cs_status find_form(struct cs__vocabulary *vocabulary, const char *const *terms, size_t count,
                           struct cs__form **out)
{
    struct bucket *bucket = bucket_of(vocabulary, terms[0]);
    *out = NULL;
    for (size_t i = 0; i < bucket->count && !bucket->has_terms; i++) {
        if (read_terms(vocabulary, bucket->forms[i]) != CS_OK)
            return CS_ERR_NOMEM;
    }
    bucket->has_terms = 1;
    for (size_t i = 0; i < bucket->count && *out == NULL; i++) {
        if (is_form(bucket->forms[i], terms, count))
            *out = bucket->forms[i];
    }
    return CS_OK;
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
static cs_status join_groups(struct load *load, uint32_t from)
{
    struct group *into = &load->vocabulary->groups[load->group], *other = &load->vocabulary->groups[from];
    if (from == load->group)
        return CS_OK;
    for (size_t i = 0; i < other->count; i++) {
        other->forms[i]->group = load->group;
        if (!append(load->vocabulary, &into->forms, &into->count, &into->capacity, other->forms[i]))
            return cs__error_nomem(load->error);
    }
    into->years = into->years != NULL ? into->years : other->years;
    into->meaning = into->meaning != NULL ? into->meaning : other->meaning;
    *other = (struct group){0};
    return CS_OK;
}

/* A form of a user's file that is known already joins its group to the one at hand. */
static cs_status join_known(struct load *load, struct cs__form *form, int *is_known)
{
    struct cs__form *known = NULL;
    cs_status status = read_terms(load->vocabulary, form);
    if (status == CS_OK)
        status = find_form(load->vocabulary, form->terms, form->term_count, &known);
    if (status != CS_OK)
        return cs__error_nomem(load->error);
    *is_known = known != NULL;
    return known != NULL ? join_groups(load, known->group) : CS_OK;
}

static cs_status add_form(struct load *load, const char *text, size_t size, int in_capitals)
{
    struct cs__vocabulary *vocabulary = load->vocabulary;
    int is_known = 0;
    cs_status status = begin_group(load);
    struct cs__form *form = status == CS_OK ? cs__arena_alloc(&vocabulary->arena, sizeof *form) : NULL;
    char *copy = cs__arena_copy(&vocabulary->arena, text, size);
    if (form == NULL || copy == NULL)
        return cs__error_nomem(load->error);
    *form = (struct cs__form){.text = copy, .in_capitals = in_capitals, .group = load->group};
    if (load->file != NULL) {
        size_t terms = count_terms(vocabulary->tokenizer, copy);
        if (terms == 0 || terms > CS__FORM_TERMS_MAX)
            return wrong(load, terms == 0 ? "a form without any word" : "a form has more than 10 words");
        status = join_known(load, form, &is_known);
        if (status != CS_OK || is_known)
            return status;
    }
    struct bucket *bucket = bucket_of(vocabulary, form->terms != NULL ? form->terms[0] : copy);
    struct group *group = &vocabulary->groups[load->group];
    if (!append(vocabulary, &bucket->forms, &bucket->count, &bucket->capacity, form) ||
        !append(vocabulary, &group->forms, &group->count, &group->capacity, form))
        return cs__error_nomem(load->error);
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

cs_status cs__vocabulary_load(struct cs__tokenizer *tokenizer, const char *user_file,
                              struct cs__vocabulary **out, cs_error *error)
{
    struct cs__vocabulary *vocabulary = calloc(1, sizeof *vocabulary);
    struct load load = {.vocabulary = vocabulary, .group = UINT32_MAX, .error = error};
    *out = NULL;
    if (vocabulary == NULL)
        return cs__error_nomem(error);
    vocabulary->tokenizer = tokenizer;
    cs_status status = read_builtin(&load);
    if (status == CS_OK && user_file != NULL)
        status = read_file(&load, user_file);
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

cs_status cs__vocabulary_find(struct cs__vocabulary *vocabulary, const struct cs__typed_term *terms,
                              size_t count, const struct cs__form **out)
{
    const char *plain[CS__FORM_TERMS_MAX];
    struct cs__form *form;
    int in_capitals = 1;
    *out = NULL;
    if (count == 0 || count > CS__FORM_TERMS_MAX)
        return CS_OK;
    for (size_t i = 0; i < count; i++) {
        plain[i] = terms[i].term;
        in_capitals &= terms[i].in_capitals;
    }
    cs_status status = find_form(vocabulary, plain, count, &form);
    if (form != NULL && (!form->in_capitals || in_capitals))
        *out = form;
    return status;
}

size_t cs__vocabulary_group_count(const struct cs__vocabulary *vocabulary)
{
    return vocabulary->group_count;
}

cs_status cs__vocabulary_group(struct cs__vocabulary *vocabulary, uint32_t group, struct cs__form_group *out)
{
    const struct group *found = &vocabulary->groups[group];
    *out = (struct cs__form_group){found->forms, found->count, found->years, found->meaning};
    for (size_t i = 0; i < found->count; i++) {
        if (read_terms(vocabulary, found->forms[i]) != CS_OK)
            return CS_ERR_NOMEM;
    }
    return CS_OK;
}
