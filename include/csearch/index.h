/* SPDX-License-Identifier: MIT */
/**
 * For those who write an index.
 *
 * A writer holds the index's write lock from open to close; readers go on beside it and see whole documents
 * only.
 */
#ifndef CSEARCH_INDEX_H
#define CSEARCH_INDEX_H

#include <csearch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cs_writer cs_writer;

/** What happened to one source. */
typedef enum cs_outcome {
    CS_OUTCOME_ADDED = 1,
    CS_OUTCOME_REPLACED,
    CS_OUTCOME_UNCHANGED,
    CS_OUTCOME_REMOVED,
    CS_OUTCOME_FAILED,
    CS_OUTCOME_WARNING /**< it was indexed, but something was repaired or left out; `message` says what */
} cs_outcome;

/** Called once a source (and once a warning); `message` is NULL where there is nothing to say. */
typedef void (*cs_report_fn)(void *context, cs_outcome outcome, const char *path, const char *message);

/** How to write; zero means the default. */
typedef struct cs_writer_options {
    size_t struct_size;
    unsigned jobs;               /**< extraction processes; default: the processors */
    unsigned timeout_ms;         /**< a document's time in extraction; default 60000 */
    uint64_t max_memory_bytes;   /**< a process's memory; default 512 MiB */
    uint64_t max_file_bytes;     /**< a larger file (other than JSON Lines) is refused; default 256 MiB */
    unsigned busy_timeout_ms;    /**< how long to wait for another writer; default 5000 */
    const char *extract_program; /**< path of cs-extract; default: the installed one */
    const char *vocabulary_file; /**< reserved; NULL */
    int force;                   /**< read again even if unchanged */
    int retry_failed;            /**< read failed sources again even if unchanged */
    int dry_run;                 /**< report only; write nothing */
    cs_report_fn report;
    void *report_context;
    cs_progress_fn progress; /**< in cs_writer_add_paths() and cs_writer_add_buffer(); stage "files"
                                (done/total files), "bytes" (done/total bytes) */
    void *progress_context;
    cs_cancel_fn cancel; /**< asked in all long calls on the writer, those at the end of a run included */
    void *cancel_context;
} cs_writer_options;
#define CS_WRITER_OPTIONS_INIT                                                                               \
    {                                                                                                        \
        sizeof(cs_writer_options), 0, 0, 0, 0, 0, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL    \
    }

/** One `key=value` that overrides what a document says; see csearch(5) for the keys. */
typedef struct cs_override {
    const char *key;
    const char *value;
} cs_override;

/** Counts of a run. */
typedef struct cs_run_counts {
    uint64_t files, added, replaced, unchanged, removed, failed, warnings;
    uint64_t documents, passages, bytes;
} cs_run_counts;

/**
 * Open the index at `path` for writing, and create it if there is none.
 *
 * The caller owns `*out`; release it with cs_writer_close(). `options` may be NULL.
 *
 * Returns:
 *   CS_OK             `*out` is set
 *   CS_ERR_FORMAT     `path` is no index, or one of another version: the message says which
 *   CS_ERR_BUSY       another writer holds it: the message says who
 *   CS_ERR_READ_ONLY, CS_ERR_IO, CS_ERR_FULL, CS_ERR_NOMEM, CS_ERR_ARGUMENT
 * On any error `*out` is NULL.
 */
CS_API cs_status cs_writer_open(const char *path, const cs_writer_options *options, cs_writer **out,
                                cs_error *error);

/**
 * Add or refresh the documents below each of `count` paths (files or folders), with `override_count`
 * overrides.
 *
 * A file that can't be read is reported, counted in `failed`, and costs nobody else. Work is committed in
 * batches of whole documents: a killed run leaves whole documents only, and the next run goes on.
 *
 * Returns CS_OK (also when some files failed), CS_ERR_CANCELLED, CS_ERR_FULL, CS_ERR_IO, CS_ERR_NOMEM,
 * CS_ERR_ARGUMENT.
 */
CS_API cs_status cs_writer_add_paths(cs_writer *writer, const char *const *paths, size_t count,
                                     const cs_override *overrides, size_t override_count, cs_error *error);

/**
 * Add or replace one document from memory. `name` stands for its path; `bytes` may be any supported format.
 *
 * Returns as cs_writer_add_paths(), and CS_ERR_DOCUMENT when the bytes can't be read.
 */
CS_API cs_status cs_writer_add_buffer(cs_writer *writer, const char *name, const void *bytes, size_t size,
                                      const cs_override *overrides, size_t override_count, cs_error *error);

/** Remove the documents at or below `path`. Returns CS_OK, CS_ERR_NOT_FOUND, CS_ERR_IO, CS_ERR_FULL,
 * CS_ERR_NOMEM. */
CS_API cs_status cs_writer_remove(cs_writer *writer, const char *path, cs_error *error);

/** Remove the documents whose file is gone, among those at or below the paths (all, when `count` is 0).
 * Returns as cs_writer_remove(). */
CS_API cs_status cs_writer_prune(cs_writer *writer, const char *const *paths, size_t count, cs_error *error);

/**
 * End the run: build visits, standing judgements and echoes, and commit.
 *
 * Returns CS_OK, CS_ERR_FULL, CS_ERR_IO, CS_ERR_NOMEM, and CS_ERR_CANCELLED: documents are kept then, and
 * visits are built by the next run.
 */
CS_API cs_status cs_writer_commit(cs_writer *writer, cs_error *error);

/** Merge postings and FTS segments and give back free space; cancelled, it changes nothing. Returns as
 * cs_writer_commit(). */
CS_API cs_status cs_writer_optimize(cs_writer *writer, cs_error *error);

/** The counts since the writer was opened. */
CS_API void cs_writer_counts(const cs_writer *writer, cs_run_counts *out);

/** Close; what was not committed is rolled back to the last whole batch. NULL is allowed. */
CS_API void cs_writer_close(cs_writer *writer);

/** One finding of a verification. Return nonzero to stop. */
typedef int (*cs_finding_fn)(void *context, const char *what);

/**
 * Check that the index at `path` agrees with itself: SQLite's own integrity, FTS5, postings, packs, counts.
 *
 * `finding` is called once a fault. Returns CS_OK when there was none, CS_ERR_CORRUPT when there was, or
 * CS_ERR_FORMAT, CS_ERR_IO, CS_ERR_NOMEM.
 */
CS_API cs_status cs_index_verify(const char *path, cs_finding_fn finding, void *context, cs_error *error);

#ifdef __cplusplus
}
#endif
#endif
