/* SPDX-License-Identifier: MIT */
/* Extract: sources -> texts, through a pool of cs-extract processes.
 *
 * A job is one source. Jobs go out in the order of their tickets, to the process with the least to do, two to
 * a process so that none waits for us; results are given back in the order of tickets. What later jobs gave
 * already is kept here, up to a bound: then their processes wait, with their results in their sockets. The
 * first job's process is always listened to, so the pool can't come to a stand. */
#include "indexer/extract.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/error.h"
#include "indexer/extract_process.h"
#include "indexer/extract_queue.h"

enum {
    SLOTS_MAX = 64,
    JOBS_A_PROCESS = 2,
    AHEAD_BYTES_MAX = 32 << 20, /* of results of jobs that are not the first */
    WARNINGS_MAX = 10000        /* of one job; the worker itself stops long before */
};

/* A process, or the place of one. */
struct slot {
    struct cs__extract_process process;
    unsigned jobs;        /* given to it and not ended */
    int listened;         /* it was, at the last poll */
    uint64_t progress_ms; /* when it last gave something, or began */
};

struct cs__extractor {
    char program[4096];
    struct cs__extract_options options;
    struct cs__extract_queue queue;
    uint32_t slot_count;
    struct slot slots[SLOTS_MAX];
};

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* The cs-extract beside the running program, as in a build folder, else the installed one. */
static void default_program(char out[], size_t size)
{
    static const char name[] = "cs-extract";
    ssize_t length = readlink("/proc/self/exe", out, size - sizeof name);
    char *slash = length > 0 ? memrchr(out, '/', (size_t)length) : NULL;
    if (slash != NULL) {
        memcpy(slash + 1, name, sizeof name);
        if (access(out, X_OK) == 0)
            return;
    }
    strcpy(out, CS_LIBEXECDIR "/cs-extract");
}

cs_status cs__extractor_open(const struct cs__extract_options *options, struct cs__extractor **out,
                             cs_error *error)
{
    *out = NULL;
    if (options->program != NULL && strlen(options->program) >= sizeof(*out)->program)
        return cs__error_set(error, CS_ERR_ARGUMENT, "the path of the extraction program is too long");
    struct cs__extractor *extractor = calloc(1, sizeof *extractor);
    if (extractor == NULL)
        return cs__error_nomem(error);
    extractor->options = *options;
    extractor->slot_count = options->jobs == 0 ? 1 : options->jobs > SLOTS_MAX ? SLOTS_MAX : options->jobs;
    if (options->program != NULL)
        strcpy(extractor->program, options->program);
    else
        default_program(extractor->program, sizeof extractor->program);
    for (size_t i = 0; i < SLOTS_MAX; i++)
        extractor->slots[i].process = (struct cs__extract_process){.handle = -1, .socket = -1};
    *out = extractor;
    return CS_OK;
}

void cs__extractor_close(struct cs__extractor *extractor)
{
    if (extractor == NULL)
        return;
    for (unsigned i = 0; i < extractor->slot_count; i++)
        cs__extract_process_stop(&extractor->slots[i].process);
    cs__extract_queue_free(&extractor->queue);
    free(extractor);
}

size_t cs__extractor_pending(const struct cs__extractor *extractor)
{
    return extractor->queue.pending;
}

/* The slot's job comes to its last result: the process is free for its next one. */
static cs_status end_job(struct cs__extractor *extractor, struct cs__extract_job *job,
                         enum cs__extracted_what what, const char *message, cs_error *error)
{
    struct slot *slot = &extractor->slots[job->slot];
    slot->jobs--;
    slot->progress_ms = now_ms();
    job->slot = CS__EXTRACT_NO_SLOT;
    return cs__extract_queue_result(&extractor->queue, job, what, NULL, message, error);
}

/* The one with the least to do, running ones first; NULL when all have enough. */
static struct slot *free_slot(struct cs__extractor *extractor)
{
    struct slot *best = NULL;
    for (unsigned i = 0; i < extractor->slot_count; i++) {
        struct slot *slot = &extractor->slots[i];
        if (best == NULL || slot->jobs < best->jobs ||
            (slot->jobs == best->jobs && best->process.socket < 0 && slot->process.socket >= 0))
            best = slot;
    }
    return best->jobs < JOBS_A_PROCESS ? best : NULL;
}

static int send_job(struct cs__extractor *extractor, struct slot *slot, struct cs__extract_job *job)
{
    struct cs__frame_request request = {.max_file_bytes = extractor->options.max_file_bytes,
                                        .timeout_ms = extractor->options.timeout_ms,
                                        .name_size = (uint32_t)strlen(job->name)};
    if (!cs__extract_process_send(&slot->process, &request, job->name, job->descriptor))
        return 0;
    if (slot->jobs == 0)
        slot->progress_ms = now_ms();
    slot->jobs++;
    job->slot = (uint32_t)(slot - extractor->slots);
    return 1;
}

/* Sends waiting jobs, first ones first, as long as processes take them. */
static cs_status assign(struct cs__extractor *extractor, cs_error *error)
{
    for (struct cs__extract_job *job = extractor->queue.first; job != NULL; job = job->next) {
        if (job->slot != CS__EXTRACT_NO_SLOT || job->done)
            continue;
        struct slot *slot = free_slot(extractor);
        if (slot == NULL)
            return CS_OK;
        if (slot->process.socket < 0) {
            cs_status status = cs__extract_process_start(&slot->process, extractor->program,
                                                         extractor->options.max_memory_bytes, error);
            if (status != CS_OK)
                return status;
        }
        /* A process that died while it had nothing to do is seen at the next poll, and the job goes to its
         * successor. */
        if (!send_job(extractor, slot, job))
            return CS_OK;
    }
    return CS_OK;
}

cs_status cs__extractor_submit(struct cs__extractor *extractor, int descriptor, const char *name,
                               uint64_t *ticket, cs_error *error)
{
    struct cs__extract_job *job;
    cs_status status = cs__extract_queue_add(&extractor->queue, descriptor, name, &job, error);
    if (status != CS_OK)
        return status;
    *ticket = job->ticket;
    return assign(extractor, error);
}

static int is_of(const struct cs__extractor *extractor, const struct cs__extract_job *job,
                 const struct slot *slot)
{
    return job->slot == (uint32_t)(slot - extractor->slots);
}

/* The job that a process works on: the first of those it was given. */
static struct cs__extract_job *current_job(struct cs__extractor *extractor, const struct slot *slot)
{
    for (struct cs__extract_job *job = extractor->queue.first; job != NULL; job = job->next)
        if (is_of(extractor, job, slot))
            return job;
    return NULL;
}

/* Its current job is lost; what it had not begun goes to another. */
static cs_status bury(struct cs__extractor *extractor, struct slot *slot, const char *message,
                      cs_error *error)
{
    struct cs__extract_job *lost = current_job(extractor, slot);
    cs_status status = lost == NULL ? CS_OK : end_job(extractor, lost, CS__EXTRACTED_FAILED, message, error);
    for (struct cs__extract_job *job = extractor->queue.first; job != NULL; job = job->next)
        if (is_of(extractor, job, slot))
            job->slot = CS__EXTRACT_NO_SLOT;
    slot->jobs = 0;
    return status;
}

static const char *took_longer(const struct cs__extractor *extractor, char out[], size_t size)
{
    unsigned ms = extractor->options.timeout_ms;
    snprintf(out, size, ms % 1000 ? "took longer than %.1f s" : "took longer than %.0f s", ms / 1000.0);
    return out;
}

/* The process ended by itself: says why, and whether it ever worked. */
static cs_status mourn(struct cs__extractor *extractor, struct slot *slot, cs_error *error)
{
    char message[CS_ERROR_SIZE];
    int greeted = slot->process.greeted, status = cs__extract_process_stop(&slot->process);
    if (!greeted)
        return cs__error_set(
            error, CS_ERR_IO,
            "the extraction program %s does not work (it ended at once, or is of another version)",
            extractor->program);
    if (status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        took_longer(extractor, message, sizeof message);
    else if (status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        snprintf(message, sizeof message, "its extraction process was killed from outside: is memory short?");
    else if (status >= 0 && WIFSIGNALED(status))
        snprintf(message, sizeof message,
                 "crashed the extraction process (%s): it may be damaged or malicious",
                 sigdescr_np(WTERMSIG(status)));
    else
        snprintf(message, sizeof message, "its extraction process ended without a word (exit status %d)",
                 status < 0 ? -1 : WEXITSTATUS(status));
    return bury(extractor, slot, message, error);
}

static cs_status kill_slow(struct cs__extractor *extractor, struct slot *slot, cs_error *error)
{
    char message[64];
    cs__extract_process_stop(&slot->process);
    return bury(extractor, slot, took_longer(extractor, message, sizeof message), error);
}

static cs_status kill_liar(struct cs__extractor *extractor, struct slot *slot, cs_error *error)
{
    cs__extract_process_stop(&slot->process);
    return bury(extractor, slot,
                "its extraction process broke the protocol and was stopped: the file may be malicious",
                error);
}

/* Frames. */

/* One text a source, and of JSON Lines no more than its bytes can hold: a process that was taken over can't
 * fill the index. */
static int may_add(const struct cs__extract_job *job, const struct cs__text *text)
{
    if (strcmp(text->format, "jsonl") != 0)
        return job->texts == 0;
    return job->texts <= job->file_bytes / 2 && job->text_bytes <= 4 * job->file_bytes;
}

static cs_status handle_text(struct cs__extractor *extractor, struct cs__extract_job *job,
                             const struct cs__frame *frame, cs_error *error)
{
    struct cs__text *text = NULL;
    cs_status status = cs__frame_get_text(frame->payload, frame->size, &text, error);
    if (status != CS_OK)
        return status;
    if (!may_add(job, text)) {
        cs__text_free(text);
        free(text);
        return CS_ERR_DOCUMENT;
    }
    job->texts++;
    job->text_bytes += text->size;
    return cs__extract_queue_result(&extractor->queue, job, CS__EXTRACTED_TEXT, text, NULL, error);
}

static cs_status handle_hello(struct slot *slot, const struct cs__frame *frame)
{
    uint32_t version = CS__FRAME_VERSION;
    slot->process.greeted = frame->type == CS__FRAME_HELLO && frame->size == sizeof version &&
                            memcmp(frame->payload, &version, sizeof version) == 0;
    return slot->process.greeted ? CS_OK : CS_ERR_FORMAT;
}

/* Returns CS_ERR_DOCUMENT when the frame can't be from an honest worker, CS_ERR_FORMAT when not from ours. */
static cs_status handle(struct cs__extractor *extractor, struct slot *slot, const struct cs__frame *frame,
                        cs_error *error)
{
    char message[CS_ERROR_SIZE];
    struct cs__extract_job *job = current_job(extractor, slot);
    if (!slot->process.greeted)
        return handle_hello(slot, frame);
    if (job == NULL)
        return CS_ERR_DOCUMENT;
    switch (frame->type) {
    case CS__FRAME_TEXT:
        return handle_text(extractor, job, frame, error);
    case CS__FRAME_WARNING:
        cs__frame_get_message(frame->payload, frame->size, message);
        return job->warnings++ < WARNINGS_MAX
                   ? cs__extract_queue_result(&extractor->queue, job, CS__EXTRACTED_WARNING, NULL, message,
                                              error)
                   : CS_ERR_DOCUMENT;
    case CS__FRAME_END:
        return end_job(extractor, job, CS__EXTRACTED_END, NULL, error);
    case CS__FRAME_FAILED:
        cs__frame_get_message(frame->payload, frame->size, message);
        return end_job(extractor, job, CS__EXTRACTED_FAILED, message, error);
    default:
        return CS_ERR_DOCUMENT;
    }
}

/* Reads what a process has to say. */
static cs_status listen_to(struct cs__extractor *extractor, struct slot *slot, cs_error *error)
{
    struct cs__frame frame;
    ssize_t got = cs__extract_process_receive(&slot->process);
    if (got == -2)
        return cs__error_nomem(error);
    if (got < 0)
        return mourn(extractor, slot, error);
    int taken;
    while ((taken = cs__extract_process_take(&slot->process, &frame)) == 1) {
        slot->progress_ms = now_ms();
        cs_status status = handle(extractor, slot, &frame, error);
        if (status == CS_ERR_FORMAT)
            return mourn(extractor, slot, error);
        if (status == CS_ERR_DOCUMENT)
            return kill_liar(extractor, slot, error);
        if (status != CS_OK)
            return status;
    }
    return taken < 0 ? kill_liar(extractor, slot, error) : CS_OK;
}

/* Waiting. */

/* Whom to listen to; one that was not for a while has its time from now on. Returns how many. A first job
 * that nobody has means that some process died: then all are listened to. */
static nfds_t choose(struct cs__extractor *extractor, struct pollfd *polls, struct slot **slots)
{
    nfds_t count = 0;
    int all =
        extractor->queue.ahead_bytes < AHEAD_BYTES_MAX || extractor->queue.first->slot == CS__EXTRACT_NO_SLOT;
    for (unsigned i = 0; i < extractor->slot_count; i++) {
        struct slot *slot = &extractor->slots[i];
        int listen = slot->process.socket >= 0 && (all || is_of(extractor, extractor->queue.first, slot));
        if (listen && !slot->listened && slot->jobs > 0)
            slot->progress_ms = now_ms();
        slot->listened = listen;
        if (!listen)
            continue;
        slots[count] = slot;
        polls[count++] = (struct pollfd){.fd = slot->process.socket, .events = POLLIN};
    }
    return count;
}

/* Milliseconds until the first of them is late; -1: none can be. */
static int patience(const struct cs__extractor *extractor, struct slot *const *slots, nfds_t count)
{
    uint64_t now = now_ms(), timeout = extractor->options.timeout_ms, least = UINT64_MAX;
    for (nfds_t i = 0; i < count && timeout > 0; i++) {
        uint64_t late = slots[i]->progress_ms + timeout;
        if (slots[i]->jobs > 0 && late < least)
            least = late;
    }
    uint64_t most = extractor->options.wait_ms ? extractor->options.wait_ms : 60000;
    if (least == UINT64_MAX && extractor->options.wait_ms == 0)
        return -1;
    return least <= now ? 0 : least - now > most ? (int)most : (int)(least - now) + 1;
}

/* Waits until something happens, and deals with it. */
static cs_status wait_for_some(struct cs__extractor *extractor, cs_error *error)
{
    struct pollfd polls[SLOTS_MAX];
    struct slot *slots[SLOTS_MAX];
    nfds_t count = choose(extractor, polls, slots);
    uint64_t timeout = extractor->options.timeout_ms;
    cs_status nothing = extractor->options.wait_ms ? CS_ERR_BUSY : CS_OK;
    int ready = poll(polls, count, patience(extractor, slots, count));
    if (ready < 0)
        return errno == EINTR
                   ? nothing
                   : cs__error_set(error, CS_ERR_IO, "waiting for extraction failed: %s", strerror(errno));
    cs_status status = CS_OK;
    for (nfds_t i = 0; i < count && status == CS_OK; i++) {
        if (polls[i].revents != 0)
            status = listen_to(extractor, slots[i], error);
        else if (timeout > 0 && slots[i]->jobs > 0 && now_ms() > slots[i]->progress_ms + timeout)
            status = kill_slow(extractor, slots[i], error);
    }
    return status == CS_OK && ready == 0 ? nothing : status;
}

cs_status cs__extractor_next(struct cs__extractor *extractor, struct cs__extracted *out, cs_error *error)
{
    *out = (struct cs__extracted){0};
    while (extractor->queue.pending > 0) {
        cs_status status = assign(extractor, error);
        if (cs__extract_queue_take(&extractor->queue, out))
            return CS_OK;
        if (status == CS_OK)
            status = wait_for_some(extractor, error);
        if (status != CS_OK)
            return status;
    }
    return CS_ERR_NOT_FOUND;
}
