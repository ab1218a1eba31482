/* SPDX-License-Identifier: MIT */
/* Mode: --serve. Lines of stdin -> messages; replies -> lines of stdout. */
#include "query/cli_serve.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* A query may be long (1 MB and more), but a line that never ends must not take all memory. */
enum { LINE_MAX_BYTES = 4 << 20 };

/* One line of input; it grows as needed and is used again. */
struct line {
    char *bytes;
    size_t size, capacity;
    int is_too_long;
};

static int grow(struct line *line)
{
    size_t capacity = line->capacity > 0 ? line->capacity * 2 : 4096;
    char *bytes = realloc(line->bytes, capacity);
    if (bytes == NULL)
        return -1;
    line->bytes = bytes;
    line->capacity = capacity;
    return 0;
}

/* Read up to the next newline. What is too long, or for which there is no memory, is read and dropped.
 * Returns 0 at the end of input. */
static int read_line(FILE *in, struct line *line)
{
    int c;
    line->size = 0;
    line->is_too_long = 0;
    while ((c = getc_unlocked(in)) != EOF && c != '\n') {
        if (line->size == LINE_MAX_BYTES || (line->size == line->capacity && grow(line) != 0))
            line->is_too_long = 1;
        if (!line->is_too_long)
            line->bytes[line->size++] = (char)c;
    }
    return c != EOF || line->size > 0 || line->is_too_long;
}

static int is_blank(const struct line *line)
{
    for (size_t i = 0; i < line->size; i++) {
        if (strchr(" \t\r", line->bytes[i]) == NULL || line->bytes[i] == '\0')
            return 0;
    }
    return !line->is_too_long;
}

/* What the parser itself says may quote bytes that are no text. */
static json_t *not_json(const json_error_t *where)
{
    char message[64];
    snprintf(message, sizeof message, "that is no JSON: see byte %d", where->position);
    return cs__serve_error(NULL, CS__RPC_PARSE_ERROR, message);
}

/* The reply to one line; NULL where there is none. */
static json_t *answer(struct cs__served_index *index, const struct line *line)
{
    json_error_t where;
    json_t *reply = NULL;
    if (line->is_too_long)
        return cs__serve_error(NULL, CS__RPC_INVALID_REQUEST, "the message is longer than 4 MiB");
    json_t *message = json_loadb(line->bytes, line->size, JSON_DECODE_ANY | JSON_ALLOW_NUL, &where);
    if (message == NULL)
        return not_json(&where);
    if (cs__serve_message(index, message, &reply) != 0)
        reply = cs__serve_error(NULL, CS__RPC_INTERNAL_ERROR, "out of memory");
    json_decref(message);
    return reply;
}

/* A reply is one line: compact JSON holds no newline. */
static int send_reply(json_t *reply)
{
    if (reply == NULL)
        return 0;
    int failed = json_dumpf(reply, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6)) != 0;
    json_decref(reply);
    return failed || putchar('\n') == EOF || fflush(stdout) != 0 ? -1 : 0;
}

int cs__serve_is_asked(const struct cs__search_cli *cli)
{
    return cli->serve != NULL;
}

int cs__serve_run(const struct cs__search_cli *cli)
{
    struct cs__served_index index = {.cli = cli};
    struct line line = {NULL, 0, 0, 0};
    cs_error error = {0};
    int failed = 0;
    if (strcmp(cli->serve, "stdio") != 0 || cli->word_count > 0) {
        cs__complain(cli->word_count > 0 ? "--serve takes no query: each request brings its own"
                                         : "--serve takes stdio, and nothing else");
        return CS__EXIT_ERROR;
    }
    /* The other end may close its side at any time: writing then fails, and that is all. */
    signal(SIGPIPE, SIG_IGN);
    if (cs__serve_reader(&index, &error) == NULL)
        cs__complain("%s", error.message);
    while (!failed && read_line(stdin, &line)) {
        if (!is_blank(&line))
            failed = send_reply(answer(&index, &line)) != 0;
    }
    cs__serve_close(&index);
    free(line.bytes);
    if (failed)
        cs__complain("can't write the reply");
    return failed ? CS__EXIT_ERROR : CS__EXIT_FOUND;
}
