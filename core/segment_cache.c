/* SPDX-License-Identifier: MIT */
/* A cache of segment chunks: a hash table whose idle entries hang in a list, the least recently used first.
 */
#include "core/segment_cache.h"

#include <stdlib.h>
#include <string.h>

#include "core/segment_store.h"
#include "core/store.h"

enum { BUCKETS = 4096, CHUNK_BYTES_MAX = 1 << 26 };

struct entry {
    struct entry *next_in_bucket;
    struct entry *before, *after; /* among the idle ones */
    int64_t key;
    size_t size;
    uint32_t users;
    unsigned char bytes[];
};

struct cs__chunk_cache {
    struct cs__statements statements;
    struct entry *buckets[BUCKETS];
    struct entry *oldest, *newest; /* idle ones */
    size_t bytes, bytes_max;
};

static const char *const sql[] = {"SELECT data FROM segment_chunk WHERE id = ?"};

static cs_status get_chunk(void *context, int64_t segment, uint32_t chunk, const unsigned char **bytes,
                           size_t *size);
static void put_chunk(void *context, int64_t segment, uint32_t chunk);

cs_status cs__chunk_cache_new(sqlite3 *db, size_t bytes, struct cs__chunk_cache **out)
{
    struct cs__chunk_cache *cache = *out = calloc(1, sizeof *cache);
    if (cache == NULL)
        return CS_ERR_NOMEM;
    cache->bytes_max = bytes;
    return cs__statements_init(&cache->statements, db, sql, 1);
}

void cs__chunk_cache_clear(struct cs__chunk_cache *cache)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        struct entry *next;
        for (struct entry *entry = cache->buckets[i]; entry != NULL; entry = next) {
            next = entry->next_in_bucket;
            free(entry);
        }
        cache->buckets[i] = NULL;
    }
    cache->oldest = cache->newest = NULL;
    cache->bytes = 0;
}

void cs__chunk_cache_free(struct cs__chunk_cache *cache)
{
    if (cache == NULL)
        return;
    cs__chunk_cache_clear(cache);
    cs__statements_free(&cache->statements);
    free(cache);
}

struct cs__chunk_source cs__chunk_cache_source(struct cs__chunk_cache *cache, int64_t segment)
{
    return (struct cs__chunk_source){cache, segment, get_chunk, put_chunk};
}

static struct entry **bucket_of(struct cs__chunk_cache *cache, int64_t key)
{
    return &cache->buckets[((uint64_t)key * 0x9E3779B97F4A7C15u) >> 52 & (BUCKETS - 1)];
}

static struct entry *find(struct cs__chunk_cache *cache, int64_t key)
{
    struct entry *entry = *bucket_of(cache, key);
    while (entry != NULL && entry->key != key)
        entry = entry->next_in_bucket;
    return entry;
}

static void leave_idle(struct cs__chunk_cache *cache, struct entry *entry)
{
    *(entry->before != NULL ? &entry->before->after : &cache->oldest) = entry->after;
    *(entry->after != NULL ? &entry->after->before : &cache->newest) = entry->before;
}

static void join_idle(struct cs__chunk_cache *cache, struct entry *entry)
{
    entry->before = cache->newest;
    entry->after = NULL;
    *(cache->newest != NULL ? &cache->newest->after : &cache->oldest) = entry;
    cache->newest = entry;
}

static void drop(struct cs__chunk_cache *cache, struct entry *entry)
{
    struct entry **at = bucket_of(cache, entry->key);
    while (*at != entry)
        at = &(*at)->next_in_bucket;
    *at = entry->next_in_bucket;
    cache->bytes -= entry->size;
    free(entry);
}

static void make_room(struct cs__chunk_cache *cache)
{
    while (cache->bytes > cache->bytes_max && cache->oldest != NULL) {
        struct entry *entry = cache->oldest;
        leave_idle(cache, entry);
        drop(cache, entry);
    }
}

static struct entry *insert(struct cs__chunk_cache *cache, int64_t key, const void *bytes, size_t size)
{
    struct entry *entry = malloc(sizeof *entry + size + CS__PACKED_SLACK);
    if (entry == NULL)
        return NULL;
    *entry = (struct entry){.key = key, .size = size};
    if (size > 0)
        memcpy(entry->bytes, bytes, size);
    memset(entry->bytes + size, 0, CS__PACKED_SLACK);
    struct entry **bucket = bucket_of(cache, key);
    entry->next_in_bucket = *bucket;
    *bucket = entry;
    cache->bytes += size;
    return entry;
}

static cs_status read_chunk(struct cs__chunk_cache *cache, int64_t key, struct entry **out)
{
    sqlite3_stmt *select = cs__statements_get(&cache->statements, 0);
    if (select == NULL)
        return cs__store_failed(cache->statements.db, NULL);
    sqlite3_bind_int64(select, 1, key);
    int code = sqlite3_step(select);
    cs_status status = CS_OK;
    if (code == SQLITE_ROW) {
        size_t size = (size_t)sqlite3_column_bytes(select, 0);
        *out = size > CHUNK_BYTES_MAX ? NULL : insert(cache, key, sqlite3_column_blob(select, 0), size);
        if (*out == NULL)
            status = size > CHUNK_BYTES_MAX ? CS_ERR_CORRUPT : CS_ERR_NOMEM;
    } else {
        status = code == SQLITE_DONE ? CS_ERR_CORRUPT : cs__store_failed(cache->statements.db, NULL);
    }
    sqlite3_reset(select);
    return status;
}

static cs_status get_chunk(void *context, int64_t segment, uint32_t chunk, const unsigned char **bytes,
                           size_t *size)
{
    struct cs__chunk_cache *cache = context;
    int64_t key = segment << CS__CHUNK_BITS | chunk;
    struct entry *entry = find(cache, key);
    if (entry == NULL) {
        cs_status status = chunk > CS__CHUNK_HEADER ? CS_ERR_CORRUPT : read_chunk(cache, key, &entry);
        if (status != CS_OK)
            return status;
    } else if (entry->users == 0) {
        leave_idle(cache, entry);
    }
    entry->users++;
    *bytes = entry->bytes;
    *size = entry->size;
    make_room(cache);
    return CS_OK;
}

static void put_chunk(void *context, int64_t segment, uint32_t chunk)
{
    struct cs__chunk_cache *cache = context;
    struct entry *entry = find(cache, segment << CS__CHUNK_BITS | chunk);
    if (entry == NULL || --entry->users > 0)
        return;
    join_idle(cache, entry);
    make_room(cache);
}
