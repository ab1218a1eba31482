/* SPDX-License-Identifier: MIT */
/* Completion: which option, value or operand the last word is, and what can stand there. */
#include "cli/completion.h"

#include <string.h>
#include <strings.h>

/* Names of options, with their dashes. */
enum { NAME_SIZE = 64 };

/* What the words before the last one come to. */
struct state {
    const struct cs__program *program;
    const struct cs__option *pending; /* the option whose argument is to come; NULL for none */
    const char *index;
    int only_operands;
};

void cs__candidate(const struct cs__candidates *candidates, const char *text, const char *about)
{
    if (strncasecmp(text, candidates->word, strlen(candidates->word)) != 0)
        return;
    fprintf(candidates->out, "%s%s", candidates->lead, text);
    if (about != NULL)
        fprintf(candidates->out, "\t%s", about);
    putc('\n', candidates->out);
}

void cs__candidate_words(const struct cs__candidates *candidates, const char *words)
{
    char word[NAME_SIZE];
    for (;;) {
        size_t size = strcspn(words, "|");
        snprintf(word, sizeof word, "%.*s", (int)size, words);
        cs__candidate(candidates, word, NULL);
        if (words[size] == '\0')
            return;
        words += size + 1;
    }
}

static const struct cs__option *find(const struct cs__program *program, const char *name, size_t size)
{
    for (size_t i = 0; i < program->option_count; i++) {
        const struct cs__option *option = &program->options[i];
        if (strlen(option->name) == size && memcmp(option->name, name, size) == 0)
            return option;
    }
    return NULL;
}

static const struct cs__option *find_letter(const struct cs__program *program, char letter)
{
    for (size_t i = 0; i < program->option_count; i++) {
        if (program->options[i].letter == letter && letter != '\0')
            return &program->options[i];
    }
    return NULL;
}

/* The option that a word is, and the argument that stands in it; NULL where there is none. */
static const struct cs__option *option_of(const struct cs__program *program, const char *word,
                                          const char **argument)
{
    *argument = NULL;
    if (strncmp(word, "--", 2) == 0) {
        size_t size = strcspn(word + 2, "=");
        *argument = word[2 + size] == '=' ? word + 3 + size : NULL;
        return find(program, word + 2, size);
    }
    const struct cs__option *option = NULL;
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        option = find_letter(program, *letter);
        if (option == NULL || option->kind == CS__OPTION_FLAG)
            continue;
        *argument = letter[1] != '\0' ? letter + 1 : NULL;
        break;
    }
    return option;
}

static void note_value(struct state *state, const struct cs__option *option, const char *value)
{
    if (option != NULL && strcmp(option->name, "index") == 0)
        state->index = value;
}

static void read_words(struct state *state, int count, char **words)
{
    for (int i = 0; i < count; i++) {
        const char *argument;
        if (state->only_operands || words[i][0] != '-' || words[i][1] == '\0')
            continue;
        if (strcmp(words[i], "--") == 0) {
            state->only_operands = 1;
            continue;
        }
        const struct cs__option *option = option_of(state->program, words[i], &argument);
        if (option == NULL || option->kind == CS__OPTION_FLAG)
            continue;
        note_value(state, option, argument);
        int wanted = (option->kind == CS__OPTION_PAIR ? 2 : 1) - (argument != NULL);
        if (i + wanted >= count)
            state->pending = wanted > 0 ? option : NULL;
        if (wanted > 0 && i + 1 < count)
            note_value(state, option, words[i + 1]);
        i += wanted;
    }
}

static void complete_value(const struct state *state, const struct cs__option *option,
                           const struct cs__candidates *candidates)
{
    if (option->completes != NULL && *option->completes == '=')
        cs__candidate_words(candidates, option->completes + 1);
    else if (option->completes != NULL)
        cs__candidate_values(candidates, option->completes, state->index);
    else if (option->kind == CS__OPTION_CHOICE)
        cs__candidate_words(candidates, option->argument);
}

static void complete_name(const struct state *state, const struct cs__candidates *candidates)
{
    char name[NAME_SIZE];
    for (size_t i = 0; i < state->program->option_count; i++) {
        const struct cs__option *option = &state->program->options[i];
        snprintf(name, sizeof name, "--%s", option->name);
        cs__candidate(candidates, name, option->help);
    }
    cs__candidate(candidates, "--help", "print the options");
    cs__candidate(candidates, "--version", "print the version");
}

/* The values of an option that stand in its own word: --kind=article, -fjson. */
static void complete_attached(const struct state *state, const char *word)
{
    char lead[NAME_SIZE];
    const char *argument;
    const struct cs__option *option = option_of(state->program, word, &argument);
    if (option == NULL || argument == NULL || option->kind == CS__OPTION_FLAG)
        return;
    snprintf(lead, sizeof lead, "%.*s", (int)(argument - word), word);
    complete_value(state, option, &(struct cs__candidates){stdout, lead, argument});
}

/* A word of a query: the name of a field, or its value. */
static void complete_field(const struct state *state, const char *word)
{
    char name[NAME_SIZE], lead[NAME_SIZE];
    size_t size = strcspn(word, ":");
    const struct cs__candidates names = {stdout, "", word};
    for (size_t i = 0; i < state->program->option_count; i++) {
        const struct cs__option *option = &state->program->options[i];
        snprintf(name, sizeof name, "%s:", option->name);
        if (!option->is_field)
            continue;
        if (word[size] == '\0')
            cs__candidate(&names, name, option->help);
        else if (strncmp(word, name, size + 1) == 0) {
            snprintf(lead, sizeof lead, "%.*s", (int)size + 1, word);
            complete_value(state, option, &(struct cs__candidates){stdout, lead, word + size + 1});
        }
    }
}

static void complete(const struct state *state, const char *word)
{
    const struct cs__candidates plain = {stdout, "", word};
    int is_dashed = !state->only_operands && *word == '-';
    if (state->pending != NULL)
        complete_value(state, state->pending, &plain);
    else if (is_dashed && (strchr(word, '=') != NULL || (word[1] != '-' && word[1] != '\0')))
        complete_attached(state, word);
    else if (is_dashed)
        complete_name(state, &plain);
    else if (strcmp(state->program->operands, "PATH...") == 0)
        cs__candidate_values(&plain, "file", NULL);
    else
        complete_field(state, word);
}

int cs__completion_asked(const struct cs__program *program, int argc, char **argv)
{
    struct state state = {program, NULL, NULL, 0};
    if (argc < 3 || strcmp(argv[1], "--complete") != 0)
        return 0;
    read_words(&state, argc - 3, argv + 2);
    complete(&state, argv[argc - 1]);
    return 1;
}
