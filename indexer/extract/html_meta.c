/* SPDX-License-Identifier: MIT */
/* What a page says of itself. Sources: the Open Graph protocol, schema.org, Dublin Core, Parse.ly and
 * Sailthru tags. */
#include "indexer/extract/html_meta.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <yajl/yajl_parse.h>

/* Which property a meta element's name, property or itemprop stands for, the most reliable first. */
static const struct {
    const char *name;
    const char *key;
} meta_names[] = {{"article:published_time", "published"},
                  {"og:article:published_time", "published"},
                  {"datePublished", "published"},
                  {"govuk:first-published-at", "published"},
                  {"parsely-pub-date", "published"},
                  {"sailthru.date", "published"},
                  {"dcterms.issued", "published"},
                  {"DC.date.issued", "published"},
                  {"DC.date", "published"},
                  {"pubdate", "published"},
                  {"publish-date", "published"},
                  {"publication_date", "published"},
                  {"date", "published"},
                  {"article:modified_time", "modified"},
                  {"dateModified", "modified"},
                  {"govuk:updated-at", "modified"},
                  {"dcterms.modified", "modified"},
                  {"og:title", "title"},
                  {"twitter:title", "title"},
                  {"dcterms.title", "title"},
                  {"og:url", "url"},
                  {"og:site_name", "site"},
                  {"author", "author"},
                  {"parsely-author", "author"}};

static int is_date_key(const char *key)
{
    return strcmp(key, "published") == 0 || strcmp(key, "modified") == 0;
}

/* Of "2023-05-09T10:00:00Z" the day is enough. */
static void keep(struct cs__builder *builder, const char *key, const char *value, size_t size)
{
    int iso = size >= 10 && isdigit((unsigned char)value[0]) && isdigit((unsigned char)value[3]) &&
              value[4] == '-' && value[7] == '-' && (size == 10 || !isdigit((unsigned char)value[10]));
    if (is_date_key(key) && iso)
        size = 10;
    if (strcmp(key, "url") == 0 && (size < 8 || strncasecmp(value, "http", 4) != 0))
        return;
    cs__builder_property(builder, key, value, size);
}

static void keep_meta(const struct cs__html_node *node, struct cs__builder *builder, size_t name)
{
    static const char *const attributes[] = {"property", "name", "itemprop"};
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
        if (strcasecmp(cs__html_attribute(node, attributes[i]), meta_names[name].name) == 0) {
            const char *content = cs__html_attribute(node, "content");
            keep(builder, meta_names[name].key, content, strlen(content));
        }
}

/* JSON-LD: the first date and headline count, and the name of the first author. */
struct linked_data {
    struct cs__builder *builder;
    char key[24], outer[24]; /* at hand, and the one whose object this is in */
    unsigned depth;
};

static int on_key(void *context, const unsigned char *key, size_t size)
{
    struct linked_data *data = context;
    size_t kept = size < sizeof data->key ? size : 0;
    memcpy(data->key, key, kept);
    data->key[kept] = '\0';
    return 1;
}

static int on_start_map(void *context)
{
    struct linked_data *data = context;
    memcpy(data->outer, data->key, sizeof data->outer);
    data->key[0] = '\0';
    return ++data->depth < 100;
}

static int on_end_map(void *context)
{
    struct linked_data *data = context;
    data->outer[0] = data->key[0] = '\0';
    data->depth--;
    return 1;
}

static int on_string(void *context, const unsigned char *value, size_t size)
{
    struct linked_data *data = context;
    const char *text = (const char *)value;
    if (strcmp(data->key, "datePublished") == 0)
        keep(data->builder, "published", text, size);
    else if (strcmp(data->key, "dateModified") == 0)
        keep(data->builder, "modified", text, size);
    else if (strcmp(data->key, "headline") == 0)
        keep(data->builder, "title", text, size);
    else if (strcmp(data->key, "name") == 0 && strcmp(data->outer, "author") == 0)
        keep(data->builder, "author", text, size);
    return 1;
}

static int pass_over_list(void *context)
{
    struct linked_data *data = context;
    return ++data->depth < 100;
}

static int end_list(void *context)
{
    struct linked_data *data = context;
    data->depth--;
    return 1;
}

static void read_linked_data(const char *json, struct cs__builder *builder)
{
    static const yajl_callbacks callbacks = {.yajl_string = on_string,
                                             .yajl_map_key = on_key,
                                             .yajl_start_map = on_start_map,
                                             .yajl_end_map = on_end_map,
                                             .yajl_start_array = pass_over_list,
                                             .yajl_end_array = end_list};
    struct linked_data data = {.builder = builder};
    yajl_handle parser = yajl_alloc(&callbacks, NULL, &data);
    if (parser == NULL)
        return;
    yajl_config(parser, yajl_dont_validate_strings, 1);
    yajl_config(parser, yajl_allow_comments, 1);
    yajl_parse(parser, (const unsigned char *)json, strlen(json));
    yajl_free(parser);
}

static const char *first_text(const struct cs__html_tree *tree, uint32_t i)
{
    const char *text = i + 1 < tree->nodes[i].end ? cs__html_text(&tree->nodes[i + 1]) : NULL;
    return text == NULL ? "" : text;
}

/* All meta elements, by the weight of what they say. */
static void keep_metas(const struct cs__html_tree *tree, struct cs__builder *builder)
{
    enum { METAS_MAX = 500 };
    const struct cs__html_node *metas[METAS_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < tree->count && count < METAS_MAX; i++)
        if (tree->nodes[i].tag == GUMBO_TAG_META)
            metas[count++] = &tree->nodes[i];
    for (size_t name = 0; name < sizeof meta_names / sizeof meta_names[0]; name++)
        for (size_t i = 0; i < count; i++)
            keep_meta(metas[i], builder, name);
}

/* Elements outside the head that carry a date or say which address is the page's own. */
static void keep_elements(const struct cs__html_tree *tree, struct cs__builder *builder)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct cs__html_node *node = &tree->nodes[i];
        GumboTag tag = node->tag;
        if (tag == GUMBO_TAG_SCRIPT &&
            strcasecmp(cs__html_attribute(node, "type"), "application/ld+json") == 0) {
            read_linked_data(first_text(tree, i), builder);
        } else if (tag == GUMBO_TAG_LINK && strcasecmp(cs__html_attribute(node, "rel"), "canonical") == 0) {
            const char *target = cs__html_attribute(node, "href");
            keep(builder, "url", target, strlen(target));
        }
    }
}

/* The first date that is shown in the article or above it; not a comment's, nor another story's. */
static void keep_time(const struct cs__html_tree *tree, struct cs__builder *builder)
{
    int in_article = 0;
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct cs__html_node *node = &tree->nodes[i];
        const char *when = cs__html_attribute(node, "datetime");
        if (node->fate == CS__HTML_ARTICLE && node->prose > 0)
            in_article = 1;
        if (in_article && node->fate != CS__HTML_ARTICLE)
            continue;
        if (node->tag != GUMBO_TAG_TIME || strlen(when) < 10 || node->furniture)
            continue;
        keep(builder, "published", when, strlen(when));
        return;
    }
}

/* The words of the page's first heading, without blanks around them. */
static void first_heading(const struct cs__html_tree *tree, struct cs__buffer *out)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct cs__html_node *node = &tree->nodes[i];
        if (node->tag != GUMBO_TAG_H1 || node->fate != CS__HTML_ARTICLE || node->letters == 0)
            continue;
        for (uint32_t k = i + 1; k < node->end; k++) {
            const char *text = cs__html_text(&tree->nodes[k]);
            if (text != NULL)
                cs__buffer_string(out, text + (out->size == 0 ? strspn(text, " \t\r\n") : 0));
        }
        while (out->size > 0 && isspace((unsigned char)out->data[out->size - 1]))
            out->data[--out->size] = '\0';
        return;
    }
}

/* "Title | Paper" and "Title - Paper" are the paper's ways to write "Title". */
static size_t title_size(const char *title, const struct cs__buffer *heading)
{
    const char *bar = strstr(title, " | ");
    if (heading->size > 0 && strncmp(title, heading->data, heading->size) == 0)
        return heading->size;
    return bar == NULL || bar == title ? strlen(title) : (size_t)(bar - title);
}

static void keep_title(const struct cs__html_tree *tree, struct cs__builder *builder)
{
    struct cs__buffer heading = {0};
    first_heading(tree, &heading);
    for (uint32_t i = 0; i < tree->count; i++) {
        if (tree->nodes[i].tag != GUMBO_TAG_TITLE)
            continue;
        const char *title = first_text(tree, i);
        title += strspn(title, " \t\r\n");
        keep(builder, "title", title, title_size(title, &heading));
        break;
    }
    if (heading.size > 0)
        keep(builder, "title", heading.data, heading.size);
    cs__buffer_free(&heading);
}

void cs__html_meta(const struct cs__html_tree *tree, struct cs__builder *builder)
{
    keep_elements(tree, builder);
    keep_metas(tree, builder);
    keep_title(tree, builder);
    keep_time(tree, builder);
}
