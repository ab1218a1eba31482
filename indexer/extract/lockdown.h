/* SPDX-License-Identifier: MIT */
/* Locking the worker down: what it may use, and what it may ask of the kernel. It reads hostile files; what
 * takes it over finds a process that can open nothing, start nothing, talk to nobody but cs-index, and is
 * soon gone. */
#ifndef INDEXER_EXTRACT_LOCKDOWN_H
#define INDEXER_EXTRACT_LOCKDOWN_H

#include <stdint.h>

/** For the rest of the process's life. `max_memory_bytes` 0: no limit. What this kernel can't do is left out.
 * A sanitizer build limits neither memory nor system calls, since its runtime needs both. */
void cs__lockdown(uint64_t max_memory_bytes);

/** Give the process `timeout_ms` more of the processor's time; 0: no limit. The kernel ends it (SIGXCPU)
 * then. */
void cs__lockdown_allow_time(uint32_t timeout_ms);

#endif
