/* SPDX-License-Identifier: MIT */
/* Ask: any bytes and options -> what a timeline follows. */
#include "query/timeline_ask.h"

#include <ctype.h>
#include <string.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/options.h"
#include "query/lex.h"
#include "query/reader.h"
#include "query/themes_resolve.h"
#include "query/vocabulary.h"

static cs_status parse(const char *text, size_t size, struct cs__query *out, cs_error *error)
{
    struct cs__lexemes lexemes;
    cs_status status = cs__lex(text, size, &lexemes, error);
    if (status == CS_OK)
        status = cs__parse(&lexemes, out, error);
    cs__lexemes_free(&lexemes);
    return status;
}

static int is_blank(const char *text, size_t size)
{
    while (size > 0 && isspace((unsigned char)text[size - 1]))
        size--;
    return size == 0;
}

cs_status cs__request_themes(cs_reader *reader, const cs_timeline_options *options, struct cs__themes **own,
                             const struct cs__themes **out, cs_error *error)
{
    const char *file = options != NULL ? options->themes_file : NULL;
    *own = NULL;
    if (file == NULL)
        return cs__reader_themes(reader, out, error);
    cs_status status = cs__themes_load(reader->tokenizer, file, own, error);
    *out = *own;
    return status;
}

cs_status cs__request_read(cs_reader *reader, const struct cs__themes *themes, const char *query, size_t size,
                           const cs_timeline_options *options, struct cs__request *out, cs_error *error)
{
    *out = (struct cs__request){0};
    cs_status status =
        cs__options_copy(&out->search, sizeof out->search, options != NULL ? options->search : NULL,
                         "CS_SEARCH_OPTIONS_INIT", error);
    if (status == CS_OK)
        status = parse(query, size, &out->query, error);
    out->has_signs_only = out->query.tree == NULL && out->query.field_count == 0 && !is_blank(query, size);
    if (status == CS_OK)
        status = cs__themes_resolve(reader, themes, &out->query, error);
    if (status == CS_OK)
        status = cs__filter_resolve(reader, &out->query, &out->search, &out->arena, &out->notes, &out->filter,
                                    error);
    if (status != CS_OK)
        cs__request_free(out);
    return status;
}

void cs__request_free(struct cs__request *request)
{
    cs__query_free(&request->query);
    cs__arena_free(&request->arena);
    *request = (struct cs__request){0};
}

/* The words of a query without operators, quotation marks and the like; nothing for any other. */
static void plain_words(const struct cs__node *tree, struct cs__buffer *out)
{
    if (tree->kind == CS__NODE_BAG) {
        for (size_t i = 0; i < tree->child_count; i++) {
            size_t before = out->size;
            plain_words(tree->children[i], out);
            if (out->size == before) {
                cs__buffer_clear(out);
                return;
            }
        }
        return;
    }
    if ((tree->kind != CS__NODE_TERM && tree->kind != CS__NODE_PHRASE) || tree->quoted || tree->exact)
        return;
    cs__buffer_string(out, tree->typed);
    cs__buffer_char(out, ' ');
}

static cs_status find_theme(cs_reader *reader, const struct cs__request *request,
                            const struct cs__themes *themes, const struct cs__theme **out, cs_error *error)
{
    struct cs__buffer words = {0};
    *out = NULL;
    if (request->query.tree != NULL && request->query.tree->kind == CS__NODE_THEME)
        *out = request->query.tree->theme;
    if (request->search.exact || request->query.tree == NULL || *out != NULL)
        return CS_OK;
    plain_words(request->query.tree, &words);
    int failed = words.failed;
    if (!failed && words.size > 0)
        *out = cs__themes_find(themes, reader->tokenizer, words.data, words.size);
    cs__buffer_free(&words);
    return failed ? cs__error_nomem(error) : CS_OK;
}

/* The words of a theme are all it takes: no other names for them. */
static cs_status expand_items(cs_reader *reader, const struct cs__theme_items *items,
                              struct cs__expanded *out, cs_error *error)
{
    struct cs__arena work = {0};
    struct cs__expand_options options = {.tokenizer = reader->tokenizer};
    struct cs__node *tree = cs__themes_tree(items, &work);
    cs_status status = CS_OK;
    *out = (struct cs__expanded){0};
    if (tree != NULL)
        status = cs__expand(tree, &options, out, error);
    else if (items->count > 0)
        status = cs__error_nomem(error);
    cs__arena_free(&work);
    return status;
}

cs_status cs__ask_theme(cs_reader *reader, const struct cs__theme *theme, struct cs__asked *out,
                        cs_error *error)
{
    *out = (struct cs__asked){.theme = theme, .match = CS_MATCH_ALL};
    cs_status status = expand_items(reader, &theme->words, &out->words, error);
    if (status == CS_OK)
        status = expand_items(reader, &theme->scope, &out->scope, error);
    if (status != CS_OK)
        cs__asked_free(out);
    return status;
}

static cs_status ask_words(cs_reader *reader, const struct cs__request *request, struct cs__asked *out,
                           cs_error *error)
{
    struct cs__expand_options options = {.tokenizer = reader->tokenizer, .exact = request->search.exact};
    cs_status status = CS_OK;
    *out = (struct cs__asked){.match = request->search.match == CS_MATCH_ANY ? CS_MATCH_ANY : CS_MATCH_ALL};
    if (!options.exact && reader->vocabulary == NULL)
        status = cs__vocabulary_load(reader->tokenizer, reader->vocabulary_file, &reader->vocabulary, error);
    options.vocabulary = reader->vocabulary;
    if (status == CS_OK)
        status = cs__expand(request->query.tree, &options, &out->words, error);
    out->asks_for_nothing =
        out->words.tree == NULL && (request->query.tree != NULL || request->has_signs_only);
    return status;
}

cs_status cs__ask(cs_reader *reader, const struct cs__request *request, const struct cs__themes *themes,
                  struct cs__asked *out, cs_error *error)
{
    const struct cs__theme *theme;
    *out = (struct cs__asked){0};
    cs_status status = find_theme(reader, request, themes, &theme, error);
    if (status != CS_OK)
        return status;
    return theme != NULL ? cs__ask_theme(reader, theme, out, error) : ask_words(reader, request, out, error);
}

void cs__asked_free(struct cs__asked *asked)
{
    cs__expanded_free(&asked->words);
    cs__expanded_free(&asked->scope);
    *asked = (struct cs__asked){0};
}
