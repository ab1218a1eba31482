/* SPDX-License-Identifier: MIT */
/* Locking the worker down: resource limits, no new privileges, and a filter of system calls (seccomp). */
#include "indexer/extract/lockdown.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>

#ifdef __has_feature
#define CLANG_SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define CLANG_SANITIZED 0
#endif
#if CLANG_SANITIZED || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* Standard streams, the socket, and one document. */
enum { DESCRIPTORS_MAX = 6 };

static void limit(int resource, rlim_t value)
{
    struct rlimit limits = {.rlim_cur = value, .rlim_max = value};
    setrlimit((__rlimit_resource_t)resource, &limits);
}

#ifdef ARCHITECTURE

/* A program for the kernel's filter, built instruction by instruction. */
struct filter {
    struct sock_filter code[160];
    unsigned short size;
};

static void add(struct filter *filter, struct sock_filter instruction)
{
    filter->code[filter->size++] = instruction;
}

static void load(struct filter *filter, size_t offset)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void end_with(struct filter *filter, uint32_t verdict)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

static void allow(struct filter *filter, long call)
{
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1));
    end_with(filter, SECCOMP_RET_ALLOW);
}

/* Allowed unless the argument has one of `bits`: for mappings that could be executed, for limits of others.
 */
static void allow_without(struct filter *filter, long call, unsigned argument, uint32_t bits)
{
    size_t offset = offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t);
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4));
    load(filter, offset);
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 1, 0));
    end_with(filter, SECCOMP_RET_ALLOW);
    end_with(filter, SECCOMP_RET_ERRNO | EPERM);
}

/* Allowed if the argument has all of `bits`; for fstat(), which is newfstatat() of an empty path. */
static void allow_with(struct filter *filter, long call, unsigned argument, uint32_t bit)
{
    size_t offset = offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t);
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4));
    load(filter, offset);
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bit, 0, 1));
    end_with(filter, SECCOMP_RET_ALLOW);
    end_with(filter, SECCOMP_RET_ERRNO | EPERM);
}

/* What reading a document that is open already, and talking over a socket that is, take. */
static const long calls[] = {
    SYS_read,         SYS_pread64,   SYS_lseek,        SYS_recvmsg,        SYS_sendto,
    SYS_close,        SYS_fstat,     SYS_munmap,       SYS_mremap,         SYS_brk,
    SYS_madvise,      SYS_futex,     SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_clock_gettime,
    SYS_gettimeofday, SYS_getrandom, SYS_getpid,       SYS_gettid,         SYS_exit,
    SYS_exit_group,   SYS_ppoll,     SYS_write,        SYS_sched_yield,    SYS_restart_syscall,
#ifdef SYS_poll
    SYS_poll,
#endif
#ifdef SYS_time
    SYS_time,
#endif
};

/* What is not allowed fails with EPERM: a library that tries something harmless goes on without it. */
static void filter_calls(void)
{
    struct filter filter = {.size = 0};
    load(&filter, offsetof(struct seccomp_data, arch));
    add(&filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
    end_with(&filter, SECCOMP_RET_KILL_PROCESS);
    load(&filter, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        allow(&filter, calls[i]);
    allow_without(&filter, SYS_mmap, 2, PROT_EXEC);
    allow_without(&filter, SYS_mprotect, 2, PROT_EXEC);
    allow_without(&filter, SYS_prlimit64, 0, UINT32_MAX);
    allow_with(&filter, SYS_newfstatat, 3, 0x1000 /* AT_EMPTY_PATH */);
    end_with(&filter, SECCOMP_RET_ERRNO | EPERM);
    struct sock_fprog program = {.len = filter.size, .filter = filter.code};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

#else

static void filter_calls(void)
{
}

#endif

void cs__lockdown(uint64_t max_memory_bytes)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    if (SANITIZED)
        return;
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    limit(RLIMIT_NOFILE, DESCRIPTORS_MAX);
    if (max_memory_bytes != 0)
        limit(RLIMIT_AS, max_memory_bytes);
    filter_calls();
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
