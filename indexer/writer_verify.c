/* SPDX-License-Identifier: MIT */
/* Verify: whether an index agrees with itself. Input: an index, read only; output: a sentence a fault.
 *
 * Words are compared by sums: each (passage, field, position, term) that the postings hold, and each that the
 * texts give when they are cut into words again, is hashed and added up, 256 passages together. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/segment_store.h"
#include "core/short_form.h"
#include "core/store.h"
#include "indexer/writer_internal.h"

enum { GROUP = 256, FINDING_SIZE = 300, CACHE_BYTES = 8 << 20 };

struct check {
    sqlite3 *db;
    cs_finding_fn finding;
    void *context;
    int faults, stopped;
    uint64_t *sums;     /* texts less postings, by passage id / GROUP */
    uint64_t *fts_sums; /* postings less FTS5, likewise */
    size_t sum_count;
    struct cs__tokenizer *tokenizer;
    int64_t short_forms; /* that the texts explain */
};

static void found(struct check *check, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void found(struct check *check, const char *format, ...)
{
    char what[FINDING_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    check->faults++;
    if (check->finding != NULL && !check->stopped)
        check->stopped = check->finding(check->context, what);
}

/* Rows of this statement are faults; the first column says which. */
static cs_status rows_are_faults(struct check *check, const char *sql, const char *what, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    int status = sqlite3_prepare_v2(check->db, sql, -1, &statement, NULL);
    while (status == SQLITE_OK || status == SQLITE_ROW) {
        status = sqlite3_step(statement);
        const char *which = status == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
        if (status == SQLITE_ROW && !(which != NULL && strcmp(which, "ok") == 0))
            found(check, "%s: %s", what, which != NULL ? which : "?");
    }
    cs_status result = status == SQLITE_DONE ? CS_OK : cs__store_failed(check->db, error);
    sqlite3_finalize(statement);
    return result;
}

static cs_status check_rows(struct check *check, cs_error *error)
{
    static const char *const queries[][2] = {
        {"PRAGMA integrity_check(20)", "SQLite"},
        {"SELECT d.id FROM document d LEFT JOIN source s ON s.id = d.source WHERE s.id IS NULL",
         "a document without its source"},
        {"SELECT d.id FROM document d WHERE block_count <> (SELECT count(*) FROM passage p WHERE p.id BETWEEN"
         " d.first_passage AND d.first_passage + d.block_count - 1 AND p.document = d.id)",
         "a document without all its passages"},
        {"SELECT id FROM passage WHERE document NOT IN (SELECT id FROM document)",
         "a passage without its document"},
        {"SELECT d.id FROM document d WHERE passages <> (SELECT count(*) FROM passage p WHERE p.id BETWEEN"
         " d.first_passage AND d.first_passage + d.block_count - 1 AND p.flags & 1)",
         "a document with another number of searchable passages"},
        {"SELECT p.id FROM passage p LEFT JOIN section s ON s.id = p.section WHERE p.section IS NOT NULL AND"
         " (s.id IS NULL OR s.document <> p.document OR p.id < s.first_passage OR"
         " p.id >= s.first_passage + s.block_count)",
         "a passage outside its section"},
        {"SELECT f.document FROM field f LEFT JOIN document d ON d.id = f.document WHERE d.id IS NULL",
         "a field without its document"},
        {"SELECT DISTINCT id >> 24 FROM segment_chunk WHERE id >> 24 NOT IN (SELECT id FROM segment UNION ALL"
         " SELECT id FROM segment_merge UNION ALL SELECT id FROM segment_dropped)",
         "postings of a segment that is not there"},
    };
    cs_status status = CS_OK;
    for (size_t i = 0; i < sizeof queries / sizeof queries[0] && status == CS_OK && !check->stopped; i++)
        status = rows_are_faults(check, queries[i][0], queries[i][1], error);
    return status;
}

/* FNV-1a, and a last mixing so that sums of hashes tell more than sums of words. */
static uint64_t hash_word(int64_t passage, uint64_t field, uint64_t position, const char *term, size_t size)
{
    uint64_t hash =
        0xCBF29CE484222325u ^ (uint64_t)passage * 0x9E3779B97F4A7C15u ^ field << 62 ^ position << 32;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)term[i]) * 0x100000001B3u;
    hash ^= hash >> 31;
    hash *= 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

static void add_sum(uint64_t *sums, const struct check *check, int64_t passage, uint64_t hash)
{
    size_t group = passage > 0 ? (size_t)(passage / GROUP) : 0;
    if (group < check->sum_count)
        sums[group] += hash;
}

static cs_status make_sums(struct check *check, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    int status =
        sqlite3_prepare_v2(check->db, "SELECT coalesce(max(id), 0) FROM passage", -1, &statement, NULL);
    if (status == SQLITE_OK)
        status = sqlite3_step(statement);
    if (status == SQLITE_ROW)
        check->sum_count = (size_t)(sqlite3_column_int64(statement, 0) / GROUP) + 2;
    sqlite3_finalize(statement);
    if (status != SQLITE_ROW)
        return cs__store_failed(check->db, error);
    check->sums = calloc(check->sum_count, sizeof *check->sums);
    check->fts_sums = calloc(check->sum_count, sizeof *check->fts_sums);
    return check->sums != NULL && check->fts_sums != NULL ? CS_OK : cs__error_nomem(error);
}

/* What FTS5 holds, a passage a word, against what the texts give; positions it does not keep. */
static cs_status subtract_fts(struct check *check, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    sqlite3_exec(check->db, "PRAGMA query_only = 0", NULL, NULL, NULL); /* a temporary table */
    int status = sqlite3_exec(check->db,
                              "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, passage_fts, instance)",
                              NULL, NULL, NULL);
    if (status == SQLITE_OK)
        status = sqlite3_prepare_v2(check->db, "SELECT term, doc FROM temp.words", -1, &statement, NULL);
    while (status == SQLITE_OK || status == SQLITE_ROW) {
        status = sqlite3_step(statement);
        const char *term = status == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
        if (term != NULL)
            add_sum(check->fts_sums, check, sqlite3_column_int64(statement, 1),
                    0 - hash_word(sqlite3_column_int64(statement, 1), 1, 0, term,
                                  (size_t)sqlite3_column_bytes(statement, 0)));
    }
    cs_status result = status == SQLITE_DONE ? CS_OK : cs__store_failed(check->db, error);
    sqlite3_finalize(statement);
    sqlite3_exec(check->db, "DROP TABLE temp.words; PRAGMA query_only = 1", NULL, NULL, NULL);
    return result;
}

/* One list of a term, in text (1) or headings (0): what it holds is taken off the sums. */
static cs_status subtract_list(struct check *check, struct cs__stored_segment *stored,
                               const struct cs__list *list, uint64_t field, const struct cs__term_walk *walk)
{
    struct cs__cursor cursor = {0};
    if (list->count == 0)
        return CS_OK;
    for (cs__cursor_open(&cursor, stored->segment, list); cursor.passage != CS__NO_PASSAGE;
         cs__cursor_next(&cursor)) {
        int64_t passage = stored->segment->base + cursor.passage;
        int removed = cs__passage_is_removed(stored, cursor.passage);
        const uint32_t *positions = cs__cursor_positions(&cursor);
        if (positions == NULL)
            break;
        for (uint32_t i = 0; i < cursor.frequency && !removed; i++)
            add_sum(check->sums, check, passage,
                    0 - hash_word(passage, field, positions[i], walk->term, walk->term_size));
        if (field == 1 && !removed)
            add_sum(check->fts_sums, check, passage, hash_word(passage, 1, 0, walk->term, walk->term_size));
    }
    cs_status status = cursor.status;
    cs__cursor_close(&cursor);
    return status;
}

static cs_status subtract_segment(struct check *check, struct cs__stored_segment *stored)
{
    struct cs__term_walk walk;
    cs__term_walk_begin(&walk, stored->segment, "", 0);
    cs_status status = cs__term_walk_next(&walk);
    while (status == CS_OK && walk.term != NULL) {
        struct cs__arena arena = {0};
        struct cs__term_lists lists;
        status = cs__term_walk_lists(&walk, &arena, &lists);
        if (status == CS_OK)
            status = subtract_list(check, stored, &lists.heading, 0, &walk);
        if (status == CS_OK)
            status = subtract_list(check, stored, &lists.text, 1, &walk);
        cs__arena_free(&arena);
        if (status == CS_OK)
            status = cs__term_walk_next(&walk);
    }
    cs__term_walk_end(&walk);
    return status;
}

static cs_status subtract_postings(struct check *check, cs_error *error)
{
    struct cs__segments *segments = NULL;
    cs_status status = cs__segments_new(check->db, CACHE_BYTES, &segments);
    if (status == CS_OK)
        status = cs__segments_refresh(segments);
    for (size_t i = 0; status == CS_OK && i < segments->count && !check->stopped; i++) {
        status = subtract_segment(check, &segments->items[i]);
        if (status != CS_ERR_CORRUPT)
            continue;
        found(check, "postings of passages from %lld on are damaged",
              (long long)segments->items[i].segment->base);
        status = CS_OK;
    }
    cs__segments_free(segments);
    return status == CS_OK
               ? CS_OK
               : cs__error_set(error, status, "postings can't be read: %s", cs_status_name(status));
}

static void add_text(struct check *check, int64_t passage, uint64_t field, const char *text, size_t size)
{
    struct cs__token token;
    cs__tokenizer_start(check->tokenizer, text, size, CS__TOKENIZE_STEM);
    while (cs__tokenizer_next(check->tokenizer, &token))
        add_sum(check->sums, check, passage,
                hash_word(passage, field, token.position, token.term, token.term_size));
}

static int64_t count_short_forms(const char *text, size_t size)
{
    struct cs__short_form form;
    size_t at = 0;
    int64_t count = 0;
    while (cs__short_form_next(text, size, &at, &form))
        count++;
    return count;
}

/* The texts of one pack, for the passages from `passages` on; both statements walk in the order of ids. */
static cs_status add_pack(struct check *check, struct cs__unpacker *unpacker, sqlite3_stmt *pack,
                          sqlite3_stmt *passages, int *more, cs_error *error)
{
    struct cs__arena arena = {0};
    const char **texts;
    uint32_t *sizes;
    size_t count;
    int64_t first = sqlite3_column_int64(pack, 0);
    cs_status status = cs__unpack(unpacker, sqlite3_column_blob(pack, 1),
                                  (size_t)sqlite3_column_bytes(pack, 1), &arena, &texts, &sizes, &count);
    if (status == CS_ERR_CORRUPT) {
        found(check, "the texts from passage %lld on can't be unpacked", (long long)first);
        count = 0;
        status = CS_OK;
    }
    for (; status == CS_OK && *more; *more = sqlite3_step(passages) == SQLITE_ROW) {
        int64_t passage = sqlite3_column_int64(passages, 0);
        if (passage >= first + (int64_t)count)
            break;
        if (passage < first) {
            found(check, "passage %lld has no text", (long long)passage);
            continue;
        }
        if (!(sqlite3_column_int(passages, 1) & CS__PASSAGE_SEARCHABLE))
            continue;
        add_text(check, passage, 0, (const char *)sqlite3_column_text(passages, 2),
                 (size_t)sqlite3_column_bytes(passages, 2));
        add_text(check, passage, 1, texts[passage - first], sizes[passage - first]);
        check->short_forms += count_short_forms(texts[passage - first], sizes[passage - first]);
    }
    cs__arena_free(&arena);
    return status == CS_ERR_NOMEM ? cs__error_nomem(error) : status;
}

static cs_status add_texts(struct check *check, struct cs__unpacker *unpacker, cs_error *error)
{
    static const char passages_sql[] = "SELECT p.id, p.flags, coalesce(s.heading, d.title, '') FROM passage "
                                       "p JOIN document d ON d.id = p.document"
                                       " LEFT JOIN section s ON s.id = p.section ORDER BY p.id";
    sqlite3_stmt *passages = NULL, *packs = NULL;
    cs_status status = CS_OK;
    if (sqlite3_prepare_v2(check->db, passages_sql, -1, &passages, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(check->db, "SELECT first, data FROM pack ORDER BY first", -1, &packs, NULL) !=
            SQLITE_OK)
        status = cs__store_failed(check->db, error);
    int more = status == CS_OK && sqlite3_step(passages) == SQLITE_ROW;
    while (status == CS_OK && !check->stopped && sqlite3_step(packs) == SQLITE_ROW)
        status = add_pack(check, unpacker, packs, passages, &more, error);
    if (status == CS_OK && more && !check->stopped)
        found(check, "passage %lld has no text", (long long)sqlite3_column_int64(passages, 0));
    sqlite3_finalize(passages);
    sqlite3_finalize(packs);
    return status;
}

static void report_sums(struct check *check)
{
    for (size_t i = 0; i < check->sum_count && !check->stopped; i++) {
        if (check->sums[i] != 0)
            found(check, "postings have other words than the texts, somewhere in passages %zu to %zu",
                  i * GROUP, (i + 1) * GROUP - 1);
        if (check->fts_sums[i] != 0 && !check->stopped)
            found(check, "FTS5 has other words than the postings, somewhere in passages %zu to %zu",
                  i * GROUP, (i + 1) * GROUP - 1);
    }
}

/* Short forms are counted as passages come and go; all together they are as many as the texts explain. */
static cs_status check_short_forms(struct check *check, cs_error *error)
{
    sqlite3_stmt *statement = NULL;
    cs_status status = CS_OK;
    if (sqlite3_prepare_v2(check->db, "SELECT coalesce(sum(passages), 0) FROM short_form", -1, &statement,
                           NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        status = cs__store_failed(check->db, error);
    else if (sqlite3_column_int64(statement, 0) != check->short_forms)
        found(check, "%lld short forms are counted, and the texts explain %lld",
              (long long)sqlite3_column_int64(statement, 0), (long long)check->short_forms);
    sqlite3_finalize(statement);
    return status;
}

static cs_status check_words(struct check *check, cs_error *error)
{
    struct cs__unpacker *unpacker = NULL;
    cs_status status = make_sums(check, error);
    if (status == CS_OK)
        status = cs__store_unpacker(check->db, &unpacker, error);
    if (status == CS_OK && cs__tokenizer_new(&check->tokenizer) != CS_OK)
        status = cs__error_nomem(error);
    if (status == CS_OK)
        status = add_texts(check, unpacker, error);
    if (status == CS_OK && !check->stopped)
        status = check_short_forms(check, error);
    if (status == CS_OK && !check->stopped)
        status = subtract_postings(check, error);
    if (status == CS_OK && !check->stopped)
        status = subtract_fts(check, error);
    if (status == CS_OK && !check->stopped)
        report_sums(check);
    cs__unpacker_free(unpacker);
    cs__tokenizer_free(check->tokenizer);
    free(check->sums);
    free(check->fts_sums);
    return status;
}

cs_status cs_index_verify(const char *path, cs_finding_fn finding, void *context, cs_error *error)
{
    struct check check = {.finding = finding, .context = context};
    cs_status status = cs__store_open_read(path, 0, &check.db, error);
    if (status != CS_OK)
        return status;
    if (sqlite3_exec(check.db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        status = cs__store_failed(check.db, error);
    if (status == CS_OK)
        status = check_rows(&check, error);
    if (status == CS_OK && !check.stopped)
        status = check_words(&check, error);
    if (status == CS_ERR_CORRUPT && error != NULL)
        found(&check, "%s", error->message);
    cs__store_close(check.db);
    if (status == CS_OK && check.faults > 0)
        status = cs__error_set(error, CS_ERR_CORRUPT, "the index %s does not agree with itself", path);
    return status;
}
