/* SPDX-License-Identifier: MIT */
/* Paths of files that may be gone, made absolute. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "indexer/walk.h"

/* `path` behind the working folder; "." and ".." are taken off by cs__path_absolute(). */
static char *behind_folder(struct cs__arena *arena, const char *path)
{
    if (path[0] == '/')
        return cs__arena_string(arena, path);
    char *here = getcwd(NULL, 0);
    char *whole = here != NULL ? cs__arena_printf(arena, "%s/%s", here, path) : NULL;
    free(here);
    return whole;
}

/* Take empty parts, "." and ".." off, in place. */
static void normalise(char *path)
{
    char *to = path;
    const char *from = path;
    while (*from != '\0') {
        size_t size = strcspn(from + 1, "/") + 1; /* "/part" */
        if (size == 3 && memcmp(from, "/..", 3) == 0) {
            while (to > path && *--to != '/')
                ;
        } else if (size > 1 && !(size == 2 && from[1] == '.')) {
            memmove(to, from, size);
            to += size;
        }
        from += size;
    }
    if (to == path)
        *to++ = '/';
    *to = '\0';
}

char *cs__path_absolute(struct cs__arena *arena, const char *path)
{
    char *whole = behind_folder(arena, path);
    if (whole == NULL)
        return NULL;
    normalise(whole);
    /* The longest beginning that is there is resolved, the rest kept. */
    for (size_t size = strlen(whole); size > 1; size--) {
        if (whole[size] != '/' && whole[size] != '\0')
            continue;
        char *beginning = cs__arena_copy(arena, whole, size);
        char *real = beginning != NULL ? realpath(beginning, NULL) : NULL;
        if (real == NULL)
            continue;
        char *out = strcmp(real, "/") == 0 ? cs__arena_string(arena, whole + size)
                                           : cs__arena_printf(arena, "%s%s", real, whole + size);
        free(real);
        return out;
    }
    return whole;
}

int cs__path_is_below(const char *path, const char *folder)
{
    size_t size = strlen(folder);
    if (size == 1 && folder[0] == '/')
        return path[0] == '/';
    return strncmp(path, folder, size) == 0 && (path[size] == '\0' || path[size] == '/');
}
