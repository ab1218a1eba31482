/* SPDX-License-Identifier: MIT */
/* Search: the stages of a query, one after the other. Input: any bytes and options; output: hits. */
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/options.h"
#include "query/continue.h"
#include "query/documents.h"
#include "query/expand.h"
#include "query/feedback.h"
#include "query/filter.h"
#include "query/fold.h"
#include "query/hits.h"
#include "query/loosen.h"
#include "query/named.h"
#include "query/parse.h"
#include "query/plan.h"
#include "query/reader.h"
#include "query/rerank.h"
#include "query/sort.h"
#include "query/spelling.h"
#include "query/themes_resolve.h"
#include "query/vocabulary.h"

/* A first guess at how many passages of a document match, when documents are asked for. */
enum { DEFAULT_LIMIT = 10, PASSAGES_A_DOCUMENT = 4 };

/* The output of each stage, and what all of them add to. */
struct search {
    cs_reader *reader;
    const char *text;
    size_t size;
    cs_search_options options;
    struct cs__query query;
    struct cs__expanded expanded;
    struct cs__filter *filter;
    struct cs__named named;
    struct cs__planned planned;
    struct cs__reranking reranking;
    struct cs__notes notes;
    struct cs_hits *hits;
};

static cs_status read_query(struct search *search, cs_error *error)
{
    struct cs__lexemes lexemes;
    cs_status status = cs__lex(search->text, search->size, &lexemes, error);
    if (status != CS_OK)
        return status;
    status = cs__parse(&lexemes, &search->query, error);
    cs__lexemes_free(&lexemes);
    return status == CS_OK ? cs__themes_resolve(search->reader, NULL, &search->query, error) : status;
}

static struct cs__expand_options expand_options(const struct search *search)
{
    return (struct cs__expand_options){.tokenizer = search->reader->tokenizer,
                                       .vocabulary = search->reader->vocabulary,
                                       .exact = search->options.exact,
                                       .reader = search->options.by_document ? NULL : search->reader};
}

static cs_status expand(struct search *search, cs_error *error)
{
    cs_reader *reader = search->reader;
    if (!search->options.exact && reader->vocabulary == NULL) {
        cs_status status =
            cs__vocabulary_load(reader->tokenizer, reader->vocabulary_file, &reader->vocabulary, error);
        if (status != CS_OK)
            return status;
    }
    struct cs__expand_options options = expand_options(search);
    cs_status status = cs__expand(search->query.tree, &options, &search->expanded, error);
    struct cs__expanded *out = &search->expanded;
    if (status != CS_OK || out->tree == NULL || search->options.match != CS_MATCH_ANY)
        return status;
    out->tree = cs__loosen(out->tree, &out->arena);
    return out->tree != NULL ? CS_OK : cs__error_nomem(error);
}

/* Papers on an authority that the query names need not repeat its name. */
static cs_status find_name(struct search *search, cs_error *error)
{
    struct cs__expand_options options = expand_options(search);
    if (search->options.by_document || search->options.bare)
        return CS_OK;
    return cs__named_find(search->reader, &search->query, &search->options, &options, &search->hits->arena,
                          &search->named, error);
}

static int is_blank(const char *text, size_t size)
{
    while (size > 0 && strchr(" \t\r\n\v\f", text[size - 1]) != NULL)
        size--;
    return size == 0;
}

/* One whose words all came to nothing (signs only) finds nothing, while one without words finds everything
 * that its filters let pass. */
static int asks_for_nothing(const struct search *search)
{
    if (search->query.tree != NULL)
        return search->expanded.tree == NULL;
    return search->query.field_count == 0 && !is_blank(search->text, search->size);
}

/* Whether passages that go on about a match may stand behind the last one: not where somebody says exactly
 * what is to be there, and what is not. */
static int may_continue(const struct search *search)
{
    const struct cs__node *tree = search->expanded.tree;
    return tree != NULL && tree->kind != CS__NODE_NOT && !search->options.exact &&
           !search->options.by_document && search->planned.match != CS_MATCH_ANY;
}

static cs_status ask(struct search *search, uint64_t limit, cs_error *error)
{
    struct cs__plan_request request = {.tree = search->expanded.tree,
                                       .filter = search->filter,
                                       .match = search->options.match,
                                       .limit = limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX};
    cs__matches_free(&search->planned.matches);
    if (search->named.authority != NULL) {
        cs_status status = cs__named_run(search->reader, &request, &search->named, &search->hits->arena,
                                         &search->notes, &search->planned, error);
        if (status != CS_OK || search->planned.matches.count > 0)
            return status;
    }
    return cs__plan_run(search->reader, &request, &search->hits->arena, &search->notes, &search->planned,
                        error);
}

/* Documents: as many passages as it takes. */
static cs_status ask_documents(struct search *search, uint64_t limit, cs_error *error)
{
    struct cs__matches *matches = &search->planned.matches;
    for (uint64_t passages = limit * PASSAGES_A_DOCUMENT;; passages *= PASSAGES_A_DOCUMENT) {
        cs_status status = ask(search, passages, error);
        int is_all = status != CS_OK || matches->count < passages;
        if (status == CS_OK && search->options.match == CS_MATCH_ANY && !search->options.exact)
            status = cs__feedback(search->reader, search->expanded.tree, matches, error);
        if (status == CS_OK)
            status = cs__documents_group(search->reader, matches, error);
        if (status != CS_OK || is_all || matches->count >= limit)
            return status;
    }
}

static cs_status fold(struct search *search, cs_error *error)
{
    struct cs__matches *matches = &search->planned.matches;
    cs_status status = CS_OK;
    if (cs__fold_has_echoes(search->reader))
        status = cs__fold_echoes(search->reader, matches, error);
    if (status == CS_OK && matches->count > CS__FOLD_ABOVE && search->options.sort != CS_SORT_DATE)
        status = cs__fold_documents(&search->reranking, matches, error);
    return status;
}

/* Passages: looked at twice, those that only repeat another one under it. */
static cs_status ask_passages(struct search *search, uint64_t limit, cs_error *error)
{
    limit += CS__FOLD_MARGIN;
    if (limit < CS__RERANK_DEPTH)
        limit = CS__RERANK_DEPTH;
    if (search->options.sort == CS_SORT_DATE)
        limit = UINT32_MAX;
    cs_status status = ask(search, limit, error);
    if (status == CS_OK)
        status = cs__rerank(search->reader, search->expanded.tree, &search->planned.matches,
                            &search->hits->arena, &search->reranking, error);
    return status == CS_OK && !search->options.no_fold ? fold(search, error) : status;
}

static cs_status run(struct search *search, cs_error *error)
{
    const cs_search_options *options = &search->options;
    struct cs__matches *matches = &search->planned.matches;
    uint64_t limit = (uint64_t)options->limit + options->offset;
    cs_status status;
    search->planned.how = "all";
    if (asks_for_nothing(search)) {
        int ok = cs__notes_add(&search->notes, &search->hits->arena,
                               "There is no word in the query to search for.");
        return ok ? CS_OK : cs__error_nomem(error);
    }
    if (options->by_document)
        status = ask_documents(search, limit, error);
    else
        status = ask_passages(search, limit, error);
    if (status == CS_OK && matches->count < limit && may_continue(search))
        status = cs__continue(search->reader, matches, error);
    if (status == CS_OK && options->sort == CS_SORT_DATE)
        status = cs__sort_by_date(search->reader, matches, error);
    return status;
}

static int found_all(const struct search *search)
{
    return search->planned.match != CS_MATCH_ANY && search->planned.matches.count > 0;
}

static void free_stages(struct search *search)
{
    cs__query_free(&search->query);
    cs__expanded_free(&search->expanded);
    cs__named_free(&search->named);
    cs__matches_free(&search->planned.matches);
}

static cs_status fill(struct search *search, cs_error *error)
{
    const struct cs__matches *matches = &search->planned.matches;
    size_t offset = search->options.offset < matches->count ? search->options.offset : matches->count;
    size_t count = matches->count - offset;
    struct cs__hits_request request = {
        .tree = search->expanded.tree,
        .matches = matches->items != NULL ? matches->items + offset : NULL,
        .count = count < search->options.limit ? count : search->options.limit,
        .offset = search->options.offset,
        .zero_continues = may_continue(search),
        .reranking = &search->reranking,
        .options = &search->options,
    };
    search->hits->total = matches->total;
    search->hits->total_is_bound = matches->total_is_bound;
    return cs__hits_fill(search->reader, &request, search->hits, error);
}

static const char **copy_strings(struct cs__arena *arena, const char *const *strings, size_t count)
{
    const char **copy = cs__arena_array(arena, count + 1, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        if ((copy[i] = cs__arena_string(arena, strings[i])) == NULL)
            return NULL;
    }
    return copy;
}

/* What hits tell of the search itself; all of it outlives the stages. */
static cs_status tell(struct search *search, cs_error *error)
{
    struct cs_hits *hits = search->hits;
    struct cs__buffer read_as = {0};
    const struct cs__notes *of_query = &search->query.notes, *of_words = &search->expanded.notes;
    int ok = 1;
    for (size_t i = 0; i < of_query->count; i++)
        ok &= cs__notes_add(&search->notes, &hits->arena, "%s", of_query->items[i]);
    for (size_t i = 0; i < of_words->count; i++)
        ok &= cs__notes_add(&search->notes, &hits->arena, "%s", of_words->items[i]);
    cs__query_print(&search->query, &read_as);
    hits->read_as = read_as.failed ? NULL : cs__arena_copy(&hits->arena, read_as.data, read_as.size);
    hits->match = search->planned.how;
    hits->also = copy_strings(&hits->arena, search->expanded.also, search->expanded.also_count);
    hits->also_count = search->expanded.also_count;
    hits->notes = copy_strings(&hits->arena, search->notes.items, search->notes.count);
    hits->note_count = search->notes.count;
    ok &= hits->read_as != NULL && hits->also != NULL && hits->notes != NULL;
    cs__buffer_free(&read_as);
    return ok ? CS_OK : cs__error_nomem(error);
}

/* From the words typed to matches. */
static cs_status find(struct search *search, cs_error *error)
{
    cs_status status = read_query(search, error);
    if (status == CS_OK)
        status = expand(search, error);
    if (status == CS_OK)
        status = cs__filter_resolve(search->reader, &search->query, &search->options, &search->hits->arena,
                                    &search->notes, &search->filter, error);
    if (status == CS_OK)
        status = find_name(search, error);
    return status == CS_OK ? run(search, error) : status;
}

/* Search for what may have been meant. Where that is found, all words together, it takes the place of what
 * was found for some of the words typed: a word that no passage has takes nothing away. */
static cs_status search_as_meant(struct search *search, const char *meant, int *replaced, cs_error *error)
{
    struct search again = {.reader = search->reader,
                           .text = meant,
                           .size = strlen(meant),
                           .options = search->options,
                           .hits = search->hits};
    cs_status status = find(&again, error);
    *replaced = status == CS_OK && found_all(&again);
    if (!*replaced) {
        free_stages(&again);
        return status;
    }
    free_stages(search);
    *search = again;
    return CS_OK;
}

/* Where not all words were found together, one may be misspelt. */
static cs_status suggest(struct search *search, cs_error *error)
{
    const char *meant = NULL;
    int replaced = 0;
    if (found_all(search) || search->expanded.tree == NULL || search->options.bare)
        return CS_OK;
    cs_status status =
        cs__spelling_correct(search->reader, &search->query, &search->hits->arena, &meant, error);
    if (status != CS_OK || meant == NULL)
        return status;
    if (search->planned.matches.count > 0 && search->options.match == CS_MATCH_AUTO && !search->options.exact)
        status = search_as_meant(search, meant, &replaced, error);
    if (status == CS_OK &&
        !cs__notes_add(&search->notes, &search->hits->arena,
                       replaced ? "Not all words are in the index: searched for %s" : "Did you mean: %s",
                       meant))
        return cs__error_nomem(error);
    return status;
}

static cs_status run_stages(struct search *search, cs_error *error)
{
    cs_status status = find(search, error);
    if (status == CS_OK)
        status = suggest(search, error);
    if (status == CS_OK)
        status = fill(search, error);
    if (status == CS_OK)
        status = tell(search, error);
    return status;
}

cs_status cs_search(cs_reader *reader, const char *query, size_t size, const cs_search_options *options,
                    cs_hits **out, cs_error *error)
{
    struct search search = {
        .reader = reader, .text = query, .size = size, .hits = calloc(1, sizeof *search.hits)};
    *out = NULL;
    if (search.hits == NULL)
        return cs__error_nomem(error);
    cs_status status =
        cs__options_copy(&search.options, sizeof search.options, options, "CS_SEARCH_OPTIONS_INIT", error);
    if (search.options.limit == 0)
        search.options.limit = DEFAULT_LIMIT;
    if (status == CS_OK)
        status = cs__reader_begin(reader, error);
    if (status == CS_OK)
        status = run_stages(&search, error);
    status = cs__reader_finish(reader, status, error);
    free_stages(&search);
    if (status == CS_OK)
        *out = search.hits;
    else
        cs_hits_free(search.hits);
    return status;
}
