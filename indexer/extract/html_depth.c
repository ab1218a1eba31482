/* SPDX-License-Identifier: MIT */
/* A rough reading of tags, just exact enough to bound how many elements can be open at once. */
#include "indexer/extract/html_depth.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { NAME_SIZE = 16, BUCKETS = 256 };

struct tag {
    const char *start, *end; /* of the whole tag in the page */
    char name[NAME_SIZE];    /* lower case, cut */
    int closes;
};

struct nesting {
    char open[CS__HTML_DEPTH_MAX][NAME_SIZE];
    size_t depth;
    size_t dropped[BUCKETS]; /* start tags left out and not yet closed, by a hash of their name */
    size_t left_out;
};

static int is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return 1;
    return 0;
}

/* They are never open, or close each other. */
static int nests(const char *name)
{
    static const char *const flat[] = {
        "area",  "base",   "br",       "col",     "embed",   "hr",   "img",  "input", "link", "meta",
        "param", "source", "track",    "wbr",     "p",       "li",   "dt",   "dd",    "tr",   "td",
        "th",    "thead",  "tbody",    "tfoot",   "option",  "html", "head", "body",  "path", "circle",
        "rect",  "line",   "polyline", "polygon", "ellipse", "use",  "stop", NULL};
    return !is_one_of(name, flat);
}

/* After their start tag everything is text up to their end tag. */
static int holds_raw_text(const char *name)
{
    static const char *const raw[] = {"script", "style",   "textarea", "title", "xmp",
                                      "iframe", "noembed", "noframes", NULL};
    return is_one_of(name, raw);
}

static const char *find_tag_end(const char *at, const char *end)
{
    char quote = '\0';
    for (; at < end; at++) {
        if (quote != '\0')
            quote = *at == quote ? '\0' : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (*at == '>')
            return at + 1;
    }
    return end;
}

static const char *skip_raw_text(const char *at, const char *end, const char *name)
{
    size_t size = strlen(name);
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) > size + 2 && at[1] == '/' && strncasecmp(at + 2, name, size) == 0)
            return at;
        at++;
    }
    return end;
}

/* The next tag from `at` on; comments and declarations are passed over. Returns 0 at the end. */
static int next_tag(const char *at, const char *end, struct tag *out)
{
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL && end - at >= 2) {
        const char *name = at + 1 + (at[1] == '/');
        if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
            const char *close = memmem(at + 4, (size_t)(end - at - 4), "-->", 3);
            at = close == NULL ? end : close + 3;
        } else if (name < end && isalpha((unsigned char)*name)) {
            size_t size = 0;
            *out = (struct tag){.start = at, .closes = at[1] == '/'};
            for (; name < end && strchr(" \t\r\n\f/>", *name) == NULL; name++)
                if (size + 1 < NAME_SIZE)
                    out->name[size++] = (char)tolower((unsigned char)*name);
            out->end = find_tag_end(name, end);
            return 1;
        } else {
            at++;
        }
    }
    return 0;
}

static size_t *dropped(struct nesting *nesting, const char *name)
{
    uint32_t hash = 5381;
    for (; *name != '\0'; name++)
        hash = hash * 33 + (unsigned char)*name;
    return &nesting->dropped[hash % BUCKETS];
}

static void close_tag(struct nesting *nesting, const char *name)
{
    for (size_t i = nesting->depth; i > 0; i--)
        if (strcmp(nesting->open[i - 1], name) == 0) {
            nesting->depth = i - 1;
            return;
        }
}

/* Whether the parser may see the tag. */
static int admit(struct nesting *nesting, const struct tag *tag)
{
    if (!nests(tag->name))
        return 1;
    size_t *pending = dropped(nesting, tag->name);
    if (tag->closes && *pending > 0) {
        --*pending;
        return 0;
    }
    if (tag->closes) {
        close_tag(nesting, tag->name);
        return 1;
    }
    if (nesting->depth == CS__HTML_DEPTH_MAX) {
        ++*pending;
        nesting->left_out++;
        return 0;
    }
    memcpy(nesting->open[nesting->depth++], tag->name, NAME_SIZE);
    return 1;
}

size_t cs__html_limit_depth(const char *html, size_t size, struct cs__buffer *out)
{
    struct nesting nesting = {0};
    const char *at = html, *copied = html, *end = html + size;
    struct tag tag;
    while (next_tag(at, end, &tag)) {
        at = tag.end;
        if (!admit(&nesting, &tag)) {
            cs__buffer_append(out, copied, (size_t)(tag.start - copied));
            cs__buffer_char(out, ' ');
            copied = tag.end;
        } else if (!tag.closes && holds_raw_text(tag.name)) {
            at = skip_raw_text(at, end, tag.name);
        }
    }
    if (nesting.left_out > 0)
        cs__buffer_append(out, copied, (size_t)(end - copied));
    return nesting.left_out;
}
