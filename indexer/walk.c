/* SPDX-License-Identifier: MIT */
/* Walk: files below paths, by folders' entries; nothing is opened but folders. */
#include "indexer/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/error.h"

enum { DEPTH_MAX = 200 };

/* A file or folder by what it is, not by its name. */
struct identity {
    dev_t device;
    ino_t inode;
};

struct found {
    const char *path;
    int64_t size, mtime_ns;
    struct identity identity;
    int by_link, dropped;
    int named; /* given by the user, not found in a folder */
};

struct walk {
    const struct cs__walk_options *options;
    struct cs__arena *arena;
    struct found *items;
    size_t count, capacity;
    struct folder_set {
        struct identity *slots; /* open addressing; inode 0 is free */
        size_t count, capacity; /* a power of two */
    } entered;
    const char **links; /* to folders: entered last, so that a folder goes by its own name */
    size_t link_count, link_capacity;
    struct identity above[DEPTH_MAX]; /* the folders that are open now */
    size_t depth;
    int failed; /* memory ran out */
};

static void problem(struct walk *walk, const char *path, const char *why)
{
    if (walk->options->problem != NULL)
        walk->options->problem(walk->options->context, path, why);
}

static int same(struct identity a, struct identity b)
{
    return a.device == b.device && a.inode == b.inode;
}

static int is_above(const struct walk *walk, struct identity identity)
{
    for (size_t i = 0; i < walk->depth; i++)
        if (same(walk->above[i], identity))
            return 1;
    return 0;
}

static struct identity *slot_of(struct folder_set *set, struct identity identity)
{
    size_t mask = set->capacity - 1;
    size_t at =
        (size_t)(((uint64_t)identity.inode ^ (uint64_t)identity.device << 32) * 0x9E3779B97F4A7C15u >> 20);
    while (set->slots[at & mask].inode != 0 && !same(set->slots[at & mask], identity))
        at++;
    return &set->slots[at & mask];
}

static int double_set(struct folder_set *set)
{
    struct folder_set larger = {.count = set->count, .capacity = set->capacity ? set->capacity * 2 : 256};
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL)
        return 0;
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i].inode != 0)
            *slot_of(&larger, set->slots[i]) = set->slots[i];
    free(set->slots);
    *set = larger;
    return 1;
}

/* Whether it was not in the set before; it is now. */
static int enter_first(struct walk *walk, struct identity identity)
{
    struct folder_set *set = &walk->entered;
    if (set->count * 2 >= set->capacity && !double_set(set)) {
        walk->failed = 1;
        return 0;
    }
    struct identity *slot = slot_of(set, identity);
    if (slot->inode != 0)
        return 0;
    *slot = identity;
    set->count++;
    return 1;
}

/* Room for one more item; 0 when memory is out. */
static int grow(struct walk *walk, void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return 1;
    size_t wanted = *capacity ? *capacity * 2 : 64;
    void *grown = realloc(*items, wanted * size);
    if (grown == NULL) {
        walk->failed = 1;
        return 0;
    }
    *items = grown;
    *capacity = wanted;
    return 1;
}

/* The index and what SQLite and the lock put beside it. */
static int is_index(const struct walk *walk, const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", ".lock"};
    const char *index = walk->options->without;
    size_t size = index != NULL ? strlen(index) : 0;
    if (index == NULL || strncmp(path, index, size) != 0)
        return 0;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (strcmp(path + size, endings[i]) == 0)
            return 1;
    return 0;
}

static void add_file(struct walk *walk, const char *path, const struct stat *about, int by_link)
{
    if (is_index(walk, path) ||
        !grow(walk, (void **)&walk->items, walk->count, &walk->capacity, sizeof *walk->items))
        return;
    const char *copy = cs__arena_string(walk->arena, path);
    walk->failed |= copy == NULL;
    walk->items[walk->count++] = (struct found){
        .path = copy,
        .size = about->st_size,
        .mtime_ns = (int64_t)about->st_mtim.tv_sec * 1000000000 + about->st_mtim.tv_nsec,
        .identity = {about->st_dev, about->st_ino},
        .by_link = by_link,
        .named = walk->depth == 0,
    };
}

static const char *why_not(mode_t mode)
{
    if (S_ISFIFO(mode))
        return "is a FIFO, not a document: it was not opened";
    if (S_ISSOCK(mode))
        return "is a socket, not a document: it was not opened";
    return "is a device, not a document: it was not opened";
}

static const char *why_no_stat(int by_link, int why)
{
    if (why == ELOOP)
        return "is a link that leads round in a circle";
    if (why == ENOENT && by_link)
        return "is a link to something that is not there";
    return strerror(why);
}

static void visit(struct walk *walk, int folder, const char *name, struct cs__buffer *path, int by_link);

/* The names in a folder, sorted; NULL-terminated; from malloc, each and the list. */
static char **read_names(struct walk *walk, DIR *folder)
{
    char **names = NULL;
    size_t count = 0, capacity = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        if (!grow(walk, (void **)&names, count + 1, &capacity, sizeof *names))
            break;
        names[count] = strdup(entry->d_name);
        walk->failed |= names[count] == NULL;
        if (names[count] != NULL)
            count++;
    }
    if (names != NULL)
        names[count] = NULL;
    return names;
}

static void visit_names(struct walk *walk, DIR *folder, struct cs__buffer *path)
{
    char **names = read_names(walk, folder);
    size_t size = path->size;
    for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
        struct stat about;
        if (path->data[path->size - 1] != '/')
            cs__buffer_char(path, '/');
        cs__buffer_string(path, names[i]);
        int by_link =
            fstatat(dirfd(folder), names[i], &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(about.st_mode);
        if (path->failed)
            walk->failed = 1;
        else if (!walk->failed)
            visit(walk, dirfd(folder), names[i], path, by_link);
        path->size = size;
        path->data[size] = '\0';
        free(names[i]);
    }
    free(names);
}

static void enter(struct walk *walk, int folder, const char *name, struct cs__buffer *path,
                  struct identity identity)
{
    int descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
    DIR *opened = descriptor >= 0 ? fdopendir(descriptor) : NULL;
    if (opened == NULL) {
        problem(walk, path->data, strerror(errno));
        if (descriptor >= 0)
            close(descriptor);
        return;
    }
    walk->above[walk->depth++] = identity;
    visit_names(walk, opened, path);
    walk->depth--;
    closedir(opened);
}

static void put_off(struct walk *walk, const char *path)
{
    if (!grow(walk, (void **)&walk->links, walk->link_count, &walk->link_capacity, sizeof *walk->links))
        return;
    walk->links[walk->link_count] = cs__arena_string(walk->arena, path);
    walk->failed |= walk->links[walk->link_count++] == NULL;
}

static void visit_folder(struct walk *walk, int folder, const char *name, struct cs__buffer *path,
                         struct identity identity, int by_link)
{
    if (is_above(walk, identity)) {
        problem(walk, path->data, "is a link back to a folder it is in: it was not followed");
        return;
    }
    if (walk->depth == DEPTH_MAX) {
        problem(walk, path->data, "is a folder too deep below others: it was not entered");
        return;
    }
    if (by_link)
        put_off(walk, path->data);
    else if (enter_first(walk, identity))
        enter(walk, folder, name, path, identity);
}

/* `name` in `folder`, whose whole path is `path`. */
static void visit(struct walk *walk, int folder, const char *name, struct cs__buffer *path, int by_link)
{
    struct stat about;
    if (fstatat(folder, name, &about, 0) != 0)
        problem(walk, path->data, why_no_stat(by_link, errno));
    else if (S_ISREG(about.st_mode))
        add_file(walk, path->data, &about, by_link);
    else if (S_ISDIR(about.st_mode))
        visit_folder(walk, folder, name, path, (struct identity){about.st_dev, about.st_ino}, by_link);
    else
        problem(walk, path->data, why_not(about.st_mode));
}

static int by_identity(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    if (a->identity.device != b->identity.device)
        return a->identity.device < b->identity.device ? -1 : 1;
    if (a->identity.inode != b->identity.inode)
        return a->identity.inode < b->identity.inode ? -1 : 1;
    return a->by_link != b->by_link ? a->by_link - b->by_link : strcmp(a->path, b->path);
}

static int by_path(const void *left, const void *right)
{
    return strcmp(((const struct found *)left)->path, ((const struct found *)right)->path);
}

/* A link to a file that is there by its own name, or by a link before it, is dropped; two names of one file
 * (hard links) both count. */
static void drop_links(struct walk *walk)
{
    qsort(walk->items, walk->count, sizeof *walk->items, by_identity);
    for (size_t i = 1; i < walk->count; i++)
        walk->items[i].dropped =
            walk->items[i].by_link && same(walk->items[i].identity, walk->items[i - 1].identity);
}

static const struct found *find(const struct walk *walk, const char *path)
{
    struct found key = {.path = path};
    return bsearch(&key, walk->items, walk->count, sizeof key, by_path);
}

/* "FILE.meta" where FILE was found too; its path is without the ending in `base`. */
static int is_sidecar(const struct walk *walk, const char *path, struct cs__buffer *base)
{
    size_t size = strlen(path);
    if (size < 6 || strcmp(path + size - 5, ".meta") != 0)
        return 0;
    cs__buffer_clear(base);
    cs__buffer_append(base, path, size - 5);
    return !base->failed && find(walk, base->data) != NULL;
}

/* Found beside it, or, where the file was named by itself, looked for. */
static const char *sidecar_of(struct walk *walk, const struct found *file, struct cs__buffer *name)
{
    cs__buffer_clear(name);
    cs__buffer_printf(name, "%s.meta", file->path);
    const struct found *item = name->failed ? NULL : find(walk, name->data);
    if (item != NULL)
        return item->path;
    if (!file->named || name->failed || access(name->data, F_OK) != 0)
        return NULL;
    return cs__arena_string(walk->arena, name->data);
}

static void list_sources(struct walk *walk, struct cs__sources *out)
{
    struct cs__buffer name = {0};
    qsort(walk->items, walk->count, sizeof *walk->items, by_path);
    out->items = cs__arena_array(walk->arena, walk->count + 1, sizeof *out->items);
    walk->failed |= out->items == NULL;
    for (size_t i = 0; i < walk->count && !walk->failed; i++) {
        const struct found *item = &walk->items[i];
        int twice = i > 0 && strcmp(item->path, walk->items[i - 1].path) == 0;
        if (item->dropped || twice || is_sidecar(walk, item->path, &name))
            continue;
        out->items[out->count++] = (struct cs__source){.path = item->path,
                                                       .sidecar = sidecar_of(walk, item, &name),
                                                       .size = item->size,
                                                       .mtime_ns = item->mtime_ns};
        out->bytes += (uint64_t)item->size;
    }
    walk->failed |= name.failed;
    cs__buffer_free(&name);
}

static void walk_path(struct walk *walk, const char *path)
{
    struct cs__buffer name = {0};
    struct stat about;
    char *real = realpath(path, NULL);
    if (real == NULL) {
        int is_link = lstat(path, &about) == 0 && S_ISLNK(about.st_mode);
        if (stat(path, &about) != 0)
            problem(walk, path, why_no_stat(is_link, errno));
        return;
    }
    cs__buffer_string(&name, real);
    walk->failed |= name.failed;
    if (!name.failed)
        visit(walk, AT_FDCWD, real, &name, 0);
    cs__buffer_free(&name);
    free(real);
}

/* More links may be found, and put off, on the way. */
static void walk_link(struct walk *walk, const char *path)
{
    struct cs__buffer name = {0};
    cs__buffer_string(&name, path);
    walk->failed |= name.failed;
    if (!name.failed)
        visit(walk, AT_FDCWD, path, &name, 0);
    cs__buffer_free(&name);
}

cs_status cs__walk(const char *const *paths, size_t count, const struct cs__walk_options *options,
                   struct cs__sources *out, cs_error *error)
{
    *out = (struct cs__sources){0};
    struct walk walk = {.options = options, .arena = &out->arena};
    for (size_t i = 0; i < count && !walk.failed; i++)
        walk_path(&walk, paths[i]);
    for (size_t i = 0; i < walk.link_count && !walk.failed; i++)
        walk_link(&walk, walk.links[i]);
    if (!walk.failed && walk.count > 0) {
        drop_links(&walk);
        list_sources(&walk, out);
    }
    free(walk.items);
    free(walk.links);
    free(walk.entered.slots);
    if (!walk.failed)
        return CS_OK;
    cs__sources_free(out);
    return cs__error_nomem(error);
}

void cs__sources_free(struct cs__sources *sources)
{
    struct cs__arena arena = sources->arena;
    *sources = (struct cs__sources){0};
    cs__arena_free(&arena);
}
