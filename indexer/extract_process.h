/* SPDX-License-Identifier: MIT */
/* One cs-extract process: started, spoken to in frames, ended. Knows nothing of jobs and their order. */
#ifndef INDEXER_EXTRACT_PROCESS_H
#define INDEXER_EXTRACT_PROCESS_H

#include <sys/types.h>

#include <csearch/types.h>

#include "core/buffer.h"
#include "indexer/extract_frame.h"

/** Zero-initialised with `socket` -1 is "not running". */
struct cs__extract_process {
    pid_t pid;
    int handle; /**< of the process (pidfd), so that a number used again is never killed; -1: none */
    int socket; /**< -1 when it is not running */
    int greeted;
    struct cs__buffer in; /**< received and not yet taken, from `taken` on */
    size_t taken;
};

/** A frame as it lies in the process's buffer; valid until the next receive. */
struct cs__frame {
    uint32_t type;
    const char *payload;
    size_t size;
};

/**
 * Start `program` with at most `max_memory_bytes`. The process sees nothing of this one but its end of the
 * socket, runs in a process group of its own (a Ctrl-C on the terminal is not for it), and ends when this one
 * does.
 *
 * Returns CS_OK, CS_ERR_IO (it can't be started; `error` says what to do).
 */
cs_status cs__extract_process_start(struct cs__extract_process *process, const char *program,
                                    uint64_t max_memory_bytes, cs_error *error);

/** Hand over a copy of `descriptor`. Returns 0 when the process is gone or does not listen. */
int cs__extract_process_send(struct cs__extract_process *process, const struct cs__frame_request *request,
                             const char *name, int descriptor);

/** Read what is there, without waiting. Returns bytes read; 0 when nothing is there; -1 when it is gone, -2
 * when memory is out. */
ssize_t cs__extract_process_receive(struct cs__extract_process *process);

/** The next whole frame. Returns 1; 0 when there is none yet; -1 when it is too large to be one. */
int cs__extract_process_take(struct cs__extract_process *process, struct cs__frame *out);

/** Kill it, if it runs, and wait for its end. Returns its wait status as of waitpid(), -1 where unknown. */
int cs__extract_process_stop(struct cs__extract_process *process);

#endif
