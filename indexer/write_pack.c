/* SPDX-License-Identifier: MIT */
/* Packing: a queue of packs between the writer and one thread. Only the writer's thread touches the database.
 */
#include "indexer/write_pack.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "core/dictionary.h"
#include "core/error.h"
#include "core/pack.h"
#include "core/store.h"

/* Packs in the queue before the writer waits; and the text that is waited for before a dictionary is made, of
 * which CS__DICTIONARY_SAMPLE is looked at. */
enum { QUEUE_MAX = 256, DICTIONARY_WAIT = 4 << 20 };

/* The texts of one pack; then its bytes. */
struct job {
    struct job *next;
    int64_t first;
    struct cs__buffer texts, sizes; /* `sizes`: an array of size_t */
    struct cs__buffer packed;
    cs_status status;
    int done;
};

struct cs__packing {
    sqlite3 *db;
    struct cs__statements statements;
    struct cs__packer *packer; /* the thread's, once it runs; NULL until there is a dictionary */
    int new_dictionary;        /* made in this transaction */
    struct job *open, *spare;
    struct job *first, *last; /* the queue, oldest first */
    size_t queued, waiting_bytes;

    pthread_t thread;
    int has_thread;
    pthread_mutex_t mutex; /* guards what follows, and each job's `done` */
    pthread_cond_t work, ready;
    struct job *todo; /* first one that is not packed */
    int stop;
};

enum { INSERT = 0, GET_DICTIONARY, PUT_DICTIONARY, SQL_COUNT };
static const char *const sql[SQL_COUNT] = {
    [INSERT] = "INSERT INTO pack(first, data) VALUES (?1, ?2)",
    [GET_DICTIONARY] = "SELECT value FROM meta WHERE key = 'dictionary'",
    [PUT_DICTIONARY] = "INSERT OR REPLACE INTO meta(key, value) VALUES ('dictionary', ?1)",
};

static void free_jobs(struct job *job)
{
    while (job != NULL) {
        struct job *next = job->next;
        cs__buffer_free(&job->texts);
        cs__buffer_free(&job->sizes);
        cs__buffer_free(&job->packed);
        free(job);
        job = next;
    }
}

static void pack(struct cs__packer *packer, struct job *job)
{
    const size_t *sizes = (const size_t *)(void *)job->sizes.data;
    const char *text = job->texts.data;
    job->status = CS_OK;
    for (size_t i = 0; i < job->sizes.size / sizeof *sizes && job->status == CS_OK; i++) {
        job->status = cs__packer_add(packer, text, sizes[i]);
        text += sizes[i];
    }
    cs_status status = cs__packer_finish(packer, &job->packed);
    if (job->status == CS_OK)
        job->status = status;
}

static void *pack_all(void *context)
{
    struct cs__packing *packing = context;
    pthread_mutex_lock(&packing->mutex);
    while (!packing->stop) {
        struct job *job = packing->todo;
        if (job == NULL) {
            pthread_cond_wait(&packing->work, &packing->mutex);
            continue;
        }
        pthread_mutex_unlock(&packing->mutex);
        pack(packing->packer, job);
        pthread_mutex_lock(&packing->mutex);
        job->done = 1;
        packing->todo = job->next;
        pthread_cond_signal(&packing->ready);
    }
    pthread_mutex_unlock(&packing->mutex);
    return NULL;
}

/* Signals are the host's: they go to its own threads. Without a thread the writer packs by itself. */
static void start_thread(struct cs__packing *packing)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    packing->has_thread = pthread_create(&packing->thread, NULL, pack_all, packing) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void stop_thread(struct cs__packing *packing)
{
    if (!packing->has_thread)
        return;
    pthread_mutex_lock(&packing->mutex);
    packing->stop = 1;
    pthread_cond_signal(&packing->work);
    pthread_mutex_unlock(&packing->mutex);
    pthread_join(packing->thread, NULL);
    packing->has_thread = packing->stop = 0;
}

cs_status cs__packing_open(sqlite3 *db, struct cs__packing **out, cs_error *error)
{
    *out = NULL;
    struct cs__packing *packing = calloc(1, sizeof *packing);
    if (packing == NULL)
        return cs__error_nomem(error);
    packing->db = db;
    pthread_mutex_init(&packing->mutex, NULL);
    pthread_cond_init(&packing->work, NULL);
    pthread_cond_init(&packing->ready, NULL);
    if (cs__statements_init(&packing->statements, db, sql, SQL_COUNT) != CS_OK) {
        cs__packing_close(packing);
        return cs__error_nomem(error);
    }
    *out = packing;
    return CS_OK;
}

void cs__packing_close(struct cs__packing *packing)
{
    if (packing == NULL)
        return;
    stop_thread(packing);
    free_jobs(packing->open);
    free_jobs(packing->spare);
    free_jobs(packing->first);
    cs__packer_free(packing->packer);
    cs__statements_free(&packing->statements);
    pthread_cond_destroy(&packing->ready);
    pthread_cond_destroy(&packing->work);
    pthread_mutex_destroy(&packing->mutex);
    free(packing);
}

static cs_status put_dictionary(struct cs__packing *packing, const struct cs__buffer *dictionary,
                                cs_error *error)
{
    sqlite3_stmt *statement = cs__statements_get(&packing->statements, PUT_DICTIONARY);
    if (statement == NULL)
        return cs__store_failed(packing->db, error);
    sqlite3_bind_blob64(statement, 1, dictionary->data, dictionary->size, SQLITE_STATIC);
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    packing->new_dictionary = 1;
    return status == SQLITE_DONE ? CS_OK : cs__store_failed(packing->db, error);
}

/* From packs spread over all that wait. */
static cs_status make_dictionary(struct cs__packing *packing, struct cs__buffer *dictionary, cs_error *error)
{
    struct cs__buffer sample = {0};
    size_t every = packing->waiting_bytes / CS__DICTIONARY_SAMPLE + 1, i = 0;
    for (const struct job *job = packing->first; job != NULL; job = job->next)
        if (i++ % every == 0)
            cs__buffer_append(&sample, job->texts.data, job->texts.size);
    cs_status status =
        sample.failed ? CS_ERR_NOMEM : cs__dictionary_make(sample.data, sample.size, dictionary);
    cs__buffer_free(&sample);
    return status == CS_OK ? put_dictionary(packing, dictionary, error) : cs__error_nomem(error);
}

static cs_status get_dictionary(struct cs__packing *packing, struct cs__buffer *dictionary, cs_error *error)
{
    sqlite3_stmt *statement = cs__statements_get(&packing->statements, GET_DICTIONARY);
    if (statement == NULL)
        return cs__store_failed(packing->db, error);
    int status = sqlite3_step(statement);
    if (status == SQLITE_ROW)
        cs__buffer_append(dictionary, sqlite3_column_blob(statement, 0),
                          (size_t)sqlite3_column_bytes(statement, 0));
    sqlite3_reset(statement);
    if (status != SQLITE_ROW && status != SQLITE_DONE)
        return cs__store_failed(packing->db, error);
    return dictionary->failed ? cs__error_nomem(error) : CS_OK;
}

/* The index's dictionary, or a new one; then all that waited is packed. */
static cs_status start_packing(struct cs__packing *packing, cs_error *error)
{
    struct cs__buffer dictionary = {0};
    cs_status status = get_dictionary(packing, &dictionary, error);
    if (status == CS_OK && dictionary.size == 0)
        status = make_dictionary(packing, &dictionary, error);
    if (status == CS_OK && cs__packer_new(dictionary.data, dictionary.size, &packing->packer) != CS_OK)
        status = cs__error_nomem(error);
    cs__buffer_free(&dictionary);
    if (status != CS_OK)
        return status;
    packing->todo = packing->first;
    start_thread(packing);
    for (struct job *job = packing->first; job != NULL && !packing->has_thread; job = job->next) {
        pack(packing->packer, job);
        job->done = 1;
    }
    return CS_OK;
}

static int is_done(struct cs__packing *packing, struct job *job, int wait)
{
    pthread_mutex_lock(&packing->mutex);
    while (wait && !job->done)
        pthread_cond_wait(&packing->ready, &packing->mutex);
    int done = job->done;
    pthread_mutex_unlock(&packing->mutex);
    return done;
}

static cs_status insert(struct cs__packing *packing, const struct job *job, cs_error *error)
{
    sqlite3_stmt *statement = cs__statements_get(&packing->statements, INSERT);
    if (job->status != CS_OK)
        return cs__error_nomem(error);
    if (statement == NULL)
        return cs__store_failed(packing->db, error);
    sqlite3_bind_int64(statement, 1, job->first);
    sqlite3_bind_blob64(statement, 2, job->packed.data, job->packed.size, SQLITE_STATIC);
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    return status == SQLITE_DONE ? CS_OK : cs__store_failed(packing->db, error);
}

/* The oldest job leaves the queue. */
static void take_first(struct cs__packing *packing)
{
    struct job *job = packing->first;
    packing->first = job->next;
    if (packing->first == NULL)
        packing->last = NULL;
    packing->queued--;
    job->next = packing->spare;
    packing->spare = job;
}

/* Insert what is packed, waiting until at most `leave` packs are in the queue. */
static cs_status insert_ready(struct cs__packing *packing, size_t leave, cs_error *error)
{
    while (packing->first != NULL) {
        if (!is_done(packing, packing->first, packing->queued > leave))
            break;
        cs_status status = insert(packing, packing->first, error);
        if (status != CS_OK)
            return status;
        take_first(packing);
    }
    return CS_OK;
}

static struct job *new_job(struct cs__packing *packing, int64_t first)
{
    struct job *job = packing->spare;
    if (job != NULL)
        packing->spare = job->next;
    else
        job = calloc(1, sizeof *job);
    if (job == NULL)
        return NULL;
    cs__buffer_clear(&job->texts);
    cs__buffer_clear(&job->sizes);
    job->first = first;
    job->next = NULL;
    job->done = 0;
    return job;
}

cs_status cs__packing_add(struct cs__packing *packing, int64_t id, const char *text, size_t size,
                          cs_error *error)
{
    if (packing->open == NULL)
        packing->open = new_job(packing, id);
    if (packing->open == NULL)
        return cs__error_nomem(error);
    cs__buffer_append(&packing->open->texts, text, size);
    cs__buffer_append(&packing->open->sizes, &size, sizeof size);
    if (packing->open->texts.failed || packing->open->sizes.failed)
        return cs__error_nomem(error);
    return packing->open->texts.size >= CS__PACK_TEXT_BYTES ? cs__packing_break(packing, error) : CS_OK;
}

cs_status cs__packing_break(struct cs__packing *packing, cs_error *error)
{
    struct job *job = packing->open;
    if (job == NULL)
        return CS_OK;
    packing->open = NULL;
    if (packing->packer != NULL && !packing->has_thread) {
        pack(packing->packer, job);
        job->done = 1;
    }
    pthread_mutex_lock(&packing->mutex);
    if (packing->last != NULL)
        packing->last->next = job;
    else
        packing->first = job;
    packing->last = job;
    packing->queued++;
    if (packing->has_thread && packing->todo == NULL)
        packing->todo = job;
    pthread_cond_signal(&packing->work);
    pthread_mutex_unlock(&packing->mutex);
    if (packing->packer != NULL)
        return insert_ready(packing, QUEUE_MAX, error);
    packing->waiting_bytes += job->texts.size;
    return packing->waiting_bytes >= DICTIONARY_WAIT ? start_packing(packing, error) : CS_OK;
}

cs_status cs__packing_flush(struct cs__packing *packing, cs_error *error)
{
    cs_status status = cs__packing_break(packing, error);
    if (status == CS_OK && packing->first != NULL && packing->packer == NULL)
        status = start_packing(packing, error);
    return status == CS_OK ? insert_ready(packing, 0, error) : status;
}

void cs__packing_forget(struct cs__packing *packing)
{
    if (packing == NULL)
        return;
    for (; packing->packer != NULL && packing->first != NULL; take_first(packing))
        is_done(packing, packing->first, 1);
    free_jobs(packing->open);
    free_jobs(packing->first);
    packing->open = packing->first = packing->last = NULL;
    packing->queued = packing->waiting_bytes = 0;
    if (!packing->new_dictionary)
        return;
    stop_thread(packing);
    cs__packer_free(packing->packer);
    packing->packer = NULL;
    packing->new_dictionary = 0;
}

void cs__packing_committed(struct cs__packing *packing)
{
    packing->new_dictionary = 0;
}
