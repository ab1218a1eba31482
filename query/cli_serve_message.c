/* SPDX-License-Identifier: MIT */
/* One message, or a batch -> its reply: JSON-RPC 2.0 (https://www.jsonrpc.org/specification), and the methods
 * of the Model Context Protocol. */
#include <stdio.h>
#include <string.h>

#include "query/cli_serve.h"

/* Each of a batch may cost a search. */
enum { BATCH_MAX = 100 };

/* Revisions that this server can speak, the one it prefers first. They differ in what it does not use. */
static const char *const revisions[] = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"};

static const char instructions[] =
    "Search the papers of an inspectorate about children's services: inspection reports, letters after "
    "monitoring visits, articles. Quote passages exactly and give their citation. That nothing is found does "
    "not mean that nothing is wrong: a visit that did not look at a theme does not mention it, and the "
    "timeline says which visits did not (scope). A judgement whose state is standing comes from an earlier "
    "visit. Tones are estimates from the inspectors' words.";

json_t *cs__serve_error(json_t *id, int code, const char *message)
{
    return json_pack("{s:s, s:O?, s:{s:i, s:s}}", "jsonrpc", "2.0", "id", id != NULL ? id : json_null(),
                     "error", "code", code, "message", message);
}

/* What a method gave: a result, or a code and a message. */
struct outcome {
    json_t *result;
    int code;
    char message[256];
};

static void fail(struct outcome *out, int code, const char *message, const char *detail)
{
    size_t size = sizeof out->message;
    out->code = code;
    if ((size_t)snprintf(out->message, size, "%s%s", message, detail != NULL ? detail : "") < size)
        return;
    /* A character that was cut is no text, and what is no text can't be sent. */
    for (size--; size > 0 && (unsigned char)out->message[size - 1] >= 0x80; size--)
        out->message[size - 1] = '\0';
}

/* The revision that was asked for, if it is known; else ours, and the client decides. */
static void initialize(struct cs__served_index *index, const json_t *params, struct outcome *out)
{
    const char *asked = json_string_value(json_object_get(params, "protocolVersion"));
    const char *agreed = revisions[0];
    (void)index;
    if (asked == NULL) {
        fail(out, CS__RPC_INVALID_PARAMS, "initialize needs protocolVersion, a string", NULL);
        return;
    }
    for (size_t i = 0; i < sizeof revisions / sizeof revisions[0]; i++) {
        if (strcmp(asked, revisions[i]) == 0)
            agreed = revisions[i];
    }
    out->result =
        json_pack("{s:s, s:{s:{s:b}}, s:{s:s, s:s, s:s}, s:s}", "protocolVersion", agreed, "capabilities",
                  "tools", "listChanged", 0, "serverInfo", "name", "cs-search", "title",
                  "Children's services inspections", "version", cs_version(), "instructions", instructions);
}

static void ping(struct cs__served_index *index, const json_t *params, struct outcome *out)
{
    (void)index;
    (void)params;
    out->result = json_object();
}

/* There is one page of tools, so there is no cursor to go on from. */
static void list_tools(struct cs__served_index *index, const json_t *params, struct outcome *out)
{
    (void)index;
    if (json_object_get(params, "cursor") != NULL)
        fail(out, CS__RPC_INVALID_PARAMS, "tools/list gives all tools at once: there is no such cursor",
             NULL);
    else
        out->result = json_pack("{s:o}", "tools", cs__serve_tools());
}

static void call_tool(struct cs__served_index *index, const json_t *params, struct outcome *out)
{
    const char *name = json_string_value(json_object_get(params, "name"));
    const json_t *arguments = json_object_get(params, "arguments");
    const struct cs__tool *tool = name != NULL ? cs__serve_tool_find(name) : NULL;
    if (name == NULL)
        fail(out, CS__RPC_INVALID_PARAMS, "tools/call needs the name of a tool, a string", NULL);
    else if (tool == NULL)
        fail(out, CS__RPC_INVALID_PARAMS, "unknown tool: ", name);
    else if (arguments != NULL && !json_is_object(arguments))
        fail(out, CS__RPC_INVALID_PARAMS, "the arguments of a tool are an object", NULL);
    else
        out->result = cs__serve_call(index, tool, arguments);
}

static const struct method {
    const char *name;
    void (*run)(struct cs__served_index *index, const json_t *params, struct outcome *out);
} methods[] = {
    {"initialize", initialize},
    {"ping", ping},
    {"tools/list", list_tools},
    {"tools/call", call_tool},
};

static const struct method *find_method(const char *name)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    }
    return NULL;
}

static json_t *answer_request(struct cs__served_index *index, json_t *id, const json_t *asked,
                              const json_t *params)
{
    const char *name = json_string_value(asked);
    const struct method *method = strlen(name) == json_string_length(asked) ? find_method(name) : NULL;
    struct outcome out = {NULL, 0, ""};
    if (method == NULL)
        fail(&out, CS__RPC_METHOD_NOT_FOUND, "there is no method ", name);
    else if (params != NULL && !json_is_object(params))
        fail(&out, CS__RPC_INVALID_PARAMS, "params must be an object", NULL);
    else
        method->run(index, params, &out);
    if (out.code != 0)
        return cs__serve_error(id, out.code, out.message);
    return json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id, "result", out.result);
}

static int is_id(const json_t *id)
{
    return json_is_string(id) || json_is_number(id) || json_is_null(id);
}

static int answer_one(struct cs__served_index *index, const json_t *message, json_t **reply)
{
    json_t *id = json_object_get(message, "id"), *method = json_object_get(message, "method");
    const char *version = json_string_value(json_object_get(message, "jsonrpc"));
    int is_response = method == NULL && (json_object_get(message, "result") != NULL ||
                                         json_object_get(message, "error") != NULL);
    *reply = NULL;
    /* This server asks nothing, so a response is to nothing; and a notification gets no answer, whatever it
     * is about: each request is done before the next is read. */
    if (is_response)
        return 0;
    if (version == NULL || strcmp(version, "2.0") != 0 || !json_is_string(method) ||
        (id != NULL && !is_id(id)))
        *reply = cs__serve_error(id != NULL && is_id(id) ? id : NULL, CS__RPC_INVALID_REQUEST,
                                 "that is no JSON-RPC 2.0 request");
    else if (id == NULL)
        return 0;
    else
        *reply = answer_request(index, id, method, json_object_get(message, "params"));
    return *reply != NULL ? 0 : -1;
}

/* A batch is answered by one array, without those that have no reply; by nothing where none has. */
static int answer_batch(struct cs__served_index *index, const json_t *batch, json_t **reply)
{
    size_t count = json_array_size(batch);
    json_t *replies = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *one = NULL;
        if (answer_one(index, json_array_get(batch, i), &one) != 0)
            one = cs__serve_error(NULL, CS__RPC_INTERNAL_ERROR, "out of memory");
        if (one != NULL)
            json_array_append_new(replies, one);
    }
    if (json_array_size(replies) > 0)
        *reply = replies;
    else
        json_decref(replies);
    return 0;
}

int cs__serve_message(struct cs__served_index *index, const json_t *message, json_t **reply)
{
    *reply = NULL;
    if (!json_is_array(message))
        return answer_one(index, message, reply);
    if (json_array_size(message) > 0 && json_array_size(message) <= BATCH_MAX)
        return answer_batch(index, message, reply);
    *reply = cs__serve_error(NULL, CS__RPC_INVALID_REQUEST,
                             json_array_size(message) == 0 ? "a batch holds at least one request"
                                                           : "a batch holds at most 100 requests");
    return *reply != NULL ? 0 : -1;
}
