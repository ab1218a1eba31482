/* SPDX-License-Identifier: MIT */
/**
 * For those who read an index: queries, hits, excerpts.
 *
 * One reader handle a thread; any number of handles on one index, beside one writer.
 */
#ifndef CSEARCH_QUERY_H
#define CSEARCH_QUERY_H

#include <csearch/types.h>
#include <csearch/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How to read; zero means the default. */
typedef struct cs_reader_options {
    size_t struct_size;
    const char *vocabulary_file; /**< a user's vocabulary, beside the built-in one; NULL for none */
    unsigned busy_timeout_ms;    /**< default 5000 */
    const char *themes_file;     /**< a user's themes, beside the built-in ones; NULL for none */
    cs_cancel_fn cancel;         /**< asked in all long calls on the reader; NULL: they run to their end */
    void *cancel_context;
} cs_reader_options;
#define CS_READER_OPTIONS_INIT                                                                               \
    {                                                                                                        \
        sizeof(cs_reader_options), NULL, 0, NULL, NULL, NULL                                                 \
    }

/**
 * Open the index at `path` for reading; the file, its folder or the medium may be read-only.
 *
 * The caller owns `*out`; release it with cs_reader_close().
 *
 * Returns:
 *   CS_OK             `*out` is set
 *   CS_ERR_NOT_FOUND  there is no file at `path`
 *   CS_ERR_FORMAT     it is no index, or one of another version: the message says what to do
 *   CS_ERR_ARGUMENT   `options` has no size: begin with CS_READER_OPTIONS_INIT
 *   CS_ERR_IO, CS_ERR_NOMEM, CS_ERR_BUSY, CS_ERR_CORRUPT
 * On any error `*out` is NULL.
 */
CS_API cs_status cs_reader_open(const char *path, const cs_reader_options *options, cs_reader **out,
                                cs_error *error);
/**
 * Open an index that is in memory: `size` bytes, as they stand in its file. They are borrowed until
 * cs_reader_close() and never written, so any number of readers may share them.
 *
 * Returns CS_OK, CS_ERR_FORMAT, CS_ERR_ARGUMENT, CS_ERR_NOMEM, CS_ERR_CORRUPT. On any error `*out` is NULL.
 */
CS_API cs_status cs_reader_open_memory(const void *bytes, size_t size, const cs_reader_options *options,
                                       cs_reader **out, cs_error *error);
/** Close. All hits taken from it must have been freed. NULL is allowed. */
CS_API void cs_reader_close(cs_reader *reader);

/**
 * Hold the index as it is now: until cs_reader_release() all calls on `reader` see this one state of it,
 * whatever a writer does meanwhile. Without it each call sees the state of its beginning.
 *
 * Holding costs a writer nothing but space; don't hold for hours. Holding twice is holding once.
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT.
 */
CS_API cs_status cs_reader_hold(cs_reader *reader, cs_error *error);
/** The opposite; where nothing is held it does nothing. */
CS_API void cs_reader_release(cs_reader *reader);

/** Numbers about an index. */
typedef struct cs_stats {
    uint64_t sources, failed, documents, visits, passages, words;
    uint64_t text_bytes, file_bytes, postings_bytes, pack_bytes, fts_bytes;
    int schema_version, tokenizer_version, rules_version;
    char identity[37]; /**< a UUID, new with each index */
} cs_stats;
/** Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT, CS_ERR_CANCELLED. */
CS_API cs_status cs_reader_stats(cs_reader *reader, cs_stats *out, cs_error *error);

/** Which index it is, and by which rules it was made. */
typedef struct cs_identity {
    char uuid[37]; /**< new with each index */
    int schema_version, tokenizer_version, rules_version;
} cs_identity;
/** Much faster than cs_reader_stats(). Returns CS_OK, CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT. */
CS_API cs_status cs_reader_identity(cs_reader *reader, cs_identity *out, cs_error *error);

/** How words combine. */
typedef enum cs_match_mode {
    CS_MATCH_AUTO =
        0, /**< all words in a passage; else in a section; else most words; the result says which */
    CS_MATCH_ALL,
    CS_MATCH_ANY
} cs_match_mode;

typedef enum cs_sort {
    CS_SORT_RELEVANCE = 0,
    CS_SORT_DATE /**< newest visit first, then by relevance */
} cs_sort;

/** A search; strings are NULL and numbers zero where nothing is asked. */
typedef struct cs_search_options {
    size_t struct_size;
    uint32_t limit;  /**< passages; 0 means 10 */
    uint32_t offset; /**< passages to leave out first */
    cs_match_mode match;
    cs_sort sort;
    const char *since, *until; /**< visit date, else published; as cs_date_parse() reads them */
    const char *published_since, *published_until;
    const char *judgement; /**< of the passage's own section, else the document's, else standing: "good" or
                              "inadequate..good" */
    const char *overall;   /**< the document's overall judgement, likewise */
    const char *authority; /**< name or other name, any letter case */
    const char *kind, *visit, *section, *area;
    int exact;        /**< no vocabulary groups, no stemming */
    int no_fold;      /**< show every hit, also echoes, and each document's all where they rank */
    int explain;      /**< fill cs_hit.explanation */
    uint32_t context; /**< sentences around the answering ones in excerpts; 0 means the default */
    int by_document; /**< each document once, by its best passage; its score adds up those of all its passages
                      */
    int bare;        /**< of each hit only rank, score and passage, and of its document id, path and record */
} cs_search_options;
#define CS_SEARCH_OPTIONS_INIT                                                                               \
    {                                                                                                        \
        sizeof(cs_search_options), 0, 0, CS_MATCH_AUTO, CS_SORT_RELEVANCE, NULL, NULL, NULL, NULL, NULL,     \
            NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0                                             \
    }

/** A part of a score: a word of the query, or what the second look adds (takes, when negative). All parts add
 * up to the score. */
typedef struct cs_score_part {
    const char *name;
    double score;
} cs_score_part;

/** One passage that answers. Borrowed from its cs_hits. */
typedef struct cs_hit {
    uint32_t rank; /**< 1 = best */
    double score;
    int64_t passage;  /**< id in the index */
    const char *text; /**< the whole passage, verbatim, white space squeezed */
    size_t text_size;
    const cs_range *marks; /**< ranges of `text` that matched, in order, not overlapping */
    size_t mark_count;
    cs_range excerpt; /**< the part of `text` to show where space is short: whole sentences where they fit */
    const cs_document *document; /**< without fields */
    const cs_visit *visit;       /**< NULL where none is known */
    cs_judged judgement;         /**< of the passage's section, else of the document, else standing */
    cs_area judgement_area;
    const char *section;       /**< heading, without its grade; NULL where there is none */
    const char *number;        /**< numbered paragraph, "29"; NULL where there is none */
    const char *lead_in;       /**< for a bullet: the words that introduce its list; NULL else */
    uint32_t page;             /**< 1-based; 0 where there are no pages */
    const char *citation;      /**< one line that finds the passage again */
    const char *explanation;   /**< parts of the score, when asked; NULL else */
    uint32_t folded;           /**< echoes folded under this one: hits that only repeat it */
    int is_echo;               /**< an article or a second copy that only repeats its source */
    uint32_t more_in_document; /**< further hits of its document, which stand behind those of others */
    const struct cs_score_part *score_parts; /**< when an explanation is asked for; NULL else */
    size_t score_part_count;
    int continues; /**< it has none of the words, but goes on about a hit that stands before it ("Such
                        children ..."): score 0, behind all others, not in the total */
} cs_hit;

typedef struct cs_hits cs_hits;

/**
 * Run `query` (`size` bytes, any bytes at all) and give back its hits, best first.
 *
 * The caller owns `*out`; release it with cs_hits_free() before the reader is closed. `*out` may hold no
 * hits. `options` may be NULL.
 *
 * Returns:
 *   CS_OK            `*out` is set
 *   CS_ERR_ARGUMENT  a filter in `options` can't be read: the message names it
 *   CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT, CS_ERR_CANCELLED
 * On any error `*out` is NULL.
 */
CS_API cs_status cs_search(cs_reader *reader, const char *query, size_t size,
                           const cs_search_options *options, cs_hits **out, cs_error *error);
CS_API size_t cs_hits_count(const cs_hits *hits);
/** Passages that match in all, before limit and folding. */
CS_API uint64_t cs_hits_total(const cs_hits *hits);
/** Whether there are more than cs_hits_total(): counting stops where it would cost more than finding the
 * best. */
CS_API int cs_hits_total_is_bound(const cs_hits *hits);
/** Borrowed from `hits`; NULL when `i` is past the end. */
CS_API const cs_hit *cs_hits_get(const cs_hits *hits, size_t i);
/** How the query was read, as a query in canonical form. Borrowed; never NULL. */
CS_API const char *cs_hits_read_as(const cs_hits *hits);
/** How words were combined in the end: "all", "section", "most", "any", "phrase", "boolean". Borrowed; never
 * NULL. */
CS_API const char *cs_hits_match(const cs_hits *hits);
/** What was searched beside the words given (vocabulary groups). Borrowed strings; NULL when `i` is past the
 * end. */
CS_API const char *cs_hits_also_searched(const cs_hits *hits, size_t i);
/** Sentences for the reader: what was ignored, read as text, or suggested ("did you mean"). NULL when `i` is
 * past the end. */
CS_API const char *cs_hits_note(const cs_hits *hits, size_t i);
CS_API void cs_hits_free(cs_hits *hits);

/**
 * Read passages by their ids, in this order, as hits without a score.
 *
 * What matches `query` (`size` bytes; NULL for none) is marked, and decides about excerpts. Of `options`,
 * which may be NULL, `exact` and `context` count. Ids come from cs_hit.passage and hold until the document is
 * indexed again.
 *
 * The caller owns `*out`; release it with cs_hits_free() before the reader is closed.
 *
 * Returns:
 *   CS_OK             `*out` is set
 *   CS_ERR_NOT_FOUND  there is no passage of one of the ids: the message says which
 *   CS_ERR_ARGUMENT   `options` has no size, or `query` names a theme and the file of themes can't be read
 *   CS_ERR_NOMEM, CS_ERR_IO, CS_ERR_CORRUPT, CS_ERR_CANCELLED
 * On any error `*out` is NULL.
 */
CS_API cs_status cs_passages_read(cs_reader *reader, const int64_t *ids, size_t count, const char *query,
                                  size_t size, const cs_search_options *options, cs_hits **out,
                                  cs_error *error);
/**
 * Read all that can be searched of the document of this id, in its order. As cs_passages_read();
 * CS_ERR_NOT_FOUND where there is no such document.
 */
CS_API cs_status cs_document_read(cs_reader *reader, int64_t document, const char *query, size_t size,
                                  const cs_search_options *options, cs_hits **out, cs_error *error);

/** How a query is read, before any index is asked. Release with cs_reading_free(). */
typedef struct cs_reading cs_reading;

/**
 * Read `query` (`size` bytes, any bytes at all) as cs_search() would.
 *
 * The caller owns `*out`. Returns CS_OK or CS_ERR_NOMEM (`*out` is then NULL).
 */
CS_API cs_status cs_query_read(const char *query, size_t size, cs_reading **out, cs_error *error);
/** The query in canonical form. Borrowed from `reading`; never NULL. */
CS_API const char *cs_reading_read_as(const cs_reading *reading);
/** Sentences for the reader, as cs_hits_note(). Borrowed; NULL when `i` is past the end. */
CS_API const char *cs_reading_note(const cs_reading *reading, size_t i);
CS_API void cs_reading_free(cs_reading *reading);

#ifdef __cplusplus
}
#endif
#endif
