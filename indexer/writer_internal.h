/* SPDX-License-Identifier: MIT */
/* What the files of the writer share.
 *
 *     writer.c            opening, closing, the end of a run
 *     writer_add.c        paths and buffers: which to read, and in what order
 *     writer_receive.c    what extraction gives -> documents in the index
 *     writer_remove.c     removing and pruning
 *     writer_postings.c   the words that FTS5 sees, handed to the own postings
 *     writer_override.c   what --set and sidecars say
 *     writer_refresh.c    describing again what older rules described
 *     writer_verify.c     whether an index agrees with itself
 */
#ifndef INDEXER_WRITER_INTERNAL_H
#define INDEXER_WRITER_INTERNAL_H

#include <csearch/index.h>

#include "core/arena.h"
#include "core/buffer.h"
#include "core/store_lock.h"
#include "indexer/extract.h"
#include "indexer/walk.h"
#include "indexer/write.h"

/** Bytes of a digest in hexadecimal digits, NUL included. */
#define CS__DIGEST_SIZE 65

/** What the user says of one source. */
struct cs__overrides {
    struct cs__arena arena;
    cs_override *items; /**< --set before sidecar */
    size_t count;
    char digest[CS__DIGEST_SIZE]; /**< of all of them; "" for none */
};

/** A source on its way through extraction. */
struct cs__pending {
    struct cs__pending *next;
    uint64_t ticket;
    struct cs__source_row
        row;        /**< its id when it is known; path, size, mtime as they were when it was opened */
    char *path;     /**< owned */
    int known;      /**< it had a row, read without failure */
    int descriptor; /**< for the hash; owned; -1 for none */
    struct cs__overrides overrides;
    uint64_t texts, text_bytes; /**< received so far */
    struct cs__buffer warnings; /**< sentences, joined by "; " */
};

struct cs_writer {
    cs_writer_options options;
    char *path; /**< absolute */
    struct cs__store_lock *lock;
    struct cs__postings_sink *postings; /**< gets the words; NULL in a dry run */
    struct cs__write *write;            /**< NULL in a dry run without an index */
    struct cs__extractor *extractor;    /**< NULL until something is to be read */
    struct cs__pending *first, *last;   /**< in the order of tickets */
    cs_run_counts counts;
    int64_t batch_began_ms;
    int changed;                                               /**< since the last link */
    uint64_t files_done, files_total, bytes_done, bytes_total; /**< of this call, for progress */
};

/** Tell the host; adds to the counts. */
void cs__writer_report(cs_writer *writer, cs_outcome outcome, const char *path, const char *message);
/** Tell the host how far it is. Returns CS_OK, or CS_ERR_CANCELLED when it wants to stop. */
cs_status cs__writer_progress(cs_writer *writer, cs_error *error);
/** Commit when enough has been written since the last time. Returns CS_OK, or as cs__write_commit(). */
cs_status cs__writer_commit_batch(cs_writer *writer, cs_error *error);
/** Begin a batch, unless one is open, and note that the index changes. */
cs_status cs__writer_begin(cs_writer *writer, cs_error *error);

/** Receive results until at most `leave` sources are pending. Returns CS_OK, CS_ERR_CANCELLED, or an error
 * that ends the run. */
cs_status cs__writer_receive(cs_writer *writer, size_t leave, cs_error *error);
/** Put down that a source could not be read, and why. `retry`: at the next run also if it looks unchanged. */
cs_status cs__writer_fail(cs_writer *writer, struct cs__source_row *row, const char *why, int retry,
                          cs_error *error);
void cs__pending_free(struct cs__pending *pending);

/** Describe again what older rules described, once a run, before anything is read. Returns CS_OK,
 * CS_ERR_CORRUPT, CS_ERR_NOMEM, or as cs__store_failed(). */
cs_status cs__writer_refresh(cs_writer *writer, cs_error *error);

struct cs__postings_sink;

/** Keep the own postings from what `write` writes. The caller owns `*out`; release it with
 * cs__postings_sink_free() when `write` is in no transaction, before it is closed. Returns CS_OK,
 * CS_ERR_NOMEM, or as cs__store_failed(). */
cs_status cs__postings_sink_open(struct cs__write *write, struct cs__postings_sink **out, cs_error *error);
struct cs__postings_pace;
/** See cs__postings_set_pace(). */
void cs__postings_sink_set_pace(struct cs__postings_sink *sink, const struct cs__postings_pace *pace);
/** NULL is allowed. */
void cs__postings_sink_free(struct cs__postings_sink *sink);

/** SHA-256 of a file from its beginning, by positioned reads. Returns CS_OK or CS_ERR_IO (errno). */
cs_status cs__hash_file(int descriptor, uint8_t out[32]);
void cs__hash_bytes(const void *bytes, size_t size, uint8_t out[32]);

/**
 * Put together what is said of a source: `set` (may be empty) and its sidecar (NULL for none).
 *
 * `out` is filled; release it with cs__overrides_free(). Returns CS_OK; CS_ERR_DOCUMENT when the sidecar
 * can't be read (the sentence says why), CS_ERR_NOMEM.
 */
cs_status cs__overrides_make(const cs_override *set, size_t count, const char *sidecar,
                             struct cs__overrides *out, cs_error *error);
void cs__overrides_free(struct cs__overrides *overrides);

#endif
