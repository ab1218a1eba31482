/* SPDX-License-Identifier: MIT */
/* Server: --serve stdio. Input: JSON-RPC 2.0 messages, one a line; output: replies, one a line.
 *
 * The protocol is the Model Context Protocol (https://modelcontextprotocol.io, revisions 2024-11-05 to
 * 2025-11-25), its stdio transport and, of its features, tools. The stages, a file each:
 *
 *     line -> message (cli_serve.c) -> method (cli_serve_message.c) -> tool with its arguments
 *     (cli_serve_tools.c) -> answer (cli_serve_answer.c)
 *
 * All of it only reads. Functions that give back a `json_t *` give it to the caller, and NULL when memory is
 * out. */
#ifndef QUERY_CLI_SERVE_H
#define QUERY_CLI_SERVE_H

#include <csearch.h>

#include <jansson.h>
#include <stdio.h>
#include <sys/stat.h>

#include "query/cli_search.h"

/** The index, open between requests for as long as its file stays as it was. */
struct cs__served_index {
    const struct cs__search_cli *cli;
    cs_reader *reader;     /**< NULL while it can't be opened */
    struct stat file, log; /**< as they were when `reader` was opened */
};

/**
 * The reader of the index as it is now: the one used last, or a new one where the file has changed.
 *
 * Borrowed until the next call. NULL when there is no index to be read: `error` says why.
 */
cs_reader *cs__serve_reader(struct cs__served_index *index, cs_error *error);
void cs__serve_close(struct cs__served_index *index);

/** Errors of JSON-RPC 2.0, section 5.1. */
enum {
    CS__RPC_PARSE_ERROR = -32700,
    CS__RPC_INVALID_REQUEST = -32600,
    CS__RPC_METHOD_NOT_FOUND = -32601,
    CS__RPC_INVALID_PARAMS = -32602,
    CS__RPC_INTERNAL_ERROR = -32603
};

/** An error reply; `id` is borrowed, NULL where it is not known. */
json_t *cs__serve_error(json_t *id, int code, const char *message);

/**
 * Answer a message, or a batch of them.
 *
 * Sets `*reply` to what is to be sent, or NULL for a notification or a response, which have none. Returns 0,
 * or -1 when memory is out.
 */
int cs__serve_message(struct cs__served_index *index, const json_t *message, json_t **reply);

/** What a tool is asked: its arguments, as options of the command line where they are such. Strings are
 * borrowed from the message. */
struct cs__tool_arguments {
    struct cs__search_cli cli;
    const char *query, *path, *record;
    size_t query_size; /**< a query may hold NUL */
};

/** What a tool says: `text` for a reader and `structured`, an object of csearch(5), for a program; or, where
 * it could not be done, `failure`. */
struct cs__tool_answer {
    FILE *text;
    json_t *structured; /**< owned by who called the tool */
    cs_error failure;   /**< status CS_OK where there is none */
};

struct cs__tool {
    const char *name, *title, *description;
    const char *const *options; /**< of the command line, by their long names, ended by NULL */
    const char *const *own;     /**< arguments of its own, likewise; the first `required` are required */
    size_t required;
    void (*run)(cs_reader *reader, const struct cs__tool_arguments *arguments,
                struct cs__tool_answer *answer);
};

/** The tool of this name; NULL when there is none. */
const struct cs__tool *cs__serve_tool_find(const char *name);

/** All tools, as tools/list gives them. */
json_t *cs__serve_tools(void);

/**
 * Read `values`, an object or NULL, as the arguments of `tool`.
 *
 * Returns 0, or -1 with `error` set where one is unknown, missing, or not what the tool's schema asks for.
 */
int cs__serve_arguments(const struct cs__tool *tool, const json_t *values, struct cs__tool_arguments *out,
                        cs_error *error);

/** Run `tool`: the result of tools/call. What can't be done is said in the result, too. */
json_t *cs__serve_call(struct cs__served_index *index, const struct cs__tool *tool, const json_t *values);

/** The tools, one function each. */
void cs__tool_search(cs_reader *reader, const struct cs__tool_arguments *arguments,
                     struct cs__tool_answer *answer);
void cs__tool_timeline(cs_reader *reader, const struct cs__tool_arguments *arguments,
                       struct cs__tool_answer *answer);
void cs__tool_compare(cs_reader *reader, const struct cs__tool_arguments *arguments,
                      struct cs__tool_answer *answer);
void cs__tool_follow_up(cs_reader *reader, const struct cs__tool_arguments *arguments,
                        struct cs__tool_answer *answer);
void cs__tool_document(cs_reader *reader, const struct cs__tool_arguments *arguments,
                       struct cs__tool_answer *answer);

#endif
