/* SPDX-License-Identifier: MIT */
/* The tone module for scripts: `tone-lines split` cuts each line of standard input into sentences, one a
 * line, and an empty line after each input line; `tone-lines tone` reads one sentence a line and prints
 * label, score and cues, separated by tabs. */
#include "core/sentence.h"
#include "core/tone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void split(const char *line, size_t size)
{
    struct cs__sentence_walk walk = cs__sentence_begin(line, size);
    struct cs__sentence sentence;
    while (cs__sentence_next(&walk, &sentence))
        printf("%.*s\n", (int)(sentence.end - sentence.start), line + sentence.start);
    putchar('\n');
}

static void tone(const char *line, size_t size)
{
    struct cs__tone_sentence out;
    cs__tone_sentence(line, size, NULL, &out);
    printf("%s\t%.4f\t", cs__tone_name(out.label), (double)out.score);
    for (uint32_t i = 0; i < out.cue_count; i++) {
        const struct cs__tone_cue *cue = &out.cues[i];
        printf("%s%.*s %+.2f %s", i > 0 ? "; " : "", (int)(cue->end - cue->start), line + cue->start,
               (double)cue->weight, cs__tone_reason_name(cue->reason));
    }
    putchar('\n');
}

int main(int argc, char **argv)
{
    if (argc != 2 || (strcmp(argv[1], "split") != 0 && strcmp(argv[1], "tone") != 0)) {
        fputs("usage: tone-lines split|tone <FILE\n", stderr);
        return 2;
    }
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    while ((size = getline(&line, &capacity, stdin)) >= 0) {
        size_t length = (size_t)size - (size > 0 && line[size - 1] == '\n');
        (strcmp(argv[1], "split") == 0 ? split : tone)(line, length);
    }
    free(line);
    return 0;
}
