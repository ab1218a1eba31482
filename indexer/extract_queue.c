/* SPDX-License-Identifier: MIT */
/* The queue of extraction: jobs, and what came of each so far. */
#include "indexer/extract_queue.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/utf8.h"

struct cs__extract_result {
    struct cs__extract_result *next;
    struct cs__extracted item;
    size_t bytes;
};

static void result_free(struct cs__extract_result *result)
{
    if (result == NULL)
        return;
    cs__text_free(result->item.text);
    free(result->item.text);
    free(result);
}

static void job_free(struct cs__extract_job *job)
{
    while (job->results != NULL) {
        struct cs__extract_result *result = job->results;
        job->results = result->next;
        result_free(result);
    }
    if (job->descriptor >= 0)
        close(job->descriptor);
    free(job);
}

cs_status cs__extract_queue_add(struct cs__extract_queue *queue, int descriptor, const char *name,
                                struct cs__extract_job **out, cs_error *error)
{
    struct stat status;
    struct cs__extract_job *job = calloc(1, sizeof *job);
    *out = job;
    if (job == NULL) {
        close(descriptor);
        return cs__error_nomem(error);
    }
    size_t size = strlen(name), skip = size > CS__FRAME_NAME_MAX ? size - CS__FRAME_NAME_MAX : 0;
    memcpy(job->name, name + skip, size - skip);
    job->descriptor = descriptor;
    job->file_bytes = fstat(descriptor, &status) == 0 ? (uint64_t)status.st_size : 0;
    job->slot = CS__EXTRACT_NO_SLOT;
    job->ticket = ++queue->last_ticket;
    if (queue->last == NULL)
        queue->first = job;
    else
        queue->last->next = job;
    queue->last = job;
    queue->pending++;
    return CS_OK;
}

cs_status cs__extract_queue_result(struct cs__extract_queue *queue, struct cs__extract_job *job,
                                   enum cs__extracted_what what, struct cs__text *text, const char *message,
                                   cs_error *error)
{
    struct cs__extract_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        cs__text_free(text);
        free(text);
        return cs__error_nomem(error);
    }
    result->item.what = what;
    result->item.ticket = job->ticket;
    result->item.text = text;
    if (message != NULL)
        memcpy(result->item.message, message, cs__utf8_cut(message, strlen(message), CS_ERROR_SIZE - 1));
    result->bytes = sizeof *result + (text == NULL ? 0 : text->arena.bytes);
    if (job->last_result == NULL)
        job->results = result;
    else
        job->last_result->next = result;
    job->last_result = result;
    if (job != queue->first)
        queue->ahead_bytes += result->bytes;
    job->done = what == CS__EXTRACTED_END || what == CS__EXTRACTED_FAILED;
    return CS_OK;
}

/* The first job becomes the one after it, whose results no longer count as ahead. */
static void remove_first(struct cs__extract_queue *queue)
{
    struct cs__extract_job *job = queue->first;
    queue->first = job->next;
    if (queue->first == NULL)
        queue->last = NULL;
    queue->pending--;
    job_free(job);
    if (queue->first == NULL)
        return;
    for (struct cs__extract_result *result = queue->first->results; result != NULL; result = result->next)
        queue->ahead_bytes -= result->bytes;
}

int cs__extract_queue_take(struct cs__extract_queue *queue, struct cs__extracted *out)
{
    struct cs__extract_job *job = queue->first;
    struct cs__extract_result *result = job == NULL ? NULL : job->results;
    if (result == NULL)
        return 0;
    job->results = result->next;
    if (job->results == NULL)
        job->last_result = NULL;
    *out = result->item;
    result->item.text = NULL;
    result_free(result);
    if (out->what == CS__EXTRACTED_END || out->what == CS__EXTRACTED_FAILED)
        remove_first(queue);
    return 1;
}

void cs__extract_queue_free(struct cs__extract_queue *queue)
{
    while (queue->first != NULL) {
        struct cs__extract_job *job = queue->first;
        queue->first = job->next;
        job_free(job);
    }
    *queue = (struct cs__extract_queue){0};
}
