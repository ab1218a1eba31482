/* SPDX-License-Identifier: MIT */
/* Locking the worker down: resource limits, no new privileges. */
#include "indexer/extract/lockdown.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void limit(int resource, rlim_t value)
{
    struct rlimit limits = {.rlim_cur = value, .rlim_max = value};
    setrlimit((__rlimit_resource_t)resource, &limits);
}

void cs__lockdown(uint64_t max_memory_bytes)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, SANITIZED, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    if (max_memory_bytes != 0 && !SANITIZED)
        limit(RLIMIT_AS, max_memory_bytes);
}

void cs__lockdown_allow_time(uint32_t timeout_ms)
{
    struct timespec used;
    struct rlimit limits;
    if (getrlimit(RLIMIT_CPU, &limits) != 0 || clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0)
        return;
    limits.rlim_cur = timeout_ms == 0 ? RLIM_INFINITY : (rlim_t)used.tv_sec + timeout_ms / 1000 + 2;
    setrlimit(RLIMIT_CPU, &limits);
}
