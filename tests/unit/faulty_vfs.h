/* SPDX-License-Identifier: MIT */
/* For tests: SQLite's own file system layer with a fault in it. The Nth change of a file (write, truncate,
 * sync, delete) either kills the process or finds the disk full, as do all after it. See
 * https://sqlite.org/vfs.html. */
#ifndef TESTS_FAULTY_VFS_H
#define TESTS_FAULTY_VFS_H

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum faulty_mode { FAULTY_COUNT, FAULTY_KILL, FAULTY_FULL };

static struct {
    sqlite3_vfs vfs, *real;
    enum faulty_mode mode;
    long changes, fault_at;
} faulty;

struct faulty_file {
    sqlite3_file base;
    sqlite3_file *real; /* behind this struct */
};

static inline sqlite3_file *faulty_real(sqlite3_file *file)
{
    return ((struct faulty_file *)file)->real;
}

/* A change is about to happen. */
static inline int faulty_change(int grows)
{
    faulty.changes++;
    if (faulty.mode == FAULTY_KILL && faulty.changes == faulty.fault_at)
        kill(getpid(), SIGKILL);
    return faulty.mode == FAULTY_FULL && grows && faulty.changes >= faulty.fault_at ? SQLITE_FULL : SQLITE_OK;
}

static inline int faulty_close(sqlite3_file *file)
{
    return faulty_real(file)->pMethods->xClose(faulty_real(file));
}

static inline int faulty_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
    return faulty_real(file)->pMethods->xRead(faulty_real(file), to, size, at);
}

static inline int faulty_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
    int status = faulty_change(1);
    return status != SQLITE_OK ? status
                               : faulty_real(file)->pMethods->xWrite(faulty_real(file), from, size, at);
}

static inline int faulty_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int status = faulty_change(0);
    return status != SQLITE_OK ? status : faulty_real(file)->pMethods->xTruncate(faulty_real(file), size);
}

static inline int faulty_sync(sqlite3_file *file, int flags)
{
    int status = faulty_change(0);
    return status != SQLITE_OK ? status : faulty_real(file)->pMethods->xSync(faulty_real(file), flags);
}

static inline int faulty_size(sqlite3_file *file, sqlite3_int64 *out)
{
    return faulty_real(file)->pMethods->xFileSize(faulty_real(file), out);
}

static inline int faulty_lock(sqlite3_file *file, int lock)
{
    return faulty_real(file)->pMethods->xLock(faulty_real(file), lock);
}

static inline int faulty_unlock(sqlite3_file *file, int lock)
{
    return faulty_real(file)->pMethods->xUnlock(faulty_real(file), lock);
}

static inline int faulty_reserved(sqlite3_file *file, int *out)
{
    return faulty_real(file)->pMethods->xCheckReservedLock(faulty_real(file), out);
}

static inline int faulty_control(sqlite3_file *file, int which, void *argument)
{
    return faulty_real(file)->pMethods->xFileControl(faulty_real(file), which, argument);
}

static inline int faulty_sector(sqlite3_file *file)
{
    return faulty_real(file)->pMethods->xSectorSize(faulty_real(file));
}

static inline int faulty_device(sqlite3_file *file)
{
    return faulty_real(file)->pMethods->xDeviceCharacteristics(faulty_real(file));
}

static inline int faulty_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return faulty_real(file)->pMethods->xShmMap(faulty_real(file), page, size, extend, out);
}

static inline int faulty_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return faulty_real(file)->pMethods->xShmLock(faulty_real(file), offset, count, flags);
}

static inline void faulty_shm_barrier(sqlite3_file *file)
{
    faulty_real(file)->pMethods->xShmBarrier(faulty_real(file));
}

static inline int faulty_shm_unmap(sqlite3_file *file, int remove)
{
    return faulty_real(file)->pMethods->xShmUnmap(faulty_real(file), remove);
}

static const sqlite3_io_methods faulty_methods = {
    .iVersion = 2,
    .xClose = faulty_close,
    .xRead = faulty_read,
    .xWrite = faulty_write,
    .xTruncate = faulty_truncate,
    .xSync = faulty_sync,
    .xFileSize = faulty_size,
    .xLock = faulty_lock,
    .xUnlock = faulty_unlock,
    .xCheckReservedLock = faulty_reserved,
    .xFileControl = faulty_control,
    .xSectorSize = faulty_sector,
    .xDeviceCharacteristics = faulty_device,
    .xShmMap = faulty_shm_map,
    .xShmLock = faulty_shm_lock,
    .xShmBarrier = faulty_shm_barrier,
    .xShmUnmap = faulty_shm_unmap,
};

static inline int faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                              int *out_flags)
{
    struct faulty_file *faulty_file = (struct faulty_file *)file;
    (void)vfs;
    faulty_file->real = (sqlite3_file *)(void *)(faulty_file + 1);
    int status = faulty.real->xOpen(faulty.real, name, faulty_file->real, flags, out_flags);
    file->pMethods = faulty_file->real->pMethods != NULL ? &faulty_methods : NULL;
    return status;
}

static inline int faulty_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    faulty_change(0);
    return faulty.real->xDelete(faulty.real, name, sync);
}

/* From now on, all databases of this process are opened through it. */
static inline void faulty_install(enum faulty_mode mode, long fault_at)
{
    if (faulty.real == NULL) {
        faulty.real = sqlite3_vfs_find(NULL);
        faulty.vfs = *faulty.real;
        faulty.vfs.zName = "faulty";
        faulty.vfs.szOsFile += (int)sizeof(struct faulty_file);
        faulty.vfs.xOpen = faulty_open;
        faulty.vfs.xDelete = faulty_delete;
        faulty.vfs.pNext = NULL;
        sqlite3_vfs_register(&faulty.vfs, 1);
    }
    faulty.mode = mode;
    faulty.changes = 0;
    faulty.fault_at = fault_at;
}

#endif
