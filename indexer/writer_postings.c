/* SPDX-License-Identifier: MIT */
/* The token sink that keeps the own postings. */
#include <stdlib.h>

#include "core/error.h"
#include "indexer/postings_write.h"
#include "indexer/writer_internal.h"

struct cs__postings_sink {
    struct cs__write *write;
    struct cs__postings_writer *postings;
};

static cs_status begin(void *context, enum cs__write_change change, int64_t passage, cs_error *error)
{
    return cs__postings_begin(((struct cs__postings_sink *)context)->postings, change, passage, error);
}

static cs_status take_token(void *context, enum cs__write_field field, const struct cs__token *token)
{
    cs__postings_token(((struct cs__postings_sink *)context)->postings, field, token);
    return CS_OK;
}

static cs_status end(void *context, const uint32_t lengths[CS__FIELD_COUNT], cs_error *error)
{
    return cs__postings_end(((struct cs__postings_sink *)context)->postings, lengths, error);
}

static cs_status commit(void *context, cs_error *error)
{
    return cs__postings_flush(((struct cs__postings_sink *)context)->postings, error);
}

static cs_status optimize(void *context, cs_error *error)
{
    return cs__postings_optimize(((struct cs__postings_sink *)context)->postings, error);
}

static void roll_back(void *context)
{
    cs__postings_rollback(((struct cs__postings_sink *)context)->postings);
}

cs_status cs__postings_sink_open(struct cs__write *write, struct cs__postings_sink **out, cs_error *error)
{
    struct cs__postings_sink *sink = *out = calloc(1, sizeof *sink);
    if (sink == NULL)
        return cs__error_nomem(error);
    sink->write = write;
    cs_status status = cs__postings_writer_new(cs__write_db(write), 0, &sink->postings, error);
    if (status != CS_OK) {
        free(sink);
        *out = NULL;
        return status;
    }
    struct cs__token_sink functions = {sink, begin, take_token, end, commit, optimize, roll_back};
    cs__write_set_sink(write, &functions);
    return CS_OK;
}

void cs__postings_sink_set_pace(struct cs__postings_sink *sink, const struct cs__postings_pace *pace)
{
    cs__postings_set_pace(sink->postings, pace);
}

void cs__postings_sink_free(struct cs__postings_sink *sink)
{
    if (sink == NULL)
        return;
    cs__write_set_sink(sink->write, NULL);
    cs__postings_writer_free(sink->postings);
    free(sink);
}
