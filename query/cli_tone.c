/* SPDX-License-Identifier: MIT */
/* Mode: the tone of sentences. Input: one a line; output: a JSON object a line, in the same order. Needs no
 * index. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cli/json.h"
#include "query/cli_search.h"

/* Bytes of a line that are looked at: far more than any sentence has. */
#define LINE_MAX_BYTES 65536

struct line {
    char text[LINE_MAX_BYTES];
    size_t size;    /* kept */
    size_t dropped; /* bytes beyond them */
    size_t number;
};

int cs__tone_is_asked(const struct cs__search_cli *cli)
{
    return cli->tone != NULL;
}

/* The next line, without its end: 1, or 0 at the end of `in`. */
static int read_line(FILE *in, struct line *line)
{
    int c = getc_unlocked(in);
    if (c == EOF)
        return 0;
    line->number++;
    line->size = line->dropped = 0;
    for (; c != EOF && c != '\n'; c = getc_unlocked(in)) {
        if (line->size < sizeof line->text)
            line->text[line->size++] = (char)c;
        else
            line->dropped++;
    }
    if (line->dropped == 0 && line->size > 0 && line->text[line->size - 1] == '\r')
        line->size--;
    return 1;
}

static json_t *cues_of(const cs_sentence_tone *tone)
{
    json_t *list = json_array();
    for (size_t i = 0; i < tone->cue_count; i++) {
        json_t *cue = json_object();
        json_object_set_new(cue, "words", cs__json_text(tone->cues[i].words));
        json_object_set_new(cue, "reason", cs__json_text(tone->cues[i].reason));
        json_object_set_new(cue, "weight", json_real(tone->cues[i].weight));
        json_array_append_new(list, cue);
    }
    return list;
}

static int print(const cs_sentence_tone *tone)
{
    json_t *object = json_object();
    json_object_set_new(object, "sentence", json_stringn(tone->sentence, tone->size));
    json_object_set_new(object, "label", json_string(cs_tone_name(tone->label)));
    json_object_set_new(object, "score", json_real(tone->score));
    json_object_set_new(object, "cues", cues_of(tone));
    int status = cs__json_print(stdout, object, 0);
    if (status != 0)
        cs__complain("can't write the tones");
    return status;
}

static int tell_line(const struct line *line)
{
    cs_sentence_tone *tone = NULL;
    cs_error error = {0};
    if (line->dropped > 0)
        cs__complain("line %zu has %zu bytes: only the first %d were read", line->number,
                     line->size + line->dropped, LINE_MAX_BYTES);
    if (cs_sentence_tone_read(line->text, line->size, &tone, &error) != CS_OK) {
        cs__complain("line %zu: %s", line->number, error.message);
        return -1;
    }
    int status = print(tone);
    cs_sentence_tone_free(tone);
    return status;
}

static int tell_lines(FILE *in, const char *path)
{
    struct line line = {.number = 0};
    int status = 0;
    errno = 0;
    while (status == 0 && read_line(in, &line))
        status = tell_line(&line);
    if (status == 0 && ferror(in)) {
        cs__complain("can't read %s: %s", path, strerror(errno));
        status = -1;
    }
    if (status == 0 && fflush(stdout) != 0) {
        cs__complain("can't write the tones");
        status = -1;
    }
    return status;
}

int cs__tone_run(const struct cs__search_cli *cli)
{
    int is_stdin = strcmp(cli->tone, "-") == 0;
    if (cli->word_count > 0) {
        cs__complain("--tone takes its sentences from a file: leave out \"%s\"", cli->words[0]);
        return CS__EXIT_ERROR;
    }
    if (cli->format != CS__FORMAT_TEXT && cli->format != CS__FORMAT_JSONL) {
        cs__complain("--tone prints jsonl, not %s", cs__search_format_name(cli->format));
        return CS__EXIT_ERROR;
    }
    FILE *in = is_stdin ? stdin : fopen(cli->tone, "rb");
    if (in == NULL) {
        cs__complain("can't open %s: %s", cli->tone, strerror(errno));
        return CS__EXIT_ERROR;
    }
    int failed = tell_lines(in, cli->tone) != 0;
    if (!is_stdin)
        fclose(in);
    return failed ? CS__EXIT_ERROR : CS__EXIT_FOUND;
}
