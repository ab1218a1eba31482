/* SPDX-License-Identifier: MIT */
/* Where the index is. */
#include "cli/index_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *join(const char *folder, const char *rest)
{
    size_t size = strlen(folder) + strlen(rest) + 1;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%s%s", folder, rest);
    return path;
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

char *cs__index_path(const char *given)
{
    const char *index = environment("CS_INDEX"), *data = environment("XDG_DATA_HOME"),
               *home = environment("HOME");
    if (given != NULL)
        return strdup(given);
    if (index != NULL)
        return strdup(index);
    if (data != NULL && *data == '/')
        return join(data, "/cs-search/index.db");
    return home != NULL ? join(home, "/.local/share/cs-search/index.db") : NULL;
}
