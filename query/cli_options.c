/* SPDX-License-Identifier: MIT */
/* The option table of cs-search, and what options mean to the library. */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/index_path.h"
#include "cli/terminal.h"
#include "query/cli_search.h"

#define AT(member) offsetof(struct cs__search_cli, member)
#define FORMATS "text|json|jsonl|csv|html|kwic|trec"

static const struct cs__option options[] = {
    {.name = "index",
     .letter = 'd',
     .kind = CS__OPTION_TEXT,
     .offset = AT(index),
     .argument = "FILE",
     .help = "the index; default $CS_INDEX, else ~/.local/share/cs-search/index.db",
     .completes = "file"},
    {.name = "limit",
     .letter = 'n',
     .kind = CS__OPTION_NUMBER,
     .offset = AT(limit),
     .argument = "N",
     .help = "passages to print (10)",
     .min = 1,
     .max = 1000000},
    {.name = "offset",
     .kind = CS__OPTION_NUMBER,
     .offset = AT(offset),
     .argument = "N",
     .help = "passages to leave out first",
     .max = 1000000000},
    {.name = "format",
     .letter = 'f',
     .kind = CS__OPTION_CHOICE,
     .offset = AT(format),
     .argument = FORMATS,
     .help = "how to print"},
    {.name = "color",
     .kind = CS__OPTION_CHOICE,
     .offset = AT(color),
     .argument = "auto|always|never",
     .help = "mark matches in colour"},
    {.name = "context",
     .kind = CS__OPTION_NUMBER,
     .offset = AT(context),
     .argument = "N",
     .help = "sentences to show around the answering one",
     .max = 1000},
    {.name = "explain",
     .kind = CS__OPTION_FLAG,
     .offset = AT(explain),
     .help = "print the parts of each score"},
    {.name = "match",
     .kind = CS__OPTION_CHOICE,
     .offset = AT(match),
     .argument = "auto|all|any",
     .group = "Matching",
     .help = "how words combine; auto: all, else all in a section, else most"},
    {.name = "exact",
     .kind = CS__OPTION_FLAG,
     .offset = AT(exact),
     .help = "words as they stand: no other forms"},
    {.name = "sort",
     .kind = CS__OPTION_CHOICE,
     .offset = AT(sort),
     .argument = "relevance|date",
     .help = "best first, or newest visit first"},
    {.name = "no-fold",
     .kind = CS__OPTION_FLAG,
     .offset = AT(no_fold),
     .help = "every passage, also those that only repeat their source"},
    {.name = "vocabulary",
     .kind = CS__OPTION_TEXT,
     .offset = AT(vocabulary),
     .argument = "FILE",
     .help = "short and long forms of your own, beside the built-in ones",
     .completes = "file"},
    {.name = "since",
     .is_field = 1,
     .kind = CS__OPTION_TEXT,
     .offset = AT(since),
     .argument = "DATE",
     .group = "Filters",
     .help = "visited (else published) on this date or later"},
    {.name = "until",
     .is_field = 1,
     .kind = CS__OPTION_TEXT,
     .offset = AT(until),
     .argument = "DATE",
     .help = "visited (else published) on this date or earlier"},
    {.name = "published-since",
     .kind = CS__OPTION_TEXT,
     .offset = AT(published_since),
     .argument = "DATE",
     .help = "published on this date or later"},
    {.name = "published-until",
     .kind = CS__OPTION_TEXT,
     .offset = AT(published_until),
     .argument = "DATE",
     .help = "published on this date or earlier"},
    {.name = "judgement",
     .is_field = 1,
     .kind = CS__OPTION_TEXT,
     .offset = AT(judgement),
     .argument = "J[..J]",
     .help = "judgement of the passage's section, else of the document, else standing",
     .completes = "judgement"},
    {.name = "overall",
     .is_field = 1,
     .kind = CS__OPTION_TEXT,
     .offset = AT(overall),
     .argument = "J[..J]",
     .help = "overall judgement of the document",
     .completes = "judgement"},
    {.name = "authority",
     .is_field = 1,
     .kind = CS__OPTION_TEXT,
     .offset = AT(authority),
     .argument = "NAME",
     .help = "this local authority",
     .completes = "authority"},
    {.name = "kind",
     .is_field = 1,
     .kind = CS__OPTION_TEXT,
     .offset = AT(kind),
     .argument = "KIND",
     .help = "this kind of document, e.g. inspection-report or article",
     .completes = "kind"},
    {.name = "visit",
     .is_field = 1,
     .kind = CS__OPTION_TEXT,
     .offset = AT(visit),
     .argument = "ID",
     .help = "this visit, e.g. herefordshire/2023-06-28",
     .completes = "visit"},
    {.name = "section",
     .is_field = 1,
     .kind = CS__OPTION_TEXT,
     .offset = AT(section),
     .argument = "WORDS",
     .help = "sections whose heading has these words"},
    {.name = "area",
     .is_field = 1,
     .kind = CS__OPTION_TEXT,
     .offset = AT(area),
     .argument = "AREA",
     .help = "sections on this area, e.g. care or leadership",
     .completes = "area"},
    {.name = "timeline",
     .kind = CS__OPTION_FLAG,
     .offset = AT(timeline),
     .group = "Themes across visits",
     .help = "follow the query from visit to visit: how much was said, and in which tone"},
    {.name = "themes",
     .kind = CS__OPTION_FLAG,
     .offset = AT(themes),
     .help = "all themes by visit, a sign a cell; of the query, fields filter and words name themes"},
    {.name = "compare",
     .kind = CS__OPTION_PAIR,
     .offset = AT(compare),
     .argument = "VISIT VISIT",
     .help = "two visits side by side: what is new, gone, said in another tone",
     .completes = "visit"},
    {.name = "follow-up",
     .kind = CS__OPTION_FLAG,
     .offset = AT(follow_up),
     .help = "areas for improvement, and what later visits said of each"},
    {.name = "theme-file",
     .kind = CS__OPTION_TEXT,
     .offset = AT(theme_file),
     .argument = "FILE",
     .help = "themes of your own, beside the built-in ones",
     .completes = "file"},
    {.name = "batch",
     .kind = CS__OPTION_TEXT,
     .offset = AT(batch),
     .argument = "FILE",
     .group = "Other tasks",
     .help = "many queries, ID<TAB>QUERY a line; prints JSON Lines, or trec",
     .completes = "file"},
    {.name = "tone",
     .kind = CS__OPTION_TEXT,
     .offset = AT(tone),
     .argument = "FILE",
     .help = "the tone of sentences, one a line; prints JSON Lines, needs no index",
     .completes = "file"},
    {.name = "serve",
     .kind = CS__OPTION_TEXT,
     .offset = AT(serve),
     .argument = "stdio",
     .help = "answer requests of editors and other tools (Model Context Protocol), a line each",
     .completes = "=stdio"},
};

const struct cs__program cs__search_program = {
    .name = "cs-search",
    .operands = "QUERY...",
    .summary = "Search inspection reports, letters and articles, and show the passages that answer.",
    .after = "A query is words, \"phrases\", begin*, a NEAR/5 b, AND OR NOT - ( ), and fields like\n"
             "authority:Leeds judgement:inadequate..good since:2023-06; see cs-query(7).\n"
             "\n"
             "Exit status: 0 found, 1 nothing found, 2 error.\n",
    .dash_hint = "to search for what is not to be there, write -- before the query",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
};

static const char *const format_names[] = {"text", "json", "jsonl", "csv", "html", "kwic", "trec"};

const char *cs__search_format_name(int format)
{
    return format_names[format];
}

cs_search_options cs__search_cli_options(const struct cs__search_cli *cli)
{
    cs_search_options out = CS_SEARCH_OPTIONS_INIT;
    out.limit = cli->limit;
    out.offset = cli->offset;
    out.match = (cs_match_mode)cli->match;
    out.sort = (cs_sort)cli->sort;
    out.since = cli->since;
    out.until = cli->until;
    out.published_since = cli->published_since;
    out.published_until = cli->published_until;
    out.judgement = cli->judgement;
    out.overall = cli->overall;
    out.authority = cli->authority;
    out.kind = cli->kind;
    out.visit = cli->visit;
    out.section = cli->section;
    out.area = cli->area;
    out.exact = cli->exact;
    out.no_fold = cli->no_fold;
    out.explain = cli->explain;
    out.context = cli->context;
    out.by_document = out.bare = cli->format == CS__FORMAT_TREC;
    return out;
}

/* A file of the user's own, where there is one; to be freed. */
static char *own_file(const char *name)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    const char *folder = config != NULL && *config == '/' ? config : home;
    const char *rest = folder == config ? "/cs-search/" : "/.config/cs-search/";
    size_t size = folder != NULL ? strlen(folder) + strlen(rest) + strlen(name) + 1 : 0;
    char *path = size > 0 ? malloc(size) : NULL;
    if (path == NULL)
        return NULL;
    snprintf(path, size, "%s%s%s", folder, rest, name);
    if (access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

char *cs__search_cli_query(const struct cs__search_cli *cli)
{
    size_t size = 1;
    for (size_t i = 0; i < cli->word_count; i++)
        size += strlen(cli->words[i]) + 1;
    char *query = malloc(size), *at = query;
    if (query == NULL)
        return NULL;
    for (size_t i = 0; i < cli->word_count; i++)
        at += sprintf(at, "%s%s", i > 0 ? " " : "", cli->words[i]);
    *at = '\0';
    return query;
}

cs_reader *cs__search_cli_try_open(const struct cs__search_cli *cli, cs_error *error)
{
    cs_reader *reader = NULL;
    cs_reader_options reader_options = CS_READER_OPTIONS_INIT;
    char *path = cs__index_path(cli->index);
    char *vocabulary = cli->vocabulary == NULL ? own_file("vocabulary.txt") : NULL;
    char *themes = cli->theme_file == NULL ? own_file("themes.txt") : NULL;
    reader_options.vocabulary_file = cli->vocabulary != NULL ? cli->vocabulary : vocabulary;
    reader_options.themes_file = cli->theme_file != NULL ? cli->theme_file : themes;
    *error = (cs_error){CS_ERR_NOT_FOUND,
                        "no index was named, and there is no home folder to look in: use -d FILE"};
    if (path != NULL)
        cs_reader_open(path, &reader_options, &reader, error);
    free(path);
    free(vocabulary);
    free(themes);
    return reader;
}

cs_reader *cs__search_cli_open(const struct cs__search_cli *cli)
{
    cs_error error = {0};
    cs_reader *reader = cs__search_cli_try_open(cli, &error);
    if (reader == NULL)
        cs__complain("%s", error.message);
    return reader;
}

void cs__complain(const char *format, ...)
{
    va_list arguments;
    char *message = NULL;
    va_start(arguments, format);
    int size = vasprintf(&message, format, arguments);
    va_end(arguments);
    fputs("cs-search: ", stderr);
    if (size >= 0)
        cs__terminal_print(stderr, message, (size_t)size); /* it may quote a document from the web */
    else
        fputs("out of memory", stderr);
    putc('\n', stderr);
    free(size >= 0 ? message : NULL);
}
