/* SPDX-License-Identifier: MIT */
/* The worker: requests in, frames out. It ends when cs-index closes its end, however that came about. */
#include "indexer/extract/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/error.h"
#include "indexer/extract/dispatch.h"
#include "indexer/extract/lockdown.h"
#include "indexer/extract_frame.h"

struct worker {
    int socket;
    uint64_t max_memory_bytes;
    uint32_t timeout_ms;
    struct cs__builder builder;
    struct cs__buffer frames; /* that wait to be sent together */
};

static int send_all(int socket, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(socket, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return 0;
        bytes += sent;
        size -= (size_t)sent;
    }
    return 1;
}

/* The memory of a large document is not kept for the next. Frames for which memory was short are kept as
 * failed. */
static int send_frames(struct worker *worker)
{
    enum { KEEP_BYTES = 4 << 20 };
    if (worker->frames.failed)
        return 0;
    int sent = send_all(worker->socket, worker->frames.data, worker->frames.size);
    if (worker->frames.capacity > KEEP_BYTES)
        cs__buffer_free(&worker->frames);
    cs__buffer_clear(&worker->frames);
    return sent;
}

/* Small records go together: a system call each would cost more than reading them. */
static int send_when_large(struct worker *worker)
{
    enum { LARGE_BYTES = 1 << 16 };
    if (worker->frames.size < LARGE_BYTES && !worker->frames.failed)
        return 1;
    cs__lockdown_allow_time(worker->timeout_ms);
    return send_frames(worker);
}

static int send_text(void *context, const struct cs__text *text)
{
    struct worker *worker = context;
    cs__frame_put_text(&worker->frames, text);
    return send_when_large(worker);
}

static int send_warning(void *context, const char *message)
{
    struct worker *worker = context;
    cs__frame_put_message(&worker->frames, CS__FRAME_WARNING, message);
    return send_when_large(worker);
}

/* The descriptor that came along; -1 when there was none. */
static int take_descriptor(struct msghdr *message)
{
    int descriptor = -1;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c))
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
            memcpy(&descriptor, CMSG_DATA(c), sizeof descriptor);
    return descriptor;
}

/* Reads `size` bytes; a descriptor may come with the first. Returns 0 at the end of the stream. */
static int receive(int socket, void *out, size_t size, int *descriptor)
{
    char *to = out;
    while (size > 0) {
        union {
            char bytes[CMSG_SPACE(sizeof(int))];
            struct cmsghdr align;
        } control;
        struct iovec part = {.iov_base = to, .iov_len = size};
        struct msghdr message = {.msg_iov = &part,
                                 .msg_iovlen = 1,
                                 .msg_control = control.bytes,
                                 .msg_controllen = sizeof control.bytes};
        ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return 0;
        if (descriptor != NULL && *descriptor < 0)
            *descriptor = take_descriptor(&message);
        to += got;
        size -= (size_t)got;
    }
    return 1;
}

static const char *sentence(const struct worker *worker, cs_status status, cs_error *error)
{
    if (status == CS_ERR_NOMEM)
        cs__error_set(error, status, "needed more than %llu MiB of memory",
                      (unsigned long long)worker->max_memory_bytes >> 20);
    return error->message;
}

static int serve(struct worker *worker, const struct cs__frame_request *request, int descriptor,
                 const char *name)
{
    cs_error error = {0};
    struct cs__input input = {.descriptor = descriptor,
                              .name = name,
                              .builder = &worker->builder,
                              .sink = {worker, send_text, send_warning},
                              .max_memory_bytes = worker->max_memory_bytes};
    worker->timeout_ms = request->timeout_ms;
    cs__lockdown_allow_time(request->timeout_ms);
    cs_status status = cs__dispatch(&input, request->max_file_bytes, &error);
    if (worker->frames.failed) {
        cs__buffer_free(&worker->frames);
        status = CS_ERR_NOMEM;
    }
    if (status == CS_ERR_CANCELLED)
        return 0;
    if (status == CS_ERR_NOMEM)
        cs__builder_free(&worker->builder);
    if (status == CS_OK)
        cs__frame_put_message(&worker->frames, CS__FRAME_END, NULL);
    else
        cs__frame_put_message(&worker->frames, CS__FRAME_FAILED, sentence(worker, status, &error));
    return send_frames(worker);
}

/* One request; returns 0 when there is no more. */
static int serve_next(struct worker *worker)
{
    struct cs__frame_request request;
    char name[CS__FRAME_NAME_MAX + 1];
    int descriptor = -1;
    if (!receive(worker->socket, &request, sizeof request, &descriptor) ||
        request.name_size > CS__FRAME_NAME_MAX || !receive(worker->socket, name, request.name_size, NULL))
        return 0;
    name[request.name_size] = '\0';
    int go_on = descriptor >= 0 && serve(worker, &request, descriptor, name);
    close(descriptor);
    return go_on;
}

/* When cs-index is gone there is nobody to work for, in the middle of a document, too. */
static void leave_if_alone(int signal_number)
{
    (void)signal_number;
    struct pollfd other_end = {.fd = CS__FRAME_DESCRIPTOR};
    if (poll(&other_end, 1, 0) == 1 && (other_end.revents & (POLLHUP | POLLERR | POLLNVAL)))
        _exit(0);
}

static void watch_other_end(int socket)
{
    struct sigaction action = {.sa_handler = leave_if_alone, .sa_flags = SA_RESTART};
    sigaction(SIGIO, &action, NULL);
    fcntl(socket, F_SETOWN, getpid());
    fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_ASYNC);
}

int cs__worker_serve(uint64_t max_memory_bytes)
{
    struct worker worker = {.socket = CS__FRAME_DESCRIPTOR, .max_memory_bytes = max_memory_bytes};
    uint32_t version = CS__FRAME_VERSION;
    struct cs__frame_header hello = {.type = CS__FRAME_HELLO, .size = sizeof version};
    watch_other_end(worker.socket);
    cs__lockdown(max_memory_bytes);
    if (!send_all(worker.socket, (char *)&hello, sizeof hello) ||
        !send_all(worker.socket, (char *)&version, sizeof version))
        return 1;
    while (serve_next(&worker))
        ;
    cs__buffer_free(&worker.frames);
    cs__builder_free(&worker.builder);
    return 0;
}
