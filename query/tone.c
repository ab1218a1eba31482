/* SPDX-License-Identifier: MIT */
/* Tone of one sentence for the public: any bytes -> label, score and cues. */
#include <csearch/tone.h>

#include <stdlib.h>

#include "core/arena.h"
#include "core/buffer.h"
#include "core/error.h"
#include "core/tone.h"
#include "core/utf8.h"
#include "query/timeline_tone.h"

/* What is given out stands first, so that one pointer is both. */
struct reading {
    cs_sentence_tone tone;
    struct cs__buffer sentence;
    struct cs__arena arena;
};

/* The cues of `read` in `reading`; 0, or -1 when memory is out. */
static int keep_cues(struct reading *reading, const struct cs__tone_sentence *read)
{
    cs_cue *cues = cs__arena_array(&reading->arena, read->cue_count + 1, sizeof *cues);
    cs_range *ranges = cs__arena_array(&reading->arena, read->cue_count + 1, sizeof *ranges);
    if (cues == NULL || ranges == NULL)
        return -1;
    for (uint32_t i = 0; i < read->cue_count; i++) {
        const struct cs__tone_cue *cue = &read->cues[i];
        const char *words =
            cs__arena_copy(&reading->arena, reading->tone.sentence + cue->start, cue->end - cue->start);
        if (words == NULL)
            return -1;
        cues[i] = (cs_cue){words, cs__tone_reason_name(cue->reason), (double)cue->weight};
        ranges[i] = (cs_range){cue->start, cue->end};
    }
    reading->tone.cues = cues;
    reading->tone.ranges = ranges;
    reading->tone.cue_count = read->cue_count;
    return 0;
}

cs_status cs_sentence_tone_read(const char *sentence, size_t size, cs_sentence_tone **out, cs_error *error)
{
    struct cs__tone_sentence read;
    *out = NULL;
    if (size > UINT32_MAX / 4)
        return cs__error_set(error, CS_ERR_ARGUMENT, "the sentence has %zu bytes: cut it", size);
    struct reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL)
        return cs__error_nomem(error);
    cs__utf8_repair(sentence, size, &reading->sentence);
    cs__buffer_char(&reading->sentence, '\0');
    if (reading->sentence.failed)
        goto out_of_memory;
    reading->tone.sentence = reading->sentence.data;
    reading->tone.size = reading->sentence.size - 1;
    cs__tone_sentence(reading->tone.sentence, reading->tone.size, NULL, &read);
    reading->tone.label = cs__tone_public(read.label);
    reading->tone.score = (double)read.score;
    if (keep_cues(reading, &read) != 0)
        goto out_of_memory;
    *out = &reading->tone;
    return CS_OK;

out_of_memory:
    cs_sentence_tone_free(&reading->tone);
    return cs__error_nomem(error);
}

void cs_sentence_tone_free(cs_sentence_tone *tone)
{
    struct reading *reading = (struct reading *)tone;
    if (reading == NULL)
        return;
    cs__buffer_free(&reading->sentence);
    cs__arena_free(&reading->arena);
    free(reading);
}
