/* SPDX-License-Identifier: MIT */
/* A tool with its arguments -> its answer, as text for a reader and as an object for a program. */
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/terminal.h"
#include "query/cli_serve.h"
#include "query/render_compare.h"
#include "query/render_follow_up.h"
#include "query/render_hits.h"
#include "query/render_timeline.h"

enum { TEXT_WIDTH = 100, PASSAGES_MAX = 1000 };

static void print(FILE *out, const char *before, const char *text, const char *after)
{
    fputs(before, out);
    cs__terminal_print(out, text, strlen(text));
    fputs(after, out);
}

/* How the query was read, what else was searched, and how much there is. */
static void print_reading(FILE *out, const cs_hits *hits, size_t offset)
{
    size_t count = cs_hits_count(hits);
    for (size_t i = 0; cs_hits_note(hits, i) != NULL; i++)
        print(out, "Note: ", cs_hits_note(hits, i), "\n");
    for (size_t i = 0; cs_hits_also_searched(hits, i) != NULL; i++)
        print(out, i == 0 ? "Also searched: " : ", ", cs_hits_also_searched(hits, i), "");
    if (cs_hits_also_searched(hits, 0) != NULL)
        fputs(" (exact leaves that out)\n", out);
    if (count == 0)
        fputs(cs_hits_total(hits) > 0 ? "Nothing is left behind that offset.\n"
                                      : "Nothing was found. That does not mean that nothing is wrong.\n",
              out);
    else
        fprintf(out, "%s%llu passages; these are %zu to %zu.\n\n",
                cs_hits_total_is_bound(hits) ? "More than " : "", (unsigned long long)cs_hits_total(hits),
                offset + 1, offset + count);
}

void cs__tool_search(cs_reader *reader, const struct cs__tool_arguments *arguments,
                     struct cs__tool_answer *answer)
{
    cs_hits *hits = NULL;
    cs_search_options options = cs__search_cli_options(&arguments->cli);
    if (cs_search(reader, arguments->query, arguments->query_size, &options, &hits, &answer->failure) !=
        CS_OK)
        return;
    cs_identity identity;
    if (cs_reader_identity(reader, &identity, &answer->failure) != CS_OK) {
        cs_hits_free(hits);
        return;
    }
    struct cs__render render = {.out = answer->text,
                                .identity = &identity,
                                .hits = hits,
                                .query = arguments->query,
                                .query_size = arguments->query_size,
                                .width = TEXT_WIDTH};
    print_reading(answer->text, hits, arguments->cli.offset);
    cs__render_text(&render);
    answer->structured = cs__render_json_answer(&render);
    cs_hits_free(hits);
}

void cs__tool_timeline(cs_reader *reader, const struct cs__tool_arguments *arguments,
                       struct cs__tool_answer *answer)
{
    cs_timeline *timeline = NULL;
    cs_search_options search = cs__search_cli_options(&arguments->cli);
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    options.search = &search;
    options.themes_file = arguments->cli.theme_file;
    if (cs_timeline_build(reader, arguments->query, arguments->query_size, &options, &timeline,
                          &answer->failure) != CS_OK)
        return;
    struct cs__timeline_render render = {.out = answer->text,
                                         .timeline = timeline,
                                         .query = arguments->query,
                                         .authority = arguments->cli.authority,
                                         .width = TEXT_WIDTH};
    if (cs_reader_identity(reader, &render.identity, &answer->failure) == CS_OK) {
        for (size_t i = 0; cs_timeline_note(timeline, i) != NULL; i++)
            print(answer->text, "Note: ", cs_timeline_note(timeline, i), "\n");
        cs__render_timeline_text(&render);
        answer->structured = cs__render_timeline_answer(&render);
    }
    cs_timeline_free(timeline);
}

/* A query that may be left out. */
static const char *query_of(const struct cs__tool_arguments *arguments)
{
    return arguments->query != NULL ? arguments->query : "";
}

void cs__tool_compare(cs_reader *reader, const struct cs__tool_arguments *arguments,
                      struct cs__tool_answer *answer)
{
    const struct cs__search_cli *cli = &arguments->cli;
    cs_comparison *comparison = NULL;
    cs_search_options search = cs__search_cli_options(cli);
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    options.search = &search;
    if (cs_comparison_build(reader, cli->compare[0], cli->compare[1], query_of(arguments),
                            arguments->query_size, &options, &comparison, &answer->failure) != CS_OK)
        return;
    struct cs__compare_render render = {.out = answer->text,
                                        .comparison = comparison,
                                        .query = query_of(arguments),
                                        .limit = cli->limit > 0 ? cli->limit : CS__COMPARED_SHOWN,
                                        .width = TEXT_WIDTH};
    if (cs_reader_identity(reader, &render.identity, &answer->failure) == CS_OK) {
        for (size_t i = 0; cs_comparison_note(comparison, i) != NULL; i++)
            print(answer->text, "Note: ", cs_comparison_note(comparison, i), "\n");
        cs__render_compare_text(&render);
        answer->structured = cs__render_compare_answer(&render);
    }
    cs_comparison_free(comparison);
}

void cs__tool_follow_up(cs_reader *reader, const struct cs__tool_arguments *arguments,
                        struct cs__tool_answer *answer)
{
    cs_follow_up *follow_up = NULL;
    cs_search_options search = cs__search_cli_options(&arguments->cli);
    cs_timeline_options options = CS_TIMELINE_OPTIONS_INIT;
    options.search = &search;
    if (cs_follow_up_build(reader, query_of(arguments), arguments->query_size, &options, &follow_up,
                           &answer->failure) != CS_OK)
        return;
    struct cs__follow_up_render render = {.out = answer->text,
                                          .follow_up = follow_up,
                                          .query = query_of(arguments),
                                          .authority = arguments->cli.authority,
                                          .width = TEXT_WIDTH};
    if (cs_reader_identity(reader, &render.identity, &answer->failure) == CS_OK) {
        for (size_t i = 0; cs_follow_up_note(follow_up, i) != NULL; i++)
            print(answer->text, "Note: ", cs_follow_up_note(follow_up, i), "\n");
        cs__render_follow_up_text(&render);
        if (cs_follow_up_count(follow_up) == 0)
            fputs("No area for improvement was found.\n", answer->text);
        answer->structured = cs__render_follow_up_answer(&render);
    }
    cs_follow_up_free(follow_up);
}

static void print_document(FILE *out, const cs_document *document)
{
    print(out, "", document->title != NULL ? document->title : document->path, "\n");
    for (size_t i = 0; i < document->field_count; i++) {
        const cs_field *field = &document->fields[i];
        fprintf(out, "%s: ", field->name);
        print(out, "", field->value != NULL ? field->value : "", "");
        fprintf(out, " (%s", cs_state_name(field->state));
        if (field->page > 0)
            fprintf(out, ", page %u", (unsigned)field->page);
        fputs(")\n", out);
        if (field->quotation != NULL)
            print(out, "    \"", field->quotation, "\"\n");
    }
}

/* The part of a text that limit and offset ask for. */
struct part {
    const cs_hits *passages;
    size_t start, end;
};

static struct part part_of(const cs_hits *passages, const struct cs__search_cli *cli)
{
    size_t count = cs_hits_count(passages), limit = cli->limit > 0 ? cli->limit : PASSAGES_MAX;
    size_t start = cli->offset < count ? cli->offset : count;
    return (struct part){passages, start, limit < count - start ? start + limit : count};
}

static void print_passages(FILE *out, const struct part *part)
{
    const char *section = NULL;
    fprintf(out, "\n%zu passages; these are %zu to %zu.\n", cs_hits_count(part->passages),
            part->start + (part->start < part->end), part->end);
    for (size_t i = part->start; i < part->end; i++) {
        const cs_hit *hit = cs_hits_get(part->passages, i);
        if (hit->section != NULL && (section == NULL || strcmp(section, hit->section) != 0))
            print(out, "\n## ", hit->section, "\n");
        section = hit->section;
        fputs("\n", out);
        if (hit->number != NULL)
            print(out, "", hit->number, ". ");
        print(out, "", hit->text, "");
        if (hit->page > 0)
            fprintf(out, " (page %u)", (unsigned)hit->page);
        fputs("\n", out);
    }
}

static json_t *passages_of(const struct part *part)
{
    json_t *list = json_array();
    for (size_t i = part->start; i < part->end; i++) {
        const cs_hit *hit = cs_hits_get(part->passages, i);
        json_t *object = json_object();
        json_object_set_new(object, "section", cs__json_text(hit->section));
        json_object_set_new(object, "paragraph", cs__json_text(hit->number));
        json_object_set_new(object, "page", hit->page > 0 ? json_integer(hit->page) : json_null());
        json_object_set_new(object, "text", json_stringn(hit->text, hit->text_size));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *document_of(const cs_document *document, const cs_visit *visit, const struct part *part)
{
    json_t *object = json_object(), *fields = json_array();
    for (size_t i = 0; i < document->field_count; i++)
        json_array_append_new(fields, cs__json_field(&document->fields[i]));
    json_object_set_new(object, "format", json_string("cs-document/1"));
    json_object_set_new(object, "document", cs__json_document(document, visit));
    json_object_set_new(object, "fields", fields);
    json_object_set_new(object, "passages", passages_of(part));
    return object;
}

static const cs_visit *visit_of(const cs_visits *visits, const cs_document *document)
{
    for (size_t i = 0; document->visit != NULL && i < cs_visits_count(visits); i++) {
        if (strcmp(cs_visits_get(visits, i)->id, document->visit) == 0)
            return cs_visits_get(visits, i);
    }
    return NULL;
}

/* The one document that path and record name; NULL, with `failure` set, where that is none or many. */
static const cs_document *choose(const cs_documents *documents, const struct cs__tool_arguments *arguments,
                                 cs_error *failure)
{
    const cs_document *found = NULL;
    for (size_t i = 0; i < cs_documents_count(documents); i++) {
        const cs_document *one = cs_documents_get(documents, i);
        if (strcmp(one->path, arguments->path) != 0 ||
            (arguments->record != NULL &&
             (one->record == NULL || strcmp(one->record, arguments->record) != 0)))
            continue;
        if (found != NULL) {
            *failure = (cs_error){CS_ERR_ARGUMENT, "that file holds several records: name one"};
            return NULL;
        }
        found = one;
    }
    if (found == NULL)
        *failure = (cs_error){CS_ERR_NOT_FOUND, "no such document is in the index"};
    return found;
}

void cs__tool_document(cs_reader *reader, const struct cs__tool_arguments *arguments,
                       struct cs__tool_answer *answer)
{
    cs_documents *documents = NULL;
    cs_visits *visits = NULL;
    cs_hits *passages = NULL;
    cs_list_options options = CS_LIST_OPTIONS_INIT;
    options.paths = &arguments->path;
    options.path_count = 1;
    options.with_fields = 1;
    if (cs_documents_list(reader, &options, &documents, &answer->failure) == CS_OK &&
        cs_visits_list(reader, NULL, &visits, &answer->failure) == CS_OK) {
        const cs_document *document = choose(documents, arguments, &answer->failure);
        if (document != NULL &&
            cs_document_read(reader, document->id, NULL, 0, NULL, &passages, &answer->failure) == CS_OK) {
            struct part part = part_of(passages, &arguments->cli);
            print_document(answer->text, document);
            print_passages(answer->text, &part);
            answer->structured = document_of(document, visit_of(visits, document), &part);
        }
    }
    cs_hits_free(passages);
    cs_visits_free(visits);
    cs_documents_free(documents);
}

/* MCP, "Tools", error handling: what a tool could not do is a result, for the model to read. */
static json_t *failed(const cs_error *error)
{
    const char *message = error->status != CS_OK ? error->message : "out of memory";
    return json_pack("{s:[{s:s, s:s}], s:b}", "content", "type", "text", "text", message, "isError", 1);
}

static json_t *done(const char *text, json_t *structured)
{
    return json_pack("{s:[{s:s, s:s}], s:O, s:b}", "content", "type", "text", "text", text,
                     "structuredContent", structured, "isError", 0);
}

json_t *cs__serve_call(struct cs__served_index *index, const struct cs__tool *tool, const json_t *values)
{
    struct cs__tool_arguments arguments = {.cli = {.theme_file = index->cli->theme_file}};
    struct cs__tool_answer answer = {NULL, NULL, {CS_OK, ""}};
    char *text = NULL;
    size_t size = 0;
    cs_reader *reader = NULL;
    if (cs__serve_arguments(tool, values, &arguments, &answer.failure) == 0)
        reader = cs__serve_reader(index, &answer.failure);
    if (reader == NULL)
        return failed(&answer.failure);
    answer.text = open_memstream(&text, &size);
    if (answer.text == NULL)
        return NULL;
    tool->run(reader, &arguments, &answer);
    json_t *result = NULL;
    if (fclose(answer.text) == 0)
        result = answer.structured != NULL ? done(text, answer.structured) : failed(&answer.failure);
    json_decref(answer.structured);
    free(text);
    return result;
}
