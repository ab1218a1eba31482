/* SPDX-License-Identifier: MIT */
/* The write lock of an index: an open file description lock, so that it belongs to one handle and not to the
 * whole process (fcntl(2), "Open file description locks"). */
#include "core/store_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/error.h"

enum { DEFAULT_TIMEOUT_MS = 5000, POLL_MS = 50, HOLDER_SIZE = 200 };

struct cs__store_lock {
    char *path;
    int descriptor;
};

/* Others take a lock by path: one whose file was removed meanwhile holds nothing. */
static int still_there(const struct cs__store_lock *lock)
{
    struct stat by_path, by_descriptor;
    return stat(lock->path, &by_path) == 0 && fstat(lock->descriptor, &by_descriptor) == 0 &&
           by_path.st_dev == by_descriptor.st_dev && by_path.st_ino == by_descriptor.st_ino;
}

static int try_lock(int descriptor)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(descriptor, F_OFD_SETLK, &whole) == 0;
}

static void write_holder(const struct cs__store_lock *lock)
{
    char host[65] = "", since[32], line[HOLDER_SIZE];
    time_t now = time(NULL);
    struct tm utc;
    gethostname(host, sizeof host - 1);
    gmtime_r(&now, &utc);
    strftime(since, sizeof since, "%Y-%m-%d %H:%M:%S UTC", &utc);
    int size = snprintf(line, sizeof line, "process %ld on %s since %s", (long)getpid(), host, since);
    /* It only informs: where it can't be written the lock holds all the same. */
    if (ftruncate(lock->descriptor, 0) != 0 || pwrite(lock->descriptor, line, (size_t)size, 0) != size)
        return;
}

static cs_status busy(const struct cs__store_lock *lock, const char *path, unsigned timeout_ms,
                      cs_error *error)
{
    char holder[HOLDER_SIZE];
    ssize_t size = pread(lock->descriptor, holder, sizeof holder - 1, 0);
    holder[size > 0 ? size : 0] = '\0';
    for (char *c = holder; *c != '\0'; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    return cs__error_set(error, CS_ERR_BUSY,
                         "another cs-index writes to %s (%s); waited %.1f s: try again when it has ended",
                         path, size > 0 ? holder : "it does not say which", timeout_ms / 1000.0);
}

/* Open, lock, and make sure that what is locked is what others will open; 1 when it is, 0 to try again, -1 on
 * an error (errno). */
static int attempt(struct cs__store_lock *lock)
{
    if (lock->descriptor < 0)
        lock->descriptor = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (lock->descriptor < 0)
        return -1;
    if (!try_lock(lock->descriptor))
        return errno == EAGAIN || errno == EACCES ? 0 : -1;
    if (still_there(lock))
        return 1;
    close(lock->descriptor);
    lock->descriptor = -1;
    return 0;
}

static cs_status failed(const char *path, cs_error *error)
{
    int why = errno;
    cs_status status = why == EACCES || why == EPERM || why == EROFS ? CS_ERR_READ_ONLY
                       : why == ENOSPC || why == EDQUOT              ? CS_ERR_FULL
                                                                     : CS_ERR_IO;
    if (why == ENOENT)
        return cs__error_set(error, status, "the index %s can't be made: its folder does not exist", path);
    return cs__error_set(error, status, "the index %s can't be written: %s beside it: %s", path,
                         "no lock file can be made", strerror(why));
}

static cs_status wait_for(struct cs__store_lock *lock, const char *path, unsigned timeout_ms, cs_error *error)
{
    for (unsigned waited = 0;; waited += POLL_MS) {
        int got = attempt(lock);
        if (got < 0)
            return failed(path, error);
        if (got > 0)
            break;
        if (waited >= timeout_ms && lock->descriptor >= 0)
            return busy(lock, path, timeout_ms, error);
        nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
    }
    write_holder(lock);
    return CS_OK;
}

static void release(struct cs__store_lock *lock)
{
    if (lock->descriptor >= 0)
        close(lock->descriptor);
    free(lock->path);
    free(lock);
}

cs_status cs__store_lock(const char *path, unsigned timeout_ms, struct cs__store_lock **out, cs_error *error)
{
    struct cs__buffer name = {0};
    *out = NULL;
    struct cs__store_lock *lock = calloc(1, sizeof *lock);
    cs__buffer_printf(&name, "%s.lock", path);
    if (lock == NULL || name.failed) {
        cs__buffer_free(&name);
        free(lock);
        return cs__error_nomem(error);
    }
    lock->path = name.data;
    lock->descriptor = -1;
    cs_status status = wait_for(lock, path, timeout_ms ? timeout_ms : DEFAULT_TIMEOUT_MS, error);
    if (status == CS_OK)
        *out = lock;
    else
        release(lock);
    return status;
}

void cs__store_unlock(struct cs__store_lock *lock)
{
    if (lock == NULL)
        return;
    unlink(lock->path);
    release(lock);
}
