/* SPDX-License-Identifier: MIT */
/* The write lock of an index: a file beside it ("INDEX.lock") that its writer holds by fcntl and that says
 * who holds it. The system lets go of it when a process ends, however it ends. */
#ifndef CORE_STORE_LOCK_H
#define CORE_STORE_LOCK_H

#include <csearch/types.h>

struct cs__store_lock;

/**
 * Take the lock of the index at `path`, waiting up to `timeout_ms` (0 means 5000) for another writer.
 *
 * The caller owns `*out`; release it with cs__store_unlock().
 *
 * Returns CS_OK; CS_ERR_BUSY with a sentence that says which process on which machine holds it since when;
 * CS_ERR_READ_ONLY (the folder can't be written), CS_ERR_IO, CS_ERR_NOMEM.
 */
cs_status cs__store_lock(const char *path, unsigned timeout_ms, struct cs__store_lock **out, cs_error *error);
/** Let go, and remove the file. NULL is allowed. */
void cs__store_unlock(struct cs__store_lock *lock);

#endif
