/* SPDX-License-Identifier: MIT */
/* Text: looking up properties, and release. */
#include "indexer/text.h"

#include <string.h>

const char *cs__text_property(const struct cs__text *text, const char *key)
{
    for (size_t i = 0; i < text->property_count; i++)
        if (strcmp(text->properties[i].key, key) == 0)
            return text->properties[i].value;
    return NULL;
}

void cs__text_free(struct cs__text *text)
{
    if (text == NULL)
        return;
    struct cs__arena arena = text->arena;
    *text = (struct cs__text){0};
    cs__arena_free(&arena);
}
