/* SPDX-License-Identifier: MIT */
/* One cs-extract process: started, spoken to in frames, ended. */
#include "indexer/extract_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"

extern char **environ;

/* Sanitizers report on stderr; else nothing but cs-index speaks there. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KEEP_STDERR 1
#else
#define KEEP_STDERR 0
#endif

enum { RECEIVE_BYTES = 1 << 18, KEEP_BYTES = 4 << 20 };

/* The socket goes first: its number may be one of those opened after it. */
static int set_files(posix_spawn_file_actions_t *files, int socket)
{
    int failed = posix_spawn_file_actions_adddup2(files, socket, CS__FRAME_DESCRIPTOR);
    failed |= posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    failed |= posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (!KEEP_STDERR)
        failed |= posix_spawn_file_actions_addopen(files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    return failed | posix_spawn_file_actions_addclosefrom_np(files, CS__FRAME_DESCRIPTOR + 1);
}

/* Signals as in a program just started, whatever the host made of them for itself. */
static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int failed = posix_spawnattr_setsigmask(attributes, &none);
    failed |= posix_spawnattr_setsigdefault(attributes, &all);
    failed |= posix_spawnattr_setpgroup(attributes, 0);
    return failed | posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                             POSIX_SPAWN_SETPGROUP);
}

/* Returns an errno, 0 when it runs. */
static int spawn(struct cs__extract_process *process, const char *program, uint64_t max_memory_bytes,
                 int socket)
{
    char memory[24], path[4096];
    snprintf(memory, sizeof memory, "%llu", (unsigned long long)max_memory_bytes);
    snprintf(path, sizeof path, "%s", program);
    char worker[] = "--worker";
    char *arguments[] = {path, worker, memory, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int failed = posix_spawn_file_actions_init(&files);
    if (failed)
        return failed;
    failed = posix_spawnattr_init(&attributes);
    if (!failed) {
        failed = set_files(&files, socket) || set_attributes(&attributes)
                     ? ENOMEM
                     : posix_spawn(&process->pid, program, &files, &attributes, arguments, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&files);
    return failed;
}

cs_status cs__extract_process_start(struct cs__extract_process *process, const char *program,
                                    uint64_t max_memory_bytes, cs_error *error)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return cs__error_set(error, CS_ERR_IO, "cannot start an extraction process: %s", strerror(errno));
    int failed = spawn(process, program, max_memory_bytes, ends[1]);
    close(ends[1]);
    if (failed) {
        close(ends[0]);
        return cs__error_set(error, CS_ERR_IO,
                             "cannot start the extraction program %s: %s; it is installed with cs-index",
                             program, strerror(failed));
    }
    process->handle = pidfd_open(process->pid, 0);
    process->socket = ends[0];
    process->greeted = 0;
    process->taken = 0;
    cs__buffer_clear(&process->in);
    return CS_OK;
}

int cs__extract_process_send(struct cs__extract_process *process, const struct cs__frame_request *request,
                             const char *name, int descriptor)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec parts[] = {{.iov_base = (void *)request, .iov_len = sizeof *request},
                            {.iov_base = (void *)name, .iov_len = request->name_size}};
    struct msghdr message = {.msg_iov = parts,
                             .msg_iovlen = 2,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
    ssize_t sent;
    do
        sent = sendmsg(process->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)(sizeof *request + request->name_size);
}

/* Makes the buffer begin with what was not taken, now and then. */
static void forget_taken(struct cs__extract_process *process)
{
    struct cs__buffer *in = &process->in;
    size_t left = in->size - process->taken;
    if (left == 0 && in->capacity > KEEP_BYTES)
        cs__buffer_free(in);
    if (left > 0 && process->taken > 0)
        memmove(in->data, in->data + process->taken, left);
    in->size = left;
    process->taken = 0;
}

ssize_t cs__extract_process_receive(struct cs__extract_process *process)
{
    forget_taken(process);
    char *to = cs__buffer_reserve(&process->in, RECEIVE_BYTES);
    if (to == NULL)
        return -2;
    ssize_t got;
    do
        got = recv(process->socket, to, RECEIVE_BYTES, MSG_DONTWAIT);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        process->in.size += (size_t)got;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    return got > 0 ? got : -1;
}

int cs__extract_process_take(struct cs__extract_process *process, struct cs__frame *out)
{
    struct cs__frame_header header;
    size_t left = process->in.size - process->taken;
    if (left < sizeof header)
        return 0;
    memcpy(&header, process->in.data + process->taken, sizeof header);
    if (header.size > CS__FRAME_SIZE_MAX)
        return -1;
    if (left < sizeof header + header.size)
        return 0;
    out->type = header.type;
    out->payload = process->in.data + process->taken + sizeof header;
    out->size = header.size;
    process->taken += sizeof header + header.size;
    return 1;
}

/* The host may have waited for our child, or told the kernel to forget it: then its status is unknown. */
static int reap(struct cs__extract_process *process)
{
    int status = -1;
    pid_t ended;
    do
        ended = waitpid(process->pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    return ended == process->pid ? status : -1;
}

/* Where the kernel has no pidfd: is this number still our child's? */
static int is_running_child(pid_t pid)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

int cs__extract_process_stop(struct cs__extract_process *process)
{
    if (process->socket < 0)
        return -1;
    if (process->handle >= 0)
        pidfd_send_signal(process->handle, SIGKILL, NULL, 0);
    else if (is_running_child(process->pid))
        kill(process->pid, SIGKILL);
    close(process->socket);
    int status = reap(process);
    if (process->handle >= 0)
        close(process->handle);
    cs__buffer_free(&process->in);
    *process = (struct cs__extract_process){.handle = -1, .socket = -1};
    return status;
}
