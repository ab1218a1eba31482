/* SPDX-License-Identifier: MIT */
/* Front matter: the simple part of YAML that people write by hand. */
#include "indexer/extract/front_matter.h"

#include <ctype.h>
#include <string.h>

#include "indexer/extract/text_lines.h"

enum { LINES_MAX = 200, KEY_SIZE = 64 };

static int is_fence(struct cs__span line)
{
    while (line.end > line.start && (line.end[-1] == ' ' || line.end[-1] == '\t'))
        line.end--;
    return cs__span_size(line) == 3 && memcmp(line.start, "---", 3) == 0;
}

/* "key:", with what stands behind in `value`. */
static int split_pair(struct cs__span line, struct cs__span *key, struct cs__span *value)
{
    const char *colon = memchr(line.start, ':', cs__span_size(line));
    if (colon == NULL || (colon + 1 < line.end && colon[1] != ' ' && colon[1] != '\t'))
        return 0;
    *key = cs__trim((struct cs__span){line.start, colon});
    *value = cs__trim((struct cs__span){colon + 1, line.end});
    if (cs__span_size(*key) == 0 || cs__span_size(*key) >= KEY_SIZE || !isalpha((unsigned char)*key->start))
        return 0;
    for (const char *at = key->start; at < key->end; at++)
        if (!isalnum((unsigned char)*at) && strchr("_-. ", *at) == NULL)
            return 0;
    return 1;
}

static int is_item(struct cs__span line)
{
    return cs__span_size(line) >= 2 && line.start[0] == '-' && line.start[1] == ' ';
}

/* The bytes up to the text; 0 when a line is none of front matter's. */
static size_t measure(const char *text, size_t size)
{
    const char *at = text, *end = text + size;
    struct cs__span line, key, value;
    if (!cs__next_line(&at, end, &line) || !is_fence(line))
        return 0;
    for (int i = 0; i < LINES_MAX && cs__next_line(&at, end, &line); i++) {
        if (is_fence(line))
            return (size_t)(at - text);
        line = cs__trim(line);
        if (cs__span_size(line) > 0 && *line.start != '#' && !is_item(line) &&
            !split_pair(line, &key, &value))
            return 0;
    }
    return 0;
}

static struct cs__span unquote(struct cs__span value)
{
    if (cs__span_size(value) >= 2 && (*value.start == '"' || *value.start == '\'') &&
        value.end[-1] == *value.start)
        return (struct cs__span){value.start + 1, value.end - 1};
    return value;
}

static void keep(struct cs__builder *builder, const char *key, struct cs__span value)
{
    value = unquote(cs__trim(value));
    cs__builder_property(builder, key, value.start, cs__span_size(value));
}

static void keep_list(struct cs__builder *builder, const char *key, struct cs__span value)
{
    const char *at = value.start;
    while (at < value.end) {
        const char *comma = memchr(at, ',', (size_t)(value.end - at));
        const char *stop = comma == NULL ? value.end : comma;
        keep(builder, key, (struct cs__span){at, stop});
        at = stop + 1;
    }
}

size_t cs__front_matter(struct cs__builder *builder, const char *text, size_t size)
{
    size_t length = measure(text, size);
    const char *at = text, *end = text + length;
    char name[KEY_SIZE + 4] = "";
    struct cs__span line, key, value;
    while (cs__next_line(&at, end, &line)) {
        line = cs__trim(line);
        if (cs__span_size(line) == 0 || *line.start == '#' || is_fence(line))
            continue;
        if (is_item(line)) {
            if (name[0] != '\0')
                keep(builder, name, (struct cs__span){line.start + 2, line.end});
            continue;
        }
        split_pair(line, &key, &value);
        memcpy(name, "set.", 4);
        memcpy(name + 4, key.start, cs__span_size(key));
        name[4 + cs__span_size(key)] = '\0';
        if (cs__span_size(value) >= 2 && *value.start == '[' && value.end[-1] == ']')
            keep_list(builder, name, (struct cs__span){value.start + 1, value.end - 1});
        else
            keep(builder, name, value);
    }
    return length;
}
